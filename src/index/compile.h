/*
 * compile: a query as a tree of Xapian queries.
 *
 * What has words gets weight; fields only filter (filters.h).  Beside the tree it yields
 * the leaves, by which passages are found and words marked.
 *
 * Used by search.c.
 */
#ifndef COMPILE_H
#define COMPILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/store.h"
#include "model/query.h"
#include "model/snippet.h"
#include "xap.h"

/* A word of the question: the terms any of which is that word. */
struct leaf {
	char **terms;
	size_t nterms, cap_terms;
	uint32_t docs;		/* that hold it, at most */
	double weight;		/* rarer ones weigh more */
};

struct compiled {
	struct xap_query *words;	/* NULL: no words were asked for */
	struct xap_query *all_words;	/* documents that have every word */
	struct leaf *leaves;
	size_t nleaves, cap_leaves;
	struct highlight marks;
	char **notes;		/* Dutch */
	size_t nnotes, cap_notes;
};

/* Returns -1 when the index cannot be read.  Free with compiled_clear(). */
int compile_words(const struct store *, const struct query *,
    struct compiled *out, struct error *);
void compiled_clear(struct compiled *);

#endif
