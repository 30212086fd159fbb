#include <config.h>

#include "cmd/unpacking.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fd.h"

static void
clear(struct unpacked *u)
{
	members_clear(&u->members);
	*u = (struct unpacked){ 0 };
}

void
unpacker_clear(struct unpacker *u)
{
	size_t i;

	for (i = 0; i < CORPUS_DEPTH; i++)
		clear(&u->at[i]);
}

static int
compare(const void *va, const void *vb)
{
	const struct member *a = va, *b = vb;

	return strcmp(a->name, b->name);
}

/*
 * What was compressed alone has no name of its own: that of the file, without
 * what stands for the compression.
 */
static void
name_nameless(struct member *m, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash != NULL ? slash + 1 : path;
	const char *dot = strrchr(base, '.');

	if (*m->name != '\0')
		return;
	free(m->name);
	m->name = dot != NULL && dot > base ?
	    xstrndup(base, (size_t)(dot - base)) : xstrdup(base);
}

static void
set_failed(struct unpacked *u, enum extract_status status, const char *reason)
{
	u->status = status;
	snprintf(u->reason, sizeof u->reason, "%s", reason);
}

static int
unpack(struct unpacker *u, struct unpacked *to, const struct walk_entry *e,
    const struct within *outer, size_t budget_bytes, struct error *err)
{
	struct stamp now;
	size_t i;
	int fd, rc = 0;

	if (outer != NULL)
		rc = unpacker_open(u, outer, &fd, &to->status, to->reason, err);
	else if ((fd = walk_open(u->walk, e->path, &now)) == -1)
		set_failed(to, EXTRACT_CHANGED, strerror(errno));
	if (rc == -1 || fd == -1)
		return rc;
	rc = u->unpack(u->arg, fd, budget_bytes, &to->members, &to->status,
	    to->reason, err);
	close(fd);
	if (rc == -1 || to->status != EXTRACT_OK)
		return rc;
	for (i = 0; i < to->members.count; i++)
		name_nameless(&to->members.items[i], e->path);
	if (to->members.count > 0)
		qsort(to->members.items, to->members.count,
		    sizeof *to->members.items, compare);
	return 0;
}

int
unpacker_list(struct unpacker *u, const struct walk_entry *e,
    const struct within *outer, size_t budget_bytes,
    const struct unpacked **out, struct error *err)
{
	const struct within *w;
	struct unpacked *to;
	size_t depth = 0;

	for (w = outer; w != NULL; w = w->outer)
		depth++;
	if (depth >= CORPUS_DEPTH)
		return error_set(err, ERROR_BUG, "%s: too deep", e->path);
	to = &u->at[depth];
	*out = to;
	if (to->container == e)
		return 0;
	clear(to);
	if (unpack(u, to, e, outer, budget_bytes, err) == -1)
		return -1;
	to->container = e;
	return 0;
}

const struct member *
unpacked_find(const struct members *l, const char *name, size_t n)
{
	CLEAN(str_free) char *copy = xstrndup(name, n);
	struct member key = { .name = copy };

	return l->count == 0 ? NULL :
	    bsearch(&key, l->items, l->count, sizeof key, compare);
}

/* n bytes as a file; -1 with errno set. */
static int
open_bytes(const char *s, size_t n)
{
	int fd = memfd_create("naslag", MFD_CLOEXEC);

	if (fd != -1 && fd_put(fd, s, n) == -1)
		fd_close(&fd);
	return fd;
}

int
unpacker_open(struct unpacker *u, const struct within *w, int *fd,
    enum extract_status *status, char reason[160], struct error *err)
{
	const char *name = w->entry.path + strlen(w->container->path) + 1;
	const struct unpacked *from;
	const struct member *m;

	*fd = -1;
	*reason = '\0';
	if (unpacker_list(u, w->container, w->outer, UNPACKING_BYTES, &from,
	    err) == -1)
		return -1;
	if (from->status != EXTRACT_OK) {
		*status = from->status;
		memcpy(reason, from->reason, sizeof from->reason);
		return 0;
	}
	m = unpacked_find(&from->members, name, strlen(name));
	*status = m == NULL ? EXTRACT_CHANGED : m->status;
	if (m == NULL || m->status != EXTRACT_OK)
		return 0;
	*fd = open_bytes(buf_str(&from->members.bytes) + m->at, m->len);
	if (*fd == -1) {
		*status = EXTRACT_IO;
		snprintf(reason, sizeof from->reason, "%s", strerror(errno));
	}
	return 0;
}
