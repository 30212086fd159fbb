#include <config.h>

#include "base/tsv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

uint64_t
hash_bytes(uint64_t h, const void *p, size_t n)
{
	const unsigned char *s = p;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ s[i]) * UINT64_C(0x100000001b3);
	return h;
}

uint64_t
hash_str(uint64_t h, const char *s)
{
	/* The NUL keeps "ab","c" and "a","bc" apart. */
	return hash_bytes(h, s, strlen(s) + 1);
}

const char *
data_dir(void)
{
	const char *dir = getenv("NASLAG_DATA");

	return dir != NULL && *dir != '\0' ? dir : PKGDATADIR;
}

int
data_read(const char *name, struct buf *out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", data_dir(), name);
	FILE *f = fopen(path, "rbe");
	size_t n;

	if (f == NULL)
		return error_errno(err, ERROR_CONFIG, "cannot open %s", path);
	do {
		n = fread(buf_room(out, 65536), 1, 65536, f);
		buf_grew(out, n);
	} while (n > 0);
	if (ferror(f)) {
		error_errno(err, ERROR_CONFIG, "cannot read %s", path);
		fclose(f);
		return -1;
	}
	fclose(f);
	return 0;
}

/* Cut a line into cells; returns their number, or more than ncol. */
static size_t
split(char *line, char **cells, size_t ncol)
{
	size_t n = 0;
	char *tab;

	for (;;) {
		if (n == ncol)
			return n + 1;
		cells[n++] = line;
		if ((tab = strchr(line, '\t')) == NULL)
			return n;
		*tab = '\0';
		line = tab + 1;
	}
}

static int
split_lines(const char *path, struct tsv *t, struct error *err)
{
	static char empty[] = "";
	char *line = t->bytes, *next;
	size_t cap = 0, lineno, n, i;
	int header = 1;

	for (lineno = 1; line != NULL && *line != '\0'; line = next, lineno++) {
		if ((next = strchr(line, '\n')) != NULL)
			*next++ = '\0';
		if (*line == '#' || *line == '\0')
			continue;
		if ((t->nrow + 1) * t->ncol > cap) {
			cap = cap * 2 + 64 * t->ncol;
			t->cells = xrealloc(t->cells, cap * sizeof *t->cells);
		}
		n = split(line, t->cells + t->nrow * t->ncol, t->ncol);
		if (n > t->ncol)
			return error_set(err, ERROR_CONFIG,
			    "%s:%zu: more than %zu columns", path, lineno,
			    t->ncol);
		for (i = n; i < t->ncol; i++)
			t->cells[t->nrow * t->ncol + i] = empty;
		if (header)
			header = 0;
		else
			t->nrow++;
	}
	return 0;
}

int
tsv_load(const char *name, size_t ncol, struct tsv *out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", data_dir(), name);
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(tsv_clear) struct tsv t = { .ncol = ncol };

	if (data_read(name, &b, err) == -1)
		return -1;
	if (!utf8_valid(buf_str(&b), b.len))
		return error_set(err, ERROR_CONFIG, "%s: not UTF-8", path);
	t.hash = hash_bytes(HASH_INIT, buf_str(&b), b.len);
	t.bytes = buf_steal(&b);
	if (split_lines(path, &t, err) == -1)
		return -1;
	*out = t;
	t = (struct tsv){ 0 };
	return 0;
}

const char *
tsv_cell(const struct tsv *t, size_t row, size_t col)
{
	return t->cells[row * t->ncol + col];
}

void
tsv_clear(struct tsv *t)
{
	free(t->bytes);
	free(t->cells);
	*t = (struct tsv){ 0 };
}
