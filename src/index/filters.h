/*
 * filters: values of fields as Xapian queries without weight.
 *
 * Used by compile.c, explain.c and search.c.
 */
#ifndef FILTERS_H
#define FILTERS_H

#include "index/qb.h"
#include "model/query.h"

/* The documents that have a value, on a date of reference. */
struct xap_query *filter_query(struct qb *, const struct filter *, int peil_ymd);

/*
 * Narrow words (NULL: all documents) to the filters of a query, except those
 * of one field (NFIELDS: none).  Takes over words.
 */
struct xap_query *filters_apply(struct qb *, struct xap_query *words,
    const struct query *, enum field_id except);

/* All documents that the filters on one field let through. */
struct xap_query *filters_only(struct qb *, const struct query *, enum field_id);

/* Does the query filter by that field? */
bool filters_have(const struct query *, enum field_id);

#endif
