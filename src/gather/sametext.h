/*
 * sametext: one text in several formats is one document.
 *
 * What is known of a file's text and document once it was read fits in a
 * struct textid; whether two files hold one document, and which of them stands
 * for it, follows from their textids alone.  So files that did not change are
 * not read again to compare them.
 *
 * Two files hold one document if nothing they say differs (id, kenmerk, soort,
 * countries, validity) and their texts are the same: word for word, or, in
 * different formats, nearly so.  Without an id or kenmerk in common the title
 * has to be the same too, and the years in title and name.
 *
 * Used by cmd/.
 */
#ifndef SAMETEXT_H
#define SAMETEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/doc.h"
#include "model/textprint.h"

struct textid {
	struct textprint print;
	/* Hashes of what the document says; 0 if it says nothing. */
	uint64_t id, kenmerk, soort, countries, title, years;
	int van_ymd, tot_ymd;
	uint8_t merit;		/* greater: has more to say for itself */
	uint8_t format;		/* smaller: better to read on a portal */
};

void textid_make(const struct doc *, bool has_sidecar, struct textid *out);
bool textid_same(const struct textid *, const struct textid *);

/* As a word of hexadecimal digits, and back; false if it is none. */
void textid_print(const struct textid *, struct buf *out);
bool textid_parse(const char *, struct textid *out);

/*
 * Group n files.  ids may hold NULL for files that take no part.  leader[i]
 * becomes the number of the file that stands for file i: i itself unless it
 * holds the document of another.  The order of the files decides only between
 * equals, and nothing else: not what was known before.
 */
void sametext_group(const struct textid *const *ids, size_t n,
    size_t *leader);

#endif
