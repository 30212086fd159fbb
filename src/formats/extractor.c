/*
 * naslag-extract: read one document and say what is in it.
 *
 * A worker outlives many documents.  It loads the libraries once, never looks
 * into a document, and forks for each one a child that confines itself before
 * it reads a byte.  Without --worker it confines itself and reads standard
 * input: the same records, for people.
 */
#include <config.h>

#include <errno.h>
#include <getopt.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "formats/format.h"
#include "formats/ocr.h"
#include "formats/out.h"
#include "formats/sandbox.h"
#include "formats/unpack.h"
#include "formats/wire.h"

#define SIDECAR_BYTES	(4 << 20)

/* For a document on standard input: what naslag uses if not told otherwise. */
static const struct wire_request by_hand = {
	.what = WIRE_DOCUMENT,
	.cpu_s = 20,
	.memory_bytes = 512 << 20,
	.file_bytes = 64 << 20,
};

static const char usage[] =
    "Usage: naslag-extract < FILE\n"
    "Read a document in a sandbox and print its text and properties as records.\n"
    "\n"
    "      --worker   serve naslag, on descriptors 3 and 4\n"
    "      --help     show this help\n"
    "      --version  show the version\n";

/*
 * A document that ends in an error may have wanted more memory than there is:
 * malloc() left that in errno, or, if something wrote over it, there is none
 * left to have.
 */
static bool
is_out_of_memory(void)
{
	static const size_t some = 8 << 20;
	void *p;

	if (errno == ENOMEM)
		return true;
	p = mmap(NULL, some, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return true;
	munmap(p, some);
	return false;
}

/* Most libraries that run out of memory call abort() sooner or later. */
static void
on_abort(int sig)
{
	(void)sig;
	_exit(is_out_of_memory() ? WIRE_EXIT_MEMORY : WIRE_EXIT_ABORT);
}

/* No library tidies up behind an exit() in the middle of a document. */
static void
on_exit_now(int status, void *arg)
{
	(void)arg;
	_exit(status);
}

static void
catch_ends(void)
{
	struct sigaction sa = { .sa_handler = on_abort };

	sigaction(SIGABRT, &sa, NULL);
	sigaction(SIGTRAP, &sa, NULL);	/* how glib aborts */
	on_exit(on_exit_now, NULL);
}

/*
 * The whole file in memory, with a NUL behind it.  Not mmap(): a file that is
 * cut short or written to while a parser looks at it must not matter.
 */
static struct input
read_file(int fd, uint64_t max_bytes)
{
	struct stat st;
	size_t size, have = 0;
	ssize_t n = 1;
	char *bytes;

	if (fstat(fd, &st) == -1)
		_exit(WIRE_EXIT_IO);
	size = (uint64_t)st.st_size > max_bytes ? (size_t)max_bytes :
	    (size_t)st.st_size;
	if ((bytes = malloc(size + 1)) == NULL)
		_exit(WIRE_EXIT_MEMORY);
	while (have < size && n > 0) {
		n = pread(fd, bytes + have, size - have, (off_t)have);
		if (n == -1)
			_exit(WIRE_EXIT_IO);
		have += (size_t)n;
	}
	bytes[have] = '\0';
	close(fd);
	return (struct input){ bytes, have };
}

static enum extract_status
read_document(const struct input *in, struct out *o)
{
	const struct format *f;
	enum extract_status status;

	if (in->size == 0)
		return EXTRACT_EMPTY;
	if ((f = format_detect(in)) == NULL)
		return EXTRACT_UNKNOWN;
	out_format(o, f->name);
	if (f->read == NULL)
		return EXTRACT_UNSUPPORTED;
	errno = 0;
	status = f->read(in, o);
	/* Others call what they cannot hold broken. */
	if ((status == EXTRACT_MALFORMED || status == EXTRACT_EMPTY) &&
	    is_out_of_memory())
		_exit(WIRE_EXIT_MEMORY);
	return status;
}

/* The files within a document; the records of its text are not asked for. */
static enum extract_status
unpack_document(const struct input *in, const struct wire_request *req,
    struct out *o)
{
	const struct format *f = in->size > 0 ? format_detect(in) : NULL;
	struct unpack u;
	enum extract_status status;

	o->is_unpacking = true;
	if (f == NULL || f->unpack == NULL)
		return EXTRACT_OK;
	unpack_init(&u, o, req->budget_bytes, req->file_bytes);
	errno = 0;
	status = f->unpack(in, &u);
	if (status == EXTRACT_MALFORMED && is_out_of_memory())
		_exit(WIRE_EXIT_MEMORY);
	unpack_clear(&u);
	return status;
}

/* What is wrong with it is not wrong with the document, and said apart. */
static void
read_sidecar(const struct input *in, struct out *o)
{
	enum extract_status status = format_sidecar(in, o);
	struct buf why CLEAN(buf_clear) = BUF_INIT;

	if (status != EXTRACT_OK) {
		buf_adds(&why, o->reason.len > 0 ? o->reason.s :
		    extract_status_name(status));
		out_sidecar_meta(o, WIRE_SIDECAR_DAMAGE, why.s, why.len);
	}
	out_reason(o, "");
}

/*
 * What a child does, and all it does.  The sidecar comes first and is written
 * out, so that what it says is known whatever the document does.
 */
static _Noreturn void
extract(struct sandbox *box, const struct sandbox_limits *limits,
    const struct wire_request *req, const int *fds, int out_fd)
{
	struct out o;
	struct input in;
	enum extract_status status = EXTRACT_EMPTY;
	const int *sidecar_fd = fds + (req->what & WIRE_DOCUMENT ? 1 : 0);

	if (sandbox_enter(box, limits) == -1)
		_exit(WIRE_EXIT_SANDBOX);
	out_init(&o, out_fd);
	if (req->what & WIRE_SIDECAR) {
		in = read_file(*sidecar_fd, SIDECAR_BYTES);
		read_sidecar(&in, &o);
		free((void *)(uintptr_t)in.bytes);
		out_flush(&o);
	}
	if (req->what & WIRE_DOCUMENT) {
		in = read_file(fds[0], req->file_bytes);
		status = req->what & WIRE_UNPACK ?
		    unpack_document(&in, req, &o) : read_document(&in, &o);
	}
	_exit(out_end(&o, status) == -1 ? WIRE_EXIT_IO : 0);
}

static int
count_fds(const struct wire_request *req)
{
	return ((req->what & WIRE_DOCUMENT) != 0) +
	    ((req->what & WIRE_SIDECAR) != 0);
}

/* A request and its descriptors.  Returns -1 when there are no more. */
static int
receive(struct wire_request *req, int fds[2])
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct iovec iov = { req, sizeof *req };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof control,
	};
	struct cmsghdr *c;
	size_t got = 0;
	ssize_t n;

	do
		n = recvmsg(WIRE_CONTROL_FD, &msg, MSG_CMSG_CLOEXEC);
	while (n == -1 && errno == EINTR);
	if (n != (ssize_t)sizeof *req)
		return -1;
	c = CMSG_FIRSTHDR(&msg);
	if (c != NULL && c->cmsg_level == SOL_SOCKET &&
	    c->cmsg_type == SCM_RIGHTS) {
		got = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(fds, CMSG_DATA(c), got * sizeof(int));
	}
	return (int)got == count_fds(req) ? 0 : -1;
}

static void
close_all(int fds[2])
{
	int i;

	for (i = 0; i < 2; i++)
		if (fds[i] != -1)
			close(fds[i]);
}

static uint64_t
used_us(const struct rusage *u)
{
	return (uint64_t)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1000000 +
	    (uint64_t)(u->ru_utime.tv_usec + u->ru_stime.tv_usec);
}

/* One document: fork, wait, tell how it ended. */
static struct wire_reply
serve(struct sandbox *box, const struct wire_request *req, int fds[2])
{
	struct wire_reply reply = { 0, 0, 0 };
	struct sandbox_limits limits = {
		.cpu_s = req->cpu_s, .memory_bytes = req->memory_bytes,
	};
	struct rusage used;
	pid_t worker = getpid(), pid;

	if ((pid = fork()) == -1) {
		reply.error = errno;
		return reply;
	}
	if (pid == 0) {
		/* The parent may have gone before the signal was set. */
		close(WIRE_CONTROL_FD);
		if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
		    getppid() != worker)
			_exit(WIRE_EXIT_SANDBOX);
		extract(box, &limits, req, fds, WIRE_OUTPUT_FD);
	}
	close_all(fds);
	fds[0] = fds[1] = -1;
	while (wait4(pid, &reply.wait_status, 0, &used) == -1)
		if (errno != EINTR) {
			reply.error = errno;
			return reply;
		}
	reply.cpu_us = used_us(&used);
	return reply;
}

static int
tell(const void *message, size_t size)
{
	return send(WIRE_CONTROL_FD, message, size, MSG_NOSIGNAL) ==
	    (ssize_t)size ? 0 : -1;
}

/* What is needed from files first: then there are none. */
static int
prepare(struct sandbox **box, struct error *err)
{
	errno = 0;
	if (ocr_init() == -1)
		return error_errno(err, ERROR_CONFIG, "the languages "
		    OCR_LANGUAGES " of tesseract");
	return sandbox_prepare(box, err);
}

static _Noreturn void
work(void)
{
	struct wire_hello hello = { 0, 0 };
	struct wire_request req;
	struct wire_reply reply;
	struct error err = ERROR_INIT;
	struct sandbox *box = NULL;
	int fds[2] = { -1, -1 };

	/* What loading left behind, a child that used it would have to copy. */
	malloc_trim(0);
	if (prepare(&box, &err) == -1)
		hello.error = errno != 0 ? errno : ENOSYS;
	else
		hello.landlock_abi = sandbox_landlock_abi(box);
	if (tell(&hello, sizeof hello) == -1 || hello.error != 0)
		_exit(WIRE_EXIT_SANDBOX);
	while (receive(&req, fds) == 0) {
		reply = serve(box, &req, fds);
		if (tell(&reply, sizeof reply) == -1)
			break;
		fds[0] = fds[1] = -1;
	}
	_exit(0);
}

static _Noreturn void
read_stdin(void)
{
	struct sandbox_limits limits = {
		.cpu_s = ocr_is_here() ? OCR_CPU_S : by_hand.cpu_s,
		.memory_bytes = ocr_is_here() ? OCR_MEMORY_BYTES :
		    by_hand.memory_bytes,
		.may_grow_files = true,
	};
	struct error err = ERROR_INIT;
	struct sandbox *box = NULL;
	struct stat st;
	int fd = STDIN_FILENO;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		fputs("naslag-extract: standard input is not a file\n", stderr);
		_exit(error_exit_status(ERROR_QUERY));
	}
	if (prepare(&box, &err) == -1) {
		fprintf(stderr, "naslag-extract: %s\n", err.msg);
		_exit(error_exit_status(err.kind));
	}
	extract(box, &limits, &by_hand, &fd, STDOUT_FILENO);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ "worker", no_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 },
	};
	bool is_worker = false;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (c) {
		case 'h':
			fputs(usage, stdout);
			return 0;
		case 'V':
			puts("naslag-extract " PACKAGE_VERSION);
			return 0;
		case 'w':
			is_worker = true;
			break;
		default:
			return error_exit_status(ERROR_QUERY);
		}
	}
	if (optind < argc) {
		fputs(usage, stderr);
		return error_exit_status(ERROR_QUERY);
	}
	formats_init();
	catch_ends();
	if (is_worker)
		work();
	read_stdin();
}
