/*
 * explain: why a document is in an answer, and why another is not.
 *
 * Used by questions.c, search.c and cmd/whynot.c.
 */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "base/buf.h"
#include "base/error.h"
#include "index/compile.h"
#include "model/result.h"

/*
 * Does a query match the document at that path (pad), and with which weight?
 * Weights are those it has within a whole answer: they depend on the
 * collection, not on the filter.  Returns -1 when the index cannot be read.
 */
int explain_weight(const struct store *, const char *pad,
    const struct xap_query *, bool *matches, double *weight, struct error *);

/*
 * Set the reasons of a hit: what each part of the question adds to its score,
 * the most first.  Returns -1 when the index cannot be read.
 */
int explain_hit(const struct store *, const struct compiled *, struct hit *,
    struct error *);

/*
 * Say in Dutch what the first reason is that a document is not in the answer
 * to a question: a filter, a word that may not or must be there, too little of
 * the question; or at which rank it is.  Sets *is_hit.
 */
int explain_absence(const struct store *, const struct query *,
    uint32_t docid, bool *is_hit, struct buf *out, struct error *);

#endif
