/*
 * replaces: what a document says it replaced, or was replaced by: "Deze
 * werkinstructie vervangt WI 2014/13."  The words are data, vervangen.tsv.
 *
 * Used by gather/portal.c.
 */
#ifndef REPLACES_H
#define REPLACES_H

#include <stdint.h>

#include "base/error.h"
#include "gather/numbers.h"
#include "model/doc.h"

struct replaces;

/* Returns -1 with ERROR_CONFIG. */
int replaces_load(struct replaces **out, struct error *);
void replaces_free(struct replaces **);
uint64_t replaces_hash(const struct replaces *);

/*
 * Fill vervangt and vervangen_door of *doc from sentences at the head and the
 * foot of its text.  A sentence that says it of a third document is none.
 */
void replaces_find(const struct replaces *, const struct numbers *,
    struct doc *doc);

#endif
