#include <config.h>

#include "index/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/fs.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"

/* A directory that is new is found after a crash if the one above is synced. */
static int
make_one(const char *path, struct error *err)
{
	CLEAN(str_free) char *above = xstrdup(path);
	char *slash = strrchr(above, '/');

	if (mkdir(path, 0755) == -1)
		return errno == EEXIST ? 0 : error_errno(err, ERROR_SPACE,
		    "cannot create %s", path);
	if (slash != NULL)
		slash[slash == above] = '\0';
	return tree_sync_names(slash != NULL ? above : ".", err);
}

int
tree_make(const char *path, struct error *err)
{
	CLEAN(str_free) char *copy = xstrdup(path);
	char *slash;

	for (slash = copy + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		if (make_one(copy, err) == -1)
			return -1;
		*slash = '/';
	}
	return make_one(copy, err);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
tree_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/*
 * Call fn for each regular file of a directory until it returns other than 0.
 * Not every file system tells the type with the name, so each is asked for.
 * is_busy: others rename files in it meanwhile, which is no error.
 */
static int
each_file(const char *dir, bool is_busy,
    int (*fn)(const char *name, const struct stat *, void *), void *arg,
    struct error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;
	int rc = 0;

	if (d == NULL)
		return error_errno(err, ERROR_IO, "cannot list %s", dir);
	while (rc == 0 && (errno = 0, e = readdir(d)) != NULL) {
		if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
			rc = is_busy && errno == ENOENT ? 0 : error_errno(err,
			    ERROR_IO, "%s/%s", dir, e->d_name);
		else if (S_ISREG(st.st_mode))
			rc = fn(e->d_name, &st, arg);
	}
	if (rc == 0 && errno != 0)
		rc = error_errno(err, ERROR_IO, "cannot list %s", dir);
	closedir(d);
	return rc;
}

struct bytes {
	int (*wanted)(const char *name);
	uint64_t sum;
};

static int
add_bytes(const char *name, const struct stat *st, void *varg)
{
	struct bytes *arg = varg;

	if (arg->wanted == NULL || arg->wanted(name))
		arg->sum += (uint64_t)st->st_size;
	return 0;
}

uint64_t
tree_bytes(const char *dir, int (*wanted)(const char *name))
{
	struct bytes arg = { wanted, 0 };
	struct error ignored;

	each_file(dir, true, add_bytes, &arg, &ignored);
	return arg.sum;
}

/* ---- durable ---- */

static int
sync_path(const char *path, int flags, bool is_busy, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	int rc = fd != -1 ? fsync(fd) : -1;

	if (fd == -1 && is_busy && errno == ENOENT)
		return 0;
	if (rc == -1)
		error_errno(err, ERROR_IO, "cannot sync %s", path);
	if (fd != -1)
		close(fd);
	return rc;
}

struct in_dir {
	const char *dir;
	struct error *err;
};

static int
sync_file(const char *name, const struct stat *st, void *varg)
{
	struct in_dir *arg = varg;
	CLEAN(str_free) char *path = xasprintf("%s/%s", arg->dir, name);

	(void)st;
	return sync_path(path, 0, true, arg->err);
}

int
tree_sync(const char *dir, struct error *err)
{
	struct in_dir arg = { dir, err };

	if (each_file(dir, true, sync_file, &arg, err) == -1)
		return -1;
	return tree_sync_names(dir, err);
}

int
tree_sync_names(const char *dir, struct error *err)
{
	return sync_path(dir, O_DIRECTORY, false, err);
}

/* ---- copies ---- */

/* For file systems between which the kernel does not copy. */
static int
copy_by_hand(int from, int to)
{
	char block[65536];
	ssize_t n;

	while ((n = read(from, block, sizeof block)) > 0)
		if (fd_put(to, block, (size_t)n) == -1)
			return -1;
	return n == 0 ? 0 : -1;
}

static int
copy_bytes(int from, int to)
{
	bool is_begun = false;
	ssize_t n;

	if (ioctl(to, FICLONE, from) == 0)
		return 0;
	while ((n = copy_file_range(from, NULL, to, NULL, (size_t)1 << 30,
	    0)) > 0)
		is_begun = true;
	if (n == -1 && !is_begun && (errno == EXDEV || errno == EINVAL ||
	    errno == ENOSYS || errno == EOPNOTSUPP))
		return copy_by_hand(from, to);
	return n == 0 ? 0 : -1;
}

struct copy {
	const char *from, *to;
	bool is_link;
	int (*wanted)(const char *name);
	struct error *err;
};

static int
copy_file(const char *name, const struct stat *st, void *varg)
{
	struct copy *arg = varg;
	CLEAN(str_free) char *from = xasprintf("%s/%s", arg->from, name);
	CLEAN(str_free) char *to = xasprintf("%s/%s", arg->to, name);
	int in, out, rc;

	(void)st;
	if (!arg->wanted(name) || (arg->is_link && link(from, to) == 0))
		return 0;
	in = open(from, O_RDONLY | O_CLOEXEC);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	rc = in != -1 && out != -1 ? copy_bytes(in, out) : -1;
	if (rc == -1)
		error_errno(arg->err, ERROR_SPACE, "cannot copy %s to %s", from,
		    to);
	if (in != -1)
		close(in);
	if (out != -1 && close(out) == -1 && rc == 0)
		rc = error_errno(arg->err, ERROR_SPACE, "cannot write %s", to);
	return rc;
}

static int
copy_files(const struct copy *c)
{
	if (mkdir(c->to, 0755) == -1)
		return error_errno(c->err, ERROR_SPACE, "cannot create %s",
		    c->to);
	return each_file(c->from, false, copy_file, (void *)(uintptr_t)c, c->err);
}

int
tree_copy(const char *from, const char *to, int (*wanted)(const char *name),
    struct error *err)
{
	return copy_files(&(struct copy){ from, to, false, wanted, err });
}

int
tree_link(const char *from, const char *to, int (*wanted)(const char *name),
    struct error *err)
{
	return copy_files(&(struct copy){ from, to, true, wanted, err });
}
