#include <config.h>

#include "dutch/analyse.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "dutch/cite.h"
#include "dutch/compound.h"
#include "dutch/docname.h"
#include "dutch/stem.h"
#include "dutch/wordscan.h"

/* Raise it when the rules in analyse.h change: old indexes are refused then. */
#define RULES_VERSION 3

struct word {
	UT_hash_handle hh;
	word_id id;
	word_id stem;		/* WORD_NONE until asked for */
	struct word_part *parts;
	uint8_t nparts, nsmallest;
	bool is_split;		/* parts have been asked for */
	uint32_t len;
	char s[];		/* NUL-terminated */
};

/* A surface form as it stood in a text, and the word it folds to. */
struct form {
	UT_hash_handle hh;
	word_id word;
	char s[];		/* not terminated: the table knows its length */
};

struct analyser {
	struct stemmer *stemmer;
	struct compounds *compounds;
	struct citer *citer;
	struct docnamer *namer;
	struct tsv function_words;
	struct word *words;	/* tables by string */
	struct form *forms;
	struct word **by_id;
	size_t nwords, cap_words;
	struct buf scratch;
	uint64_t fingerprint;
};

/* ---- interning ---- */

word_id
word_intern(struct analyser *a, const char *s, size_t n)
{
	struct word *w;

	HASH_FIND(hh, a->words, s, n, w);
	if (w != NULL)
		return w->id;
	w = xmalloc(sizeof *w + n + 1);
	*w = (struct word){
		.id = (word_id)a->nwords, .stem = WORD_NONE, .len = (uint32_t)n,
	};
	memcpy(w->s, s, n);
	w->s[n] = '\0';
	GROW(a->by_id, a->nwords, a->cap_words);
	a->by_id[a->nwords++] = w;
	HASH_ADD_KEYPTR(hh, a->words, w->s, n, w);
	return w->id;
}

const char *
word_string(const struct analyser *a, word_id id, size_t *len)
{
	const struct word *w = a->by_id[id];

	if (len != NULL)
		*len = w->len;
	return w->s;
}

uint32_t
word_count(const struct analyser *a)
{
	return (uint32_t)a->nwords;
}

word_id
word_stem(struct analyser *a, word_id id)
{
	struct word *w = a->by_id[id];
	const char *stem;
	size_t n;

	if (w->stem == WORD_NONE) {
		n = stemmer_stem(a->stemmer, w->s, w->len, &stem);
		w->stem = word_intern(a, stem, n);
	}
	return w->stem;
}

bool
word_is_prefix(const struct analyser *a, word_id id)
{
	return stemmer_is_prefix(a->stemmer, a->by_id[id]->s);
}

/* The table is in byte order. */
bool
word_is_function(const struct analyser *a, word_id id)
{
	size_t low = 0, high = a->function_words.nrow, mid;
	int c;

	while (low < high) {
		mid = (low + high) / 2;
		c = strcmp(tsv_cell(&a->function_words, mid, 0),
		    a->by_id[id]->s);
		if (c == 0)
			return true;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static struct word_part
part_of(struct analyser *a, const char *s, const struct compound_part *p)
{
	const char *stem;
	size_t n = stemmer_stem(a->stemmer, s + p->begin,
	    (size_t)(p->base - p->begin), &stem);

	return (struct word_part){
		word_intern(a, stem, n), p->begin, p->base
	};
}

static void
split(struct analyser *a, struct word *w)
{
	struct compound c;
	size_t i;

	w->is_split = true;
	compounds_split(a->compounds, w->s, w->len, &c);
	if (c.nparts == 0)
		return;
	w->parts = xcalloc(c.nparts + c.nlarger, sizeof *w->parts);
	for (i = 0; i < c.nparts; i++)
		w->parts[w->nparts++] = part_of(a, w->s, &c.parts[i]);
	w->nsmallest = w->nparts;
	for (i = 0; i < c.nlarger; i++)
		w->parts[w->nparts++] = part_of(a, w->s, &c.larger[i]);
}

struct word_parts
word_parts(struct analyser *a, word_id id)
{
	struct word *w = a->by_id[id];

	if (!w->is_split)
		split(a, w);
	return (struct word_parts){ w->parts, w->nsmallest, w->nparts };
}

void
analyser_forget(struct analyser *a)
{
	struct form *f, *next_form;
	size_t i;

	HASH_CLEAR(hh, a->words);
	for (i = 0; i < a->nwords; i++) {
		free(a->by_id[i]->parts);
		free(a->by_id[i]);
	}
	a->nwords = 0;
	HASH_ITER(hh, a->forms, f, next_form) {
		HASH_DEL(a->forms, f);
		free(f);
	}
}

static uint64_t
fingerprint(const struct analyser *a)
{
	uint64_t parts[] = {
		RULES_VERSION, stemmer_fingerprint(a->stemmer),
		compounds_fingerprint(a->compounds),
		citer_fingerprint(a->citer),
		docnamer_fingerprint(a->namer),
	};

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

static int
open_with(int (*open_citer)(struct citer **, struct error *),
    struct analyser **out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = xcalloc(1, sizeof *a);

	if (stemmer_open(&a->stemmer, err) == -1 ||
	    compounds_open(&a->compounds, err) == -1 ||
	    open_citer(&a->citer, err) == -1 ||
	    docnamer_open(&a->namer, err) == -1 ||
	    tsv_load("functiewoorden.tsv", 1, &a->function_words, err) == -1)
		return -1;
	a->fingerprint = fingerprint(a);
	*out = a;
	a = NULL;
	return 0;
}

int
analyser_open(struct analyser **out, struct error *err)
{
	return open_with(citer_open, out, err);
}

int
analyser_open_for_questions(struct analyser **out, struct error *err)
{
	return open_with(citer_open_for_questions, out, err);
}

void
analyser_free(struct analyser **ap)
{
	struct analyser *a = *ap;

	if (a == NULL)
		return;
	analyser_forget(a);
	stemmer_free(&a->stemmer);
	compounds_free(&a->compounds);
	citer_free(&a->citer);
	docnamer_free(&a->namer);
	tsv_clear(&a->function_words);
	buf_clear(&a->scratch);
	free(a->by_id);
	free(a);
	*ap = NULL;
}

uint64_t
analyser_fingerprint(const struct analyser *a)
{
	return a->fingerprint;
}

const struct citer *
analyser_citer(const struct analyser *a)
{
	return a->citer;
}

const struct docnamer *
analyser_namer(const struct analyser *a)
{
	return a->namer;
}

/* ---- tokens ---- */

/*
 * The folded word of a surface form: marks between its letters that do not
 * belong to the word (dots of a.m.v., the apostrophe of foto's) are dropped.
 */
static word_id
fold_form(struct analyser *a, const char *s, size_t n, bool is_dotted)
{
	struct buf *b = &a->scratch;
	size_t i, keep = 0;

	buf_cut(b, 0);
	utf8_fold(s, n, b);
	for (i = 0; i < b->len; i++) {
		char c = b->s[i];

		if (c == '\'' || (c == '.' && is_dotted))
			continue;
		/* U+2019, the apostrophe that word processors write */
		if (c == '\xE2' && i + 2 < b->len && b->s[i + 1] == '\x80' &&
		    b->s[i + 2] == '\x99') {
			i += 2;
			continue;
		}
		b->s[keep++] = c;
	}
	if (keep == 0 || keep > ANALYSE_MAX_WORD)
		return WORD_NONE;
	return word_intern(a, b->s, keep);
}

static word_id
intern_form(struct analyser *a, const char *s, size_t n, bool is_dotted)
{
	struct form *f;

	/* A surface is dotted or not by its own bytes, so it can be the key. */
	HASH_FIND(hh, a->forms, s, n, f);
	if (f != NULL)
		return f->word;
	if (n > 4 * ANALYSE_MAX_WORD)
		return fold_form(a, s, n, is_dotted);
	f = xmalloc(sizeof *f + n);
	f->word = fold_form(a, s, n, is_dotted);
	memcpy(f->s, s, n);
	HASH_ADD_KEYPTR(hh, a->forms, f->s, n, f);
	return f->word;
}

/* Whether the character at s is in the text, but not in the word. */
static bool
is_dropped(const char *s, size_t len)
{
	return (len == 1 && strchr("'.-", *s) != NULL) ||
	    (len == 3 && memcmp(s, "\xE2\x80\x99", 3) == 0);
}

void
token_span(const struct token *t, const char *text, size_t begin, size_t end,
    size_t *text_begin, size_t *text_end)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	size_t at = t->begin, len;
	uint32_t c;

	*text_begin = t->begin;
	*text_end = t->end;
	for (; at < t->end && folded.len < end; at += len) {
		if (folded.len <= begin)
			*text_begin = at;
		if ((len = utf8_decode(text + at, t->end - at, &c)) == 0)
			len = 1;
		if (!is_dropped(text + at, len))
			utf8_fold(text + at, len, &folded);
	}
	/* Marks on the last letter, and soft hyphens, belong to it. */
	for (; at < t->end; at += len)
		if ((len = utf8_decode(text + at, t->end - at, &c)) == 0 ||
		    !(utf8_is_mark(c) || utf8_is_ignorable(c)))
			break;
	*text_end = at;
}

void
tokens_init(struct tokens *t, struct analyser *a, const char *text, size_t len)
{
	*t = (struct tokens){ .analyser = a, .text = text, .len = len };
}

static bool
scan(struct tokens *t, struct token *out)
{
	struct wordscan w;

	if (!wordscan_next(t->text, t->len, t->at, &w)) {
		t->at = t->len;
		return false;
	}
	out->begin = w.begin;
	out->end = w.end;
	out->is_extra = false;
	out->word = intern_form(t->analyser, t->text + w.begin,
	    w.end - w.begin, w.is_dotted);
	out->stem = out->word == WORD_NONE ? WORD_NONE :
	    word_stem(t->analyser, out->word);
	t->at = w.end;
	return true;
}

/* Do a hyphen and a letter follow the token: is it half of a word? */
static bool
is_hyphenated(const struct tokens *t, const struct token *left)
{
	return left->word != WORD_NONE && left->end < t->len &&
	    t->text[left->end] == '-' &&
	    wordscan_is_letter(t->text, t->len, left->end + 1) &&
	    wordscan_is_letter(t->text, t->len, left->begin);
}

/* The closed form of left-right, as an extra token at the place of left. */
static bool
close_form(struct tokens *t, const struct token *left,
    const struct token *right, struct token *out)
{
	struct analyser *a = t->analyser;
	size_t nl, nr;
	const char *l, *r;

	if (right->word == WORD_NONE)
		return false;
	l = word_string(a, left->word, &nl);
	r = word_string(a, right->word, &nr);
	if (nl < 2 || nr < 2 || nl + nr > ANALYSE_MAX_WORD)
		return false;
	buf_cut(&a->scratch, 0);
	buf_add(&a->scratch, l, nl);
	buf_add(&a->scratch, r, nr);
	out->begin = left->begin;
	out->end = right->end;
	out->is_extra = true;
	out->word = word_intern(a, a->scratch.s, a->scratch.len);
	out->stem = word_stem(a, out->word);
	return true;
}

bool
tokens_next(struct tokens *t, struct token *out)
{
	struct token left, right;

	if (t->next < t->npending) {
		left = t->pending[t->next++];
		if (t->next == t->npending)
			t->next = t->npending = 0;
		if (left.is_extra || t->npending > 0) {
			*out = left;
			return true;
		}
	} else if (!scan(t, &left))
		return false;
	/* left may be the first half of a hyphenated word. */
	if (!is_hyphenated(t, &left) || !scan(t, &right)) {
		*out = left;
		return true;
	}
	t->next = t->npending = 0;
	if (close_form(t, &left, &right, out)) {
		t->pending[t->npending++] = left;
		t->pending[t->npending++] = right;
		return true;
	}
	t->pending[t->npending++] = right;
	*out = left;
	return true;
}
