/*
 * numbers: document numbers (WI 2014/60, BWBR0011823, PUC_5880_1), recognised
 * however they are written, by the series in data/nummers.tsv.
 *
 * Used by gather/portal.c, head.c, replaces.c, title.c and value.c.
 */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct numbers;

struct number {
	char text[64];		/* as the portal writes it: "WI 2014/60" */
	bool is_id;		/* the portal's id, else a kenmerk */
	bool is_anywhere;	/* of a series that is known wherever it stands */
	const char *soort;	/* what has such a number, "" if that is open */
	char jaar[5];		/* the year in it, "" if it has none */
	const char *land;	/* the ISO code of the country in it, or NULL */
	size_t at, end;		/* the bytes it takes */
};

/* lists_load() comes first.  Returns -1 with ERROR_CONFIG. */
int numbers_load(struct numbers **out, struct error *);
void numbers_free(struct numbers **);
uint64_t numbers_hash(const struct numbers *);

/* The number that s, of n bytes, begins with; false if there is none. */
bool numbers_match(const struct numbers *, const char *s, size_t n,
    struct number *out);
/*
 * The first number in s: one that s begins with, or one of a series that is
 * known wherever it stands.
 */
bool numbers_find(const struct numbers *, const char *s, size_t n,
    struct number *out);

/*
 * Whether a number found in s stands above what follows, as in "WI 2014/60
 * Titel"; false for a sentence about it, "WI 2014/60 is ingetrokken".
 */
bool number_leads(const struct number *, const char *s, size_t n);

#endif
