#include <config.h>

#include "base/wholefile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

#define CHUNK 65536

/* Write them into a file, flags as for open(); errno says what failed. */
static int
put(const char *path, int flags, const void *bytes, size_t n, bool is_synced)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0644);
	int rc, saved;

	if (fd == -1)
		return -1;
	rc = fd_put(fd, bytes, n);
	if (rc == 0 && is_synced)
		rc = fsync(fd);
	saved = errno;
	if (close(fd) == -1 && rc == 0)
		return -1;
	errno = saved;
	return rc;
}

/* A rename is on disk when the directory is. */
static int
sync_directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	CLEAN(str_free) char *dir = slash == NULL ? xstrdup(".") :
	    xstrndup(path, slash > path ? (size_t)(slash - path) : 1);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd != -1 ? fsync(fd) : -1, saved = errno;

	if (fd != -1)
		close(fd);
	errno = saved;
	/* Some file systems cannot, and say so. */
	return rc == -1 && errno == EINVAL ? 0 : rc;
}

int
wholefile_write(const char *path, const void *bytes, size_t n,
    struct error *err)
{
	CLEAN(str_free) char *tmp = xasprintf("%s.tmp", path);
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		if (put(path, 0, bytes, n, false) == -1)
			return error_errno(err, ERROR_SPACE, "cannot write %s",
			    path);
		return 0;
	}
	if (put(tmp, O_CREAT | O_TRUNC | O_NOFOLLOW, bytes, n, true) == -1) {
		error_errno(err, ERROR_SPACE, "cannot write %s", tmp);
		unlink(tmp);
		return -1;
	}
	if (rename(tmp, path) == -1) {
		error_errno(err, ERROR_SPACE, "cannot rename %s to %s", tmp, path);
		unlink(tmp);
		return -1;
	}
	if (sync_directory_of(path) == -1)
		return error_errno(err, ERROR_SPACE, "cannot sync the directory "
		    "of %s", path);
	return 0;
}

int
wholefile_create(const char *path, const void *bytes, size_t n,
    struct error *err)
{
	return put(path, O_CREAT | O_TRUNC, bytes, n, false) == 0 ? 0 :
	    error_errno(err, ERROR_SPACE, "cannot write %s", path);
}

int
wholefile_read(const char *path, struct buf *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t n;

	if (fd == -1)
		return error_errno(err, errno == ENOENT ? ERROR_ABSENT : ERROR_IO,
		    "cannot open %s", path);
	do {
		n = read(fd, buf_room(out, CHUNK), CHUNK);
		if (n > 0)
			buf_grew(out, (size_t)n);
	} while (n > 0 || (n == -1 && errno == EINTR));
	if (n == -1)
		error_errno(err, ERROR_IO, "cannot read %s", path);
	close(fd);
	return n == -1 ? -1 : 0;
}
