/*
 * series: the pattern language of data/nummers.tsv: series of document
 * numbers (WI 2014/60, PUC_5880_1, HRWN art. 8), however they are written.
 *
 * Used by dutch/cite*.c and gather/numbers.c.
 */
#ifndef SERIES_H
#define SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

struct series;

/* The columns of nummers.tsv. */
enum series_column {
	SERIES_PATRONEN,
	SERIES_VORM,
	SERIES_SOORT,
	SERIES_VELD,
	SERIES_WAAR,
	SERIES_SLEUTEL,
	SERIES_COLUMNS
};

enum { SERIES_CAPTURES = 6 };

/* A number found; offsets are bytes in the text. */
struct series_match {
	size_t row;			/* of nummers.tsv */
	size_t begin, end;
	const char *jaar;		/* four digits in the text, or NULL */
	const char *land;		/* ISO 3166 alpha-2, or NULL */
	struct series_capture {
		int kind;
		size_t begin, end;
		const char *land;	/* alpha-3, of a country */
	} captures[SERIES_CAPTURES];
	size_t ncaptures;
};

/* Which patterns are tried. */
enum {
	SERIES_ANYWHERE = 1,		/* "waar" is "overal" only */
	SERIES_PLAIN = 2		/* no {woorden} */
};

/*
 * Names of countries are lazy or not (names.h).  Returns -1 with ERROR_CONFIG
 * if a table in data/ cannot be read.
 */
int series_load(bool is_lazy, struct series **out, struct error *);
void series_free(struct series **);
uint64_t series_hash(const struct series *);

size_t series_rows(const struct series *);
const char *series_cell(const struct series *, size_t row, enum series_column);

/*
 * The number at byte at of the n bytes s, by the first pattern that matches;
 * flags is a mask of SERIES_ANYWHERE and SERIES_PLAIN.
 */
bool series_match(const struct series *, const char *s, size_t n, size_t at,
    unsigned flags, struct series_match *);
/* Append it as the portal writes it: "WI 2014/60". */
void series_print(const struct series *, const char *s,
    const struct series_match *, struct buf *out);
/* Append its key, "wi-2014-60". */
void series_key(const struct series *, const char *s,
    const struct series_match *, struct buf *out);
/* Append a key as the portal writes the number; false if it is of no series. */
bool series_print_key(const struct series *, const char *key, size_t n,
    struct buf *out);

/* The letters that pattern i begins with; false behind the last pattern. */
bool series_prefix(const struct series *, size_t i, const char **s, size_t *n);

/* Bytes of punctuation, space and dashes at s, as a number may have inside. */
size_t series_gap(const char *s, size_t n);

#endif
