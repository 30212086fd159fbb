#include <config.h>

#include "dutch/forms.h"

#include <stdlib.h>

#include "base/mem.h"
#include "dutch/rows.h"

struct forms {
	struct rows rows;
};

static void
row_read(const char *line, struct forms_row *r)
{
	const char *end = cell_end(line);

	r->form = line;
	r->nform = (size_t)(end - line);
	r->lemma = end + (*end == '\t');
	end = cell_end(r->lemma);
	r->nlemma = (size_t)(end - r->lemma);
	r->behind = *end == '\t' && end[1] != '\n' ? end[1] : '\0';
}

/* The last bytes of a word, the very last one most significant. */
static uint64_t
key(const char *w, size_t n)
{
	uint64_t k = 0;
	size_t i;

	for (i = 0; i < 8; i++)
		k = k << 8 | (i < n ? (unsigned char)w[n - 1 - i] : 0);
	return k;
}

/*
 * Compare the form on a line with w from right to left; *common is the number
 * of bytes they share at the end.
 */
static int
compare_ends(const char *line, const char *w, size_t n, size_t *common)
{
	const char *end = cell_end(line);
	size_t i, nform = (size_t)(end - line);

	for (i = 1; i <= n && i <= nform; i++) {
		unsigned char x = (unsigned char)*(end - i);
		unsigned char y = (unsigned char)w[n - i];

		if (x != y) {
			*common = i - 1;
			return x < y ? -1 : 1;
		}
	}
	*common = i - 1;
	return nform < n ? -1 : nform > n;
}

/*
 * 1. Find the last row that does not come after the end of w of max bytes.
 * 2. If it ends w, no longer one does.
 * 3. Else no row longer than what the two share can: look again with that.
 */
bool
forms_longest(const struct forms *f, const char *w, size_t n, size_t max,
    struct forms_row *row)
{
	while (max >= FORMS_TAIL_MIN || max == n) {
		const char *from = w + n - max, *last;
		size_t shared;

		last = rows_last(&f->rows, key(from, max), compare_ends, from,
		    max, &shared);
		if (shared == 0)
			return false;
		if (last + shared == cell_end(last)) {
			row_read(last, row);
			return true;
		}
		max = shared;
	}
	return false;
}

size_t
forms_disorder(const struct forms *f)
{
	return rows_disorder(&f->rows, compare_ends);
}

uint64_t
forms_hash(const struct forms *f)
{
	return rows_hash(&f->rows);
}

int
forms_open(const char *name, struct forms **out, struct error *err)
{
	CLEAN(forms_free) struct forms *f = xcalloc(1, sizeof *f);

	if (rows_open(&f->rows, name, key, err) == -1)
		return -1;
	*out = f;
	f = NULL;
	return 0;
}

void
forms_free(struct forms **f)
{
	if (*f == NULL)
		return;
	rows_close(&(*f)->rows);
	free(*f);
	*f = NULL;
}
