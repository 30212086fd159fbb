/*
 * lexicon: a table of word forms, searched by their beginnings.
 *
 * The file is mapped and searched where it lies; opening it parses nothing.
 * Lines are "form TAB value", in the byte order of the form; comments and the
 * row that names the columns come first.  One search finds the longest row
 * that begins a word, the next one the longest that begins that, and so on.
 *
 * Used by dutch/compound.c only.
 */
#ifndef LEXICON_H
#define LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct lexicon;

/* A row; the strings are not NUL-terminated and live as long as the table. */
struct lexicon_row {
	const char *form, *value;
	size_t nform, nvalue;
};

/* Map data file NAME.  Returns -1 with ERROR_CONFIG.  Free with lexicon_free(). */
int lexicon_open(const char *name, struct lexicon **out, struct error *);
void lexicon_free(struct lexicon **);

/* The longest row that is the word w of n bytes, or begins it. */
bool lexicon_longest(const struct lexicon *, const char *w, size_t n,
    struct lexicon_row *);

/* The number of rows that do not come after the one before them; for tests. */
size_t lexicon_disorder(const struct lexicon *);

/* A hash of the file. */
uint64_t lexicon_hash(const struct lexicon *);

#endif
