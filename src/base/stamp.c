#include <config.h>

#include "base/stamp.h"

#include <sys/stat.h>

static int64_t
nanoseconds(const struct timespec *t)
{
	return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

struct stamp
stamp_of(const struct stat *st)
{
	return (struct stamp){
		.size_bytes = (uint64_t)st->st_size,
		.inode = (uint64_t)st->st_ino,
		.mtime_ns = nanoseconds(&st->st_mtim),
		.ctime_ns = nanoseconds(&st->st_ctim),
	};
}

int
stamp_read(int fd, struct stamp *out)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return -1;
	*out = stamp_of(&st);
	return 0;
}

bool
stamp_equal(const struct stamp *a, const struct stamp *b)
{
	return a->size_bytes == b->size_bytes && a->inode == b->inode &&
	    a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}
