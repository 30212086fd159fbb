#include <config.h>

#include "index/suggest.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "dutch/spellscan.h"
#include "index/database.h"
#include "index/suggestfile.h"

struct suggestions {
	struct suggestions *more;	/* those of the delta; NULL: none */
	struct mapped *file;
	const char *texts, *keys;
	size_t ntexts, nkeys;	/* bytes */
	const struct suggest_entry *entries;
	const struct suggest_place *places;
	size_t nentries, nplaces;
};

static const char *const kind_names[NSUGGEST_KINDS] = {
	[SUGGEST_TITEL] = "titel",
	[SUGGEST_KENMERK] = "kenmerk",
	[SUGGEST_WOORDGROEP] = "woordgroep",
	[SUGGEST_WOORD] = "woord",
};

const char *
suggest_kind_name(enum suggest_kind kind)
{
	return kind_names[kind];
}

/* ---- keys ---- */

static bool
is_silent(uint32_t c)
{
	return c == '\'' || c == 0x2018 || c == 0x2019;
}

void
suggest_key(const char *text, size_t n, struct buf *out)
{
	enum { NOTHING, LETTERS, DIGITS } last = NOTHING, now;
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	size_t begin = out->len, i, len;
	uint32_t c;

	utf8_fold(text, n, &folded);
	for (i = 0; i < folded.len; i += len) {
		len = utf8_decode(folded.s + i, folded.len - i, &c);
		if (len == 0)
			return;
		if (is_silent(c))
			continue;
		now = utf8_is_digit(c) ? DIGITS : utf8_is_word(c) ? LETTERS :
		    NOTHING;
		if (now != last && last != NOTHING && out->len > begin)
			buf_addc(out, ' ');
		if (now != NOTHING)
			buf_add(out, folded.s + i, len);
		last = now;
	}
}

/* ---- the file ---- */

static struct suggestions *
open_file(const char *dir, const char *name, uint64_t id)
{
	struct mapped *file = mapped_open(dir, name, suggest_file_id(id),
	    NSUGGEST_PARTS);
	struct suggestions *s;
	struct mapped_part entries, places, texts, keys;

	if (file == NULL)
		return NULL;
	texts = mapped_part(file, SUGGEST_PART_TEXTS);
	keys = mapped_part(file, SUGGEST_PART_KEYS);
	if (!mapped_is_text(texts) || !mapped_is_text(keys)) {
		mapped_free(&file);
		return NULL;
	}
	s = xcalloc(1, sizeof *s);
	s->file = file;
	entries = mapped_part(file, SUGGEST_PART_ENTRIES);
	places = mapped_part(file, SUGGEST_PART_PLACES);
	s->texts = texts.at;
	s->ntexts = texts.bytes;
	s->keys = keys.at;
	s->nkeys = keys.bytes;
	s->entries = entries.at;
	s->nentries = entries.bytes / sizeof *s->entries;
	s->places = places.at;
	s->nplaces = places.bytes / sizeof *s->places;
	return s;
}

struct suggestions *
suggestions_open(const char *dir, uint64_t id)
{
	struct suggestions *s = open_file(dir, SUGGEST_FILE, id);

	if (s != NULL && database_has_delta(dir))
		s->more = open_file(dir, SUGGEST_DELTA_FILE, id);
	return s;
}

void
suggestions_free(struct suggestions **sp)
{
	if (*sp == NULL)
		return;
	suggestions_free(&(*sp)->more);
	mapped_free(&(*sp)->file);
	free(*sp);
	*sp = NULL;
}

/* ---- the best so far ---- */

/* How well what was typed fits: the less, the better. */
enum fit { FIT_WHOLE, FIT_BEGIN, FIT_INSIDE, FIT_APART, NFITS };

struct choice {
	struct suggestion suggestion;
	enum fit fit;
};

/* The best of one kind, best first. */
struct choices {
	struct choice items[SUGGEST_MAX];
	size_t count, max;
};

static int
compare_choices(const struct choice *a, const struct choice *b)
{
	size_t na, nb;

	if (a->fit != b->fit)
		return a->fit < b->fit ? -1 : 1;
	if (a->suggestion.documents != b->suggestion.documents)
		return a->suggestion.documents > b->suggestion.documents ?
		    -1 : 1;
	na = strlen(a->suggestion.text);
	nb = strlen(b->suggestion.text);
	if (na != nb)
		return na < nb ? -1 : 1;
	return strcmp(a->suggestion.text, b->suggestion.text);
}

/* A suggestion may be found at several of its words: the best one counts. */
static void
choose(struct choices *l, const struct choice *c)
{
	size_t i, at;

	if (l->count == l->max &&
	    compare_choices(c, &l->items[l->count - 1]) >= 0)
		return;
	for (i = 0; i < l->count; i++)
		if (l->items[i].suggestion.text == c->suggestion.text)
			break;
	if (i < l->count) {
		if (l->items[i].fit <= c->fit)
			return;
		memmove(&l->items[i], &l->items[i + 1],
		    (l->count - i - 1) * sizeof *l->items);
		l->count--;
	}
	for (at = 0; at < l->count &&
	    compare_choices(&l->items[at], c) <= 0; at++)
		;
	if (l->count == l->max)
		l->count--;
	memmove(&l->items[at + 1], &l->items[at],
	    (l->count - at) * sizeof *l->items);
	l->items[at] = *c;
	l->count++;
}

/* ---- finding ---- */

static const char *
key_at(const struct suggestions *s, uint32_t at)
{
	return at < s->nkeys ? s->keys + at : "";
}

/* The entry of a place; NULL if it is not in the file, or not whole. */
static const struct suggest_entry *
entry_at(const struct suggestions *s, size_t place)
{
	uint32_t i = s->places[place].entry;
	const struct suggest_entry *e = i < s->nentries ? &s->entries[i] : NULL;

	return e != NULL && e->text < s->ntexts && e->kind < NSUGGEST_KINDS ?
	    e : NULL;
}

/* The first place that does not come before key; with is_end, behind it. */
static size_t
bound(const struct suggestions *s, const char *key, size_t n, bool is_end)
{
	size_t low = 0, high = s->nplaces;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = strncmp(key_at(s, s->places[mid].key), key, n);

		if (c < 0 || (c == 0 && is_end))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Longer words of what was typed may also stand within a word: a compound. */
#define WITHIN_LETTERS 5

static bool
has(const char *key, const char *word, size_t n)
{
	const char *at = key;

	if (n >= WITHIN_LETTERS)
		return memmem(key, strlen(key), word, n) != NULL;
	while (at != NULL && strncmp(at, word, n) != 0)
		if ((at = strchr(at, ' ')) != NULL)
			at++;
	return at != NULL;
}

/* Does each word of what was typed begin a word of the key? */
static bool
has_all(const char *key, const char *typed)
{
	const char *word, *end;

	for (word = typed; *word != '\0'; word = end + (*end == ' ')) {
		end = strchrnul(word, ' ');
		if (!has(key, word, (size_t)(end - word)))
			return false;
	}
	return true;
}

static void
offer(const struct suggestions *s, const struct suggest_entry *e, enum fit fit,
    struct choices *kinds)
{
	choose(&kinds[e->kind], &(struct choice){
		{ s->texts + e->text, e->kind, e->documents }, fit
	});
}

/* What was typed, as it stands. */
static void
take_together(const struct suggestions *s, const struct buf *typed,
    struct choices *kinds)
{
	size_t i = bound(s, typed->s, typed->len, false);
	size_t end = bound(s, typed->s, typed->len, true);

	for (; i < end; i++) {
		const struct suggest_place *p = &s->places[i];
		const struct suggest_entry *e = entry_at(s, i);
		const char *key = key_at(s, p->key);

		if (e == NULL || strncmp(key, typed->s, typed->len) != 0)
			continue;
		offer(s, e, p->key != e->key ? FIT_INSIDE :
		    key[typed->len] == '\0' ? FIT_WHOLE : FIT_BEGIN, kinds);
	}
}

/* Several words, in any order: look where the rarest of them stands. */
static void
take_apart(const struct suggestions *s, const char *typed,
    struct choices *kinds)
{
	size_t begin = 0, end = 0;
	const char *word, *next;
	bool is_first = true;

	for (word = typed; *word != '\0'; word = next + (*next == ' ')) {
		size_t b, e;

		next = strchrnul(word, ' ');
		b = bound(s, word, (size_t)(next - word), false);
		e = bound(s, word, (size_t)(next - word), true);
		if (is_first || e - b < end - begin) {
			begin = b;
			end = e;
		}
		is_first = false;
	}
	for (; begin < end; begin++) {
		const struct suggest_entry *e = entry_at(s, begin);

		if (e != NULL && has_all(key_at(s, e->key), typed))
			offer(s, e, FIT_APART, kinds);
	}
}

/* A word of one document may be anything. */
#define MIN_DOCUMENTS 2

static void
take_words(const struct spell_words *w, const char *typed, size_t n,
    struct choices *out)
{
	uint32_t low = 0, high = w->count;
	size_t len;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (strncmp(scan_word(w, mid, &len), typed, n) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < w->count; low++) {
		const char *word = scan_word(w, low, &len);

		if (strncmp(word, typed, n) != 0)
			break;
		if (w->freqs[low] < MIN_DOCUMENTS)
			continue;
		choose(out, &(struct choice){
			{ word, SUGGEST_WOORD, w->freqs[low] },
			word[n] == '\0' ? FIT_WHOLE : FIT_BEGIN
		});
	}
}

/* ---- the answer ---- */

/* The best of all kinds, in the order of the answer. */
struct ranking {
	const struct choice *items[NSUGGEST_KINDS * SUGGEST_MAX];
	bool is_taken[NSUGGEST_KINDS * SUGGEST_MAX];
	size_t count, ntaken;
};

static void
rank(const struct choices *kinds, struct ranking *r)
{
	enum fit fit;
	size_t k, i;

	for (fit = 0; fit < NFITS; fit++)
		for (k = 0; k < NSUGGEST_KINDS; k++)
			for (i = 0; i < kinds[k].count; i++)
				if (kinds[k].items[i].fit == fit)
					r->items[r->count++] =
					    &kinds[k].items[i];
}

/* Is the same text, as it is compared, taken already? */
static bool
is_double(const struct ranking *r, const struct choice *c)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	size_t i;

	suggest_key(c->suggestion.text, strlen(c->suggestion.text), &key);
	for (i = 0; i < r->count; i++) {
		CLEAN(buf_clear) struct buf other = BUF_INIT;
		const char *text = r->items[i]->suggestion.text;

		if (!r->is_taken[i])
			continue;
		suggest_key(text, strlen(text), &other);
		if (strcmp(buf_str(&key), buf_str(&other)) == 0)
			return true;
	}
	return false;
}

/* Take the best that are left, until there are max, no kind more than most. */
static void
take(struct ranking *r, size_t max, size_t most)
{
	size_t of_kind[NSUGGEST_KINDS] = { 0 }, i;

	for (i = 0; i < r->count && r->ntaken < max; i++) {
		const struct choice *c = r->items[i];

		if (r->is_taken[i] || of_kind[c->suggestion.kind] == most ||
		    is_double(r, c))
			continue;
		r->is_taken[i] = true;
		r->ntaken++;
		of_kind[c->suggestion.kind]++;
	}
}

/* No kind has more than two of five, unless there is nothing else to say. */
static size_t
answer(const struct choices *kinds, struct suggestion *out, size_t max)
{
	struct ranking *r = xcalloc(1, sizeof *r);
	size_t n = 0, i;

	rank(kinds, r);
	take(r, max, (2 * max + 4) / 5);
	take(r, max, max);
	for (i = 0; i < r->count; i++)
		if (r->is_taken[i])
			out[n++] = r->items[i]->suggestion;
	free(r);
	return n;
}

size_t
suggestions_find(const struct suggestions *s, const struct spell_words *words,
    const char *typed, struct suggestion *out, size_t max)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	struct choices *kinds;
	size_t n, k;
	bool is_one_word;

	suggest_key(typed, strlen(typed), &key);
	if (max > SUGGEST_MAX)
		max = SUGGEST_MAX;
	if (key.len == 0 || max == 0)
		return 0;
	is_one_word = strchr(key.s, ' ') == NULL;
	kinds = xcalloc(NSUGGEST_KINDS, sizeof *kinds);
	for (k = 0; k < NSUGGEST_KINDS; k++)
		kinds[k].max = max;
	for (; s != NULL; s = s->more) {
		take_together(s, &key, kinds);
		if (!is_one_word)
			take_apart(s, key.s, kinds);
	}
	if (words != NULL && is_one_word)
		take_words(words, key.s, key.len, &kinds[SUGGEST_WOORD]);
	n = answer(kinds, out, max);
	free(kinds);
	return n;
}
