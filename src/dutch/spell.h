/*
 * spell: what a misspelt word of a question may have been meant to be.
 *
 * The corpus is the dictionary: a vocabulary of folded words, each with the
 * number of documents that hold it.  How far two words are apart is counted in
 * tenths of an edit: restricted Damerau-Levenshtein, in which what Dutch
 * spelling confuses (ei/ij, au/ou, d/t, c/k, doubled letters; the table in
 * spelldist.c) costs less than a whole edit.
 *
 * Pure: no files.  Used by index/vocabulary.c (the vocabulary of a generation)
 * and by whatever answers questions.
 */
#ifndef SPELL_H
#define SPELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An edit: one letter more, less, or other. */
#define SPELL_EDIT 10

/* Words of more bytes are neither corrected nor part of a vocabulary. */
#define SPELL_MAX_WORD 48

/* A vocabulary.  The arrays are borrowed, and have count elements each. */
struct spell_words {
	const char *strings;	/* the words, each with a NUL behind it */
	size_t string_bytes;	/* what lies beyond is no word, whoever says so */
	const uint32_t *offsets;	/* of each in strings, in byte order */
	const uint32_t *freqs;	/* documents that hold it; at least 1 */
	const uint32_t *shapes;	/* spell_shape() of each */
	uint32_t count;
};

/* What the scan looks at first: length, and which letters there are. */
uint32_t spell_shape(const char *word, size_t n);

#define SPELL_NONE UINT32_MAX
/* The number of a word in the vocabulary; SPELL_NONE if it is not there. */
uint32_t spell_find(const struct spell_words *, const char *word, size_t n);

/*
 * What the vocabulary cannot know of a word that it does not hold.  Asked for
 * few words of a question; may be NULL, which is SPELL_UNKNOWN for all.
 */
enum spell_standing {
	SPELL_UNKNOWN,		/* nothing speaks for it */
	SPELL_PLAUSIBLE,	/* no document holds it, but it is a form of a
				 * known word, or a compound of attested parts:
				 * wrong only if a word is one slip away */
	SPELL_RARE,		/* a single document holds it: wrong only if a
				 * much more frequent word is one slip away */
	SPELL_RIGHT,		/* not to be corrected */
};
struct spell_judge {
	enum spell_standing (*standing)(void *arg, const char *word, size_t n);
	void *arg;
};

/* One word of a question, folded (utf8_fold). */
struct spell_word {
	const char *word;
	size_t len;
	bool is_fixed;		/* not to be changed: quoted, a number, a
				 * citation, an operator, a value */
	bool is_apart;		/* does not belong with the word before it:
				 * never joined with it */
};

/*
 * Words first to first + count - 1 of the question were meant to be text: one
 * word, or two with a space between.
 */
struct spell_change {
	size_t first, count;
	char text[2 * SPELL_MAX_WORD + 2];	/* folded */
};

/*
 * Correct the n words of a question.  A word is corrected if the vocabulary
 * does not hold it, or holds it in very few documents beside a much more
 * frequent neighbour; enum spell_standing says what else counts.  Two words
 * become one ("asiel zoeker") and one becomes two ("bepaaldetijd") where the
 * vocabulary says so; a compound that is not attested as a whole is corrected
 * in its parts.
 *
 * Sets the changes in the order of the words, at most max; returns how many,
 * 0 if all is well or nothing better is known.  What the words were as typed
 * is the caller's to replace: words that are in no change stay as they are.
 */
size_t spell_question(const struct spell_words *, const struct spell_judge *,
    const struct spell_word *words, size_t n, struct spell_change *out,
    size_t max);

/* The parts of it, for tests. */

/*
 * The word of the vocabulary that a misspelt one is nearest to, frequent ones
 * first; SPELL_NONE if none is near enough: within one edit for four letters,
 * 1.7 for eight, 2.4 from twelve on.  Sets *cost, which may be NULL, to
 * how far it is.  The word itself is not considered.
 */
uint32_t spell_nearest(const struct spell_words *, const char *word, size_t n,
    unsigned *cost);
/* How far typed is from word: SPELL_EDIT for each edit; limit + 1 if more. */
unsigned spell_distance(const char *typed, size_t ntyped, const char *word,
    size_t nword, unsigned limit);

#endif
