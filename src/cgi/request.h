/*
 * request: what the web server was asked, checked.
 *
 * The only reader of the environment of CGI/1.1 (RFC 3875).  Four variables
 * are looked at: REQUEST_METHOD, PATH_INFO, QUERY_STRING, HTTP_IF_NONE_MATCH;
 * nothing else of HTTP_* has any effect.  After request_read() all text is
 * UTF-8 without control characters, within the caps below.
 *
 * Used by main.c and the handlers.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "model/query.h"

#define REQUEST_MAX_STRING	1024	/* bytes of QUERY_STRING, encoded */
#define REQUEST_MAX_PATH	512	/* bytes of PATH_INFO */
#define REQUEST_MAX_Q		256	/* bytes of a value, decoded */
#define REQUEST_MAX_PAIRS	64
#define REQUEST_MAX_TAGS	1024	/* bytes of HTTP_IF_NONE_MATCH */

struct request_pair {
	char *key, *value;	/* decoded */
};

struct request {
	bool is_head;
	char *path;		/* "/", "/en/", "/v1/documenten" */
	const char *rest;	/* of a route that takes what follows: that,
				 * borrowed from path; else "" */
	char *if_none_match;	/* NULL if it was not sent */
	struct request_pair *pairs;	/* as sent, in that order */
	size_t npairs, cap_pairs;
	bool is_long;		/* it, or a value of it, is beyond the caps */
};

/* The environment, or a stand-in for it: see getenv(). */
typedef const char *request_getenv(const char *name, void *arg);

/*
 * Read and check a request.  Returns an HTTP status: 200; 405 when the method
 * is neither GET nor HEAD; 400 with *err an ERROR_QUERY in Dutch, fit for the
 * visitor; *out has the pairs before what is wrong.  request_clear() it in any
 * case.
 */
int request_read(request_getenv *, void *arg, struct request *out,
    struct error *);
void request_clear(struct request *);

/* The value of the first pair with that key; NULL if there is none. */
const char *request_value(const struct request *, const char *key);

/*
 * For a handler with keys of its own: each pair has to be one of these (ended
 * by NULL) and given once.  Returns -1 with ERROR_QUERY.
 */
int request_only(const struct request *, const char *const *keys,
    struct error *);

/*
 * Set every pair in *q, which query_init() has initialised, and hold it
 * against the caps of the endpoint (caps.h).  Known are the keys of query.h
 * and the others that the caller reads itself, such as vorm (ended by NULL;
 * NULL: there are none).  An empty value is none.  Returns -1 with
 * ERROR_QUERY.
 */
int request_query(const struct request *, const char *const *others,
    struct query *q, struct error *);

#endif
