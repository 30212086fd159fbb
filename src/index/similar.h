/*
 * similar: documents like others, as a query of the words that tell most about
 * these.
 *
 * A word tells much about a document when it stands there often for its length
 * and few documents have it: its weight is what BM25 gives it there.  The
 * heaviest words are asked for, each with its share of that weight, and two of
 * the heaviest ten make a hit.
 *
 * Used by search.c.
 */
#ifndef SIMILAR_H
#define SIMILAR_H

#include <stddef.h>
#include <stdint.h>

#include "index/compile.h"

/* At most so many words are asked for. */
#define SIMILAR_WORDS	40

/*
 * Compile what n documents say into *out, narrowed to the words of the query;
 * they themselves and their versions do not match, but for reports on a country
 * of other text.  Returns -1 when the index
 * cannot be read.  Free with compiled_clear().
 */
int similar_compile(const struct store *, const struct query *,
    const uint32_t *docids, size_t n, struct compiled *out, struct error *);

#endif
