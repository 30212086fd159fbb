#include <config.h>

#include "show/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/lists.h"
#include "show/output.h"
#include "show/translate.h"
#include "tap.h"

#define TODAY 20261122
#define MAX_PAYLOADS 400
#define MAX_DEPTH 64

/* ---- an answer, with one part of it as hostile as can be ---- */

enum part {
	PART_NONE, PART_Q, PART_FILTER, PART_TITLE, PART_PASSAGE, PART_HEADING,
	PART_KENMERK, PART_THEME, PART_PATH, PART_ALSO, PART_URL, PART_FORMAT,
	PART_LANGUAGE, PART_STATUS, PART_SUCCESSOR, PART_CORRECTION, PART_NOTE,
	PART_ALSO_NOTE, NPARTS
};

static const char *const part_names[NPARTS] = {
	"nothing", "the question", "a value asked for", "a title", "a passage",
	"a heading", "a kenmerk", "a value of a facet", "a path",
	"another path", "a url", "a format", "a language", "a status",
	"a successor", "a correction", "a remark", "words also looked for",
};

struct answer {
	struct query q;
	struct result r;
};

static void
answer_clear(struct answer *a)
{
	query_clear(&a->q);
	result_clear(&a->r);
}

static char *
text(enum part part, enum part bad, const char *payload, const char *good)
{
	return xstrdup(part == bad ? payload : good);
}

static void
add_value(struct result *r, enum field_id f, const char *value, uint32_t docs,
    bool is_chosen)
{
	struct facet *facet = result_facet(r, f);

	facet_add(facet, value, strlen(value), docs);
	facet->values[facet->nvalues - 1].is_chosen = is_chosen;
}

static void
make_doc(struct doc *d, enum part bad, const char *s)
{
	CLEAN(str_free) char *title = text(PART_TITLE, bad, s, "Titel");
	CLEAN(str_free) char *kenmerk = text(PART_KENMERK, bad, s, "WI 2014/60");
	CLEAN(str_free) char *format = text(PART_FORMAT, bad, s, "pdf");
	CLEAN(str_free) char *language = text(PART_LANGUAGE, bad, s, "en");

	d->id = xstrdup("PUC_1_1");
	d->pad = text(PART_PATH, bad, s, "map/a.pdf");
	d->url = bad == PART_URL ? xstrdup(s) : NULL;
	d->status = text(PART_STATUS, bad, s, "ok");
	d->van_ymd = 20140701;
	d->tot_ymd = 20150630;
	d->datum_ymd = 20140701;
	d->paginas = 12;
	doc_add(d, FIELD_TITEL, title, ORIGIN_TITLE);
	doc_add(d, FIELD_SOORT, "werkinstructie", ORIGIN_TITLE);
	doc_add(d, FIELD_KENMERK, kenmerk, ORIGIN_TITLE);
	doc_add(d, FIELD_LAND, "SY", ORIGIN_TITLE);
	doc_add(d, FIELD_FORMAAT, format, ORIGIN_DERIVED);
	doc_add(d, FIELD_TAAL, language, ORIGIN_DERIVED);
	doc_list_add(&d->ook_als, &d->nook_als,
	    text(PART_ALSO, bad, s, "map/a.docx"));
}

/* Marks that no text has, too: what is stored may be damaged. */
static void
make_hit(struct hit *h, enum part bad, const char *s)
{
	static const struct mark marks[] = { { 0, 1 }, { 2, 5 }, { 90, 999 } };

	h->rank = 1;
	h->validity = VALIDITY_VERVALLEN;
	make_doc(&h->doc, bad, s);
	h->replaced_by = text(PART_SUCCESSOR, bad, s, "WI 2015/1");
	h->passages = xcalloc(3, sizeof *h->passages);
	for (h->npassages = 0; h->npassages < 3; h->npassages++) {
		struct passage *p = &h->passages[h->npassages];

		p->text = text(PART_PASSAGE, bad, s, "Een stuk tekst");
		p->heading = text(PART_HEADING, bad, s, "1.1 Kop");
		p->page = 3;
		p->marks = xmalloc(sizeof marks);
		memcpy(p->marks, marks, sizeof marks);
		p->nmarks = NELEM(marks);
	}
}

static void
make_notes(struct result *r, enum part bad, const char *s)
{
	CLEAN(str_free) char *also = text(PART_ALSO_NOTE, bad, s, "bekeerling");
	CLEAN(str_free) char *value = text(PART_NOTE, bad, s, "3..2");
	struct error err = ERROR_INIT;

	r->correction = text(PART_CORRECTION, bad, s, "bekering");
	notes_add(&r->notes, NOTE_ALSO, also);
	notes_add(&r->notes, NOTE_CORRECTED, also, also);
	notes_add(&r->notes, NOTE_CUT, "64");
	error_set(&err, ERROR_QUERY, "ongeldige %s ‘%s’: het begin ligt na "
	    "het einde", "datum", value);
	notes_add_error(&r->notes, NOTE_NO_VALUE, &err);
}

/* The payload goes in as it would: past query_set(), which refuses some. */
static void
answer_make(struct answer *a, enum part bad, const char *s)
{
	CLEAN(str_free) char *theme = text(PART_THEME, bad, s, "Asiel");
	struct error err = ERROR_INIT;
	struct filter f = { .field = &fields[FIELD_THEMA] };

	*a = (struct answer){ .r = { .total = 42, .with_all_words = 7,
	    .coverage_documents = 1252, .coverage_unsearchable = 9 } };
	query_init(&a->q, TODAY);
	query_set(&a->q, "q", "bekering", &err);
	query_set(&a->q, "soort", "werkinstructie", &err);
	query_set(&a->q, "datum", "2014", &err);
	query_set(&a->q, "peildatum", "2014-07-01", &err);
	query_set(&a->q, "vanaf", "10", &err);
	if (bad == PART_Q) {
		free(a->q.q);
		a->q.q = xstrdup(s);
	}
	f.value = text(PART_FILTER, bad, s, "Asiel");
	query_add_filter(&a->q, &f);
	a->r.hits = xcalloc(1, sizeof *a->r.hits);
	a->r.nhits = 1;
	make_hit(&a->r.hits[0], bad, s);
	make_notes(&a->r, bad, s);
	result_init_facets(&a->r);
	add_value(&a->r, FIELD_SOORT, "werkinstructie", 42, true);
	add_value(&a->r, FIELD_THEMA, theme, 12, false);
	add_value(&a->r, FIELD_GELDIGHEID, "geldig", 42, false);
	add_value(&a->r, FIELD_GELDIGHEID, "toekomstig", 0, false);
}

static const struct site dutch = { .base = "", .origin = "https://zoek.nl",
	.documents = "https://documenten.nl/c" };
static const struct site english = { .base = "/cgi-bin/naslag.cgi",
	.documents = "https://documenten.nl/c", .is_english = true };

static void
render(const struct answer *a, const struct site *site, struct buf *out)
{
	const struct view v = { .query = &a->q, .result = &a->r, .site = site };

	buf_cut(out, 0);
	out_html(&v, out);
}

/* ---- a strict reader of HTML ---- */

static const char *const elements[] = {
	"a", "aside", "body", "button", "code", "dd", "details", "div", "dl",
	"dt", "footer", "form", "h1", "h2", "h3", "head", "header", "html",
	"label", "li", "main", "mark", "nav", "ol", "option", "p", "section",
	"select", "span", "strong", "style", "summary", "time", "title", "ul",
};
static const char *const void_elements[] = { "input", "link", "meta" };
static const char *const attributes[] = {
	"action", "aria-describedby", "aria-label", "aria-labelledby",
	"autocapitalize", "autofocus", "charset", "checked", "class",
	"content", "datetime", "enterkeyhint", "for", "hidden", "href",
	"hreflang", "id", "lang", "maxlength", "method", "name", "open", "rel",
	"role", "selected", "spellcheck", "start", "tabindex", "title", "type",
	"value",
};
static const char *const entities[] = {
	"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#96;", "&#9;", "&#10;",
};

static bool
is_one(const char *s, size_t n, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0)
			return true;
	return false;
}
#define IS_ONE(s, n, list) is_one(s, n, list, NELEM(list))

struct reader {
	const char *at;
	const char *stack[MAX_DEPTH];
	size_t lengths[MAX_DEPTH], depth;
	const char *wrong;	/* NULL: nothing */
};

static void
wrong(struct reader *r, const char *what)
{
	if (r->wrong == NULL)
		r->wrong = what;
}

static void
read_text(struct reader *r, const char *stop)
{
	size_t i;

	while (*r->at != '\0' && strchr(stop, *r->at) == NULL) {
		if (*r->at == '>' || *r->at == '<')
			wrong(r, "a bracket that is not escaped");
		if (*r->at == '&') {
			for (i = 0; i < NELEM(entities); i++)
				if (strncmp(r->at, entities[i],
				    strlen(entities[i])) == 0)
					break;
			if (i == NELEM(entities))
				wrong(r, "an ampersand that is not escaped");
		}
		r->at++;
	}
}

/* Where links and forms may lead. */
static bool
is_good_target(const char *s)
{
	static const char *const good[] = { "/", "#", "https://", "http://" };
	size_t i;

	for (i = 0; i < NELEM(good); i++)
		if (strncmp(s, good[i], strlen(good[i])) == 0)
			return s[0] != '/' || s[1] != '/';
	return false;
}

static void
read_attribute(struct reader *r)
{
	const char *name = ++r->at;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz-");

	if (!IS_ONE(name, n, attributes))
		wrong(r, "an attribute that is not ours");
	r->at += n;
	if (*r->at != '=')
		return;
	if (*++r->at != '"')
		wrong(r, "a value without quotes");
	r->at++;
	if (((n == 4 && memcmp(name, "href", 4) == 0) ||
	    (n == 6 && memcmp(name, "action", 6) == 0)) &&
	    !is_good_target(r->at))
		wrong(r, "a link to nowhere good");
	read_text(r, "\"");
	if (*r->at == '"')
		r->at++;
}

static void
read_end_tag(struct reader *r)
{
	const char *name = r->at + 2;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");

	if (r->depth == 0 || r->lengths[r->depth - 1] != n ||
	    memcmp(r->stack[r->depth - 1], name, n) != 0 || name[n] != '>')
		wrong(r, "an end that ends nothing");
	else
		r->depth--;
	r->at = name + n + 1;
}

static void
read_tag(struct reader *r)
{
	const char *name = r->at + 1;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
	bool is_void = IS_ONE(name, n, void_elements);

	if (!is_void && !IS_ONE(name, n, elements))
		wrong(r, "an element that is not ours");
	for (r->at = name + n; *r->at == ' ' && r->wrong == NULL; )
		read_attribute(r);
	if (*r->at++ != '>')
		wrong(r, "a tag without end");
	if (is_void || r->wrong != NULL)
		return;
	if (r->depth == MAX_DEPTH) {
		wrong(r, "elements too deep");
		return;
	}
	r->stack[r->depth] = name;
	r->lengths[r->depth++] = n;
	if (n == 5 && memcmp(name, "style", 5) == 0)
		r->at = strstr(r->at, "</style>");
}

static bool
has_bidi(const char *s, size_t n)
{
	size_t i, len;
	uint32_t c;

	for (i = 0; i < n; i += len) {
		if ((len = utf8_decode(s + i, n - i, &c)) == 0)
			return true;
		if ((c >= 0x202A && c <= 0x202E) ||
		    (c >= 0x2066 && c <= 0x2069) || (c < ' ' && c != '\n' &&
		    c != '\t') || (c >= 0x7F && c < 0xA0))
			return true;
	}
	return false;
}

/* What is wrong with a page; NULL: nothing. */
static const char *
fault(const struct buf *page)
{
	static const char doctype[] = "<!DOCTYPE html>\n";
	struct reader r = { .at = page->s + sizeof doctype - 1 };

	if (strlen(page->s) != page->len)
		return "a NUL";
	if (!utf8_valid(page->s, page->len))
		return "bytes that are not UTF-8";
	if (has_bidi(page->s, page->len))
		return "a control character";
	if (strncmp(page->s, doctype, sizeof doctype - 1) != 0)
		return "no doctype";
	while (*r.at != '\0' && r.wrong == NULL) {
		if (*r.at != '<')
			read_text(&r, "<");
		else if (r.at[1] == '/')
			read_end_tag(&r);
		else
			read_tag(&r);
	}
	if (r.wrong == NULL && r.depth > 0)
		return "an element without end";
	return r.wrong;
}

/* ---- payloads ---- */

/* Unescape \xNN and \\ in place. */
static void
unescape(char *s)
{
	char *to = s, hex[3] = "";

	for (; *s != '\0'; s++) {
		if (s[0] == '\\' && s[1] == '\\')
			*to++ = *s++;
		else if (s[0] == '\\' && s[1] == 'x') {
			memcpy(hex, s + 2, 2);
			*to++ = (char)strtoul(hex, NULL, 16);
			s += 3;
		} else
			*to++ = *s;
	}
	*to = '\0';
}

static size_t
read_payloads(char **payloads)
{
	const char *top = getenv("srcdir");
	CLEAN(str_free) char *path = xasprintf("%s/tests/aanvallen.tsv",
	    top != NULL ? top : ".");
	FILE *f = fopen(path, "r");
	char line[512];
	size_t n = 0;

	if (f == NULL)
		return 0;
	while (n < MAX_PAYLOADS && fgets(line, sizeof line, f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "# ", 2) == 0)
			continue;
		unescape(line);
		payloads[n++] = xstrdup(line);
	}
	fclose(f);
	return n;
}

static void
test_payloads(char **payloads, size_t n)
{
	static const struct site *const sites[] = { &dutch, &english, NULL };
	CLEAN(buf_clear) struct buf page = BUF_INIT;
	size_t part, i, j, bad;
	const char *f;

	for (part = PART_Q; part < NPARTS; part++) {
		for (i = bad = 0; i < n; i++) {
			CLEAN(answer_clear) struct answer a;

			answer_make(&a, (enum part)part, payloads[i]);
			for (j = 0; j < NELEM(sites); j++) {
				render(&a, sites[j], &page);
				if ((f = fault(&page)) != NULL && ++bad <= 3)
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
		if ((f = fault(&page)) != NULL && ++bad <= 3)
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
	CLEAN(answer_clear) struct answer a;
	CLEAN(buf_clear) struct buf page = BUF_INIT, other = BUF_INIT;
	size_t i;

	answer_make(&a, PART_NONE, NULL);
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
	CLEAN(answer_clear) struct answer a = { .r = { .total = 42 } };
	CLEAN(buf_clear) struct buf page = BUF_INIT;

	query_init(&a.q, TODAY);
	result_init_facets(&a.r);
	add_value(&a.r, FIELD_SOORT, "werkinstructie", 42, false);
	render(&a, &dutch, &page);
	ok(fault(&page) == NULL && says(&page, "Voorbeelden") &&
	    says(&page, " autofocus") && says(&page, "?soort=werkinstructie"),
	    "the first page says what can be asked");
	ok(strstr(page.s, "noindex") == NULL && says(&page,
	    "<title>Zoeken in documenten</title>"), "and may be found itself");
	a.q.vanaf = 100;
	render(&a, &dutch, &page);
	ok(fault(&page) == NULL && says(&page, "Zo veel documenten zijn er niet"),
	    "behind the last page is a way back");
}

static void
test_nothing(void)
{
	CLEAN(answer_clear) struct answer a = { .r = { .total = 0 } };
	CLEAN(buf_clear) struct buf page = BUF_INIT;
	struct error err = ERROR_INIT;

	query_init(&a.q, TODAY);
	query_set(&a.q, "q", "soort:WI zzz", &err);
	query_set(&a.q, "uitbreiden", "nee", &err);
	result_init_facets(&a.r);
	render(&a, &dutch, &page);
	ok(fault(&page) == NULL && says(&page, "Niets gevonden") &&
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
		ok(fault(&page) == NULL && says(&page, "role=\"search\""),
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
	ok(fault(&page) == NULL, "there is one without an endpoint");
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
