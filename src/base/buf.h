/*
 * buf: bytes that grow.
 *
 * Invariant: s is never NULL after buf_init() or the first append, and s[len]
 * is always NUL, so text in a buf can be read as a C string.
 */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct buf {
	char *s;
	size_t len;
	size_t cap;
};

#define BUF_INIT { NULL, 0, 0 }

void buf_add(struct buf *, const void *, size_t);
void buf_adds(struct buf *, const char *);
/* Append the bytes as lower-case hexadecimal digits, two each. */
void buf_add_hex(struct buf *, const uint8_t *bytes, size_t n);
void buf_addc(struct buf *, char);
void buf_addf(struct buf *, const char *fmt, ...) PRINTF(2, 3);
/* Append a code point as UTF-8. */
void buf_add_utf8(struct buf *, uint32_t);
/* Append an unsigned LEB128 number; varint_read() is the inverse. */
void buf_add_varint(struct buf *, uint64_t);
/*
 * Read a number at *p, before end, and move *p behind it.  Returns -1 if the
 * bytes end too early or the number is longer than 64 bits.
 */
int varint_read(const char **p, const char *end, uint64_t *out);

/* Room for n more bytes; returns where they go.  buf_grew() takes them in. */
char *buf_room(struct buf *, size_t n);
void buf_grew(struct buf *, size_t n);

/* The text so far, "" when nothing was added. */
const char *buf_str(const struct buf *);
/* Cut to len bytes; 0 empties and keeps the room. */
void buf_cut(struct buf *, size_t len);
/* Hand the bytes over to the caller, who frees them; the buf is empty then. */
char *buf_steal(struct buf *);
void buf_clear(struct buf *);

#endif
