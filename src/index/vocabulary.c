#include <config.h>

#include "index/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tsv.h"
#include "dutch/spellscan.h"
#include "index/database.h"
#include "index/mapped.h"
#include "index/wordcount.h"

/* Raise it when the parts, or what stands in them, change. */
#define FILE_VERSION 2
enum { PART_STRINGS, PART_OFFSETS, PART_FREQS, PART_SHAPES, NPARTS };

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

/* ---- reading ---- */

static struct vocabulary *
open_file(const char *dir, const char *name, uint64_t id)
{
	CLEAN(vocabulary_free) struct vocabulary *v = xcalloc(1, sizeof *v);
	struct mapped_part strings, offsets, freqs, shapes;
	struct vocabulary *out;

	v->file = mapped_open(dir, name, vocabulary_file_id(id), NPARTS);
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

struct vocabulary *
vocabulary_open(const char *dir, uint64_t id)
{
	return open_file(dir, database_has_delta(dir) ?
	    VOCABULARY_DELTA_FILE : VOCABULARY_FILE, id);
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

/* ---- the words of a base with a delta ---- */

/* A word of one of several lists, and where it is there. */
struct head {
	struct spell_words words;
	uint32_t at;
	const char *word;	/* NULL behind the last */
	size_t len;
};

static void
head_next(struct head *h)
{
	h->word = ++h->at < h->words.count ?
	    scan_word(&h->words, h->at, &h->len) : NULL;
}

static void
head_start(struct head *h, struct spell_words words)
{
	*h = (struct head){ .words = words, .at = UINT32_MAX };
	head_next(h);
}

/* What it has of a word, which it leaves; 0 if it is at a later one. */
static uint32_t
head_take(struct head *h, const char *word)
{
	uint32_t freq;

	if (h->word == NULL || (h->word != word && strcmp(h->word, word) != 0))
		return 0;
	freq = h->words.freqs[h->at];
	head_next(h);
	return freq;
}

/*
 * The words of a base, changed by those of its documents that are hidden and
 * those of a delta.  What the vocabulary of the base leaves out is held by one
 * document at most, and in no title.
 */
struct update {
	const struct wordcount *base, *delta;
	struct head kept, gone, added;
};

/* Has a document that is not hidden the word in the field? */
static int
has(const struct update *u, enum field_id field, const char *word, size_t n,
    struct error *err)
{
	int has = wordcount_has(u->delta, field, word, n, err);

	return has == 0 ? wordcount_has(u->base, field, word, n, err) : has;
}

static int
update_word(struct update *u, const char *word, size_t n, struct words *out,
    struct error *err)
{
	uint32_t freq = head_take(&u->kept, word);
	uint32_t gone = head_take(&u->gone, word);
	uint32_t added = head_take(&u->added, word);
	int is;

	if (freq == 0 && gone == 0) {
		if ((is = wordcount_has(u->base, FIELD_TEKST, word, n,
		    err)) == -1)
			return -1;
		freq = (uint32_t)is;
	}
	freq = (freq > gone ? freq - gone : 0) + added;
	if (freq == 0)
		return 0;
	is = freq >= MIN_FREQ ? 1 : has(u, FIELD_TITEL, word, n, err);
	if (is == 1)
		words_add(out, word, n, freq, spell_shape(word, n));
	return is;
}

static bool
is_before(const struct head *a, const struct head *b)
{
	return a->word != NULL &&
	    (b->word == NULL || strcmp(a->word, b->word) < 0);
}

static int
update_all(struct update *u, struct words *out, struct error *err)
{
	for (;;) {
		struct head *k = &u->kept;
		const struct head *changed = is_before(&u->gone, &u->added) ?
		    &u->gone : &u->added;

		if (is_before(k, changed)) {
			words_add(out, k->word, k->len,
			    k->words.freqs[k->at], k->words.shapes[k->at]);
			head_next(k);
		} else if (changed->word == NULL) {
			return 0;
		} else if (update_word(u, changed->word, changed->len, out,
		    err) == -1) {
			return -1;
		}
	}
}

/* ---- writing ---- */

static int
write_words(const char *dir, const char *name, uint64_t id,
    const struct words *words, struct error *err)
{
	struct spell_words w = words_view(words);
	struct mapped_part parts[NPARTS] = {
		[PART_STRINGS] = { w.strings, w.string_bytes },
		[PART_OFFSETS] = { w.offsets, w.count * sizeof *w.offsets },
		[PART_FREQS] = { w.freqs, w.count * sizeof *w.freqs },
		[PART_SHAPES] = { w.shapes, w.count * sizeof *w.shapes },
	};

	return mapped_write(dir, name, vocabulary_file_id(id), parts, NPARTS,
	    err);
}

static int
write_whole(const char *dir, uint64_t id, struct error *err)
{
	CLEAN(words_clear) struct words words = { .strings = BUF_INIT };
	CLEAN(wordcount_close) struct wordcount whole = { 0 };

	if (wordcount_open(dir, &whole, err) == -1 ||
	    wordcount_all(&whole, MIN_FREQ, &words, err) == -1)
		return -1;
	return write_words(dir, VOCABULARY_FILE, id, &words, err);
}

/* Terms of the base are read one by one, few of them, if it has its words. */
static int
write_updated(const char *dir, uint64_t id, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, DATABASE_DELTA);
	CLEAN(vocabulary_free) struct vocabulary *v = open_file(dir,
	    VOCABULARY_FILE, id);
	CLEAN(wordcount_close) struct wordcount base = { 0 }, delta = { 0 };
	CLEAN(words_clear) struct words counted = { .strings = BUF_INIT };
	CLEAN(words_clear) struct words gone = { .strings = BUF_INIT };
	CLEAN(words_clear) struct words added = { .strings = BUF_INIT };
	CLEAN(words_clear) struct words words = { .strings = BUF_INIT };
	CLEAN(hidden_clear) struct hidden hidden = { 0 };
	struct update u = { .base = &base, .delta = &delta };

	if (wordcount_open(dir, &base, err) == -1 ||
	    wordcount_open(path, &delta, err) == -1 ||
	    (v == NULL && wordcount_all(&base, MIN_FREQ, &counted,
	    err) == -1) ||
	    hidden_read(dir, &hidden, err) == -1 ||
	    wordcount_documents(&base, hidden.docids, hidden.count, &gone,
	    err) == -1 ||
	    wordcount_all(&delta, 1, &added, err) == -1)
		return -1;
	wordcount_omit(&base, hidden.docids, hidden.count);
	head_start(&u.kept, v != NULL ? v->words : words_view(&counted));
	head_start(&u.gone, words_view(&gone));
	head_start(&u.added, words_view(&added));
	if (update_all(&u, &words, err) == -1)
		return -1;
	return write_words(dir, VOCABULARY_DELTA_FILE, id, &words, err);
}

int
vocabulary_write(const char *dir, uint64_t id, struct error *err)
{
	return database_has_delta(dir) ? write_updated(dir, id, err) :
	    write_whole(dir, id, err);
}
