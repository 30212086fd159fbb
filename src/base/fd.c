#include <config.h>

#include "base/fd.h"

#include <errno.h>
#include <unistd.h>

void
fd_close(int *fd)
{
	int saved = errno;

	if (*fd != -1)
		close(*fd);
	*fd = -1;
	errno = saved;
}

int
fd_put(int fd, const void *bytes, size_t n)
{
	const char *s = bytes;
	ssize_t done;

	while (n > 0) {
		done = write(fd, s, n);
		if (done == -1 && errno == EINTR)
			continue;
		if (done == -1)
			return -1;
		s += done;
		n -= (size_t)done;
	}
	return 0;
}
