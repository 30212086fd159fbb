#include <config.h>

#include "cgi/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "index/store.h"
#include "model/lists.h"

/* Bytes of a digest in an ETag: 128 bits. */
#define TAG_DIGITS 32

void
answer_begin(struct answer *a, struct settings *settings, request_getenv *get,
    void *arg)
{
	const char *path = get("PATH_INFO", arg);
	const char *method = get("REQUEST_METHOD", arg), *rest;
	bool is_english;

	if (path == NULL)
		path = "";
	a->route = route_find(path, &is_english, &rest);
	a->is_head = method != NULL && strcmp(method, "HEAD") == 0;
	settings->site.is_english = is_english;
	incident_init(&a->incident, a->route != NULL ?
	    (a->route->is & IS_API) != 0 : strncmp(path, "/v1/", 4) == 0,
	    &settings->site);
}

/* ---- tags ---- */

/*
 * What decides the answer: the program, its tables, the generation, the day,
 * and what was asked.
 */
static void
set_tag(struct answer *a, const struct opened *o)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	char hex[DIGEST_HEX + 1];
	struct store_facts facts;
	size_t i;

	store_facts(o->store, &facts);
	buf_addf(&b, "%s %016llx %016llx %u %s %d %s", PACKAGE_VERSION,
	    (unsigned long long)store_fingerprint(o->analyser),
	    (unsigned long long)lists_hash(), facts.generation, facts.made,
	    o->settings.today_ymd, a->request.path);
	for (i = 0; i < a->request.npairs; i++) {
		const struct request_pair *p = &a->request.pairs[i];

		buf_add(&b, p->key, strlen(p->key) + 1);
		buf_add(&b, p->value, strlen(p->value) + 1);
	}
	digest_bytes(b.s, b.len, hex);
	snprintf(a->response.etag, sizeof a->response.etag, "%u-%.*s",
	    facts.generation, TAG_DIGITS, hex);
}

static void
set_asset_tag(struct response *r)
{
	char hex[DIGEST_HEX + 1];

	digest_bytes(buf_str(&r->body), r->body.len, hex);
	snprintf(r->etag, sizeof r->etag, "%.*s", TAG_DIGITS, hex);
}

/* Is the tag among those of If-None-Match?  Weak comparison. */
static bool
has_tag(const struct answer *a)
{
	CLEAN(str_free) char *quoted = xasprintf("\"%s\"", a->response.etag);

	return a->request.if_none_match != NULL && *a->response.etag != '\0' &&
	    strstr(a->request.if_none_match, quoted) != NULL;
}

/* ---- answering ---- */

static int
handle(struct answer *a, const struct opened *o, const struct error *refused)
{
	struct context c = {
		.store = o->store, .site = &o->settings.site,
		.request = &a->request, .refused = refused,
		.contact = o->settings.contact,
		.openapi = o->openapi.s, .stylesheet = o->stylesheet.s,
		.today_ymd = o->settings.today_ymd,
	};

	/* What was refused is not known well enough to have a tag. */
	if (o->store != NULL && (a->route->needs & NEEDS_INDEX) &&
	    refused == NULL) {
		set_tag(a, o);
		if (has_tag(a)) {
			a->response.status = 304;
			return 0;
		}
	}
	if (a->route->handle(&c, &a->response, &a->err) == -1)
		return -1;
	if (a->response.is_asset)
		set_asset_tag(&a->response);
	if (has_tag(a))
		a->response.status = 304;
	return 0;
}

int
answer_make(struct answer *a, const struct opened *o, request_getenv *get,
    void *arg)
{
	bool is_english, is_refused;
	int status;

	a->has_question = true;
	status = request_read(get, arg, &a->request, &a->err);
	is_refused = status == 400 && a->route != NULL &&
	    (a->route->is & IS_PROTOCOL);
	if (status != 200 && !is_refused)
		return status;
	a->incident.typed = request_value(&a->request, "q");
	if (a->route == NULL)
		return 404;
	route_find(a->request.path, &is_english, &a->request.rest);
	if (handle(a, o, is_refused ? &a->err : NULL) == -1)
		return error_http_status(a->err.kind);
	return a->response.status;
}

/* ---- printing ---- */

void
answer_headers(const struct answer *a, struct response *to)
{
	if (!a->incident.is_api) {
		response_header(to, "Cross-Origin-Resource-Policy",
		    "same-origin");
		return;
	}
	response_header(to, "API-Version", "1.0.0");
	response_header(to, "Access-Control-Allow-Origin", "*");
	response_header(to, "Access-Control-Expose-Headers",
	    "API-Version, ETag, Retry-After");
	response_header(to, "Cross-Origin-Resource-Policy", "cross-origin");
}

void
answer_print(struct answer *a, const struct opened *o, int status,
    struct buf *out, struct log_entry *entry)
{
	struct store_facts facts;

	*entry = (struct log_entry){ .status = status, .err = &a->err,
	    .response = &a->response, .has_question = a->has_question };
	if (status != 200 && status != 304) {
		entry->incident = a->incident.number;
		incident_answer(&a->incident, status, &a->err, &a->response);
	}
	answer_headers(a, &a->response);
	response_write(&a->response, a->is_head, out);
	if (o->store != NULL) {
		store_facts(o->store, &facts);
		entry->generation = facts.generation;
	}
}

void
answer_clear(struct answer *a)
{
	request_clear(&a->request);
	response_clear(&a->response);
	*a = (struct answer)ANSWER_INIT;
}
