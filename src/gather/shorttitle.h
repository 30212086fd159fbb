/*
 * shorttitle: the title by which a regulation is cited.
 *
 * Laws are published under long titles ("Wet van 21 december 1994, tot
 * vaststelling van ...") and say in one of their articles what they are
 * called: "Deze wet wordt aangehaald als: Wet arbeid vreemdelingen."  Later
 * ones also write it behind the long title, in brackets.  The words of such
 * sentences are data, in citeertitels.tsv.
 *
 * Used by gather/portal.c.
 */
#ifndef SHORTTITLE_H
#define SHORTTITLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "model/doc.h"

struct short_titles;

/* Returns -1 with ERROR_CONFIG. */
int short_titles_load(struct short_titles **out, struct error *);
void short_titles_free(struct short_titles **);
uint64_t short_titles_hash(const struct short_titles *);

/*
 * Append the short title of a document whose title, soort and text are known;
 * returns false, and appends nothing, if it has none beside its title.  A
 * short title of other regulations, which the text changes or quotes, is not
 * its own.
 */
bool short_title_of(const struct short_titles *, const struct doc *,
    struct buf *out);

#endif
