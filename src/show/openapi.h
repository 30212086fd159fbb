/*
 * openapi: the description of the API, data/openapi.json, as this endpoint
 * gives it: with its own address and whom to ask.
 *
 * Used by cgi/feed.c.
 */
#ifndef OPENAPI_H
#define OPENAPI_H

#include "base/buf.h"
#include "base/error.h"
#include "show/site.h"

/*
 * Append the description, text being that of the file.  contact is an e-mail
 * address or a URL; NULL leaves the examples of the file.  Returns -1 with
 * ERROR_CONFIG if text is not such a description.
 */
int openapi_print(const char *text, const struct site *, const char *contact,
    struct buf *out, struct error *);

#endif
