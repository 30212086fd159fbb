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

/*
 * Compares the form on a line with w of n bytes, in the order of the table;
 * *common is how many bytes they share before they differ.
 */
typedef int rows_compare(const char *line, const char *w, size_t n,
    size_t *common);

/* The number of rows that do not come after the one before them; for tests. */
size_t rows_disorder(const struct rows *, rows_compare *);

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

/*
 * The last row that does not come after w, which has that key, or NULL; *shared
 * is how many bytes it has in common with it.  Here, so that each table has its
 * own with the comparison inside.
 */
static inline const char *
rows_last(const struct rows *r, uint64_t key, rows_compare *compare,
    const char *w, size_t n, size_t *shared)
{
	const char *hi, *last = NULL, *lo;
	size_t common;

	*shared = 0;
	rows_between(r, key, &lo, &hi);
	while (lo < hi) {
		const char *line = line_start(r, lo + (hi - lo) / 2);

		if (compare(line, w, n, &common) > 0) {
			hi = line;
			continue;
		}
		*shared = common;
		last = line;
		lo = line_end(line) + 1;
	}
	return last;
}

#endif
