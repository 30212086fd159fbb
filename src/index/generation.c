#include <config.h>

#include "index/generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "index/store.h"

/* ---- the file system ---- */

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void
remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static int
sync_path(const char *path, int flags, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	int rc = fd != -1 ? fsync(fd) : -1;

	if (rc == -1)
		error_errno(err, ERROR_IO, "cannot sync %s", path);
	if (fd != -1)
		close(fd);
	return rc;
}

/* Call fn for every entry of a directory that is a regular file. */
static int
each_file(const char *dir, int (*fn)(const char *name, void *), void *arg,
    struct error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	int rc = 0;

	if (d == NULL)
		return error_errno(err, ERROR_IO, "cannot list %s", dir);
	while (rc == 0 && (e = readdir(d)) != NULL)
		if (e->d_type == DT_REG)
			rc = fn(e->d_name, arg);
	closedir(d);
	return rc;
}

struct sync_arg {
	const char *dir;
	struct error *err;
};

static int
sync_file(const char *name, void *varg)
{
	struct sync_arg *arg = varg;
	CLEAN(str_free) char *path = xasprintf("%s/%s", arg->dir, name);

	return sync_path(path, 0, arg->err);
}

static int
sync_tree(const char *dir, struct error *err)
{
	struct sync_arg arg = { dir, err };

	if (each_file(dir, sync_file, &arg, err) == -1)
		return -1;
	return sync_path(dir, O_DIRECTORY, err);
}

static int
copy_bytes(int from, int to)
{
	ssize_t n;

	if (ioctl(to, FICLONE, from) == 0)
		return 0;
	while ((n = copy_file_range(from, NULL, to, NULL, (size_t)1 << 30, 0)) > 0)
		;
	return n == 0 ? 0 : -1;
}

struct copy_arg {
	const char *from, *to;
	struct error *err;
};

static int
copy_file(const char *name, void *varg)
{
	struct copy_arg *arg = varg;
	CLEAN(str_free) char *from = xasprintf("%s/%s", arg->from, name);
	CLEAN(str_free) char *to = xasprintf("%s/%s", arg->to, name);
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	int rc = in != -1 && out != -1 ? copy_bytes(in, out) : -1;

	if (rc == -1)
		error_errno(arg->err, ERROR_SPACE, "cannot copy %s to %s", from,
		    to);
	if (in != -1)
		close(in);
	if (out != -1 && close(out) == -1 && rc == 0)
		rc = error_errno(arg->err, ERROR_SPACE, "cannot write %s", to);
	return rc;
}

int
generation_copy(const struct generation *g, const char *to, struct error *err)
{
	struct copy_arg arg = { g->live_dir, to, err };

	if (mkdir(to, 0755) == -1)
		return error_errno(err, ERROR_SPACE, "cannot create %s", to);
	return each_file(g->live_dir, copy_file, &arg, err);
}

/* ---- the stub ---- */

/* The number in "auto gen-N"; 0 if the stub names something else. */
static uint32_t
stub_number(const char *line)
{
	unsigned n;
	char end = '\n';

	if (sscanf(line, "auto gen-%u%c", &n, &end) < 1 || end != '\n')
		return 0;
	return n;
}

/* Sets *number to 0 if there is no stub. */
static int
read_stub(const char *root, uint32_t *number, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, STORE_CURRENT);
	char line[256] = "";
	FILE *f = fopen(path, "re");

	*number = 0;
	if (f == NULL && errno == ENOENT)
		return 0;
	if (f == NULL)
		return error_errno(err, ERROR_INDEX, "cannot read %s", path);
	if (fgets(line, sizeof line, f) == NULL)
		line[0] = '\0';
	fclose(f);
	if ((*number = stub_number(line)) == 0)
		return error_set(err, ERROR_INDEX,
		    "%s names no generation of this index", path);
	return 0;
}

static int
write_stub(const char *root, uint32_t number, struct error *err)
{
	CLEAN(str_free) char *tmp = xasprintf("%s/%s.tmp", root, STORE_CURRENT);
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, STORE_CURRENT);
	FILE *f = fopen(tmp, "we");
	int rc = 0;

	if (f == NULL)
		return error_errno(err, ERROR_SPACE, "cannot create %s", tmp);
	if (fprintf(f, "auto gen-%u\n", number) < 0 || fflush(f) == EOF ||
	    fsync(fileno(f)) == -1)
		rc = error_errno(err, ERROR_SPACE, "cannot write %s", tmp);
	if (fclose(f) == EOF && rc == 0)
		rc = error_errno(err, ERROR_SPACE, "cannot write %s", tmp);
	if (rc == 0 && rename(tmp, path) == -1)
		rc = error_errno(err, ERROR_IO, "cannot rename %s to %s", tmp,
		    path);
	return rc == 0 ? sync_path(root, O_DIRECTORY, err) : -1;
}

int
generation_find(const char *root, char **dir, uint32_t *number,
    struct error *err)
{
	if (read_stub(root, number, err) == -1)
		return -1;
	if (*number == 0)
		return error_set(err, ERROR_NOINDEX, "%s: there is no index; make "
		    "one with: naslag index --index=%s CORPUS", root, root);
	*dir = xasprintf("%s/gen-%u", root, *number);
	return 0;
}

/* ---- life ---- */

/*
 * Look through the index directory: the greatest number in use, and what is
 * too old to keep.  keep_from is 0 on the first pass, which removes nothing
 * but what stopped jobs left.
 */
static uint32_t
scan(const char *root, uint32_t live, uint32_t keep_from)
{
	uint32_t greatest = live, n;
	struct dirent *e;
	DIR *d = opendir(root);
	char end;

	if (d == NULL)
		return greatest;
	while ((e = readdir(d)) != NULL) {
		CLEAN(str_free) char *path = xasprintf("%s/%s", root, e->d_name);

		if (sscanf(e->d_name, "work.%u%c", &n, &end) == 1) {
			remove_tree(path);
		} else if (sscanf(e->d_name, "gen-%u%c", &n, &end) == 1) {
			if (n > greatest)
				greatest = n;
			if (n < keep_from && n != live)
				remove_tree(path);
		}
	}
	closedir(d);
	return greatest;
}

/* The directory and those above it. */
static int
make_directories(const char *path, struct error *err)
{
	CLEAN(str_free) char *copy = xstrdup(path);
	char *slash;

	for (slash = copy + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		if (mkdir(copy, 0755) == -1 && errno != EEXIST)
			return error_errno(err, ERROR_SPACE, "cannot create %s",
			    copy);
		*slash = '/';
	}
	if (mkdir(copy, 0755) == -1 && errno != EEXIST)
		return error_errno(err, ERROR_SPACE, "cannot create %s", path);
	return 0;
}

static int
take_lock(const char *root, int *fd, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/lock", root);

	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (*fd == -1)
		return error_errno(err, ERROR_SPACE, "cannot create %s", path);
	if (flock(*fd, LOCK_EX | LOCK_NB) == -1) {
		close(*fd);
		*fd = -1;
		if (errno == EWOULDBLOCK)
			return error_set(err, ERROR_BUSY,
			    "%s: another job is building this index", root);
		return error_errno(err, ERROR_IO, "cannot lock %s", path);
	}
	return 0;
}

int
generation_begin(const char *root, bool from_nothing, struct generation *out,
    struct error *err)
{
	CLEAN(generation_end) struct generation g = { .lock_fd = -1 };

	if (make_directories(root, err) == -1 ||
	    take_lock(root, &g.lock_fd, err) == -1 ||
	    (read_stub(root, &g.live, err) == -1 && !from_nothing))
		return -1;
	g.root = xstrdup(root);
	g.number = scan(root, g.live, 0) + 1;
	if (g.live != 0)
		g.live_dir = xasprintf("%s/gen-%u", root, g.live);
	g.work_dir = xasprintf("%s/work.%u", root, g.number);
	if (mkdir(g.work_dir, 0755) == -1)
		return error_errno(err, ERROR_SPACE, "cannot create %s",
		    g.work_dir);
	*out = g;
	g = (struct generation){ .lock_fd = -1 };
	return 0;
}

void
generation_end(struct generation *g)
{
	if (g->work_dir != NULL)
		remove_tree(g->work_dir);
	if (g->lock_fd != -1)
		close(g->lock_fd);
	free(g->root);
	free(g->live_dir);
	free(g->work_dir);
	*g = (struct generation){ .lock_fd = -1 };
}

int
generation_publish(struct generation *g, const char *built, struct error *err)
{
	CLEAN(str_free) char *dir = xasprintf("%s/gen-%u", g->root, g->number);

	if (sync_tree(built, err) == -1)
		return -1;
	if (rename(built, dir) == -1)
		return error_errno(err, ERROR_IO, "cannot rename %s to %s",
		    built, dir);
	if (sync_path(g->root, O_DIRECTORY, err) == -1 ||
	    write_stub(g->root, g->number, err) == -1)
		return -1;
	g->live = g->number;
	scan(g->root, g->live, g->number >= GENERATIONS_KEPT ?
	    g->number - GENERATIONS_KEPT + 1 : 0);
	return 0;
}
