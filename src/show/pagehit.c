#include <config.h>

#include "show/pageparts.h"

#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "model/paginering.h"
#include "show/html.h"

/* So many countries of a document are named, so many other places of it. */
#define MAX_COUNTRIES	6
#define MAX_ALSO_AS	5

/* So many passages are seen at once, where the others can be unfolded. */
#define SEEN_PASSAGES	2

/* ---- validity ---- */

static bool
is_day(int ymd)
{
	return ymd != DATE_NONE && ymd != DATE_OPEN_BEGIN &&
	    ymd != DATE_OPEN_END;
}

/*
 * A state, first by a word, then since or until when: by whether the first and
 * the last day are known.
 */
static const struct {
	const char *class, *word, *neither, *until, *since, *both;
} states[NVALIDITIES] = {
	[VALIDITY_GELDIG] = { "geldig", PAGE_N("Geldig"), "",
	    PAGE_N("tot en met %s"), PAGE_N("sinds %s"),
	    PAGE_N("van %s tot en met %s") },
	[VALIDITY_VERVALLEN] = { "vervallen", PAGE_N("Vervallen:"),
	    PAGE_N("niet meer geldig"), PAGE_N("gold tot en met %s"),
	    PAGE_N("gold vanaf %s"), PAGE_N("gold van %s tot en met %s") },
	[VALIDITY_TOEKOMSTIG] = { "toekomstig", PAGE_N("Nog niet geldig:"),
	    PAGE_N("geldt later"), PAGE_N("geldt tot en met %s"),
	    PAGE_N("geldt vanaf %s"), PAGE_N("geldt van %s tot en met %s") },
	[VALIDITY_ONBEKEND] = { "onbekend", PAGE_N("Geldigheid onbekend"),
	    "", "", "", "" },
};

static void
add_period(struct page *p, const struct hit *h)
{
	const struct doc *d = &h->doc;
	CLEAN(buf_clear) struct buf from = BUF_INIT, to = BUF_INIT;
	bool has_from = is_day(d->van_ymd), has_to = is_day(d->tot_ymd);

	if (has_from)
		page_day(p, d->van_ymd, &from);
	if (has_to)
		page_day(p, d->tot_ymd, &to);
	if (has_from && has_to)
		page_text(p, states[h->validity].both, from.s, to.s);
	else if (has_from)
		page_text(p, states[h->validity].since, from.s);
	else if (has_to)
		page_text(p, states[h->validity].until, to.s);
	else if (*states[h->validity].neither != '\0')
		page_escape(p, page_said(p, states[h->validity].neither));
}

/* The version that took its place, to look for it by its number. */
static void
add_successor(struct page *p, const char *name)
{
	struct site_question sq = { .typed = name };
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	page_html(p, " <span class=\"opvolger\">");
	page_text(p, "Vervangen door");
	page_html(p, " ");
	if (p->has_endpoint) {
		site_question_print(&sq, &url);
		page_link_question(p, "", &url);
	}
	page_escape(p, name);
	page_html(p, p->has_endpoint ? "</a></span>" : "</span>");
}

static void
add_validity(struct page *p, const struct hit *h)
{
	page_html(p, "<p class=\"geldigheid ");
	page_html(p, states[h->validity].class);
	page_html(p, "\"><strong>");
	page_escape(p, page_said(p, states[h->validity].word));
	page_html(p, "</strong> ");
	add_period(p, h);
	if (h->replaced_by != NULL)
		add_successor(p, h->replaced_by);
	page_html(p, "</p>\n");
}

/* ---- facts ---- */

static void
add_fact(struct page *p, const char *text)
{
	page_html(p, "<li>");
	page_escape(p, text);
	page_html(p, "</li>");
}

static void
add_countries(struct page *p, const struct doc_values *countries)
{
	size_t i;

	if (countries->count == 0)
		return;
	page_html(p, "<li>");
	for (i = 0; i < countries->count && i < MAX_COUNTRIES; i++) {
		page_html(p, i > 0 ? ", " : "");
		page_escape(p, page_label(p, FIELD_LAND,
		    countries->items[i].text));
	}
	if (i < countries->count) {
		page_html(p, " ");
		page_count(p, (uint32_t)(countries->count - i),
		    "en %s ander land", "en %s andere landen");
	}
	page_html(p, "</li>");
}

static void
add_date(struct page *p, int ymd)
{
	CLEAN(buf_clear) struct buf iso = BUF_INIT, day = BUF_INIT;

	if (!is_day(ymd))
		return;
	date_print(ymd, &iso);
	page_day(p, ymd, &day);
	page_html(p, "<li><span class=\"vh\">");
	page_text(p, "Datum:");
	page_html(p, " </span><time datetime=\"");
	html_attr(iso.s, p->out);
	page_html(p, "\">");
	page_escape(p, day.s);
	page_html(p, "</time></li>");
}

static void
add_facts(struct page *p, const struct hit *h)
{
	const struct doc *d = &h->doc;
	const char *soort = doc_first(d, FIELD_SOORT);
	const char *kenmerk = doc_first(d, FIELD_KENMERK);

	page_html(p, "<ul class=\"feiten\">");
	add_fact(p, soort != NULL ? page_label(p, FIELD_SOORT, soort) :
	    page_said(p, PAGE_N("Document")));
	if (kenmerk != NULL)
		add_fact(p, kenmerk);
	add_countries(p, &d->values[FIELD_LAND]);
	add_date(p, d->datum_ymd);
	page_html(p, "</ul>\n");
}

/* ---- title ---- */

static const char *
title_of(const struct doc *d)
{
	const char *title = doc_first(d, FIELD_TITEL);

	return title != NULL ? title : d->pad;
}

/* "(PDF, 12 pagina's)" */
static void
add_format(struct page *p, const struct doc *d)
{
	const char *format = doc_first(d, FIELD_FORMAAT);
	CLEAN(buf_clear) struct buf name = BUF_INIT;

	if (format == NULL)
		return;
	for (; *format != '\0'; format++)
		buf_addc(&name, (char)toupper((unsigned char)*format));
	page_html(p, " <span class=\"bestand\">(");
	page_escape(p, buf_str(&name));
	if (d->paginas > 0) {
		page_html(p, ", ");
		page_count(p, d->paginas, "%s pagina", "%s pagina’s");
	}
	page_html(p, ")</span>");
}

static void
add_title(struct page *p, const struct doc *d)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	site_document_url(p->site, d, 0, &url);
	page_html(p, "<h3>");
	if (url.len > 0)
		page_link(p, "", &url);
	page_html(p, "<span");
	page_lang(p, doc_first(d, FIELD_TAAL));
	page_html(p, ">");
	page_escape(p, title_of(d));
	page_html(p, "</span>");
	add_format(p, d);
	page_html(p, url.len > 0 ? "</a></h3>\n" : "</h3>\n");
}

/* ---- passages ---- */

/* The byte at which code point n begins; code point *at begins at byte. */
static size_t
byte_of(const char *s, uint32_t n, uint32_t *at, size_t byte)
{
	for (; *at < n && s[byte] != '\0'; ++*at) {
		byte++;
		while (((unsigned char)s[byte] & 0xC0) == 0x80)
			byte++;
	}
	return byte;
}

static void
add_marked(struct page *p, const struct passage *passage)
{
	const char *s = passage->text;
	size_t done = 0, begin, end, i;
	uint32_t at = 0;

	for (i = 0; i < passage->nmarks; i++) {
		begin = byte_of(s, passage->marks[i].begin, &at, done);
		end = byte_of(s, passage->marks[i].end, &at, begin);
		html_slice(s + done, begin - done, p->out);
		page_html(p, "<mark>");
		html_slice(s + begin, end - begin, p->out);
		page_html(p, "</mark>");
		done = end;
	}
	page_escape(p, s + done);
}

/* The page, which is opened where the format can be. */
static void
add_page_number(struct page *p, const struct doc *d, uint32_t page)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT, whole = BUF_INIT;
	char digits[16], label[PAGINERING_BYTES];
	bool is_link;

	site_document_url(p->site, d, page, &url);
	site_document_url(p->site, d, 0, &whole);
	is_link = strcmp(buf_str(&url), buf_str(&whole)) != 0;
	if (is_link)
		page_link(p, "", &url);
	page_text(p, "Pagina %s", page_number(p, page, digits));
	if (is_link) {
		page_html(p, "<span class=\"vh\"> ");
		page_text(p, "van ‘%s’", title_of(d));
		page_html(p, "</span></a>");
	}
	if (paginering_label(d->paginering, page, label)) {
		page_html(p, " ");
		page_text(p, "(genummerd %s)", label);
	}
}

/* Page and heading, unless that is the title of it all. */
static void
add_place(struct page *p, const struct doc *d, const struct passage *passage)
{
	const char *heading = passage->heading;

	if (heading != NULL && strcmp(heading, title_of(d)) == 0)
		heading = NULL;
	if (passage->page == 0 && heading == NULL)
		return;
	page_html(p, "<p class=\"plaats\">");
	if (passage->page != 0)
		add_page_number(p, d, passage->page);
	if (heading != NULL) {
		page_html(p, passage->page != 0 ? " <span class=\"kop\"" :
		    "<span class=\"kop\"");
		page_lang(p, doc_first(d, FIELD_TAAL));
		page_html(p, ">");
		page_escape(p, heading);
		page_html(p, "</span>");
	}
	page_html(p, "</p>\n");
}

static void
add_passage(struct page *p, const struct doc *d, const struct passage *passage)
{
	page_html(p, "<div class=\"fragment\">\n");
	add_place(p, d, passage);
	page_html(p, "<p");
	page_lang(p, doc_first(d, FIELD_TAAL));
	page_html(p, ">");
	add_marked(p, passage);
	page_html(p, "</p>\n</div>\n");
}

/* A page that is kept or printed shows all that it has. */
static void
add_passages(struct page *p, const struct hit *h)
{
	size_t seen = p->has_endpoint && h->npassages > SEEN_PASSAGES ?
	    SEEN_PASSAGES : h->npassages, i;

	for (i = 0; i < seen; i++)
		add_passage(p, &h->doc, &h->passages[i]);
	if (seen == h->npassages)
		return;
	page_html(p, "<details class=\"meer\">\n<summary>");
	page_text(p, "Meer uit dit document");
	page_html(p, "</summary>\n");
	for (; i < h->npassages; i++)
		add_passage(p, &h->doc, &h->passages[i]);
	page_html(p, "</details>\n");
}

/* ---- the rest ---- */

/* Why the text is not searchable; what is not here has no better words. */
static const struct {
	const char *status, *text;
} reasons[] = {
	{ "scan", PAGE_N("Dit document is een scan, zonder tekst om in te "
	    "zoeken. Het is gevonden op titel en kenmerken.") },
	{ "encrypted", PAGE_N("Dit document is versleuteld of met een wachtwoord "
	    "beveiligd. "
	    "Het is gevonden op titel en kenmerken.") },
	{ "empty", PAGE_N("In dit document staat geen tekst. Het is gevonden "
	    "op titel en kenmerken.") },
	{ NULL, PAGE_N("De tekst van dit document kan niet worden doorzocht. "
	    "Het is gevonden op titel en kenmerken.") },
};

/* Of what is damaged there may be text before the damage. */
static const char partly[] = PAGE_N("Een deel van de tekst van dit document "
    "kan niet worden doorzocht.");

static void
add_status(struct page *p, const struct hit *h)
{
	const struct doc *d = &h->doc;
	size_t i = 0;

	if (d->herkend != NULL) {
		page_html(p, "<p class=\"herkend\">");
		page_text(p, strcmp(d->herkend, "geheel") == 0 ?
		    PAGE_N("Tekst herkend uit een scan; er kunnen fouten in "
		    "staan.") : PAGE_N("Een deel van de tekst is herkend uit "
		    "een scan; daar kunnen fouten in staan."));
		page_html(p, "</p>\n");
	}
	if (d->status == NULL || strcmp(d->status, "ok") == 0)
		return;
	while (reasons[i].status != NULL &&
	    strcmp(reasons[i].status, d->status) != 0)
		i++;
	page_html(p, "<p class=\"niet-doorzoekbaar\">");
	page_escape(p, page_said(p, h->npassages > 0 ? partly :
	    reasons[i].text));
	page_html(p, "</p>\n");
}

/* Where the document is, for who cannot follow a link to it. */
static void
add_path(struct page *p, const char *label, const char *path)
{
	const struct doc d = { .pad = (char *)path };
	CLEAN(buf_clear) struct buf url = BUF_INIT;
	const char *name = strrchr(path, '/');

	page_html(p, "<p class=\"pad\">");
	page_escape(p, label);
	page_html(p, " ");
	site_document_url(p->site, &d, 0, &url);
	if (url.len > 0)
		page_link(p, "", &url);
	page_escape(p, url.len > 0 && name != NULL ? name + 1 : path);
	page_html(p, url.len > 0 ? "</a></p>\n" : "</p>\n");
}

static void
add_paths(struct page *p, const struct doc *d)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;
	size_t i;

	site_document_url(p->site, d, 0, &url);
	if (url.len == 0)
		add_path(p, page_said(p, PAGE_N("Bestand:")), d->pad);
	for (i = 0; i < d->nook_als && i < MAX_ALSO_AS; i++)
		add_path(p, page_said(p, PAGE_N("Ook als:")), d->ook_als[i]);
}

void
page_hit(struct page *p, const struct hit *h)
{
	page_html(p, "<li>\n");
	add_title(p, &h->doc);
	add_facts(p, h);
	add_validity(p, h);
	add_passages(p, h);
	add_status(p, h);
	add_paths(p, &h->doc);
	page_html(p, "</li>\n");
}
