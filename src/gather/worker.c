#include <config.h>

#include "gather/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "formats/ocr.h"
#include "formats/wire.h"

/* A bigger pipe holds most documents whole: fewer switches between processes. */
#define PIPE_BYTES	(1 << 20)
/* How long a worker may take to load its libraries. */
#define START_MS	30000

void
worker_stop(struct worker *w)
{
	if (w->pid > 0) {
		kill(-w->pid, SIGKILL);
		kill(w->pid, SIGKILL);
		while (waitpid(w->pid, NULL, 0) == -1 && errno == EINTR)
			;
	}
	w->pid = 0;
	fd_close(&w->control);
	fd_close(&w->output);
}

/*
 * What every child would do again is done once: functions are looked up when
 * the worker starts.  And a child lives for one document, so its heap may
 * keep what is freed and grow by the megabyte.
 */
static const char *const environment[] = {
	"LC_ALL=C.UTF-8",
	"LD_BIND_NOW=1",
	"GLIBC_TUNABLES=glibc.malloc.tcache_count=60000:"
	    "glibc.malloc.top_pad=1048576:glibc.malloc.trim_threshold=67108864",
	NULL
};

/*
 * Between fork and exec in a program that may have threads: system calls
 * only.  Descriptors move up first, so that none is overwritten.
 */
static _Noreturn void
become_worker(const char *program, pid_t parent, int control, int output,
    int null)
{
	char *const argv[] = { (char *)(uintptr_t)program,
	    (char *)(uintptr_t)"--worker", NULL };
	struct wire_hello failed = { 0, 0 };
	sigset_t none;
	int sig, fd;

	for (sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
	control = fcntl(control, F_DUPFD, 16);
	output = fcntl(output, F_DUPFD, 16);
	null = fcntl(null, F_DUPFD, 16);
	for (fd = 0; fd <= 2; fd++)
		dup2(null, fd);
	if (dup2(control, WIRE_CONTROL_FD) == -1 ||
	    dup2(output, WIRE_OUTPUT_FD) == -1)
		_exit(WIRE_EXIT_SANDBOX);
	closefrom(WIRE_OUTPUT_FD + 1);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || getppid() != parent)
		_exit(WIRE_EXIT_SANDBOX);
	execve(program, argv, (char *const *)(uintptr_t)environment);
	failed.error = errno;
	send(WIRE_CONTROL_FD, &failed, sizeof failed, MSG_NOSIGNAL);
	_exit(WIRE_EXIT_SANDBOX);
}

static int
take_hello(const char *program, struct worker *w, struct error *err)
{
	struct pollfd p = { w->control, POLLIN, 0 };
	struct wire_hello hello;
	int n;

	while ((n = poll(&p, 1, START_MS)) == -1 && errno == EINTR)
		;
	if (n != 1)
		return error_set(err, ERROR_CONFIG, "%s: does not start",
		    program);
	if (recv(w->control, &hello, sizeof hello, 0) != sizeof hello)
		return error_set(err, ERROR_CONFIG, "%s: ends at its start",
		    program);
	if (hello.error == ENODATA)
		return error_set(err, ERROR_CONFIG, "%s: tesseract lacks one of "
		    "the languages " OCR_LANGUAGES, program);
	if (hello.error != 0) {
		errno = hello.error;
		return error_errno(err, ERROR_CONFIG, "%s", program);
	}
	w->landlock_abi = hello.landlock_abi;
	return 0;
}

/* The descriptors between us and the worker; *control and *output are its. */
static int
connect_worker(struct worker *w, int *control, int *output)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) == -1)
		return -1;
	w->output = fds[0];
	*output = fds[1];
	fcntl(*output, F_SETPIPE_SZ, PIPE_BYTES);
	if (fcntl(w->output, F_SETFL, O_NONBLOCK) == -1 || socketpair(AF_UNIX,
	    SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) == -1)
		return -1;
	w->control = fds[0];
	*control = fds[1];
	return 0;
}

int
worker_start(const char *program, struct worker *out, struct error *err)
{
	CLEAN(worker_stop) struct worker w = WORKER_INIT;
	CLEAN(fd_close) int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	CLEAN(fd_close) int control = -1;
	CLEAN(fd_close) int output = -1;
	pid_t parent = getpid();

	if (null == -1 || connect_worker(&w, &control, &output) == -1 ||
	    (w.pid = fork()) == -1)
		return error_errno(err, ERROR_CONFIG, "%s", program);
	if (w.pid == 0)
		become_worker(program, parent, control, output, null);
	setpgid(w.pid, w.pid);
	/* Else a worker that dies would leave its end open, here. */
	fd_close(&control);
	if (take_hello(program, &w, err) == -1)
		return -1;
	*out = w;
	w = (struct worker)WORKER_INIT;
	return 0;
}
