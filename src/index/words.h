/*
 * words: the words of a question as terms of the index.
 *
 * Used by compile.c.
 */
#ifndef WORDS_H
#define WORDS_H

#include "index/compile.h"
#include "index/qb.h"

struct compiler {
	const struct store *store;
	struct analyser *analyser;
	uint32_t documents;	/* in the index */
	int peil_ymd;
	struct compiled *out;	/* leaves and marks are added to it */
	struct qb qb;
};

/* One thing that is asked for. */
struct unit {
	struct xap_query *query;
	uint32_t docs;		/* that have it, at most; 0: none */
	double weight;
};

struct unit unit_of_word(struct compiler *, const struct node *);
struct unit unit_of_phrase(struct compiler *, const struct node *);
struct unit unit_of_prefix(struct compiler *, const struct node *);
/*
 * A word as a query that may stand within XAP_NEAR; NULL if the node is not
 * exactly one word.
 */
struct xap_query *near_of_word(struct compiler *, const struct node *);

/* The weight of what so many documents have: the rarer, the more. */
double word_weight(const struct compiler *, uint32_t docs);

/* Free leaves from number n on. */
void leaves_cut(struct compiled *, size_t n);

#endif
