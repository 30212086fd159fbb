/*
 * mime: the parts of a message: headers, encodings, boundaries.
 *
 * Used by mail.c, mailfiles.c and msgfiles.c.
 */
#ifndef MIME_H
#define MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A message, or a part of one: it borrows the bytes. */
struct mime {
	const char *head, *body;
	size_t head_len, body_len;
};

void mime_split(const char *, size_t, struct mime *);

/* Append the value of a header field as it stands, unfolded; false: absent. */
bool mime_field(const struct mime *, const char *name, struct buf *);
/* The same as UTF-8: words in "=?charset?Q?...?=" are decoded. */
bool mime_text_field(const struct mime *, const char *name, struct buf *);

/* Does a value ("text/html; charset=x") begin with that word, in any case? */
bool mime_is(const struct buf *value, const char *word);
/* Append a parameter of a value ("charset"); false if it has it not. */
bool mime_parameter(const struct buf *value, const char *name, struct buf *);

/*
 * The same as UTF-8 (the name of a file): in pieces and with a charset as
 * RFC 2231 has it, or as the words of header fields.
 */
bool mime_text_parameter(const struct buf *value, const char *name,
    struct buf *);

/* Append the body, its transfer encoding undone. */
void mime_body(const struct mime *, struct buf *);

/* Append bytes as base64, in lines. */
void mime_encode(const char *, size_t, struct buf *);

/*
 * The next part of a multipart body: *at is 0 at first.  False if there are
 * no more.
 */
bool mime_next(const struct mime *, const struct buf *boundary, size_t *at,
    struct mime *part);

#endif
