/*
 * docjson: one document as JSON: all that is known about it, and where each
 * value comes from.
 *
 * Used by cgi/api.c.
 */
#ifndef DOCJSON_H
#define DOCJSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/doc.h"
#include "show/site.h"

/* Another version of it. */
struct docjson_version {
	struct doc doc;
	const char *relation;	/* "opvolger", "voorganger", "versie" */
};

/*
 * Append it.  peil_ymd is the date of reference for validity; site (NULL:
 * none) adds links.
 */
void docjson_print(const struct doc *, const struct docjson_version *versions,
    size_t nversions, int peil_ymd, uint32_t generation, const struct site *,
    struct buf *out);

#endif
