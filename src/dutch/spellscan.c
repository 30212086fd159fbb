#include <config.h>

#include "dutch/spellscan.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "dutch/spelldist.h"

/*
 * How many documents speak for a word: one that stands in twice as many may
 * cost so many tenths of an edit more.
 */
#define COST_PER_DOUBLING 1.5

/* By letters typed: how much a correction may cost, and its whole edits. */
static const struct {
	uint8_t cost, edits;
} limits[] = {
	{ 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 10, 2 }, { 12, 2 },
	{ 14, 2 }, { 16, 3 }, { 17, 3 }, { 18, 3 }, { 20, 3 }, { 22, 3 },
	{ 24, 3 },
};

/* ---- the vocabulary ---- */

#define LENGTH_SHIFT 26

uint32_t
spell_shape(const char *word, size_t n)
{
	uint32_t shape = (uint32_t)(n < 63 ? n : 63) << LENGTH_SHIFT;
	size_t i;

	for (i = 0; i < n; i++)
		if (word[i] >= 'a' && word[i] <= 'z')
			shape |= UINT32_C(1) << (word[i] - 'a');
	return shape;
}

const char *
scan_word(const struct spell_words *w, uint32_t i, size_t *n)
{
	size_t at = w->offsets[i];

	*n = w->shapes[i] >> LENGTH_SHIFT;
	if (*n <= SPELL_MAX_WORD && at + *n < w->string_bytes)
		return w->strings + at;
	*n = 0;
	return "";
}

uint32_t
spell_find(const struct spell_words *w, const char *word, size_t n)
{
	uint32_t low = 0, high = w->count;

	if (n > SPELL_MAX_WORD)
		return SPELL_NONE;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		size_t len;
		const char *s = scan_word(w, mid, &len);
		int c = memcmp(s, word, len < n ? len : n);

		if (c == 0)
			c = (len > n) - (len < n);
		if (c == 0)
			return mid;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SPELL_NONE;
}

uint32_t
scan_freq(const struct spell_words *w, const char *word, size_t n)
{
	uint32_t i = spell_find(w, word, n);

	return i != SPELL_NONE ? w->freqs[i] : 0;
}

/* ---- the nearest word ---- */

double
scan_score(unsigned cost, uint32_t freq)
{
	return (double)cost - COST_PER_DOUBLING * log2((double)freq + 1);
}

/* Words looked at together: so many that the compiler uses wide registers. */
#define BLOCK 256

/* The most whole edits that are looked for. */
#define MAX_EDITS 3

/*
 * Which of a block of words may be within edits of the word of that shape?  An
 * edit makes the lengths differ by one at most, and takes and adds one letter
 * at most; clearing the lowest bit as often leaves none.
 */
static void
find_near(uint32_t shape, const uint32_t shapes[BLOCK], int32_t edits,
    uint32_t near[BLOCK])
{
	const uint32_t letters = (UINT32_C(1) << LENGTH_SHIFT) - 1;
	const uint32_t third = edits == MAX_EDITS ? UINT32_MAX : 0;
	size_t i;

	for (i = 0; i < BLOCK; i++) {
		uint32_t gone = shape & ~shapes[i] & letters;
		uint32_t come = shapes[i] & ~shape & letters;
		int32_t longer = (int32_t)(shapes[i] >> LENGTH_SHIFT) -
		    (int32_t)(shape >> LENGTH_SHIFT);

		gone &= gone - 1;
		gone &= gone - 1;
		gone &= (gone - 1) | ~third;
		come &= come - 1;
		come &= come - 1;
		come &= (come - 1) | ~third;
		near[i] = ((gone | come) == 0) & (longer <= edits) &
		    (longer >= -edits);
	}
}

/* Is this word of the vocabulary better than the best so far? */
static void
consider(const struct spell_words *w, const struct spelldist *d, uint32_t i,
    unsigned limit, unsigned edits, struct nearest *best)
{
	size_t len;
	const char *other = scan_word(w, i, &len);
	unsigned cost;
	double s;

	if (spelldist_edits(d, other, len, edits) > edits)
		return;
	cost = spelldist_cost(d, other, len, limit);
	if (cost == 0 || cost > limit)
		return;
	s = scan_score(cost, w->freqs[i]);
	if (best->word == SPELL_NONE || s < best->score)
		*best = (struct nearest){ i, cost, s };
}

struct nearest
scan_nearest(const struct spell_words *w, const char *word, size_t n,
    unsigned limit, unsigned edits)
{
	struct nearest best = { SPELL_NONE, 0, 0 };
	uint32_t shape = spell_shape(word, n), near[BLOCK];
	uint32_t rest[BLOCK] = { 0 };	/* of the last, shorter block */
	uint32_t begin, i, size;
	struct spelldist d;

	spelldist_init(&d, word, n);
	for (begin = 0; begin < w->count; begin += BLOCK) {
		const uint32_t *shapes = w->shapes + begin;

		size = w->count - begin;
		if (size < BLOCK)
			shapes = memcpy(rest, shapes, size * sizeof *rest);
		else
			size = BLOCK;
		find_near(shape, shapes, (int32_t)edits, near);
		for (i = 0; i < size; i++)
			if (near[i])
				consider(w, &d, begin + i, limit, edits, &best);
	}
	return best;
}

struct nearest
scan_suited(const struct spell_words *w, const char *word, size_t n,
    unsigned most)
{
	size_t k = n < NELEM(limits) ? n : NELEM(limits) - 1;
	unsigned limit = limits[k].cost < most ? limits[k].cost : most;

	if (limit == 0 || n > SPELL_MAX_WORD)
		return (struct nearest){ SPELL_NONE, 0, 0 };
	return scan_nearest(w, word, n, limit, limits[k].edits);
}

uint32_t
spell_nearest(const struct spell_words *w, const char *word, size_t n,
    unsigned *cost)
{
	struct nearest best = scan_suited(w, word, n, UINT_MAX);

	if (cost != NULL)
		*cost = best.cost;
	return best.word;
}

unsigned
spell_distance(const char *typed, size_t ntyped, const char *word,
    size_t nword, unsigned limit)
{
	struct spelldist d;

	if (ntyped > SPELL_MAX_WORD || nword > SPELL_MAX_WORD)
		return limit + 1;
	spelldist_init(&d, typed, ntyped);
	return spelldist_cost(&d, word, nword, limit);
}
