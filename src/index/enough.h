/*
 * enough: the documents that have enough of the words asked for.
 *
 * Used by compile.c.
 */
#ifndef ENOUGH_H
#define ENOUGH_H

#include <stddef.h>

#include "index/unit.h"

/*
 * A document is a hit when the words it has carry at least this share of the
 * weight (inverse document frequency) of all words asked for.  Decided with
 * the judged queries: make eval.
 */
#define ENOUGH_SHARE	0.25

/*
 * The optional words of a group: any of them, but enough.  The units are put in
 * another order and are empty then; the query is the caller's.
 */
struct xap_query *enough_query(struct compiler *, struct unit *units, size_t n);

#endif
