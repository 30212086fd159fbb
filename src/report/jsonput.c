#include <config.h>

#include "report/jsonput.h"

#include "show/jsonval.h"

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

void
json_put_text(json_t *object, const char *key, const char *s)
{
	json_object_set_new(object, key, jsonval_text(s));
}

void
json_put_size(json_t *object, const char *key, uint64_t n)
{
	json_object_set_new(object, key, json_integer((json_int_t)n));
}
