#include <config.h>

#include "gather/value.h"

#include <string.h>

#include "base/date.h"
#include "model/lists.h"

enum {
	MAX_KEYWORD_BYTES = 120,
	MAX_LOOSE_BYTES = 60,	/* behind a label in a text */
	MAX_TITLE_LINE = 300,
	MAX_URL_BYTES = 2000,
	MAX_NAME_WORDS = 7,	/* "Democratische Republiek Congo" is 3 */
	FIRST_YEAR = 1800,	/* programs write 0001 and 1601 for unknown */
	LAST_YEAR = 2100,	/* only an end can be later: 9999 is none */
};

static void
trim(const char **s, size_t *n)
{
	while (*n > 0 && strchr(" \t\n", **s) != NULL)
		++*s, --*n;
	while (*n > 0 && strchr(" \t\n", (*s)[*n - 1]) != NULL)
		--*n;
}

/* ---- dates ---- */

static int
read_date(const char *s, size_t n)
{
	CLEAN(str_free) char *copy = xstrndup(s, n);
	int ymd = date_parse(copy);

	return ymd / 10000 < FIRST_YEAR ? DATE_NONE : ymd;
}

static void
put_date(int ymd, enum origin origin, int last_year, int *to,
    enum origin *to_origin)
{
	if (ymd == DATE_NONE || *to != DATE_NONE || ymd / 10000 > last_year)
		return;
	*to = ymd;
	*to_origin = origin;
}

static void
put_end(struct doc *doc, int ymd, enum origin origin)
{
	if (ymd / 10000 > LAST_YEAR)
		ymd = DATE_OPEN_END;
	put_date(ymd, origin, 9999, &doc->tot_ymd, &doc->tot_origin);
}

/* The end of the n bytes at s that with begins, or NULL. */
static const char *
after(const char *s, size_t n, const char *with)
{
	size_t len = strlen(with);

	return n >= len && strncasecmp(s, with, len) == 0 ? s + len : NULL;
}

/* One part of a period: "start=2011-06-19", "van 19 juni 2011", "t/m heden". */
static void
put_period_part(struct doc *doc, const char *s, size_t n, enum origin origin)
{
	static const char *const begins[] = { "start=", "van ", "vanaf " };
	static const char *const ends[] = { "end=", "t/m ", "tot en met " };
	const char *date, *end = s + n;
	size_t i;

	for (i = 0; i < NELEM(begins); i++)
		if ((date = after(s, n, begins[i])) != NULL)
			put_date(read_date(date, (size_t)(end - date)), origin,
			    LAST_YEAR, &doc->van_ymd, &doc->van_origin);
	for (i = 0; i < NELEM(ends); i++)
		if ((date = after(s, n, ends[i])) != NULL)
			put_end(doc, read_date(date, (size_t)(end - date)),
			    origin);
}

/*
 * "start=2011-06-19;end=2012-11-19;", as DCTERMS.Period has it, or "van
 * 19-06-2011 t/m 19-11-2012", as wetten.overheid.nl has it.
 */
static void
put_period(struct doc *doc, const char *s, size_t n, enum origin origin)
{
	static const char *const parts[] = { ";", " t/m ", " tot en met " };
	const char *part = s, *end = s + n, *stop, *found;
	size_t len, i;

	for (; part < end; part = stop + 1) {
		for (stop = end, i = 0; i < NELEM(parts); i++) {
			found = memmem(part, (size_t)(stop - part), parts[i],
			    strlen(parts[i]));
			if (found != NULL)
				stop = found;
		}
		len = (size_t)(stop - part);
		trim(&part, &len);
		put_period_part(doc, part, len, origin);
	}
}

/* ---- numbers, ids, addresses ---- */

static void
put_string(char **to, const char *s, size_t n)
{
	if (*to == NULL)
		*to = xstrndup(s, n);
}

static void
put_id(const struct tables *t, struct doc *doc, const char *s, size_t n)
{
	struct number number;

	if (numbers_find(t->numbers, s, n, &number) && number.is_id)
		put_string(&doc->id, number.text, strlen(number.text));
}

/* Only what a page may link to: https, with a host, without surprises. */
static void
put_url(struct doc *doc, const char *s, size_t n)
{
	static const char scheme[] = "https://";
	size_t i, len = sizeof scheme - 1;

	if (n <= len || n > MAX_URL_BYTES || strncasecmp(s, scheme, len) != 0 ||
	    strchr("/?#:@.", s[len]) != NULL)
		return;
	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] <= ' ' ||
		    strchr("\"<>\\^`{|}\x7f", s[i]) != NULL)
			return;
	put_string(&doc->url, s, n);
}

/* A number of a known series is written as the portal does. */
static void
put_kenmerk(const struct tables *t, struct doc *doc, const char *s, size_t n,
    enum origin origin)
{
	CLEAN(str_free) char *raw = NULL;
	struct number number;

	if (n == 0 || n > MAX_KEYWORD_BYTES)
		return;
	if (numbers_match(t->numbers, s, n, &number) && number.end == n) {
		if (!number.is_id)
			doc_add(doc, FIELD_KENMERK, number.text, origin);
		return;
	}
	raw = xstrndup(s, n);
	doc_add(doc, FIELD_KENMERK, raw, origin);
}

static void
put_number(const struct tables *t, struct doc *doc, const char *s, size_t n,
    enum origin origin)
{
	struct number number;

	if (numbers_find(t->numbers, s, n, &number) && !number.is_id)
		doc_add(doc, FIELD_KENMERK, number.text, origin);
}

/* ---- closed lists ---- */

/* The bytes up to the next of the separators. */
static size_t
item_length(const char *s, size_t n, const char *separators)
{
	size_t i;

	for (i = 0; i < n && strchr(separators, s[i]) == NULL; i++)
		;
	return i;
}

/*
 * Countries: one, or several with commas and the like between.  "Congo,
 * Democratische Republiek" is one, so the whole is tried first.
 */
static size_t
find_countries(const char *s, size_t n, const char **codes, size_t max)
{
	size_t count = 0, len, item_len;
	const char *code = list_find(FIELD_LAND, s, n, LIST_ANY), *item;

	if (code != NULL) {
		codes[0] = code;
		return 1;
	}
	for (; n > 0 && count < max; s += len, n -= len) {
		item_len = len = item_length(s, n, ",;/|\t");
		item = s;
		trim(&item, &item_len);
		code = list_find(FIELD_LAND, item, item_len, LIST_ANY);
		if (code != NULL)
			codes[count++] = code;
		if (len < n)
			len++;
	}
	return count;
}

static void
put_land(struct doc *doc, const char *s, size_t n, enum origin origin)
{
	const char *codes[32];
	size_t count = find_countries(s, n, codes, NELEM(codes)), i;

	for (i = 0; i < count; i++)
		doc_add(doc, FIELD_LAND, codes[i], origin);
}

static void
put_thema(struct doc *doc, const char *s, size_t n, enum origin origin)
{
	const char *known = list_find(FIELD_THEMA, s, n, LIST_ANY);
	CLEAN(str_free) char *raw = NULL;

	if (known != NULL) {
		doc_add(doc, FIELD_THEMA, known, origin);
	} else if (n > 0 && n <= MAX_KEYWORD_BYTES) {
		raw = xstrndup(s, n);
		doc_add(doc, FIELD_THEMA, raw, origin);
	}
}

/* Among keywords a thema counts if it is written as the portal does. */
static void
put_keywords(struct doc *doc, const char *s, size_t n, enum origin origin)
{
	size_t len, item_len;
	const char *thema, *item;

	for (; n > 0; s += len, n -= len) {
		item_len = len = item_length(s, n, ",;|\t");
		item = s;
		trim(&item, &item_len);
		thema = list_find(FIELD_THEMA, item, item_len, LIST_NAME);
		if (thema != NULL && strlen(thema) == item_len &&
		    strncasecmp(thema, item, item_len) == 0)
			doc_add(doc, FIELD_THEMA, thema, origin);
		if (len < n)
			len++;
	}
}

/* "nl", "nl-NL", "Nederlands", ".../authority/language/NLD". */
static void
put_taal(struct doc *doc, const char *s, size_t n, enum origin origin)
{
	const char *slash = memrchr(s, '/', n), *code;

	if (slash != NULL) {
		n -= (size_t)(slash + 1 - s);
		s = slash + 1;
	}
	code = list_find(FIELD_TAAL, s, n, LIST_ANY);
	if (code == NULL)
		code = list_find(FIELD_TAAL, s, item_length(s, n, "-_"),
		    LIST_CODE);
	if (code != NULL)
		doc_add(doc, FIELD_TAAL, code, origin);
}

static void
put_soort(struct doc *doc, const char *soort, enum origin origin)
{
	if (soort != NULL)
		doc_add(doc, FIELD_SOORT, soort, origin);
}

static void
put_title(const struct tables *t, struct doc *doc, const char *s, size_t n,
    enum origin origin)
{
	CLEAN(buf_clear) struct buf title = BUF_INIT;

	if (title_clean(t->titles, t->numbers, s, n, &title))
		doc_add(doc, FIELD_TITEL, buf_str(&title), origin);
}

void
value_put(const struct tables *t, struct doc *doc, enum target target,
    const char *s, size_t n, enum origin origin)
{
	trim(&s, &n);
	switch (target) {
	case TARGET_ID:
		put_id(t, doc, s, n);
		break;
	case TARGET_URL:
		put_url(doc, s, n);
		break;
	case TARGET_TITEL:
		put_title(t, doc, s, n, origin);
		break;
	case TARGET_SOORT:
		put_soort(doc, list_find(FIELD_SOORT, s, n, LIST_ANY), origin);
		break;
	case TARGET_SOORT_ZWAK:
		put_soort(doc, soort_by_weak_word(t->soorten, s, n), origin);
		break;
	case TARGET_KENMERK:
		put_kenmerk(t, doc, s, n, origin);
		break;
	case TARGET_NUMMER:
		put_number(t, doc, s, n, origin);
		break;
	case TARGET_NUMMER_ZWAK:
		title_strip(t->titles, &s, &n);
		put_number(t, doc, s, n, origin);
		break;
	case TARGET_LAND:
		put_land(doc, s, n, origin);
		break;
	case TARGET_THEMA:
		put_thema(doc, s, n, origin);
		break;
	case TARGET_TREFWOORD:
		put_keywords(doc, s, n, origin);
		break;
	case TARGET_DATUM:
		put_date(read_date(s, n), origin, LAST_YEAR, &doc->datum_ymd,
		    &doc->datum_origin);
		break;
	case TARGET_VAN:
		put_date(read_date(s, n), origin, LAST_YEAR, &doc->van_ymd,
		    &doc->van_origin);
		break;
	case TARGET_TOT:
		put_end(doc, read_date(s, n), origin);
		break;
	case TARGET_PERIODE:
		put_period(doc, s, n, origin);
		break;
	case TARGET_TAAL:
		put_taal(doc, s, n, origin);
		break;
	case NTARGETS:
		break;
	}
}

bool
value_is_known(const struct doc *doc, enum target target)
{
	static const enum field_id fields_of[NTARGETS] = {
		[TARGET_TITEL] = FIELD_TITEL,
		[TARGET_SOORT] = FIELD_SOORT,
		[TARGET_SOORT_ZWAK] = FIELD_SOORT,
		[TARGET_KENMERK] = FIELD_KENMERK,
		[TARGET_NUMMER] = FIELD_KENMERK,
		[TARGET_NUMMER_ZWAK] = FIELD_KENMERK,
		[TARGET_LAND] = FIELD_LAND,
		[TARGET_THEMA] = FIELD_THEMA,
		[TARGET_TREFWOORD] = FIELD_THEMA,
		[TARGET_TAAL] = FIELD_TAAL,
	};

	switch (target) {
	case TARGET_ID:
		return doc->id != NULL;
	case TARGET_URL:
		return doc->url != NULL;
	case TARGET_DATUM:
		return doc->datum_ymd != DATE_NONE;
	case TARGET_VAN:
		return doc->van_ymd != DATE_NONE;
	case TARGET_TOT:
		return doc->tot_ymd != DATE_NONE;
	case TARGET_PERIODE:
		return doc->van_ymd != DATE_NONE && doc->tot_ymd != DATE_NONE;
	case TARGET_TITEL:
	case TARGET_SOORT:
	case TARGET_SOORT_ZWAK:
	case TARGET_KENMERK:
	case TARGET_NUMMER:
	case TARGET_NUMMER_ZWAK:
	case TARGET_LAND:
	case TARGET_THEMA:
	case TARGET_TREFWOORD:
	case TARGET_TAAL:
	case NTARGETS:
		break;
	}
	return target < NTARGETS && doc->values[fields_of[target]].count > 0;
}

/* Text that may be a kenmerk or a thema: short, one cell, no sentence. */
static bool
is_short(const char *s, size_t n)
{
	return n > 0 && n <= MAX_LOOSE_BYTES && memchr(s, '\t', n) == NULL &&
	    s[n - 1] != '.' && s[n - 1] != ';' && s[n - 1] != ',';
}

bool
value_accepts(const struct tables *t, enum target target, const char *s,
    size_t n, bool is_sure)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	struct number number;

	trim(&s, &n);
	switch (target) {
	case TARGET_KENMERK:
		if (numbers_match(t->numbers, s, n, &number) && number.end == n)
			return true;
		return !is_sure && is_short(s, n) &&
		    strcspn(s, "0123456789") < n;
	case TARGET_THEMA:
		if (list_find(FIELD_THEMA, s, n, LIST_ANY) != NULL)
			return true;
		return !is_sure && is_short(s, n);
	case TARGET_TITEL:
		if (is_sure || n > MAX_TITLE_LINE ||
		    memchr(s, '\t', n) != NULL)
			return false;
		break;
	case TARGET_ID:
	case TARGET_URL:
	case TARGET_SOORT:
	case TARGET_SOORT_ZWAK:
	case TARGET_NUMMER:
	case TARGET_NUMMER_ZWAK:
	case TARGET_LAND:
	case TARGET_TREFWOORD:
	case TARGET_DATUM:
	case TARGET_VAN:
	case TARGET_TOT:
	case TARGET_PERIODE:
	case TARGET_TAAL:
	case NTARGETS:
		break;
	}
	value_put(t, &doc, target, s, n, ORIGIN_TEXT);
	return value_is_known(&doc, target);
}

void
value_put_countries(struct doc *doc, const char *s, size_t n,
    enum origin origin)
{
	static const char gaps[] = " -_\t";
	size_t at, end, best, len, words;
	const char *code, *found;

	for (at = 0; at < n; at += best) {
		found = NULL;
		best = item_length(s + at, n - at, gaps) + 1;
		/* The longest name that begins here. */
		for (words = 0, end = at; words < MAX_NAME_WORDS && end < n;
		    words++, end++) {
			end += item_length(s + end, n - end, gaps);
			len = end - at;
			while (len > 0 && strchr(":;,.", s[at + len - 1]))
				len--;
			code = list_find(FIELD_LAND, s + at, len, LIST_NAME);
			if (code != NULL && len > 0) {
				found = code;
				best = end - at + 1;
			}
		}
		if (found != NULL)
			doc_add(doc, FIELD_LAND, found, origin);
	}
}
