/*
 * seriesint: what the files of series share.
 *
 *    series.c       the patterns of the tables; forms and keys
 *    seriesmatch.c  a text against the patterns
 */
#ifndef SERIESINT_H
#define SERIESINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/tsv.h"
#include "dutch/names.h"
#include "dutch/series.h"

/* The parts of a pattern; data/nummers.tsv tells what they match. */
enum item_kind {
	ITEM_LETTER,		/* c, in either case */
	ITEM_GAP,		/* punctuation and space, or nothing */
	ITEM_SLASH,		/* punctuation and space */
	ITEM_JAAR,		/* from here on items have a value */
	ITEM_NR,
	ITEM_CIJFERS,
	ITEM_ARTIKEL,
	ITEM_LAND,
	ITEM_WOORD,
	ITEM_WOORDEN,
};

struct item {
	enum item_kind kind;
	char c;
	unsigned width;		/* of ITEM_CIJFERS: 0 for any */
};

struct pattern {
	struct item *items;
	size_t n;
	size_t row;
	size_t nprefix;		/* letters at the beginning of text */
	const char *text;
	bool has_words;
};

enum { LAND_ISO2, LAND_ISO3, LAND_NAAM, LAND_ANDERE, LAND_COLUMNS = 10 };

struct series {
	struct tsv table, landen;
	struct names *countries;	/* to rows of landen */
	struct pattern *patterns;
	size_t count, cap;
	struct pattern *keys;		/* one a row */
};

/* Whether a pattern matches at byte at of the n bytes at s; *out has a row. */
bool series_match_pattern(const struct series *, const struct pattern *,
    const char *s, size_t n, size_t at, struct series_match *out);

static inline char
series_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static inline bool
series_is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

#endif
