#include <config.h>

#include "show/sru.h"

#include "base/date.h"
#include "model/lists.h"
#include "show/html.h"
#include "show/said.h"
#include "show/xml.h"

/* The standard's own words for the diagnostics that we give. */
static const struct {
	unsigned code;
	const char *message;
} messages[] = {
	{ 4, "Unsupported operation" },
	{ 5, "Unsupported version" },
	{ 6, "Unsupported parameter value" },
	{ 7, "Mandatory parameter not supplied" },
	{ 8, "Unsupported parameter" },
	{ 10, "Query syntax error" },
	{ 12, "Too many characters in query" },
	{ 13, "Invalid or unsupported use of parentheses" },
	{ 14, "Invalid or unsupported use of quotes" },
	{ 15, "Unsupported context set" },
	{ 16, "Unsupported index" },
	{ 19, "Unsupported relation" },
	{ 20, "Unsupported relation modifier" },
	{ 22, "Unsupported combination of relation and index" },
	{ 26, "Non special character escaped in term" },
	{ 27, "Empty term unsupported" },
	{ 28, "Masking character not supported" },
	{ 29, "Masked words too short" },
	{ 31, "Anchoring character not supported" },
	{ 33, "Combination of proximity/adjacency and masking characters not "
	    "supported" },
	{ 36, "Term in invalid format for index or relation" },
	{ 38, "Too many boolean operators in query" },
	{ 39, "Proximity not supported" },
	{ 40, "Unsupported proximity relation" },
	{ 41, "Unsupported proximity distance" },
	{ 42, "Unsupported proximity unit" },
	{ 43, "Unsupported proximity ordering" },
	{ 46, "Unsupported boolean modifier" },
	{ 48, "Query feature unsupported" },
	{ 49, "Masking character in unsupported position" },
	{ 61, "First record position out of range" },
	{ 66, "Unknown schema for retrieval" },
	{ 71, "Unsupported record packing" },
	{ 72, "XPath retrieval unsupported" },
	{ 80, "Sort not supported" },
	{ 84, "Too many sort keys to sort" },
	{ 90, "Unsupported direction" },
	{ 110, "Stylesheets not supported" },
};

static const char *
message_of(unsigned code)
{
	size_t i;

	for (i = 0; i < NELEM(messages); i++)
		if (messages[i].code == code)
			return messages[i].message;
	return "General system error";
}

void
sru_print_diagnostic(const struct sru_diagnostic *d, struct buf *out)
{
	if (d == NULL)
		return;
	buf_adds(out, "<diagnostics>\n<diagnostic "
	    "xmlns=\"http://www.loc.gov/zing/srw/diagnostic/\">\n");
	buf_addf(out, "<uri>info:srw/diagnostic/1/%u</uri>\n", d->code);
	if (*d->details != '\0')
		xml_element("details", d->details, out);
	xml_element("message", message_of(d->code), out);
	buf_adds(out, "</diagnostic>\n</diagnostics>\n");
}

/* ---- records ---- */

static void
add_day(const char *element, int ymd, struct buf *out)
{
	CLEAN(buf_clear) struct buf day = BUF_INIT;

	if (ymd == DATE_NONE || ymd == DATE_OPEN_BEGIN || ymd == DATE_OPEN_END)
		return;
	date_print(ymd, &day);
	xml_element(element, day.s, out);
}

/* What can be asked for by these values, and a name where that is a code. */
static void
add_values(const struct doc *d, struct buf *out)
{
	static const struct {
		enum field_id field;
		const char *element;
		bool is_label;
	} rows[] = {
		{ FIELD_TITEL, "dc:title", false },
		{ FIELD_THEMA, "dc:subject", false },
		{ FIELD_SOORT, "dc:type", false },
		{ FIELD_FORMAAT, "dc:format", false },
		{ FIELD_KENMERK, "dc:identifier", false },
		{ FIELD_TAAL, "dc:language", false },
		{ FIELD_LAND, "dc:coverage", true },
	};
	size_t i, j;

	for (i = 0; i < NELEM(rows); i++) {
		const struct doc_values *v = &d->values[rows[i].field];

		for (j = 0; j < v->count; j++)
			xml_element(rows[i].element, rows[i].is_label ?
			    list_label(rows[i].field, v->items[j].text) :
			    v->items[j].text, out);
	}
}

static void
add_dublin_core(const struct hit *h, const struct site *site, struct buf *out)
{
	uint32_t page = h->npassages > 0 ? h->passages[0].page : 0;
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	site_document_url(site, &h->doc, page, &url);
	buf_adds(out, "<dc xmlns=\"info:srw/schema/1/dc-schema\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
	add_values(&h->doc, out);
	if (h->npassages > 0)
		xml_element("dc:description", h->passages[0].text, out);
	add_day("dc:date", h->doc.datum_ymd, out);
	xml_element("dc:identifier", h->doc.id, out);
	if (url.len > 0)
		xml_element("dc:identifier", url.s, out);
	buf_adds(out, "</dc>\n");
}

/* Dublin Core has no place for validity, and without it a hit misleads. */
static void
add_validity(const struct hit *h, struct buf *out)
{
	buf_adds(out, "<extraRecordData xmlns:n=\"urn:naslag:sru\">\n");
	xml_element("n:geldigheid", validity_name(h->validity), out);
	add_day("n:geldigVan", h->doc.van_ymd, out);
	add_day("n:geldigTot", h->doc.tot_ymd, out);
	if (h->replaced_by != NULL)
		xml_element("n:vervangenDoor", h->replaced_by, out);
	buf_adds(out, "</extraRecordData>\n");
}

static void
add_record(const struct sru_search *s, const struct hit *h,
    const struct site *site, struct buf *out)
{
	buf_adds(out, "<record>\n");
	xml_element("recordSchema", SRU_SCHEMA, out);
	xml_element("recordPacking", "xml", out);
	buf_adds(out, "<recordData>\n");
	add_dublin_core(h, site, out);
	buf_adds(out, "</recordData>\n");
	/* New in 1.2. */
	if (s->version[2] != '1')
		xml_element("recordIdentifier", h->doc.id, out);
	xml_number("recordPosition", h->rank, out);
	add_validity(h, out);
	buf_adds(out, "</record>\n");
}

/* ---- the answer ---- */

static void
add_found(const struct sru_search *s, const struct view *v, struct buf *out)
{
	const struct result *r = v->result;
	unsigned next = s->start + (unsigned)r->nhits;
	size_t i;

	xml_number("numberOfRecords", r->total, out);
	if (r->nhits == 0)
		return;
	buf_adds(out, "<records>\n");
	for (i = 0; i < r->nhits; i++)
		add_record(s, &r->hits[i], v->site, out);
	buf_adds(out, "</records>\n");
	if (next <= r->total && next <= s->last_start)
		xml_number("nextRecordPosition", next, out);
}

static void
add_request(const struct sru_search *s, struct buf *out)
{
	buf_adds(out, "<echoedSearchRetrieveRequest>\n");
	xml_element("version", s->version, out);
	xml_element("query", s->query != NULL ? s->query : "", out);
	xml_number("startRecord", s->start, out);
	xml_number("maximumRecords", s->maximum, out);
	xml_element("recordPacking", "xml", out);
	xml_element("recordSchema", SRU_SCHEMA_NAME, out);
	if (s->sort_keys != NULL)
		xml_element("sortKeys", s->sort_keys, out);
	buf_adds(out, "</echoedSearchRetrieveRequest>\n");
}

/* What has to be said with the records: the day, the soorten. */
static void
add_remarks(const struct view *v, struct buf *out)
{
	const struct disclaimer *found[SHOW_MAX_DISCLAIMERS];
	size_t n = disclaimers_of(v->result, found, NELEM(found)), i;

	buf_adds(out, "<extraResponseData xmlns:n=\"urn:naslag:sru\">\n");
	add_day("n:peildatum", v->query->peil_ymd, out);
	for (i = 0; i < v->result->notes.count; i++) {
		CLEAN(buf_clear) struct buf note = BUF_INIT;

		note_print(&v->result->notes.items[i], &note);
		xml_element("n:melding", note.s, out);
	}
	for (i = 0; i < n; i++) {
		buf_adds(out, "<n:disclaimer");
		xml_attribute("soort", found[i]->soort, out);
		buf_addc(out, '>');
		html_text(found[i]->tekst, out);
		buf_adds(out, "</n:disclaimer>\n");
	}
	xml_number("n:documenten", v->result->coverage_documents, out);
	xml_number("n:nietDoorzoekbaar", v->result->coverage_unsearchable, out);
	buf_adds(out, "</extraResponseData>\n");
}

void
sru_print_answer(const struct sru_search *s, const struct view *v,
    const struct sru_diagnostic *d, struct buf *out)
{
	xml_begin(out);
	buf_adds(out, "<searchRetrieveResponse "
	    "xmlns=\"http://www.loc.gov/zing/srw/\">\n");
	xml_element("version", s->version, out);
	if (v != NULL)
		add_found(s, v, out);
	else
		xml_number("numberOfRecords", 0, out);
	add_request(s, out);
	sru_print_diagnostic(d, out);
	if (v != NULL)
		add_remarks(v, out);
	buf_adds(out, "</searchRetrieveResponse>\n");
}
