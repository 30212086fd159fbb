/*
 * cql: questions in the Contextual Query Language, which SRU 1.2 asks in.
 *
 *    dublin and type = werkinstructie
 *    title all "dublin verordening" not land any "SY IR" sortby date
 *
 * The part that is read:
 *
 *    and or not prox    from left to right, all as strong; brackets
 *    prox               /distance<=n, between single words
 *    = adj              words of text in that order; a value of a field
 *    == exact           the same, words as they are written
 *    any all            any, or every, word or value of the term
 *    < <= > >= within   of dates; within "2019-01-01 2020-12-31"
 *    begin*             behind the last letter of a word of text
 *    sortby             one of relevance, date (newest first) and title
 *
 * Every word has to occur, unlike in typed text.  What is not read has a
 * diagnostic of the list info:srw/diagnostic/1.
 *
 * Used by cgi/sru.c and show/sruexplain.c.
 */
#ifndef CQL_H
#define CQL_H

#include "model/query.h"

/* What is wrong, in the terms of SRU. */
struct cql_fault {
	unsigned code;		/* info:srw/diagnostic/1/code */
	char details[200];	/* UTF-8; "" if there is nothing to add */
};

/*
 * Read text into *out, which query_init() has initialised: its text, filters
 * and order.  Returns -1 with *fault if that cannot be; *out is then as good
 * as empty.  Text is UTF-8.
 */
int cql_parse(const char *text, struct query *out, struct cql_fault *);

/*
 * Read the order of an answer as it is asked for by sortKeys: "date,,0".
 * Returns -1 with *fault if there is no such order.
 */
int cql_sort_keys(const char *keys, struct query *out, struct cql_fault *);

/* The sets that names of indexes belong to. */
struct cql_set {
	const char *name;
	const char *identifier;
};
extern const struct cql_set cql_sets[];
extern const size_t ncql_sets;

/*
 * What can be asked about: these names, and those of fields[] in the set
 * naslag.  Case does not matter, nor does it whether the set is named.
 */
struct cql_index {
	const char *set, *name;
	enum field_id field;
};
extern const struct cql_index cql_indexes[];
extern const size_t ncql_indexes;

#endif
