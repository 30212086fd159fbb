#include <config.h>

#include "dutch/phrases.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/tsv.h"
#include "base/utf8.h"

#define MIN_WORDS	2
#define MAX_WORDS	5
/* Of a heading; what is longer is a sentence. */
#define MAX_HEADING_WORDS 24
#define MAX_BYTES	100

/* A phrase that stands on its own in less than 1 of so many is not listed. */
#define ALONE		5

/*
 * When so many different sequences are known, no new ones are counted: what
 * many documents share has been met by then.  64 MB.
 */
#define MAX_COUNTS	((size_t)1 << 21)

/* How often a sequence of words was met: a table without chains. */
struct count {
	uint64_t hash;		/* 0: free */
	uint32_t documents;
	uint32_t last;		/* the document it was last met in */
};

/* How good an example of writing: the best is shown. */
enum looks { LOOKS_CAPITALS, LOOKS_INITIAL, LOOKS_NATURAL };

struct found {
	UT_hash_handle hh;
	uint64_t hash;
	char *key, *text;
	enum looks looks;
	uint32_t within;	/* documents of the longer one with most */
};

struct function_word {
	UT_hash_handle hh;
	char word[];
};

struct phrases {
	struct function_word *function_words;
	struct count *counts;
	size_t ncounts, room;	/* room is a power of two */
	struct found *found;
	struct phrase *list;
};

/* A word of the heading at hand. */
struct heading_word {
	size_t begin, end;	/* in the heading */
	size_t key, key_end;	/* of its folded form, in keys */
	bool is_function, has_digit;
	bool is_first;		/* of its part of the heading */
};

struct heading {
	const char *text;
	struct heading_word words[MAX_HEADING_WORDS];
	size_t count;
	struct buf keys;	/* folded words with spaces between */
};

/* ---- opening ---- */

static void
add_function_word(struct phrases *p, const char *word)
{
	size_t n = strlen(word);
	struct function_word *f;

	HASH_FIND(hh, p->function_words, word, n, f);
	if (f != NULL)
		return;
	f = xcalloc(1, sizeof *f + n + 1);
	memcpy(f->word, word, n);
	HASH_ADD(hh, p->function_words, word[0], n, f);
}

int
phrases_open(struct phrases **out, struct error *err)
{
	CLEAN(tsv_clear) struct tsv t = { 0 };
	struct phrases *p;
	size_t i;

	if (tsv_load("functiewoorden.tsv", 1, &t, err) == -1)
		return -1;
	p = xcalloc(1, sizeof *p);
	for (i = 0; i < t.nrow; i++)
		add_function_word(p, tsv_cell(&t, i, 0));
	p->room = 1024;
	p->counts = xcalloc(p->room, sizeof *p->counts);
	*out = p;
	return 0;
}

void
phrases_free(struct phrases **pp)
{
	struct phrases *p = *pp;
	struct function_word *w, *next_word;
	struct found *f, *next;

	if (p == NULL)
		return;
	HASH_ITER(hh, p->function_words, w, next_word) {
		HASH_DEL(p->function_words, w);
		free(w);
	}
	HASH_ITER(hh, p->found, f, next) {
		HASH_DEL(p->found, f);
		free(f->key);
		free(f->text);
		free(f);
	}
	free(p->counts);
	free(p->list);
	free(p);
	*pp = NULL;
}

/* ---- counting ---- */

static struct count *
place_of(struct count *counts, size_t room, uint64_t hash)
{
	size_t i = hash & (room - 1);

	while (counts[i].hash != 0 && counts[i].hash != hash)
		i = (i + 1) & (room - 1);
	return &counts[i];
}

static void
grow(struct phrases *p)
{
	size_t room = 2 * p->room, i;
	struct count *counts = xcalloc(room, sizeof *counts);

	for (i = 0; i < p->room; i++)
		if (p->counts[i].hash != 0)
			*place_of(counts, room, p->counts[i].hash) =
			    p->counts[i];
	free(p->counts);
	p->counts = counts;
	p->room = room;
}

/* How many documents have it, doc included; 0 if it is not counted. */
static uint32_t
count_one(struct phrases *p, uint64_t hash, uint32_t doc)
{
	struct count *c;

	if (2 * p->ncounts > p->room && p->room < 2 * MAX_COUNTS)
		grow(p);
	c = place_of(p->counts, p->room, hash);
	if (c->hash == 0) {
		if (p->ncounts == MAX_COUNTS)
			return 0;
		*c = (struct count){ hash, 0, 0 };
		p->ncounts++;
	}
	if (c->documents == 0 || c->last != doc)
		c->documents++;
	c->last = doc;
	return c->documents;
}

static uint64_t
hash_of(const char *key, size_t n)
{
	uint64_t h = hash_bytes(HASH_INIT, key, n);

	return h != 0 ? h : 1;
}

/* ---- headings ---- */

static bool
is_inner(uint32_t c)
{
	return c == '-' || c == '\'' || c == 0x2019 || c == 0x2010;
}

static void
end_word(const struct phrases *p, struct heading *h, struct heading_word *w)
{
	struct function_word *f;

	w->key = h->keys.len;
	utf8_fold(h->text + w->begin, w->end - w->begin, &h->keys);
	w->key_end = h->keys.len;
	HASH_FIND(hh, p->function_words, buf_str(&h->keys) + w->key,
	    w->key_end - w->key, f);
	w->is_function = f != NULL || w->key_end == w->key + 1;
	buf_addc(&h->keys, ' ');
	h->count++;
}

static void
read_words(const struct phrases *p, const char *text, size_t n,
    struct heading *h)
{
	bool is_in = false, is_new_part = true;
	size_t i, len;
	uint32_t c;

	for (i = 0; i < n; i += len) {
		struct heading_word *w = &h->words[h->count];

		if ((len = utf8_decode(text + i, n - i, &c)) == 0)
			return;
		if (utf8_is_word(c) || utf8_is_ignorable(c)) {
			if (!is_in)
				*w = (struct heading_word){
					.begin = i, .is_first = is_new_part
				};
			is_in = true;
			is_new_part = false;
			w->has_digit |= utf8_is_digit(c);
			w->end = i + len;
		} else if (!is_in || !is_inner(c)) {
			if (is_in)
				end_word(p, h, w);
			is_in = false;
			is_new_part |= !utf8_is_space(c);
			if (h->count == MAX_HEADING_WORDS)
				return;
		}
	}
	if (is_in)
		end_word(p, h, &h->words[h->count]);
}

static enum looks
looks_of(const char *text, size_t n, bool is_initial)
{
	size_t i, len, letters = 0, capitals = 0;
	uint32_t c;

	for (i = 0; i < n && (len = utf8_decode(text + i, n - i, &c)) > 0;
	    i += len) {
		letters += utf8_is_letter(c);
		capitals += utf8_is_upper(c);
	}
	if (2 * capitals > letters)
		return LOOKS_CAPITALS;
	return is_initial ? LOOKS_INITIAL : LOOKS_NATURAL;
}

/* Keep how the words from first to last are written, if it is the best yet. */
static void
keep(struct phrases *p, const struct heading *h, size_t first, size_t last,
    uint64_t hash)
{
	const struct heading_word *a = &h->words[first], *z = &h->words[last];
	enum looks looks = looks_of(h->text + a->begin, z->end - a->begin,
	    a->is_first);
	struct found *f;

	HASH_FIND(hh, p->found, &hash, sizeof hash, f);
	if (f != NULL && f->looks >= looks)
		return;
	if (f == NULL) {
		f = xcalloc(1, sizeof *f);
		f->hash = hash;
		f->key = xstrndup(h->keys.s + a->key, z->key_end - a->key);
		HASH_ADD(hh, p->found, hash, sizeof hash, f);
	}
	free(f->text);
	f->text = xstrndup(h->text + a->begin, z->end - a->begin);
	f->looks = looks;
}

static void
count_phrases(struct phrases *p, const struct heading *h, uint32_t doc,
    size_t first)
{
	const struct heading_word *a = &h->words[first];
	size_t last;

	for (last = first; last < h->count && last < first + MAX_WORDS; last++) {
		const struct heading_word *z = &h->words[last];
		uint64_t hash;

		if (z->has_digit || (last > first && z->is_first) ||
		    z->end - a->begin > MAX_BYTES)
			return;
		if (last + 1 < first + MIN_WORDS || z->is_function)
			continue;
		hash = hash_of(h->keys.s + a->key, z->key_end - a->key);
		if (count_one(p, hash, doc) >= PHRASES_MIN_DOCUMENTS)
			keep(p, h, first, last, hash);
	}
}

void
phrases_add(struct phrases *p, uint32_t doc, const char *text, size_t n)
{
	struct heading h = { .text = text, .keys = BUF_INIT };
	size_t i;

	read_words(p, text, n, &h);
	for (i = 0; i < h.count; i++)
		if (!h.words[i].is_function)
			count_phrases(p, &h, doc, i);
	buf_clear(&h.keys);
}

/* ---- the list ---- */

static uint32_t
documents_of(const struct phrases *p, uint64_t hash)
{
	return place_of(p->counts, p->room, hash)->documents;
}

/* Tell the phrases within a longer one how many documents that has. */
static void
mark_within(struct phrases *p, const struct found *longer)
{
	uint32_t documents = documents_of(p, longer->hash);
	const char *begin, *end;

	for (begin = longer->key; begin != NULL; begin = strchr(begin, ' ')) {
		begin += *begin == ' ';
		for (end = strchr(begin, '\0'); end != NULL;
		    end = memrchr(begin, ' ', (size_t)(end - begin))) {
			size_t n = (size_t)(end - begin);
			uint64_t hash = hash_of(begin, n);
			struct found *f;

			if (n == strlen(longer->key))
				continue;
			HASH_FIND(hh, p->found, &hash, sizeof hash, f);
			if (f != NULL && f->within < documents)
				f->within = documents;
		}
	}
}

const struct phrase *
phrases_list(struct phrases *p, size_t *n)
{
	struct found *f, *next;

	HASH_ITER(hh, p->found, f, next)
		mark_within(p, f);
	free(p->list);
	p->list = xcalloc(HASH_COUNT(p->found) + 1, sizeof *p->list);
	*n = 0;
	HASH_ITER(hh, p->found, f, next) {
		uint32_t documents = documents_of(p, f->hash);

		if ((documents - f->within) * ALONE >= documents)
			p->list[(*n)++] = (struct phrase){ f->text, documents };
	}
	return p->list;
}
