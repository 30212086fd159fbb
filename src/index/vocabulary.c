#include <config.h>

#include "index/vocabulary.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/tsv.h"
#include "index/database.h"
#include "index/mapped.h"
#include "index/store.h"
#include "model/fields.h"
#include "xap.h"


/* Raise it when the parts, or what stands in them, change. */
#define FILE_VERSION 1
enum { PART_STRINGS, PART_OFFSETS, PART_FREQS, PART_SHAPES, NPARTS };

/* Terms read at a time. */
#define PAGE 8192

/* A word of the text is one if so many documents hold it; in a title, one. */
#define MIN_FREQ 2

struct vocabulary {
	struct mapped *file;
	struct spell_words words;
};

uint64_t
vocabulary_file_id(uint64_t id)
{
	uint64_t parts[] = { id, FILE_VERSION };

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

/* ---- the terms of the database, in turn ---- */

/* The database of a generation. */
struct source {
	const char *dir;
	struct xap_db *db;
};

static void
source_clear(struct source *s)
{
	xap_db_free(&s->db);
}

struct cursor {
	const struct source *source;
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
	if (xap_terms_after(c->source->db, c->prefix, strlen(c->prefix),
	    after.s, after.len, PAGE, &page, &xerr) == -1)
		return store_error(&xerr, c->source->dir, err);
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

static int
compare(struct xap_str a, struct xap_str b)
{
	int c = memcmp(a.s, b.s, a.len < b.len ? a.len : b.len);

	return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
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

/* ---- words of other languages ---- */

/* In how many documents of other languages, or hidden ones, a word is. */
struct foreign {
	UT_hash_handle hh;
	uint32_t freq;
	char word[];
};

static void
foreign_free(struct foreign **table)
{
	struct foreign *f, *next;

	HASH_ITER(hh, *table, f, next) {
		HASH_DEL(*table, f);
		free(f);
	}
}

static uint32_t
foreign_freq(struct foreign *table, struct xap_str word)
{
	struct foreign *f;

	HASH_FIND(hh, table, word.s, word.len, f);
	return f != NULL ? f->freq : 0;
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

static void
count_foreign(const struct xap_terms *terms, struct foreign **table)
{
	const struct xap_term *items = xap_terms_items(terms);
	size_t i;

	for (i = 0; i < xap_terms_count(terms); i++) {
		struct xap_str w = items[i].term;
		struct foreign *f;

		if (!is_word(w))
			continue;
		HASH_FIND(hh, *table, w.s, w.len, f);
		if (f == NULL) {
			f = xcalloc(1, sizeof *f + w.len);
			memcpy(f->word, w.s, w.len);
			HASH_ADD(hh, *table, word[0], w.len, f);
		}
		f->freq++;
	}
}

static int
read_language(const struct source *s, struct xap_str term,
    struct foreign **table, struct error *err)
{
	struct xap_list *docs;
	struct xap_error xerr;
	size_t i;
	int rc = 0;

	if (xap_postings(s->db, term.s, term.len, &docs, &xerr) == -1)
		return store_error(&xerr, s->dir, err);
	for (i = 0; rc == 0 && i < xap_list_count(docs); i++) {
		struct xap_terms *terms;

		if (xap_terms_of(s->db, xap_list_items(docs)[i], &terms,
		    &xerr) == -1) {
			rc = store_error(&xerr, s->dir, err);
		} else {
			count_foreign(terms, table);
			xap_terms_free(&terms);
		}
	}
	xap_list_free(&docs);
	return rc;
}

/* Languages whose words are offered to visitors. */
static const char *const languages[] = { "nl", "en" };

static int
read_foreign(const struct source *s, struct foreign **table,
    struct error *err)
{
	const char *prefix = fields[FIELD_TAAL].prefix;
	size_t n = strlen(prefix), i, k;
	struct xap_terms *terms;
	struct xap_error xerr;
	int rc = 0;

	if (xap_terms_with_prefix(s->db, prefix, n, 0, &terms, &xerr) == -1)
		return store_error(&xerr, s->dir, err);
	for (i = 0; rc == 0 && i < xap_terms_count(terms); i++) {
		struct xap_str t = xap_terms_items(terms)[i].term;

		for (k = 0; k < NELEM(languages); k++)
			if (t.len - n == strlen(languages[k]) &&
			    memcmp(t.s + n, languages[k], t.len - n) == 0)
				break;
		if (k == NELEM(languages))
			rc = read_language(s, t, table, err);
	}
	xap_terms_free(&terms);
	return rc;
}

/* Words of documents that are hidden count as little. */
static int
read_hidden(const char *dir, struct foreign **table, struct error *err)
{
	CLEAN(hidden_clear) struct hidden h = { 0 };
	CLEAN(xap_db_free) struct xap_db *base = NULL;
	struct xap_error xerr;
	size_t i;

	if (!database_has_delta(dir))
		return 0;
	if (hidden_read(dir, &h, err) == -1)
		return -1;
	if (xap_open(dir, &base, &xerr) == -1)
		return store_error(&xerr, dir, err);
	for (i = 0; i < h.count; i++) {
		struct xap_terms *terms;

		if (xap_terms_of(base, h.docids[i], &terms, &xerr) == -1)
			return store_error(&xerr, dir, err);
		count_foreign(terms, table);
		xap_terms_free(&terms);
	}
	return 0;
}

/* ---- writing ---- */

struct building {
	struct buf strings;
	uint32_t *offsets, *freqs, *shapes;
	size_t count, cap;
};

static void
building_clear(struct building *b)
{
	buf_clear(&b->strings);
	free(b->offsets);
	free(b->freqs);
	free(b->shapes);
}

static void
add_word(struct building *b, struct xap_str word, uint32_t freq)
{
	if (b->count == b->cap) {
		b->cap = b->cap < 1024 ? 1024 : b->cap + b->cap / 2;
		b->offsets = xrealloc(b->offsets, b->cap * sizeof *b->offsets);
		b->freqs = xrealloc(b->freqs, b->cap * sizeof *b->freqs);
		b->shapes = xrealloc(b->shapes, b->cap * sizeof *b->shapes);
	}
	b->offsets[b->count] = (uint32_t)b->strings.len;
	b->freqs[b->count] = freq;
	b->shapes[b->count++] = spell_shape(word.s, word.len);
	buf_add(&b->strings, word.s, word.len);
	buf_addc(&b->strings, '\0');
}

static int
read_words(const struct source *s, struct foreign *foreign,
    struct building *b, struct error *err)
{
	struct cursor words = { s, .prefix = fields[FIELD_TEKST].prefix };
	struct cursor titles = { s, .prefix = fields[FIELD_TITEL].prefix };
	int more = next_term(&titles, err), in_title;

	while (more != -1 && (more = next_term(&words, err)) == 1) {
		struct xap_str w = words.term.term;
		uint32_t freq = words.term.freq;

		if (!is_word(w))
			continue;
		if ((in_title = is_in_title(&titles, w, err)) == -1)
			more = -1;
		freq -= foreign_freq(foreign, w);
		if (freq >= (in_title == 1 ? 1 : MIN_FREQ))
			add_word(b, w, freq);
	}
	xap_terms_free(&words.page);
	xap_terms_free(&titles.page);
	return more;
}

static int
write_words(const char *dir, uint64_t id, const struct building *b,
    struct error *err)
{
	struct mapped_part parts[NPARTS] = {
		[PART_STRINGS] = { buf_str(&b->strings), b->strings.len },
		[PART_OFFSETS] = { b->offsets, b->count * sizeof *b->offsets },
		[PART_FREQS] = { b->freqs, b->count * sizeof *b->freqs },
		[PART_SHAPES] = { b->shapes, b->count * sizeof *b->shapes },
	};

	return mapped_write(dir, VOCABULARY_FILE, vocabulary_file_id(id), parts, NPARTS, err);
}

int
vocabulary_write(const char *dir, uint64_t id, struct error *err)
{
	CLEAN(building_clear) struct building b = { .strings = BUF_INIT };
	CLEAN(foreign_free) struct foreign *foreign = NULL;
	CLEAN(source_clear) struct source s = { .dir = dir };

	if (database_open(dir, &s.db, err) == -1 ||
	    read_hidden(dir, &foreign, err) == -1 ||
	    read_foreign(&s, &foreign, err) == -1 ||
	    read_words(&s, foreign, &b, err) == -1)
		return -1;
	return write_words(dir, id, &b, err);
}

/* ---- reading ---- */

struct vocabulary *
vocabulary_open(const char *dir, uint64_t id)
{
	CLEAN(vocabulary_free) struct vocabulary *v = xcalloc(1, sizeof *v);
	struct mapped_part strings, offsets, freqs, shapes;
	struct vocabulary *out;

	v->file = mapped_open(dir, VOCABULARY_FILE, vocabulary_file_id(id), NPARTS);
	if (v->file == NULL)
		return NULL;
	strings = mapped_part(v->file, PART_STRINGS);
	offsets = mapped_part(v->file, PART_OFFSETS);
	freqs = mapped_part(v->file, PART_FREQS);
	shapes = mapped_part(v->file, PART_SHAPES);
	if (freqs.bytes != offsets.bytes || shapes.bytes != offsets.bytes ||
	    !mapped_is_text(strings))
		return NULL;
	v->words = (struct spell_words){
		.strings = strings.at, .string_bytes = strings.bytes,
		.offsets = offsets.at,
		.freqs = freqs.at, .shapes = shapes.at,
		.count = (uint32_t)(offsets.bytes / sizeof(uint32_t)),
	};
	out = v;
	v = NULL;
	return out;
}

void
vocabulary_free(struct vocabulary **vp)
{
	if (*vp == NULL)
		return;
	mapped_free(&(*vp)->file);
	free(*vp);
	*vp = NULL;
}

const struct spell_words *
vocabulary_words(const struct vocabulary *v)
{
	return &v->words;
}
