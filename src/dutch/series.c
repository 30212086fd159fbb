#include <config.h>

#include "dutch/series.h"

#include <stdlib.h>
#include <string.h>

#include "dutch/seriesint.h"

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

enum { MAX_ITEMS = 128 };

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
	while (p->nprefix < n && series_is_letter(s[p->nprefix]))
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

/* ---- forms and keys ---- */

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

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
			buf_addc(out, is_key ? series_lower(c->land[k]) :
			    c->land[k]);
		return;
	}
	if (item->kind == ITEM_NR)
		while (c->begin + zeros + 1 < c->end &&
		    s[c->begin + zeros] == '0')
			zeros++;
	for (k = c->begin + zeros; k < c->end; k++)
		buf_addc(out, is_key || item->kind == ITEM_ARTIKEL ?
		    series_lower(s[k]) : upper(s[k]));
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

		if (!series_match_pattern(ss, &ss->keys[row], key, n, 0,
		    &found) || found.end != n)
			continue;
		series_print(ss, key, &found, out);
		return true;
	}
	return false;
}
