/*
 * response: one answer of the endpoint, made whole before a byte is sent.
 *
 * Headers are constants: no byte of a request ever reaches one.  Those that
 * every answer has (nosniff, CSP, ...) are added when it is sent.
 */
#ifndef RESPONSE_H
#define RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define RESPONSE_MAX_HEADERS 8
#define RESPONSE_MAX_TAG 96

struct response_header {
	const char *name, *value;
};

struct response {
	int status;		/* 0: nothing was set yet */
	const char *type;	/* Content-Type */
	struct buf body;	/* append to it; response_write() leaves it out
				 * for HEAD and 304 */
	struct response_header headers[RESPONSE_MAX_HEADERS];
	size_t nheaders;
	char etag[RESPONSE_MAX_TAG];	/* "" if it has none */
	bool is_asset;		/* the same for all until the next version: may
				 * be cached for a day, may be indexed */
	/* For the log; a handler that searched sets them. */
	bool has_hits;
	uint32_t hits;
	uint32_t terms;		/* of the question */
};

#define RESPONSE_INIT { .status = 0 }

/* status 200, 400, ...; type is a constant. */
void response_set(struct response *, int status, const char *type);
/* Both are constants without control characters. */
void response_header(struct response *, const char *name,
    const char *constant_value);
void response_clear(struct response *);

/*
 * Append what the web server is to be given: headers, an empty line, the body
 * unless the request was HEAD or the status forbids it.
 */
void response_write(const struct response *, bool is_head, struct buf *out);

#endif
