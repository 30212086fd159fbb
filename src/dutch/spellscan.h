/*
 * spellscan: looking a word up in a vocabulary, and looking through all of it
 * for the nearest one.
 *
 * Used by dutch/spell.c and index/suggest.c.
 */
#ifndef SPELLSCAN_H
#define SPELLSCAN_H

#include "dutch/spell.h"

/* Word number i, NUL-terminated; *n is its length in bytes. */
const char *scan_word(const struct spell_words *, uint32_t i, size_t *n);
/* The documents that hold a word; 0 if the vocabulary does not. */
uint32_t scan_freq(const struct spell_words *, const char *word, size_t n);

/* How good a correction is, by cost and documents: the less, the better. */
double scan_score(unsigned cost, uint32_t freq);

struct nearest {
	uint32_t word;		/* SPELL_NONE: none is near enough */
	unsigned cost;
	double score;
};

/*
 * The best word that costs at most limit and takes at most so many whole
 * edits, 2 or 3; not the word itself.
 */
struct nearest scan_nearest(const struct spell_words *, const char *word,
    size_t n, unsigned limit, unsigned edits);
/* The same, with a limit that suits its length but is not above most. */
struct nearest scan_suited(const struct spell_words *, const char *word,
    size_t n, unsigned most);

#endif
