/*
 * version: what a document says of itself that may make it a version of
 * another one, as the index keeps it.
 *
 * Used by entrykeys.c and entryvalues.c; whoever reads it uses versions.h.
 */
#ifndef VERSION_H
#define VERSION_H

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

#endif
