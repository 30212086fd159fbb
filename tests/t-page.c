#include <config.h>

#include "show/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/lists.h"
#include "show/output.h"
#include "show/translate.h"
#include "hostile.h"
#include "pagecheck.h"
#include "tap.h"

static const struct site dutch = { .base = "", .origin = "https://zoek.nl",
	.documents = "https://documenten.nl/c" };
static const struct site english = { .base = "/cgi-bin/naslag.cgi",
	.documents = "https://documenten.nl/c", .is_english = true };

static void
render(const struct hostile *a, const struct site *site, struct buf *out)
{
	const struct view v = { .query = &a->q, .result = &a->r, .site = site };

	buf_cut(out, 0);
	out_html(&v, out);
}

/* ---- payloads ---- */

static void
test_payloads(char **payloads, size_t n)
{
	static const struct site *const sites[] = { &dutch, &english, NULL };
	CLEAN(buf_clear) struct buf page = BUF_INIT;
	size_t part, i, j, bad;
	const char *f;

	for (part = PART_Q; part < NPARTS; part++) {
		for (i = bad = 0; i < n; i++) {
			CLEAN(hostile_clear) struct hostile a;

			hostile_make(&a, (enum part)part, payloads[i]);
			for (j = 0; j < NELEM(sites); j++) {
				render(&a, sites[j], &page);
				if ((f = page_fault(&page)) != NULL && ++bad <= 3)
					printf("# %s: %s\n", f, payloads[i]);
			}
		}
		ok(bad == 0, "%s stays text", part_names[part]);
	}
	for (i = bad = 0; i < n; i++) {
		struct error err = ERROR_INIT;

		error_set(&err, ERROR_QUERY, "sorteer ‘%s’ bestaat niet; "
		    "mogelijk is: relevantie, datum, titel", payloads[i]);
		buf_cut(&page, 0);
		page_error(i % 2 ? &dutch : &english, 400, &err, payloads[i],
		    "number", &page);
		if ((f = page_fault(&page)) != NULL && ++bad <= 3)
			printf("# %s: %s\n", f, payloads[i]);
	}
	ok(bad == 0, "and so does an error's message");
}

/* ---- what is said ---- */

static int
says(const struct buf *page, const char *s)
{
	if (strstr(page->s, s) != NULL)
		return 1;
	printf("# no %s\n", s);
	return 0;
}

static const struct {
	const char *title, *dutch, *english;
} sayings[] = {
	{ "how many there are, and how many have all words",
	    "<strong>42 documenten gevonden</strong>, waarvan 7 met alle woorden.",
	    "<strong>42 documents found</strong>, of which 7 with all words." },
	{ "as a status", "role=\"status\"", "role=\"status\"" },
	{ "what is asked, and which page", "<title>bekering – pagina 2 – "
	    "Zoeken in documenten</title>", "<title>bekering – page 2 – "
	    "Search documents</title>" },
	{ "the day of the validity", "Geldigheid op 1 juli 2014.",
	    "Validity on 1 July 2014." },
	{ "that a document is not valid, in words", "<strong>Vervallen:"
	    "</strong> gold van 1 juli 2014 tot en met 30 juni 2015",
	    "<strong>No longer valid:</strong> was valid from 1 July 2014 up "
	    "to and including 30 June 2015" },
	{ "format and pages", "(PDF, 12 pagina’s)", "(PDF, 12 pages)" },
	{ "what was looked for", "<mark>", "<mark>" },
	{ "the page, and opens it", "href=\"https://documenten.nl/c/map/a.pdf"
	    "#page=3\">Pagina 3<", "#page=3\">Page 3<" },
	{ "another language than the page's", "<span lang=\"en\">Titel",
	    "<p class=\"melding\">Also searched for: <span lang=\"nl\">"
	    "bekeerling</span>." },
	{ "where documents can be found besides", "Ook als: <a href=\"https://"
	    "documenten.nl/c/map/a.docx\">a.docx</a>", "Also as:" },
	{ "labels, not values", "<li>Werkinstructie</li>",
	    "<li>Work instruction</li>" },
	{ "what is chosen, to be removed one by one",
	    "&amp;thema=Asiel&amp;datum=2014-01-01..2014-12-31\">"
	    "Soort document: Werkinstructie<span class=\"vh\"> (weghalen)",
	    "Type of document: Work instruction<span class=\"vh\"> (remove)" },
	{ "the facet's number", "<span class=\"waarde\">Werkinstructie</span> "
	    "<span class=\"aantal\">(42)</span>",
	    "<span class=\"waarde\">Work instruction</span> "
	    "<span class=\"aantal\">(42)</span>" },
	{ "validity that nothing has, without a link", "<li><span "
	    "class=\"waarde\">Nog niet geldig</span> <span "
	    "class=\"aantal\">(0)</span></li>", "Not yet valid" },
	{ "remarks", "Ook gezocht naar: bekeerling.",
	    "Also searched for: <span lang=\"nl\">bekeerling</span>." },
	{ "remarks with a number", "Alleen de eerste 64 woorden zijn gebruikt.",
	    "Only the first 64 words were used." },
	{ "why a value is none", "Ongeldige datum ‘3..2’: het begin ligt na "
	    "het einde; als gewone woorden gelezen.", "Invalid <span "
	    "lang=\"nl\">datum</span> ‘<span lang=\"nl\">3..2</span>’: the "
	    "beginning is after the end; read as ordinary words." },
	{ "remarks of two parts", "Niets gevonden voor ‘bekeerling’; dit zijn "
	    "de antwoorden op ‘bekeerling’.", "Nothing found for ‘<span "
	    "lang=\"nl\">bekeerling</span>’; these are the answers to ‘<span "
	    "lang=\"nl\">bekeerling</span>’." },
	{ "how not to look for other words", "uitbreiden=nee&amp;",
	    "Search only for the words you typed" },
	{ "a correction that keeps what is chosen",
	    "?q=bekering&amp;peildatum=2014-07-01&amp;soort=werkinstructie",
	    "Did you mean:" },
	{ "where one is", "11 tot en met 11 van 42", "11 to 11 of 42" },
	{ "what was searched, and what could not be",
	    "Doorzocht: 1.252 documenten, waarvan 9 niet op tekst doorzoekbaar.",
	    "Searched: 1,252 documents, of which 9 not by their text." },
	{ "the disclaimer of the soort", "Een procedurele instructie",
	    "<p lang=\"nl\">Een procedurele instructie" },
	{ "the page in the other language", "<a lang=\"en\" hreflang=\"en\" "
	    "href=\"/en/?q=bekering&amp;", "href=\"/cgi-bin/naslag.cgi/?q=" },
	{ "what replaced it", "Vervangen door <a href=\"/?q=WI%202015%2F1\">"
	    "WI 2015/1</a>", "Replaced by <a href=\"/cgi-bin/naslag.cgi/en/?q=" },
	{ "the rest of the question to the form",
	    "hidden aria-label=\"werkinstructie\" name=\"soort\" "
	    "value=\"werkinstructie\">",
	    "hidden aria-label=\"2014-01-01..2014-12-31\" "
	    "name=\"datum\" value=\"2014-01-01" },
	{ "the date of reference in the form", "name=\"peildatum\" "
	    "aria-describedby=\"peildatum-uitleg\" value=\"2014-07-01\"",
	    "value=\"2014-07-01\"" },
};

static void
test_sayings(void)
{
	CLEAN(hostile_clear) struct hostile a;
	CLEAN(buf_clear) struct buf page = BUF_INIT, other = BUF_INIT;
	size_t i;

	hostile_make(&a, PART_NONE, NULL);
	render(&a, &dutch, &page);
	render(&a, &english, &other);
	for (i = 0; i < NELEM(sayings); i++)
		ok(says(&page, sayings[i].dutch) &&
		    says(&other, sayings[i].english), "it says %s",
		    sayings[i].title);
	ok(strstr(page.s, "autofocus") == NULL, "results keep the focus");
	ok(strstr(page.s, "<script") == NULL && strstr(page.s, " style=") ==
	    NULL, "no script, no style of its own");
	render(&a, NULL, &page);
	ok(strstr(page.s, "<form") == NULL && strstr(page.s, "href=\"/") ==
	    NULL, "without an endpoint nothing leads to one");
	ok(says(&page, "<style>") && says(&page, "Gezocht naar: <strong>"
	    "bekering</strong>"), "and the page is complete in itself");
}

static void
test_start(void)
{
	CLEAN(hostile_clear) struct hostile a = { .r = { .total = 42 } };
	CLEAN(buf_clear) struct buf page = BUF_INIT;

	query_init(&a.q, TODAY);
	result_init_facets(&a.r);
	add_value(&a.r, FIELD_SOORT, "werkinstructie", 42, false);
	render(&a, &dutch, &page);
	ok(page_fault(&page) == NULL && says(&page, "Voorbeelden") &&
	    says(&page, " autofocus") && says(&page, "?soort=werkinstructie"),
	    "the first page says what can be asked");
	ok(strstr(page.s, "noindex") == NULL && says(&page,
	    "<title>Zoeken in documenten</title>"), "and may be found itself");
	a.q.vanaf = 100;
	render(&a, &dutch, &page);
	ok(page_fault(&page) == NULL && says(&page, "Zo veel documenten zijn er niet"),
	    "behind the last page is a way back");
}

static void
test_nothing(void)
{
	CLEAN(hostile_clear) struct hostile a = { .r = { .total = 0 } };
	CLEAN(buf_clear) struct buf page = BUF_INIT;
	struct error err = ERROR_INIT;

	query_init(&a.q, TODAY);
	query_set(&a.q, "q", "soort:WI zzz", &err);
	query_set(&a.q, "uitbreiden", "nee", &err);
	result_init_facets(&a.r);
	render(&a, &dutch, &page);
	ok(page_fault(&page) == NULL && says(&page, "Niets gevonden") &&
	    says(&page, "<a href=\"/?q=zzz\">Zoek met dezelfde woorden in alle "
	    "documenten</a>") && says(&page, "<a href=\"/?q=soort%3AWI%20zzz\">"
	    "Zoek ook naar woorden"), "a page without hits says what to try");
	ok(says(&page, "Gelezen als: <code lang=\"nl\">"
	    "zzz soort:werkinstructie</code>"),
	    "and how the question was read");
}

static void
test_errors(void)
{
	static const int statuses[] = { 400, 404, 405, 500, 503, 999 };
	CLEAN(buf_clear) struct buf page = BUF_INIT, last = BUF_INIT;
	struct error err = ERROR_INIT;
	size_t i;

	for (i = 0; i < NELEM(statuses); i++) {
		buf_cut(&page, 0);
		page_error(i % 2 ? &dutch : &english, statuses[i], NULL, NULL,
		    NULL, &page);
		ok(page_fault(&page) == NULL && says(&page, "role=\"search\""),
		    "the page of status %d helps", statuses[i]);
	}
	error_set(&err, ERROR_QUERY, "de vraag is te zwaar: %zu %s, hoogstens "
	    "%zu", (size_t)40, "verschillende woorden", (size_t)32);
	page_error(&dutch, 400, &err, "a \"b\"", "abc", &last);
	ok(says(&last, ">De vraag is te zwaar: 40 verschillende woorden, "
	    "hoogstens 32.<") && says(&last, "melding: abc"),
	    "a message is a sentence, and has its number");
	ok(says(&last, "value=\"a &quot;b&quot;\""),
	    "what was typed is there to be mended");
	buf_cut(&page, 0);
	page_error(&english, 400, &err, NULL, NULL, &page);
	ok(says(&page, ">The question asks too much: 40 different words, at "
	    "most 32.<"), "a message is in English, what is filled in too");
	error_set(&err, ERROR_QUERY, "iets nieuws met ‘%s’", "Asiel");
	buf_cut(&page, 0);
	page_error(&english, 400, &err, NULL, NULL, &page);
	ok(says(&page, "<span lang=\"nl\">Iets nieuws met ‘Asiel’</span>."),
	    "one that has no translation is said to be Dutch");
	buf_cut(&page, 0);
	page_error(&site_none, 503, NULL, NULL, NULL, &page);
	ok(page_fault(&page) == NULL, "there is one without an endpoint");
}

int
main(void)
{
	static char *payloads[MAX_PAYLOADS];
	struct error err = ERROR_INIT;
	size_t n, i;

	if (lists_load(&err) == -1 || translate_load(&err) == -1) {
		printf("Bail out! %s\n", err.msg);
		return 1;
	}
	test_sayings();
	test_start();
	test_nothing();
	test_errors();
	n = read_payloads(payloads);
	ok(n >= 200, "there are %zu attacks to try", n);
	test_payloads(payloads, n);
	for (i = 0; i < n; i++)
		free(payloads[i]);
	translate_free();
	lists_free();
	return tap_done();
}
