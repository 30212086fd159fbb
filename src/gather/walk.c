#include <config.h>

#include "gather/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"

#define SIDECAR_SUFFIX ".metadata.xml"
#define LIST_BYTES 65536

/* A walk in progress: the directories still to list, deepest last. */
struct walker {
	struct walk *walk;
	char **dirs;
	size_t ndirs, cap_dirs;
	struct buf path;
	char *list;		/* LIST_BYTES of directory entries */
};

bool
stamp_equal(const struct stamp *a, const struct stamp *b)
{
	return a->size_bytes == b->size_bytes && a->inode == b->inode &&
	    a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

static int64_t
nanoseconds(const struct timespec *t)
{
	return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

static struct stamp
stamp_of(const struct stat *st)
{
	return (struct stamp){
		.size_bytes = (uint64_t)st->st_size,
		.inode = (uint64_t)st->st_ino,
		.mtime_ns = nanoseconds(&st->st_mtim),
		.ctime_ns = nanoseconds(&st->st_ctim),
	};
}

static void
fd_close(int *fd)
{
	int saved = errno;

	if (*fd != -1)
		close(*fd);
	errno = saved;
}

/*
 * For kernels without openat2(): the same, one component at a time.  Each
 * directory is opened as itself, so a link in its place is found out.
 */
static int
open_by_component(int root_fd, const char *path, int flags)
{
	CLEAN(fd_close) int dir = fcntl(root_fd, F_DUPFD_CLOEXEC, 0);
	char name[NAME_MAX + 1];
	size_t len;
	int next;

	if (dir == -1)
		return -1;
	for (;;) {
		len = strcspn(path, "/");
		if (len == 0 || (len == 2 && memcmp(path, "..", 2) == 0)) {
			errno = len == 0 && *path != '/' ? ENOENT : EXDEV;
			return -1;
		}
		if (len >= sizeof name) {
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, path, len);
		name[len] = '\0';
		if (path[len] == '\0')
			return openat(dir, name, flags | O_NOFOLLOW);
		next = openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW |
		    O_CLOEXEC);
		if (next == -1) {
			/* A link is no directory; say what it is. */
			struct stat st;

			if (errno == ENOTDIR && fstatat(dir, name, &st,
			    AT_SYMLINK_NOFOLLOW) == 0)
				errno = S_ISLNK(st.st_mode) ? ELOOP : ENOTDIR;
			return -1;
		}
		close(dir);
		dir = next;
		path += len + 1;
	}
}

/* Open beneath the root, through no link at all. */
static int
open_beneath(int root_fd, const char *path, int flags)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC | O_NOCTTY |
		    O_NONBLOCK | O_NOFOLLOW),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
		    RESOLVE_NO_MAGICLINKS,
	};
	int fd = (int)syscall(SYS_openat2, root_fd, path, &how, sizeof how);

	if (fd == -1 && errno == ENOSYS)
		fd = open_by_component(root_fd, path, (int)how.flags);
	return fd;
}

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

static void
add_dir(struct walker *w)
{
	GROW(w->dirs, w->ndirs, w->cap_dirs);
	w->dirs[w->ndirs++] = xstrndup(w->path.s, w->path.len);
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
				add_unknown(w->walk, w->path.s, errno);
			return;
		}
		mode = st.st_mode;
	} else
		mode = (mode_t)DTTOIF(type);
	if (S_ISDIR(mode))
		add_dir(w);
	else if (S_ISREG(mode))
		add_entry(w->walk, w->path.s, w->path.len,
		    WALK_FILE)->stamp = stamp_of(&st);
	else
		add_entry(w->walk, w->path.s, w->path.len,
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
	size_t dir_len, before = w->walk->count;
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
	drop_entries(w->walk, before);
	errno = error;
	return -1;
}

/* List the directory at path below the root, "" for the root itself. */
static int
walk_dir(struct walker *w, const char *path)
{
	CLEAN(fd_close) int fd = open_beneath(w->walk->root_fd,
	    *path != '\0' ? path : ".", O_RDONLY | O_DIRECTORY);

	if (fd == -1)
		return -1;
	buf_cut(&w->path, 0);
	buf_adds(&w->path, path);
	return list_dir(w, fd);
}

static void
walker_clear(struct walker *w)
{
	while (w->ndirs > 0)
		free(w->dirs[--w->ndirs]);
	free(w->dirs);
	free(w->list);
	buf_clear(&w->path);
}

static void
walk_all(struct walker *w)
{
	while (w->ndirs > 0) {
		char *path = w->dirs[--w->ndirs];

		if (walk_dir(w, path) == -1 && errno != ENOENT)
			add_unknown(w->walk, path, errno);
		free(path);
	}
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
	CLEAN(walker_clear) struct walker w = { .walk = &found };

	if (found.root_fd == -1)
		return error_errno(err, ERROR_IO, "%s", root);
	note_place(&found);
	w.list = xmalloc(LIST_BYTES);
	if (walk_dir(&w, "") == -1)
		return error_errno(err, ERROR_IO, "%s", root);
	walk_all(&w);
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
	CLEAN(fd_close) int fd = open_beneath(w->root_fd, path, O_RDONLY);
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

int
walk_stamp(int fd, struct stamp *out)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return -1;
	*out = stamp_of(&st);
	return 0;
}
