/*
 * t-outputs: whatever a visitor or a document says, it stays text in every
 * form of an answer; t-page.c has the pages.
 */
#include <config.h>

#include "show/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/utf8.h"
#include "cgi/incident.h"
#include "model/lists.h"
#include "show/docjson.h"
#include "show/opensearch.h"
#include "show/sru.h"
#include "show/suggest.h"
#include "hostile.h"
#include "pagecheck.h"
#include "tap.h"

static const struct site site = { .base = "/zoek", .origin = "https://zoek.nl",
	.documents = "https://documenten.nl/c" };

/* ---- what an answer is made of: names of elements, keys, columns ---- */

#define MAX_NAMES 400

struct names {
	char *items[MAX_NAMES];
	size_t count;
	bool is_known;		/* no more may be added */
	bool has_new;
};

static void
names_clear(struct names *n)
{
	while (n->count > 0)
		free(n->items[--n->count]);
	*n = (struct names){ .count = 0 };
}

static void
note_name(struct names *n, const char *kind, const char *name)
{
	CLEAN(str_free) char *s = xasprintf("%s %s", kind, name);
	size_t i;

	for (i = 0; i < n->count; i++)
		if (strcmp(n->items[i], s) == 0)
			return;
	if (n->is_known || n->count == MAX_NAMES) {
		if (!n->has_new)
			printf("# not ours: %s\n", s);
		n->has_new = true;
		return;
	}
	n->items[n->count++] = xstrdup(s);
}

static void
note_elements(struct names *n, const xmlNode *node)
{
	const xmlAttr *a;

	for (; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE &&
		    node->type != XML_TEXT_NODE)
			note_name(n, "node", "that is no element");
		if (node->type != XML_ELEMENT_NODE)
			continue;
		note_name(n, "element", (const char *)node->name);
		for (a = node->properties; a != NULL; a = a->next)
			note_name(n, "attribute", (const char *)a->name);
		note_elements(n, node->children);
	}
}

static bool
read_xml(struct names *n, const struct buf *b)
{
	xmlDoc *doc = xmlReadMemory(b->s, (int)b->len, "answer", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	if (doc == NULL)
		return false;
	if (doc->intSubset != NULL)
		note_name(n, "a", "DOCTYPE");
	note_elements(n, doc->children);
	xmlFreeDoc(doc);
	return true;
}

static void
note_keys(struct names *n, json_t *v)
{
	const char *key;
	json_t *kid;
	size_t i;

	if (json_is_object(v)) {
		json_object_foreach(v, key, kid) {
			note_name(n, "key", key);
			note_keys(n, kid);
		}
	} else
		json_array_foreach(v, i, kid)
			note_keys(n, kid);
}

static bool
read_json(struct names *n, const struct buf *b)
{
	json_t *v = json_loadb(b->s, b->len, JSON_REJECT_DUPLICATES, NULL);

	if (v == NULL)
		return false;
	note_keys(n, v);
	json_decref(v);
	return true;
}

/* A document a line. */
static bool
read_jsonl(struct names *n, const struct buf *b)
{
	const char *at = b->s, *end;

	for (; (end = strchr(at, '\n')) != NULL; at = end + 1) {
		json_t *v = json_loadb(at, (size_t)(end - at), 0, NULL);

		if (v == NULL)
			return false;
		note_keys(n, v);
		json_decref(v);
	}
	return *at == '\0';
}

/* The head and one hit; each with as many columns. */
static bool
read_rows(struct names *n, const struct buf *b, char separator)
{
	size_t columns = 1, rows = 0;
	bool is_quoted = false;
	const char *s;

	for (s = b->s; *s != '\0'; s++) {
		if (*s == '"' && separator == ',')
			is_quoted = !is_quoted;
		else if (*s == separator && !is_quoted)
			columns++;
		else if (*s == '\n' && !is_quoted) {
			CLEAN(str_free) char *count = xasprintf("%zu", columns);

			note_name(n, "columns:", count);
			columns = 1;
			rows++;
		}
	}
	return !is_quoted && rows == 2;
}

static bool
read_csv(struct names *n, const struct buf *b)
{
	return read_rows(n, b, ',');
}

static bool
read_tsv(struct names *n, const struct buf *b)
{
	return read_rows(n, b, '\t');
}

static bool
read_page(struct names *n, const struct buf *b)
{
	const char *wrong = page_fault(b);

	(void)n;
	if (wrong != NULL)
		printf("# %s\n", wrong);
	return wrong == NULL;
}

static bool
read_lines(struct names *n, const struct buf *b)
{
	(void)n;
	return !has_bidi(b->s, b->len);
}

/* ---- what there is to show ---- */

static void
show_output(const char *name, const struct hostile *h, struct buf *out)
{
	const struct view v = { .query = &h->q, .result = &h->r,
	    .site = &site, .width = 80, .made = "2026-11-22T10:00:00Z" };

	output_by_name(name)->render(&v, out);
}

#define OUTPUT(name)							\
	static void							\
	show_##name(const struct hostile *h, const char *s, struct buf *out) \
	{								\
		(void)s;						\
		show_output(#name, h, out);				\
	}
OUTPUT(tekst)
OUTPUT(json)
OUTPUT(jsonl)
OUTPUT(csv)
OUTPUT(tsv)
OUTPUT(atom)

static void
show_document(const struct hostile *h, const char *s, struct buf *out)
{
	struct docjson_version version = { h->r.hits[0].doc, "opvolger" };

	(void)s;
	docjson_print(&h->r.hits[0].doc, &version, 1, TODAY, 7, &site, out);
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
show_explain(const struct hostile *h, const char *s, struct buf *out)
{
	struct sru_place place = { &site, "1.2", s, 10, 50 };
	struct sru_diagnostic d = { SRU_PARAMETER, s };

	(void)h;
	sru_print_explain(&place, &d, out);
}

static void
show_opensearch(const struct hostile *h, const char *s, struct buf *out)
{
	(void)h;
	opensearch_print(&site, s, out);
}

/* Its text is what documents say. */
static struct suggestion
suggestion_of(const char *s)
{
	return (struct suggestion){ .text = s, .kind = SUGGEST_TITEL,
	    .documents = 1 };
}

static void
show_suggestions(const struct hostile *h, const char *s, struct buf *out)
{
	struct suggestion found = suggestion_of(s);

	(void)h;
	suggest_print_opensearch(&site, s, &found, 1, out);
}

static void
show_completions(const struct hostile *h, const char *s, struct buf *out)
{
	struct suggestion found = suggestion_of(s);

	(void)h;
	suggest_print_json(s, &found, 1, out);
}

static void
show_failure(bool is_api, const char *s, struct buf *out)
{
	CLEAN(response_clear) struct response r = RESPONSE_INIT;
	struct error err = ERROR_INIT;
	struct incident in;

	error_set(&err, ERROR_QUERY, "%s", s);
	incident_init(&in, is_api, &site);
	incident_answer(&in, 400, &err, &r);
	buf_add(out, r.body.s, r.body.len);
}

static void
show_problem(const struct hostile *h, const char *s, struct buf *out)
{
	(void)h;
	show_failure(true, s, out);
}

static void
show_error_page(const struct hostile *h, const char *s, struct buf *out)
{
	(void)h;
	show_failure(false, s, out);
}

static const struct form {
	const char *name;
	void (*show)(const struct hostile *, const char *payload,
	    struct buf *out);
	bool (*read)(struct names *, const struct buf *);
	bool has_parts;		/* shows an answer, not only the payload */
} forms[] = {
	{ "text", show_tekst, read_lines, true },
	{ "JSON", show_json, read_json, true },
	{ "JSON lines", show_jsonl, read_jsonl, true },
	{ "CSV", show_csv, read_csv, true },
	{ "TSV", show_tsv, read_tsv, true },
	{ "Atom", show_atom, read_xml, true },
	{ "the JSON of a document", show_document, read_json, true },
	{ "SRU", show_sru, read_xml, true },
	{ "the explanation of SRU", show_explain, read_xml, false },
	{ "OpenSearch", show_opensearch, read_xml, false },
	{ "suggestions", show_suggestions, read_json, false },
	{ "completions", show_completions, read_json, false },
	{ "a problem", show_problem, read_json, false },
	{ "an error page", show_error_page, read_page, false },
};

static size_t
try(const struct form *f, struct names *names, enum part part,
    const char *payload)
{
	CLEAN(hostile_clear) struct hostile h;
	CLEAN(buf_clear) struct buf out = BUF_INIT;

	names->has_new = false;
	hostile_make(&h, part, payload);
	f->show(&h, payload, &out);
	if (strlen(buf_str(&out)) == out.len && utf8_valid(out.s, out.len) &&
	    f->read(names, &out) && !names->has_new)
		return 0;
	printf("# %s: %s\n", part_names[part], payload);
	return 1;
}

static void
test_form(const struct form *f, char **payloads, size_t n)
{
	CLEAN(names_clear) struct names names = { .count = 0 };
	size_t part, bad, i;

	/* With every part there is, so that no name is new later. */
	bad = try(f, &names, PART_NONE, "Een woord") +
	    try(f, &names, PART_NONE, "beheer@example.nl");
	for (part = PART_Q; f->has_parts && part < NPARTS; part++)
		bad += try(f, &names, (enum part)part,
		    part == PART_URL ? "https://documenten.nl/a" : "Een woord");
	names.is_known = true;
	for (part = f->has_parts ? PART_Q : PART_NONE; part < NPARTS && (
	    f->has_parts || part == PART_NONE); part++)
		for (i = 0; i < n; i++)
			bad += try(f, &names, (enum part)part, payloads[i]);
	ok(bad == 0, "%s: what is said stays text", f->name);
}

int
main(void)
{
	struct error err = ERROR_INIT;
	char *payloads[MAX_PAYLOADS];
	size_t n = read_payloads(payloads), i;

	if (lists_load(&err) == -1) {
		printf("Bail out! %s\n", err.msg);
		return 1;
	}
	ok(n >= 200, "there are %zu payloads", n);
	for (i = 0; i < NELEM(forms); i++)
		test_form(&forms[i], payloads, n);
	while (n > 0)
		free(payloads[--n]);
	lists_free();
	xmlCleanupParser();
	return tap_done();
}
