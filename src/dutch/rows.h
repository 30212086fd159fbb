/*
 * rows: a sorted table of lines, searched where it lies.
 *
 * A data file of "form TAB ..." lines behind comments and the names of its
 * columns, in the order of a key of eight bytes of the form and then of
 * whatever its reader compares.  Fences, lines at about equal distances with
 * their keys, spare a search most of the lines.
 *
 * Used by dutch/forms.c and dutch/lexicon.c.
 */
#ifndef ROWS_H
#define ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define ROWS_FENCES 1024

/* Bytes of a form as one number that sorts as the forms do. */
typedef uint64_t rows_key(const char *form, size_t n);

struct rows {
	const char *bytes;	/* the file, mapped; NULL if it is not open */
	const char *first;	/* behind the comments and the names */
	const char *end;
	size_t nfences;
	uint64_t keys[ROWS_FENCES];
	const char *lines[ROWS_FENCES];
};

/*
 * Map data file NAME: new tables come under new files (install, dpkg), never
 * in place.  Returns -1 with ERROR_CONFIG, also if it has no end of line at
 * its end, or no columns; close it all the same.
 */
int rows_open(struct rows *, const char *name, rows_key *, struct error *);
void rows_close(struct rows *);

/*
 * Where the last row can lie that does not come after a form with that key:
 * lo <= row < hi.
 */
void rows_between(const struct rows *, uint64_t key, const char **lo,
    const char **hi);

/* A hash of the file. */
uint64_t rows_hash(const struct rows *);

/* The end of the cell, or the line, at s; every line ends in a newline. */
static inline const char *
cell_end(const char *s)
{
	while (*s != '\t' && *s != '\n')
		s++;
	return s;
}

static inline const char *
line_end(const char *s)
{
	while (*s != '\n')
		s++;
	return s;
}

static inline const char *
line_start(const struct rows *r, const char *s)
{
	while (s > r->first && s[-1] != '\n')
		s--;
	return s;
}

#endif
