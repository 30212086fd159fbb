/*
 * claims: what the properties of a file, its sidecar's and its own, say of its
 * document, the best source of everything first.
 *
 * Used by gather/portal.c.
 */
#ifndef CLAIMS_H
#define CLAIMS_H

#include <stddef.h>

#include "gather/extract.h"
#include "gather/heard.h"
#include "gather/labels.h"
#include "gather/value.h"
#include "model/doc.h"

struct claim;

struct claims {
	const struct extracted *ex;	/* borrowed: whose properties they are */
	struct claim *items;	/* in the order of labels.tsv */
	size_t count, cap;
	size_t meta;		/* the property whose rows are being added */
};

/* Weak claims wait until text, title and name have said nothing. */
enum claims_turn { CLAIMS_FIRST, CLAIMS_NUMBER, CLAIMS_SOORT };

/* Those of a file that is outlived by *out.  Clear it with claims_clear(). */
void claims_make(const struct labels *, const struct extracted *,
    struct claims *out);
void claims_clear(struct claims *);

/*
 * Fill the document with those whose turn it is: the first row of labels.tsv
 * that yields a value decides.  All of them are heard.
 */
void claims_put(const struct claims *, const struct tables *,
    enum claims_turn, struct heard *, struct doc *);

#endif
