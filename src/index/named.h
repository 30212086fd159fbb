/*
 * named: documents that a question calls by name or number: "algemene wet
 * bestuursrecht", "awb", "artikel 3:2 Awb", "WI 2021/13".
 *
 * Who types a name wants that document, and not the fifty that refer to it
 * more often in fewer words.  So it gets a weight of its own, whatever its
 * length, and need not have the words at all.
 *
 * Used by compile.c.
 */
#ifndef NAMED_H
#define NAMED_H

#include "index/unit.h"
#include "model/query.h"

/*
 * The query words, taken over, together with the documents that the question
 * names; words itself if it names none, or is more than plain words.
 */
struct xap_query *add_named(struct compiler *, const struct node *question,
    struct xap_query *words);

#endif
