#include <config.h>

#include "cgi/routes.h"

#include <string.h>

#define SEARCHES (NEEDS_INDEX | NEEDS_SEARCH)

static const struct route routes[] = {
	{ "/", handle_page, SEARCHES, IS_ENGLISH_TOO },
	{ "/v1/documenten", handle_documents, SEARCHES, IS_API },
	{ "/v1/documenten/*", handle_document, NEEDS_INDEX, IS_API },
	{ "/v1/suggesties", handle_suggestions, NEEDS_INDEX, IS_API },
	{ "/v1/openapi.json", handle_openapi, NEEDS_OPENAPI, IS_API },
	{ "/feed.atom", handle_feed, SEARCHES, 0 },
	{ "/opensearch.xml", handle_opensearch, 0, 0 },
	{ "/sru", handle_sru, SEARCHES, IS_PROTOCOL },
	{ "/stijl.css", handle_stylesheet, NEEDS_STYLESHEET, 0 },
};

static bool
matches(const char *pattern, const char *path, const char **rest)
{
	size_t n = strcspn(pattern, "*");

	if (pattern[n] == '\0') {
		*rest = path + strlen(path);
		return strcmp(pattern, path) == 0;
	}
	*rest = path + n;
	return strncmp(pattern, path, n) == 0 && **rest != '\0';
}

const struct route *
route_find(const char *path, bool *is_english, const char **rest)
{
	size_t i;

	if (*path == '\0')
		path = "/";
	*is_english = strncmp(path, "/en/", 4) == 0;
	path += *is_english ? 3 : 0;
	for (i = 0; i < NELEM(routes); i++)
		if (matches(routes[i].path, path, rest) &&
		    (!*is_english || (routes[i].is & IS_ENGLISH_TOO)))
			return &routes[i];
	return NULL;
}
