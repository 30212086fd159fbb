/*
 * forms: a table of word forms, searched by their ends.
 *
 * The file is mapped and searched where it lies; opening it parses nothing.
 * Lines are "form TAB lemma TAB behind", in the byte order of the form read
 * from right to left, as in a retrograde dictionary: so one search finds not
 * only a word, but also the longest row that ends it (kinderen in
 * pleegkinderen).  Comments and the row that names the columns come first.
 *
 * Used by dutch/stem.c only.
 */
#ifndef FORMS_H
#define FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define FORMS_TAIL_MIN 4	/* bytes of a row that ends a longer word */

struct forms;

/* A row; the strings are not NUL-terminated and live as long as the table. */
struct forms_row {
	const char *form, *lemma;
	size_t nform, nlemma;
	char behind;		/* the first character of the third cell, or 0 */
};

/* Map data file NAME.  Returns -1 with ERROR_CONFIG.  Free with forms_free(). */
int forms_open(const char *name, struct forms **out, struct error *);
void forms_free(struct forms **);

/*
 * The longest row that is the word w of n bytes, or ends it, among the rows
 * of at most max bytes.
 */
bool forms_longest(const struct forms *, const char *w, size_t n, size_t max,
    struct forms_row *);

/* The number of rows that do not come after the one before them; for tests. */
size_t forms_disorder(const struct forms *);

/* A hash of the file. */
uint64_t forms_hash(const struct forms *);

#endif
