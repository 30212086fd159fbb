#include <config.h>

#include "model/lists.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "base/utf8.h"

enum { MAX_COLUMNS = 10 };

/*
 * The lists.  kinds tells for each column which kind of spelling it holds (0
 * for none), several separated by ';'.  Column 0 is the stored value.  Where
 * two values share a spelling, a code wins from a name and a name from a
 * related word, then the column further to the left, then the row above:
 * "Congo" is the country of that name, not the other one.
 */
static const struct list_def {
	enum field_id field;
	const char *file;
	size_t ncol;
	size_t label;		/* the column that visitors read */
	unsigned char kinds[MAX_COLUMNS];
} defs[] = {
	{ FIELD_SOORT, "soorten.tsv", 8, 1,
	    { LIST_NAME, LIST_NAME, LIST_NAME, LIST_NAME } },
	{ FIELD_LAND, "landen.tsv", 10, 2,
	    { LIST_CODE, LIST_CODE, LIST_NAME, LIST_NAME, LIST_RELATED,
	    LIST_RELATED, LIST_NAME } },
	{ FIELD_THEMA, "themas.tsv", 2, 0, { LIST_NAME, LIST_NAME } },
	{ FIELD_GELDIGHEID, "geldigheid.tsv", 3, 1,
	    { LIST_NAME, LIST_NAME, LIST_NAME } },
	{ FIELD_FORMAAT, "formaten.tsv", 3, 1,
	    { LIST_NAME, LIST_NAME, LIST_NAME } },
	{ FIELD_TAAL, "talen.tsv", 4, 1,
	    { LIST_CODE, LIST_NAME, LIST_NAME } },
};

struct spelling {
	char *key;		/* list_key() of it */
	uint32_t row;
	uint32_t rank;		/* of its column; a smaller one wins */
	unsigned kind;
};

struct list {
	struct tsv table;
	bool has_spellings;		/* made when first looked for */
	struct spelling *spellings;	/* by key, then kind and rank */
	size_t count, cap;
};

static struct list lists[NELEM(defs)];
static struct tsv disclaimer_table;
static struct disclaimer *disclaimers;
static bool is_loaded;
static pthread_mutex_t making_spellings = PTHREAD_MUTEX_INITIALIZER;

void
list_key(const char *s, size_t n, struct buf *out)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	size_t start = out->len, i, len;
	bool is_gap = false;
	uint32_t c;

	utf8_fold(s, n, &folded);
	for (i = 0; i < folded.len; i += len) {
		len = utf8_decode(folded.s + i, folded.len - i, &c);
		if (len == 0)
			break;
		if (!utf8_is_word(c)) {
			is_gap = true;
			continue;
		}
		if (is_gap && out->len > start)
			buf_addc(out, ' ');
		is_gap = false;
		buf_add(out, folded.s + i, len);
	}
}

static void
add_spelling(struct list *l, const char *s, size_t n, size_t row, size_t col,
    unsigned kind)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;

	list_key(s, n, &key);
	if (key.len == 0)
		return;
	GROW(l->spellings, l->count, l->cap);
	l->spellings[l->count++] = (struct spelling){ buf_steal(&key),
	    (uint32_t)row, (uint32_t)(col * l->table.nrow + row), kind };
}

static int
compare_spellings(const void *va, const void *vb)
{
	const struct spelling *a = va, *b = vb;
	int c = strcmp(a->key, b->key);

	if (c != 0)
		return c;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

static void
add_row(const struct list_def *def, struct list *l, size_t row)
{
	const char *s;
	size_t col, n;

	for (col = 0; col < def->ncol; col++) {
		if (def->kinds[col] == 0)
			continue;
		for (s = tsv_cell(&l->table, row, col); *s != '\0';
		    s += n + (s[n] == ';')) {
			n = strcspn(s, ";");
			add_spelling(l, s, n, row, col, def->kinds[col]);
		}
	}
}

static struct list *
list_of(enum field_id field)
{
	size_t i;

	for (i = 0; i < NELEM(defs); i++)
		if (defs[i].field == field)
			return &lists[i];
	return NULL;
}

/* The row of a stored value; -1 if there is none. */
static long
row_of(const struct list *l, const char *value)
{
	size_t i;

	for (i = 0; i < l->table.nrow; i++) {
		const char *own = tsv_cell(&l->table, i, 0);

		if (*own == *value && strcmp(own, value) == 0)
			return (long)i;
	}
	return -1;
}

static int
load_list(const struct list_def *def, struct list *l, struct error *err)
{
	size_t row;

	if (tsv_load(def->file, def->ncol, &l->table, err) == -1)
		return -1;
	for (row = 0; row < l->table.nrow; row++) {
		const char *value = tsv_cell(&l->table, row, 0);

		if (*value == '\0')
			return error_set(err, ERROR_CONFIG,
			    "%s: row %zu has no value", def->file, row + 1);
		if (row_of(l, value) != (long)row)
			return error_set(err, ERROR_CONFIG,
			    "%s: '%s' is there twice", def->file, value);
	}
	return 0;
}

/* Few questions name a value of a list; none has all lists sorted. */
static void
make_spellings(const struct list_def *def, struct list *l)
{
	size_t row;

	pthread_mutex_lock(&making_spellings);
	if (!l->has_spellings) {
		for (row = 0; row < l->table.nrow; row++)
			add_row(def, l, row);
		if (l->count > 0)
			qsort(l->spellings, l->count, sizeof *l->spellings,
			    compare_spellings);
		l->has_spellings = true;
	}
	pthread_mutex_unlock(&making_spellings);
}

static int
load_disclaimers(struct error *err)
{
	const struct tsv *t = &disclaimer_table;
	size_t i;

	if (tsv_load("disclaimers.tsv", 3, &disclaimer_table, err) == -1)
		return -1;
	disclaimers = xcalloc(t->nrow + 1, sizeof *disclaimers);
	for (i = 0; i < t->nrow; i++) {
		disclaimers[i] = (struct disclaimer){ tsv_cell(t, i, 0),
		    tsv_cell(t, i, 1), tsv_cell(t, i, 2) };
		if (row_of(list_of(FIELD_SOORT), disclaimers[i].soort) == -1)
			return error_set(err, ERROR_CONFIG,
			    "disclaimers.tsv: no soort '%s'",
			    disclaimers[i].soort);
	}
	return 0;
}

int
lists_load(struct error *err)
{
	size_t i;

	if (is_loaded)
		return 0;
	is_loaded = true;
	for (i = 0; i < NELEM(defs); i++)
		if (load_list(&defs[i], &lists[i], err) == -1)
			break;
	if (i == NELEM(defs) && load_disclaimers(err) == 0)
		return 0;
	lists_free();
	return -1;
}

void
lists_free(void)
{
	size_t i, k;

	for (i = 0; i < NELEM(defs); i++) {
		for (k = 0; k < lists[i].count; k++)
			free(lists[i].spellings[k].key);
		free(lists[i].spellings);
		tsv_clear(&lists[i].table);
		lists[i] = (struct list){ 0 };
	}
	free(disclaimers);
	disclaimers = NULL;
	tsv_clear(&disclaimer_table);
	is_loaded = false;
}

const char *
list_find(enum field_id field, const char *typed, size_t n, unsigned kinds)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	struct list *l = list_of(field);
	size_t low = 0, high, mid;

	assert(is_loaded);
	if (l == NULL)
		return NULL;
	make_spellings(&defs[l - lists], l);
	list_key(typed, n, &key);
	for (high = l->count; low < high; ) {
		mid = low + (high - low) / 2;
		if (strcmp(l->spellings[mid].key, buf_str(&key)) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < l->count; low++) {
		const struct spelling *s = &l->spellings[low];

		if (strcmp(s->key, buf_str(&key)) != 0)
			return NULL;
		if (s->kind & kinds)
			return tsv_cell(&l->table, s->row, 0);
	}
	return NULL;
}

const char *
list_value(enum field_id field, const char *typed)
{
	return list_find(field, typed, strlen(typed), LIST_ANY);
}

const char *
list_label(enum field_id field, const char *value)
{
	size_t i;
	long row;

	for (i = 0; i < NELEM(defs); i++) {
		if (defs[i].field != field)
			continue;
		row = row_of(&lists[i], value);
		return row == -1 ? value :
		    tsv_cell(&lists[i].table, (size_t)row, defs[i].label);
	}
	return value;
}

const char *
list_item(enum field_id field, size_t i)
{
	const struct list *l = list_of(field);

	if (l == NULL || i >= l->table.nrow)
		return NULL;
	return tsv_cell(&l->table, i, 0);
}

void
list_print(enum field_id field, size_t max, struct buf *out)
{
	const char *value;
	size_t i;

	for (i = 0; (value = list_item(field, i)) != NULL && i < max; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", value);
	if (value != NULL)
		buf_adds(out, ", ...");
}

const struct disclaimer *
list_disclaimer(const char *soort)
{
	size_t i;

	for (i = 0; i < disclaimer_table.nrow; i++)
		if (strcmp(disclaimers[i].soort, soort) == 0)
			return &disclaimers[i];
	return NULL;
}

uint64_t
lists_hash(void)
{
	uint64_t h = HASH_INIT;
	size_t i;

	for (i = 0; i < NELEM(defs); i++)
		h = hash_bytes(h, &lists[i].table.hash,
		    sizeof lists[i].table.hash);
	return h;
}
