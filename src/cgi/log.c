#include <config.h>

#include "cgi/log.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

static const char *
bucket(uint32_t hits)
{
	return hits == 0 ? "0" : hits <= 10 ? "1-10" :
	    hits <= 100 ? "11-100" : "more";
}

static void
add_minute(struct buf *out)
{
	time_t now = time(NULL);
	struct tm tm;
	char minute[32];

	gmtime_r(&now, &tm);
	strftime(minute, sizeof minute, "%Y-%m-%dT%H:%MZ", &tm);
	buf_adds(out, minute);
}

/*
 * A message of an error.  Behind its first colon may be what a library said of
 * the question; of that, only a name such as DatabaseCorruptError is kept.
 */
static void
add_reason(const struct error *err, bool has_question, struct buf *out)
{
	const char *s = err->msg, *colon = strstr(s, ": "), *end;
	size_t n = strlen(s), word;

	if (has_question && colon != NULL) {
		word = strspn(colon + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "abcdefghijklmnopqrstuvwxyz");
		n = (size_t)(colon - s);
		if (word > 5 && memcmp(colon + 2 + word - 5, "Error", 5) == 0)
			n += 2 + word;
	}
	for (end = s + n; s < end; s++) {
		if (iscntrl((unsigned char)*s))
			buf_addf(out, "\\x%02x", (unsigned char)*s);
		else
			buf_addc(out, *s);
	}
}

void
log_line(const struct log_entry *e, struct buf *out)
{
	buf_adds(out, "naslag.cgi: ");
	add_minute(out);
	buf_addf(out, " status=%d ms=%ld", e->status, e->ms);
	if (e->response != NULL && e->response->has_hits)
		buf_addf(out, " hits=%s terms=%u", bucket(e->response->hits),
		    e->response->terms);
	if (e->generation != 0)
		buf_addf(out, " generation=%u", e->generation);
	if (e->incident != NULL)
		buf_addf(out, " incident=%s", e->incident);
	/* These two say what the visitor did. */
	if (e->err->kind != ERROR_NONE && e->err->kind != ERROR_QUERY &&
	    e->err->kind != ERROR_ABSENT) {
		buf_adds(out, " error=");
		add_reason(e->err, e->has_question, out);
	}
	buf_addc(out, '\n');
}
