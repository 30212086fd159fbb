#include <config.h>

#include "index/qb.h"

#include <string.h>

#include "index/search.h"
#include "index/store.h"

void
qb_fail(struct qb *b, const struct xap_error *x)
{
	if (!b->has_failed)
		store_error(x, store_path(b->store), b->err);
	b->has_failed = true;
}

static struct xap_query *
take(struct qb *b, int rc, struct xap_query *q, const struct xap_error *x)
{
	if (rc == 0)
		return q;
	qb_fail(b, x);
	return NULL;
}

struct xap_query *
qb_term(struct qb *b, const char *term)
{
	struct xap_query *q = NULL;
	struct xap_error x;
	int rc = xap_query_term(term, strlen(term), &q, &x);

	return take(b, rc, q, &x);
}

struct xap_query *
qb_none(struct qb *b)
{
	struct xap_query *q = NULL;
	struct xap_error x;
	int rc = xap_query_none(&q, &x);

	return take(b, rc, q, &x);
}

struct xap_query *
qb_all(struct qb *b)
{
	struct xap_query *q = NULL;
	struct xap_error x;
	int rc = xap_query_all(&q, &x);

	return take(b, rc, q, &x);
}

struct xap_query *
qb_range(struct qb *b, uint32_t slot, const char *from, const char *to)
{
	struct xap_query *q = NULL;
	struct xap_error x;
	int rc = xap_query_range(slot, from, strlen(from), to,
	    to != NULL ? strlen(to) : 0, &q, &x);

	return take(b, rc, q, &x);
}

struct xap_query *
qb_prefix(struct qb *b, const char *prefix, uint32_t max)
{
	struct xap_query *q = NULL;
	struct xap_error x;
	int rc = xap_query_prefix(prefix, strlen(prefix), max, &q, &x);

	return take(b, rc, q, &x);
}

struct xap_query *
qb_op(struct qb *b, enum xap_op op, struct xap_query **parts, size_t n,
    uint32_t window)
{
	struct xap_query *q = NULL;
	struct xap_error x;
	size_t i;
	int rc;

	if (n == 1)
		return parts[0];
	if (!b->has_failed) {
		rc = xap_query_op(op, (const struct xap_query *const *)parts,
		    n, window, &q, &x);
		q = take(b, rc, q, &x);
	}
	for (i = 0; i < n; i++)
		xap_query_free(&parts[i]);
	return q;
}

struct xap_query *
qb_two(struct qb *b, enum xap_op op, struct xap_query *first,
    struct xap_query *second)
{
	struct xap_query *parts[] = { first, second };

	return qb_op(b, op, parts, 2, 0);
}

struct xap_query *
qb_scale(struct qb *b, struct xap_query *q, double factor)
{
	struct xap_query *scaled = NULL;
	struct xap_error x;
	int rc;

	if (!b->has_failed) {
		rc = xap_query_scale(q, factor, &scaled, &x);
		scaled = take(b, rc, scaled, &x);
	}
	xap_query_free(&q);
	return scaled;
}

struct xap_query *
qb_settle(struct qb *b, struct xap_query *q)
{
	struct xap_query *settled = NULL;
	struct xap_error x;
	int rc;

	if (!b->has_failed) {
		rc = xap_query_settle(store_db(b->store), q, &search_ranking,
		    &settled, &x);
		settled = take(b, rc, settled, &x);
	}
	xap_query_free(&q);
	return settled;
}

struct xap_query *
qb_fixed(struct qb *b, struct xap_query *q, double weight)
{
	struct xap_query *fixed = NULL;
	struct xap_error x;
	int rc;

	if (!b->has_failed) {
		rc = xap_query_fixed(q, weight, &fixed, &x);
		fixed = take(b, rc, fixed, &x);
	}
	xap_query_free(&q);
	return fixed;
}

struct xap_query *
qb_copy(struct qb *b, const struct xap_query *q)
{
	struct xap_query *copy = NULL;
	struct xap_error x;
	int rc;

	if (b->has_failed)
		return NULL;
	rc = xap_query_scale(q, 1.0, &copy, &x);
	return take(b, rc, copy, &x);
}
