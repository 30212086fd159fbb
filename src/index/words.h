/*
 * words: the words of a question as units.
 *
 * Used by compile.c and widen.c.
 */
#ifndef WORDS_H
#define WORDS_H

#include "index/unit.h"

struct unit unit_of_word(struct compiler *, const struct node *);
struct unit unit_of_phrase(struct compiler *, const struct node *);
struct unit unit_of_prefix(struct compiler *, const struct node *);
/*
 * A word as a query that may stand within XAP_NEAR; NULL if the node is not
 * exactly one word.  *docs is lowered to how many documents have it, at most.
 */
struct xap_query *near_of_word(struct compiler *, const struct node *,
    uint32_t *docs);
/*
 * A query that compares places of words, typed as such, in docs documents at
 * most.  Refused if it is too much beside what was asked before.
 */
struct xap_query *compared_query(struct compiler *, struct xap_query *,
    uint32_t docs);

/* The tokens of typed text, at most max; returns how many. */
size_t typed_tokens(struct compiler *, const char *text, struct token *out,
    size_t max);
/*
 * Words next to each other in this order, by their stems; extra tokens play
 * no part.  *docs is set to how many documents have it, at most.
 */
struct xap_query *stems_query(struct compiler *, const struct token *, size_t n,
    const struct field *, uint32_t window, uint32_t *docs);

#endif
