#include <config.h>

#include "dutch/lexicon.h"

#include "base/mem.h"
#include "dutch/rows.h"

#include <stdlib.h>

struct lexicon {
	struct rows rows;
};

static void
row_read(const char *line, size_t nform, struct lexicon_row *r)
{
	r->form = line;
	r->nform = nform;
	r->value = line + nform + (line[nform] == '\t');
	r->nvalue = (size_t)(cell_end(r->value) - r->value);
}

static uint64_t
key(const char *w, size_t n)
{
	uint64_t k = 0;
	size_t i;

	for (i = 0; i < sizeof k; i++)
		k = k << 8 | (i < n ? (unsigned char)w[i] : 0);
	return k;
}

/* The form on a line against w; *common is how they both begin, in bytes. */
static int
compare(const char *line, const char *w, size_t n, size_t *common)
{
	size_t i;

	for (i = 0; line[i] != '\t' && line[i] != '\n'; i++) {
		if (i == n || line[i] != w[i]) {
			*common = i;
			return i == n || (unsigned char)line[i] >
			    (unsigned char)w[i] ? 1 : -1;
		}
	}
	*common = i;
	return i < n ? -1 : 0;
}

/*
 * 1. Find the last row that does not come after w.
 * 2. If it begins w, no longer one does.
 * 3. Else no row longer than what the two share can: look again with that.
 */
bool
lexicon_longest(const struct lexicon *l, const char *w, size_t n,
    struct lexicon_row *row)
{
	while (n > 0) {
		const char *last;
		size_t shared;

		last = rows_last(&l->rows, key(w, n), compare, w, n, &shared);
		if (shared == 0)
			return false;
		if (last[shared] == '\t' || last[shared] == '\n') {
			row_read(last, shared, row);
			return true;
		}
		n = shared;
	}
	return false;
}

size_t
lexicon_disorder(const struct lexicon *l)
{
	return rows_disorder(&l->rows, compare);
}

uint64_t
lexicon_hash(const struct lexicon *l)
{
	return rows_hash(&l->rows);
}

int
lexicon_open(const char *name, struct lexicon **out, struct error *err)
{
	CLEAN(lexicon_free) struct lexicon *l = xcalloc(1, sizeof *l);

	if (rows_open(&l->rows, name, key, err) == -1)
		return -1;
	*out = l;
	l = NULL;
	return 0;
}

void
lexicon_free(struct lexicon **l)
{
	if (*l == NULL)
		return;
	rows_close(&(*l)->rows);
	free(*l);
	*l = NULL;
}
