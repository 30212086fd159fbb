#include <config.h>

#include "formats/sniff.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "formats/htmltags.h"
#include "formats/mdmarks.h"

/* Elements within a line that a fragment of HTML may begin with. */
static const char *const html_inlines[] = {
	"a", "abbr", "b", "base", "big", "em", "font", "frameset", "head", "i",
	"img", "small", "span", "strong", "u",
};

/* Header fields that only mail has; the first rows make it mail. */
static const char *const mail_fields[] = {
	"from", "received", "message-id", "mime-version", "return-path",
	"to", "cc", "bcc", "subject", "date", "sender", "reply-to",
	"delivered-to", "content-type", "content-transfer-encoding",
	"in-reply-to", "references", "x-mailer", "importance", "thread-topic",
};
#define DECISIVE_FIELDS 5
#define LEAST_FIELDS 3

static bool
in_table(const char *s, size_t n, const char *const *table, size_t rows)
{
	size_t i;

	for (i = 0; i < rows; i++)
		if (strlen(table[i]) == n && strncasecmp(table[i], s, n) == 0)
			return true;
	return false;
}

static bool
is_name(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
	    strchr("_-.:", c) != NULL;
}

static bool
is_white(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_html(const char *name, size_t n)
{
	char lower[16];
	size_t i;

	if (n >= sizeof lower)
		return false;
	for (i = 0; i < n; i++)
		lower[i] = name[i] >= 'A' && name[i] <= 'Z' ?
		    (char)(name[i] | 32) : name[i];
	lower[n] = '\0';
	return html_tag(lower) != NULL ||
	    in_table(lower, n, html_inlines, NELEM(html_inlines));
}

/* Past white space, comments and processing instructions; NULL at the end. */
static const char *
to_first_tag(const char *s, const char *end, bool *is_xml)
{
	const char *close;

	*is_xml = false;
	for (;;) {
		while (s < end && is_white(*s))
			s++;
		if (end - s < 2 || *s != '<')
			return NULL;
		if (s[1] == '?') {
			*is_xml = *is_xml || (end - s > 6 &&
			    memcmp(s, "<?xml", 5) == 0);
			close = memmem(s, (size_t)(end - s), "?>", 2);
			s = close != NULL ? close + 2 : end;
		} else if (end - s > 4 && memcmp(s, "<!--", 4) == 0) {
			close = memmem(s, (size_t)(end - s), "-->", 3);
			s = close != NULL ? close + 3 : end;
		} else
			return s;
	}
}

/* A picture of its own: its namespace is in its tag, or its DOCTYPE. */
static bool
is_svg(const char *name, size_t len, const char *end)
{
	const char *close = memchr(name, '>', (size_t)(end - name));

	return len >= 3 && memcmp(name + len - 3, "svg", 3) == 0 &&
	    (len == 3 || name[len - 4] == ':') && memmem(name,
	    (size_t)((close != NULL ? close : end) - name),
	    "http://www.w3.org/2000/svg", 26) != NULL;
}

static const char *
sniff_markup(const char *s, size_t n)
{
	const char *end = s + n, *tag, *name;
	bool is_xml;
	size_t len;

	while (end > s && is_white(end[-1]))
		end--;
	if ((tag = to_first_tag(s, end, &is_xml)) == NULL)
		/* Nothing but a long comment; XML would have said so. */
		return is_xml ? "xml" : n > 4 && memmem(s, n < 64 ? n : 64,
		    "<!--", 4) != NULL && !markdown_is(s, n) ? "html" : NULL;
	name = tag + 1;
	if (end - tag > 14 && strncasecmp(tag, "<!doctype", 9) == 0) {
		for (name = tag + 9; name < end && is_white(*name); name++)
			;
		if (end - name >= 4 && strncasecmp(name, "html", 4) == 0)
			return "html";
		return end - name >= 4 && memcmp(name, "svg", 3) == 0 &&
		    !is_name(name[3]) ? "svg" : "xml";
	}
	for (len = 0; name + len < end && is_name(name[len]); len++)
		;
	if (len == 0 || name + len == end || (!is_white(name[len]) &&
	    name[len] != '>' && name[len] != '/'))
		return is_xml ? "xml" : NULL;
	if (len == 4 && strncasecmp(name, "html", 4) == 0)
		return "html";
	if (is_svg(name, len, end))
		return "svg";
	if (is_xml)
		return "xml";
	if (is_html(name, len))
		return "html";
	/* "<naam> schreef:" is no markup, "<a:b xmlns:a=..." is. */
	return end[-1] == '>' || memmem(name, (size_t)(end - name), "xmlns", 5)
	    != NULL ? "xml" : NULL;
}

/* The header of a message, up to its empty line. */
static const char *
sniff_mail(const char *s, size_t n)
{
	const char *end = s + n, *p, *next;
	unsigned known = 0;
	bool is_mail = false, is_addressed = false, is_related = false;
	size_t len;

	for (p = s; p < end && *p != '\n' && *p != '\r'; p = next) {
		next = memchr(p, '\n', (size_t)(end - p));
		next = next != NULL ? next + 1 : end;
		is_related = is_related || memmem(p, (size_t)(next - p),
		    "multipart/related", 17) != NULL;
		if (is_white(*p) || (p == s && strncmp(p, "From ", 5) == 0))
			continue;
		for (len = 0; p + len < next && p[len] > ' ' && p[len] != ':';
		    len++)
			;
		if (p + len == next || p[len] != ':') {
			if (next == end)
				break;
			return NULL;
		}
		known += in_table(p, len, mail_fields, NELEM(mail_fields));
		is_mail = is_mail ||
		    in_table(p, len, mail_fields, DECISIVE_FIELDS);
		is_addressed = is_addressed || strncasecmp(p, "to:", 3) == 0 ||
		    strncasecmp(p, "received:", 9) == 0;
	}
	if (!is_mail || known < LEAST_FIELDS)
		return NULL;
	return is_related && !is_addressed ? "mhtml" : "eml";
}

const char *
sniff_text(const char *s, size_t n)
{
	const char *found;

	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
		s += 3;
		n -= 3;
	}
	if (n == 0)
		return NULL;
	if ((found = sniff_markup(s, n)) == NULL)
		found = sniff_mail(s, n);
	return found;
}

bool
sniff_is_binary(const char *s, size_t n)
{
	size_t i, controls = 0;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		controls += c < 0x20 && !(c >= '\t' && c <= '\r') && c != 033;
	}
	return controls * 50 > n;
}
