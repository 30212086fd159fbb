/*
 * docname: what a document is called, by people who know that it exists.
 *
 * A title is reduced to a key, the stems of its words without small ones:
 *
 *    Wet op de naburige rechten      wet nabur recht
 *
 * Regulations are called by their initials as well, with or without small
 * words, and with those of the parts of compounds, in the ways that are usual:
 *
 *    Algemene wet bestuursrecht      awb
 *    Wegenverkeerswet 1994           wvw, wvw1994
 *    Wet inkomstenbelasting 2001     wib, wetib, wetib2001
 *
 * Laws are called so more often than other regulations, so theirs are apart.
 * The words that decide are data, in naamwoorden.tsv.
 *
 * Used by model/entrykeys.c and index/named.c: the same for index and question;
 * and gather/shorttitle.c.
 */
#ifndef DOCNAME_H
#define DOCNAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "dutch/analyse.h"

/* A name has at most so many words, a title has more. */
#define DOCNAME_MAX_WORDS 16

struct docnamer;

/* Returns -1 with ERROR_CONFIG if a table in data/ cannot be read. */
int docnamer_open(struct docnamer **out, struct error *);
void docnamer_free(struct docnamer **);
/* What keys depend on: the rules and the table. */
uint64_t docnamer_fingerprint(const struct docnamer *);

/* What a word may be in a name. */
enum docname_word {
	DOCNAME_WORD,		/* any other */
	DOCNAME_SMALL,		/* the, of */
	DOCNAME_LAW,		/* ends in a word for a regulation: kieswet */
	DOCNAME_PLACE,		/* article, paragraph; a number that is no year */
	DOCNAME_YEAR,
};
enum docname_word docname_word(const struct docnamer *,
    const struct analyser *, word_id);

/* Is it the name of a regulation, rather than of anything else? */
bool docname_is_law(const struct docnamer *, const char *s, size_t n);

/* Keys that end in NUL each, one behind the other. */
struct docnames {
	struct buf titles;
	struct buf acronyms;	/* of laws */
	struct buf others;	/* of regulations under a law */
};
void docnames_clear(struct docnames *);

/* Add the keys that belong to a title or short title. */
void docnames_of_title(const struct docnamer *, struct analyser *, const char *title,
    struct docnames *);

/*
 * Append the key of a title of count words, none of them extra; returns false,
 * and appends nothing, if they are small words only.
 */
bool docname_title_key(const struct docnamer *, struct analyser *,
    const struct token *words, size_t count, struct buf *out);
/*
 * The same for an abbreviation as people type it: "awb", "WVW 1994", "Wet IB
 * 2001"; false if the words cannot be one.
 */
bool docname_acronym_key(const struct docnamer *, struct analyser *,
    const struct token *words, size_t count, struct buf *out);

#endif
