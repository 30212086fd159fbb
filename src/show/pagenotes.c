#include <config.h>

#include "show/pageparts.h"

#include <string.h>

/* ---- remarks ---- */

/* The same question, for the words as they are. */
static void
add_literal_link(struct page *p)
{
	struct site_question sq = p->question;
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	sq.is_literal = true;
	sq.vanaf = 0;
	site_question_print(&sq, &url);
	page_html(p, " ");
	page_link_question(p, " rel=\"nofollow\"", &url);
	page_text(p, "Zoek alleen de woorden die u typte");
	page_html(p, "</a>");
}

/* ---- corrections ---- */

static void
add_correction(struct page *p, const char *correction)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	page_html(p, "<p class=\"correctie\">");
	page_text(p, "Bedoelde u:");
	page_html(p, " ");
	if (p->has_endpoint) {
		site_question_print_typed(&p->question, correction, &url);
		page_link_question(p, "", &url);
	}
	page_html(p, "<strong>");
	page_escape(p, correction);
	page_html(p, p->has_endpoint ? "</strong></a></p>\n" :
	    "</strong></p>\n");
}

/* ---- how it was read ---- */

/* What was typed, with single spaces. */
static void
squeeze(const char *s, struct buf *out)
{
	size_t n;

	for (; *(s += strspn(s, " \t\n")) != '\0'; s += n) {
		n = strcspn(s, " \t\n");
		if (out->len > 0)
			buf_addc(out, ' ');
		buf_add(out, s, n);
	}
}

/* Only where that is not what was typed. */
static void
add_reading(struct page *p)
{
	const struct query *q = p->view->query;
	CLEAN(query_clear) struct query typed;
	CLEAN(buf_clear) struct buf as_typed = BUF_INIT, read = BUF_INIT;
	struct error ignored = ERROR_INIT;

	query_init(&typed, q->peil_ymd);
	query_set(&typed, "q", q->q, &ignored);
	query_print(&typed, &read);
	squeeze(q->q, &as_typed);
	if (strcmp(buf_str(&as_typed), buf_str(&read)) == 0)
		return;
	page_html(p, "<p class=\"gelezen\">");
	page_text(p, "Gelezen als:");
	page_html(p, " <code lang=\"nl\">");
	if (read.len > 0)
		page_escape(p, read.s);
	else
		page_text(p, "alle documenten");
	page_html(p, "</code></p>\n");
}

void
page_notes(struct page *p)
{
	const struct result *r = p->view->result;
	size_t i;

	if (r->correction != NULL)
		add_correction(p, r->correction);
	add_reading(p);
	for (i = 0; i < r->notes.count; i++) {
		const struct note *note = &r->notes.items[i];

		page_html(p, "<p class=\"melding\">");
		page_note(p, note);
		if (p->has_endpoint && (note->kind == NOTE_ALSO ||
		    note->kind == NOTE_ALSO_MORE))
			add_literal_link(p);
		page_html(p, "</p>\n");
	}
}
