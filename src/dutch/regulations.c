#include <config.h>

#include "dutch/regulations.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/tsv.h"

enum { COL_SLEUTEL, COL_NAAM, COL_AFKORTINGEN, COL_NAMEN, COL_SOORT,
	COL_NUMMERING, COL_NOEMT, COL_BWB, NCOLS };

/* A way to write a regulation's name. */
struct spelling {
	const char *text;
	size_t len;
	int row;
	char mark;		/* '!' or '?', see regelingen.tsv, or 0 */
	bool is_short;
};

struct regulations {
	struct tsv table;
	struct regulation *rows;
	struct spelling *spellings;
	size_t count, cap;
	int *by_key;			/* rows in the order of their keys */
};

static const struct {
	const char *text;
	enum numbering numbering;
} numberings[] = {
	{ "", NUMBERING_ANY },
	{ "1", NUMBERING_PLAIN },
	{ "1.1", NUMBERING_DOT },
	{ "1:1", NUMBERING_COLON },
	{ "A1/1", NUMBERING_PLACE },
};

static const char *const kinds[] = {
	"wet", "rijkswet", "besluit", "regeling", "circulaire", "handleiding",
	"verdrag", "eu", "artikel",
};

/* Two names that read the same must mean the same. */
static int
add_spelling(struct regulations *rs, struct names *names,
    const struct spelling *sp, struct error *err)
{
	int value = names_put(names, sp->text, sp->len, (int)rs->count);

	if (value == -1)
		return error_set(err, ERROR_CONFIG, "regelingen.tsv: name "
		    "'%.*s' is too short or too long", (int)sp->len, sp->text);
	if (value == (int)rs->count) {
		GROW(rs->spellings, rs->count, rs->cap);
		rs->spellings[rs->count++] = *sp;
		return 0;
	}
	if (rs->spellings[value].row != sp->row)
		return error_set(err, ERROR_CONFIG,
		    "regelingen.tsv: '%.*s' is both %s and %s", (int)sp->len,
		    sp->text, rs->rows[rs->spellings[value].row].key,
		    rs->rows[sp->row].key);
	return 0;
}

/* Add the names in a cell, separated by ";". */
static int
add_cell(struct regulations *rs, struct names *names, size_t row, int col,
    struct error *err)
{
	const char *s = tsv_cell(&rs->table, row, (size_t)col);
	size_t len;

	for (; *s != '\0'; s += len + (s[len] == ';')) {
		struct spelling sp = { .text = s, .row = (int)row,
		    .is_short = col == COL_AFKORTINGEN };

		sp.len = len = strcspn(s, ";");
		if (len > 0 && (s[len - 1] == '!' || s[len - 1] == '?'))
			sp.mark = s[--sp.len];
		if (add_spelling(rs, names, &sp, err) == -1)
			return -1;
	}
	return 0;
}

/* The first abbreviation is the one to print. */
static const char *
print_form(struct tsv *t, size_t row)
{
	const char *cell = tsv_cell(t, row, COL_AFKORTINGEN);

	return xstrndup(cell, strcspn(cell, ";!?"));
}

static int
read_row(struct regulations *rs, size_t row, struct error *err)
{
	struct regulation *r = &rs->rows[row];
	const char *numbering = tsv_cell(&rs->table, row, COL_NUMMERING);
	const char *kind = tsv_cell(&rs->table, row, COL_SOORT);
	size_t i, k;

	for (i = 0; i < NELEM(numberings); i++)
		if (strcmp(numberings[i].text, numbering) == 0)
			break;
	for (k = 0; k < NELEM(kinds); k++)
		if (strcmp(kinds[k], kind) == 0)
			break;
	r->key = tsv_cell(&rs->table, row, COL_SLEUTEL);
	if (strlen(r->key) < 2 || strlen(r->key) >= REGULATION_KEY_BYTES)
		return error_set(err, ERROR_CONFIG,
		    "regelingen.tsv: '%s': no key of 2 to %d bytes", r->key,
		    REGULATION_KEY_BYTES - 1);
	if (i == NELEM(numberings) || k == NELEM(kinds))
		return error_set(err, ERROR_CONFIG,
		    "regelingen.tsv: '%s': %s", r->key,
		    k == NELEM(kinds) ? "unknown soort" : "unknown nummering");
	r->numbering = numberings[i].numbering;
	r->kind = kinds[k][0];
	r->name = tsv_cell(&rs->table, row, COL_NAAM);
	r->abbreviation = print_form(&rs->table, row);
	r->called = tsv_cell(&rs->table, row, COL_NOEMT);
	r->has_letter_parts = r->kind == 'v' || r->kind == 'e';
	r->is_article = r->kind == 'a';
	return 0;
}

static int
compare_keys(const void *a, const void *b, void *rows)
{
	const struct regulation *r = rows;

	return strcmp(r[*(const int *)a].key, r[*(const int *)b].key);
}

static int
sort_keys(struct regulations *rs, struct error *err)
{
	size_t i, n = rs->table.nrow;

	rs->by_key = xcalloc(n + 1, sizeof *rs->by_key);
	for (i = 0; i < n; i++)
		rs->by_key[i] = (int)i;
	qsort_r(rs->by_key, n, sizeof *rs->by_key, compare_keys, rs->rows);
	for (i = 1; i < n; i++) {
		const char *key = rs->rows[rs->by_key[i]].key;

		if (strcmp(rs->rows[rs->by_key[i - 1]].key, key) == 0)
			return error_set(err, ERROR_CONFIG,
			    "regelingen.tsv: key '%s' twice", key);
	}
	return 0;
}

static int
read_rows(struct regulations *rs, struct names *names, struct error *err)
{
	size_t row;

	for (row = 0; row < rs->table.nrow; row++)
		if (read_row(rs, row, err) == -1)
			return -1;
	if (sort_keys(rs, err) == -1)
		return -1;
	for (row = 0; row < rs->table.nrow; row++) {
		if (add_cell(rs, names, row, COL_NAAM, err) == -1 ||
		    add_cell(rs, names, row, COL_AFKORTINGEN, err) == -1 ||
		    add_cell(rs, names, row, COL_NAMEN, err) == -1)
			return -1;
	}
	return 0;
}

int
regulations_load(struct names *names, struct regulations **out,
    struct error *err)
{
	CLEAN(regulations_free) struct regulations *rs =
	    xcalloc(1, sizeof *rs);

	if (tsv_load("regelingen.tsv", NCOLS, &rs->table, err) == -1)
		return -1;
	rs->rows = xcalloc(rs->table.nrow + 1, sizeof *rs->rows);
	if (read_rows(rs, names, err) == -1)
		return -1;
	*out = rs;
	rs = NULL;
	return 0;
}

void
regulations_free(struct regulations **rs)
{
	size_t i;

	if (*rs == NULL)
		return;
	for (i = 0; (*rs)->rows != NULL && i < (*rs)->table.nrow; i++)
		free((char *)(*rs)->rows[i].abbreviation);
	free((*rs)->rows);
	free((*rs)->by_key);
	free((*rs)->spellings);
	tsv_clear(&(*rs)->table);
	free(*rs);
	*rs = NULL;
}

uint64_t
regulations_hash(const struct regulations *rs)
{
	return rs->table.hash;
}

const struct regulation *
regulation(const struct regulations *rs, int row)
{
	return &rs->rows[row];
}

int
regulation_by_key(const struct regulations *rs, const char *key, size_t n)
{
	size_t lo = 0, hi = rs->table.nrow;

	while (lo < hi) {
		size_t half = lo + (hi - lo) / 2;
		const char *k = rs->rows[rs->by_key[half]].key;
		int order = strncmp(k, key, n);

		if (order == 0 && k[n] == '\0')
			return rs->by_key[half];
		if (order < 0)
			lo = half + 1;
		else
			hi = half;
	}
	return REGULATION_NONE;
}

int
regulation_by_bwb(const struct regulations *rs, const char *s)
{
	size_t row;

	for (row = 0; row < rs->table.nrow; row++) {
		const char *bwb = tsv_cell(&rs->table, row, COL_BWB);
		size_t n = strcspn(bwb, ";");

		for (; n > 0; bwb += n + (bwb[n] == ';'), n = strcspn(bwb, ";"))
			if (strncasecmp(bwb, s, n) == 0)
				return (int)row;
	}
	return REGULATION_NONE;
}

bool
regulation_name_is(const struct regulations *rs, int value, const char *s,
    size_t n, enum name_use use, int *row)
{
	const struct spelling *sp = &rs->spellings[value];

	if (use == USE_ALONE && (sp->mark == '?' || (sp->mark == '!' &&
	    (sp->len != n || memcmp(sp->text, s, n) != 0))))
		return false;
	*row = sp->row;
	return true;
}

bool
regulation_name_is_short(const struct regulations *rs, int value)
{
	return rs->spellings[value].is_short;
}

int
regulation_called(const struct regulations *rs, int row, const char *called,
    size_t n)
{
	const char *s = rs->rows[row].called;
	size_t len;

	for (; *s != '\0'; s += len + (s[len] == ';')) {
		len = strcspn(s, ";");
		if (len > n && strncmp(s, called, n) == 0 && s[n] == '=')
			return regulation_by_key(rs, s + n + 1, len - n - 1);
	}
	return REGULATION_NONE;
}
