#include <config.h>

#include "gather/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "gather/beneath.h"

#define SIDECAR_SUFFIX ".metadata.xml"
#define LIST_BYTES 65536

/* More gain nothing where the kernel answers from memory. */
#define MAX_WALKERS 8

struct dirs {
	char **paths;
	size_t count, cap;
};

/* A walk in progress, by several threads. */
struct crew {
	int root_fd;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct dirs todo;	/* to be listed, deepest last */
	size_t nlisting;	/* walkers that may find more of them */
};

/* One of the threads; what it finds is merged in the end. */
struct walker {
	struct crew *crew;
	struct walk found;
	struct dirs dirs;	/* those of the directory it lists */
	struct buf path;
	char *list;		/* LIST_BYTES of directory entries */
};

static struct walk_entry *
add_entry(struct walk *w, const char *path, size_t len, enum walk_kind kind)
{
	struct walk_entry *e;

	GROW(w->entries, w->count, w->cap);
	e = &w->entries[w->count++];
	*e = (struct walk_entry){
		.path = xstrndup(path, len),
		.kind = kind,
		.sidecar = WALK_NONE,
	};
	return e;
}

static void
add_unknown(struct walk *w, const char *path, int error)
{
	add_entry(w, path, strlen(path), WALK_UNKNOWN)->error = error;
}

/* Takes path over. */
static void
add_dir(struct dirs *l, char *path)
{
	GROW(l->paths, l->count, l->cap);
	l->paths[l->count++] = path;
}

static void
drop_dirs(struct dirs *l)
{
	while (l->count > 0)
		free(l->paths[--l->count]);
}

/*
 * Take in one name of the directory at dir_fd; w->path is its path.  What is
 * gone since the directory was listed is no fault.
 */
static void
add_name(struct walker *w, int dir_fd, const char *name, unsigned char type)
{
	struct stat st;
	mode_t mode;

	if (type == DT_REG || type == DT_UNKNOWN) {
		if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) == -1) {
			if (errno != ENOENT)
				add_unknown(&w->found, w->path.s, errno);
			return;
		}
		mode = st.st_mode;
	} else
		mode = (mode_t)DTTOIF(type);
	if (S_ISDIR(mode))
		add_dir(&w->dirs, xstrndup(w->path.s, w->path.len));
	else if (S_ISREG(mode))
		add_entry(&w->found, w->path.s, w->path.len,
		    WALK_FILE)->stamp = stamp_of(&st);
	else
		add_entry(&w->found, w->path.s, w->path.len,
		    S_ISLNK(mode) ? WALK_LINK : WALK_SPECIAL);
}

static void
drop_entries(struct walk *w, size_t count)
{
	while (w->count > count)
		free(w->entries[--w->count].path);
}

/*
 * List the directory at fd, whose path is in w->path: all of it, or nothing,
 * lest a sidecar be found without its file.
 */
static int
list_dir(struct walker *w, int fd)
{
	size_t dir_len, before = w->found.count;
	ssize_t n, at;
	int error;

	if (w->path.len > 0)
		buf_addc(&w->path, '/');
	dir_len = w->path.len;
	while ((n = getdents64(fd, w->list, LIST_BYTES)) > 0) {
		for (at = 0; at < n; ) {
			const struct dirent64 *d =
			    (const void *)(w->list + at);

			at += d->d_reclen;
			if (d->d_name[0] == '.')
				continue;
			buf_cut(&w->path, dir_len);
			buf_adds(&w->path, d->d_name);
			add_name(w, fd, d->d_name, d->d_type);
		}
	}
	if (n == 0)
		return 0;
	error = errno;
	drop_entries(&w->found, before);
	drop_dirs(&w->dirs);
	errno = error;
	return -1;
}

/* List the directory at path below the root, "" for the root itself. */
static int
walk_dir(struct walker *w, const char *path)
{
	CLEAN(fd_close) int fd = beneath_open(w->crew->root_fd,
	    *path != '\0' ? path : ".", O_RDONLY | O_DIRECTORY);

	if (fd == -1)
		return -1;
	buf_cut(&w->path, 0);
	buf_adds(&w->path, path);
	return list_dir(w, fd);
}

/* ---- several threads ---- */

static struct walker
new_walker(struct crew *c)
{
	return (struct walker){
		.crew = c, .found.root_fd = -1, .list = xmalloc(LIST_BYTES),
	};
}

/* What it found goes into *out. */
static void
end_walker(struct walker *w, struct walk *out)
{
	struct walk *from = &w->found;

	while (out->cap < out->count + from->count)
		out->cap = out->cap == 0 ? from->count : 2 * out->cap;
	out->entries = xrealloc(out->entries,
	    out->cap * sizeof *out->entries);
	if (from->count > 0)
		memcpy(out->entries + out->count, from->entries,
		    from->count * sizeof *from->entries);
	out->count += from->count;
	free(from->entries);
	drop_dirs(&w->dirs);
	free(w->dirs.paths);
	free(w->list);
	buf_clear(&w->path);
}

/*
 * Hand over what the last directory had in it, and take the next one to list;
 * NULL: there is none, nor will there be.
 */
static char *
next_dir(struct walker *w)
{
	struct crew *c = w->crew;
	char *path = NULL;
	size_t i;

	pthread_mutex_lock(&c->lock);
	for (i = 0; i < w->dirs.count; i++)
		add_dir(&c->todo, w->dirs.paths[i]);
	w->dirs.count = 0;
	c->nlisting--;
	if (i > 1 || c->nlisting == 0)
		pthread_cond_broadcast(&c->changed);
	while (c->todo.count == 0 && c->nlisting > 0)
		pthread_cond_wait(&c->changed, &c->lock);
	if (c->todo.count > 0) {
		path = c->todo.paths[--c->todo.count];
		c->nlisting++;
	}
	pthread_mutex_unlock(&c->lock);
	return path;
}

static void *
walk_dirs(void *arg)
{
	struct walker *w = arg;
	char *path;

	while ((path = next_dir(w)) != NULL) {
		if (walk_dir(w, path) == -1 && errno != ENOENT)
			add_unknown(&w->found, path, errno);
		free(path);
	}
	return NULL;
}

static bool
start_walker(struct crew *c, struct walker *w, pthread_t *thread)
{
	bool has_started;

	*w = new_walker(c);
	/* It waits for the lock before it looks at what there is to do. */
	pthread_mutex_lock(&c->lock);
	has_started = pthread_create(thread, NULL, walk_dirs, w) == 0;
	c->nlisting += has_started;
	pthread_mutex_unlock(&c->lock);
	if (!has_started)
		free(w->list);
	return has_started;
}

/* The first lists the root, and all of them what lies below it. */
static int
walk_all(struct crew *c, struct walk *out)
{
	struct walker walkers[MAX_WALKERS];
	pthread_t threads[MAX_WALKERS];
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = 1, i;
	int rc, error;

	walkers[0] = new_walker(c);
	rc = walk_dir(&walkers[0], "");
	error = errno;
	if (rc == 0) {
		c->nlisting = 1;
		while (n < NELEM(walkers) && (long)n < cpus &&
		    start_walker(c, &walkers[n], &threads[n]))
			n++;
		walk_dirs(&walkers[0]);
		for (i = 1; i < n; i++)
			pthread_join(threads[i], NULL);
	}
	for (i = 0; i < n; i++)
		end_walker(&walkers[i], out);
	free(c->todo.paths);
	errno = error;
	return rc;
}

static int
by_path(const void *a, const void *b)
{
	const struct walk_entry *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* The entry of the n bytes at path, or NULL.  Entries are sorted. */
static struct walk_entry *
find(const struct walk *w, const char *path, size_t n)
{
	size_t lo = 0, hi = w->count, mid;
	int c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		c = strncmp(w->entries[mid].path, path, n);
		if (c == 0)
			c = w->entries[mid].path[n] != '\0';
		if (c == 0)
			return &w->entries[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static bool
may_pair(const struct walk_entry *e)
{
	return e->kind == WALK_FILE || e->kind == WALK_UNKNOWN;
}

char *
walk_sidecar_path(const char *path)
{
	return xasprintf("%s%s", path, SIDECAR_SUFFIX);
}

size_t
walk_sidecar_of(const char *path)
{
	static const size_t suffix = sizeof SIDECAR_SUFFIX - 1;
	size_t len = strlen(path);

	return len > suffix && memcmp(path + len - suffix, SIDECAR_SUFFIX,
	    suffix) == 0 ? len - suffix : 0;
}

static void
pair(struct walk *w, struct walk_entry *file, struct walk_entry *sidecar)
{
	if (file->kind == WALK_FILE && sidecar->kind == WALK_FILE) {
		file->sidecar = (size_t)(sidecar - w->entries);
		sidecar->is_sidecar = true;
		return;
	}
	/* Either without the other would be another document. */
	if (file->kind == WALK_FILE)
		file->error = sidecar->error;
	else if (sidecar->kind == WALK_FILE)
		sidecar->error = file->error;
	file->kind = sidecar->kind = WALK_UNKNOWN;
}

/*
 * A sidecar sorts behind its file, so a sidecar of a sidecar is seen when the
 * latter is known as one, and stays an ordinary file.
 */
static void
pair_sidecars(struct walk *w)
{
	size_t i, len;

	for (i = 0; i < w->count; i++) {
		struct walk_entry *e = &w->entries[i], *of;

		if (!may_pair(e) || (len = walk_sidecar_of(e->path)) == 0)
			continue;
		of = find(w, e->path, len);
		if (of != NULL && may_pair(of) && !of->is_sidecar)
			pair(w, of, e);
	}
}

/* What the root is on: another file system in its place is another corpus. */
static void
note_place(struct walk *w)
{
	struct statfs fs;
	struct stat st;

	if (fstat(w->root_fd, &st) == 0)
		w->device = (uint64_t)st.st_dev;
	if (fstatfs(w->root_fd, &fs) == 0)
		memcpy(&w->fsid, &fs.f_fsid, sizeof w->fsid);
}

int
walk_tree(const char *root, struct walk *out, struct error *err)
{
	CLEAN(walk_clear) struct walk found = {
		.root_fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC),
	};
	struct crew crew = {
		.root_fd = found.root_fd, .lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
	};

	if (found.root_fd == -1)
		return error_errno(err, ERROR_IO, "%s", root);
	note_place(&found);
	if (walk_all(&crew, &found) == -1)
		return error_errno(err, ERROR_IO, "%s", root);
	if (found.count > 0)
		qsort(found.entries, found.count, sizeof *found.entries, by_path);
	pair_sidecars(&found);
	*out = found;
	found = (struct walk){ .root_fd = -1 };
	return 0;
}

void
walk_clear(struct walk *w)
{
	drop_entries(w, 0);
	free(w->entries);
	if (w->root_fd != -1)
		close(w->root_fd);
	*w = (struct walk){ .root_fd = -1 };
}

int
walk_open(const struct walk *w, const char *path, struct stamp *now)
{
	CLEAN(fd_close) int fd = beneath_open(w->root_fd, path, O_RDONLY);
	struct stat st;
	int opened;

	if (fd == -1) {
		if (errno == ENXIO)	/* a socket */
			errno = EINVAL;
		return -1;
	}
	if (fstat(fd, &st) == -1)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	*now = stamp_of(&st);
	opened = fd;
	fd = -1;
	return opened;
}
