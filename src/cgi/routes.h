/*
 * routes: which path is answered by what, and what that needs.
 */
#ifndef ROUTES_H
#define ROUTES_H

#include "cgi/handler.h"

/* What has to be open before the process is locked. */
enum {
	NEEDS_INDEX = 1,
	NEEDS_SEARCH = 2,	/* tables for questions */
	NEEDS_OPENAPI = 4,
	NEEDS_STYLESHEET = 8,
};

/* What it is. */
enum {
	IS_API = 1,		/* errors are problem+json, CORS, API-Version */
	IS_ENGLISH_TOO = 2,	/* below /en */
	IS_PROTOCOL = 4,	/* also says itself why it cannot be read */
};

struct route {
	const char *path;	/* one that ends in * takes what follows */
	handler *handle;
	unsigned needs, is;	/* of the flags above */
};

/*
 * The route of a path as the web server gives it; NULL if there is none.  Sets
 * *is_english, and *rest to what * took.
 */
const struct route *route_find(const char *path, bool *is_english,
    const char **rest);

#endif
