/*
 * spelldist: how far a typed word is from another, in two measures.
 *
 * Edits are whole and quick to count, for a scan of a vocabulary; the cost
 * knows what Dutch spelling and a keyboard confuse, for what is left over.
 *
 * Used by dutch/spellscan.c.
 */
#ifndef SPELLDIST_H
#define SPELLDIST_H

#include <stddef.h>
#include <stdint.h>

#include "dutch/spell.h"

/* More rules than this at one letter are not looked at. */
#define SPELLDIST_MAX_RULES 8

/* A rule whose one side the typed word has just before a place. */
struct spelldist_use {
	uint8_t rule;
	uint8_t is_swapped;	/* it is the second side that was typed */
};

/* A typed word, prepared. */
struct spelldist {
	const char *typed;	/* borrowed; at most SPELL_MAX_WORD bytes */
	size_t n;
	uint64_t places[256];	/* of each byte in it */
	struct spelldist_use uses[SPELL_MAX_WORD + 1][SPELLDIST_MAX_RULES];
	uint8_t nuses[SPELL_MAX_WORD + 1];
};

void spelldist_init(struct spelldist *, const char *typed, size_t n);
/*
 * Letters more, less, other, or swapped with their neighbour, at the least;
 * more than limit if there are more.  n > 0.
 */
unsigned spelldist_edits(const struct spelldist *, const char *word, size_t n,
    unsigned limit);
/* The cost, in tenths of an edit; limit + 1 if it is more. */
unsigned spelldist_cost(const struct spelldist *, const char *word, size_t n,
    unsigned limit);

#endif
