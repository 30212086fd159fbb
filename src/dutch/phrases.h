/*
 * phrases: the sequences of words that headings and titles of several
 * documents share, to suggest to visitors.
 *
 * A phrase has two to five words, without digits, within one part of a
 * heading (between commas, colons, brackets), and neither begins nor ends with
 * a function word (functiewoorden.tsv).  One that hardly ever occurs but
 * within a longer one is left to that.
 *
 * Used by index/suggestfile.c.
 */
#ifndef PHRASES_H
#define PHRASES_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* So many documents must have it. */
#define PHRASES_MIN_DOCUMENTS 3

struct phrases;

struct phrase {
	const char *text;	/* as some heading writes it */
	uint32_t documents;
};

/* Returns -1 with ERROR_CONFIG if the table cannot be read. */
int phrases_open(struct phrases **out, struct error *);
void phrases_free(struct phrases **);

/* Take in a heading of document number doc; those of one come together. */
void phrases_add(struct phrases *, uint32_t doc, const char *heading, size_t n);

/* All phrases, in no order; *n is how many.  They live as long as phrases. */
const struct phrase *phrases_list(struct phrases *, size_t *n);

#endif
