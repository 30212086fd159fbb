#include <config.h>

#include "cgi/handler.h"
#include "index/suggest.h"
#include "index/vocabulary.h"
#include "show/openapi.h"
#include "show/opensearch.h"
#include "show/suggest.h"

/* Feeds, and what tells programs how to ask and to complete. */

#define SUGGESTIONS 10

/* Who follows a feed wants what is new: the newest first. */
static int
feed_query(const struct context *c, struct query *q, struct error *err)
{
	const char *sort = request_value(c->request, "sorteer");

	if ((sort == NULL || *sort == '\0') &&
	    query_set(q, "sorteer", query_sort_name(SORT_DATE), err) == -1)
		return -1;
	return request_query(c->request, NULL, q, err);
}

int
handle_feed(const struct context *c, struct response *r, struct error *err)
{
	CLEAN(query_clear) struct query q;

	query_init(&q, c->today_ymd);
	if (feed_query(c, &q, err) == -1)
		return -1;
	return handle_hits(c, &q, output_by_name("atom"), r, err);
}

int
handle_opensearch(const struct context *c, struct response *r,
    struct error *err)
{
	static const char *const keys[] = { NULL };

	if (request_only(c->request, keys, err) == -1)
		return -1;
	response_set(r, 200, OPENSEARCH_TYPE "; charset=utf-8");
	r->is_asset = true;
	opensearch_print(c->site, c->contact, &r->body);
	return 0;
}

int
handle_openapi(const struct context *c, struct response *r, struct error *err)
{
	static const char *const keys[] = { NULL };

	if (request_only(c->request, keys, err) == -1)
		return -1;
	if (c->openapi == NULL)
		return error_set(err, ERROR_CONFIG, "openapi.json is not there");
	response_set(r, 200, "application/json");
	r->is_asset = true;
	return openapi_print(c->openapi, c->site, c->contact, &r->body, err);
}

int
handle_suggestions(const struct context *c, struct response *r,
    struct error *err)
{
	static const char *const keys[] = { "q", NULL };
	const char *typed = request_value(c->request, "q");
	const struct vocabulary *words = store_vocabulary(c->store);
	struct suggestion found[SUGGESTIONS];
	size_t n;

	if (request_only(c->request, keys, err) == -1)
		return -1;
	if (typed == NULL)
		return error_set(err, ERROR_QUERY,
		    "noem in q wat tot nu toe is getypt");
	n = suggestions_find(store_suggestions(c->store),
	    words != NULL ? vocabulary_words(words) : NULL, typed, found,
	    SUGGESTIONS);
	response_set(r, 200, SUGGEST_TYPE);
	suggest_print_opensearch(c->site, typed, found, n, &r->body);
	return 0;
}
