#include <config.h>

#include <stdlib.h>

#include "cgi/caps.h"
#include "cgi/handler.h"
#include "index/families.h"
#include "index/search.h"
#include "show/docjson.h"
#include "show/output.h"

/* ---- searching: / and /v1/documenten ---- */

static const char *const other_keys[] = { "vorm", NULL };

static int
find_output(const struct request *r, const char *otherwise,
    const struct output **out, struct error *err)
{
	const char *name = request_value(r, "vorm");

	if (name == NULL || *name == '\0')
		name = otherwise;
	return output_find(name, out, err);
}

int
handle_hits(const struct context *c, const struct query *q,
    const struct output *output, struct response *r, struct error *err)
{
	CLEAN(result_clear) struct result result = { 0 };
	struct store_facts facts;
	struct view view;

	r->terms = (uint32_t)caps_words(q);
	if (search(c->store, q, &result, err) == -1)
		return -1;
	r->has_hits = true;
	r->hits = result.total;
	store_facts(c->store, &facts);
	view = (struct view){ .query = q, .result = &result, .width = 80,
	    .site = c->site, .made = facts.made };
	response_set(r, 200, output->mime);
	output->render(&view, &r->body);
	return 0;
}

/* Answer a question in the form it asks for. */
static int
answer(const struct context *c, const char *form, struct response *r,
    struct error *err)
{
	CLEAN(query_clear) struct query q;
	const struct output *output;

	query_init(&q, c->today_ymd);
	if (find_output(c->request, form, &output, err) == -1 ||
	    request_query(c->request, other_keys, &q, err) == -1)
		return -1;
	return handle_hits(c, &q, output, r, err);
}

int
handle_page(const struct context *c, struct response *r, struct error *err)
{
	return answer(c, "html", r, err);
}

int
handle_documents(const struct context *c, struct response *r,
    struct error *err)
{
	return answer(c, "json", r, err);
}

/* ---- one document: /v1/documenten/{id} ---- */

struct versions {
	struct docjson_version *items;
	size_t count;
};

static void
versions_clear(struct versions *v)
{
	size_t i;

	for (i = 0; i < v->count; i++)
		doc_clear(&v->items[i].doc);
	free(v->items);
	*v = (struct versions){ 0 };
}

/* Of a family, which docid is in. */
static int
read_versions(const struct store *s, uint32_t docid,
    const struct version *v, size_t n, struct versions *out,
    struct error *err)
{
	const struct version *own = NULL;
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i].docid == docid)
			own = &v[i];
	out->items = xcalloc(n, sizeof *out->items);
	for (i = 0; i < n; i++) {
		struct docjson_version *to = &out->items[out->count];

		if (own == NULL || &v[i] == own || v[i].family != own->family)
			continue;
		if (store_doc(s, v[i].docid, &to->doc, err) == -1)
			return -1;
		to->relation = version_is_newer(&v[i], own) ? "opvolger" :
		    version_is_newer(own, &v[i]) ? "voorganger" : "versie";
		out->count++;
	}
	return 0;
}

static int
print_document(const struct context *c, uint32_t docid, int peil_ymd,
    struct buf *out, struct error *err)
{
	CLEAN(doc_clear) struct doc d = { 0 };
	CLEAN(versions_clear) struct versions versions = { 0 };
	CLEAN(families_free) struct families *f = NULL;
	const struct version *v;
	struct store_facts facts;
	size_t n;

	families_open(c->store, peil_ymd, &f);
	if (store_doc(c->store, docid, &d, err) == -1 ||
	    families_of(f, docid, &v, &n, err) == -1 ||
	    read_versions(c->store, docid, v, n, &versions, err) == -1)
		return -1;
	store_facts(c->store, &facts);
	docjson_print(&d, versions.items, versions.count, peil_ymd,
	    facts.generation, c->site, out);
	return 0;
}

/* A kenmerk may belong to several documents; then it names none of them. */
static int
find_one(const struct context *c, uint32_t *docid, struct error *err)
{
	uint32_t *docids = NULL;
	int n = store_find(c->store, c->request->rest, &docids, err);

	if (n == -1)
		return -1;
	*docid = docids[0];
	free(docids);
	if (n == 1)
		return 0;
	return error_set(err, ERROR_ABSENT, "er zijn %d documenten met kenmerk "
	    "‘%s’; zoek ze met /v1/documenten?kenmerk=", n, c->request->rest);
}

int
handle_document(const struct context *c, struct response *r,
    struct error *err)
{
	static const char *const keys[] = { "peildatum", NULL };
	CLEAN(query_clear) struct query q;
	uint32_t docid;

	query_init(&q, c->today_ymd);
	if (request_only(c->request, keys, err) == -1 ||
	    request_query(c->request, NULL, &q, err) == -1 ||
	    find_one(c, &docid, err) == -1)
		return -1;
	response_set(r, 200, "application/json");
	return print_document(c, docid, q.peil_ymd, &r->body, err);
}
