#include <config.h>

#include "dutch/rows.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/tsv.h"

#define FENCE_BYTES 64		/* no fences nearer to each other */

#define FACTOR UINT64_C(0x9e3779b97f4a7c15)	/* 2^64 over the golden ratio */

static void
set_fences(struct rows *r, rows_key *key)
{
	size_t i, n = (size_t)(r->end - r->first) / FENCE_BYTES + 1;

	r->nfences = n < ROWS_FENCES ? n : ROWS_FENCES;
	for (i = 0; i < r->nfences && r->first < r->end; i++) {
		size_t at = (size_t)(r->end - r->first) / r->nfences * i;

		r->lines[i] = line_start(r, r->first + at);
		r->keys[i] = key(r->lines[i],
		    (size_t)(cell_end(r->lines[i]) - r->lines[i]));
	}
	r->nfences = i;
}

void
rows_between(const struct rows *r, uint64_t key, const char **lo,
    const char **hi)
{
	size_t below = 0, len = r->nfences;

	while (len > 0) {
		size_t half = len / 2;
		bool right = r->keys[below + half] < key;

		below = right ? below + half + 1 : below;
		len = right ? len - half - 1 : half;
	}
	*lo = below > 0 ? r->lines[below - 1] : r->first;
	while (below < r->nfences && r->keys[below] == key)
		below++;
	*hi = below < r->nfences ? r->lines[below] : r->end;
}

size_t
rows_disorder(const struct rows *r, rows_compare *compare)
{
	const char *before = NULL, *line;
	size_t common, n = 0;

	for (line = r->first; line < r->end; line = line_end(line) + 1) {
		if (before != NULL && compare(before, line,
		    (size_t)(cell_end(line) - line), &common) >= 0)
			n++;
		before = line;
	}
	return n;
}

/*
 * Four sums side by side: one byte, or one number, after the other would take
 * longer than all else that opening does.
 */
uint64_t
rows_hash(const struct rows *r)
{
	uint64_t lanes[4], x[4], a = HASH_INIT, b = 1, c = 2, d = 3;
	size_t i, len = (size_t)(r->end - r->bytes);

	for (i = 0; i + sizeof x <= len; i += sizeof x) {
		memcpy(x, r->bytes + i, sizeof x);
		a = (a ^ x[0]) * FACTOR;
		b = (b ^ x[1]) * FACTOR;
		c = (c ^ x[2]) * FACTOR;
		d = (d ^ x[3]) * FACTOR;
	}
	lanes[0] = a;
	lanes[1] = b;
	lanes[2] = c;
	lanes[3] = d;
	return hash_bytes(hash_bytes(HASH_INIT, lanes, sizeof lanes),
	    r->bytes + i, len - i);
}

/* Behind the comments and the names of the columns; NULL if there are none. */
static const char *
find_first(const char *p, const char *end)
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

static int
map_file(struct rows *r, const char *name, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", data_dir(), name);
	struct stat st;
	void *bytes;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return error_errno(err, ERROR_CONFIG, "cannot open %s", path);
	if (fstat(fd, &st) == -1 || st.st_size == 0) {
		close(fd);
		return error_set(err, ERROR_CONFIG, "%s: empty", path);
	}
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ,
	    MAP_PRIVATE | MAP_POPULATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return error_errno(err, ERROR_CONFIG, "cannot map %s", path);
	r->bytes = bytes;
	r->end = r->bytes + st.st_size;
	return 0;
}

int
rows_open(struct rows *r, const char *name, rows_key *key, struct error *err)
{
	if (map_file(r, name, err) == -1)
		return -1;
	if (r->end[-1] != '\n')
		return error_set(err, ERROR_CONFIG, "%s/%s: cut off",
		    data_dir(), name);
	if ((r->first = find_first(r->bytes, r->end)) == NULL)
		return error_set(err, ERROR_CONFIG, "%s/%s: no columns",
		    data_dir(), name);
	set_fences(r, key);
	return 0;
}

void
rows_close(struct rows *r)
{
	if (r->bytes != NULL)
		munmap((void *)(uintptr_t)r->bytes,
		    (size_t)(r->end - r->bytes));
	r->bytes = NULL;
}
