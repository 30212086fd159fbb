/*
 * passages: the passages of a hit that say most of what was asked.
 *
 * Used by search.c.
 */
#ifndef PASSAGES_H
#define PASSAGES_H

#include <stdint.h>

#include "base/error.h"
#include "index/compile.h"
#include "index/store.h"
#include "model/result.h"

/*
 * Read those of document docid into *hit, marked; of a text that has none of
 * the words its beginning, of a document without text nothing.
 */
int passages_read(const struct store *, const struct compiled *,
    uint32_t docid, struct hit *, struct error *);

#endif
