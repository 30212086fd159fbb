#include <config.h>

#include "dutch/asked.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	MIN_JOINED = 3,		/* letters of each word that is joined */
	SHOUT = 6,		/* letters; abbreviations have fewer */
};

/* "zijn gezin hierheen te laten komen" is "gezin hierheen laten komen". */
static const char *const fillers[] = {
	"de", "het", "een", "mijn", "zijn", "haar", "hun", "onze", "ons", "je",
	"jouw", "uw", "te", "the", "a", "my",
};

/* ---- capitals ---- */

struct shape {
	size_t letters, capitals;
	bool begins_capital;
};

static struct shape
shape_of(const struct asked_word *w)
{
	struct shape shape = { 0, 0, false };
	size_t at, len;
	uint32_t c;

	for (at = 0; at < w->ntyped; at += len) {
		if ((len = utf8_decode(w->typed + at, w->ntyped - at, &c)) == 0)
			break;
		if (!utf8_is_letter(c))
			continue;
		if (utf8_is_upper(c)) {
			shape.capitals++;
			shape.begins_capital |= shape.letters == 0;
		}
		shape.letters++;
	}
	return shape;
}

/* Several words in capitals, one of them too long for an abbreviation. */
static bool
is_shouted(const struct asked *q)
{
	size_t i, nwords = 0, longest = 0;

	for (i = 0; i < q->n; i++) {
		struct shape shape = shape_of(&q->words[i]);

		if (shape.capitals < shape.letters)
			return false;
		nwords += shape.letters > 0;
		if (shape.letters > longest)
			longest = shape.letters;
	}
	return nwords > 1 && longest >= SHOUT;
}

bool
asked_is_written(const struct asked *q, size_t i, unsigned flags)
{
	struct shape shape = shape_of(&q->words[i]);

	if (flags & SPELLING_CAPITALS)
		return !q->is_shouted && shape.capitals == shape.letters;
	if (flags & SPELLING_CAPITAL)
		return !q->is_shouted && shape.begins_capital;
	return true;
}

/* ---- forms of a word ---- */

static bool
is_filler(const char *word)
{
	size_t i;

	for (i = 0; i < NELEM(fillers); i++)
		if (strcmp(fillers[i], word) == 0)
			return true;
	return false;
}

/*
 * The stem of count words from first on as one word.  Letters apart are an
 * abbreviation (a m v); else each has some letters, or "per u" would be Peru.
 */
static word_id
join(const struct asked *q, size_t first, size_t count)
{
	char s[ANALYSE_MAX_WORD];
	size_t i, n, len = 0, nsingle = 0, nshort = 0;

	for (i = first; i < first + count; i++) {
		const char *word;

		if (i >= q->n)
			return WORD_NONE;
		word = word_string(q->analyser, q->words[i].word, &n);
		if (len + n > sizeof s)
			return WORD_NONE;
		memcpy(s + len, word, n);
		len += n;
		nsingle += n == 1;
		nshort += n < MIN_JOINED;
	}
	if (nsingle == count ? count < 3 : nshort > 0)
		return WORD_NONE;
	return word_stem(q->analyser, word_intern(q->analyser, s, len));
}

/*
 * Behind an apostrophe an s is no part of an abbreviation, nor of homo's; for
 * the analysis it is part of the word.
 */
static word_id
bare_stem(const struct asked *q, const struct asked_word *w)
{
	const char *word, *typed = w->typed;
	size_t n = w->ntyped, nword;

	if (n < 3 || (typed[n - 1] | 32) != 's' || (typed[n - 2] != '\'' &&
	    (n < 5 || memcmp(typed + n - 4, "\xE2\x80\x99", 3) != 0)))
		return WORD_NONE;
	word = word_string(q->analyser, w->word, &nword);
	return nword < 2 ? WORD_NONE : word_stem(q->analyser,
	    word_intern(q->analyser, word, nword - 1));
}

/* ---- the question ---- */

static void
add_keys(struct asked *q, word_id id)
{
	const char *s;
	uint16_t key;
	unsigned i;
	size_t n;

	if (id == WORD_NONE)
		return;
	s = word_string(q->analyser, id, &n);
	for (i = 1; i <= 3; i++)
		if ((key = spelling_key(s, n, i)) != SPELLING_ANY)
			q->keys[key / 8] |= (uint8_t)(1 << key % 8);
}

bool
asked_has_key(const struct asked *q, uint16_t key)
{
	return key == SPELLING_ANY || q->keys[key / 8] & 1 << key % 8;
}

static void
add_word(struct asked *q, const char *typed, size_t n, word_id word,
    word_id stem, size_t place)
{
	GROW(q->words, q->n, q->cap);
	q->words[q->n++] = (struct asked_word){ .typed = typed, .ntyped = n,
	    .word = word, .stem = stem, .place = place,
	    .can_skip = is_filler(word_string(q->analyser, word, NULL)) };
}

/* What was typed as one word and is several: niet-begeleide. */
static void
add_parts(struct asked *q, const struct expand_word *w, size_t place)
{
	struct tokens tokens;
	struct token t;

	tokens_init(&tokens, q->analyser, w->typed, w->ntyped);
	while (tokens_next(&tokens, &t))
		if (!t.is_extra && t.word != WORD_NONE)
			add_word(q, w->typed + t.begin, t.end - t.begin,
			    t.word, t.stem, place);
}

void
asked_init(struct asked *q, struct analyser *a,
    const struct expand_word *words, size_t n)
{
	size_t i, k;

	*q = (struct asked){ .analyser = a };
	for (i = 0; i < n; i++) {
		if (words[i].word == WORD_NONE)
			add_parts(q, &words[i], i);
		else
			add_word(q, words[i].typed, words[i].ntyped,
			    words[i].word, words[i].stem, i);
	}
	q->is_shouted = is_shouted(q);
	q->keys[0] = 1;		/* of spellings that begin with a mark */
	for (i = 0; i < q->n; i++) {
		struct asked_word *w = &q->words[i];

		for (k = 0; k < NELEM(w->joined); k++) {
			w->joined[k] = join(q, i, k + 2);
			add_keys(q, w->joined[k]);
		}
		w->bare = bare_stem(q, w);
		add_keys(q, w->word);
		add_keys(q, w->stem);
	}
}

void
asked_clear(struct asked *q)
{
	free(q->words);
	*q = (struct asked){ .n = 0 };
}
