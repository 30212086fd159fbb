#include <config.h>

#include "base/percent.h"

#include <string.h>

#include "base/hex.h"

void
percent_encode(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c < 0x20 || c == '%' || c == 0x7F)
			buf_addf(out, "%%%02X", c);
		else
			buf_addc(out, *s);
	}
}

void
percent_encode_url(const char *s, const char *keep, struct buf *out)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *s != '\0'; s++) {
		if (strchr(unreserved, *s) != NULL || strchr(keep, *s) != NULL)
			buf_addc(out, *s);
		else
			buf_addf(out, "%%%02X", (unsigned char)*s);
	}
}

/* The character at s, which has n > 0 of them; returns how many it takes. */
static size_t
decode_one(const char *s, size_t n, char *out)
{
	int c = *s == '%' ? hex_byte(s + 1, n - 1) : -1;

	*out = c == -1 ? *s : (char)c;
	return c == -1 ? 1 : 3;
}

char *
percent_decode(char *s)
{
	char *from = s, *to = s, *end = s + strlen(s);

	while (from < end)
		from += decode_one(from, (size_t)(end - from), to++);
	*to = '\0';
	return s;
}

void
percent_decode_to(const char *s, size_t n, struct buf *out)
{
	const char *end = s + n;
	char c;

	while (s < end) {
		s += decode_one(s, (size_t)(end - s), &c);
		buf_addc(out, c);
	}
}
