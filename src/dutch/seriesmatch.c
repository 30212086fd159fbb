#include <config.h>

#include "dutch/seriesint.h"

#include <string.h>

enum { MAX_WORDS_BYTES = 80 };

struct match {
	const struct series *series;
	const char *s;
	size_t n;
	const struct pattern *pattern;
	struct series_match *out;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || series_is_letter(c);
}

/* Bytes of the punctuation, space or dash at s; 0 if it is none. */
static size_t
gap_at(const char *s, size_t n)
{
	if (n >= 1 && *s != '\0' && strchr(" \t/-_.,:()", *s) != NULL)
		return 1;
	if (n >= 2 && memcmp(s, "\xC2\xA0", 2) == 0)	/* no-break space */
		return 2;
	if (n >= 3 && memcmp(s, "\xE2\x80", 2) == 0 &&	/* hyphens, dashes */
	    (unsigned char)s[2] >= 0x90 && (unsigned char)s[2] <= 0x95)
		return 3;
	return 0;
}

/* A gap ends long before it makes a hostile text slow. */
size_t
series_gap(const char *s, size_t n)
{
	size_t len, i;

	for (i = 0; i < 64 && (len = gap_at(s + i, n - i)) > 0; i += len)
		;
	return i;
}

static size_t
run_length(const char *s, size_t n, bool (*is)(char), size_t max)
{
	size_t i;

	for (i = 0; i < n && i < max && is(s[i]); i++)
		;
	return i;
}

/* A run of digits that no digit follows: its length if from min to max. */
static size_t
digits_length(const char *s, size_t n, size_t min, size_t max)
{
	size_t len = run_length(s, n, is_digit, max + 1);

	return len >= min && len <= max ? len : 0;
}

static bool
is_woord(char c)
{
	return is_alnum(c) || c == '.';
}

/* What an item with a value takes of the n bytes at s; 0 for no match. */
static size_t
value_length(const struct item *item, const char *s, size_t n)
{
	size_t len;

	switch (item->kind) {
	case ITEM_JAAR:
		len = digits_length(s, n, 4, 4);
		return len == 4 && (memcmp(s, "19", 2) == 0 ||
		    memcmp(s, "20", 2) == 0) ? 4 : 0;
	case ITEM_NR:
		return digits_length(s, n, 1, 4);
	case ITEM_CIJFERS:
		if (item->width > 0)
			return digits_length(s, n, item->width, item->width);
		return digits_length(s, n, 1, 18);
	case ITEM_ARTIKEL:
		len = digits_length(s, n, 1, 3);
		if (len > 0 && len < n && is_alnum(s[len]))
			len++;
		return len;
	case ITEM_WOORD:
		for (len = run_length(s, n, is_woord, 24);
		    len > 0 && s[len - 1] == '.'; len--)
			;
		return len;
	case ITEM_LETTER:
	case ITEM_GAP:
	case ITEM_SLASH:
	case ITEM_LAND:
	case ITEM_WOORDEN:
		break;
	}
	return 0;
}

/* A country at byte at of the text; its end, 0 if there is none. */
static size_t
match_country(struct match *m, size_t at, struct series_capture *c)
{
	const struct tsv *landen = &m->series->landen;
	struct name_hit hits[NAMES_HITS];
	size_t n = names_find(m->series->countries, m->s, m->n, at, hits), row;

	if (n == 0 || hits[n - 1].is_glued)
		return 0;
	row = (size_t)hits[n - 1].value;
	c->land = tsv_cell(landen, row, LAND_ISO3);
	m->out->land = tsv_cell(landen, row, LAND_ISO2);
	return hits[n - 1].end;
}

/* The end of an item with a value at byte at; 0 for no match. */
static size_t
match_value(struct match *m, const struct item *item, size_t at)
{
	struct series_match *out = m->out;
	struct series_capture c = { .kind = (int)item->kind, .begin = at };

	if (out->ncaptures == SERIES_CAPTURES)
		return 0;
	if (item->kind == ITEM_LAND)
		c.end = match_country(m, at, &c);
	else
		c.end = at + value_length(item, m->s + at, m->n - at);
	if (c.end <= at)
		return 0;
	if (item->kind == ITEM_JAAR)
		out->jaar = m->s + at;
	out->captures[out->ncaptures++] = c;
	return c.end;
}

static bool match_items(struct match *, size_t i, size_t at);

/* ITEM_WOORDEN is item i: as few bytes as let the rest match. */
static bool
match_words(struct match *m, size_t i, size_t at)
{
	size_t ncaptures = m->out->ncaptures, k;

	for (k = 1; k < m->n - at && k < MAX_WORDS_BYTES; k++) {
		m->out->ncaptures = ncaptures;
		if (match_items(m, i + 1, at + k))
			return true;
	}
	return false;
}

static bool
match_items(struct match *m, size_t i, size_t at)
{
	for (; i < m->pattern->n; i++) {
		const struct item *item = &m->pattern->items[i];
		size_t len;

		if (item->kind == ITEM_WOORDEN)
			return match_words(m, i, at);
		if (item->kind == ITEM_LETTER) {
			if (at == m->n ||
			    series_lower(m->s[at]) != series_lower(item->c))
				return false;
			at++;
		} else if (item->kind <= ITEM_SLASH) {
			len = series_gap(m->s + at, m->n - at);
			if (len == 0 && item->kind == ITEM_SLASH)
				return false;
			at += len;
		} else if ((at = match_value(m, item, at)) == 0) {
			return false;
		}
	}
	m->out->end = at;
	return at == m->n || !is_alnum(m->s[at]);
}

bool
series_match_pattern(const struct series *ss, const struct pattern *p,
    const char *s, size_t n, size_t at, struct series_match *out)
{
	struct match m = { ss, s, n, p, out };

	return match_items(&m, 0, at);
}

bool
series_match(const struct series *ss, const char *s, size_t n, size_t at,
    unsigned flags, struct series_match *out)
{
	size_t i;

	for (i = 0; i < ss->count; i++) {
		const struct pattern *p = &ss->patterns[i];
		struct series_match found = { .row = p->row, .begin = at };

		if (series_lower(s[at]) != series_lower(p->items[0].c) ||
		    (p->has_words && (flags & SERIES_PLAIN)))
			continue;
		if (!series_match_pattern(ss, p, s, n, at, &found))
			continue;
		if ((flags & SERIES_ANYWHERE) && strcmp(series_cell(ss, p->row,
		    SERIES_WAAR), "overal") != 0)
			continue;
		*out = found;
		return true;
	}
	return false;
}
