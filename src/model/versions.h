/*
 * versions: which documents are versions of one another, and which of them
 * comes first on a date of reference.
 *
 * Whether two are versions of one thing is decided from all that could be,
 * when a question is answered, so that no document's entry depends on
 * another's.  They are when
 *
 *   1. one says that it replaces the other, or is replaced by it; or
 *   2. soort, countries and title are the same, years, numbers and words such
 *      as "versie" aside, and no two of them hold at one time.  Documents of
 *      unknown validity belong to them if the text is alike, or if the title
 *      is about a country: there is one report on a country at a time.
 *
 * Where a title is shared by documents that hold side by side ("Ongewenst-
 * verklaring" of two chapters) it does not tell what they are; then only those
 * of like text are versions (data: LIKE_TEXT).
 *
 * Used by index/ and what shows one document.
 */
#ifndef VERSIONS_H
#define VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/version.h"

/* Sort n documents into families, and each family by age. */
void versions_order(struct version *v, size_t n, int peil_ymd);

/*
 * Whether a is preferred to b, a version of the same thing: what is valid on
 * the date of reference first, then what is newer.  What has no known age is
 * behind what is valid and otherwise left where it is.  (A strict order.)
 */
bool version_precedes(const struct version *a, const struct version *b);

/* Whether two have enough of their text in common to be versions by that. */
bool version_is_like(const struct version *a, const struct version *b);

/* Whether a came after b. */
bool version_is_newer(const struct version *a, const struct version *b);

#endif
