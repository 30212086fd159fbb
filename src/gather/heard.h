/*
 * heard: what the sources of a document say of the same thing.  The best of
 * them is believed (see portal.c); where another contradicts it the document
 * has a conflict, which changes nothing but which its owner will want to know.
 *
 * Used by gather/portal.c, claims.c and head.c.
 */
#ifndef HEARD_H
#define HEARD_H

#include <stddef.h>

#include "gather/extract.h"
#include "gather/labels.h"
#include "gather/value.h"
#include "model/doc.h"

struct statement;

struct heard {
	struct statement *items;
	size_t count, cap;
	size_t sources;		/* how many have spoken */
	const struct label *label;	/* by which the last one did, or NULL */
};

/*
 * Hear the n bytes at s, if the values of that label are compared.  Several of
 * one label, one behind the other, come from one source, which agrees if one
 * of them does.
 */
void heard_value(struct heard *, const struct tables *, const struct label *,
    const char *s, size_t n, enum origin);
/*
 * Hear a stored value of a field; NULL and "" are none.  source says in words
 * whose it is: "title".
 */
void heard_say(struct heard *, enum field_id, const char *value,
    const char *source);
/* Hear several from one source: it agrees if one of them does. */
void heard_say_all(struct heard *, enum field_id, const struct doc_values *,
    const char *source);

/*
 * Compare what was heard with what the document has, before a period is
 * derived, and append its conflicts.
 */
void heard_judge(const struct heard *, struct doc *);

/* Append a conflict if its sidecar could be read in part, or not at all. */
void heard_damage(const struct extracted *, struct doc *);
void heard_clear(struct heard *);

#endif
