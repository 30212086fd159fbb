/*
 * portal: what a portal document is, from everything that speaks about it.
 *
 * Sources, best first: the DiWoo sidecar; what the file embeds; a label block
 * or number at the head of its text; its title; its name; its folder.  Each
 * value keeps its origin (DESIGN 4).
 *
 * Used by cmd/.
 */
#ifndef PORTAL_H
#define PORTAL_H

#include <stdint.h>

#include "base/error.h"
#include "gather/extract.h"
#include "model/doc.h"

struct portal;			/* the tables in data/, loaded */

/* Also loads the lists of model/lists.h.  Returns -1 with ERROR_CONFIG. */
int portal_load(struct portal **out, struct error *);
void portal_free(struct portal **);

/*
 * Fill *doc from the file at path (relative to the corpus) and what was
 * extracted from it.  Text and marks move from *ex to *doc; label blocks that
 * became fields are cut from the text.  The caller clears both.
 */
void portal_fill(const struct portal *, const char *path, struct extracted *ex,
    struct doc *doc);

/* Changes when a table does: documents must then be read again. */
uint64_t portal_hash(const struct portal *);

#endif
