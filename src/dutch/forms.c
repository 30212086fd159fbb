#include <config.h>

#include "dutch/forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tsv.h"

#define NFENCES 1024

/*
 * Fences are lines at about equal distances, with the last eight bytes of
 * their forms as one number; they spare the search most of its lines.
 */
struct forms {
	char *bytes;
	const char *rows;	/* behind the comments and the names */
	const char *end;
	size_t nfences;
	uint64_t keys[NFENCES];
	const char *lines[NFENCES];
};

/*
 * The end of the cell at s: every line ends in a newline, forms_open() saw to
 * that.
 */
static const char *
cell_end(const char *s)
{
	while (*s != '\t' && *s != '\n')
		s++;
	return s;
}

static const char *
line_end(const char *s)
{
	while (*s != '\n')
		s++;
	return s;
}

static const char *
line_start(const struct forms *f, const char *s)
{
	while (s > f->rows && s[-1] != '\n')
		s--;
	return s;
}

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

static void
set_fences(struct forms *f)
{
	size_t i, n = (size_t)(f->end - f->rows) / 128 + 1;

	f->nfences = n < NFENCES ? n : NFENCES;
	for (i = 0; i < f->nfences && f->rows < f->end; i++) {
		size_t at = (size_t)(f->end - f->rows) / f->nfences * i;

		f->lines[i] = line_start(f, f->rows + at);
		f->keys[i] = key(f->lines[i],
		    (size_t)(cell_end(f->lines[i]) - f->lines[i]));
	}
	f->nfences = i;
}

/* Where the last row that does not come after w can lie: lo <= row < hi. */
static void
between_fences(const struct forms *f, const char *w, size_t n,
    const char **lo, const char **hi)
{
	size_t below = 0, len = f->nfences;
	uint64_t k = key(w, n);

	while (len > 0) {
		size_t half = len / 2;
		bool right = f->keys[below + half] < k;

		below = right ? below + half + 1 : below;
		len = right ? len - half - 1 : half;
	}
	*lo = below > 0 ? f->lines[below - 1] : f->rows;
	while (below < f->nfences && f->keys[below] == k)
		below++;
	*hi = below < f->nfences ? f->lines[below] : f->end;
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
		const char *hi, *last = NULL, *lo;
		size_t common, shared = 0;

		between_fences(f, w + n - max, max, &lo, &hi);
		while (lo < hi) {
			const char *line = line_start(f, lo + (hi - lo) / 2);

			if (compare_ends(line, w + n - max, max, &common) > 0) {
				hi = line;
				continue;
			}
			shared = common;
			last = line;
			lo = line_end(line) + 1;
		}
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
	const char *before = NULL, *line;
	size_t common, n = 0;

	for (line = f->rows; line < f->end; line = line_end(line) + 1) {
		if (before != NULL && compare_ends(before, line,
		    (size_t)(cell_end(line) - line), &common) >= 0)
			n++;
		before = line;
	}
	return n;
}

/*
 * Eight bytes at a time: FNV over 350 kB would take most of the time of
 * opening.
 */
uint64_t
forms_hash(const struct forms *f)
{
	size_t i, n = (size_t)(f->end - f->bytes);
	uint64_t h = HASH_INIT, x;

	for (i = 0; i + sizeof x <= n; i += sizeof x) {
		memcpy(&x, f->bytes + i, sizeof x);
		h = (h ^ x) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	return hash_bytes(h, f->bytes + i, n - i);
}

/* Behind the comments and the names of the columns; NULL if there are none. */
static const char *
find_rows(const char *p, const char *end)
{
	bool was_comment = true;

	while (was_comment) {
		if (p == end)
			return NULL;
		was_comment = *p == '#';
		p = line_end(p) + 1;
	}
	return p;
}

/* Read, not mapped: a table that is written meanwhile must not matter. */
int
forms_open(const char *name, struct forms **out, struct error *err)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(forms_free) struct forms *f = xcalloc(1, sizeof *f);

	if (data_read(name, &b, err) == -1)
		return -1;
	if (b.len == 0 || b.s[b.len - 1] != '\n')
		return error_set(err, ERROR_CONFIG, "%s/%s: cut off",
		    data_dir(), name);
	f->end = b.s + b.len;
	f->bytes = buf_steal(&b);
	f->rows = find_rows(f->bytes, f->end);
	if (f->rows == NULL)
		return error_set(err, ERROR_CONFIG, "%s/%s: no columns",
		    data_dir(), name);
	set_fences(f);
	*out = f;
	f = NULL;
	return 0;
}

void
forms_free(struct forms **f)
{
	if (*f == NULL)
		return;
	free((*f)->bytes);
	free(*f);
	*f = NULL;
}
