/*
 * search: a query against a store.
 *
 * Used by the programs.
 */
#ifndef SEARCH_H
#define SEARCH_H

#include "base/error.h"
#include "index/store.h"
#include "model/query.h"
#include "model/result.h"

/* How documents are weighed. */
struct xap_want;
extern const struct xap_want search_ranking;

/*
 * Answer a query.  Totals and facet counts are exact.  Returns -1 with
 * ERROR_INDEX or ERROR_IO when the index cannot be read, and with ERROR_QUERY,
 * in Dutch, when the query is beyond its limits.  The caller clears
 * *out with result_clear().
 */
int search(const struct store *, const struct query *, struct result *out,
    struct error *);
/*
 * The same for documents like n others, by what these say; they themselves and
 * their versions are no answers.  query.like names them.
 */
int search_similar(const struct store *, const struct query *,
    const uint32_t *docids, size_t n, struct result *out, struct error *);

#endif
