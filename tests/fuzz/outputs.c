/*
 * outputs: whatever documents and visitors say, an answer in any form stays
 * what it is.
 */
#include <config.h>

#include "target.h"

#include <string.h>

#include <jansson.h>
#include <libxml/parser.h>

#include "hostile.h"
#include "pagecheck.h"
#include "show/docjson.h"
#include "show/html.h"
#include "show/jsonval.h"
#include "show/opensearch.h"
#include "show/output.h"
#include "show/sru.h"
#include "show/suggest.h"

static const struct site site = { .base = "/zoek", .origin = "https://zoek.nl",
	.documents = "https://documenten.nl/c" };

static void
check_xml(const struct buf *b)
{
	xmlDoc *doc = xmlReadMemory(b->s, (int)b->len, "answer", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	fuzz_check(doc != NULL && doc->intSubset == NULL, "XML is well-formed");
	xmlFreeDoc(doc);
}

static void
check_json_text(const char *s, size_t n)
{
	json_t *v = json_loadb(s, n, JSON_REJECT_DUPLICATES, NULL);

	fuzz_check(v != NULL, "JSON is valid");
	json_decref(v);
}

static void
check_json(const struct buf *b)
{
	check_json_text(b->s, b->len);
}

static void
check_jsonl(const struct buf *b)
{
	const char *at = b->s, *end;

	for (; (end = strchr(at, '\n')) != NULL; at = end + 1)
		check_json_text(at, (size_t)(end - at));
	fuzz_check(*at == '\0', "the last line of JSON ends");
}

static void
check_html(const struct buf *b)
{
	const char *fault = page_fault(b);

	fuzz_check(fault == NULL, fault);
}

/* A head and a row, of as many cells. */
static void
check_tsv(const struct buf *b)
{
	size_t lines = 0, tabs[2] = { 0, 0 }, i;

	for (i = 0; i < b->len; i++) {
		if (b->s[i] == '\n')
			lines++;
		else if (b->s[i] == '\t' && lines < 2)
			tabs[lines]++;
	}
	fuzz_check(lines == 2 && tabs[0] == tabs[1], "a table is one");
}

static void
check_csv(const struct buf *b)
{
	size_t lines = 0, commas[2] = { 0, 0 }, i;
	bool is_quoted = false;

	for (i = 0; i < b->len; i++) {
		if (b->s[i] == '"')
			is_quoted = !is_quoted;
		else if (!is_quoted && b->s[i] == '\n')
			lines++;
		else if (!is_quoted && b->s[i] == ',' && lines < 2)
			commas[lines]++;
	}
	fuzz_check(!is_quoted && lines == 2 && commas[0] == commas[1],
	    "a table is one");
}

static void
check_text(const struct buf *b)
{
	(void)b;
}

/* ---- forms ---- */

static void
show(const char *name, const struct hostile *h, struct buf *out)
{
	const struct view v = { .query = &h->q, .result = &h->r,
	    .site = &site, .width = 80 };

	output_by_name(name)->render(&v, out);
}

static void
show_document(const struct hostile *h, const char *s, struct buf *out)
{
	(void)s;
	docjson_print(&h->r.hits[0].doc, NULL, 0, TODAY, 7, &site, out);
}

static void
show_sru(const struct hostile *h, const char *s, struct buf *out)
{
	const struct view v = { .query = &h->q, .result = &h->r,
	    .site = &site };
	struct sru_search search = { "1.2", s, s, 1, 10, 991 };
	struct sru_diagnostic d = { SRU_QUERY_FEATURE, s };

	sru_print_answer(&search, &v, &d, out);
}

static void
show_opensearch(const struct hostile *h, const char *s, struct buf *out)
{
	(void)h;
	opensearch_print(&site, s, out);
}

static void
show_suggestions(const struct hostile *h, const char *s, struct buf *out)
{
	struct suggestion found = { .text = s, .documents = 1 };

	(void)h;
	suggest_print_opensearch(&site, s, &found, 1, out);
}

static const struct form {
	const char *output;	/* NULL: show() */
	void (*show)(const struct hostile *, const char *, struct buf *);
	void (*check)(const struct buf *);
} forms[] = {
	{ "tekst", NULL, check_text },
	{ "json", NULL, check_json },
	{ "jsonl", NULL, check_jsonl },
	{ "csv", NULL, check_csv },
	{ "tsv", NULL, check_tsv },
	{ "atom", NULL, check_xml },
	{ "html", NULL, check_html },
	{ NULL, show_document, check_json },
	{ NULL, show_sru, check_xml },
	{ NULL, show_opensearch, check_xml },
	{ NULL, show_suggestions, check_json },
};

/* ---- escapers ---- */

static void
check_xml_text(const char *s, const char *clean)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	xmlChar *text, *value;
	xmlNode *root;
	xmlDoc *doc;

	buf_adds(&b, "<x a=\"");
	html_attr(s, &b);
	buf_adds(&b, "\">");
	html_text(s, &b);
	buf_adds(&b, "</x>");
	doc = xmlReadMemory(b.s, (int)b.len, "escaped", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
	    XML_PARSE_HUGE);
	fuzz_check(doc != NULL, "what is escaped is well-formed");
	root = xmlDocGetRootElement(doc);
	text = xmlNodeGetContent(root);
	value = xmlGetProp(root, (const xmlChar *)"a");
	fuzz_check(strcmp((char *)text, clean) == 0 &&
	    strcmp((char *)value, clean) == 0, "what is escaped is read again");
	xmlFree(text);
	xmlFree(value);
	xmlFreeDoc(doc);
}

static void
check_json_string(const char *s, const char *clean)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	json_t *v;

	jsonval_print(jsonval_text(s), JSON_ENCODE_ANY, &b);
	v = json_loadb(b.s, b.len, JSON_DECODE_ANY, NULL);
	fuzz_check(json_is_string(v) &&
	    strcmp(json_string_value(v), clean) == 0,
	    "what is JSON is read again");
	json_decref(v);
}

/* The first two bytes say what part of which form of an answer the rest is. */
void
fuzz_outputs(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf out = BUF_INIT, clean = BUF_INIT;
	struct hostile h;
	const struct form *f;

	if (n < 3)
		return;
	f = &forms[(unsigned char)s[1] % NELEM(forms)];
	hostile_make(&h, (enum part)((unsigned char)*s % NPARTS), s + 2);
	s += 2;
	if (f->output != NULL)
		show(f->output, &h, &out);
	else
		f->show(&h, s, &out);
	fuzz_check(strlen(buf_str(&out)) == out.len &&
	    utf8_valid(out.s, out.len), "an answer is UTF-8");
	f->check(&out);
	utf8_clean(s, strlen(s), &clean);
	check_xml_text(s, buf_str(&clean));
	check_json_string(s, utf8_valid(s, strlen(s)) ? s : buf_str(&clean));
	hostile_clear(&h);
}
