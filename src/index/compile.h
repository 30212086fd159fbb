/*
 * compile: a query as a tree of Xapian queries.
 *
 * What has words gets weight; fields only filter (filters.h).  Beside the tree
 * it yields the leaves, by which passages are found and words marked.
 *
 * Used by search.c, passages.c, similar.c, explain.c and questions.c.
 */
#ifndef COMPILE_H
#define COMPILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/store.h"
#include "model/query.h"
#include "model/snippet.h"
#include "xap.h"

/* A word of the question: the terms any of which is that word. */
struct leaf {
	char **terms;
	size_t nterms, cap_terms;
	uint32_t docs;		/* that hold it, at most */
	double weight;		/* rarer ones weigh more */
};

/* Why a document is found. */
enum reason_kind {
	REASON_WORD,		/* the word, by its stem */
	REASON_TYPED,		/* exactly as typed */
	REASON_TITLE,		/* in the title */
	REASON_PARTS,		/* the parts of a compound */
	REASON_JOINED,		/* two words written as one */
	REASON_PHRASE,		/* words in this order */
	REASON_PREFIX,		/* words that begin so */
	REASON_NEAR,		/* words near each other */
	REASON_CITED,		/* this number or place, its own or cited */
	REASON_NAME,		/* it is what the question calls by name */
	REASON_SYNONYM,		/* another word for it */
	REASON_SPELLING,	/* the word as it is written in the corpus */
	REASON_COUNTRY,		/* it is about the same country */
	NREASONS
};

/* A part of the question that adds to scores by itself. */
struct reason {
	enum reason_kind kind;
	char *text;		/* what was looked for */
	struct xap_query *query;	/* with its factor */
};

/* What was typed, and what it may have been meant to be. */
struct correction {
	char *first, *last;	/* words as typed; the same if it is one */
	char *text;
};

/* A unit of the question, for why-not. */
struct part {
	char *text;		/* as typed */
	struct xap_query *query;
	double weight;
	enum need need;
};

struct compiled {
	struct xap_query *words;	/* NULL: no words were asked for */
	struct xap_query *all_words;	/* documents that have every word */
	bool is_all_words;	/* these are the very ones that are found */
	struct leaf *leaves;
	size_t nleaves, cap_leaves;
	struct reason *reasons;
	size_t nreasons, cap_reasons;
	struct part *parts;	/* of the whole question, not inside brackets */
	size_t nparts, cap_parts;
	double enough;		/* of the weight of the optional parts */
	uint32_t *named;	/* documents whose own number was asked for */
	size_t nnamed, cap_named;
	struct highlight marks;
	char **also;		/* other words that were looked for */
	size_t nalso, cap_also;
	struct correction *corrections;	/* in the order of the question */
	size_t ncorrections, cap_corrections;
	struct notes notes;
};

/* Returns -1 when the index cannot be read.  Free with compiled_clear(). */
int compile_words(const struct store *, const struct query *,
    struct compiled *out, struct error *);
void compiled_clear(struct compiled *);

#endif
