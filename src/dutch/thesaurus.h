/*
 * thesaurus: the tables of words that mean the same, as one list of spellings.
 *
 *    synoniemen.tsv       abbreviations, synonyms, words of daily life
 *    engels.tsv           English terms and the Dutch ones
 *    landen.tsv           countries: names, adjectives, inhabitants, parts
 *    landen-engels.tsv    their English names and words
 *    hoofdletters.tsv     words that mean this only with their capitals
 *
 * Nothing is stemmed here: a program that answers one question would pay for
 * thousands of words it does not ask for.
 *
 * Used by dutch/expand.c and asked.c.
 */
#ifndef THESAURUS_H
#define THESAURUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/tsv.h"

/* What a word of a kind brings, and to which of its forms. */
struct thesaurus_kind {
	const char *name;
	/* Of two that say the same, the one that weighs more is given; 0: the
	 * word is known, and brings nothing. */
	double weight;
	bool is_same;		/* another name; else wider or related */
	bool is_read;		/* else the row only tells people something */
	/* A word of so many letters or fewer is met only as it is written, */
	uint8_t exact;
	/* longer ones in forms of one stem that begin with as many letters. */
	uint8_t start;
};

enum {
	SPELLING_ASKS = 1,	/* who types it may be given the others */
	SPELLING_GIVEN = 2,	/* is given to who types another */
	SPELLING_NAME = 4,	/* of a country, as visitors read it */
	SPELLING_PART = 8,	/* of a country: is given its name only */
	SPELLING_DERIVED = 16,	/* from the name of a country */
	SPELLING_CAPITAL = 32,	/* means this with a capital only */
	SPELLING_CAPITALS = 64,	/* means this in capitals only */
};

struct spelling {
	const char *text;
	const struct thesaurus_kind *kind;	/* of what is given for it */
	uint32_t row;
	uint16_t key;		/* spelling_key() of it */
	uint8_t flags;
};

/* Spellings begin <= i < end mean the same. */
struct thesaurus_row {
	uint32_t begin, end;
};

enum { THESAURUS_TABLES = 5 };

struct thesaurus {
	struct tsv tables[THESAURUS_TABLES];
	struct spelling *spellings;
	struct thesaurus_row *rows;
	size_t nspellings, cap_spellings, nrows, cap_rows;
};

/*
 * Returns -1 with ERROR_CONFIG if a table cannot be read or has an unknown
 * kind, direction, country or way of writing.  Free with thesaurus_clear().
 */
int thesaurus_load(struct thesaurus *out, struct error *);
void thesaurus_clear(struct thesaurus *);

/*
 * The letters and digits that a text begins with, at most max <= 3 of them, as
 * a number below SPELLING_KEYS, without case; SPELLING_ANY if they are not
 * all ASCII.  Texts whose first words are equal when folded have equal keys,
 * or one has SPELLING_ANY; a word of another stem may share the key.
 */
#define SPELLING_KEYS	(1u << 15)
#define SPELLING_ANY	SPELLING_KEYS
uint16_t spelling_key(const char *, size_t n, unsigned max);

#endif
