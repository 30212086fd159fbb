/*
 * suggest: suggestions as they are shown.
 *
 * Used by cmd/suggest.c and cgi/feed.c.
 */
#ifndef SHOW_SUGGEST_H
#define SHOW_SUGGEST_H

#include "base/buf.h"
#include "index/suggest.h"
#include "show/site.h"

/* A line each: text, kind, documents; separated by tabs. */
void suggest_print_tsv(const struct suggestion *, size_t n, struct buf *out);
/* One object; typed is what they are suggestions for. */
void suggest_print_json(const char *typed, const struct suggestion *, size_t n,
    struct buf *out);

#define SUGGEST_TYPE "application/x-suggestions+json"
/*
 * The same as the suggestions extension of OpenSearch 1.1 wants them, for
 * browsers: typed, the texts, their kinds, and where to search for each.
 */
void suggest_print_opensearch(const struct site *, const char *typed,
    const struct suggestion *, size_t n, struct buf *out);

#endif
