/*
 * passage: where in a document the answer stands, from positions alone.
 */
#ifndef PASSAGE_H
#define PASSAGE_H

#include <stddef.h>
#include <stdint.h>

/* Where one unit of the question (a word, a phrase) stands in a document. */
struct spots {
	const uint32_t *positions;	/* in any order */
	size_t count;
	double weight;			/* rarer units weigh more */
};

/* A stretch of positions, both ends included. */
struct stretch {
	uint32_t begin, end;
	double score;
};

/* A passage spans about this many words. */
#define PASSAGE_WORDS 36

/*
 * Find up to max stretches that hold most of the question, best first, none
 * overlapping.  Only positions from first on count.  A stretch scores the
 * weight of each unit once, and a little for repetition and nearness.
 * Returns how many there are.
 */
size_t passages_find(const struct spots *, size_t nspots, uint32_t first,
    struct stretch *out, size_t max);

#endif
