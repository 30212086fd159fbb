#include <config.h>

#include "model/passage.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

/* Beyond this many occurrences of a unit more make no better passage. */
#define MAX_OCCURRENCES 20000

#define REPEAT_BONUS	0.10	/* of a unit's weight, once, when it repeats */
#define NEAR_BONUS	0.15	/* of the score, when the stretch is short */

struct occurrence {
	uint32_t pos;
	uint32_t unit;
};

static int
compare(const void *va, const void *vb)
{
	const struct occurrence *a = va, *b = vb;

	if (a->pos != b->pos)
		return a->pos < b->pos ? -1 : 1;
	return (a->unit > b->unit) - (a->unit < b->unit);
}

static size_t
merge(const struct spots *spots, size_t nspots, uint32_t first,
    struct occurrence **out)
{
	size_t n = 0, cap = 0, i, j;
	struct occurrence *occs = NULL;

	for (i = 0; i < nspots; i++)
		for (j = 0; j < spots[i].count && j < MAX_OCCURRENCES; j++) {
			if (spots[i].positions[j] < first)
				continue;
			GROW(occs, n, cap);
			occs[n++] = (struct occurrence){
				spots[i].positions[j], (uint32_t)i
			};
		}
	if (n > 0)
		qsort(occs, n, sizeof *occs, compare);
	*out = occs;
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
	struct occurrence *occs;
	size_t n = merge(spots, nspots, first, &occs), lo = 0, hi, found = 0;

	for (hi = 0; hi < n; hi++) {
		uint32_t span;

		counts[occs[hi].unit]++;
		while (occs[hi].pos - occs[lo].pos >= PASSAGE_WORDS)
			counts[occs[lo++].unit]--;
		/* Only a stretch that cannot grow to the right is a candidate. */
		if (hi + 1 < n && occs[hi + 1].pos - occs[lo].pos < PASSAGE_WORDS)
			continue;
		span = occs[hi].pos - occs[lo].pos;
		found = keep(out, found, max, (struct stretch){
			occs[lo].pos, occs[hi].pos,
			score(spots, nspots, counts, span)
		});
	}
	free(counts);
	free(occs);
	return found;
}
