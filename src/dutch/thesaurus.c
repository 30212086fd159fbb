#include <config.h>

#include "dutch/thesaurus.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { SYNONYMS, ENGLISH, COUNTRIES, COUNTRIES_ENGLISH, CAPITALS };

static const struct {
	const char *file;
	size_t ncol;
} files[THESAURUS_TABLES] = {
	[SYNONYMS] = { "synoniemen.tsv", 5 },
	[ENGLISH] = { "engels.tsv", 3 },
	[COUNTRIES] = { "landen.tsv", 10 },
	[COUNTRIES_ENGLISH] = { "landen-engels.tsv", 3 },
	[CAPITALS] = { "hoofdletters.tsv", 3 },
};

/*
 * Weights: English weighs most: the word itself is hardly ever in a Dutch text,
 * so the Dutch one has to carry the answer.  An abbreviation means exactly what
 * it stands for, a country its adjective: those are the same; a synonym has a
 * shade of its own.  What people say in daily life is a guess at what they
 * need, and a wider term, or the country of a region, answers more than was
 * asked.
 *
 * Forms: the stemmer joins what has nothing to do with each other, the shorter
 * the words the more (den and Denen; sissen and SIS), and knows Dutch only
 * (wagen and wage).  Seen by asking for all short words of Debian's wdutch.
 */
enum { ANY_LENGTH = UINT8_MAX };
static const struct thesaurus_kind kinds[] = {
	{ "engels", 0.9, true, true, ANY_LENGTH, 0 },
	{ "afk", 0.8, true, true, 5, 0 },
	{ "land", 0.8, true, true, 3, 4 },
	{ "syn", 0.6, false, true, 3, 0 },
	{ "spreek", 0.5, false, true, 3, 0 },
	{ "ruimer", 0.4, false, true, 3, 0 },
	{ "deelgebied", 0.4, false, true, 3, 4 },
	/* Words that stay as they are. */
	{ "taal", 0, false, true, ANY_LENGTH, 0 },
	{ "verwant", 0, false, false, 0, 0 },
	{ "nooit", 0, false, false, 0, 0 },
};

/* Columns of landen.tsv and what their words are good for. */
static const struct {
	size_t col;
	const char *kind;
	uint8_t flags;
} country_columns[] = {
	{ 2, "land", SPELLING_ASKS | SPELLING_GIVEN | SPELLING_NAME },
	{ 3, "land", SPELLING_ASKS | SPELLING_GIVEN },
	{ 4, "land", SPELLING_ASKS | SPELLING_GIVEN | SPELLING_DERIVED },
	{ 5, "land", SPELLING_ASKS | SPELLING_GIVEN | SPELLING_DERIVED },
	{ 6, "deelgebied", SPELLING_ASKS | SPELLING_PART },
};

/* Ways of writing in hoofdletters.tsv. */
static const struct {
	const char *name;
	uint8_t flag;
} ways[] = {
	{ "eerste", SPELLING_CAPITAL },
	{ "alle", SPELLING_CAPITALS },
};

/* What is known while the tables are read. */
struct reader {
	struct thesaurus *t;
	uint8_t listed[SPELLING_KEYS / 8];	/* keys of hoofdletters.tsv */
	/* The row of a country in landen-engels.tsv, plus 1. */
	uint16_t english[26][26];
};

static const struct thesaurus_kind *
kind_of(const char *name)
{
	size_t i;

	for (i = 0; i < NELEM(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

uint16_t
spelling_key(const char *s, size_t n, unsigned max)
{
	uint16_t key = 0;
	unsigned i;

	for (i = 0; i < 3; i++) {
		unsigned char c = i < n && i < max ? (unsigned char)s[i] : 0;

		if (c >= 0x80)
			return SPELLING_ANY;
		if ((c < '0' || c > '9') && ((c | 32) < 'a' || (c | 32) > 'z'))
			n = c = 0;
		key = (uint16_t)(key << 5 | (c & 31));
	}
	return key;
}

/* How a word of hoofdletters.tsv must be written; 0 if it is not there. */
static uint8_t
flags_of(const struct reader *r, const char *s, uint16_t key)
{
	const struct tsv *t = &r->t->tables[CAPITALS];
	size_t i, k;

	if (key == SPELLING_ANY || !(r->listed[key / 8] & 1 << key % 8))
		return 0;
	for (i = 0; i < t->nrow; i++)
		if (strcmp(tsv_cell(t, i, 0), s) == 0)
			for (k = 0; k < NELEM(ways); k++)
				if (strcmp(tsv_cell(t, i, 1), ways[k].name) == 0)
					return ways[k].flag;
	return 0;
}

static void
row_begin(struct reader *r)
{
	struct thesaurus *t = r->t;

	GROW(t->rows, t->nrows, t->cap_rows);
	t->rows[t->nrows++] = (struct thesaurus_row){
	    (uint32_t)t->nspellings, (uint32_t)t->nspellings };
}

/* Add the spellings in a cell, cutting it at each ';'. */
static void
add_cell(struct reader *r, size_t table, size_t row, size_t col,
    const struct thesaurus_kind *kind, uint8_t flags)
{
	struct thesaurus *t = r->t;
	struct tsv *tsv = &t->tables[table];
	char *s = tsv->cells[row * tsv->ncol + col], *next;
	uint16_t key;

	for (; s != NULL && *s != '\0'; s = next) {
		if ((next = strchr(s, ';')) != NULL)
			*next++ = '\0';
		key = spelling_key(s, strlen(s), 3);
		GROW(t->spellings, t->nspellings, t->cap_spellings);
		t->spellings[t->nspellings++] = (struct spelling){ s, kind,
		    (uint32_t)t->nrows - 1, key, flags | flags_of(r, s, key) };
		t->rows[t->nrows - 1].end++;
	}
}

static int
add_synonyms(struct reader *r, struct error *err)
{
	static const uint8_t term[] = { SPELLING_ASKS, SPELLING_ASKS,
	    SPELLING_ASKS | SPELLING_GIVEN };
	static const uint8_t synonym[] = { 0, SPELLING_GIVEN,
	    SPELLING_ASKS | SPELLING_GIVEN };
	const struct tsv *t = &r->t->tables[SYNONYMS];
	size_t i;

	for (i = 0; i < t->nrow; i++) {
		const char *name = tsv_cell(t, i, 2), *way = tsv_cell(t, i, 3);
		const struct thesaurus_kind *kind = kind_of(name);
		size_t way_no = (size_t)(*way - '0');

		if (kind == NULL)
			return error_set(err, ERROR_CONFIG,
			    "synoniemen.tsv: '%s' has unknown soort '%s'",
			    tsv_cell(t, i, 0), name);
		if (way_no > 2 || way[1] != '\0')
			return error_set(err, ERROR_CONFIG,
			    "synoniemen.tsv: '%s' has unknown richting '%s'",
			    tsv_cell(t, i, 0), way);
		if (!kind->is_read)
			continue;
		row_begin(r);
		add_cell(r, SYNONYMS, i, 0, kind, term[way_no]);
		add_cell(r, SYNONYMS, i, 1, kind, synonym[way_no]);
	}
	return 0;
}

static void
add_english(struct reader *r)
{
	const struct thesaurus_kind *kind = kind_of("engels");
	size_t i;

	for (i = 0; i < r->t->tables[ENGLISH].nrow; i++) {
		row_begin(r);
		add_cell(r, ENGLISH, i, 0, kind, SPELLING_ASKS);
		add_cell(r, ENGLISH, i, 1, kind, SPELLING_GIVEN);
	}
}

static bool
is_code(const char *s)
{
	return s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' &&
	    s[2] == '\0';
}

static int
read_codes(struct reader *r, struct error *err)
{
	const struct tsv *t = &r->t->tables[COUNTRIES_ENGLISH];
	size_t i;

	for (i = 0; i < t->nrow; i++) {
		const char *code = tsv_cell(t, i, 0);

		if (!is_code(code))
			return error_set(err, ERROR_CONFIG,
			    "landen-engels.tsv: '%s' is no code of a country",
			    code);
		r->english[code[0] - 'A'][code[1] - 'A'] = (uint16_t)(i + 1);
	}
	return 0;
}

static int
add_countries(struct reader *r, struct error *err)
{
	const struct thesaurus_kind *english = kind_of("engels");
	const struct thesaurus_kind *by_column[NELEM(country_columns)];
	const struct tsv *t = &r->t->tables[COUNTRIES];
	size_t i, k, row;

	if (read_codes(r, err) == -1)
		return -1;
	for (k = 0; k < NELEM(country_columns); k++)
		by_column[k] = kind_of(country_columns[k].kind);
	for (i = 0; i < t->nrow; i++) {
		const char *code = tsv_cell(t, i, 0);

		if (!is_code(code))
			return error_set(err, ERROR_CONFIG,
			    "landen.tsv: '%s' is no code of a country", code);
		row_begin(r);
		for (k = 0; k < NELEM(country_columns); k++)
			add_cell(r, COUNTRIES, i, country_columns[k].col,
			    by_column[k], country_columns[k].flags);
		if ((row = r->english[code[0] - 'A'][code[1] - 'A']) == 0)
			continue;
		for (k = 1; k <= 2; k++)
			add_cell(r, COUNTRIES_ENGLISH, row - 1, k, english,
			    SPELLING_ASKS);
	}
	return 0;
}

static int
read_capitals(struct reader *r, struct error *err)
{
	const struct tsv *t = &r->t->tables[CAPITALS];
	size_t i, k;

	for (i = 0; i < t->nrow; i++) {
		const char *word = tsv_cell(t, i, 0), *way = tsv_cell(t, i, 1);
		uint16_t key = spelling_key(word, strlen(word), 3);

		for (k = 0; k < NELEM(ways); k++)
			if (strcmp(way, ways[k].name) == 0)
				break;
		if (k == NELEM(ways) || key == SPELLING_ANY)
			return error_set(err, ERROR_CONFIG, "hoofdletters.tsv: "
			    "'%s' has unknown hoofdletters '%s'", word, way);
		r->listed[key / 8] |= (uint8_t)(1 << key % 8);
	}
	return 0;
}

int
thesaurus_load(struct thesaurus *out, struct error *err)
{
	CLEAN(thesaurus_clear) struct thesaurus t = { .nrows = 0 };
	struct reader r = { .t = &t };
	size_t i;

	for (i = 0; i < NELEM(files); i++)
		if (tsv_load_unhashed(files[i].file, files[i].ncol,
		    &t.tables[i], err) == -1)
			return -1;
	if (read_capitals(&r, err) == -1 || add_synonyms(&r, err) == -1 ||
	    add_countries(&r, err) == -1)
		return -1;
	add_english(&r);
	*out = t;
	t = (struct thesaurus){ .nrows = 0 };
	return 0;
}

void
thesaurus_clear(struct thesaurus *t)
{
	size_t i;

	for (i = 0; i < NELEM(t->tables); i++)
		tsv_clear(&t->tables[i]);
	free(t->spellings);
	free(t->rows);
	*t = (struct thesaurus){ .nrows = 0 };
}
