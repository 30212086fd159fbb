#include <config.h>

#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *
buf_room(struct buf *b, size_t n)
{
	if (b->len + n + 1 > b->cap) {
		size_t cap = b->cap + b->cap / 2;

		if (cap < b->len + n + 1)
			cap = b->len + n + 1;
		if (cap < 64)
			cap = 64;
		b->s = xrealloc(b->s, cap);
		b->cap = cap;
	}
	return b->s + b->len;
}

void
buf_grew(struct buf *b, size_t n)
{
	assert(b->len + n < b->cap);
	b->len += n;
	b->s[b->len] = '\0';
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	char *at = buf_room(b, n);

	if (n > 0)
		memcpy(at, p, n);
	buf_grew(b, n);
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addc(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	buf_grew(b, 1);
}

void
buf_add_hex(struct buf *b, const uint8_t *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *at = buf_room(b, 2 * n);
	size_t i;

	for (i = 0; i < n; i++) {
		*at++ = digits[bytes[i] >> 4];
		*at++ = digits[bytes[i] & 15];
	}
	buf_grew(b, 2 * n);
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	assert(n >= 0);
	vsnprintf(buf_room(b, (size_t)n), (size_t)n + 1, fmt, again);
	buf_grew(b, (size_t)n);
	va_end(again);
	va_end(ap);
}

void
buf_add_utf8(struct buf *b, uint32_t c)
{
	char u[4];
	size_t n;

	if (c < 0x80) {
		u[0] = (char)c;
		n = 1;
	} else if (c < 0x800) {
		u[0] = (char)(0xC0 | c >> 6);
		u[1] = (char)(0x80 | (c & 0x3F));
		n = 2;
	} else if (c < 0x10000) {
		u[0] = (char)(0xE0 | c >> 12);
		u[1] = (char)(0x80 | (c >> 6 & 0x3F));
		u[2] = (char)(0x80 | (c & 0x3F));
		n = 3;
	} else {
		u[0] = (char)(0xF0 | c >> 18);
		u[1] = (char)(0x80 | (c >> 12 & 0x3F));
		u[2] = (char)(0x80 | (c >> 6 & 0x3F));
		u[3] = (char)(0x80 | (c & 0x3F));
		n = 4;
	}
	buf_add(b, u, n);
}

void
buf_add_varint(struct buf *b, uint64_t v)
{
	while (v >= 0x80) {
		buf_addc(b, (char)(v | 0x80));
		v >>= 7;
	}
	buf_addc(b, (char)v);
}

int
varint_read(const char **p, const char *end, uint64_t *out)
{
	uint64_t v = 0;
	unsigned shift;
	const char *s = *p;

	for (shift = 0; s < end && shift < 64; shift += 7) {
		unsigned char c = (unsigned char)*s++;

		if (shift == 63 && (c & 0x7E) != 0)
			return -1;
		v |= (uint64_t)(c & 0x7F) << shift;
		if ((c & 0x80) == 0) {
			*p = s;
			*out = v;
			return 0;
		}
	}
	return -1;
}

const char *
buf_str(const struct buf *b)
{
	return b->s != NULL ? b->s : "";
}

void
buf_cut(struct buf *b, size_t len)
{
	assert(len <= b->len);
	b->len = len;
	if (b->s != NULL)
		b->s[len] = '\0';
}

char *
buf_steal(struct buf *b)
{
	char *s = b->s != NULL ? b->s : xstrdup("");

	*b = (struct buf)BUF_INIT;
	return s;
}

void
buf_clear(struct buf *b)
{
	free(b->s);
	*b = (struct buf)BUF_INIT;
}
