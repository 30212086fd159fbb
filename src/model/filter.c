#include <config.h>

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "model/lists.h"
#include "model/query.h"
#include "model/validity.h"

/* Values of fields, as visitors give them and as they are printed. */

/* So many values of a list are named in a message. */
#define MAX_NAMED 20

static int
bad_value(const struct field *f, const char *value, struct error *err)
{
	CLEAN(buf_clear) struct buf allowed = BUF_INIT;

	list_print(f->id, MAX_NAMED, &allowed);
	return error_set(err, ERROR_QUERY,
	    "%s ‘%s’ bestaat niet; mogelijk is: %s", f->name, value,
	    buf_str(&allowed));
}

/* The first and last day of a year, a month or a day; -1 if it is none. */
static int
span_parse(const char *s, int *from, int *to)
{
	size_t n = strlen(s);
	char full[11];
	int day;

	if ((n != 4 && n != 7 && n != 10) || strspn(s, "0123456789-") != n)
		return -1;
	snprintf(full, sizeof full, "%s%s", s, &"0000-01-01"[n]);
	if ((*from = date_parse_iso(full)) == DATE_NONE)
		return -1;
	if (n == 10) {
		*to = *from;
		return 0;
	}
	/* The last day of the year or month: the greatest that exists. */
	for (day = 31; day >= 28; day--) {
		snprintf(full, sizeof full, "%s%s-%d", s, n == 4 ? "-12" : "",
		    day);
		if ((*to = date_parse_iso(full)) != DATE_NONE)
			return 0;
	}
	return -1;
}

static int
range_parse(const struct field *f, const char *value, struct filter *out,
    struct error *err)
{
	CLEAN(str_free) char *from = xstrdup(value);
	char *dots = strstr(from, ".."), *to = from;
	int ignored;

	out->from_ymd = DATE_OPEN_BEGIN;
	out->to_ymd = DATE_OPEN_END;
	if (dots != NULL) {
		*dots = '\0';
		to = dots + 2;
	}
	if ((*from != '\0' && span_parse(from, &out->from_ymd, &ignored) == -1) ||
	    (*to != '\0' && span_parse(to, &ignored, &out->to_ymd) == -1) ||
	    (*from == '\0' && *to == '\0'))
		return error_set(err, ERROR_QUERY, "ongeldige %s ‘%s’; mogelijk "
		    "is: 2020, 2020-05, 2020-05-31, 2020..2023, 2020.. of ..2023",
		    f->name, value);
	if (out->from_ymd > out->to_ymd)
		return error_set(err, ERROR_QUERY,
		    "ongeldige %s ‘%s’: het begin ligt na het einde", f->name,
		    value);
	return 0;
}

int
filter_check_length(const struct field *f, const char *value, struct error *err)
{
	if (value[strspn(value, " ")] != '\0' &&
	    strlen(value) <= QUERY_MAX_VALUE)
		return 0;
	return error_set(err, ERROR_QUERY,
	    "%s is leeg of te lang; mogelijk is: 1 tot en met %d bytes",
	    f->name, QUERY_MAX_VALUE);
}

static bool
is_year(const char *s)
{
	return strlen(s) == 4 && strspn(s, "0123456789") == 4;
}

int
filter_parse(const struct field *f, const char *value, struct filter *out,
    struct error *err)
{
	struct filter filter = { .field = f };
	const char *stored = value;

	/* No value begins with the mark: what is printed can be read back. */
	for (; *value == '!'; stored = ++value)
		filter.is_excluded = true;
	if (filter_check_length(f, value, err) == -1)
		return -1;
	switch (f->kind) {
	case FIELD_TEXT:
		break;
	case FIELD_DATE:
		if (range_parse(f, value, &filter, err) == -1)
			return -1;
		*out = filter;
		return 0;
	case FIELD_PERIOD:
		stored = list_value(f->id, value);
		if (stored == NULL || validity_by_name(stored) == NVALIDITIES)
			return bad_value(f, value, err);
		break;
	case FIELD_KEYWORD:
		stored = list_value(f->id, value);
		if (stored == NULL && (f->flags & FIELD_CLOSED))
			return bad_value(f, value, err);
		if ((f->flags & FIELD_YEAR) && !is_year(value))
			return error_set(err, ERROR_QUERY,
			    "ongeldig %s ‘%s’; schrijf JJJJ", f->name, value);
		if (stored == NULL)
			stored = value;
		break;
	}
	filter.value = xstrdup(stored);
	*out = filter;
	return 0;
}

/* A range of days as a value: 2020-01-01..2023-12-31, one day as itself. */
static void
span_print(int from, int to, struct buf *out)
{
	if (from != DATE_OPEN_BEGIN)
		date_print(from, out);
	if (from == to)
		return;
	buf_adds(out, "..");
	if (to != DATE_OPEN_END)
		date_print(to, out);
}

void
filter_print_value(const struct filter *f, struct buf *out)
{
	if (f->is_excluded)
		buf_addc(out, '!');
	if (f->value != NULL)
		buf_adds(out, f->value);
	else
		span_print(f->from_ymd, f->to_ymd, out);
}

bool
filter_equal(const struct filter *a, const struct filter *b)
{
	return a->field == b->field && a->is_excluded == b->is_excluded &&
	    a->from_ymd == b->from_ymd && a->to_ymd == b->to_ymd &&
	    (a->value == NULL ? b->value == NULL :
	    b->value != NULL && strcmp(a->value, b->value) == 0);
}

/* A quote within is there twice. */
static void
print_quoted(const char *s, struct buf *out)
{
	buf_addc(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			buf_addc(out, '"');
		buf_addc(out, *s);
	}
	buf_addc(out, '"');
}

void
filter_print(const struct filter *f, struct buf *out)
{
	if (f->is_excluded)
		buf_addc(out, '-');
	buf_addf(out, "%s:", f->field->name);
	if (f->value == NULL)
		span_print(f->from_ymd, f->to_ymd, out);
	else if (strpbrk(f->value, " ()\"\t\n\v\f\r") != NULL)
		print_quoted(f->value, out);
	else
		buf_adds(out, f->value);
}
