#include <config.h>

#include "formats/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Numbers above have no digit that is exact. */
#define MAX_NUMBER 1e15
/* 31 December 9999: there are no dates behind it. */
#define LAST_DAY 2958465
/* From 30 December 1899 to 1 January 1904. */
#define DAYS_1904 1462

/* More digits than this a code asks for in vain. */
#define MAX_DIGITS 30

static const char *const months[] = { "januari", "februari", "maart", "april",
	"mei", "juni", "juli", "augustus", "september", "oktober", "november",
	"december" };
static const char *const short_months[] = { "jan", "feb", "mrt", "apr", "mei",
	"jun", "jul", "aug", "sep", "okt", "nov", "dec" };
static const char *const weekdays[] = { "zaterdag", "zondag", "maandag",
	"dinsdag", "woensdag", "donderdag", "vrijdag" };

static void
show_general(double value, struct buf *out)
{
	size_t from = out->len;
	char *point;

	buf_addf(out, "%.15g", value);
	if ((point = strchr(out->s + from, '.')) != NULL)
		*point = ',';
}

/* What stands at one place in a code. */
enum token {
	END,			/* of the code or the section */
	LITERAL,		/* text and textlen */
	CHAR,			/* a letter, digit or sign with a meaning */
};

struct code {
	const char *p;
	const char *text;
	size_t len;		/* of text */
	char c;			/* of CHAR; for runs like "yyyy" how many: */
	unsigned run;
	bool is_elapsed;	/* [h]: hours of all days */
};

/* "[$€-413]" is a currency, "[h]" elapsed time; colours and conditions pass. */
static enum token
bracket(struct code *c)
{
	const char *close = strchr(c->p, ']'), *dash;

	c->text = c->p + 1;
	c->len = 0;
	if (close == NULL) {
		c->p += strlen(c->p);
		return END;
	}
	if (c->p[1] == '$') {
		c->text = c->p + 2;
		dash = memchr(c->text, '-', (size_t)(close - c->text));
		c->len = (size_t)((dash != NULL ? dash : close) - c->text);
	} else if (strchr("hms", c->p[1] | 32) != NULL &&
	    strspn(c->p + 1, "hmsHMS") == (size_t)(close - c->p - 1)) {
		c->c = (char)(c->p[1] | 32);
		c->run = (unsigned)(close - c->p - 1);
		c->is_elapsed = true;
		c->p = close + 1;
		return CHAR;
	}
	c->p = close + 1;
	return LITERAL;
}

static enum token
literal(struct code *c, const char *text, size_t len, const char *next)
{
	c->text = text;
	c->len = len;
	c->p = next;
	return LITERAL;
}

/* Past the character at p, which may be the end. */
static const char *
skip_character(const char *p)
{
	if (*p != '\0')
		p++;
	while (((unsigned char)*p & 0xC0) == 0x80)
		p++;
	return p;
}

static enum token
next(struct code *c)
{
	const char *p = c->p, *close;

	c->run = 1;
	c->is_elapsed = false;
	switch (*p) {
	case '\0':
	case ';':
		return END;
	case '[':
		return bracket(c);
	case '"':
		if ((close = strchr(p + 1, '"')) == NULL)
			close = p + strlen(p);
		return literal(c, p + 1, (size_t)(close - p - 1),
		    close + (*close != '\0'));
	case '\\':
		return literal(c, p + 1, p[1] != '\0', p + 1 + (p[1] != '\0'));
	case '_':
		return literal(c, " ", 1, skip_character(p + 1));
	case '*':
		return literal(c, p, 0, skip_character(p + 1));
	default:
		break;
	}
	if (strchr("0#?.,%/@", *p) != NULL) {
		c->c = *p;
		c->p = p + 1;
		return CHAR;
	}
	if (strchr("ymdhseYMDHSE", *p) != NULL) {
		c->c = (char)(*p | 32);
		while ((c->p[c->run] | 32) == c->c)
			c->run++;
		c->p += c->run;
		return CHAR;
	}
	if (strncasecmp(p, "AM/PM", 5) == 0 || strncasecmp(p, "A/P", 3) == 0) {
		c->c = 'a';
		c->p += (p[1] | 32) == 'm' ? 5 : 3;
		return CHAR;
	}
	return literal(c, p, 1, p + 1);
}

/* The section for the value: positive; negative; zero. */
static const char *
section(const char *code, double *value, bool *has_sign)
{
	const char *starts[3] = { code, NULL, NULL };
	struct code c = { .p = code };
	size_t n = 1;

	while (n < 3) {
		while (next(&c) != END)
			;
		if (*c.p == '\0')
			break;
		starts[n++] = ++c.p;
	}
	*has_sign = *value < 0;
	if (*value < 0 && n > 1) {
		*value = -*value;
		*has_sign = false;
		return starts[1];
	}
	return *value == 0 && n > 2 ? starts[2] : code;
}

/* What the code asks for. */
struct plan {
	bool is_date, is_general;
	unsigned before, zeros;	/* places for digits before the point */
	unsigned after, after_zeros;
	bool has_thousands;
	unsigned scale;		/* thousands left out */
	unsigned percents;
};

static void
plan_char(struct plan *p, const struct code *c, bool *is_after,
    unsigned *commas)
{
	if (strchr("0#?", c->c) != NULL) {
		if (*commas > 0 && !*is_after)
			p->has_thousands = true;
		*commas = 0;
		if (*is_after) {
			p->after++;
			if (c->c == '0')
				p->after_zeros = p->after;
		} else {
			p->before++;
			p->zeros += c->c == '0';
		}
	} else if (c->c == '.')
		*is_after = true;
	else if (c->c == ',')
		++*commas;
	else if (c->c == '%')
		p->percents++;
	else if (strchr("/@e", c->c) != NULL)
		p->is_general = true;
	else
		p->is_date = true;
}

static struct plan
make_plan(const char *code)
{
	struct plan p = { 0 };
	struct code c = { .p = code };
	bool is_after = false;
	unsigned commas = 0;
	enum token t;

	if (strncasecmp(code, "general", 7) == 0 ||
	    strncasecmp(code, "standaard", 9) == 0) {
		p.is_general = true;
		return p;
	}
	while ((t = next(&c)) != END)
		if (t == CHAR)
			plan_char(&p, &c, &is_after, &commas);
	p.scale = p.before > 0 ? commas : 0;
	if (p.is_date)
		p.is_general = false;
	else if (p.before + p.after > MAX_DIGITS)
		p.is_general = true;
	return p;
}

/* The digits of a number, and how many of them were written. */
struct digits {
	char s[400];
	size_t before, after;	/* how many there are */
	size_t place;		/* places for digits seen */
	size_t done;
};

/* One place before the point: the first takes all that have no place. */
static void
put_before(const struct plan *p, struct digits *d, struct buf *out)
{
	size_t left = p->before - ++d->place;	/* places behind this one */

	while (d->before - d->done > left) {
		buf_addc(out, d->s[d->done++]);
		if (p->has_thousands && d->done < d->before &&
		    (d->before - d->done) % 3 == 0)
			buf_addc(out, '.');
	}
}

static void
set_digits(const struct plan *p, double value, struct digits *d)
{
	int n;
	unsigned i;

	for (i = 0; i < p->percents && i < 2; i++)
		value *= 100;
	for (i = 0; i < p->scale; i++)
		value /= 1000;
	/* A half rounds up, as people do, and not to the even digit. */
	n = snprintf(d->s, sizeof d->s, "%0*.*f",
	    (int)(p->zeros + (p->after > 0 ? p->after + 1 : 0)),
	    (int)p->after, value + (value < MAX_NUMBER ? 1e-9 : 0));
	d->before = (size_t)n - (p->after > 0 ? p->after + 1 : 0);
	d->after = p->after;
	while (d->after > p->after_zeros &&
	    d->s[d->before + d->after] == '0')
		d->after--;
	/* "#" shows no zero. */
	if (p->zeros == 0 && d->before == 1 && d->s[0] == '0')
		d->done = 1;
	d->place = 0;
}

static void
show_number(const struct plan *p, const char *code, double value,
    struct buf *out)
{
	struct digits d = { .done = 0 };
	struct code c = { .p = code };
	size_t after = 0;
	bool is_after = false;
	enum token t;

	set_digits(p, value, &d);
	while ((t = next(&c)) != END) {
		if (t == LITERAL)
			buf_add(out, c.text, c.len);
		else if (c.c == '%')
			buf_addc(out, '%');
		else if (c.c == '.') {
			is_after = true;
			if (d.after > 0)
				buf_addc(out, ',');
		} else if (c.c != ',' && !is_after)
			put_before(p, &d, out);
		else if (c.c != ',' && after < d.after)
			buf_addc(out, d.s[d.before + 1 + after++]);
	}
}

struct moment {
	int year, month, day, weekday;
	int hour, minute, second;
	double days;
};

/* Days from 30 December 1899, by the rules of the Gregorian calendar. */
static void
set_date(long days, struct moment *m)
{
	long z = days + 693899, era = z / 146097, doe = z % 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153;

	m->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	m->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	m->year = (int)(yoe + era * 400 + (m->month <= 2));
	m->weekday = (int)(days % 7);
}

static struct moment
moment_of(double value)
{
	struct moment m = { .days = value };
	long days = (long)value;
	long seconds = (long)((value - (double)days) * 86400 + 0.5);

	if (seconds >= 86400) {
		seconds -= 86400;
		days++;
	}
	m.hour = (int)(seconds / 3600);
	m.minute = (int)(seconds / 60 % 60);
	m.second = (int)(seconds % 60);
	/* These programs think that there was a 29 February 1900. */
	set_date(days < 60 ? days + 1 : days, &m);
	return m;
}

/* An m is minutes behind hours and before seconds. */
static bool
is_minute(const struct code *at, char before)
{
	struct code c = *at;
	enum token t;

	if (before == 'h')
		return true;
	while ((t = next(&c)) == LITERAL)
		;
	return t == CHAR && c.c == 's';
}

static void
show_elapsed(const struct code *c, const struct moment *m, struct buf *out)
{
	double per_day = c->c == 'h' ? 24 : c->c == 'm' ? 1440 : 86400;

	buf_addf(out, "%0*ld", c->run < 9 ? (int)c->run : 9,
	    (long)(m->days * per_day + 1e-6));
}

static void
show_month(const struct code *c, const struct moment *m, struct buf *out)
{
	if (c->run == 3)
		buf_adds(out, short_months[m->month - 1]);
	else if (c->run > 3)
		buf_adds(out, months[m->month - 1]);
	else
		buf_addf(out, "%0*d", (int)c->run, m->month);
}

static void
show_day(const struct code *c, const struct moment *m, struct buf *out)
{
	if (c->run == 3)
		buf_add(out, weekdays[m->weekday], 2);
	else if (c->run > 3)
		buf_adds(out, weekdays[m->weekday]);
	else
		buf_addf(out, "%0*d", (int)c->run, m->day);
}

static void
show_part(const struct code *c, const struct moment *m, char before,
    bool has_halves, struct buf *out)
{
	int two = c->run > 1 ? 2 : 1;

	if (c->is_elapsed)
		show_elapsed(c, m, out);
	else if (c->c == 'y' || c->c == 'e')
		buf_addf(out, "%0*d", two * (c->run > 2 || c->c == 'e' ? 2 : 1),
		    c->run > 2 || c->c == 'e' ? m->year : m->year % 100);
	else if (c->c == 'd')
		show_day(c, m, out);
	else if (c->c == 'h')
		buf_addf(out, "%0*d", two,
		    has_halves ? (m->hour + 11) % 12 + 1 : m->hour);
	else if (c->c == 's')
		buf_addf(out, "%0*d", two, m->second);
	else if (c->c == 'a')
		buf_adds(out, m->hour < 12 ? "AM" : "PM");
	else if (is_minute(c, before))
		buf_addf(out, "%0*d", two, m->minute);
	else
		show_month(c, m, out);
}

static void
show_date(const char *code, double value, struct buf *out)
{
	struct moment m = moment_of(value);
	struct code c = { .p = code };
	bool has_halves = false;
	char before = 0;
	enum token t;

	while ((t = next(&c)) != END)
		has_halves |= t == CHAR && c.c == 'a';
	c.p = code;
	while ((t = next(&c)) != END) {
		if (t == LITERAL)
			buf_add(out, c.text, c.len);
		else if (strchr("/,", c.c) != NULL)
			buf_addc(out, c.c);
		else if (c.c == '.' && *c.p != '0')
			buf_addc(out, '.');
		else if (strchr("ymdhsea", c.c) != NULL) {
			show_part(&c, &m, before, has_halves, out);
			before = c.c;
		}
	}
}

void
numfmt_show(const char *code, double value, bool from_1904, struct buf *out)
{
	double days = value + (from_1904 ? DAYS_1904 : 0);
	struct plan p;
	bool has_sign;

	if (!isfinite(value))
		return;
	if (code == NULL || *code == '\0') {
		show_general(value, out);
		return;
	}
	code = section(code, &value, &has_sign);
	p = make_plan(code);
	if (p.is_general || fabs(value) >= MAX_NUMBER ||
	    (p.is_date && (days < 0 || days >= LAST_DAY + 1)))
		show_general(has_sign || value < 0 ? -fabs(value) : value, out);
	else if (p.is_date)
		show_date(code, days, out);
	else {
		if (has_sign)
			buf_addc(out, '-');
		show_number(&p, code, fabs(value), out);
	}
}
