#include <config.h>

#include "gather/labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"

static const char *const target_names[NTARGETS] = {
	[TARGET_ID] = "id",
	[TARGET_URL] = "url",
	[TARGET_TITEL] = "titel",
	[TARGET_SOORT] = "soort",
	[TARGET_SOORT_ZWAK] = "soort-zwak",
	[TARGET_KENMERK] = "kenmerk",
	[TARGET_NUMMER] = "nummer",
	[TARGET_NUMMER_ZWAK] = "nummer-zwak",
	[TARGET_LAND] = "land",
	[TARGET_THEMA] = "thema",
	[TARGET_TREFWOORD] = "trefwoord",
	[TARGET_DATUM] = "datum",
	[TARGET_VAN] = "van",
	[TARGET_TOT] = "tot",
	[TARGET_PERIODE] = "periode",
	[TARGET_TAAL] = "taal",
};

static const char label_prefix[] = "label:";

struct labels {
	struct tsv table;
	struct label *rows;
	size_t *by_name;	/* rows, sorted by name */
};

static int
name_char(char c)
{
	if (c == '_')
		return ' ';
	return c >= 'A' && c <= 'Z' ? c + 32 : (unsigned char)c;
}

static bool
is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || name_char(c) >= 0x80 ||
	    (name_char(c) >= 'a' && name_char(c) <= 'z');
}

static int
compare_names(const char *a, const char *b)
{
	for (; *a != '\0' && name_char(*a) == name_char(*b); a++, b++)
		;
	return name_char(*a) - name_char(*b);
}

static int
compare_rows(const void *va, const void *vb, void *arg)
{
	const struct labels *l = arg;

	return compare_names(l->rows[*(const size_t *)va].name,
	    l->rows[*(const size_t *)vb].name);
}

static int
load_row(struct labels *l, size_t i, struct error *err)
{
	const char *target = tsv_cell(&l->table, i, 1);
	const char *origin = tsv_cell(&l->table, i, 2);
	size_t t, o;

	for (t = 0; t < NTARGETS; t++)
		if (strcmp(target_names[t], target) == 0)
			break;
	for (o = 0; o < NORIGINS; o++)
		if (strcmp(origin_name((enum origin)o), origin) == 0)
			break;
	if (t == NTARGETS || o == NORIGINS)
		return error_set(err, ERROR_CONFIG,
		    "labels.tsv: '%s' has no doel '%s' or bron '%s'",
		    tsv_cell(&l->table, i, 0), target, origin);
	l->rows[i] = (struct label){ tsv_cell(&l->table, i, 0),
	    (enum target)t, (enum origin)o,
	    *tsv_cell(&l->table, i, 3) != '\0' };
	l->by_name[i] = i;
	return 0;
}

int
labels_load(struct labels **out, struct error *err)
{
	CLEAN(labels_free) struct labels *l = xcalloc(1, sizeof *l);
	size_t i;

	if (tsv_load("labels.tsv", 4, &l->table, err) == -1)
		return -1;
	l->rows = xcalloc(l->table.nrow + 1, sizeof *l->rows);
	l->by_name = xcalloc(l->table.nrow + 1, sizeof *l->by_name);
	for (i = 0; i < l->table.nrow; i++)
		if (load_row(l, i, err) == -1)
			return -1;
	qsort_r(l->by_name, l->table.nrow, sizeof *l->by_name, compare_rows, l);
	*out = l;
	l = NULL;
	return 0;
}

void
labels_free(struct labels **l)
{
	if (*l == NULL)
		return;
	tsv_clear(&(*l)->table);
	free((*l)->rows);
	free((*l)->by_name);
	free(*l);
	*l = NULL;
}

uint64_t
labels_hash(const struct labels *l)
{
	return l->table.hash;
}

const struct label *
labels_row(const struct labels *l, size_t row)
{
	return &l->rows[row];
}

void
labels_of(const struct labels *l, const char *name,
    void (*each)(void *arg, size_t row), void *arg)
{
	size_t low = 0, high = l->table.nrow, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (compare_names(l->rows[l->by_name[mid]].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < l->table.nrow; low++) {
		if (compare_names(l->rows[l->by_name[low]].name, name) != 0)
			return;
		each(arg, l->by_name[low]);
	}
}

size_t
labels_at(const struct labels *l, const char *s, const char *end, size_t *row)
{
	size_t best = 0, i, k;

	for (i = 0; i < l->table.nrow; i++) {
		const char *name = l->rows[i].name;

		if (strncmp(name, label_prefix, sizeof label_prefix - 1) != 0)
			continue;
		name += sizeof label_prefix - 1;
		for (k = 0; name[k] != '\0' && s + k < end &&
		    name_char(name[k]) == name_char(s[k]); k++)
			;
		if (name[k] == '\0' && k > best &&
		    (s + k == end || !is_word_byte(s[k]))) {
			best = k;
			*row = i;
		}
	}
	return best;
}
