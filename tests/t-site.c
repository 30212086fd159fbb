#include <config.h>

#include "show/site.h"

#include <stdlib.h>
#include <string.h>

#include "model/lists.h"
#include "tap.h"

#define TODAY 20260101

/* ---- questions and their URLs ---- */

/* Keys and values by turns, ended by NULL, and the URL they make. */
static const struct {
	const char *title;
	const char *pairs[13];
	const char *url;
} questions[] = {
	{ "an empty question is the page itself", { NULL }, "/" },
	{ "what was typed stays as it was",
	    { "q", "  Bekering  Iran", NULL }, "/?q=%20%20Bekering%20%20Iran" },
	{ "text is UTF-8, percent-encoded",
	    { "q", "Syri\xC3\xAB & 100% \"<>'", NULL },
	    "/?q=Syri%C3%AB%20%26%20100%25%20%22%3C%3E%27" },
	{ "keys at their default are left out",
	    { "sorteer", "relevantie", "vanaf", "0", "aantal", "10",
	    "uitbreiden", "ja", NULL }, "/" },
	{ "keys have one order, however they were given",
	    { "land", "SY", "soort", "WI", "uitbreiden", "nee", "aantal", "20",
	    "vanaf", "40", "sorteer", "datum", NULL },
	    "/?sorteer=datum&vanaf=40&aantal=20&uitbreiden=nee"
	    "&soort=werkinstructie&land=SY" },
	{ "a date of reference that was given stays, today's too",
	    { "peildatum", "2026-01-01", NULL }, "/?peildatum=2026-01-01" },
	{ "a value that was typed is not said twice",
	    { "q", "soort:WI asiel", "soort", "werkinstructie", NULL },
	    "/?q=soort%3AWI%20asiel" },
	{ "and other values are keys",
	    { "q", "soort:WI asiel", "land", "!Syri\xC3\xAB", NULL },
	    "/?q=soort%3AWI%20asiel&land=%21SY" },
	{ "ranges of days are keys",
	    { "datum", "2020..2023", NULL },
	    "/?datum=2020-01-01..2023-12-31" },
	{ "a title given as a key becomes part of the question",
	    { "q", "asiel", "titel", "besluit", NULL },
	    "/?q=asiel%20EN%20titel%3Abesluit" },
};

static void
ask(struct query *q, const char *const *pairs)
{
	struct error err = ERROR_INIT;

	query_init(q, TODAY);
	for (; *pairs != NULL; pairs += 2)
		if (query_set(q, pairs[0], pairs[1], &err) == -1)
			printf("# %s=%s: %s\n", pairs[0], pairs[1], err.msg);
}

static int
same(const struct buf *got, const char *expected)
{
	if (strcmp(buf_str(got), expected) == 0)
		return 1;
	printf("# got      %s\n# expected %s\n", buf_str(got), expected);
	return 0;
}

/* Set the keys of a URL, as a program does. */
static void
ask_url(struct query *q, const char *url)
{
	CLEAN(str_free) char *copy = xstrdup(url);
	struct error err = ERROR_INIT;
	char *pair, *value, *p, *to, *rest = strchr(copy, '?');
	char hex[3] = "";

	query_init(q, TODAY);
	for (rest = rest != NULL ? rest + 1 : NULL;
	    (pair = strsep(&rest, "&")) != NULL; ) {
		value = strchr(pair, '=');
		*value++ = '\0';
		for (p = to = value; *p != '\0'; p++) {
			if (*p == '%') {
				memcpy(hex, p + 1, 2);
				*to++ = (char)strtoul(hex, NULL, 16);
				p += 2;
			} else
				*to++ = *p;
		}
		*to = '\0';
		if (query_set(q, pair, value, &err) == -1)
			printf("# %s=%s: %s\n", pair, value, err.msg);
	}
}

static void
test_questions(void)
{
	static const struct site site = { .base = "" };
	size_t i;

	for (i = 0; i < NELEM(questions); i++) {
		CLEAN(buf_clear) struct buf url = BUF_INIT, again = BUF_INIT;
		CLEAN(query_clear) struct query q, read;

		ask(&q, questions[i].pairs);
		site_url(&site, "/", &q, false, &url);
		ok(same(&url, questions[i].url), "%s", questions[i].title);
		ask_url(&read, url.s);
		site_url(&site, "/", &read, false, &again);
		ok(same(&again, url.s), "and is read as the same");
	}
}

/* ---- choosing ---- */

static const struct {
	const char *title;
	const char *pairs[9];
	enum field_id field;
	const char *value;
	const char *url;
} toggles[] = {
	{ "a value is chosen", { "q", "asiel", NULL }, FIELD_SOORT,
	    "werkinstructie", "/?q=asiel&soort=werkinstructie" },
	{ "beside another of its field", { "soort", "IB", NULL }, FIELD_SOORT,
	    "werkinstructie",
	    "/?soort=informatiebericht&soort=werkinstructie" },
	{ "in its place", { "taal", "nl", NULL }, FIELD_SOORT,
	    "werkinstructie", "/?soort=werkinstructie&taal=nl" },
	{ "and is chosen no longer", { "q", "asiel", "soort", "WI", "land",
	    "SY", NULL }, FIELD_SOORT, "werkinstructie", "/?q=asiel&land=SY" },
	{ "which begins at the first page", { "vanaf", "20", NULL },
	    FIELD_SOORT, "werkinstructie", "/?soort=werkinstructie" },
	{ "a value that was typed goes out of the question",
	    { "q", "soort:WI asiel land:SY", NULL }, FIELD_SOORT,
	    "werkinstructie", "/?q=asiel&land=SY" },
	{ "one that was typed stays when another comes",
	    { "q", "soort:WI asiel", NULL }, FIELD_LAND, "SY",
	    "/?q=soort%3AWI%20asiel&land=SY" },
	{ "an excluded value is removed as it was given",
	    { "land", "!SY", NULL }, FIELD_LAND, "!SY", "/" },
	{ "to choose what is excluded takes that back",
	    { "land", "!SY", "q", "asiel", NULL }, FIELD_LAND, "SY",
	    "/?q=asiel&land=SY" },
	{ "also where it was typed", { "q", "asiel -land:SY", NULL },
	    FIELD_LAND, "SY", "/?q=asiel&land=SY" },
	{ "a range of days is removed", { "datum", "2014", NULL }, FIELD_DATUM,
	    "2014-01-01..2014-12-31", "/" },
	{ "a theme is its name", { NULL }, FIELD_THEMA, "Asiel & meer",
	    "/?thema=Asiel%20%26%20meer" },
};

static void
test_toggles(void)
{
	size_t i;

	for (i = 0; i < NELEM(toggles); i++) {
		CLEAN(buf_clear) struct buf url = BUF_INIT;
		CLEAN(site_question_clear) struct site_question sq = { 0 };
		CLEAN(query_clear) struct query q;

		ask(&q, toggles[i].pairs);
		site_question_read(&q, &sq);
		buf_addc(&url, '/');
		site_question_print_toggled(&sq, toggles[i].field,
		    toggles[i].value, &url);
		ok(same(&url, toggles[i].url), "%s", toggles[i].title);
	}
}

/* ---- places ---- */

static void
test_places(void)
{
	static const char *const pairs[] = { "q", "a", "soort", "WI", NULL };
	static const struct site site = { .base = "/cgi-bin/naslag.cgi",
		.origin = "https://zoek.example.nl" };
	static const struct site english = { .base = "", .is_english = true };
	CLEAN(query_clear) struct query q;
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(site_question_clear) struct site_question sq = { 0 };

	ask(&q, pairs);
	site_url_at(&site, "/feed.atom", &q, 30, true, &b);
	ok(same(&b, "https://zoek.example.nl/cgi-bin/naslag.cgi/feed.atom"
	    "?q=a&vanaf=30&soort=werkinstructie"),
	    "an absolute URL begins with the origin");
	buf_cut(&b, 0);
	site_url(&english, "/", NULL, true, &b);
	ok(same(&b, "/en/"), "the page in English is below /en/");
	buf_cut(&b, 0);
	site_url(&english, "/stijl.css", NULL, false, &b);
	ok(same(&b, "/stijl.css"), "what has no language is where it is");
	buf_cut(&b, 0);
	site_url(&site_none, "/v1/documenten/a b/c", NULL, false, &b);
	ok(same(&b, "/v1/documenten/a%20b/c"), "names in paths are encoded");
	buf_cut(&b, 0);
	site_question_read(&q, &sq);
	site_question_print_typed(&sq, "b", &b);
	ok(same(&b, "?q=b&soort=werkinstructie"),
	    "another question keeps what was chosen");
}

/* ---- documents ---- */

static const struct {
	const char *title;
	const char *documents, *url, *pad, *format;
	uint32_t page;
	const char *link;
} documents[] = {
	{ "without url and publication there is no link",
	    NULL, NULL, "a.pdf", "pdf", 0, "" },
	{ "a url of its own is its link", "https://d.nl/c", "https://p.nl/1",
	    "a.pdf", "pdf", 0, "https://p.nl/1" },
	{ "a page is one of the published file", "https://d.nl/c",
	    "https://p.nl/1", "a.pdf", "pdf", 3, "https://d.nl/c/a.pdf#page=3" },
	{ "or of a url that is a file", "https://d.nl/c",
	    "https://p.nl/1.PDF?x=1#top", "a.pdf", "pdf", 3,
	    "https://p.nl/1.PDF?x=1#page=3" },
	{ "but not of a page about it", NULL, "https://p.nl/1", "a.pdf", "pdf",
	    3, "https://p.nl/1" },
	{ "only PDF is opened at a page", "https://d.nl/c", NULL, "a.docx",
	    "docx", 3, "https://d.nl/c/a.docx" },
	{ "a path is encoded", "https://d.nl/c", NULL,
	    "map 1/a#b?\xC3\xAB\xFF%.pdf", "pdf", 0,
	    "https://d.nl/c/map%201/a%23b%3F%C3%AB%FF%25.pdf" },
	{ "no script is linked to", NULL, "javascript:alert(1)", "a", "html", 0,
	    "" },
	{ "nor data", NULL, "data:text/html,x", "a", "html", 0, "" },
	{ "nor a file", NULL, "file:///etc/passwd", "a", "html", 0, "" },
	{ "nor a URL without a scheme", NULL, "//p.nl/1", "a", "html", 0, "" },
	{ "nor one with a name before its host", NULL,
	    "https://ind.nl@p.nl/1", "a", "html", 0, "" },
	{ "nor one with a host that is none", NULL, "https:///x", "a", "html",
	    0, "" },
	{ "a port is part of the host", NULL, "http://p.nl:8080/x", "a",
	    "html", 0, "http://p.nl:8080/x" },
	{ "quotes in a url are encoded", NULL, "https://p.nl/\"><b>'", "a",
	    "html", 0, "https://p.nl/%22%3E%3Cb%3E%27" },
	{ "what the settings give is checked too", "javascript:x", NULL, "a",
	    "html", 0, "" },
};

static void
test_documents(void)
{
	size_t i;

	for (i = 0; i < NELEM(documents); i++) {
		CLEAN(buf_clear) struct buf link = BUF_INIT;
		CLEAN(doc_clear) struct doc d = { 0 };
		struct site site = { .documents = documents[i].documents };

		d.pad = xstrdup(documents[i].pad);
		if (documents[i].url != NULL)
			d.url = xstrdup(documents[i].url);
		doc_add(&d, FIELD_FORMAAT, documents[i].format, ORIGIN_DERIVED);
		site_document_url(&site, &d, documents[i].page, &link);
		ok(same(&link, documents[i].link), "%s", documents[i].title);
	}
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (lists_load(&err) == -1) {
		printf("Bail out! %s\n", err.msg);
		return 1;
	}
	test_questions();
	test_toggles();
	test_places();
	test_documents();
	lists_free();
	return tap_done();
}
