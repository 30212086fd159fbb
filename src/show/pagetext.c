#include <config.h>

#include "show/pageparts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "model/lists.h"
#include "show/html.h"
#include "show/translate.h"

void
page_html(struct page *p, const char *markup)
{
	buf_adds(p->out, markup);
}

void
page_escape(struct page *p, const char *text)
{
	html_text(text, p->out);
}

/* ---- texts ---- */

/* %s; in the message of an error the other conversions, too. */
static size_t
count_slots(const char *s)
{
	size_t n = 0;

	for (; (s = strchr(s, '%')) != NULL; s++)
		n++;
	return n;
}

const char *
page_said(const struct page *p, const char *dutch)
{
	const char *text = translate(p->site->is_english, dutch);

	/* A translation with other slots is none. */
	return count_slots(text) == count_slots(dutch) ? text : dutch;
}

static void
fill(const char *text, va_list arguments, struct buf *out)
{
	const char *slot;

	for (; (slot = strstr(text, "%s")) != NULL; text = slot + 2) {
		buf_add(out, text, (size_t)(slot - text));
		buf_adds(out, va_arg(arguments, const char *));
	}
	buf_adds(out, text);
}

void
page_text(struct page *p, const char *dutch, ...)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	va_list arguments;

	va_start(arguments, dutch);
	fill(page_said(p, dutch), arguments, &text);
	va_end(arguments);
	html_text(buf_str(&text), p->out);
}

void
page_attr(struct page *p, const char *dutch, ...)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	va_list arguments;

	va_start(arguments, dutch);
	fill(page_said(p, dutch), arguments, &text);
	va_end(arguments);
	html_attr(buf_str(&text), p->out);
}

void
page_count(struct page *p, uint32_t n, const char *one, const char *many)
{
	char digits[16];

	/* As in English. */
	page_text(p, n == 1 ? one : many, page_number(p, n, digits));
}

const char *
page_label(const struct page *p, enum field_id f, const char *value)
{
	return translate(p->site->is_english, list_label(f, value));
}

const char *
page_number(const struct page *p, uint32_t n, char out[16])
{
	char digits[16];
	int len = snprintf(digits, sizeof digits, "%u", n), i;
	char *to = out;

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			*to++ = p->site->is_english ? ',' : '.';
		*to++ = digits[i];
	}
	*to = '\0';
	return out;
}

/* The months are in the catalogue by themselves. */
void
page_day(const struct page *p, int ymd, struct buf *out)
{
	CLEAN(buf_clear) struct buf dutch = BUF_INIT;
	char *month, *year;

	date_print_dutch(ymd, &dutch);
	month = strchr(dutch.s, ' ');
	year = strrchr(dutch.s, ' ');
	*month++ = *year++ = '\0';
	buf_addf(out, "%s %s %s", dutch.s, page_said(p, month), year);
}

/* ---- attributes ---- */

/* A language tag as metadata give it: letters, and parts behind hyphens. */
static bool
is_tag(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");

	return n >= 2 && n <= 3 && s[n] == '\0';
}

void
page_lang(struct page *p, const char *taal)
{
	const char *own = p->site->is_english ? "en" : "nl";

	/* Documents that do not say are in Dutch, as the portal is. */
	if (taal == NULL || !is_tag(taal))
		taal = "nl";
	if (strcmp(taal, own) == 0)
		return;
	page_html(p, " lang=\"");
	html_attr(taal, p->out);
	page_html(p, "\"");
}

void
page_link(struct page *p, const char *attributes, const struct buf *url)
{
	page_html(p, "<a");
	page_html(p, attributes);
	page_html(p, " href=\"");
	html_attr(buf_str(url), p->out);
	page_html(p, "\">");
}

void
page_link_question(struct page *p, const char *attributes,
    const struct buf *question)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	site_url(p->site, "/", NULL, false, &url);
	buf_adds(&url, buf_str(question));
	page_link(p, attributes, &url);
}
