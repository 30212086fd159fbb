#include <config.h>

#include "base/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"

static int told_fd;		/* of the child */

/* Smaller than PIPE_BUF, so written at once or not at all. */
static int
tell(const struct error *err)
{
	return fd_put(told_fd, err, sizeof *err);
}

static _Noreturn void
child_main(int (*fn)(void *, struct error *), void *arg, int fd)
{
	struct error err = ERROR_INIT;

	told_fd = fd;
	error_end_tells(tell);
	if (fn(arg, &err) == 0)
		_exit(0);
	_exit(tell(&err) == 0 ? 1 : 2);
}

int
aside_start(int (*fn)(void *, struct error *), void *arg, struct aside *out,
    struct error *err)
{
	pid_t parent = getpid(), pid;
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) == -1)
		return error_errno(err, ERROR_IO, "cannot make a pipe");
	if ((pid = fork()) == -1) {
		error_errno(err, ERROR_IO, "cannot start a process");
		close(fds[0]);
		close(fds[1]);
		return -1;
	}
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		close(fds[0]);
		child_main(fn, arg, fds[1]);
	}
	close(fds[1]);
	*out = (struct aside){ pid, fds[0] };
	return 0;
}

/* Returns the status as wait() has it. */
static int
reap(struct aside *a)
{
	int status;

	close(a->fd);
	while (waitpid(a->pid, &status, 0) == -1 && errno == EINTR)
		;
	a->pid = 0;
	return status;
}

int
aside_finish(struct aside *a, const char *what, struct error *err)
{
	struct error theirs;
	ssize_t n;
	int status;

	do
		n = read(a->fd, &theirs, sizeof theirs);
	while (n == -1 && errno == EINTR);
	status = reap(a);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (n == sizeof theirs) {
		theirs.msg[sizeof theirs.msg - 1] = '\0';
		*err = theirs;
		return -1;
	}
	return error_set(err, ERROR_INDEX, "%s ended %s %d", what,
	    WIFSIGNALED(status) ? "by signal" : "with status",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

void
aside_stop(struct aside *a)
{
	if (a->pid == 0)
		return;
	kill(a->pid, SIGKILL);
	reap(a);
}
