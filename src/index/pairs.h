/*
 * pairs: words that are neighbours in a question.
 *
 * Used by widen.c.
 */
#ifndef PAIRS_H
#define PAIRS_H

#include "index/widen.h"

/*
 * Add weight where neighbours stand near each other, or as one word: asielzoeker
 * for asiel zoeker.  Only the rarest pairs: a long question has enough in them.
 */
void add_pairs(struct compiler *, struct run *);

/*
 * A verb whose first part stands at the end: "vraag ik ... aan" asks for
 * aanvragen, too.
 */
void add_separated(struct compiler *, struct run *);

#endif
