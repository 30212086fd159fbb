/*
 * records: what naslag-extract wrote about one document, checked.
 *
 * The records are described in formats/out.h.  They come from a process that
 * read a hostile file, so nothing about them is believed: lengths, order,
 * numbers, UTF-8, white space.  What out.c cannot have written is refused.
 *
 * The cache of texts keeps documents as the same records: what is on a disk
 * is believed no more than what comes through a pipe.
 *
 * Used by gather/extract.c, members.c and texts.c.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "gather/extract.h"

/*
 * Take the records in n bytes at s into *out, which is empty.  Returns true
 * if they are complete and right to the last byte.  If not, what came before
 * the fault is in *out, and its status means nothing.
 */
bool records_read(const char *s, size_t n, struct extracted *out);

/*
 * Append a document as records.  It is one that extractor_read() gave, so it
 * keeps within the limits of wire.h.
 */
void records_print(const struct extracted *, struct buf *out);
/* The same as records_read(), of those: also a supervisor's status is right. */
bool records_read_kept(const char *s, size_t n, struct extracted *out);

/* ---- one record ---- */

struct record {
	const char *name;
	size_t name_len;
	const char *s;		/* followed by '\n' */
	size_t len;
};

/* Cut the next record off at *at.  Returns false if there is no whole one. */
bool record_next(const char **at, const char *end, struct record *);
bool record_is(const struct record *, const char *name);

/* A status by its name, no later than last; false if it is none. */
bool record_status(const char *s, size_t n, enum extract_status last,
    enum extract_status *out);
/* A reason, into 160 bytes; false if it is not as it must be. */
bool record_reason(const struct record *, char reason[160]);
/*
 * Clean text is what cleaning leaves alone, on one line.  (Where white space
 * is folded is a courtesy to readers and not checked.)
 */
bool record_is_clean(const char *s, size_t n, struct buf *scratch);

#endif
