/*
 * unit: one thing that a question asks for, as a query that grows.
 *
 * A unit begins as a word, and gets alternatives: other words for it, parts of
 * a compound.  All count as one word (XAP_SYNONYM): with weights w1 > w2 > ...
 * of alternatives the query is
 *
 *    (1 - w1) word + (w1 - w2) (word or 1st) + (w2 - w3) (word or 1st or 2nd) ...
 *
 * (with few different weights, as each term of the sum opens its lists again),
 * so that a document with an alternative in the place of the word scores w
 * times as much, and one with both no more than one with either as often.
 * Each of these terms is kept as a reason, so that an answer can be explained.
 *
 * Used by compile.c and what it calls, correct.c, similar.c.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dutch/analyse.h"
#include "index/compile.h"
#include "index/qb.h"

struct compiler {
	const struct store *store;
	struct analyser *analyser;
	uint32_t documents;	/* in the index */
	int peil_ymd;
	bool is_expanding;	/* other words than those typed may count */
	struct query_limits limits;
	uint64_t work;		/* as the limits count it, up to now */
	size_t workers;		/* parts of the question that took some */
	struct compiled *out;	/* leaves, reasons and marks are added to it */
	struct qb qb;
};

/*
 * For the words of a question, to be added to *out; failures go to *err and
 * into qb.has_failed.  All is borrowed.
 */
void compiler_init(struct compiler *, const struct store *,
    const struct query *, struct compiled *out, struct error *err);

/* What counts as the word, at some weight between 0 and 1 of it. */
struct alternative {
	struct xap_query *query;
	struct xap_query *title;	/* the same in titles; NULL: in none */
	double weight;
	enum reason_kind kind;
	char *text;		/* what it is, for the explanation */
};

/* What adds weight beside it. */
struct extra {
	struct xap_query *query;	/* with its factor */
	bool is_match;		/* documents that have only this match, too */
	enum reason_kind kind;
	char *text;
};

/* One thing that is asked for. */
struct unit {
	struct xap_query *query;	/* set by unit_finish() */
	struct xap_query *match;	/* the same documents, without weights */
	struct xap_query *main;		/* NULL: no document has the word */
	struct xap_query *title;	/* NULL: no title has it */
	enum reason_kind kind;
	char *text;
	struct alternative *alternatives;
	size_t nalternatives, cap_alternatives;
	struct extra *extras;
	size_t nextras, cap_extras;
	bool is_cited;		/* part of a citation: it alone is no match */
	bool is_dropped;	/* the word itself plays no part */
	bool is_function;	/* a word that says little: "wat", "een" */
	double factor;		/* of main and alternatives; 0: no weight */
	uint32_t docs;		/* that have it, at most; 0: none */
	double weight;		/* the share it has in the question */
};

/* What a word adds by standing in the title, beside 1 for standing anywhere. */
#define TITLE_WEIGHT	0.3

/* The weight of what so many documents have: the rarer, the more. */
double unit_weight(const struct compiler *, uint32_t docs);
/* Are docs at most this share of all documents, or few in themselves? */
bool is_few(const struct compiler *, uint32_t docs, double share);

/*
 * A unit that asks for q (taken over; NULL if nothing has it), which docs
 * documents have at most.
 */
struct unit unit_new(struct compiler *, struct xap_query *q, uint32_t docs,
    enum reason_kind, const char *text);

/*
 * Add an alternative, and the same in titles (or NULL), taken over: where it
 * stands, it counts as if the word itself stood there, at weight.  So a
 * document that has both does not count for more than one that has the word as
 * often.
 */
void unit_add(struct compiler *, struct unit *, struct xap_query *,
    struct xap_query *title, double weight, uint32_t docs, enum reason_kind,
    const char *text);
/* Add weight to documents that match (is_match: and let others match). */
void unit_boost(struct compiler *, struct unit *, struct xap_query *,
    double factor, bool is_match, enum reason_kind, const char *text);
/* Leave out the word itself; without alternatives the unit has no weight. */
void unit_drop_word(struct unit *);
/*
 * Put the query together and note its reasons; nothing can be added from then
 * on.  A unit that has its query already, such as a group, stays as it is.
 */
void unit_finish(struct compiler *, struct unit *);
/* The documents that match, without weights; borrowed. */
const struct xap_query *unit_match(const struct unit *);
/* The query, which is the caller's; nothing else is left. */
struct xap_query *unit_take(struct unit *);
void unit_clear(struct unit *);

/* ---- leaves ---- */

/* The number of documents that hold a term. */
uint32_t term_docs(struct compiler *, const char *term);

/* An empty leaf; passages are found by it. */
struct leaf *leaf_new(struct compiler *);
/* Add a term to a leaf, if any document has it.  Returns whether. */
bool leaf_add(struct compiler *, struct leaf *, const char *prefix,
    const char *s);
/*
 * The terms that are a stem: entry.h says why there may be two.  Title words
 * have their prefix before either.
 */
struct leaf *leaf_of_stem(struct compiler *, word_id stem, const struct field *);
struct leaf *leaf_of_word(struct compiler *, word_id word, const struct field *);
/* A leaf as a query; XAP_OR within XAP_PHRASE and XAP_NEAR. */
struct xap_query *leaf_query(struct compiler *, const struct leaf *,
    enum xap_op);

/* Forget leaves, or reasons, from number n on. */
void leaves_cut(struct compiled *, size_t n);
void reasons_cut(struct compiled *, size_t n);

#endif
