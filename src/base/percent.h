/*
 * percent: strings in the cells of a line: what would break the line or the
 * cell is percent-encoded, everything else, UTF-8 or not, stays as it is.  And
 * strings in URLs; what a query string may have is stricter, see cgi/request.c.
 *
 * Used by the files of index/ and gather/, the formats and the outputs.
 */
#ifndef PERCENT_H
#define PERCENT_H

#include "base/buf.h"

void percent_encode(const char *s, struct buf *out);
/* For a URL: every byte that is neither unreserved (RFC 3986) nor in keep. */
void percent_encode_url(const char *s, const char *keep, struct buf *out);
/* The inverse of both, in place.  Returns s.  A percent sign that begins no
 * escape stays. */
char *percent_decode(char *s);
/* The same for n bytes, which are appended to *out. */
void percent_decode_to(const char *s, size_t n, struct buf *out);

#endif
