#include <config.h>

#include "show/pageparts.h"

#include <string.h>

/* ---- remarks ---- */

#define MAX_SLOTS 3

struct slots {
	struct buf items[MAX_SLOTS];
	size_t count;
};

static void
slots_clear(struct slots *s)
{
	size_t i;

	for (i = 0; i < MAX_SLOTS; i++)
		buf_clear(&s->items[i]);
	s->count = 0;
}

/*
 * The remarks that come with an answer, as they are made elsewhere in Dutch:
 * by these they are recognised, for a page in English.
 */
static const char also[] = PAGE_N("Ook gezocht naar: %s.");
static const char *const remarks[] = {
	also,
	PAGE_N("Niets gevonden voor ‘%s’; dit zijn de antwoorden op ‘%s’."),
	PAGE_N("Geen document is of noemt %s."),
	PAGE_N("NABIJ werkt alleen tussen losse woorden; gelezen als EN."),
	PAGE_N("Alleen de eerste %s woorden zijn gebruikt."),
	PAGE_N("Vóór een sterretje zijn ten minste %s tekens nodig; ‘%s’ is "
	    "als gewoon woord gelezen."),
	PAGE_N("De gevonden tekst van %s is die van een eerdere versie: het "
	    "bestand is sinds %s niet te lezen."),
};

/*
 * Whether a remark is one of a kind, and what stands in its slots: as little
 * as can be, but in the last one, which reaches up to the remark's end.
 */
static bool
matches(const char *remark, const char *kind, struct slots *slots)
{
	size_t len;
	const char *slot, *next, *end;

	for (;; kind = next) {
		slot = strstr(kind, "%s");
		len = slot != NULL ? (size_t)(slot - kind) : strlen(kind);
		if (strncmp(remark, kind, len) != 0)
			return false;
		remark += len;
		if (slot == NULL)
			return *remark == '\0';
		next = slot + 2;
		len = strcspn(next, "%");
		if (slots->count == MAX_SLOTS || strlen(remark) < len)
			return false;
		/* The text behind the slot, or the end of both. */
		if (next[len] == '\0')
			end = remark + strlen(remark) - len;
		else {
			CLEAN(str_free) char *behind = xstrndup(next, len);

			if ((end = strstr(remark, behind)) == NULL)
				return false;
		}
		buf_add(&slots->items[slots->count++], remark,
		    (size_t)(end - remark));
		remark = end;
	}
}

/* In English as far as it is known; else in Dutch, and said to be. */
static void
add_remark(struct page *p, const char *remark)
{
	size_t i;

	for (i = 0; i < NELEM(remarks) && p->site->is_english; i++) {
		CLEAN(slots_clear) struct slots slots = { 0 };

		if (!matches(remark, remarks[i], &slots))
			continue;
		page_text(p, remarks[i], buf_str(&slots.items[0]),
		    buf_str(&slots.items[1]), buf_str(&slots.items[2]));
		return;
	}
	page_html(p, "<span");
	page_lang(p, "nl");
	page_html(p, ">");
	page_escape(p, remark);
	page_html(p, "</span>");
}

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
	size_t also_len = strcspn(also, "%"), i;

	if (r->correction != NULL)
		add_correction(p, r->correction);
	add_reading(p);
	for (i = 0; i < r->nnotes; i++) {
		page_html(p, "<p class=\"melding\">");
		add_remark(p, r->notes[i]);
		if (p->has_endpoint &&
		    strncmp(r->notes[i], also, also_len) == 0)
			add_literal_link(p);
		page_html(p, "</p>\n");
	}
}
