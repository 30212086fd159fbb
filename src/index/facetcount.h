/*
 * facetcount: what facets count of all matches: from the columns of the
 * generation, or from the slots if it has none.
 *
 * Used by search.c.
 */
#ifndef FACETCOUNT_H
#define FACETCOUNT_H

#include "index/store.h"
#include "model/result.h"
#include "xap.h"

/* Have a match count what facets are made of. */
void facetcount_want(const struct store *, struct xap_want *);
/*
 * Add what such a match counted to the facets of a result, or to that of one
 * field only, if it is not NULL.
 */
void facetcount_add(const struct store *, const struct xap_match *,
    const struct field *only, int peil_ymd, struct result *);

#endif
