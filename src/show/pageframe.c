#include <config.h>

#include "show/page.h"

#include "base/tsv.h"
#include "show/html.h"
#include "show/pageparts.h"

#define STYLE "stijl.css"

/* ---- the frame ---- */

/* The style sheet of the endpoint, or, without one, that of the data. */
static void
add_style(struct page *p)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct error ignored = ERROR_INIT;

	if (p->has_endpoint) {
		site_url(p->site, "/" STYLE, NULL, false, &b);
		page_html(p, "<link rel=\"stylesheet\" href=\"");
		html_attr(buf_str(&b), p->out);
		page_html(p, "\">\n");
	} else if (data_read(STYLE, &b, &ignored) == 0) {
		page_html(p, "<style>\n");
		page_html(p, buf_str(&b));
		page_html(p, "</style>\n");
	}
}

/* An address that the page is about, or is one of. */
static void
add_head_link(struct page *p, const char *attributes, const struct buf *url)
{
	page_html(p, "<link ");
	page_html(p, attributes);
	page_html(p, " href=\"");
	html_attr(buf_str(url), p->out);
	page_html(p, "\">\n");
}

static void
add_head_links(struct page *p)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	site_url(p->site, "/opensearch.xml", NULL, false, &b);
	page_html(p, "<link rel=\"search\" title=\"");
	page_attr(p, "Zoeken in documenten");
	page_html(p, "\" type=\"application/opensearchdescription+xml\" href=\"");
	html_attr(b.s, p->out);
	page_html(p, "\">\n");
	if (p->view == NULL)
		return;
	buf_cut(&b, 0);
	site_url(p->site, "/feed.atom", NULL, false, &b);
	site_question_print(&p->question, &b);
	add_head_link(p, "rel=\"alternate\" type=\"application/atom+xml\"", &b);
}

/* The title: what was asked, which page of the answer, where. */
static void
add_title(struct page *p, const char *title)
{
	const struct query *q = p->view != NULL ? p->view->query : NULL;
	char digits[16];

	page_html(p, "<title>");
	if (title != NULL) {
		page_escape(p, title);
		if (q != NULL && q->aantal > 0 && q->vanaf >= q->aantal) {
			page_html(p, " – ");
			page_text(p, "pagina %s", page_number(p,
			    q->vanaf / q->aantal + 1, digits));
		}
		page_html(p, " – ");
	}
	page_text(p, "Zoeken in documenten");
	page_html(p, "</title>\n");
}

/* The same page in the other language, by its own name. */
static void
add_language_link(struct page *p)
{
	struct site other = *p->site;
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	other.is_english = !other.is_english;
	site_url(&other, "/", NULL, false, &b);
	if (p->view != NULL)
		site_question_print(&p->question, &b);
	page_html(p, "<header>\n<p class=\"taal\">");
	page_link(p, other.is_english ? " lang=\"en\" hreflang=\"en\"" :
	    " lang=\"nl\" hreflang=\"nl\"", &b);
	page_html(p, other.is_english ? "English" : "Nederlands");
	page_html(p, "</a></p>\n</header>\n");
}

void
page_begin(struct page *p, const char *title, bool is_answer)
{
	page_html(p, "<!DOCTYPE html>\n<html lang=\"");
	page_html(p, p->site->is_english ? "en" : "nl");
	page_html(p, "\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n");
	if (title != NULL)
		page_html(p, "<meta name=\"robots\" content=\"noindex\">\n");
	add_title(p, title);
	add_style(p);
	if (p->has_endpoint)
		add_head_links(p);
	page_html(p, "</head>\n<body>\n");
	page_html(p, "<a class=\"overslaan\" href=\"#");
	page_html(p, is_answer ? "resultaten\">" : "inhoud\">");
	page_escape(p, page_said(p, is_answer ?
	    PAGE_N("Naar de resultaten") : PAGE_N("Naar de inhoud")));
	page_html(p, "</a>\n");
	if (p->has_endpoint)
		add_language_link(p);
	page_html(p, "<main id=\"inhoud\">\n");
}

void
page_end(struct page *p)
{
	page_html(p, "</body>\n</html>\n");
}

/* ---- errors ---- */

static const struct {
	int status;
	const char *title, *text;
} errors[] = {
	{ 400, PAGE_N("Deze vraag kan niet worden beantwoord"),
	    PAGE_N("Pas uw vraag aan en zoek opnieuw.") },
	{ 404, PAGE_N("Deze pagina bestaat niet"),
	    PAGE_N("Misschien is het adres niet goed getypt, of is de pagina "
	    "weg.") },
	{ 405, PAGE_N("Dit kan hier niet"),
	    PAGE_N("Deze pagina kan alleen worden opgevraagd.") },
	{ 503, PAGE_N("Zoeken kan nu even niet"),
	    PAGE_N("Probeer het over een paar minuten nog eens.") },
	{ 0, PAGE_N("Er ging iets mis"),
	    PAGE_N("Dat ligt niet aan u. Probeer het later nog eens.") },
};

void
page_error(const struct site *site, int status, const struct error *why,
    const char *typed, const char *number, struct buf *out)
{
	struct page p = { .site = site, .out = out, .question.typed = typed,
	    .has_endpoint = site->base != NULL };
	size_t i = 0;

	while (errors[i].status != 0 && errors[i].status != status)
		i++;
	page_begin(&p, page_said(&p, errors[i].title), false);
	page_html(&p, "<h1>");
	page_escape(&p, page_said(&p, errors[i].title));
	page_html(&p, "</h1>\n");
	if (why != NULL) {
		page_html(&p, "<p class=\"melding\">");
		page_message(&p, why);
		page_html(&p, ".</p>\n");
	}
	page_html(&p, "<p>");
	page_escape(&p, page_said(&p, errors[i].text));
	page_html(&p, "</p>\n");
	if (p.has_endpoint)
		page_form(&p);
	if (number != NULL) {
		page_html(&p, "<p class=\"nummer\">");
		page_text(&p, "Nummer van deze melding: %s", number);
		page_html(&p, "</p>\n");
	}
	page_html(&p, "</main>\n");
	page_end(&p);
}
