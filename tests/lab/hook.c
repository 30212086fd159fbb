#include <config.h>
#undef _FORTIFY_SOURCE

#include "hook.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__thread bool hook_is_inside;

int
hook_before(struct call *c)
{
	int rc, saved = errno;

	hook_is_inside = true;
	rc = call_before(c);
	hook_is_inside = false;
	if (rc == 0)
		errno = saved;
	return rc;
}

long
hook_after(struct call *c, long rc)
{
	int saved = errno;

	hook_is_inside = true;
	call_after(c, rc);
	hook_is_inside = false;
	errno = saved;
	return rc;
}

static bool
is_below(const char *path)
{
	const char *dir = getenv("LAB_BELOW");
	size_t n;

	for (; dir != NULL && *dir != '\0'; dir += n) {
		dir += *dir == ':';
		n = strcspn(dir, ":");
		if (n > 0 && strncmp(path, dir, n) == 0 &&
		    (path[n] == '\0' || path[n] == '/'))
			return true;
	}
	return false;
}

/* The path of a descriptor; "" if it has none. */
static void
path_of_fd(int fd, char out[PATH_MAX])
{
	char link[64];
	ssize_t n;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, out, PATH_MAX - 1);
	out[n > 0 ? n : 0] = '\0';
}

void
hook_absolute(int dir_fd, const char *path, char out[PATH_MAX])
{
	char dir[PATH_MAX];

	if (*path == '/') {
		snprintf(out, PATH_MAX, "%s", path);
		return;
	}
	if (dir_fd != AT_FDCWD)
		path_of_fd(dir_fd, dir);
	else if (getcwd(dir, sizeof dir) == NULL)
		dir[0] = '\0';
	if (strcmp(path, ".") == 0 || *path == '\0')
		snprintf(out, PATH_MAX, "%s", dir);
	else if (snprintf(out, PATH_MAX, "%s/%s", dir, path) >= PATH_MAX)
		out[0] = '\0';
}

/* Without the paths, which are long. */
static void
call_init(struct call *c, enum call_kind kind, int fd)
{
	c->kind = kind;
	c->fd = fd;
	c->path[0] = c->to[0] = '\0';
	c->data = NULL;
	c->size = 0;
	c->at = 0;
	c->is_new = c->is_cut = c->is_clone = false;
}

bool
hook_path(struct call *c, enum call_kind kind, int dir_fd, const char *path)
{
	int saved = errno;

	if (hook_is_inside || path == NULL)
		return false;
	call_init(c, kind, -1);
	hook_absolute(dir_fd, path, c->path);
	errno = saved;
	return is_below(c->path);
}

bool
hook_fd(struct call *c, enum call_kind kind, int fd)
{
	int saved = errno;

	if (hook_is_inside || fd < 0)
		return false;
	call_init(c, kind, fd);
	path_of_fd(fd, c->path);
	errno = saved;
	return is_below(c->path);
}
