#include <config.h>

#include "gather/numbers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tsv.h"
#include "model/lists.h"

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
} names[] = {
	{ "jaar", ITEM_JAAR },
	{ "nr", ITEM_NR },
	{ "cijfers", ITEM_CIJFERS },
	{ "artikel", ITEM_ARTIKEL },
	{ "land", ITEM_LAND },
	{ "woord", ITEM_WOORD },
	{ "woorden", ITEM_WOORDEN },
};

enum { MAX_ITEMS = 128, MAX_CAPTURES = 6, MAX_WORDS_BYTES = 80 };

struct pattern {
	struct item items[MAX_ITEMS];
	size_t n;
	size_t row;
};

struct numbers {
	struct tsv table;
	struct pattern *patterns;
	size_t count, cap;
};

enum { COL_PATRONEN, COL_VORM, COL_SOORT, COL_VELD, COL_WAAR, NCOLS };

struct capture {
	enum item_kind kind;
	size_t at, end;
};

struct match {
	const char *s;
	size_t n;
	const struct pattern *pattern;
	struct capture captures[MAX_CAPTURES];
	size_t ncaptures;
	size_t end;
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
	for (i = 0; i < NELEM(names); i++) {
		if (strncmp(names[i].name, s + 1, name) != 0 ||
		    names[i].name[name] != '\0')
			continue;
		*out = (struct item){ .kind = names[i].kind };
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

static int
parse_pattern(const char *s, size_t n, struct pattern *p)
{
	size_t i, len;

	for (i = 0; i < n; i += len)
		if (p->n == MAX_ITEMS ||
		    (len = parse_item(s + i, &p->items[p->n++])) == 0)
			return -1;
	return p->n > 0 ? 0 : -1;
}

static int
load_row(struct numbers *ns, size_t row, struct error *err)
{
	const char *soort = tsv_cell(&ns->table, row, COL_SOORT);
	const char *s;
	size_t n;

	if (*soort != '\0' && list_value(FIELD_SOORT, soort) == NULL)
		return error_set(err, ERROR_CONFIG,
		    "nummers.tsv: no soort '%s'", soort);
	for (s = tsv_cell(&ns->table, row, COL_PATRONEN); *s != '\0';
	    s += n + (s[n] == ';')) {
		n = strcspn(s, ";");
		GROW(ns->patterns, ns->count, ns->cap);
		ns->patterns[ns->count] = (struct pattern){ .row = row };
		if (parse_pattern(s, n, &ns->patterns[ns->count]) == -1)
			return error_set(err, ERROR_CONFIG,
			    "nummers.tsv: pattern '%.*s' is wrong", (int)n, s);
		ns->count++;
	}
	return 0;
}

int
numbers_load(struct numbers **out, struct error *err)
{
	CLEAN(numbers_free) struct numbers *ns = xcalloc(1, sizeof *ns);
	size_t row;

	if (tsv_load("nummers.tsv", NCOLS, &ns->table, err) == -1)
		return -1;
	for (row = 0; row < ns->table.nrow; row++)
		if (load_row(ns, row, err) == -1)
			return -1;
	*out = ns;
	ns = NULL;
	return 0;
}

void
numbers_free(struct numbers **ns)
{
	if (*ns == NULL)
		return;
	tsv_clear(&(*ns)->table);
	free((*ns)->patterns);
	free(*ns);
	*ns = NULL;
}

uint64_t
numbers_hash(const struct numbers *ns)
{
	return ns->table.hash;
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
	return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
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

static size_t
gap_length(const char *s, size_t n)
{
	size_t len, i;

	for (i = 0; (len = gap_at(s + i, n - i)) > 0; i += len)
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

static const char *
country_at(const char *s, size_t n)
{
	if (n < 3 || !is_alnum(s[0]) || !is_alnum(s[1]) || !is_alnum(s[2]) ||
	    (n > 3 && is_alnum(s[3])))
		return NULL;
	return list_find(FIELD_LAND, s, 3, LIST_CODE);
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
	case ITEM_LAND:
		return country_at(s, n) != NULL ? 3 : 0;
	case ITEM_WOORD:
		for (len = run_length(s, n, is_woord, 24);
		    len > 0 && s[len - 1] == '.'; len--)
			;
		return len;
	case ITEM_LETTER:
	case ITEM_GAP:
	case ITEM_SLASH:
	case ITEM_WOORDEN:
		break;
	}
	return 0;
}

/* What an item takes of the n bytes at s; -1 for no match. */
static long
item_length(const struct item *item, const char *s, size_t n)
{
	size_t len;

	if (item->kind == ITEM_LETTER)
		return n > 0 && lower(*s) == lower(item->c) ? 1 : -1;
	if (item->kind == ITEM_GAP)
		return (long)gap_length(s, n);
	len = item->kind == ITEM_SLASH ? gap_length(s, n) :
	    value_length(item, s, n);
	return len > 0 ? (long)len : -1;
}

static bool match_items(struct match *, size_t i, size_t at);

/* ITEM_WOORDEN is item i: as few bytes as let the rest match. */
static bool
match_words(struct match *m, size_t i, size_t at)
{
	size_t ncaptures = m->ncaptures, k;

	for (k = 1; k < m->n - at && k < MAX_WORDS_BYTES; k++) {
		m->ncaptures = ncaptures;
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
		long len;

		if (item->kind == ITEM_WOORDEN)
			return match_words(m, i, at);
		len = item_length(item, m->s + at, m->n - at);
		if (len == -1)
			return false;
		if (item->kind >= ITEM_JAAR) {
			if (m->ncaptures == MAX_CAPTURES)
				return false;
			m->captures[m->ncaptures++] = (struct capture){
			    item->kind, at, at + (size_t)len };
		}
		at += (size_t)len;
	}
	m->end = at;
	return at == m->n || !is_alnum(m->s[at]);
}

/* Append the capture of that kind which is next. */
static void
print_capture(const struct match *m, const struct item *item, size_t *next,
    struct buf *out)
{
	const struct capture *c;
	size_t i, k;

	for (i = *next; i < m->ncaptures; i++)
		if (m->captures[i].kind == item->kind)
			break;
	if (i == m->ncaptures)
		return;
	*next = i + 1;
	c = &m->captures[i];
	k = c->at;
	if (item->kind == ITEM_NR)
		while (k + 1 < c->end && m->s[k] == '0')
			k++;
	for (; k < c->end; k++)
		buf_addc(out, item->kind == ITEM_ARTIKEL ? lower(m->s[k]) :
		    upper(m->s[k]));
}

/* Print the number in the form of its series. */
static void
print_form(const struct numbers *ns, const struct match *m, struct number *out)
{
	const char *form = tsv_cell(&ns->table, m->pattern->row, COL_VORM);
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	size_t next = 0, len;
	struct item item;

	for (; *form != '\0'; form += len) {
		if ((len = parse_item(form, &item)) == 0)
			len = 1;
		if (len > 1)
			print_capture(m, &item, &next, &text);
		else
			buf_addc(&text, *form);
	}
	len = text.len < sizeof out->text ? text.len : sizeof out->text - 1;
	memcpy(out->text, buf_str(&text), len);
	out->text[len] = '\0';
}

static void
fill(const struct numbers *ns, const struct match *m, size_t at,
    struct number *out)
{
	size_t row = m->pattern->row, i;

	*out = (struct number){ .at = at, .end = m->end,
	    .soort = tsv_cell(&ns->table, row, COL_SOORT),
	    .is_id = strcmp(tsv_cell(&ns->table, row, COL_VELD), "id") == 0,
	    .is_anywhere = strcmp(tsv_cell(&ns->table, row, COL_WAAR),
	    "overal") == 0 };
	for (i = 0; i < m->ncaptures; i++) {
		const struct capture *c = &m->captures[i];

		if (c->kind == ITEM_JAAR)
			memcpy(out->jaar, m->s + c->at, 4);
		if (c->kind == ITEM_LAND)
			out->land = country_at(m->s + c->at, c->end - c->at);
	}
	print_form(ns, m, out);
}

static bool
match_at(const struct numbers *ns, const char *s, size_t n, size_t at,
    bool is_begin, struct number *out)
{
	size_t i;

	for (i = 0; i < ns->count; i++) {
		const struct pattern *p = &ns->patterns[i];
		struct match m = { .s = s, .n = n, .pattern = p };

		if (lower(s[at]) != lower(p->items[0].c))
			continue;
		if (!match_items(&m, 0, at))
			continue;
		fill(ns, &m, at, out);
		if (is_begin || out->is_anywhere)
			return true;
	}
	return false;
}

bool
numbers_match(const struct numbers *ns, const char *s, size_t n,
    struct number *out)
{
	size_t at = gap_length(s, n);

	return at < n && match_at(ns, s, n, at, true, out);
}

bool
numbers_find(const struct numbers *ns, const char *s, size_t n,
    struct number *out)
{
	size_t at;

	if (numbers_match(ns, s, n, out))
		return true;
	for (at = 1; at < n; at++)
		if (is_alnum(s[at]) && !is_alnum(s[at - 1]) &&
		    match_at(ns, s, n, at, false, out))
			return true;
	return false;
}

bool
number_leads(const struct number *number, const char *s, size_t n)
{
	size_t at = number->end;

	at += gap_length(s + at, n - at);
	return at == n || s[at] < 'a' || s[at] > 'z';
}
