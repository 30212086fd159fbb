#include <config.h>
/* Its inline functions have the names that are defined here. */
#undef _FORTIFY_SOURCE

#include "hook.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* ---- opening ---- */

int
lab_open(int dir_fd, const char *path, int flags, mode_t mode)
{
	bool writes = (flags & O_ACCMODE) != O_RDONLY ||
	    (flags & O_CREAT) != 0;
	struct call c;
	struct stat st;

	if ((flags & O_PATH) != 0 || !hook_path(&c, writes ? CALL_OPEN :
	    CALL_LOOK, dir_fd, path))
		return NEXT(openat)(dir_fd, path, flags, mode);
	hook_is_inside = true;
	c.is_new = (flags & O_CREAT) != 0 && lstat(c.path, &st) == -1;
	hook_is_inside = false;
	c.is_cut = (flags & O_TRUNC) != 0;
	if (hook_before(&c) == -1)
		return -1;
	c.fd = NEXT(openat)(dir_fd, path, flags, mode);
	return (int)hook_after(&c, c.fd);
}

#define MODE_OF(flags) ({						\
	mode_t mode_ = 0;						\
	va_list ap_;							\
	if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {			\
		va_start(ap_, flags);					\
		mode_ = va_arg(ap_, mode_t);				\
		va_end(ap_);						\
	}								\
	mode_;								\
})

int
open(const char *path, int flags, ...)
{
	return lab_open(AT_FDCWD, path, flags, MODE_OF(flags));
}

int
open64(const char *path, int flags, ...)
{
	return lab_open(AT_FDCWD, path, flags | O_LARGEFILE, MODE_OF(flags));
}

int
openat(int dir_fd, const char *path, int flags, ...)
{
	return lab_open(dir_fd, path, flags, MODE_OF(flags));
}

int
openat64(int dir_fd, const char *path, int flags, ...)
{
	return lab_open(dir_fd, path, flags | O_LARGEFILE, MODE_OF(flags));
}

int
creat(const char *path, mode_t mode)
{
	return lab_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* What programs that were compiled with _FORTIFY_SOURCE call instead. */
int __open_2(const char *, int);
int __open64_2(const char *, int);
int __openat_2(int, const char *, int);
int __openat64_2(int, const char *, int);

int
__open_2(const char *path, int flags)
{
	return lab_open(AT_FDCWD, path, flags, 0);
}

int
__open64_2(const char *path, int flags)
{
	return lab_open(AT_FDCWD, path, flags | O_LARGEFILE, 0);
}

int
__openat_2(int dir_fd, const char *path, int flags)
{
	return lab_open(dir_fd, path, flags, 0);
}

int
__openat64_2(int dir_fd, const char *path, int flags)
{
	return lab_open(dir_fd, path, flags | O_LARGEFILE, 0);
}

/* ---- writing ---- */

static bool
is_for_writing(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags != -1 && (flags & O_ACCMODE) != O_RDONLY;
}

/* Where the next write() goes. */
static off_t
position(int fd)
{
	struct stat st;

	if ((fcntl(fd, F_GETFL) & O_APPEND) != 0)
		return fstat(fd, &st) == 0 ? st.st_size : 0;
	return lseek(fd, 0, SEEK_CUR);
}

/* at is -1 for a write where the file's position is. */
static ssize_t
do_write(int fd, const void *data, size_t n, off_t at)
{
	struct call c;
	ssize_t rc;
	bool is_ours = hook_fd(&c, CALL_WRITE, fd);

	if (is_ours) {
		c.data = data;
		c.size = n;
		c.at = at != -1 ? at : position(fd);
		if (hook_before(&c) == -1)
			return -1;
		n = c.size;
	}
	rc = at != -1 ? NEXT(pwrite)(fd, data, n, at) :
	    NEXT(write)(fd, data, n);
	return is_ours ? hook_after(&c, rc) : rc;
}

ssize_t
write(int fd, const void *data, size_t n)
{
	return do_write(fd, data, n, -1);
}

ssize_t
pwrite(int fd, const void *data, size_t n, off_t at)
{
	return do_write(fd, data, n, at);
}

ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t at)
{
	return do_write(fd, data, n, at);
}

/* One piece after the other, which may be torn like one write. */
ssize_t
writev(int fd, const struct iovec *v, int n)
{
	ssize_t all = 0, rc;
	struct call c;
	int i;

	if (!hook_fd(&c, CALL_WRITE, fd))
		return NEXT(writev)(fd, v, n);
	for (i = 0; i < n; i++) {
		rc = do_write(fd, v[i].iov_base, v[i].iov_len, -1);
		if (rc == -1)
			return all > 0 ? all : -1;
		all += rc;
		if ((size_t)rc < v[i].iov_len)
			break;
	}
	return all;
}

ssize_t
copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t n,
    unsigned flags)
{
	struct call c;
	struct stat st;
	off_t from = 0;

	if (!hook_fd(&c, CALL_COPY, out))
		return NEXT(copy_file_range)(in, in_at, out, out_at, n, flags);
	from = in_at != NULL ? *in_at : lseek(in, 0, SEEK_CUR);
	hook_is_inside = true;
	if (fstat(in, &st) == 0 && (off_t)n > st.st_size - from)
		n = st.st_size > from ? (size_t)(st.st_size - from) : 0;
	hook_is_inside = false;
	c.size = n;
	c.at = out_at != NULL ? *out_at : position(out);
	if (hook_before(&c) == -1)
		return -1;
	return hook_after(&c, NEXT(copy_file_range)(in, in_at, out, out_at, c.size,
	    flags));
}

int
ioctl(int fd, unsigned long request, ...)
{
	struct call c;
	va_list ap;
	void *arg;

	va_start(ap, request);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (request != FICLONE || !hook_fd(&c, CALL_COPY, fd))
		return NEXT(ioctl)(fd, request, arg);
	c.is_clone = true;
	if (hook_before(&c) == -1)
		return -1;
	return (int)hook_after(&c, NEXT(ioctl)(fd, request, arg));
}

static int
do_truncate(int fd, off_t size)
{
	struct call c;

	if (!hook_fd(&c, CALL_TRUNCATE, fd))
		return NEXT(ftruncate)(fd, size);
	c.size = (size_t)size;
	if (hook_before(&c) == -1)
		return -1;
	return (int)hook_after(&c, NEXT(ftruncate)(fd, size));
}

int
ftruncate(int fd, off_t size)
{
	return do_truncate(fd, size);
}

int
ftruncate64(int fd, off64_t size)
{
	return do_truncate(fd, size);
}

static int
do_sync(int fd, int (*next)(int))
{
	struct call c;

	if (!hook_fd(&c, CALL_SYNC, fd))
		return next(fd);
	if (hook_before(&c) == -1)
		return -1;
	return (int)hook_after(&c, next(fd));
}

int
fsync(int fd)
{
	return do_sync(fd, NEXT(fsync));
}

int
fdatasync(int fd)
{
	return do_sync(fd, NEXT(fdatasync));
}

/* A close that fails has closed all the same. */
int
close(int fd)
{
	struct call c;
	int error;

	if (!hook_fd(&c, CALL_CLOSE, fd) || !is_for_writing(fd))
		return NEXT(close)(fd);
	if (hook_before(&c) == -1) {
		error = errno;
		NEXT(close)(fd);
		errno = error;
		return -1;
	}
	return NEXT(close)(fd);
}

/* ---- names ---- */

static int
do_mkdir(int dir_fd, const char *path, mode_t mode)
{
	struct call c;

	if (!hook_path(&c, CALL_MKDIR, dir_fd, path))
		return NEXT(mkdirat)(dir_fd, path, mode);
	if (hook_before(&c) == -1)
		return -1;
	return (int)hook_after(&c, NEXT(mkdirat)(dir_fd, path, mode));
}

int
mkdir(const char *path, mode_t mode)
{
	return do_mkdir(AT_FDCWD, path, mode);
}

int
mkdirat(int dir_fd, const char *path, mode_t mode)
{
	return do_mkdir(dir_fd, path, mode);
}

static int
do_rename(int from_fd, const char *from, int to_fd, const char *to,
    unsigned flags)
{
	struct call c;

	if (!hook_path(&c, CALL_RENAME, from_fd, from))
		return NEXT(renameat2)(from_fd, from, to_fd, to, flags);
	hook_absolute(to_fd, to, c.to);
	if (hook_before(&c) == -1)
		return -1;
	return (int)hook_after(&c, NEXT(renameat2)(from_fd, from, to_fd, to,
	    flags));
}

int
rename(const char *from, const char *to)
{
	return do_rename(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	return do_rename(from_fd, from, to_fd, to, 0);
}

int
renameat2(int from_fd, const char *from, int to_fd, const char *to,
    unsigned flags)
{
	return do_rename(from_fd, from, to_fd, to, flags);
}

static int
do_link(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
	struct call c;

	if (!hook_path(&c, CALL_LINK, from_fd, from))
		return NEXT(linkat)(from_fd, from, to_fd, to, flags);
	hook_absolute(to_fd, to, c.to);
	if (hook_before(&c) == -1)
		return -1;
	return (int)hook_after(&c, NEXT(linkat)(from_fd, from, to_fd, to,
	    flags));
}

int
link(const char *from, const char *to)
{
	return do_link(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
	return do_link(from_fd, from, to_fd, to, flags);
}

static int
do_unlink(int dir_fd, const char *path, int flags)
{
	struct call c;

	if (!hook_path(&c, CALL_REMOVE, dir_fd, path))
		return NEXT(unlinkat)(dir_fd, path, flags);
	if (hook_before(&c) == -1)
		return -1;
	return (int)hook_after(&c, NEXT(unlinkat)(dir_fd, path, flags));
}

int
unlink(const char *path)
{
	return do_unlink(AT_FDCWD, path, 0);
}

int
unlinkat(int dir_fd, const char *path, int flags)
{
	return do_unlink(dir_fd, path, flags);
}

int
rmdir(const char *path)
{
	return do_unlink(AT_FDCWD, path, AT_REMOVEDIR);
}

int
remove(const char *path)
{
	struct stat st;
	bool is_dir;

	if (NEXT(lstat)(path, &st) == -1)
		return -1;
	is_dir = S_ISDIR(st.st_mode);
	return do_unlink(AT_FDCWD, path, is_dir ? AT_REMOVEDIR : 0);
}
