/*
 * percent: strings in the cells of a line: what would break the line or the
 * cell is percent-encoded, everything else, UTF-8 or not, stays as it is.
 */
#ifndef PERCENT_H
#define PERCENT_H

#include "base/buf.h"

void percent_encode(const char *s, struct buf *out);
/* The inverse, in place.  Returns s. */
char *percent_decode(char *s);

#endif
