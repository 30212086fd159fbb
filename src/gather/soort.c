#include <config.h>

#include "gather/soort.h"

#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "model/lists.h"

/* Columns of soorten.tsv; model/lists.c has the others. */
enum { COL_BEGIN = 4, COL_ZWAK, COL_FORMATEN, COL_LANDEN, NCOLS };

/* A word of soorten.tsv, or the name of a folder in mappen.tsv. */
struct word {
	char *key;		/* list_key() of it */
	size_t len;
	size_t row;
	size_t col;
};

struct soorten {
	struct tsv table, folders;
	struct word *words;
	size_t count, cap;
	struct word *names;
};

static char *
key_of(const char *s, size_t n)
{
	struct buf key = BUF_INIT;

	list_key(s, n, &key);
	return buf_steal(&key);
}

static void
add_words(struct soorten *t, size_t row, size_t col)
{
	const char *s;
	char *key;
	size_t n;

	for (s = tsv_cell(&t->table, row, col); *s != '\0';
	    s += n + (s[n] == ';')) {
		n = strcspn(s, ";");
		key = key_of(s, n);
		GROW(t->words, t->count, t->cap);
		t->words[t->count++] =
		    (struct word){ key, strlen(key), row, col };
	}
}

static int
check_folder(const struct soorten *t, size_t row, struct error *err)
{
	const char *soort = tsv_cell(&t->folders, row, FOLDER_SOORT);

	if (*soort != '\0' && list_value(FIELD_SOORT, soort) == NULL)
		return error_set(err, ERROR_CONFIG, "mappen.tsv: no soort '%s'",
		    soort);
	return 0;
}

int
soorten_load(struct soorten **out, struct error *err)
{
	CLEAN(soorten_free) struct soorten *t = xcalloc(1, sizeof *t);
	size_t row, col;

	if (tsv_load("soorten.tsv", NCOLS, &t->table, err) == -1 ||
	    tsv_load("mappen.tsv", 4, &t->folders, err) == -1)
		return -1;
	for (row = 0; row < t->table.nrow; row++)
		for (col = COL_BEGIN; col <= COL_FORMATEN; col++)
			add_words(t, row, col);
	t->names = xcalloc(t->folders.nrow + 1, sizeof *t->names);
	for (row = 0; row < t->folders.nrow; row++) {
		const char *name = tsv_cell(&t->folders, row, 0);

		if (check_folder(t, row, err) == -1)
			return -1;
		t->names[row].key = key_of(name, strlen(name));
		t->names[row].row = row;
	}
	*out = t;
	t = NULL;
	return 0;
}

void
soorten_free(struct soorten **t)
{
	size_t i;

	if (*t == NULL)
		return;
	for (i = 0; i < (*t)->count; i++)
		free((*t)->words[i].key);
	free((*t)->words);
	for (i = 0; (*t)->names != NULL && i < (*t)->folders.nrow; i++)
		free((*t)->names[i].key);
	free((*t)->names);
	tsv_clear(&(*t)->table);
	tsv_clear(&(*t)->folders);
	free(*t);
	*t = NULL;
}

uint64_t
soorten_hash(const struct soorten *t)
{
	uint64_t hashes[] = { t->table.hash, t->folders.hash };

	return hash_bytes(HASH_INIT, hashes, sizeof hashes);
}

/*
 * The soort with a word in column col that is the whole of s, or with which
 * s begins, or the first word of s.
 */
enum how { HOW_WHOLE, HOW_BEGIN, HOW_FIRST };

static const char *
find(const struct soorten *t, size_t col, const char *s, size_t n, enum how how)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	const struct word *best = NULL;
	size_t i, len;

	list_key(s, n, &key);
	len = how == HOW_FIRST ? strcspn(buf_str(&key), " ") : key.len;
	for (i = 0; i < t->count; i++) {
		const struct word *w = &t->words[i];

		if (w->col != col || w->len > len ||
		    memcmp(w->key, key.s, w->len) != 0 ||
		    (how != HOW_BEGIN && w->len != len) ||
		    (key.s[w->len] != '\0' && key.s[w->len] != ' '))
			continue;
		if (best == NULL || w->len > best->len)
			best = w;
	}
	return best != NULL ? tsv_cell(&t->table, best->row, 0) : NULL;
}

const char *
soort_by_title(const struct soorten *t, const char *s, size_t n)
{
	return find(t, COL_BEGIN, s, n, HOW_BEGIN);
}

const char *
soort_by_weak_word(const struct soorten *t, const char *s, size_t n)
{
	const char *soort = find(t, COL_ZWAK, s, n, HOW_WHOLE);

	return soort != NULL ? soort : find(t, COL_ZWAK, s, n, HOW_FIRST);
}

const char *
soort_by_format(const struct soorten *t, const char *format)
{
	return find(t, COL_FORMATEN, format, strlen(format), HOW_WHOLE);
}

bool
soort_has_countries(const struct soorten *t, const char *soort)
{
	size_t i;

	for (i = 0; i < t->table.nrow; i++)
		if (strcmp(tsv_cell(&t->table, i, 0), soort) == 0)
			return *tsv_cell(&t->table, i, COL_LANDEN) != '\0';
	return false;
}

/* What the folder whose name is the n bytes at s says, or NULL. */
static const char *
one_folder(const struct soorten *t, const char *s, size_t n,
    enum folder_column col)
{
	CLEAN(str_free) char *key = key_of(s, n);
	size_t i;

	if (*key == '\0')
		return NULL;
	for (i = 0; i < t->folders.nrow; i++)
		if (strcmp(t->names[i].key, key) == 0 &&
		    *tsv_cell(&t->folders, i, col) != '\0')
			return tsv_cell(&t->folders, i, col);
	return NULL;
}

const char *
folder_says(const struct soorten *t, const char *path, enum folder_column col)
{
	const char *end = strrchr(path, '/'), *start, *said, *other = NULL;

	for (; end != NULL && end > path;
	    end = start > path ? start - 1 : NULL) {
		for (start = end; start > path && start[-1] != '/'; start--)
			;
		said = one_folder(t, start, (size_t)(end - start), col);
		if (said == NULL)
			continue;
		/* What is "overig" within regelgeving is regelgeving. */
		if (strcmp(said, SOORT_OVERIG) != 0)
			return said;
		other = said;
	}
	return other;
}
