#include <config.h>

#include "base/percent.h"

#include <ctype.h>
#include <string.h>

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

static int
hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : (c | 32) - 'a' + 10;
}

char *
percent_decode(char *s)
{
	char *from, *to;

	for (from = to = s; *from != '\0'; to++) {
		if (from[0] == '%' && isxdigit((unsigned char)from[1]) &&
		    isxdigit((unsigned char)from[2])) {
			*to = (char)(hex(from[1]) << 4 | hex(from[2]));
			from += 3;
		} else
			*to = *from++;
	}
	*to = '\0';
	return s;
}
