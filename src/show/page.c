#include <config.h>

#include "show/page.h"

#include "show/pageparts.h"
#include "show/said.h"

static void
add_heading(struct page *p)
{
	page_html(p, "<h1>");
	page_text(p, "Zoeken in documenten");
	page_html(p, "</h1>\n");
}

/* ---- around the answer ---- */

static void
add_coverage(struct page *p)
{
	const struct result *r = p->view->result;
	char all[16], unsearchable[16];

	page_html(p, "<p class=\"dekking\">");
	if (r->coverage_unsearchable == 0)
		page_count(p, r->coverage_documents,
		    "Doorzocht: %s document.", "Doorzocht: %s documenten.");
	else
		page_text(p, "Doorzocht: %s documenten, waarvan %s niet op "
		    "tekst doorzoekbaar. Die vindt u alleen op hun titel en "
		    "kenmerken.", page_number(p, r->coverage_documents, all),
		    page_number(p, r->coverage_unsearchable, unsearchable));
	page_html(p, "</p>\n");
}

/* The same answer for programs that read it. */
static void
add_other_forms(struct page *p)
{
	CLEAN(buf_clear) struct buf feed = BUF_INIT, json = BUF_INIT;

	site_url(p->site, "/feed.atom", NULL, false, &feed);
	site_question_print(&p->question, &feed);
	site_url(p->site, "/v1/documenten", NULL, false, &json);
	site_question_print(&p->question, &json);
	page_html(p, "<ul class=\"andere-vormen\">\n<li>");
	page_link(p, " rel=\"nofollow\"", &feed);
	page_text(p, "Volg deze zoekvraag (Atom-feed)");
	page_html(p, "</a></li>\n<li>");
	page_link(p, " rel=\"nofollow\"", &json);
	page_text(p, "Deze resultaten als gegevens (JSON)");
	page_html(p, "</a></li>\n</ul>\n");
}

static void
add_footer(struct page *p, bool is_answer)
{
	page_html(p, "</main>\n<footer>\n");
	add_coverage(p);
	if (is_answer && p->has_endpoint)
		add_other_forms(p);
	page_html(p, "</footer>\n");
	page_end(p);
}

/* What has to be said about the kinds of documents that are shown. */
static void
add_disclaimers(struct page *p)
{
	const struct disclaimer *found[SHOW_MAX_DISCLAIMERS];
	size_t n = disclaimers_of(p->view->result, found, NELEM(found)), i;

	if (n == 0)
		return;
	page_html(p, "<section class=\"over\" aria-labelledby=\"over\">\n"
	    "<h2 id=\"over\">");
	page_text(p, "Over deze documenten");
	page_html(p, "</h2>\n");
	for (i = 0; i < n; i++) {
		page_html(p, "<h3>");
		page_escape(p, page_label(p, FIELD_SOORT, found[i]->soort));
		page_html(p, "</h3>\n<p");
		page_lang(p, "nl");
		page_html(p, ">");
		page_escape(p, found[i]->kort);
		page_html(p, "</p>\n<details>\n<summary>");
		page_text(p, "De hele toelichting");
		page_html(p, "</summary>\n<p");
		page_lang(p, "nl");
		page_html(p, ">");
		page_escape(p, found[i]->tekst);
		page_html(p, "</p>\n</details>\n");
	}
	page_html(p, "</section>\n");
}

/* ---- paging ---- */

static void
add_page_link(struct page *p, unsigned vanaf, const char *class,
    const char *text)
{
	struct site_question sq = p->question;
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	sq.vanaf = vanaf;
	site_question_print(&sq, &url);
	page_link_question(p, class, &url);
	page_escape(p, page_said(p, text));
	page_html(p, "</a>\n");
}

/* Where this page is among all hits, and those beside it. */
static void
add_paging(struct page *p)
{
	const struct result *r = p->view->result;
	const struct query *q = p->view->query;
	unsigned end = q->vanaf + (unsigned)r->nhits;
	char from[16], to[16], total[16];

	if (r->nhits == 0 || (q->vanaf == 0 && end >= r->total))
		return;
	page_html(p, "<nav class=\"bladeren\" aria-label=\"");
	page_attr(p, "Bladeren");
	page_html(p, "\">\n");
	if (p->has_endpoint && q->vanaf > 0)
		add_page_link(p, q->vanaf > q->aantal ? q->vanaf - q->aantal :
		    0, " rel=\"prev\"", PAGE_N("Vorige pagina"));
	page_html(p, "<p>");
	page_text(p, "%s tot en met %s van %s",
	    page_number(p, q->vanaf + 1, from), page_number(p, end, to),
	    page_number(p, r->total, total));
	page_html(p, "</p>\n");
	if (p->has_endpoint && end < r->total && end <= QUERY_SITE_RANK)
		add_page_link(p, end, " rel=\"next\"", PAGE_N("Volgende pagina"));
	page_html(p, "</nav>\n");
	if (p->has_endpoint && end < r->total && end > QUERY_SITE_RANK) {
		page_html(p, "<p class=\"melding\">");
		page_text(p, "Verder bladeren kan niet. Maak uw vraag preciezer "
		    "om de andere documenten te zien.");
		page_html(p, "</p>\n");
	}
}

/* ---- nothing found ---- */

/* Without what was chosen, if there are words to look for. */
static void
add_without_filters(struct page *p)
{
	struct site_question bare = { .typed = p->question.words };
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	if (!p->has_endpoint || p->question.nfilters == 0 ||
	    *p->question.words == '\0')
		return;
	site_question_print(&bare, &url);
	page_html(p, "<li>");
	page_link_question(p, "", &url);
	page_text(p, "Zoek met dezelfde woorden in alle documenten");
	page_html(p, "</a></li>\n");
}

static void
add_expanding(struct page *p)
{
	struct site_question sq = p->question;
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	if (!p->has_endpoint || !sq.is_literal)
		return;
	sq.is_literal = false;
	sq.vanaf = 0;
	site_question_print(&sq, &url);
	page_html(p, "<li>");
	page_link_question(p, "", &url);
	page_text(p, "Zoek ook naar woorden met dezelfde betekenis");
	page_html(p, "</a></li>\n");
}

static void
add_tip(struct page *p, const char *text)
{
	page_html(p, "<li>");
	page_escape(p, page_said(p, text));
	page_html(p, "</li>\n");
}

static void
add_help(struct page *p)
{
	page_html(p, "<p>");
	page_text(p, "Dit kunt u proberen:");
	page_html(p, "</p>\n<ul class=\"tips\">\n");
	add_without_filters(p);
	add_expanding(p);
	add_tip(p, PAGE_N("Kijk of alles goed gespeld is."));
	add_tip(p, PAGE_N("Gebruik minder woorden, of andere."));
	add_tip(p, PAGE_N("Zoekt u een bepaald document? Typ dan het nummer of "
	    "een paar woorden uit de titel."));
	page_html(p, "</ul>\n");
	page_advice(p);
}

/* The page asked for lies behind the last one. */
static void
add_past_end(struct page *p)
{
	page_html(p, "<p>");
	page_text(p, "Zo veel documenten zijn er niet.");
	page_html(p, "</p>\n");
	if (p->has_endpoint) {
		page_html(p, "<p>");
		add_page_link(p, 0, "", PAGE_N("Naar het eerste document"));
		page_html(p, "</p>\n");
	}
}

/* ---- the answer ---- */

/* How many there are: what a screen reader says first. */
static void
add_total(struct page *p)
{
	const struct result *r = p->view->result;
	const struct query *q = p->view->query;
	CLEAN(buf_clear) struct buf day = BUF_INIT;
	char digits[16];

	page_html(p, "<p class=\"totaal\" role=\"status\"><strong>");
	if (r->total == 0)
		page_text(p, "Niets gevonden");
	else
		page_count(p, r->total, "%s document gevonden",
		    "%s documenten gevonden");
	page_html(p, "</strong>");
	if (q->text != NULL && r->with_all_words < r->total) {
		page_html(p, ", ");
		page_text(p, r->with_all_words == 0 ?
		    PAGE_N("geen met alle woorden") :
		    PAGE_N("waarvan %s met alle woorden"),
		    page_number(p, r->with_all_words, digits));
	}
	page_html(p, ".");
	if (r->total > 0) {
		page_day(p, q->peil_ymd, &day);
		page_html(p, " <span class=\"peildatum\">");
		page_text(p, "Geldigheid op %s.", day.s);
		page_html(p, "</span>");
	}
	page_html(p, "</p>\n");
}

static void
add_hits(struct page *p)
{
	const struct result *r = p->view->result;
	size_t i;

	if (p->view->query->vanaf == 0)
		page_html(p, "<ol class=\"resultaten\">\n");
	else
		buf_addf(p->out, "<ol class=\"resultaten\" start=\"%u\">\n",
		    p->view->query->vanaf + 1);
	for (i = 0; i < r->nhits; i++)
		page_hit(p, &r->hits[i]);
	page_html(p, "</ol>\n");
}

static void
add_narrowing(struct page *p, const char *heading)
{
	page_html(p, "<aside aria-labelledby=\"filters\">\n"
	    "<h2 id=\"filters\" tabindex=\"-1\">");
	page_escape(p, page_said(p, heading));
	page_html(p, "</h2>\n");
	page_facets(p);
	page_html(p, "</aside>\n");
}

static void
add_answer(struct page *p)
{
	const struct result *r = p->view->result;

	page_chosen(p);
	page_html(p, "<div class=\"kolommen\">\n<div class=\"antwoord\">\n"
	    "<section aria-labelledby=\"resultaten\">\n"
	    "<h2 id=\"resultaten\" tabindex=\"-1\" class=\"vh\">");
	page_text(p, "Resultaten");
	page_html(p, "</h2>\n");
	add_total(p);
	page_notes(p);
	if (r->total > 0 && p->has_endpoint && page_has_facets(r)) {
		page_html(p, "<p class=\"naar-filters\"><a href=\"#filters\">");
		page_text(p, "Verfijnen");
		page_html(p, "</a></p>\n");
	}
	if (r->nhits > 0)
		add_hits(p);
	else if (r->total == 0)
		add_help(p);
	else if (p->view->query->aantal > 0)
		add_past_end(p);
	add_paging(p);
	page_html(p, "</section>\n");
	add_disclaimers(p);
	page_html(p, "</div>\n");
	if (page_has_facets(r))
		add_narrowing(p, PAGE_N("Verfijnen"));
	page_html(p, "</div>\n");
}

/* ---- pages ---- */

/* Nothing is asked yet: say what can be. */
static bool
is_start(const struct page *p)
{
	const struct site_question *sq = &p->question;

	return p->has_endpoint && *p->view->query->q == '\0' &&
	    *sq->typed == '\0' && sq->nfilters == 0 && sq->vanaf == 0 &&
	    sq->sort == NULL && sq->peildatum == NULL;
}

static void
add_start(struct page *p)
{
	struct site_question all = { .sort = query_sort_name(SORT_DATE),
	    .typed = "" };
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	page_html(p, "<div class=\"kolommen\">\n<div class=\"antwoord\">\n<p>");
	page_text(p, "U vindt hier documenten over verblijf, asiel en "
	    "Nederlanderschap. Zoek op gewone woorden, op het nummer van een "
	    "document of op een artikel van een wet.");
	page_html(p, "</p>\n<h2>");
	page_text(p, "Voorbeelden");
	page_html(p, "</h2>\n");
	page_examples(p);
	page_advice(p);
	page_html(p, "<p>");
	site_question_print(&all, &url);
	page_link_question(p, "", &url);
	page_text(p, "Alle documenten, de nieuwste eerst");
	page_html(p, "</a></p>\n</div>\n");
	if (page_has_facets(p->view->result))
		add_narrowing(p, PAGE_N("Of kies uit alle documenten"));
	page_html(p, "</div>\n");
}

/* What the form says, where there is none: in a file, or on paper. */
static void
add_asked(struct page *p)
{
	if (*p->question.typed == '\0')
		return;
	page_html(p, p->has_endpoint ? "<p class=\"alleen-papier\">" : "<p>");
	page_text(p, "Gezocht naar:");
	page_html(p, " <strong>");
	page_escape(p, p->question.typed);
	page_html(p, "</strong></p>\n");
}

void
out_html(const struct view *v, struct buf *out)
{
	struct page p = { .view = v, .out = out,
	    .site = v->site != NULL ? v->site : &site_none };
	bool start;

	p.has_endpoint = p.site->base != NULL;
	site_question_read(v->query, &p.question);
	start = is_start(&p);
	page_begin(&p, start ? NULL : *p.question.typed != '\0' ?
	    p.question.typed : page_said(&p, PAGE_N("Documenten")), !start);
	add_heading(&p);
	if (p.has_endpoint)
		page_form(&p);
	add_asked(&p);
	if (start)
		add_start(&p);
	else
		add_answer(&p);
	add_footer(&p, !start);
	site_question_clear(&p.question);
}
