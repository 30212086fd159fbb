/*
 * citeint: what the files of the citation recogniser share.
 *
 *    cite.c       the tables, the scanner
 *    citewords.c  words that begin a citation or stand in one; spaces
 *    citetitle.c  the regulation that a title is of
 *    citelaw.c    the law that an article belongs to
 *    citeart.c    articles; see citeart.h
 *    citeref.c    places in the Vc, EU numbers, BWB and document numbers
 *    citejour.c   official journals, parliamentary papers, LJN
 *    citekey.c    keys: ancestors, and as people write them
 *
 * All functions look at one place of the text, at most some hundred bytes
 * ahead, and return where what they read ends, or 0 if it is not there.
 */
#ifndef CITEINT_H
#define CITEINT_H

#include <stdbool.h>
#include <stddef.h>

#include "dutch/cite.h"
#include "dutch/names.h"
#include "dutch/regulations.h"
#include "dutch/series.h"

struct citer {
	struct names *starts;		/* laws, and ~enum start */
	struct names *words;		/* WORD(enum word, number) */
	const struct names_filter *starts_filter, *words_filter;
	struct regulations *regulations;
	struct series *series;
	int vc;				/* the Vreemdelingencirculaire */
};

/* A text being read. */
struct scan {
	const struct citer *citer;
	const char *s;
	size_t len;
	const char *context;		/* a key, or NULL */
	int context_row;		/* or REGULATION_NONE */
	struct citations *out;
};

/* Words that can begin a citation. */
enum start {
	START_SERIES,
	START_ARTIKEL,
	START_ARTIKELEN,
	START_PLACE,
	START_EU,			/* richtlijn, besluit */
	START_VERORDENING,
	START_BWB,
	START_STB,
	START_STCRT,
	START_TRB,
	START_PB,
	START_KST,
	START_LJN,
};

/* Words within one. */
enum word {
	WORD_ORDINAL,			/* its number */
	WORD_LID,
	WORD_ZIN,			/* a part below what has keys */
	WORD_AANHEF,
	WORD_TEN,			/* ten derde: its number */
	WORD_ONDER,			/* 1: a number may follow */
	WORD_AND,
	WORD_RANGE,
	WORD_JUNCTO,
	WORD_VAN,			/* 1: rather begins another phrase */
	WORD_DE,			/* 1: this one */
	WORD_SOORT,			/* the kind, of struct regulation */
	WORD_NAMES,			/* goes on the name of a law */
	WORD_OTHER,			/* does not, though it begins so */
	WORD_BIS,
	WORD_NR,
	WORD_KAMER,
};

#define WORD(kind, number) ((int)(kind) << 8 | (number))

struct word_hit {
	enum word kind;
	int number;
	size_t end;
};

/* A law an article belongs to. */
struct law {
	int row;			/* of regelingen.tsv, or REGULATION_NONE */
	char key[REGULATION_KEY_BYTES];
	bool is_short;			/* named by an abbreviation */
	bool has_letter_parts;
	char book[8];			/* "6." of Boek 6 BW, or "" */
	size_t begin, end;
};

/* citewords.c */
void cite_words_add(struct citer *, bool is_lazy);
bool cite_digit(char);
bool cite_letter(char);
bool cite_alnum(char);
/* Spaces at byte at, with one end of line at most; where they end. */
size_t cite_space(const struct scan *, size_t at);
/* The same with one comma among them. */
size_t cite_comma(const struct scan *, size_t at);
/* No letter or digit stands at byte at. */
bool cite_is_end(const struct scan *, size_t at);
bool cite_word(const struct scan *, size_t at, struct word_hit *);
/* The start word at byte at; returns its end. */
size_t cite_start(const struct scan *, size_t at, enum start *);
/* A run of digits, min to max of them. */
size_t cite_digits(const struct scan *, size_t at, size_t min, size_t max);
/* The value of the digits at byte at, of nine at most. */
int cite_value(const struct scan *, size_t at);
void cite_add(struct scan *, size_t begin, size_t end, const char *key,
    size_t n);

/* citelaw.c */
/* Add the law itself. */
void law_add(struct scan *, const struct law *);
void law_set(const struct citer *, int row, struct law *);
size_t law_at(const struct scan *, size_t at, enum name_use, struct law *);
enum law_found {
	LAW_NONE,			/* none is named */
	LAW_NAMED,
	LAW_UNKNOWN,			/* one that we do not know */
};
enum law_found law_after(const struct scan *, size_t at, struct law *);
/* The law that an article of this form has in the context. */
bool law_of_context(const struct scan *, const char *number, struct law *);
bool law_fits(const struct scan *, const struct law *, const char *number);

/* citeart.c: add what they find, return its end */
size_t articles_find(struct scan *, size_t begin, size_t at, bool is_plural,
    const struct law *before);
size_t article_bare(struct scan *, size_t at);
size_t article_behind(struct scan *, const struct law *);

/* citeref.c and citejour.c: add what they find, return its end */
size_t place_find(struct scan *, size_t begin, size_t at, bool is_sure);
size_t bwb_find(struct scan *, size_t at);
size_t journal_find(struct scan *, size_t begin, size_t at, enum start);
size_t papers_find(struct scan *, size_t begin, size_t at);
size_t ljn_find(struct scan *, size_t begin, size_t at);
size_t series_find(struct scan *, size_t at);
/* An EU number, kind is START_EU, START_VERORDENING or START_SERIES for bare. */
size_t eu_number(const struct scan *, size_t at, enum start kind,
    struct law *);

#endif
