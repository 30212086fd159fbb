#include <config.h>

#include "cgi/response.h"

#include <assert.h>
#include <string.h>

/* What every answer says; RELIABILITY.md 6 has the reasons. */
static const struct response_header always[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; "
	    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	/* Else the question would travel to where the documents are. */
	{ "Referrer-Policy", "no-referrer" },
};

static const struct {
	int status;
	const char *phrase;
} phrases[] = {
	{ 200, "OK" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
};

static const char *
phrase_of(int status)
{
	size_t i;

	for (i = 0; i < NELEM(phrases); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "";
}

void
response_set(struct response *r, int status, const char *type)
{
	r->status = status;
	r->type = type;
}

void
response_header(struct response *r, const char *name, const char *value)
{
	assert(r->nheaders < RESPONSE_MAX_HEADERS);
	assert(strpbrk(value, "\r\n") == NULL);
	r->headers[r->nheaders++] = (struct response_header){ name, value };
}

void
response_clear(struct response *r)
{
	buf_clear(&r->body);
	*r = (struct response)RESPONSE_INIT;
}

static const char *
cache_of(const struct response *r)
{
	if (r->status != 200 && r->status != 304)
		return "no-store";
	return r->is_asset ? "public, max-age=86400" : "private, max-age=300";
}

static void
add_header(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, "%s: %s\r\n", name, value);
}

void
response_write(const struct response *r, bool is_head, struct buf *out)
{
	size_t i;

	buf_addf(out, "Status: %d %s\r\n", r->status, phrase_of(r->status));
	if (r->status != 304) {
		add_header(out, "Content-Type", r->type);
		buf_addf(out, "Content-Length: %zu\r\n", r->body.len);
	}
	for (i = 0; i < NELEM(always); i++)
		add_header(out, always[i].name, always[i].value);
	add_header(out, "Cache-Control", cache_of(r));
	if (!r->is_asset)
		add_header(out, "X-Robots-Tag", "noindex");
	if (*r->etag != '\0')
		buf_addf(out, "ETag: W/\"%s\"\r\n", r->etag);
	for (i = 0; i < r->nheaders; i++)
		add_header(out, r->headers[i].name, r->headers[i].value);
	buf_adds(out, "\r\n");
	if (!is_head && r->status != 304)
		buf_add(out, buf_str(&r->body), r->body.len);
}
