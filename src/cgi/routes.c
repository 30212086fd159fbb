#include <config.h>

#include "cgi/routes.h"

#include <string.h>

#define SEARCHES (NEEDS_INDEX | NEEDS_SEARCH)

static const struct route routes[] = {
	{ "/", handle_page, SEARCHES, false, true },
	{ "/v1/documenten", handle_documents, SEARCHES, true, false },
	{ "/v1/documenten/*", handle_document, NEEDS_INDEX, true, false },
	{ "/v1/suggesties", handle_suggestions, NEEDS_INDEX, true, false },
	{ "/v1/openapi.json", handle_openapi, NEEDS_OPENAPI, true, false },
	{ "/feed.atom", handle_feed, SEARCHES, false, false },
	{ "/opensearch.xml", handle_opensearch, 0, false, false },
	{ "/sru", handle_sru, SEARCHES, false, false },
	{ "/stijl.css", handle_stylesheet, NEEDS_STYLESHEET, false, false },
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
		    (!*is_english || routes[i].has_english))
			return &routes[i];
	return NULL;
}
