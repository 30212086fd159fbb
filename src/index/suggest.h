/*
 * suggest: what a visitor may be typing: titles, document numbers, phrases
 * that several documents share, words.
 *
 * What was typed is found at the beginning of any word of a suggestion, and of
 * any part of a compound, whatever its case, accents and punctuation: "wi2021"
 * finds WI 2021/13, "moratorium" finds Besluitmoratorium.
 * Kept in the file suggestions of the generation's directory; words come from
 * the vocabulary.
 *
 * Used by store.c, suggestfile.c, cmd/publication.c and the programs.
 */
#ifndef SUGGEST_H
#define SUGGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "dutch/analyse.h"
#include "dutch/spell.h"

/* What fits as well is offered in this order. */
enum suggest_kind {
	SUGGEST_TITEL,
	SUGGEST_KENMERK,
	SUGGEST_WOORDGROEP,
	SUGGEST_WOORD,
	NSUGGEST_KINDS
};
const char *suggest_kind_name(enum suggest_kind);

#define SUGGEST_MAX 100		/* of one answer */

struct suggestion {
	const char *text;	/* borrowed from the file or the vocabulary */
	enum suggest_kind kind;
	uint32_t documents;	/* with this title or number; that hold it */
};

struct suggestions;

/*
 * Make the suggestions of the database in directory dir and write them there.
 * The analyser knows the parts of compounds, at which they are found too.
 */
int suggestions_write(const char *dir, struct analyser *, struct error *);

/*
 * Open them; NULL if there are none for that id, which is store_fingerprint(),
 * or they are damaged.
 */
struct suggestions *suggestions_open(const char *dir, uint64_t id);
void suggestions_free(struct suggestions **);

/*
 * The best suggestions for what was typed, at most max (at most SUGGEST_MAX):
 * first what is just that, then what begins with it, then what has it further
 * on, then, for several words, what has them in another order; each by kind,
 * then by documents.  No kind takes more than its share as long as others have
 * something to say.  s and words may be NULL, which gives less.  Returns how
 * many; none if nothing was typed.
 */
size_t suggestions_find(const struct suggestions *s,
    const struct spell_words *words, const char *typed,
    struct suggestion *out, size_t max);

/*
 * Append the form in which texts are compared: folded, words and numbers apart,
 * one space between them; one at the end if the last is complete.
 */
void suggest_key(const char *text, size_t n, struct buf *out);

#endif
