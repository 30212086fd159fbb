#include <config.h>

#include "base/tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;
	struct stat st;
	size_t room, got;
	ssize_t n;

	if (fd == -1)
		return error_errno(err, ERROR_CONFIG, "cannot open %s", path);
	/* One more than it has, so that its end is seen. */
	room = fstat(fd, &st) == 0 && st.st_size > 0 ?
	    (size_t)st.st_size + 1 : 65536;
	do {
		n = read(fd, buf_room(out, room), room);
		got = n > 0 ? (size_t)n : 0;
		buf_grew(out, got);
		room = room > got ? room - got : 65536;
	} while (n > 0);
	error = errno;
	close(fd);
	errno = error;
	if (n == -1)
		return error_errno(err, ERROR_CONFIG, "cannot read %s", path);
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

static int
load(const char *name, size_t ncol, bool is_hashed, struct tsv *out,
    struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", data_dir(), name);
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(tsv_clear) struct tsv t = { .ncol = ncol };

	if (data_read(name, &b, err) == -1)
		return -1;
	if (!utf8_valid(buf_str(&b), b.len))
		return error_set(err, ERROR_CONFIG, "%s: not UTF-8", path);
	if (is_hashed)
		t.hash = hash_bytes(HASH_INIT, buf_str(&b), b.len);
	t.bytes = buf_steal(&b);
	if (split_lines(path, &t, err) == -1)
		return -1;
	*out = t;
	t = (struct tsv){ 0 };
	return 0;
}

int
tsv_load(const char *name, size_t ncol, struct tsv *out, struct error *err)
{
	return load(name, ncol, true, out, err);
}

int
tsv_load_unhashed(const char *name, size_t ncol, struct tsv *out,
    struct error *err)
{
	return load(name, ncol, false, out, err);
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
