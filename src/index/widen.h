/*
 * widen: what several words of a question mean together, or may also be
 * called: citations, synonyms, compounds written as two words.
 *
 * Used by compile.c; pairs.c is a part of it.
 */
#ifndef WIDEN_H
#define WIDEN_H

#include "index/unit.h"

/* A word of a run: words typed one behind the other. */
struct typed {
	const struct node *node;
	struct unit *unit;
	struct token token;	/* word WORD_NONE if it is not one word */
	size_t begin, end;	/* in the text of the run */
	bool is_cited;		/* part of a citation */
	bool has_name;		/* a table knows other words for it */
};

struct run {
	struct typed words[QUERY_MAX_WORDS];
	size_t count;
	struct buf text;
};

#define SAME_WEIGHT	0.8	/* beside 1: another name for the same */

/*
 * What count words of a run mean together is an alternative for each of them
 * that says something.  Takes over q and title (unit_add()).
 */
void run_extend(struct compiler *, struct run *, size_t first, size_t count,
    struct xap_query *q, struct xap_query *title, double weight, uint32_t docs,
    enum reason_kind, const char *text);

/*
 * Add alternatives to the units of a group's kids; units[i] is what kids[i]
 * asks for.
 */
void widen(struct compiler *, const struct node *group, struct unit *units);

#endif
