#include <config.h>

#include "gather/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"

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

int
beneath_open(int root_fd, const char *path, int flags)
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
