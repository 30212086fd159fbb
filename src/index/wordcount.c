#include <config.h>

#include "index/wordcount.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "index/store.h"
#include "xap.h"

/* Terms read at a time. */
#define PAGE 8192

static int
failed(const struct wordcount *c, const struct xap_error *xerr,
    struct error *err)
{
	return store_error(xerr, c->path, err);
}

static bool
is_word(struct xap_str s)
{
	size_t i;

	if (s.len < 2 || s.len > SPELL_MAX_WORD ||
	    (s.s[0] >= 0 && (s.s[0] < 'a' || s.s[0] > 'z')))
		return false;
	for (i = 1; i < s.len; i++)
		if (s.s[i] >= '0' && s.s[i] <= '9')
			return false;
	return true;
}

/* ---- lists ---- */

void
words_clear(struct words *w)
{
	buf_clear(&w->strings);
	free(w->offsets);
	free(w->freqs);
	free(w->shapes);
	*w = (struct words){ .strings = BUF_INIT };
}

void
words_add(struct words *w, const char *word, size_t n, uint32_t freq,
    uint32_t shape)
{
	if (w->count == w->cap) {
		w->cap = w->cap < 1024 ? 1024 : w->cap + w->cap / 2;
		w->offsets = xrealloc(w->offsets, w->cap * sizeof *w->offsets);
		w->freqs = xrealloc(w->freqs, w->cap * sizeof *w->freqs);
		w->shapes = xrealloc(w->shapes, w->cap * sizeof *w->shapes);
	}
	w->offsets[w->count] = (uint32_t)w->strings.len;
	w->freqs[w->count] = freq;
	w->shapes[w->count++] = shape;
	buf_add(&w->strings, word, n);
	buf_addc(&w->strings, '\0');
}

struct spell_words
words_view(const struct words *w)
{
	return (struct spell_words){
		.strings = buf_str(&w->strings), .string_bytes = w->strings.len,
		.offsets = w->offsets, .freqs = w->freqs, .shapes = w->shapes,
		.count = (uint32_t)w->count,
	};
}

static void
add_word(struct words *w, struct xap_str word, uint32_t freq)
{
	words_add(w, word.s, word.len, freq, spell_shape(word.s, word.len));
}

/* ---- the words of some documents ---- */

struct tally {
	UT_hash_handle hh;
	uint32_t freq;
	size_t len;
	char word[];
};

static void
tally_free(struct tally **table)
{
	struct tally *t, *next;

	HASH_ITER(hh, *table, t, next) {
		HASH_DEL(*table, t);
		free(t);
	}
}

static uint32_t
tally_freq(struct tally *table, struct xap_str word)
{
	struct tally *t;

	HASH_FIND(hh, table, word.s, word.len, t);
	return t != NULL ? t->freq : 0;
}

static void
tally_terms(struct tally **table, const struct xap_terms *terms)
{
	const struct xap_term *items = xap_terms_items(terms);
	size_t i;

	for (i = 0; i < xap_terms_count(terms); i++) {
		struct xap_str w = items[i].term;
		struct tally *t;

		if (!is_word(w))
			continue;
		HASH_FIND(hh, *table, w.s, w.len, t);
		if (t == NULL) {
			t = xcalloc(1, sizeof *t + w.len);
			t->len = w.len;
			memcpy(t->word, w.s, w.len);
			HASH_ADD(hh, *table, word[0], w.len, t);
		}
		t->freq++;
	}
}

static int
tally_document(const struct wordcount *c, uint32_t docid,
    struct tally **table, struct error *err)
{
	struct xap_terms *terms;
	struct xap_error xerr;

	if (xap_terms_of(c->db, docid, &terms, &xerr) == -1)
		return failed(c, &xerr, err);
	tally_terms(table, terms);
	xap_terms_free(&terms);
	return 0;
}

static int
compare(struct xap_str a, struct xap_str b)
{
	int c = memcmp(a.s, b.s, a.len < b.len ? a.len : b.len);

	return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
}

static int
compare_tallies(struct tally *a, struct tally *b)
{
	return compare((struct xap_str){ a->word, a->len },
	    (struct xap_str){ b->word, b->len });
}

/* ---- documents that do not count ---- */

/* Languages whose words are offered to visitors. */
static const char *const languages[] = { "nl", "en" };

static bool
is_foreign(struct xap_str language)
{
	size_t i;

	for (i = 0; i < NELEM(languages); i++)
		if (language.len == strlen(languages[i]) &&
		    memcmp(language.s, languages[i], language.len) == 0)
			return false;
	return true;
}

static int
compare_docids(const void *va, const void *vb)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return (a > b) - (a < b);
}

static bool
is_omitted(const struct wordcount *c, uint32_t docid)
{
	return c->nomitted > 0 && bsearch(&docid, c->omitted, c->nomitted,
	    sizeof docid, compare_docids) != NULL;
}

/* A document may be there twice: it may say that it is in two languages. */
void
wordcount_omit(struct wordcount *c, const uint32_t *docids, size_t n)
{
	size_t count = 0, i;

	for (i = 0; i < n; i++) {
		GROW(c->omitted, c->nomitted, c->cap);
		c->omitted[c->nomitted++] = docids[i];
	}
	if (c->nomitted > 0)
		qsort(c->omitted, c->nomitted, sizeof *c->omitted,
		    compare_docids);
	for (i = 0; i < c->nomitted; i++)
		if (count == 0 || c->omitted[i] != c->omitted[count - 1])
			c->omitted[count++] = c->omitted[i];
	c->nomitted = count;
}

static int
omit_foreign(struct wordcount *c, struct xap_str term, struct error *err)
{
	struct xap_list *docs;
	struct xap_error xerr;

	if (xap_postings(c->db, term.s, term.len, &docs, &xerr) == -1)
		return failed(c, &xerr, err);
	wordcount_omit(c, xap_list_items(docs), xap_list_count(docs));
	xap_list_free(&docs);
	return 0;
}

static int
find_foreign(struct wordcount *c, struct error *err)
{
	const char *prefix = fields[FIELD_TAAL].prefix;
	size_t n = strlen(prefix), i;
	struct xap_terms *terms;
	struct xap_error xerr;
	int rc = 0;

	if (xap_terms_with_prefix(c->db, prefix, n, 0, &terms, &xerr) == -1)
		return failed(c, &xerr, err);
	for (i = 0; rc == 0 && i < xap_terms_count(terms); i++) {
		struct xap_str t = xap_terms_items(terms)[i].term;

		if (is_foreign((struct xap_str){ t.s + n, t.len - n }))
			rc = omit_foreign(c, t, err);
	}
	xap_terms_free(&terms);
	return rc;
}

/* ---- the database ---- */

int
wordcount_open(const char *path, struct wordcount *out, struct error *err)
{
	struct xap_error xerr;

	*out = (struct wordcount){ .path = xstrdup(path) };
	if (xap_open(path, &out->db, &xerr) == -1)
		return failed(out, &xerr, err);
	return find_foreign(out, err);
}

void
wordcount_close(struct wordcount *c)
{
	xap_db_free(&c->db);
	free(c->omitted);
	free(c->path);
	*c = (struct wordcount){ 0 };
}

/* ---- all its terms, in turn ---- */

struct cursor {
	const struct wordcount *of;
	const char *prefix;
	struct xap_terms *page;	/* NULL at first */
	size_t at;
	struct xap_term term;	/* without the prefix; lives in the page */
};

static int
next_page(struct cursor *c, struct error *err)
{
	CLEAN(buf_clear) struct buf after = BUF_INIT;
	struct xap_terms *page;
	struct xap_error xerr;

	if (c->page == NULL) {
		/* Words begin with a letter, and a is the first. */
		buf_addf(&after, "%s`", c->prefix);
	} else {
		const struct xap_str *last = &xap_terms_items(c->page)[c->at -
		    1].term;

		buf_add(&after, last->s, last->len);
	}
	if (xap_terms_after(c->of->db, c->prefix, strlen(c->prefix),
	    after.s, after.len, PAGE, &page, &xerr) == -1)
		return failed(c->of, &xerr, err);
	xap_terms_free(&c->page);
	c->page = page;
	c->at = 0;
	return 0;
}

/* Move to the next term: 1, 0 behind the last, -1 if reading fails. */
static int
next_term(struct cursor *c, struct error *err)
{
	size_t n = strlen(c->prefix);

	if ((c->page == NULL || c->at == PAGE) && next_page(c, err) == -1)
		return -1;
	if (c->at == xap_terms_count(c->page)) {
		c->term = (struct xap_term){ { NULL, 0 }, 0 };
		return 0;
	}
	c->term = xap_terms_items(c->page)[c->at++];
	c->term.term.s += n;
	c->term.term.len -= n;
	return 1;
}

/* Is the word that of a title?  Asked in the order of the words. */
static int
is_in_title(struct cursor *titles, struct xap_str word, struct error *err)
{
	while (titles->term.term.s != NULL &&
	    compare(titles->term.term, word) < 0)
		if (next_term(titles, err) == -1)
			return -1;
	return titles->term.term.s != NULL &&
	    compare(titles->term.term, word) == 0;
}

/* ---- counting ---- */

int
wordcount_has(const struct wordcount *c, enum field_id field,
    const char *word, size_t n, struct error *err)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	struct xap_list *docs;
	struct xap_error xerr;
	size_t i;
	int has = 0;

	buf_adds(&term, fields[field].prefix);
	buf_add(&term, word, n);
	if (xap_postings(c->db, term.s, term.len, &docs, &xerr) == -1)
		return failed(c, &xerr, err);
	for (i = 0; i < xap_list_count(docs) && !has; i++)
		has = !is_omitted(c, xap_list_items(docs)[i]);
	xap_list_free(&docs);
	return has;
}

/* 1 if min documents hold a word, or it stands in the title of one. */
static int
is_listed(const struct wordcount *c, struct cursor *titles,
    struct xap_str word, uint32_t freq, uint32_t min, struct error *err)
{
	int is;

	if (freq == 0 || freq >= min)
		return freq > 0;
	is = is_in_title(titles, word, err);
	return is != 1 || c->nomitted == 0 ? is :
	    wordcount_has(c, FIELD_TITEL, word.s, word.len, err);
}

static int
count_all(const struct wordcount *c, struct tally *omitted, uint32_t min,
    struct words *out, struct error *err)
{
	struct cursor words = { c, .prefix = fields[FIELD_TEKST].prefix };
	struct cursor titles = { c, .prefix = fields[FIELD_TITEL].prefix };
	int more = next_term(&titles, err);

	while (more != -1 && (more = next_term(&words, err)) == 1) {
		struct xap_str w = words.term.term;
		uint32_t freq;

		if (!is_word(w))
			continue;
		freq = words.term.freq - tally_freq(omitted, w);
		more = is_listed(c, &titles, w, freq, min, err);
		if (more == 1)
			add_word(out, w, freq);
	}
	xap_terms_free(&words.page);
	xap_terms_free(&titles.page);
	return more;
}

int
wordcount_all(const struct wordcount *c, uint32_t min, struct words *out,
    struct error *err)
{
	CLEAN(tally_free) struct tally *omitted = NULL;
	size_t i;

	for (i = 0; i < c->nomitted; i++)
		if (tally_document(c, c->omitted[i], &omitted, err) == -1)
			return -1;
	return count_all(c, omitted, min, out, err);
}

int
wordcount_documents(const struct wordcount *c, const uint32_t *docids,
    size_t n, struct words *out, struct error *err)
{
	CLEAN(tally_free) struct tally *table = NULL;
	struct tally *t;
	size_t i;

	for (i = 0; i < n; i++)
		if (!is_omitted(c, docids[i]) &&
		    tally_document(c, docids[i], &table, err) == -1)
			return -1;
	HASH_SORT(table, compare_tallies);
	for (t = table; t != NULL; t = t->hh.next)
		add_word(out, (struct xap_str){ t->word, t->len }, t->freq);
	return 0;
}
