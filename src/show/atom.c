#include <config.h>

#include <string.h>

#include "base/date.h"
#include "base/percent.h"
#include "model/lists.h"
#include "show/html.h"
#include "show/output.h"
#include "show/said.h"
#include "show/xml.h"

/*
 * Atom (RFC 4287).  Feed and entries are named by URNs, so that they stay the
 * same when the portal moves; a feed by the question as it is read, whatever
 * its page, so that all who ask the same follow the same feed.
 */

#define URN_QUESTION	"urn:naslag:vraag:"
#define URN_DOCUMENT	"urn:naslag:document:"
#define URN_FIELD	"urn:naslag:veld:"

/* What stands for a day that is not known: it never changes. */
#define UNKNOWN_YMD	19700101

static const enum field_id categories[] = {
	FIELD_SOORT, FIELD_LAND, FIELD_THEMA,
};

static bool
has_pages(const struct view *v)
{
	return v->site != NULL && v->site->base != NULL;
}

static void
add_moment(const char *name, int ymd, struct buf *out)
{
	CLEAN(buf_clear) struct buf day = BUF_INIT;

	date_print(ymd, &day);
	buf_addf(out, "<%s>%sT00:00:00Z</%s>\n", name, day.s, name);
}

/* ---- the feed ---- */

static void
add_feed_id(const struct query *q, struct buf *out)
{
	CLEAN(buf_clear) struct buf read = BUF_INIT;
	CLEAN(site_question_clear) struct site_question sq = { 0 };

	query_print(q, &read);
	site_question_read(q, &sq);
	if (sq.peildatum != NULL)
		buf_addf(&read, " peildatum:%s", sq.peildatum);
	if (sq.is_literal)
		buf_adds(&read, " uitbreiden:nee");
	buf_adds(out, "<id>" URN_QUESTION);
	percent_encode_url(buf_str(&read), ":", out);
	buf_adds(out, "</id>\n");
}

static void
add_feed_title(const struct query *q, struct buf *out)
{
	CLEAN(buf_clear) struct buf title = BUF_INIT;

	query_print(q, &title);
	buf_adds(out, "<title>");
	html_text(title.len > 0 ? "Documenten over: " : "Alle documenten", out);
	html_text(buf_str(&title), out);
	buf_adds(out, "</title>\n");
}

/* What has to be said of the soorten among the hits. */
static void
add_subtitle(const struct result *r, struct buf *out)
{
	const struct disclaimer *found[SHOW_MAX_DISCLAIMERS];
	size_t n = disclaimers_of(r, found, NELEM(found)), i;
	CLEAN(buf_clear) struct buf all = BUF_INIT;

	for (i = 0; i < n; i++)
		buf_addf(&all, "%s%s", i > 0 ? " " : "", found[i]->kort);
	if (n > 0)
		xml_element("subtitle", all.s, out);
}

static void
add_link(const char *rel, const char *type, const char *url, struct buf *out)
{
	buf_addf(out, "<link rel=\"%s\"", rel);
	if (type != NULL)
		xml_attribute("type", type, out);
	xml_attribute("href", url, out);
	buf_adds(out, "/>\n");
}

/* A page of the endpoint with the same question, from a rank on. */
static void
add_page_link(const struct view *v, const char *rel, const char *type,
    const char *path, unsigned vanaf, struct buf *out)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	site_url_at(v->site, path, v->query, vanaf, true, &url);
	add_link(rel, type, url.s, out);
}

static void
add_feed_links(const struct view *v, struct buf *out)
{
	static const char atom[] = "application/atom+xml", path[] = "/feed.atom";
	const struct query *q = v->query;
	unsigned behind = q->vanaf + (unsigned)v->result->nhits;
	CLEAN(buf_clear) struct buf search = BUF_INIT;

	add_page_link(v, "self", atom, path, q->vanaf, out);
	add_page_link(v, "alternate", "text/html", "/", q->vanaf, out);
	if (q->vanaf > 0) {
		add_page_link(v, "first", atom, path, 0, out);
		add_page_link(v, "previous", atom, path,
		    q->vanaf > q->aantal ? q->vanaf - q->aantal : 0, out);
	}
	if (v->result->nhits > 0 && behind < v->result->total &&
	    behind <= QUERY_SITE_RANK)
		add_page_link(v, "next", atom, path, behind, out);
	site_url(v->site, "/opensearch.xml", NULL, true, &search);
	add_link("search", "application/opensearchdescription+xml", search.s,
	    out);
}

/* ---- entries ---- */

/* The day that says when a document was last changed. */
static int
updated_ymd(const struct doc *d)
{
	if (d->datum_ymd != DATE_NONE)
		return d->datum_ymd;
	if (d->van_ymd != DATE_NONE && d->van_ymd != DATE_OPEN_BEGIN)
		return d->van_ymd;
	return UNKNOWN_YMD;
}

static void
add_category(enum field_id f, const char *value, struct buf *out)
{
	buf_adds(out, "<category");
	xml_attribute("term", value, out);
	buf_addf(out, " scheme=\"" URN_FIELD "%s\"", fields[f].name);
	xml_attribute("label", list_label(f, value), out);
	buf_adds(out, "/>\n");
}

static void
add_categories(const struct hit *h, struct buf *out)
{
	size_t i, j;

	for (i = 0; i < NELEM(categories); i++) {
		const struct doc_values *v = &h->doc.values[categories[i]];

		for (j = 0; j < v->count; j++)
			add_category(categories[i], v->items[j].text, out);
	}
	add_category(FIELD_GELDIGHEID, validity_name(h->validity), out);
}

/*
 * The first passage.  Of what is not valid that is said first: readers of
 * feeds seldom show categories.
 */
static void
add_text(const struct hit *h, const char *element, struct buf *out)
{
	const char *passage = h->npassages > 0 ? h->passages[0].text : h->doc.pad;
	const char *validity = validity_name(h->validity);
	bool is_valid = h->validity == VALIDITY_GELDIG ||
	    h->validity == VALIDITY_ONBEKEND;

	buf_addf(out, "<%s type=\"text\">", element);
	if (!is_valid) {
		html_text(list_label(FIELD_GELDIGHEID, validity), out);
		buf_adds(out, ". ");
	}
	html_text(passage, out);
	buf_addf(out, "</%s>\n", element);
}

/* Without a link to the document RFC 4287 wants content, not a summary. */
static void
add_entry(const struct view *v, const struct hit *h, struct buf *out)
{
	const struct site *site = v->site != NULL ? v->site : &site_none;
	uint32_t page = h->npassages > 0 ? h->passages[0].page : 0;
	const struct doc *d = &h->doc;
	const char *title = doc_first(d, FIELD_TITEL);
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	site_document_url(site, d, page, &url);
	buf_adds(out, "<entry>\n<id>" URN_DOCUMENT);
	percent_encode_url(d->id, "/", out);
	buf_adds(out, "</id>\n");
	xml_element("title", title != NULL ? title : d->id, out);
	add_moment("updated", updated_ymd(d), out);
	if (url.len > 0)
		add_link("alternate", NULL, url.s, out);
	add_categories(h, out);
	add_text(h, url.len > 0 ? "summary" : "content", out);
	buf_adds(out, "</entry>\n");
}

/* The feed is as new as its newest entry; without any, as the index. */
static void
add_feed_updated(const struct view *v, struct buf *out)
{
	int newest = 0, ymd;
	size_t i;

	for (i = 0; i < v->result->nhits; i++) {
		ymd = updated_ymd(&v->result->hits[i].doc);
		if (ymd > newest)
			newest = ymd;
	}
	if (newest == 0 && v->made != NULL)
		xml_element("updated", v->made, out);
	else
		add_moment("updated", newest != 0 ? newest :
		    v->query->peil_ymd, out);
}

void
out_atom(const struct view *v, struct buf *out)
{
	const struct result *r = v->result;
	size_t i;

	xml_begin(out);
	buf_adds(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:os=\""
	    "http://a9.com/-/spec/opensearch/1.1/\" xml:lang=\"nl\">\n");
	add_feed_id(v->query, out);
	add_feed_title(v->query, out);
	add_subtitle(r, out);
	add_feed_updated(v, out);
	buf_adds(out, "<author><name>naslag</name></author>\n");
	buf_adds(out, "<generator version=\"" PACKAGE_VERSION
	    "\">naslag</generator>\n");
	if (has_pages(v))
		add_feed_links(v, out);
	xml_number("os:totalResults", r->total, out);
	xml_number("os:startIndex", v->query->vanaf + 1UL, out);
	xml_number("os:itemsPerPage", v->query->aantal, out);
	for (i = 0; i < r->nhits; i++)
		add_entry(v, &r->hits[i], out);
	buf_adds(out, "</feed>\n");
}
