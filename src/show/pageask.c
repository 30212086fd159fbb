#include <config.h>

#include "show/pageparts.h"

#include <stdio.h>

#include "show/html.h"
#include "show/page.h"

/* ---- the form ---- */

static const struct {
	enum query_sort sort;
	const char *text;
} sorts[] = {
	{ SORT_RELEVANCE, PAGE_N("Best passend eerst") },
	{ SORT_DATE, PAGE_N("Nieuwste eerst") },
	{ SORT_TITLE, PAGE_N("Op titel, van A tot Z") },
};

static void
add_name_and_value(struct page *p, const char *key, const char *value)
{
	page_html(p, " name=\"");
	html_attr(key, p->out);
	page_html(p, "\" value=\"");
	html_attr(value, p->out);
	page_html(p, "\"");
}

static void
add_hidden(struct page *p, const char *key, const char *value)
{
	page_html(p, "<input type=\"hidden\"");
	add_name_and_value(p, key, value);
	page_html(p, ">\n");
}

/* A name that may be there more than once is that of a set of boxes. */
static void
add_hidden_box(struct page *p, const char *key, const char *value)
{
	page_html(p, "<input type=\"checkbox\" checked hidden aria-label=\"");
	html_attr(value, p->out);
	page_html(p, "\"");
	add_name_and_value(p, key, value);
	page_html(p, ">\n");
}

/* What was asked and has no field to fill in goes along. */
static void
add_hidden_keys(struct page *p)
{
	const struct site_question *sq = &p->question;
	char digits[16];
	size_t i;

	if (sq->aantal != 0) {
		snprintf(digits, sizeof digits, "%u", sq->aantal);
		add_hidden(p, "aantal", digits);
	}
	if (sq->is_literal)
		add_hidden(p, "uitbreiden", "nee");
	for (i = 0; i < sq->nfilters; i++)
		if (!sq->filters[i].is_typed)
			add_hidden_box(p, sq->filters[i].key,
			    sq->filters[i].value);
}

static void
add_sorts(struct page *p)
{
	enum query_sort chosen = p->view != NULL ? p->view->query->sort :
	    SORT_RELEVANCE;
	size_t i;

	for (i = 0; i < NELEM(sorts); i++) {
		page_html(p, "<option value=\"");
		html_attr(query_sort_name(sorts[i].sort), p->out);
		page_html(p, sorts[i].sort == chosen ? "\" selected>" : "\">");
		page_escape(p, page_said(p, sorts[i].text));
		page_html(p, "</option>\n");
	}
}

/* Folded, on a phone the results come first; so it says what is inside. */
static void
add_chosen_options(struct page *p)
{
	const struct site_question *sq = &p->question;
	CLEAN(buf_clear) struct buf day = BUF_INIT;
	size_t i;

	if (sq->peildatum != NULL) {
		page_day(p, p->view->query->peil_ymd, &day);
		page_html(p, " · ");
		page_escape(p, day.s);
	}
	for (i = 0; i < NELEM(sorts) && sq->sort != NULL; i++)
		if (sorts[i].sort == p->view->query->sort) {
			page_html(p, " · ");
			page_escape(p, page_said(p, sorts[i].text));
		}
}

static void
add_options(struct page *p)
{
	const struct site_question *sq = &p->question;

	page_html(p, "<details class=\"opties\">\n<summary>");
	page_text(p, "Peildatum en volgorde");
	add_chosen_options(p);
	page_html(p, "</summary>\n<div class=\"velden\">\n<div>\n"
	    "<label for=\"peildatum\">");
	page_text(p, "Peildatum");
	page_html(p, "</label>\n<input type=\"date\" id=\"peildatum\" "
	    "name=\"peildatum\" aria-describedby=\"peildatum-uitleg\" value=\"");
	html_attr(sq->peildatum != NULL ? sq->peildatum : "", p->out);
	page_html(p, "\">\n<p class=\"uitleg\" id=\"peildatum-uitleg\">");
	page_text(p, "Bij elk document staat of het op die dag geldig was. "
	    "Vult u niets in, dan is dat vandaag.");
	page_html(p, "</p>\n</div>\n<div>\n<label for=\"sorteer\">");
	page_text(p, "Volgorde");
	page_html(p, "</label>\n<select id=\"sorteer\" name=\"sorteer\">\n");
	add_sorts(p);
	page_html(p, "</select>\n</div>\n<button type=\"submit\">");
	page_text(p, "Toepassen");
	page_html(p, "</button>\n</div>\n</details>\n");
}

void
page_form(struct page *p)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;
	const char *typed = p->question.typed;

	site_url(p->site, "/", NULL, false, &url);
	page_html(p, "<form role=\"search\" method=\"get\" action=\"");
	html_attr(buf_str(&url), p->out);
	page_html(p, "\">\n<label for=\"q\">");
	page_text(p, "Waar zoekt u naar?");
	page_html(p, "</label>\n<div class=\"zoekbalk\">\n<input type=\"search\" "
	    "id=\"q\" name=\"q\" value=\"");
	html_attr(typed != NULL ? typed : "", p->out);
	buf_addf(p->out, "\" maxlength=\"%d\" autocapitalize=\"none\" "
	    "spellcheck=\"false\" enterkeyhint=\"search\"", PAGE_MAX_Q);
	/* Whoever comes to read results is not taken away from them. */
	if (p->view != NULL && *p->view->query->q == '\0' &&
	    p->question.nfilters == 0)
		page_html(p, " autofocus");
	page_html(p, ">\n<button type=\"submit\">");
	page_text(p, "Zoeken");
	page_html(p, "</button>\n</div>\n");
	if (p->view != NULL)
		add_hidden_keys(p);
	add_options(p);
	page_html(p, "</form>\n");
}

/* ---- examples, advice ---- */

/* What one can find: a question, and what it is an example of. */
static const struct {
	const char *q, *text;
} examples[] = {
	{ "dienstplicht", PAGE_N("een onderwerp") },
	{ "\"veilig derde land\"", PAGE_N("precies deze woorden") },
	{ "WI 2014/60", PAGE_N("een document met dit nummer") },
	{ "artikel 29 Vw", PAGE_N("documenten over een artikel van een wet") },
	{ "bekering land:iran", PAGE_N("een onderwerp in één land") },
};

void
page_examples(struct page *p)
{
	size_t i;

	page_html(p, "<ul class=\"voorbeelden\">\n");
	for (i = 0; i < NELEM(examples); i++) {
		const struct site_question sq = { .typed = examples[i].q };
		CLEAN(buf_clear) struct buf url = BUF_INIT;

		page_html(p, "<li>");
		site_question_print(&sq, &url);
		page_link_question(p, " lang=\"nl\"", &url);
		page_escape(p, examples[i].q);
		page_html(p, "</a> <span>");
		page_escape(p, page_said(p, examples[i].text));
		page_html(p, "</span></li>\n");
	}
	page_html(p, "</ul>\n");
}

static const struct {
	const char *typed, *text;
} advice[] = {
	{ "\"veilig derde land\"", PAGE_N("Tussen aanhalingstekens: precies "
	    "deze woorden, in deze volgorde.") },
	{ "+bekering -iran", PAGE_N("Het woord na een plus moet erin staan, "
	    "het woord na een min mag er niet in staan.") },
	{ "asiel OF regulier", PAGE_N("Een van beide woorden. OF schrijft u "
	    "in hoofdletters.") },
	{ "bekeer*", PAGE_N("Alle woorden die zo beginnen.") },
	{ "titel:besluit", PAGE_N("Alleen in de titel.") },
	{ "soort:WI land:syrië datum:2020..2023", PAGE_N("Alleen dit soort "
	    "document, over dit land, uit deze jaren.") },
};

void
page_advice(struct page *p)
{
	size_t i;

	page_html(p, "<details class=\"uitleg-zoeken\">\n<summary>");
	page_text(p, "Zo zoekt u preciezer");
	page_html(p, "</summary>\n<dl>\n");
	for (i = 0; i < NELEM(advice); i++) {
		page_html(p, "<div><dt><code lang=\"nl\">");
		page_escape(p, advice[i].typed);
		page_html(p, "</code></dt>\n<dd>");
		page_escape(p, page_said(p, advice[i].text));
		page_html(p, "</dd></div>\n");
	}
	page_html(p, "</dl>\n</details>\n");
}
