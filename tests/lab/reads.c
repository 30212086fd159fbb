#include <config.h>
/* Its inline functions have the names that are defined here. */
#undef _FORTIFY_SOURCE

#include "hook.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FAILS(kind, fd) ({						\
	struct call c_;							\
	hook_fd(&c_, kind, fd) && hook_before(&c_) == -1;		\
})

#define FAILS_AT(kind, dir_fd, path) ({					\
	struct call c_;							\
	hook_path(&c_, kind, dir_fd, path) && hook_before(&c_) == -1;		\
})

ssize_t
read(int fd, void *to, size_t n)
{
	return FAILS(CALL_READ, fd) ? -1 : NEXT(read)(fd, to, n);
}

ssize_t
pread(int fd, void *to, size_t n, off_t at)
{
	return FAILS(CALL_READ, fd) ? -1 : NEXT(pread)(fd, to, n, at);
}

ssize_t
pread64(int fd, void *to, size_t n, off64_t at)
{
	return FAILS(CALL_READ, fd) ? -1 : NEXT(pread64)(fd, to, n, at);
}

ssize_t
getdents64(int fd, void *to, size_t n)
{
	return FAILS(CALL_LIST, fd) ? -1 : NEXT(getdents64)(fd, to, n);
}

DIR *
opendir(const char *path)
{
	return FAILS_AT(CALL_LOOK, AT_FDCWD, path) ? NULL :
	    NEXT(opendir)(path);
}

struct dirent *
readdir(DIR *d)
{
	return FAILS(CALL_LIST, dirfd(d)) ? NULL : NEXT(readdir)(d);
}

struct dirent64 *
readdir64(DIR *d)
{
	return FAILS(CALL_LIST, dirfd(d)) ? NULL : NEXT(readdir64)(d);
}

int
stat(const char *path, struct stat *st)
{
	return FAILS_AT(CALL_STAT, AT_FDCWD, path) ? -1 :
	    NEXT(stat)(path, st);
}

int
stat64(const char *path, struct stat64 *st)
{
	return FAILS_AT(CALL_STAT, AT_FDCWD, path) ? -1 :
	    NEXT(stat64)(path, st);
}

int
lstat(const char *path, struct stat *st)
{
	return FAILS_AT(CALL_STAT, AT_FDCWD, path) ? -1 :
	    NEXT(lstat)(path, st);
}

int
fstat(int fd, struct stat *st)
{
	return FAILS(CALL_STAT, fd) ? -1 : NEXT(fstat)(fd, st);
}

int
fstat64(int fd, struct stat64 *st)
{
	return FAILS(CALL_STAT, fd) ? -1 : NEXT(fstat64)(fd, st);
}

int
fstatat(int dir_fd, const char *path, struct stat *st, int flags)
{
	return FAILS_AT(CALL_STAT, dir_fd, path) ? -1 :
	    NEXT(fstatat)(dir_fd, path, st, flags);
}

/* openat2() has no wrapper; walk.c opens documents by it. */
long
syscall(long number, ...)
{
	long (*next)(long, ...) = NEXT(syscall);
	long a[6];
	struct call c;
	va_list ap;
	size_t i;

	va_start(ap, number);
	for (i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (number == SYS_openat2 && hook_path(&c, CALL_LOOK, (int)a[0],
	    (const char *)a[1]) && hook_before(&c) == -1)
		return -1;
	return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
