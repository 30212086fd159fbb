#include <config.h>

#include "dutch/lexicon.h"

#include "base/mem.h"
#include "base/tsv.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define NFENCES 512
#define FENCE_BYTES 64		/* no fences nearer to each other */

/*
 * Fences are lines at about equal distances, with the first eight bytes of
 * their forms as one number; they spare the search most of its lines.
 */
struct lexicon {
	const char *bytes;	/* the file; NULL if not mapped */
	size_t len;
	const char *rows;	/* behind the comments and the names */
	const char *end;
	size_t nfences;
	uint64_t keys[NFENCES];
	const char *lines[NFENCES];
};

/* Every line ends in a newline, lexicon_open() saw to that. */
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
line_start(const struct lexicon *l, const char *s)
{
	while (s > l->rows && s[-1] != '\n')
		s--;
	return s;
}

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

static void
set_fences(struct lexicon *l)
{
	size_t i, n = (size_t)(l->end - l->rows) / FENCE_BYTES + 1;

	l->nfences = n < NFENCES ? n : NFENCES;
	for (i = 0; i < l->nfences && l->rows < l->end; i++) {
		size_t at = (size_t)(l->end - l->rows) / l->nfences * i;

		l->lines[i] = line_start(l, l->rows + at);
		l->keys[i] = key(l->lines[i],
		    (size_t)(cell_end(l->lines[i]) - l->lines[i]));
	}
	l->nfences = i;
}

/* Where the last row that does not come after w can lie: lo <= row < hi. */
static void
between_fences(const struct lexicon *l, const char *w, size_t n,
    const char **lo, const char **hi)
{
	size_t below = 0, len = l->nfences;
	uint64_t k = key(w, n);

	while (len > 0) {
		size_t half = len / 2;
		bool right = l->keys[below + half] < k;

		below = right ? below + half + 1 : below;
		len = right ? len - half - 1 : half;
	}
	*lo = below > 0 ? l->lines[below - 1] : l->rows;
	while (below < l->nfences && l->keys[below] == k)
		below++;
	*hi = below < l->nfences ? l->lines[below] : l->end;
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
		const char *hi, *last = NULL, *lo;
		size_t common, shared = 0;

		between_fences(l, w, n, &lo, &hi);
		while (lo < hi) {
			const char *line = line_start(l, lo + (hi - lo) / 2);

			if (compare(line, w, n, &common) > 0) {
				hi = line;
				continue;
			}
			shared = common;
			last = line;
			lo = line_end(line) + 1;
		}
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
	const char *before = NULL, *line;
	size_t common, n = 0;

	for (line = l->rows; line < l->end; line = line_end(line) + 1) {
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
lexicon_hash(const struct lexicon *l)
{
	uint64_t lanes[4] = { HASH_INIT, 1, 2, 3 }, x[4];
	size_t i, j;

	for (i = 0; i + sizeof x <= l->len; i += sizeof x) {
		memcpy(x, l->bytes + i, sizeof x);
		for (j = 0; j < NELEM(lanes); j++) {
			lanes[j] = (lanes[j] ^ x[j]) *
			    UINT64_C(0x9e3779b97f4a7c15);
		}
	}
	return hash_bytes(hash_bytes(HASH_INIT, lanes, sizeof lanes),
	    l->bytes + i, l->len - i);
}

static int
map_file(struct lexicon *l, const char *path, struct error *err)
{
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
	l->bytes = bytes;
	l->len = (size_t)st.st_size;
	l->end = l->bytes + l->len;
	return 0;
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

/* Mapped, not read: new tables come under new files (install, dpkg), never in place. */
int
lexicon_open(const char *name, struct lexicon **out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", data_dir(), name);
	CLEAN(lexicon_free) struct lexicon *l = xcalloc(1, sizeof *l);

	if (map_file(l, path, err) == -1)
		return -1;
	if (l->end[-1] != '\n')
		return error_set(err, ERROR_CONFIG, "%s: cut off", path);
	l->rows = find_rows(l->bytes, l->end);
	if (l->rows == NULL)
		return error_set(err, ERROR_CONFIG, "%s: no columns", path);
	set_fences(l);
	*out = l;
	l = NULL;
	return 0;
}

void
lexicon_free(struct lexicon **l)
{
	if (*l == NULL)
		return;
	if ((*l)->bytes != NULL)
		munmap((void *)(uintptr_t)(*l)->bytes, (*l)->len);
	free(*l);
	*l = NULL;
}
