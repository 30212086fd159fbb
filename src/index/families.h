/*
 * families: the versions of a document in the index.
 *
 * Families are found from the document asked for: those that share its title,
 * that it says it replaced or was replaced by, that say so of it, and so on
 * from each of these.  Which of them are versions of one thing, and in which
 * order, is decided in model/versions.h.
 *
 * Used by search.c, similar.c, familyrank.c, cmd/show.c and cgi/api.c.
 */
#ifndef FAMILIES_H
#define FAMILIES_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/store.h"
#include "model/versions.h"

/*
 * A title that more documents share tells nothing about versions, and each of
 * them would be compared with each.
 */
#define FAMILIES_MAX 48

/* What was found out for one question. */
struct families;

void families_open(const struct store *, int peil_ymd, struct families **out);
void families_free(struct families **);

/*
 * The documents of which some are versions of a document, itself included:
 * those whose family is its own.  *members is borrowed, and NULL with *n 0 if
 * it has no versions.
 */
int families_of(struct families *, uint32_t docid,
    const struct version **members, size_t *n, struct error *);
/*
 * The version that took the place of a document by the date of reference; 0
 * if none did.
 */
int families_successor(struct families *, uint32_t docid, uint32_t *successor,
    struct error *);

/*
 * All documents that may be versions of a document, those of other families
 * among them.  items is borrowed, and one and the same for each of them; NULL
 * if there are no others.
 */
struct relatives {
	const struct version *items;
	size_t count;
	size_t own;		/* where the document is among them */
};
int families_relatives(struct families *, uint32_t docid, struct relatives *out,
    struct error *);

#endif
