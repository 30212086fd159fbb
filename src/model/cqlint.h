/*
 * cqlint: what cql.c (the grammar), cqlclause.c (what a clause asks) and
 * cqltree.c (what clauses ask together) share.
 */
#ifndef CQLINT_H
#define CQLINT_H

#include "model/cql.h"

/* Diagnostics, by their numbers in info:srw/diagnostic/1. */
enum {
	CQL_SYNTAX = 10,
	CQL_TOO_LONG = 12,
	CQL_BRACKETS = 13,
	CQL_QUOTES = 14,
	CQL_SET = 15,
	CQL_INDEX = 16,
	CQL_RELATION = 19,
	CQL_RELATION_MODIFIER = 20,
	CQL_RELATION_OF_INDEX = 22,
	CQL_ESCAPE = 26,
	CQL_EMPTY_TERM = 27,
	CQL_MASK = 28,
	CQL_MASK_SHORT = 29,
	CQL_ANCHOR = 31,
	CQL_MASK_IN_PHRASE = 33,
	CQL_TERM = 36,
	CQL_TOO_MANY = 38,
	CQL_PROXIMITY = 39,
	CQL_PROXIMITY_RELATION = 40,
	CQL_PROXIMITY_DISTANCE = 41,
	CQL_PROXIMITY_UNIT = 42,
	CQL_PROXIMITY_ORDER = 43,
	CQL_BOOLEAN_MODIFIER = 46,
	CQL_UNSUPPORTED = 48,
	CQL_MASK_PLACE = 49,
	CQL_NO_SORT = 80,
	CQL_SORT_KEYS = 84,
	CQL_SORT_DIRECTION = 90,
};

struct cql {
	struct query *q;
	struct cql_fault *fault;
	unsigned words;		/* so far */
};

/* Fill the fault; returns NULL, for those that return a node. */
struct node *cql_fail(struct cql *, unsigned code, const char *fmt, ...)
    PRINTF(3, 4);

enum cql_relation {
	CQL_EQUAL, CQL_EXACT, CQL_ALL, CQL_ANY,
	CQL_LESS, CQL_LESS_EQUAL, CQL_MORE, CQL_MORE_EQUAL, CQL_WITHIN,
	CQL_NO_RELATION
};
/* The relation of that name; CQL_NO_RELATION if there is none. */
enum cql_relation cql_relation_by_name(const char *);

/*
 * What a clause asks; index NULL: the whole text.  The term is as it was
 * written, without its quotes.  All records are a NODE_GROUP of none.  NULL
 * with the fault set if it cannot be asked.
 */
struct node *cql_clause(struct cql *, const char *index, enum cql_relation,
    const char *term);

enum cql_boolean { CQL_AND, CQL_OR, CQL_NOT, CQL_PROX, CQL_NBOOLEANS };
/*
 * Both, which are taken over, as one; distance is that of prox.  NULL with the
 * fault set if they cannot be joined so.
 */
struct node *cql_join(struct cql *, enum cql_boolean, uint32_t distance,
    struct node *, struct node *);
/*
 * Make filters of the values that narrow the whole question: those that stand
 * by themselves under and, or to the left and right of not.  Returns what is
 * left of root, NULL for nothing.
 */
struct node *cql_lift(struct query *, struct node *root);

/* Is name that of the part of a set?  "cql.any" and "any" are any of cql. */
bool cql_name_is(const char *name, const char *set, const char *part);

#endif
