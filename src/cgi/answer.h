/*
 * answer: one request of the endpoint, from its variables to the bytes for the
 * web server.
 *
 * It opens nothing: what a route reads is open before, as the process is
 * locked down then (lockdown.h).
 *
 * Used by main.c, and by the tests for many requests in one process.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "cgi/incident.h"
#include "cgi/log.h"
#include "cgi/request.h"
#include "cgi/response.h"
#include "cgi/routes.h"
#include "cgi/settings.h"

struct analyser;
struct store;

/* What requests are answered from; NULL and empty where no route needs it. */
struct opened {
	struct settings settings;
	struct analyser *analyser;
	struct store *store;
	struct buf openapi, stylesheet;
};

struct answer {
	const struct route *route;	/* NULL: there is no such page */
	bool is_head;
	struct incident incident;
	struct request request;
	struct response response;
	struct error err;	/* why it is no 200 */
	bool has_question;	/* the request has been looked into */
};

#define ANSWER_INIT { .response = RESPONSE_INIT, .err = ERROR_INIT }

/*
 * Find the route and the language, which the settings are told; the variables
 * are only compared with names that we know.
 */
void answer_begin(struct answer *, struct settings *, request_getenv *,
    void *arg);
/* Look into the request and answer it.  Returns the status. */
int answer_make(struct answer *, const struct opened *, request_getenv *,
    void *arg);
/*
 * Append the answer with that status, that of answer_make() or of a failure
 * before it, and set what the log tells of it but for the time.
 */
void answer_print(struct answer *, const struct opened *, int status,
    struct buf *out, struct log_entry *);
void answer_clear(struct answer *);

/* The headers that all answers of the API have, and those of pages. */
void answer_headers(const struct answer *, struct response *);

#endif
