/*
 * listnum: the numbers that a word processor puts before paragraphs.
 *
 * They are in no text of the file: only how each level is numbered is, and
 * which paragraph is at which level.  People cite by them ("paragraaf 3.2"),
 * so they are counted here as the program shows them.
 *
 * Used by the formats that number their lists: doc*.c, docxstyle.c, odf*.c.
 */
#ifndef LISTNUM_H
#define LISTNUM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define LISTNUM_LEVELS 9

enum listnum_format {
	LISTNUM_DECIMAL, LISTNUM_DECIMAL_ZERO,	/* 1, 01 */
	LISTNUM_LOWER_LETTER, LISTNUM_UPPER_LETTER,	/* z is followed by aa */
	LISTNUM_LOWER_ROMAN, LISTNUM_UPPER_ROMAN,
	LISTNUM_ORDINAL,	/* 1e */
	LISTNUM_WORDS, LISTNUM_ORDINAL_WORDS,	/* Een, Eerste */
	LISTNUM_NONE,		/* the text without the number */
	LISTNUM_BULLET,		/* no text at all */
};

struct listnum_level {
	char *text;		/* "%1.%2": the numbers of levels; or NULL */
	enum listnum_format format;
	unsigned start;
	/* It begins anew behind a level below this one (0: never). */
	unsigned restart;
	bool is_legal;		/* in 1.2 each number is decimal */
};

/* Where a list has got to. */
struct listnum_counts {
	unsigned n[LISTNUM_LEVELS];
	bool is_begun[LISTNUM_LEVELS];
};

/* Levels that say nothing: decimal from 1, without text. */
void listnum_init(struct listnum_level levels[LISTNUM_LEVELS]);
void listnum_clear(struct listnum_level levels[LISTNUM_LEVELS]);

/* A paragraph at that level comes; level < LISTNUM_LEVELS, from 0. */
void listnum_count(struct listnum_counts *, const struct listnum_level *levels,
    unsigned level);
/* The next paragraph at that level has that number. */
void listnum_set(struct listnum_counts *, unsigned level, unsigned number);

/* Append what stands before the paragraph that was counted last. */
void listnum_label(const struct listnum_counts *,
    const struct listnum_level *levels, unsigned level, struct buf *);

/*
 * The lists of a document of Word: each is numbered as a numbering says, and
 * the lists of one numbering go on counting together.
 */
#define LISTNUM_UNSAID (-1)

struct listnum_numbering {
	long id;
	struct listnum_level levels[LISTNUM_LEVELS];
	struct listnum_counts counts;
	size_t as;		/* it is the one at that place, if not its own */
};

struct listnum_list {
	long id;
	long numbering;		/* the id of it */
	int restart[LISTNUM_LEVELS];	/* from this number once, or UNSAID */
	struct listnum_level own[LISTNUM_LEVELS];
	bool is_own[LISTNUM_LEVELS];	/* instead of those of the numbering */
};

struct listnum_lists {
	struct listnum_numbering *numberings;
	size_t nnumberings, cap_numberings;
	struct listnum_list *lists;
	size_t nlists, cap_lists;
};

void listnum_lists_clear(struct listnum_lists *);
/* A new one at the end, with levels that say nothing; borrowed until the next. */
struct listnum_numbering *listnum_add_numbering(struct listnum_lists *,
    long id);
struct listnum_list *listnum_add_list(struct listnum_lists *, long id);
/*
 * A paragraph of that list comes: append its number.  A list that is not there
 * has none.
 */
void listnum_next(struct listnum_lists *, long list, int level, struct buf *);

/* "1", "a", "A", "i", "I" and what else OpenDocument calls them. */
enum listnum_format listnum_of_sample(const char *, size_t);

#endif
