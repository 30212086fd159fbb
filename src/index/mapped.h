/*
 * mapped: a file of arrays in a generation, read where it lies.
 *
 * Beside the database a generation has files that are made from it when it is
 * published: facets (columns.h), words (vocabulary.h), suggestions
 * (suggest.h).  They only add: without them, or with a damaged one, all
 * searches are answered.
 *
 * The file: a head, then the parts, each at a multiple of eight bytes.
 */
#ifndef MAPPED_H
#define MAPPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define MAPPED_PARTS 8

struct mapped_part {
	const void *at;
	size_t bytes;
};

struct mapped;

/*
 * Write parts as file NAME into directory dir.  id says what they were made
 * with and how they are laid out; mapped_open() wants the same.  Returns -1
 * with ERROR_SPACE.
 */
int mapped_write(const char *dir, const char *name, uint64_t id,
    const struct mapped_part *parts, size_t n, struct error *);

/*
 * Map it.  NULL if it is missing, damaged, has another id or another number
 * of parts.  Free with mapped_free().
 */
struct mapped *mapped_open(const char *dir, const char *name, uint64_t id,
    size_t n);
void mapped_free(struct mapped **);

/*
 * A part; it lives as long as the file is mapped.  The file is as it was
 * written; that it was written right is for its reader to doubt.
 */
struct mapped_part mapped_part(const struct mapped *, size_t i);
/* Whether a part is empty or ends in a NUL, so that text in it ends. */
bool mapped_is_text(struct mapped_part);

#endif
