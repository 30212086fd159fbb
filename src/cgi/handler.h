/*
 * handler: what answers one route of the endpoint.
 *
 * A handler is a function here and a row in routes.c.  When it is called the
 * process is locked down (lockdown.h): nothing but the index can be opened any
 * more, and what a handler needs from another file is loaded in main.c before.
 */
#ifndef HANDLER_H
#define HANDLER_H

#include "base/error.h"
#include "cgi/request.h"
#include "cgi/response.h"
#include "index/store.h"
#include "model/query.h"
#include "show/output.h"
#include "show/site.h"

struct context {
	struct store *store;
	const struct site *site;	/* never NULL */
	const struct request *request;
	const struct error *refused;	/* why it cannot be read; NULL: it can */
	const char *contact;	/* e-mail address or URL; NULL: none is set */
	const char *openapi;	/* the text of openapi.json; NULL: none */
	const char *stylesheet;	/* the text of stijl.css; NULL: none */
	int today_ymd;
};

/*
 * Answer: response_set() and the body.  Returns -1 with *err for an answer
 * that says only what went wrong: ERROR_QUERY 400 with the message, ERROR_ABSENT
 * 404 with the message, anything else 503 or 500 with a fixed text.
 */
typedef int handler(const struct context *, struct response *, struct error *);

/* Search, and answer with what is found: what all pages of hits share. */
int handle_hits(const struct context *, const struct query *,
    const struct output *, struct response *, struct error *);

handler handle_page;		/* / and /en/ */
handler handle_documents;	/* /v1/documenten */
handler handle_document;	/* /v1/documenten/{id} */
handler handle_openapi;		/* /v1/openapi.json */
handler handle_stylesheet;	/* /stijl.css */
handler handle_feed;		/* /feed.atom */
handler handle_opensearch;	/* /opensearch.xml */
handler handle_suggestions;	/* /v1/suggesties */
handler handle_sru;		/* /sru */

#endif
