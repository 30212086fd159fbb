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
 * Used by gather/extract.c and texts.c.
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

#endif
