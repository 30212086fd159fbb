#include <config.h>

#include "index/parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/percent.h"

void
parts_clear(struct parts *l)
{
	size_t i;

	for (i = 0; i < l->count; i++) {
		free(l->items[i].name);
		free(l->items[i].path);
	}
	free(l->items);
	*l = (struct parts){ 0 };
}

static int
compare(const void *va, const void *vb)
{
	const struct part *a = va, *b = vb;

	return strcmp(a->name, b->name);
}

struct part *
parts_find(const struct parts *l, char *name)
{
	struct part key = { .name = name };

	return l->count == 0 ? NULL :
	    bsearch(&key, l->items, l->count, sizeof *l->items, compare);
}

void
parts_keep(struct parts *l, int (*wanted)(const char *name))
{
	size_t n = 0, i;

	for (i = 0; wanted != NULL && i < l->count; i++) {
		if (wanted(l->items[i].name)) {
			l->items[n++] = l->items[i];
			continue;
		}
		free(l->items[i].name);
		free(l->items[i].path);
	}
	if (wanted != NULL)
		l->count = n;
}

/* ---- the directory ---- */

static char *
encode(const char *s)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	percent_encode(s, &out);
	return buf_steal(&out);
}

static bool
is_part(const char *name)
{
	return strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
	    strcmp(name, MANIFEST_NAME) != 0 && strcmp(name, "flintlock") != 0;
}

int
parts_list(const char *dir, struct parts *out, struct damages *odd)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;
	int error;

	if (d == NULL)
		return -1;
	while (errno = 0, (e = readdir(d)) != NULL) {
		CLEAN(str_free) char *name = encode(e->d_name);

		if (!is_part(e->d_name))
			continue;
		if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
			damages_add(odd, name, "%s", strerror(errno));
		else if (!S_ISREG(st.st_mode))
			damages_add(odd, name, "not part of the generation");
		else {
			GROW(out->items, out->count, out->cap);
			out->items[out->count++] = (struct part){
				.name = name,
				.path = xasprintf("%s/%s", dir, e->d_name),
				.size_bytes = (uint64_t)st.st_size,
				.inode = (uint64_t)st.st_ino,
			};
			name = NULL;
		}
	}
	error = errno;
	closedir(d);
	errno = error;
	if (out->count > 0)
		qsort(out->items, out->count, sizeof *out->items, compare);
	return error == 0 ? 0 : -1;
}

/* ---- hashing ---- */

/* More threads than this wait for the disk, not for a processor. */
#define MAX_THREADS 4

struct hashing {
	struct parts *parts;
	atomic_size_t next;
};

static void
hash_part(struct part *p)
{
	int fd;

	if (p->digest[0] != '\0')
		return;
	fd = open(p->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd == -1 || digest_fd(fd, p->digest) == -1)
		p->error = errno;
	if (fd != -1)
		close(fd);
}

static void *
hash_some(void *varg)
{
	struct hashing *h = varg;
	size_t i;

	while ((i = atomic_fetch_add(&h->next, 1)) < h->parts->count)
		hash_part(&h->parts->items[i]);
	return NULL;
}

static int
largest_first(const void *va, const void *vb)
{
	const struct part *a = va, *b = vb;

	return (b->size_bytes > a->size_bytes) - (b->size_bytes < a->size_bytes);
}

/* The largest first, so that no thread ends late. */
void
parts_hash(struct parts *l)
{
	struct hashing h = { .parts = l };
	pthread_t threads[MAX_THREADS - 1];
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = 0;

	if (l->count == 0)
		return;
	qsort(l->items, l->count, sizeof *l->items, largest_first);
	/* What cannot be started is done by those that were, or by us. */
	while (n < NELEM(threads) && (long)n + 1 < cpus && pthread_create(
	    &threads[n], NULL, hash_some, &h) == 0)
		n++;
	hash_some(&h);
	while (n > 0)
		pthread_join(threads[--n], NULL);
	qsort(l->items, l->count, sizeof *l->items, compare);
}
