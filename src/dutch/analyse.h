/*
 * analyse: text to tokens, the same for index, query and highlighting.
 *
 * A token is a run of letters and digits, with the marks on them and what is
 * not there (soft hyphens).  Its word is the folded form (utf8_fold: NFKC, no
 * case, no accents, no soft hyphens), its stem comes from stem.h.  On top of
 * that:
 *
 *    a.m.v.           letter-dot runs are one word, amv
 *    foto's           an 's at the end belongs to the word: fotos
 *    DT&V, O&A        an ampersand between letters belongs to the word
 *    3.51, 3.6a       a dot between a digit and a digit belongs to the word
 *    niet-begeleide   two words, and at the place of the first an extra one,
 *                     the closed form nietbegeleide
 *
 * A compound has parts, whose stems are terms at its place as well; see
 * compound.h.
 *
 * Each token that is not extra takes the next position, so the n-th word of
 * a text stands at position n.  Words over ANALYSE_MAX_WORD bytes take a
 * position but have no terms.
 */
#ifndef ANALYSE_H
#define ANALYSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define ANALYSE_MAX_WORD 64

struct analyser;
struct citer;
struct docnamer;

int analyser_open(struct analyser **out, struct error *);
/* One that finds citations in questions only (cite.h); all else is the same. */
int analyser_open_for_questions(struct analyser **out, struct error *);
void analyser_free(struct analyser **);

/*
 * Everything that terms depend on: rules, stemmer, tables.  An index made
 * with another fingerprint is refused.
 */
uint64_t analyser_fingerprint(const struct analyser *);

/* What finds citations in texts (cite.h). */
const struct citer *analyser_citer(const struct analyser *);
/* What makes names of titles (docname.h). */
const struct docnamer *analyser_namer(const struct analyser *);

/*
 * Words and stems are interned: equal strings have equal numbers, which stay
 * valid until analyser_forget().
 */
typedef uint32_t word_id;
#define WORD_NONE UINT32_MAX

struct token {
	size_t begin, end;	/* bytes in the text */
	word_id word;		/* folded; WORD_NONE if too long */
	word_id stem;		/* equal to word where stemming changes nothing */
	bool is_extra;		/* stands at the place of the next token */
};

/* A text under analysis: borrowed, valid UTF-8, need not end in NUL. */
struct tokens {
	struct analyser *analyser;
	const char *text;
	size_t len, at;
	struct token pending[2];
	unsigned npending, next;
};

void tokens_init(struct tokens *, struct analyser *, const char *text, size_t len);
/* The next token, in the order of the text; false at the end. */
bool tokens_next(struct tokens *, struct token *);

/* The string of a word, NUL-terminated; valid as long as the number. */
const char *word_string(const struct analyser *, word_id, size_t *len);
/* The number of words interned; numbers are below it. */
uint32_t word_count(const struct analyser *);
/* Intern a word that is already folded. */
word_id word_intern(struct analyser *, const char *, size_t);
/* The stem of a folded word. */
word_id word_stem(struct analyser *, word_id);

/* Is it the first part of a verb, which may stand apart from it: aan? */
bool word_is_prefix(const struct analyser *, word_id);

/* Does the word say little by itself: functiewoorden.tsv? */
bool word_is_function(const struct analyser *, word_id);

/*
 * A part of a compound: its stem, and the bytes of the folded word it takes,
 * without linking letters.
 */
struct word_part {
	word_id stem;
	uint8_t begin, end;
};

/*
 * The parts of a word that is a compound: first the smallest ones, from left
 * to right, then those that are compounds themselves.
 */
struct word_parts {
	const struct word_part *items;	/* valid as long as the word */
	uint8_t nsmallest, count;	/* 0, 0: not a compound */
};
struct word_parts word_parts(struct analyser *, word_id);

/*
 * The bytes of the text that begin to end of the folded word of a token take;
 * both ends are ends of letters.
 */
void token_span(const struct token *, const char *text, size_t begin,
    size_t end, size_t *text_begin, size_t *text_end);
/* Forget all words: bounds the memory of a long run. */
void analyser_forget(struct analyser *);

#endif
