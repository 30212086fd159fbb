#include <config.h>

#include "base/date.h"

#include <ctype.h>
#include <string.h>

static const char *const months[] = {
	"januari", "februari", "maart", "april", "mei", "juni", "juli",
	"augustus", "september", "oktober", "november", "december",
};

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 ? 28 + leap : days[month - 1];
}

static int
make(int year, int month, int day)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > days_in(year, month))
		return DATE_NONE;
	return year * 10000 + month * 100 + day;
}

bool
date_is_valid(int ymd)
{
	return ymd > 0 && make(ymd / 10000, ymd / 100 % 100, ymd % 100) == ymd;
}

/* Read between least and most digits at s; returns how many, 0 if too few. */
static size_t
digits(const char *s, const char *end, size_t least, size_t most, int *out)
{
	size_t n = 0;
	int v = 0;

	while (n < most && s + n < end && isdigit((unsigned char)s[n]))
		v = v * 10 + (s[n++] - '0');
	if (n < least || (s + n < end && isdigit((unsigned char)s[n])))
		return 0;
	*out = v;
	return n;
}

/* Read 2014-07-01; returns its length, 0 if it is not there. */
static size_t
scan_iso(const char *s, const char *end, int *ymd)
{
	int y, m, d;

	if (end - s < 10 || digits(s, end, 4, 4, &y) == 0 || s[4] != '-' ||
	    digits(s + 5, end, 2, 2, &m) == 0 || s[7] != '-' ||
	    digits(s + 8, end, 2, 2, &d) == 0)
		return 0;
	*ymd = make(y, m, d);
	return *ymd != DATE_NONE ? 10 : 0;
}

/* Read a month's name or its first three letters, with or without a dot. */
static size_t
scan_month(const char *s, const char *end, int *month)
{
	size_t i, n = 0;

	while (s + n < end && isalpha((unsigned char)s[n]))
		n++;
	for (i = 0; i < NELEM(months); i++)
		if ((n == strlen(months[i]) || n == 3) &&
		    strncasecmp(s, months[i], n) == 0)
			break;
	if (i == NELEM(months)) {
		if (n != 3 || strncasecmp(s, "mrt", 3) != 0)
			return 0;
		i = 2;
	}
	*month = (int)i + 1;
	return n + (s + n < end && s[n] == '.');
}

static size_t
blanks(const char *s, const char *end)
{
	size_t n = 0;

	/* No-break spaces (C2 A0) come between day and month, too. */
	while (s + n < end) {
		if (isspace((unsigned char)s[n]))
			n++;
		else if (s + n + 1 < end && s[n] == '\xC2' && s[n + 1] == '\xA0')
			n += 2;
		else
			break;
	}
	return n;
}

/* Read "1 juli 2014"; returns its length, 0 if it is not there. */
static size_t
scan_dutch(const char *s, const char *end, int *ymd)
{
	const char *p = s;
	int y, m, d;
	size_t n;

	if ((n = digits(p, end, 1, 2, &d)) == 0)
		return 0;
	p += n;
	if ((n = blanks(p, end)) == 0)
		return 0;
	p += n;
	if ((n = scan_month(p, end, &m)) == 0)
		return 0;
	p += n;
	if ((n = blanks(p, end)) == 0)
		return 0;
	p += n;
	if ((n = digits(p, end, 4, 4, &y)) == 0)
		return 0;
	*ymd = make(y, m, d);
	return *ymd != DATE_NONE ? (size_t)(p + n - s) : 0;
}

/* Read 1-7-2014 or 01/07/2014, day first; returns its length or 0. */
static size_t
scan_numeric(const char *s, const char *end, int *ymd)
{
	const char *p = s;
	int y, m, d;
	size_t n;
	char sep;

	if ((n = digits(p, end, 1, 2, &d)) == 0)
		return 0;
	p += n;
	if (p == end || ((sep = *p) != '-' && sep != '/' && sep != '.'))
		return 0;
	p++;
	if ((n = digits(p, end, 1, 2, &m)) == 0 || p + n == end || p[n] != sep)
		return 0;
	p += n + 1;
	if ((n = digits(p, end, 4, 4, &y)) == 0)
		return 0;
	*ymd = make(y, m, d);
	return *ymd != DATE_NONE ? (size_t)(p + n - s) : 0;
}

/* Read 20140701. */
static size_t
scan_compact(const char *s, const char *end, int *ymd)
{
	int v;

	if (digits(s, end, 8, 8, &v) == 0)
		return 0;
	*ymd = make(v / 10000, v / 100 % 100, v % 100);
	return *ymd != DATE_NONE ? 8 : 0;
}

int
date_parse(const char *s)
{
	static size_t (*const scans[])(const char *, const char *, int *) = {
		scan_iso, scan_dutch, scan_numeric, scan_compact,
	};
	const char *end;
	size_t i, n;
	int ymd;

	s += blanks(s, s + strlen(s));
	end = s + strlen(s);
	for (i = 0; i < NELEM(scans); i++) {
		if ((n = scans[i](s, end, &ymd)) == 0)
			continue;
		/* A time of day may follow an ISO date. */
		if (s[n] == 'T' || s + n + blanks(s + n, end) == end ||
		    (s[n] == ' ' && isdigit((unsigned char)s[n + 1])))
			return ymd;
	}
	return DATE_NONE;
}

int
date_parse_iso(const char *s)
{
	int ymd;

	if (strlen(s) != 10 || scan_iso(s, s + 10, &ymd) == 0)
		return DATE_NONE;
	return ymd;
}

int
date_after(int ymd)
{
	int year = ymd / 10000, month = ymd / 100 % 100;

	if (date_is_valid(ymd + 1))
		return ymd + 1;
	return month < 12 ? make(year, month + 1, 1) : make(year + 1, 1, 1);
}

int
date_before(int ymd)
{
	int year = ymd / 10000, month = ymd / 100 % 100;

	if (ymd % 100 > 1)
		return ymd - 1;
	return month > 1 ? make(year, month - 1, days_in(year, month - 1)) :
	    make(year - 1, 12, 31);
}

void
date_print(int ymd, struct buf *out)
{
	buf_addf(out, "%04d-%02d-%02d", ymd / 10000, ymd / 100 % 100, ymd % 100);
}

void
date_print_dutch(int ymd, struct buf *out)
{
	buf_addf(out, "%d %s %d", ymd % 100, months[ymd / 100 % 100 - 1],
	    ymd / 10000);
}
