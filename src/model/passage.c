#include <config.h>

#include "model/passage.h"

#include <stdlib.h>

#include "base/mem.h"

/* Beyond this many occurrences of a unit more make no better passage. */
#define MAX_OCCURRENCES 20000

#define REPEAT_BONUS	0.10	/* of a unit's weight, once, when it repeats */
#define NEAR_BONUS	0.15	/* of the score, when the stretch is short */

/* A position and the unit that stands there, as a number that sorts so. */
typedef uint64_t occurrence;

#define OCCURRENCE(pos, unit) ((occurrence)(pos) << 32 | (unit))

static uint32_t
pos_of(occurrence o)
{
	return (uint32_t)(o >> 32);
}

static uint32_t
unit_of(occurrence o)
{
	return (uint32_t)o;
}

/* The end of the ascending run that begins at from. */
static size_t
run_end(const occurrence *all, size_t n, size_t from)
{
	while (++from < n && all[from - 1] <= all[from])
		;
	return from;
}

/* Merge [lo, mid) and [mid, hi) into out. */
static void
merge_runs(const occurrence *all, size_t lo, size_t mid, size_t hi,
    occurrence *out)
{
	size_t a = lo, b = mid, to = lo;

	while (to < hi)
		out[to++] = b == hi || (a < mid && all[a] <= all[b]) ?
		    all[a++] : all[b++];
}

/*
 * Sort what consists of few ascending runs, one for each term: neighbours are
 * merged until there is one.  Returns all or spare, whichever has the result.
 */
static occurrence *
sort_runs(occurrence *all, size_t n, occurrence *spare)
{
	while (n > 0 && run_end(all, n, 0) < n) {
		occurrence *merged = spare;
		size_t lo, mid, hi;

		for (lo = 0; lo < n; lo = hi) {
			mid = run_end(all, n, lo);
			hi = mid < n ? run_end(all, n, mid) : n;
			merge_runs(all, lo, mid, hi, merged);
		}
		spare = all;
		all = merged;
	}
	return all;
}

/* All occurrences, in order.  The caller frees *memory. */
static size_t
merge(const struct spots *spots, size_t nspots, uint32_t first,
    occurrence **out, occurrence **memory)
{
	size_t n = 0, room = 0, i, j;
	occurrence *occs;

	for (i = 0; i < nspots; i++)
		room += spots[i].count < MAX_OCCURRENCES ? spots[i].count :
		    MAX_OCCURRENCES;
	occs = xcalloc(2 * room + 1, sizeof *occs);
	for (i = 0; i < nspots; i++)
		for (j = 0; j < spots[i].count && j < MAX_OCCURRENCES; j++)
			if (spots[i].positions[j] >= first)
				occs[n++] = OCCURRENCE(spots[i].positions[j],
				    i);
	*memory = occs;
	*out = sort_runs(occs, n, occs + room);
	return n;
}

static double
score(const struct spots *spots, size_t nspots, const uint32_t *counts,
    uint32_t span)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < nspots; i++)
		if (counts[i] > 0)
			sum += spots[i].weight *
			    (counts[i] > 1 ? 1 + REPEAT_BONUS : 1);
	return sum * (1 + NEAR_BONUS * (1 - (double)span / PASSAGE_WORDS));
}

/* Keep the best: out is sorted, best first; overlapping ones compete. */
static size_t
keep(struct stretch *out, size_t n, size_t max, struct stretch s)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		if (s.begin <= out[i].end && out[i].begin <= s.end &&
		    s.score <= out[i].score)
			return n;
	/* Drop the overlapping ones that are worse. */
	for (i = j = 0; i < n; i++)
		if (s.begin > out[i].end || out[i].begin > s.end)
			out[j++] = out[i];
	n = j;
	for (i = 0; i < n && out[i].score >= s.score; i++)
		;
	if (i == max)
		return n;
	if (n < max)
		n++;
	for (j = n - 1; j > i; j--)
		out[j] = out[j - 1];
	out[i] = s;
	return n;
}

size_t
passages_find(const struct spots *spots, size_t nspots, uint32_t first,
    struct stretch *out, size_t max)
{
	uint32_t *counts = xcalloc(nspots, sizeof *counts);
	occurrence *occs, *memory;
	size_t n = merge(spots, nspots, first, &occs, &memory);
	size_t lo = 0, hi, found = 0;

	for (hi = 0; hi < n; hi++) {
		uint32_t end = pos_of(occs[hi]), begin;

		counts[unit_of(occs[hi])]++;
		while (end - pos_of(occs[lo]) >= PASSAGE_WORDS)
			counts[unit_of(occs[lo++])]--;
		begin = pos_of(occs[lo]);
		/* Only a stretch that cannot grow to the right is a candidate. */
		if (hi + 1 < n && pos_of(occs[hi + 1]) - begin < PASSAGE_WORDS)
			continue;
		found = keep(out, found, max, (struct stretch){ begin, end,
			score(spots, nspots, counts, end - begin) });
	}
	free(counts);
	free(memory);
	return found;
}
