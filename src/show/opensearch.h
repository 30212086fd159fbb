/*
 * opensearch: how a browser or another program can search here, as OpenSearch
 * 1.1 describes it.
 *
 * Used by cgi/feed.c.
 */
#ifndef OPENSEARCH_H
#define OPENSEARCH_H

#include "base/buf.h"
#include "show/site.h"

#define OPENSEARCH_TYPE "application/opensearchdescription+xml"

/*
 * Append the description of the site.  contact is what the settings name, an
 * e-mail address or a URL, or NULL; only an address is said.
 */
void opensearch_print(const struct site *, const char *contact,
    struct buf *out);

#endif
