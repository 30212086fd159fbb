/*
 * qb: builds Xapian queries; after a first failure it swallows the rest, so
 * that trees are built freely and checked once.
 *
 * Used by compile.c and what it calls, explain.c, search.c and similar.c.
 */
#ifndef QB_H
#define QB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "xap.h"

struct store;

struct qb {
	struct error *err;
	bool has_failed;	/* sticky: queries are NULL from then on */
	const struct store *store;
};

/* Each returns a query that the caller frees; NULL after a failure. */
struct xap_query *qb_term(struct qb *, const char *term);
struct xap_query *qb_none(struct qb *);
struct xap_query *qb_all(struct qb *);
struct xap_query *qb_range(struct qb *, uint32_t slot, const char *from,
    const char *to);
struct xap_query *qb_prefix(struct qb *, const char *prefix, uint32_t max);
struct xap_query *qb_copy(struct qb *, const struct xap_query *);

/* These take over the queries they are given. */
struct xap_query *qb_op(struct qb *, enum xap_op, struct xap_query **parts,
    size_t n, uint32_t window);
struct xap_query *qb_two(struct qb *, enum xap_op, struct xap_query *,
    struct xap_query *);
struct xap_query *qb_scale(struct qb *, struct xap_query *, double factor);
/* Worked out now, weighed by search_ranking: xap_query_settle(). */
struct xap_query *qb_settle(struct qb *, struct xap_query *);

/* What the query matches, all with the same weight. */
struct xap_query *qb_fixed(struct qb *, struct xap_query *, double weight);

/* Note a failure of another call on the index. */
void qb_fail(struct qb *, const struct xap_error *);

#endif
