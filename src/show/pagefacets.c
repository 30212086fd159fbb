#include <config.h>

#include "show/pageparts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

/* So many values are seen at once; so many more on demand. */
#define MAX_SEEN	8
#define MAX_MORE	250

/* ---- what is chosen ---- */

/* "1 januari 2014 tot en met 31 december 2014", and with an open end. */
static void
add_span(struct page *p, const struct filter *f)
{
	CLEAN(buf_clear) struct buf from = BUF_INIT, to = BUF_INIT;
	bool has_from = f->from_ymd != DATE_OPEN_BEGIN;
	bool has_to = f->to_ymd != DATE_OPEN_END;

	if (has_from)
		page_day(p, f->from_ymd, &from);
	if (has_to)
		page_day(p, f->to_ymd, &to);
	if (has_from && has_to && f->from_ymd != f->to_ymd)
		page_text(p, "%s tot en met %s", from.s, to.s);
	else if (has_from && has_to)
		page_escape(p, from.s);
	else if (has_from)
		page_text(p, "vanaf %s", from.s);
	else
		page_text(p, "tot en met %s", to.s);
}

static void
add_filter(struct page *p, const struct filter *f)
{
	page_escape(p, page_said(p, f->field->label));
	page_html(p, ": ");
	if (f->is_excluded) {
		page_text(p, "niet");
		page_html(p, " ");
	}
	if (f->value == NULL)
		add_span(p, f);
	else
		page_escape(p, page_label(p, f->field->id, f->value));
}

/* What stands between these is removed by the link, if there are links. */
static void
begin_removal(struct page *p, const struct buf *without)
{
	page_html(p, "<li>");
	if (p->has_endpoint)
		page_link_question(p, " rel=\"nofollow\"", without);
}

static void
end_removal(struct page *p)
{
	if (p->has_endpoint) {
		page_html(p, "<span class=\"vh\"> (");
		page_text(p, "weghalen");
		page_html(p, ")</span></a>");
	}
	page_html(p, "</li>\n");
}

static void
add_filters(struct page *p)
{
	const struct query *q = p->view->query;
	size_t i;

	for (i = 0; i < q->nfilters; i++) {
		CLEAN(buf_clear) struct buf without = BUF_INIT;

		site_question_print_toggled(&p->question,
		    q->filters[i].field->id, p->question.filters[i].value,
		    &without);
		begin_removal(p, &without);
		add_filter(p, &q->filters[i]);
		end_removal(p);
	}
}

/* The date of reference, and words as they are: chosen too. */
static void
add_settings(struct page *p)
{
	struct site_question without = p->question;
	CLEAN(buf_clear) struct buf url = BUF_INIT, day = BUF_INIT;

	without.vanaf = 0;
	if (p->question.peildatum != NULL) {
		without.peildatum = NULL;
		site_question_print(&without, &url);
		begin_removal(p, &url);
		page_day(p, p->view->query->peil_ymd, &day);
		page_text(p, "Peildatum: %s", day.s);
		end_removal(p);
	}
	if (p->question.is_literal) {
		without.peildatum = p->question.peildatum;
		without.is_literal = false;
		buf_cut(&url, 0);
		site_question_print(&without, &url);
		begin_removal(p, &url);
		page_text(p, "Alleen de woorden die u typte");
		end_removal(p);
	}
}

void
page_chosen(struct page *p)
{
	struct site_question bare = { .typed = p->question.typed };
	CLEAN(buf_clear) struct buf url = BUF_INIT;
	size_t count = p->view->query->nfilters +
	    (p->question.peildatum != NULL) + p->question.is_literal, i;

	if (count == 0)
		return;
	page_html(p, "<div class=\"gekozen\" role=\"group\" "
	    "aria-labelledby=\"gekozen\">\n<p id=\"gekozen\">");
	page_text(p, "Gekozen:");
	page_html(p, "</p>\n<ul>\n");
	add_filters(p);
	add_settings(p);
	page_html(p, "</ul>\n");
	if (count > 1 && p->has_endpoint) {
		for (i = 0; i < p->question.nfilters; i++)
			if (p->question.filters[i].is_typed)
				bare.typed = p->question.words;
		site_question_print(&bare, &url);
		page_html(p, "<p>");
		page_link_question(p, "", &url);
		page_text(p, "Alles weghalen");
		page_html(p, "</a></p>\n");
	}
	page_html(p, "</div>\n");
}

/* ---- facets ---- */

/* Those that are open at first: what most visitors narrow by. */
static const enum field_id open_at_first[] = {
	FIELD_SOORT, FIELD_LAND, FIELD_GELDIGHEID
};

static bool
is_open(const struct facet *f)
{
	size_t i;

	for (i = 0; i < NELEM(open_at_first); i++)
		if (open_at_first[i] == f->field->id)
			return true;
	for (i = 0; i < f->nvalues; i++)
		if (f->values[i].is_chosen)
			return true;
	return false;
}

static int
by_year(const void *a, const void *b)
{
	const struct facet_value *const *x = a, *const *y = b;

	return strcmp((*y)->value, (*x)->value);
}

static void
add_number(struct page *p, uint32_t n)
{
	char digits[16];

	page_html(p, " <span class=\"aantal\">(");
	page_escape(p, page_number(p, n, digits));
	page_html(p, ")</span>");
}

/* A value: a link that chooses it, or takes it back; nothing has it: text. */
static void
add_value(struct page *p, const struct facet *f, const struct facet_value *v)
{
	bool is_link = p->has_endpoint && (v->docs > 0 || v->is_chosen);
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	page_html(p, "<li>");
	if (is_link) {
		site_question_print_toggled(&p->question, f->field->id,
		    v->value, &url);
		page_link_question(p, v->is_chosen ?
		    " rel=\"nofollow\" class=\"is-gekozen\"" :
		    " rel=\"nofollow\"", &url);
	}
	if (v->is_chosen) {
		page_html(p, "<span class=\"vh\">");
		page_text(p, "Gekozen:");
		page_html(p, " </span>");
	}
	page_html(p, "<span class=\"waarde\">");
	page_escape(p, page_label(p, f->field->id, v->value));
	page_html(p, "</span>");
	add_number(p, v->docs);
	if (is_link && v->is_chosen) {
		page_html(p, "<span class=\"vh\"> (");
		page_text(p, "weghalen");
		page_html(p, ")</span>");
	}
	page_html(p, is_link ? "</a></li>\n" : "</li>\n");
}

static void
add_values(struct page *p, const struct facet *f,
    const struct facet_value *const *values, size_t n)
{
	size_t i;

	page_html(p, "<ul>\n");
	for (i = 0; i < n; i++)
		add_value(p, f, values[i]);
	page_html(p, "</ul>\n");
}

static void
add_more_values(struct page *p, const struct facet *f,
    const struct facet_value *const *values, size_t n)
{
	size_t shown = n < MAX_MORE ? n : MAX_MORE;

	page_html(p, "<details class=\"meer\">\n<summary>");
	page_count(p, (uint32_t)n, "Nog %s", "Nog %s");
	page_html(p, "<span class=\"vh\"> (");
	page_escape(p, page_said(p, f->field->label));
	page_html(p, ")</span></summary>\n");
	add_values(p, f, values, shown);
	if (shown < n) {
		page_html(p, "<p>");
		page_count(p, (uint32_t)(n - shown),
		    "en %s andere", "en %s andere");
		page_html(p, "</p>\n");
	}
	page_html(p, "</details>\n");
}

static void
add_facet(struct page *p, const struct facet *f)
{
	const struct facet_value **values =
	    xcalloc(f->nvalues, sizeof *values);
	size_t seen = f->nvalues <= MAX_SEEN + 1 ? f->nvalues : MAX_SEEN, i;

	for (i = 0; i < f->nvalues; i++)
		values[i] = &f->values[i];
	/* Years are looked for in their order, the last ones most. */
	if (f->field->flags & FIELD_YEAR)
		qsort(values, f->nvalues, sizeof *values, by_year);
	page_html(p, is_open(f) ? "<details open>\n<summary>" :
	    "<details>\n<summary>");
	page_escape(p, page_said(p, f->field->label));
	page_html(p, "</summary>\n");
	add_values(p, f, values, seen);
	if (seen < f->nvalues)
		add_more_values(p, f, values + seen, f->nvalues - seen);
	page_html(p, "</details>\n");
	free(values);
}

/* The states of validity are always there, if nothing has one, too. */
static bool
is_of_use(const struct facet *f)
{
	size_t i;

	for (i = 0; i < f->nvalues; i++)
		if (f->values[i].docs > 0 || f->values[i].is_chosen)
			return true;
	return false;
}

bool
page_has_facets(const struct result *r)
{
	size_t i;

	for (i = 0; i < r->nfacets; i++)
		if (is_of_use(&r->facets[i]))
			return true;
	return false;
}

void
page_facets(struct page *p)
{
	const struct result *r = p->view->result;
	size_t i;

	for (i = 0; i < r->nfacets; i++)
		if (is_of_use(&r->facets[i]))
			add_facet(p, &r->facets[i]);
}
