#include <config.h>

#include "cgi/handler.h"

#include <stddef.h>

/* What is the same for everyone: files of data/, read in main.c. */
static int
asset(const struct context *c, const char *text, const char *type,
    struct response *r, struct error *err)
{
	static const char *const keys[] = { NULL };

	if (request_only(c->request, keys, err) == -1)
		return -1;
	if (text == NULL)
		return error_set(err, ERROR_ABSENT, "dit bestand is er niet");
	response_set(r, 200, type);
	r->is_asset = true;
	buf_adds(&r->body, text);
	return 0;
}

int
handle_stylesheet(const struct context *c, struct response *r,
    struct error *err)
{
	return asset(c, c->stylesheet, "text/css; charset=utf-8", r, err);
}
