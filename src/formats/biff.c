#include <config.h>

#include "formats/biff.h"

#include "formats/le.h"

#define BIFF_CONTINUE 0x3C

bool
biff_next(struct biff *b, struct biff_record *r)
{
	const char *p = buf_str(&b->stream) + b->at;
	size_t left = b->stream.len - b->at;

	if (left < 4)
		return false;
	r->type = le16(p);
	r->len = le16(p + 2);
	r->s = p + 4;
	if (r->len > left - 4)
		r->len = left - 4;
	b->at += 4 + r->len;
	return true;
}

bool
biff_continued(struct biff *b, struct biff_record *r)
{
	size_t at = b->at;

	if (biff_next(b, r) && r->type == BIFF_CONTINUE)
		return true;
	b->at = at;
	return false;
}

void
biff_add_characters(const char *s, size_t n, bool is_wide, struct buf *out)
{
	size_t i;

	if (is_wide) {
		charset_decode(charset_codepage(1200), s, 2 * n, out);
		return;
	}
	for (i = 0; i < n; i++)
		buf_add_utf8(out, (unsigned char)s[i]);
}

void
biff_add_string(const struct biff *b, const char *s, size_t len, size_t count,
    struct buf *out)
{
	bool is_wide;

	if (b->is_old) {
		charset_decode(b->charset, s, count < len ? count : len, out);
		return;
	}
	if (len == 0)
		return;
	is_wide = (*s & BIFF_WIDE) != 0;
	len = (len - 1) / (is_wide ? 2 : 1);
	biff_add_characters(s + 1, count < len ? count : len, is_wide, out);
}

void
biff_add_counted(const struct biff *b, const char *s, size_t len, size_t bytes,
    struct buf *out)
{
	size_t n;

	if (len < bytes)
		return;
	n = bytes == 2 ? le16(s) : (unsigned char)*s;
	biff_add_string(b, s + bytes, len - bytes, n, out);
}
