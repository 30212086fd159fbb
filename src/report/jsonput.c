#include <config.h>

#include "report/jsonput.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

json_t *
json_text(const char *s)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;

	if (s == NULL)
		return json_null();
	utf8_clean(s, strlen(s), &clean);
	return json_stringn(buf_str(&clean), clean.len);
}

json_t *
json_moment(time_t t)
{
	char s[32];
	struct tm tm;

	if (t == 0 || gmtime_r(&t, &tm) == NULL ||
	    strftime(s, sizeof s, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return json_string(s);
}

json_t *
json_day(int ymd)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	if (ymd == DATE_NONE)
		return json_null();
	date_print(ymd, &b);
	return json_string(b.s);
}

void
json_put_text(json_t *object, const char *key, const char *s)
{
	json_object_set_new(object, key, json_text(s));
}

void
json_put_size(json_t *object, const char *key, uint64_t n)
{
	json_object_set_new(object, key, json_integer((json_int_t)n));
}

void
json_print(json_t *o, size_t flags, struct buf *out)
{
	char *s = json_dumps(o, flags | JSON_REAL_PRECISION(6));

	/* All strings are UTF-8 and all numbers finite, so only memory fails. */
	if (s == NULL)
		abort();
	buf_adds(out, s);
	buf_addc(out, '\n');
	free(s);
	json_decref(o);
}
