#include <config.h>

#include "index/mapped.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/wholefile.h"

/* As read on the machine that wrote it: another byte order is not ours. */
#define MAGIC UINT64_C(0x0131676c73616e0a)

struct head {
	uint64_t magic;
	uint64_t id;
	uint64_t checksum;	/* of sizes and all that follows */
	uint64_t sizes[MAPPED_PARTS];	/* of the parts, in bytes */
};

struct mapped {
	const struct head *head;
	size_t bytes;
	size_t nparts;
};

/*
 * A multiplication for eight bytes: a vocabulary of megabytes is checked in
 * less than a millisecond.  n is a multiple of eight.
 */
static uint64_t
checksum(const void *bytes, size_t n)
{
	const uint64_t *p = bytes;
	uint64_t h = MAGIC;
	size_t i;

	for (i = 0; i < n / sizeof *p; i++) {
		h = (h ^ p[i]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	return h;
}

static size_t
padded(size_t n)
{
	return (n + 7) & ~(size_t)7;
}

#define CHECKED offsetof(struct head, sizes)

/* ---- writing ---- */

static void
build(uint64_t id, const struct mapped_part *parts, size_t n, struct buf *out)
{
	static const char zeroes[8];
	struct head head = { .magic = MAGIC, .id = id };
	size_t i;

	for (i = 0; i < n; i++)
		head.sizes[i] = parts[i].bytes;
	buf_add(out, &head, sizeof head);
	for (i = 0; i < n; i++) {
		buf_add(out, parts[i].at, parts[i].bytes);
		buf_add(out, zeroes, padded(parts[i].bytes) - parts[i].bytes);
	}
	head.checksum = checksum(out->s + CHECKED, out->len - CHECKED);
	memcpy(out->s, &head, sizeof head);
}

int
mapped_write(const char *dir, const char *name, uint64_t id,
    const struct mapped_part *parts, size_t n, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, name);
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	assert(n <= MAPPED_PARTS);
	build(id, parts, n, &b);
	return wholefile_create(path, b.s, b.len, err);
}

/* ---- reading ---- */

static int
is_whole(const struct mapped *m, uint64_t id)
{
	const struct head *h = m->head;
	uint64_t bytes = sizeof *h;
	size_t i;

	if (m->bytes < sizeof *h || m->bytes % 8 != 0 || h->magic != MAGIC ||
	    h->id != id)
		return 0;
	for (i = 0; i < MAPPED_PARTS; i++) {
		if (h->sizes[i] > m->bytes ||
		    (i >= m->nparts && h->sizes[i] != 0))
			return 0;
		bytes += padded(h->sizes[i]);
	}
	return bytes == m->bytes && h->checksum ==
	    checksum((const char *)h + CHECKED, m->bytes - CHECKED);
}

static int
map(int fd, struct mapped *m)
{
	struct stat st;
	void *at;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode) || st.st_size <= 0)
		return -1;
	m->bytes = (size_t)st.st_size;
	at = mmap(NULL, m->bytes, PROT_READ, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return -1;
	m->head = at;
	return 0;
}

struct mapped *
mapped_open(const char *dir, const char *name, uint64_t id, size_t n)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, name);
	CLEAN(mapped_free) struct mapped *m = xcalloc(1, sizeof *m);
	struct mapped *out = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return NULL;
	m->nparts = n;
	if (map(fd, m) == 0 && is_whole(m, id)) {
		out = m;
		m = NULL;
	}
	close(fd);
	return out;
}

void
mapped_free(struct mapped **mp)
{
	struct mapped *m = *mp;

	if (m == NULL)
		return;
	if (m->head != NULL)
		munmap((void *)(uintptr_t)m->head, m->bytes);
	free(m);
	*mp = NULL;
}

struct mapped_part
mapped_part(const struct mapped *m, size_t i)
{
	const char *at = (const char *)(m->head + 1);
	size_t k;

	assert(i < m->nparts);
	for (k = 0; k < i; k++)
		at += padded(m->head->sizes[k]);
	return (struct mapped_part){ at, m->head->sizes[i] };
}

bool
mapped_is_text(struct mapped_part p)
{
	return p.bytes == 0 || ((const char *)p.at)[p.bytes - 1] == '\0';
}
