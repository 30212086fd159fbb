#include <config.h>
/* Its inline functions have the names that are defined here. */
#undef _FORTIFY_SOURCE

#include "hook.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The C library writes a stream by calls of its own that cannot be taken
 * over; a stream of ours calls the functions above.
 */
#define MAX_STREAMS 64

static struct stream {
	FILE *stream;		/* NULL: not in use */
	int fd;
} streams[MAX_STREAMS];

static ssize_t
stream_read(void *cookie, char *to, size_t n)
{
	return read(((struct stream *)cookie)->fd, to, n);
}

/* Less than n is a failure here. */
static ssize_t
stream_write(void *cookie, const char *data, size_t n)
{
	const struct stream *s = cookie;
	size_t done;
	ssize_t rc;

	for (done = 0; done < n; done += (size_t)rc)
		if ((rc = write(s->fd, data + done, n - done)) == -1)
			break;
	return (ssize_t)done;
}

static int
stream_seek(void *cookie, off64_t *at, int whence)
{
	*at = lseek(((struct stream *)cookie)->fd, *at, whence);
	return *at == -1 ? -1 : 0;
}

static int
stream_close(void *cookie)
{
	struct stream *s = cookie;

	s->stream = NULL;
	return close(s->fd);
}

static FILE *
stream_on(int fd, const char *mode)
{
	static const cookie_io_functions_t functions = {
		stream_read, stream_write, stream_seek, stream_close
	};
	size_t i;

	for (i = 0; i < MAX_STREAMS; i++)
		if (streams[i].stream == NULL)
			break;
	if (i == MAX_STREAMS)
		abort();
	streams[i].fd = fd;
	streams[i].stream = fopencookie(&streams[i], mode, functions);
	return streams[i].stream;
}

static int
flags_of(const char *mode)
{
	bool both = strchr(mode, '+') != NULL;
	int flags = both ? O_RDWR : *mode == 'r' ? O_RDONLY : O_WRONLY;

	if (*mode != 'r')
		flags |= O_CREAT | (*mode == 'a' ? O_APPEND : O_TRUNC);
	if (strchr(mode, 'e') != NULL)
		flags |= O_CLOEXEC;
	if (strchr(mode, 'x') != NULL)
		flags |= O_EXCL;
	return flags;
}

static FILE *
do_fopen(const char *path, const char *mode)
{
	struct call c;
	FILE *f;
	int fd;

	if (!hook_path(&c, CALL_OPEN, AT_FDCWD, path))
		return NEXT(fopen)(path, mode);
	if ((fd = lab_open(AT_FDCWD, path, flags_of(mode), 0666)) == -1)
		return NULL;
	if ((f = stream_on(fd, mode)) == NULL)
		close(fd);
	return f;
}

FILE *
fopen(const char *path, const char *mode)
{
	return do_fopen(path, mode);
}

FILE *
fopen64(const char *path, const char *mode)
{
	return do_fopen(path, mode);
}

FILE *
fdopen(int fd, const char *mode)
{
	struct call c;

	if (!hook_fd(&c, CALL_OPEN, fd))
		return NEXT(fdopen)(fd, mode);
	return stream_on(fd, mode);
}

int
fileno(FILE *f)
{
	size_t i;

	for (i = 0; i < MAX_STREAMS; i++)
		if (streams[i].stream == f)
			return streams[i].fd;
	return NEXT(fileno)(f);
}
