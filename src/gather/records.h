/*
 * records: what naslag-extract wrote about one document, checked.
 *
 * The records are described in formats/out.h.  They come from a process that
 * read a hostile file, so nothing about them is believed: lengths, order,
 * numbers, UTF-8, white space.  What out.c cannot have written is refused.
 *
 * Used by gather/extract.c.
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

#endif
