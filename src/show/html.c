#include <config.h>

#include "show/html.h"

#include <string.h>

#include "base/utf8.h"

/* What a character becomes in an attribute; NULL: itself. */
static const char *const escapes[128] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
	['"'] = "&quot;", ['\''] = "&#39;", ['`'] = "&#96;",
	['\t'] = "&#9;", ['\n'] = "&#10;",
};
static const char in_text[] = "&<>";

/* Append, with the characters of which escaped; all that have one if NULL. */
static void
escape(const char *s, size_t n, const char *which, struct buf *out)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;
	const char *p;

	utf8_clean(s, n, &clean);
	for (p = buf_str(&clean); *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		const char *e = c < NELEM(escapes) ? escapes[c] : NULL;

		if (e != NULL && (which == NULL || strchr(which, c) != NULL))
			buf_adds(out, e);
		else
			buf_addc(out, *p);
	}
}

void
html_slice(const char *s, size_t n, struct buf *out)
{
	escape(s, n, in_text, out);
}

void
html_text(const char *s, struct buf *out)
{
	escape(s, strlen(s), in_text, out);
}

void
html_attr(const char *s, struct buf *out)
{
	escape(s, strlen(s), NULL, out);
}
