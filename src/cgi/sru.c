#include <config.h>

#include <stddef.h>
#include <string.h>

#include "cgi/caps.h"
#include "cgi/handler.h"
#include "index/search.h"
#include "model/cql.h"
#include "show/sru.h"

#define DEFAULT_RECORDS 10

/* A request, its values borrowed; NULL for what was not given. */
struct asked {
	const char *operation, *version, *query, *start, *maximum, *packing,
	    *schema, *sort_keys, *ttl, *extra, *xpath, *stylesheet;
};

/* Parameters; those that we have no use for are known, too. */
static const struct {
	const char *name;
	size_t at;
} parameters[] = {
	{ "operation", offsetof(struct asked, operation) },
	{ "version", offsetof(struct asked, version) },
	{ "query", offsetof(struct asked, query) },
	{ "startRecord", offsetof(struct asked, start) },
	{ "maximumRecords", offsetof(struct asked, maximum) },
	{ "recordPacking", offsetof(struct asked, packing) },
	{ "recordSchema", offsetof(struct asked, schema) },
	{ "sortKeys", offsetof(struct asked, sort_keys) },
	{ "resultSetTTL", offsetof(struct asked, ttl) },
	{ "extraRequestData", offsetof(struct asked, extra) },
	{ "recordXPath", offsetof(struct asked, xpath) },
	{ "stylesheet", offsetof(struct asked, stylesheet) },
};

static int
fail(struct sru_diagnostic *d, unsigned code, const char *details)
{
	*d = (struct sru_diagnostic){ code, details };
	return -1;
}

static int
take(struct asked *a, const struct request_pair *p, struct sru_diagnostic *d)
{
	const char **to;
	size_t i;

	/* Extensions of others: ignored, as the standard says. */
	if (strncmp(p->key, "x-", 2) == 0)
		return 0;
	for (i = 0; i < NELEM(parameters); i++)
		if (strcmp(parameters[i].name, p->key) == 0)
			break;
	if (i == NELEM(parameters))
		return fail(d, SRU_PARAMETER, p->key);
	to = (const char **)(void *)((char *)a + parameters[i].at);
	if (*to != NULL)
		return fail(d, SRU_VALUE, p->key);
	if (*p->value != '\0')
		*to = p->value;
	return 0;
}

static int
read_parameters(const struct request *r, struct asked *out,
    struct sru_diagnostic *d)
{
	int rc = 0;
	size_t i;

	/* All are read, so that the answer is of the kind asked for. */
	for (i = 0; i < r->npairs; i++)
		if (take(out, &r->pairs[i], d) == -1)
			rc = -1;
	return rc;
}

/* A number of at most six digits; missing: as it is. */
static int
read_number(const char *s, unsigned *out, const char *name,
    struct sru_diagnostic *d)
{
	unsigned n = 0;
	size_t i;

	if (s == NULL)
		return 0;
	for (i = 0; s[i] >= '0' && s[i] <= '9' && i < 6; i++)
		n = n * 10 + (unsigned)(s[i] - '0');
	if (i == 0 || s[i] != '\0')
		return fail(d, SRU_VALUE, name);
	*out = n;
	return 0;
}

static int
read_version(const char *version, const char **out, struct sru_diagnostic *d)
{
	static const char *const versions[] = { "1.2", "1.1" };
	size_t i;

	for (i = 0; i < NELEM(versions); i++)
		if (version != NULL && strcmp(version, versions[i]) == 0) {
			*out = versions[i];
			return 0;
		}
	return version == NULL ? 0 : fail(d, SRU_VERSION, "1.2");
}

static int
is_schema(const char *s)
{
	return s == NULL || strcmp(s, SRU_SCHEMA) == 0 ||
	    strcmp(s, SRU_SCHEMA_NAME) == 0;
}

/* What a search asks for beside its query. */
static int
read_search(const struct asked *a, struct sru_search *s,
    struct sru_diagnostic *d)
{
	if (a->version == NULL)
		return fail(d, SRU_MISSING, "version");
	if (a->query == NULL)
		return fail(d, SRU_MISSING, "query");
	if (read_number(a->start, &s->start, "startRecord", d) == -1 ||
	    read_number(a->maximum, &s->maximum, "maximumRecords", d) == -1)
		return -1;
	if (s->start == 0)
		return fail(d, SRU_VALUE, "startRecord");
	if (s->start > s->last_start)
		return fail(d, SRU_POSITION, "");
	if (s->maximum > QUERY_SITE_COUNT)
		s->maximum = QUERY_SITE_COUNT;
	if (a->packing != NULL && strcmp(a->packing, "xml") != 0)
		return fail(d, SRU_PACKING, a->packing);
	if (!is_schema(a->schema))
		return fail(d, SRU_UNKNOWN_SCHEMA, a->schema);
	if (a->xpath != NULL)
		return fail(d, SRU_XPATH, "");
	if (a->stylesheet != NULL)
		return fail(d, SRU_STYLESHEET, "");
	return 0;
}

/* The query, within the caps.  details may point into fault or err. */
static int
read_query(const struct asked *a, const struct sru_search *s, struct query *q,
    struct cql_fault *fault, struct error *err, struct sru_diagnostic *d)
{
	if (cql_parse(a->query, q, fault) == -1 || (a->sort_keys != NULL &&
	    cql_sort_keys(a->sort_keys, q, fault) == -1))
		return fail(d, fault->code, fault->details);
	q->vanaf = s->start - 1;
	q->aantal = s->maximum;
	if (caps_check(q, err) == -1)
		return fail(d, SRU_QUERY_FEATURE, err->msg);
	return 0;
}

/* Search and print.  Returns -1 with *err if the index cannot be read. */
static int
print_found(const struct context *c, const struct sru_search *s,
    const struct query *q, struct response *r, struct error *err)
{
	static const struct sru_diagnostic behind = { SRU_POSITION, "" };
	CLEAN(result_clear) struct result result = { 0 };
	struct view view = { .query = q, .result = &result, .site = c->site };
	struct sru_diagnostic heavy;

	r->terms = (uint32_t)caps_words(q);
	if (search(c->store, q, &result, err) == -1) {
		if (err->kind != ERROR_QUERY)
			return -1;
		fail(&heavy, SRU_QUERY_FEATURE, err->msg);
		sru_print_answer(s, NULL, &heavy, &r->body);
		return 0;
	}
	r->has_hits = true;
	r->hits = result.total;
	sru_print_answer(s, &view, s->start > 1 && s->start > result.total ?
	    &behind : NULL, &r->body);
	return 0;
}

static int
answer_search(const struct context *c, const struct asked *a,
    const char *version, struct sru_diagnostic *d, struct response *r,
    struct error *err)
{
	struct sru_search s = { version, a->query, a->sort_keys, 1,
	    DEFAULT_RECORDS, QUERY_SITE_RANK + 1 };
	CLEAN(query_clear) struct query q;
	struct error ignored = ERROR_INIT;
	struct cql_fault fault = { 0 };

	query_init(&q, c->today_ymd);
	if (d->code == 0 && read_search(a, &s, d) == 0 &&
	    read_query(a, &s, &q, &fault, &ignored, d) == 0)
		return print_found(c, &s, &q, r, err);
	sru_print_answer(&s, NULL, d, &r->body);
	return 0;
}

/* Whatever is wrong with a request, the answer is one of SRU. */
int
handle_sru(const struct context *c, struct response *r, struct error *err)
{
	struct sru_diagnostic d = { 0, "" };
	struct asked a = { 0 };
	const char *version = "1.2";
	struct sru_place place = { .site = c->site, .contact = c->contact,
	    .count = DEFAULT_RECORDS, .max_count = QUERY_SITE_COUNT };

	response_set(r, 200, SRU_TYPE);
	if (read_parameters(c->request, &a, &d) == 0)
		read_version(a.version, &version, &d);
	if (c->refused != NULL)
		fail(&d, c->request->is_long ? SRU_LENGTH : SRU_VALUE,
		    c->refused->msg);
	if (a.operation != NULL && strcmp(a.operation, "searchRetrieve") == 0)
		return answer_search(c, &a, version, &d, r, err);
	if (d.code == 0 && a.operation == NULL && a.query != NULL)
		fail(&d, SRU_MISSING, "operation");
	/* Which parameters there are depends on it. */
	if (a.operation != NULL && strcmp(a.operation, "explain") != 0)
		fail(&d, SRU_OPERATION, a.operation);
	place.version = version;
	sru_print_explain(&place, d.code != 0 ? &d : NULL, &r->body);
	return 0;
}
