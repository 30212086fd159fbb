/*
 * textprint: what a text looks like, in a few bytes, so that two texts can be
 * compared without having them at hand.
 *
 * Words count in their folded form.  Numbers that stand alone do not, since
 * those of pages and lists differ from format to format; long ones, which are
 * years and amounts, are kept apart as a set.  The sketch is a
 * one-permutation minhash of all runs of three words: the share of equal
 * places estimates the share of runs that two texts have in common (Jaccard),
 * with a standard error of at most 0.06.
 *
 * Used by gather/sametext.c for one text in several formats, and by
 * version.c and versions.c.
 */
#ifndef TEXTPRINT_H
#define TEXTPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define TEXTPRINT_PLACES 64

struct textprint {
	uint32_t words;		/* 0: there is no text, and nothing is like it */
	uint64_t hash;		/* of all words in order */
	uint64_t numbers;	/* set of the numbers of three digits or more:
				 * bit (hash mod 64) for each */
	uint8_t sketch[TEXTPRINT_PLACES];	/* 0: no run fell there */
};

/* The print of n bytes of UTF-8. */
void textprint_make(const char *text, size_t n, struct textprint *out);

/* The estimated share of runs in common, 0 to 1; 0 if either has no text. */
double textprint_likeness(const struct textprint *, const struct textprint *);

/* As hexadecimal digits, and back; false if it is none. */
#define TEXTPRINT_HEX (8 + 16 + 16 + 2 * TEXTPRINT_PLACES)
void textprint_print(const struct textprint *, struct buf *out);
bool textprint_parse(const char *s, size_t n, struct textprint *out);

#endif
