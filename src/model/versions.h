/*
 * versions: which documents are versions of one another, and which of them
 * comes first on a date of reference.
 *
 * What a document says about that is kept in the index as a struct version;
 * whether two are versions of one thing is decided from all that could be,
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
 * Used by entrykeys.c, entryvalues.c, index/ and what shows one document.
 */
#ifndef VERSIONS_H
#define VERSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/doc.h"
#include "model/textprint.h"

struct version {
	char *bytes;		/* owned: what the strings below lie in */
	const char *key;	/* of soort, countries and title */
	const char *kenmerk;	/* folded; "" if there is none */
	const char *vervangt;	/* folded kenmerken, each ended by '\n' */
	const char *vervangen_door;
	bool has_country;
	int van_ymd, tot_ymd;	/* as in struct doc */
	struct textprint print;
	uint32_t docid;		/* the reader's own */

	/* Set by versions_order(). */
	size_t family;		/* equal for versions of one thing */
	size_t age;		/* 1 is the oldest; 0: it cannot be said */
	bool is_valid;		/* on the date of reference, and not replaced */
	bool is_alone;		/* no other is a version of it */
};

/*
 * Append what a document says, as kept in value slot SLOT_VERSION; nothing for
 * a document without a title.  version_parse() is the inverse; it returns
 * false if the bytes are none.  Free with version_clear().
 */
void version_print(const struct doc *, struct buf *out);
bool version_parse(const char *s, size_t n, struct version *out);
void version_clear(struct version *);

/*
 * Append the key that documents share if they may be versions by their title:
 * "werkinstructie||het inreisverbod".
 */
void version_key(const struct doc *, struct buf *out);

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
