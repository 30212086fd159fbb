#include <config.h>

#include "dutch/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "dutch/names.h"

/* The parts of a pattern; data/nummers.tsv tells what they match. */
enum item_kind {
	ITEM_LETTER,		/* c, in either case */
	ITEM_GAP,		/* punctuation and space, or nothing */
	ITEM_SLASH,		/* punctuation and space */
	ITEM_JAAR,		/* from here on items have a value */
	ITEM_NR,
	ITEM_CIJFERS,
	ITEM_ARTIKEL,
	ITEM_LAND,
	ITEM_WOORD,
	ITEM_WOORDEN,
};

struct item {
	enum item_kind kind;
	char c;
	unsigned width;		/* of ITEM_CIJFERS: 0 for any */
};

static const struct {
	const char *name;
	enum item_kind kind;
} kinds[] = {
	{ "jaar", ITEM_JAAR },
	{ "nr", ITEM_NR },
	{ "cijfers", ITEM_CIJFERS },
	{ "artikel", ITEM_ARTIKEL },
	{ "land", ITEM_LAND },
	{ "woord", ITEM_WOORD },
	{ "woorden", ITEM_WOORDEN },
};

enum { MAX_ITEMS = 128, MAX_WORDS_BYTES = 80 };

struct pattern {
	struct item *items;
	size_t n;
	size_t row;
	size_t nprefix;		/* letters at the beginning of text */
	const char *text;
	bool has_words;
};

enum { LAND_ISO2, LAND_ISO3, LAND_NAAM, LAND_ANDERE, LAND_COLUMNS = 10 };

struct series {
	struct tsv table, landen;
	struct names *countries;	/* to rows of landen */
	struct pattern *patterns;
	size_t count, cap;
	struct pattern *keys;		/* one a row */
};

struct match {
	const struct series *series;
	const char *s;
	size_t n;
	const struct pattern *pattern;
	struct series_match *out;
};

/* ---- patterns ---- */

/* Read "{name:width}" at s; returns its length, 0 if it is none. */
static size_t
parse_braces(const char *s, struct item *out)
{
	size_t len = strcspn(s, "}"), name, i;

	if (s[len] != '}')
		return 0;
	name = strcspn(s + 1, ":}");
	for (i = 0; i < NELEM(kinds); i++) {
		if (strncmp(kinds[i].name, s + 1, name) != 0 ||
		    kinds[i].name[name] != '\0')
			continue;
		*out = (struct item){ .kind = kinds[i].kind };
		if (s[1 + name] == ':')
			out->width = (unsigned)atoi(s + 2 + name);
		return len + 1;
	}
	return 0;
}

/*
 * Read the part of a pattern or a form at s, not at its end.  Returns its
 * length, 0 if it is wrong.
 */
static size_t
parse_item(const char *s, struct item *out)
{
	if (*s == '{')
		return parse_braces(s, out);
	*out = (struct item){ .kind = *s == ' ' ? ITEM_GAP :
	    *s == '/' ? ITEM_SLASH : ITEM_LETTER, .c = *s };
	return 1;
}

static bool
is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static int
parse_pattern(const char *s, size_t n, struct pattern *p)
{
	struct item items[MAX_ITEMS];
	size_t i, len;

	p->text = s;
	for (i = 0; i < n; i += len) {
		if (p->n == MAX_ITEMS ||
		    (len = parse_item(s + i, &items[p->n])) == 0)
			return -1;
		p->has_words |= items[p->n++].kind == ITEM_WOORDEN;
	}
	while (p->nprefix < n && is_letter(s[p->nprefix]))
		p->nprefix++;
	p->items = xcalloc(p->n + 1, sizeof *items);
	memcpy(p->items, items, p->n * sizeof *items);
	return p->nprefix > 1 ? 0 : -1;
}

static int
load_row(struct series *ss, size_t row, struct error *err)
{
	const char *s, *key = series_cell(ss, row, SERIES_SLEUTEL);
	size_t n;

	for (s = series_cell(ss, row, SERIES_PATRONEN); *s != '\0';
	    s += n + (s[n] == ';')) {
		n = strcspn(s, ";");
		GROW(ss->patterns, ss->count, ss->cap);
		ss->patterns[ss->count++] = (struct pattern){ .row = row };
		if (parse_pattern(s, n, &ss->patterns[ss->count - 1]) == -1)
			return error_set(err, ERROR_CONFIG,
			    "nummers.tsv: pattern '%.*s' is wrong", (int)n, s);
	}
	if (parse_pattern(key, strlen(key), &ss->keys[row]) == -1)
		return error_set(err, ERROR_CONFIG,
		    "nummers.tsv: key '%s' is wrong", key);
	return 0;
}

static int
add_countries(struct series *ss, bool is_lazy, struct error *err)
{
	size_t row;

	if (tsv_load("landen.tsv", LAND_COLUMNS, &ss->landen, err) == -1)
		return -1;
	ss->countries = names_new(is_lazy);
	for (row = 0; row < ss->landen.nrow; row++) {
		names_add_list(ss->countries,
		    tsv_cell(&ss->landen, row, LAND_ISO3), (int)row);
		names_add_list(ss->countries,
		    tsv_cell(&ss->landen, row, LAND_NAAM), (int)row);
		names_add_list(ss->countries,
		    tsv_cell(&ss->landen, row, LAND_ANDERE), (int)row);
	}
	return 0;
}

int
series_load(bool is_lazy, struct series **out, struct error *err)
{
	CLEAN(series_free) struct series *ss = xcalloc(1, sizeof *ss);
	size_t row;

	if (add_countries(ss, is_lazy, err) == -1 ||
	    tsv_load("nummers.tsv", SERIES_COLUMNS, &ss->table, err) == -1)
		return -1;
	ss->keys = xcalloc(ss->table.nrow + 1, sizeof *ss->keys);
	for (row = 0; row < ss->table.nrow; row++)
		if (load_row(ss, row, err) == -1)
			return -1;
	*out = ss;
	ss = NULL;
	return 0;
}

void
series_free(struct series **ss)
{
	size_t i;

	if (*ss == NULL)
		return;
	for (i = 0; i < (*ss)->count; i++)
		free((*ss)->patterns[i].items);
	for (i = 0; (*ss)->keys != NULL && i < (*ss)->table.nrow; i++)
		free((*ss)->keys[i].items);
	free((*ss)->patterns);
	free((*ss)->keys);
	names_free(&(*ss)->countries);
	tsv_clear(&(*ss)->table);
	tsv_clear(&(*ss)->landen);
	free(*ss);
	*ss = NULL;
}

uint64_t
series_hash(const struct series *ss)
{
	return hash_bytes(ss->table.hash, &ss->landen.hash,
	    sizeof ss->landen.hash);
}

size_t
series_rows(const struct series *ss)
{
	return ss->table.nrow;
}

const char *
series_cell(const struct series *ss, size_t row, enum series_column column)
{
	return tsv_cell(&ss->table, row, column);
}

bool
series_prefix(const struct series *ss, size_t i, const char **s, size_t *n)
{
	if (i >= ss->count)
		return false;
	*s = ss->patterns[i].text;
	*n = ss->patterns[i].nprefix;
	return true;
}

/* ---- matching ---- */

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || is_letter(c);
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
			if (at == m->n || lower(m->s[at]) != lower(item->c))
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
series_match(const struct series *ss, const char *s, size_t n, size_t at,
    unsigned flags, struct series_match *out)
{
	size_t i;

	for (i = 0; i < ss->count; i++) {
		const struct pattern *p = &ss->patterns[i];
		struct series_match found = { .row = p->row, .begin = at };
		struct match m = { ss, s, n, p, &found };

		if (lower(s[at]) != lower(p->items[0].c) ||
		    (p->has_words && (flags & SERIES_PLAIN)))
			continue;
		if (!match_items(&m, 0, at))
			continue;
		if ((flags & SERIES_ANYWHERE) && strcmp(series_cell(ss, p->row,
		    SERIES_WAAR), "overal") != 0)
			continue;
		*out = found;
		return true;
	}
	return false;
}

/* ---- forms and keys ---- */

/* Append the capture of that kind which is next. */
static void
print_capture(const char *s, const struct series_match *m,
    const struct item *item, size_t *next, bool is_key, struct buf *out)
{
	const struct series_capture *c;
	size_t i, k, zeros = 0;

	for (i = *next; i < m->ncaptures; i++)
		if (m->captures[i].kind == (int)item->kind)
			break;
	if (i == m->ncaptures)
		return;
	*next = i + 1;
	c = &m->captures[i];
	if (c->land != NULL) {
		for (k = 0; c->land[k] != '\0'; k++)
			buf_addc(out, is_key ? lower(c->land[k]) : c->land[k]);
		return;
	}
	if (item->kind == ITEM_NR)
		while (c->begin + zeros + 1 < c->end &&
		    s[c->begin + zeros] == '0')
			zeros++;
	for (k = c->begin + zeros; k < c->end; k++)
		buf_addc(out, is_key || item->kind == ITEM_ARTIKEL ?
		    lower(s[k]) : upper(s[k]));
}

static void
print_form(const char *form, const char *s, const struct series_match *m,
    bool is_key, struct buf *out)
{
	size_t next = 0, len;
	struct item item;

	for (; *form != '\0'; form += len) {
		if ((len = parse_item(form, &item)) == 0)
			len = 1;
		if (len > 1)
			print_capture(s, m, &item, &next, is_key, out);
		else
			buf_addc(out, *form);
	}
}

void
series_print(const struct series *ss, const char *s,
    const struct series_match *m, struct buf *out)
{
	print_form(series_cell(ss, m->row, SERIES_VORM), s, m, false, out);
}

void
series_key(const struct series *ss, const char *s,
    const struct series_match *m, struct buf *out)
{
	print_form(series_cell(ss, m->row, SERIES_SLEUTEL), s, m, true, out);
}

bool
series_print_key(const struct series *ss, const char *key, size_t n,
    struct buf *out)
{
	size_t row;

	for (row = 0; row < ss->table.nrow; row++) {
		struct series_match found = { .row = row };
		struct match m = { ss, key, n, &ss->keys[row], &found };

		if (!match_items(&m, 0, 0) || found.end != n)
			continue;
		series_print(ss, key, &found, out);
		return true;
	}
	return false;
}
