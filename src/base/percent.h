/*
 * percent: strings in the cells of a line: what would break the line or the
 * cell is percent-encoded, everything else, UTF-8 or not, stays as it is.  And
 * strings in URLs.
 */
#ifndef PERCENT_H
#define PERCENT_H

#include "base/buf.h"

void percent_encode(const char *s, struct buf *out);
/* For a URL: every byte that is neither unreserved (RFC 3986) nor one of keep. */
void percent_encode_url(const char *s, const char *keep, struct buf *out);
/* The inverse of both, in place.  Returns s. */
char *percent_decode(char *s);

#endif
