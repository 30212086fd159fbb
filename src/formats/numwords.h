/*
 * numwords: numbers in Dutch words, as word processors number paragraphs.
 *
 * Used by listnum.c.
 */
#ifndef NUMWORDS_H
#define NUMWORDS_H

#include <stdbool.h>

#include "base/buf.h"

/* Larger numbers are not written out. */
#define NUMWORDS_MAX 9999

/*
 * Append a number up to that, with a capital: "Tweeëntwintig", "Honderdeen", or
 * "Tweeëntwintigste", "Honderdeerste".  In one word up to a thousand, as the
 * Groene Boekje has it; behind that a space.
 */
void numwords_print(unsigned, bool is_ordinal, struct buf *);

#endif
