/*
 * expand: what else a question may mean: abbreviations and what they stand
 * for, synonyms, words of daily life, English, countries with their adjectives
 * and inhabitants.
 *
 * Tables: see thesaurus.h.  Applied to questions only, with less weight than
 * what was typed (index/widen.c), shown to the visitor and switchable.
 *
 * Used by index/store.c and widen.c.
 */
#ifndef EXPAND_H
#define EXPAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "dutch/analyse.h"

struct expander;

/*
 * A word of the question: as typed, and its token.  If word is WORD_NONE it may
 * be several (AMV-beleid), which are then read from what was typed; what each
 * is also called counts for the whole.
 */
struct expand_word {
	const char *typed;
	size_t ntyped;
	word_id word, stem;
};

/* What count words of the question, from word first on, may also be called. */
struct expansion {
	size_t first, count;
	const char *text;	/* one or more words, as the table writes them */
	bool is_same;		/* another name for the same; else one has a
				 * wider or related meaning */
};

/* Returns -1 with ERROR_CONFIG if a table in data/ cannot be read. */
int expander_open(struct analyser *, struct expander **out, struct error *);
void expander_free(struct expander **);

/*
 * The expansions of n words in their order; the longest sequence that a table
 * knows wins (unaccompanied minors over minors), also where its words are
 * written as one, apart or with a hyphen.  Returns how many there are, at most
 * max; their strings live as long as the expander.  What was typed is never
 * among them, nor what contains it.
 */
size_t expander_find(const struct expander *, const struct expand_word *words,
    size_t n, struct expansion *out, size_t max);

#endif
