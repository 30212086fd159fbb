#include <config.h>

#include "dutch/analyse.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "dutch/stem.h"

/* Raise it when the rules in analyse.h change: old indexes are refused then. */
#define RULES_VERSION 1

struct word {
	uint32_t at;		/* in strings */
	uint32_t len;
	word_id stem;		/* WORD_NONE until asked for */
};

/* A surface form as it stood in a text, and the word it folds to. */
struct form {
	uint32_t at;		/* in surfaces */
	uint32_t len;
	word_id word;
};

/* Open addressing over an array of records that begin with {at, len}. */
struct index {
	uint32_t *slots;	/* number of the record + 1; 0 is free */
	size_t mask;
};

struct analyser {
	struct stemmer *stemmer;
	struct buf strings, surfaces, scratch;
	struct word *words;
	struct form *forms;
	size_t nwords, cap_words, nforms, cap_forms;
	struct index word_index, form_index;
};

/* ---- interning ---- */

static uint64_t
hash_short(const char *s, size_t n)
{
	uint64_t h = n * UINT64_C(0x9E3779B97F4A7C15), v;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&v, s, 8);
		h = (h ^ v) * UINT64_C(0xff51afd7ed558ccd);
		h ^= h >> 32;
	}
	v = 0;
	memcpy(&v, s, n);
	h = (h ^ v) * UINT64_C(0xff51afd7ed558ccd);
	return h ^ h >> 32;
}

static void
index_reset(struct index *ix, size_t nslots)
{
	free(ix->slots);
	ix->slots = xcalloc(nslots, sizeof *ix->slots);
	ix->mask = nslots - 1;
}

/* Double the table when it is two thirds full. */
#define INDEX_GROW(ix, records, n, strings) do {			\
	if (((n) + 1) * 3 > ((ix)->mask + 1) * 2) {			\
		size_t i_, h_;						\
									\
		index_reset((ix), ((ix)->mask + 1) * 2);		\
		for (i_ = 0; i_ < (n); i_++) {				\
			h_ = hash_short((strings)->s + (records)[i_].at, \
			    (records)[i_].len) & (ix)->mask;		\
			while ((ix)->slots[h_] != 0)			\
				h_ = (h_ + 1) & (ix)->mask;		\
			(ix)->slots[h_] = (uint32_t)i_ + 1;		\
		}							\
	}								\
} while (0)

word_id
word_intern(struct analyser *a, const char *s, size_t n)
{
	struct index *ix = &a->word_index;
	size_t h = hash_short(s, n) & ix->mask;

	for (; ix->slots[h] != 0; h = (h + 1) & ix->mask) {
		struct word *w = &a->words[ix->slots[h] - 1];

		if (w->len == n && memcmp(a->strings.s + w->at, s, n) == 0)
			return ix->slots[h] - 1;
	}
	GROW(a->words, a->nwords, a->cap_words);
	a->words[a->nwords] = (struct word){
		(uint32_t)a->strings.len, (uint32_t)n, WORD_NONE
	};
	buf_add(&a->strings, s, n);
	buf_addc(&a->strings, '\0');
	ix->slots[h] = (uint32_t)++a->nwords;
	INDEX_GROW(ix, a->words, a->nwords, &a->strings);
	return (word_id)(a->nwords - 1);
}

const char *
word_string(const struct analyser *a, word_id id, size_t *len)
{
	const struct word *w = &a->words[id];

	if (len != NULL)
		*len = w->len;
	return a->strings.s + w->at;
}

uint32_t
word_count(const struct analyser *a)
{
	return (uint32_t)a->nwords;
}

word_id
word_stem(struct analyser *a, word_id id)
{
	char copy[4 * ANALYSE_MAX_WORD];
	const char *stem;
	size_t n;
	word_id s;

	if (a->words[id].stem != WORD_NONE)
		return a->words[id].stem;
	n = stemmer_stem(a->stemmer, a->strings.s + a->words[id].at,
	    a->words[id].len, &stem);
	/* The stem may lie within strings, which interning can move. */
	if (n > sizeof copy)
		n = sizeof copy;
	memcpy(copy, stem, n);
	s = word_intern(a, copy, n);
	a->words[id].stem = s;
	return s;
}

void
analyser_forget(struct analyser *a)
{
	buf_cut(&a->strings, 0);
	buf_cut(&a->surfaces, 0);
	a->nwords = a->nforms = 0;
	index_reset(&a->word_index, 1 << 12);
	index_reset(&a->form_index, 1 << 12);
}

int
analyser_open(struct analyser **out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = xcalloc(1, sizeof *a);

	if (stemmer_open(&a->stemmer, err) == -1)
		return -1;
	analyser_forget(a);
	*out = a;
	a = NULL;
	return 0;
}

void
analyser_free(struct analyser **ap)
{
	struct analyser *a = *ap;

	if (a == NULL)
		return;
	stemmer_free(&a->stemmer);
	buf_clear(&a->strings);
	buf_clear(&a->surfaces);
	buf_clear(&a->scratch);
	free(a->words);
	free(a->forms);
	free(a->word_index.slots);
	free(a->form_index.slots);
	free(a);
	*ap = NULL;
}

uint64_t
analyser_fingerprint(struct analyser *a)
{
	uint64_t parts[] = { RULES_VERSION, stemmer_fingerprint(a->stemmer) };

	return hash_bytes(HASH_INIT, parts, sizeof parts);
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
	struct index *ix = &a->form_index;
	size_t h = hash_short(s, n) & ix->mask;
	word_id id;

	for (; ix->slots[h] != 0; h = (h + 1) & ix->mask) {
		struct form *f = &a->forms[ix->slots[h] - 1];

		if (f->len == n && memcmp(a->surfaces.s + f->at, s, n) == 0)
			return f->word;
	}
	/* A surface is dotted or not by its own bytes, so it can be the key. */
	id = fold_form(a, s, n, is_dotted);
	if (n > 4 * ANALYSE_MAX_WORD)
		return id;
	GROW(a->forms, a->nforms, a->cap_forms);
	a->forms[a->nforms] = (struct form){
		(uint32_t)a->surfaces.len, (uint32_t)n, id
	};
	buf_add(&a->surfaces, s, n);
	ix->slots[h] = (uint32_t)++a->nforms;
	INDEX_GROW(ix, a->forms, a->nforms, &a->surfaces);
	return id;
}

/* What a byte below 0x80 is within text. */
enum { LETTER = 1, DIGIT = 2 };
static const unsigned char classes[128] = {
	['0'] = DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT,
	['A'] = LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	['a'] = LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
	LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
};

/* The class of the character at at (0: none of ours) and its length. */
static unsigned
class_at(const struct tokens *t, size_t at, size_t *len)
{
	uint32_t c;

	*len = 1;
	if (at >= t->len)
		return 0;
	if ((unsigned char)t->text[at] < 0x80)
		return classes[(unsigned char)t->text[at]];
	if ((*len = utf8_decode(t->text + at, t->len - at, &c)) == 0) {
		*len = 1;
		return 0;
	}
	if (utf8_is_ignorable(c))
		return LETTER;
	if (!utf8_is_word(c))
		return 0;
	return utf8_is_digit(c) ? DIGIT : LETTER;
}

/* The end of the run of letters and digits at begin. */
static size_t
run_end(const struct tokens *t, size_t begin, unsigned *last)
{
	size_t at = begin, len;
	unsigned c;

	while ((c = class_at(t, at, &len)) != 0) {
		*last = c;
		at += len;
	}
	return at;
}

/* The end of a letter-dot run such as a.m.v. at begin; begin if none. */
static size_t
dotted_end(const struct tokens *t, size_t begin)
{
	size_t at = begin, len, count = 0;

	while (class_at(t, at, &len) == LETTER) {
		if (at + len >= t->len || t->text[at + len] != '.') {
			/* The last letter may lack its dot: a.m.v */
			size_t next;

			if (count >= 1 && class_at(t, at + len, &next) == 0) {
				at += len;
				count++;
			}
			break;
		}
		at += len + 1;
		count++;
	}
	if (count < 2)
		return begin;
	/* "a.m.verder" is no run: the last part has more than one letter. */
	return class_at(t, at, &len) == 0 ? at : begin;
}

/* Length of an apostrophe at at: ' or U+2019; 0 if there is none. */
static size_t
apostrophe(const struct tokens *t, size_t at)
{
	if (at < t->len && t->text[at] == '\'')
		return 1;
	if (at + 3 <= t->len && memcmp(t->text + at, "\xE2\x80\x99", 3) == 0)
		return 3;
	return 0;
}

/*
 * The end of the word at begin: runs of letters and digits and what may join
 * them.
 */
static size_t
word_end(const struct tokens *t, size_t begin)
{
	unsigned last = 0;
	size_t at = run_end(t, begin, &last), len, n;

	for (;;) {
		if (at >= t->len)
			return at;
		if (t->text[at] == '&' && last == LETTER &&
		    class_at(t, at + 1, &len) == LETTER) {
			at = run_end(t, at + 1, &last);
		} else if (t->text[at] == '.' && last == DIGIT &&
		    class_at(t, at + 1, &len) == DIGIT) {
			at = run_end(t, at + 1, &last);
		} else if ((n = apostrophe(t, at)) > 0 &&
		    at + n < t->len && (t->text[at + n] | 32) == 's' &&
		    class_at(t, at + n + 1, &len) == 0) {
			return at + n + 1;
		} else
			return at;
	}
}

void
tokens_init(struct tokens *t, struct analyser *a, const char *text, size_t len)
{
	*t = (struct tokens){ .analyser = a, .text = text, .len = len };
}

static bool
scan(struct tokens *t, struct token *out)
{
	size_t len, end;
	bool is_dotted;

	while (t->at < t->len && class_at(t, t->at, &len) == 0)
		t->at += len;
	if (t->at >= t->len)
		return false;
	end = dotted_end(t, t->at);
	is_dotted = end > t->at;
	if (!is_dotted)
		end = word_end(t, t->at);
	out->begin = t->at;
	out->end = end;
	out->is_extra = false;
	out->word = intern_form(t->analyser, t->text + t->at, end - t->at,
	    is_dotted);
	out->stem = out->word == WORD_NONE ? WORD_NONE :
	    word_stem(t->analyser, out->word);
	t->at = end;
	return true;
}

/* Do a hyphen and a letter follow the token: is it half of a word? */
static bool
is_hyphenated(const struct tokens *t, const struct token *left)
{
	size_t len;

	return left->word != WORD_NONE && left->end < t->len &&
	    t->text[left->end] == '-' &&
	    class_at(t, left->end + 1, &len) == LETTER &&
	    class_at(t, left->begin, &len) == LETTER;
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
