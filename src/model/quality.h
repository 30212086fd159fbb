/*
 * quality: whether a text is one, or what broke on its way.
 *
 * Text goes wrong unseen: a PDF whose fonts map letters to others, a page that
 * was encoded twice (cafÃ©), bytes that could not be read, letters that stand
 * apart.  It is indexed all the same, and never found.  One pass over the text
 * counts its words and those that are none; it needs no word list, so names,
 * compounds and other languages of Europe are not held against it.
 *
 * Used by cmd/builder.c, index/files.c and the reports.
 */
#ifndef QUALITY_H
#define QUALITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct quality {
	uint32_t words;		/* with a letter, or damage */
	uint32_t beyond;	/* of those: with a character beyond ASCII */
	uint32_t lost;		/* with what could not be read: U+FFFD, private
				 * use, (cid:12) */
	uint32_t twice;		/* encoded twice: cafÃ© */
	uint32_t unlikely;	/* letters that make no word, or stand apart */
};

/* Fewer words tell nothing. */
#define QUALITY_LEAST_WORDS 20
/*
 * A figure below this is a broken text.  Of 1,243 texts of a portal the lowest
 * figure was 92, and six were below 97: much of them is abbreviations.  Of the
 * same texts with their letters moved by 29, as PDFs with a lost encoding have
 * them, the highest was 74; with their letters exchanged at random, half were
 * at most 55 and three above this; and encoded twice, all 380 with at least
 * five words beyond ASCII were below it.
 */
#define QUALITY_GOOD 85

/* Of n bytes of clean UTF-8. */
void quality_measure(const char *text, size_t n, struct quality *out);

/*
 * The figure: 0 to 100, or -1 if there are too few words to tell.  It is the
 * share of words that are whole and look like words; or, if that is less, the
 * share of words beyond ASCII that are whole: where every é is broken, most
 * words are not, but whoever looks for this text does not find it.
 */
int quality_figure(const struct quality *);

/* What is the matter with most of the broken words: a short English phrase. */
const char *quality_trouble(const struct quality *);

/* As five numbers with commas between, and back; false if it is none. */
void quality_print(const struct quality *, struct buf *out);
bool quality_parse(const char *, struct quality *out);

#endif
