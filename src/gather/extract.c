#include <config.h>

#include "gather/extract.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "formats/wire.h"
#include "gather/records.h"
#include "gather/worker.h"

/* A worker that cannot be started or dies this often in a row: give up. */
#define MAX_FAILURES	3
/* Keep no more room for records than this between documents. */
#define KEEP_BYTES	(4 << 20)

struct extractor {
	char *program;
	struct extract_limits limits;
	struct worker worker;
	int failures;		/* in a row */
	struct buf records;
};

const struct extract_limits extract_limits_default = {
	.wall_ms = 30000,
	.cpu_s = 20,
	.memory_bytes = (size_t)512 << 20,
	.output_bytes = (size_t)32 << 20,
	.file_bytes = (size_t)64 << 20,
};

const char *
extractor_version(void)
{
	/* The first is ours: raise it when a format reads differently. */
	return "1"
#ifdef POPPLER_VERSION
	    " poppler-" POPPLER_VERSION
#endif
#ifdef LIBXML2_VERSION
	    " libxml2-" LIBXML2_VERSION
#endif
	    ;
}

void
extracted_clear(struct extracted *x)
{
	size_t i;

	for (i = 0; i < x->nmeta; i++) {
		free(x->meta[i].name);
		free(x->meta[i].value);
	}
	free(x->meta);
	free(x->marks);
	buf_clear(&x->text);
	*x = (struct extracted){ 0 };
}

static void
drop_text(struct extracted *x)
{
	buf_clear(&x->text);
	x->nmarks = 0;
	x->pages = 0;
}

/*
 * The document ended badly: say so, and forget the text, which may be half of
 * what is there.  What its properties said stays.
 */
static void
set_failed(struct extracted *x, enum extract_status status, const char *reason)
{
	drop_text(x);
	x->status = status;
	snprintf(x->reason, sizeof x->reason, "%s", reason);
}

/* Milliseconds of a clock that only goes forward. */
static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int
extractor_start(const char *program, const struct extract_limits *limits,
    struct extractor **out, struct error *err)
{
	CLEAN(extractor_free) struct extractor *e = xcalloc(1, sizeof *e);

	e->program = xstrdup(program);
	e->limits = *limits;
	e->worker = (struct worker)WORKER_INIT;
	if (worker_start(program, &e->worker, err) == -1)
		return -1;
	*out = e;
	e = NULL;
	return 0;
}

void
extractor_free(struct extractor **e)
{
	if (*e == NULL)
		return;
	worker_stop(&(*e)->worker);
	buf_clear(&(*e)->records);
	free((*e)->program);
	free(*e);
	*e = NULL;
}

bool
extractor_has_landlock(const struct extractor *e)
{
	return e->worker.landlock_abi > 0;
}

/* Hand a document over.  Returns -1 if the worker is gone. */
static int
send_request(struct extractor *e, int fd, int sidecar_fd)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = { 0 };
	struct wire_request req = {
		.cpu_s = e->limits.cpu_s,
		.memory_bytes = e->limits.memory_bytes,
		.file_bytes = e->limits.file_bytes,
	};
	struct iovec iov = { &req, sizeof req };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control,
	};
	struct cmsghdr *c = &control.align;
	int fds[2];
	size_t n = 0;

	if (fd != -1) {
		req.what |= WIRE_DOCUMENT;
		fds[n++] = fd;
	}
	if (sidecar_fd != -1) {
		req.what |= WIRE_SIDECAR;
		fds[n++] = sidecar_fd;
	}
	msg.msg_controllen = CMSG_SPACE(n * sizeof *fds);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(n * sizeof *fds);
	memcpy(CMSG_DATA(c), fds, n * sizeof *fds);
	return sendmsg(e->worker.control, &msg, MSG_NOSIGNAL) == sizeof req ? 0 : -1;
}

/* Read what the pipe holds now.  Returns false if that is more than allowed. */
static bool
drain(struct extractor *e)
{
	ssize_t n;

	for (;;) {
		n = read(e->worker.output, buf_room(&e->records, 65536), 65536);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		buf_grew(&e->records, (size_t)n);
		if (e->records.len > e->limits.output_bytes)
			return false;
	}
}

enum outcome { ENDED, GONE, OVERTIME, FLOOD };

/*
 * Take in what the child writes until the worker says that it ended.  Then
 * the child is dead, and what the pipe holds is the rest of its records.
 */
static enum outcome
wait_child(struct extractor *e, struct wire_reply *reply)
{
	struct pollfd p[2] = {
		{ e->worker.control, POLLIN, 0 }, { e->worker.output, POLLIN, 0 },
	};
	int64_t deadline = now_ms() + e->limits.wall_ms, left;

	for (;;) {
		left = deadline - now_ms();
		if (left <= 0)
			return OVERTIME;
		if (poll(p, 2, (int)left) == -1 && errno != EINTR)
			return GONE;
		if (p[0].revents != 0)
			break;
		if (p[1].revents != 0 && !drain(e))
			return FLOOD;
	}
	if (recv(e->worker.control, reply, sizeof *reply, 0) != sizeof *reply)
		return GONE;
	return drain(e) ? ENDED : FLOOD;
}

static void
judge_signal(int sig, struct extracted *x)
{
	char reason[64];

	snprintf(reason, sizeof reason, "SIG%s", sigabbrev_np(sig) != NULL ?
	    sigabbrev_np(sig) : "?");
	switch (sig) {
	case SIGSYS:
		set_failed(x, EXTRACT_VIOLATION, "forbidden system call");
		break;
	case SIGXCPU:
		set_failed(x, EXTRACT_LIMIT_CPU, "");
		break;
	default:
		set_failed(x, EXTRACT_CRASHED, reason);
	}
}

/* What is so of the document, given how its child ended. */
static void
judge(struct extractor *e, const struct wire_reply *reply, struct extracted *x)
{
	bool is_whole = records_read(buf_str(&e->records), e->records.len, x);
	int status = reply->wait_status;
	char reason[32];

	if (reply->error != 0)
		set_failed(x, EXTRACT_CRASHED, strerror(reply->error));
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL &&
	    reply->cpu_us >= (uint64_t)e->limits.cpu_s * 1000000)
		set_failed(x, EXTRACT_LIMIT_CPU, "");
	else if (WIFSIGNALED(status))
		judge_signal(WTERMSIG(status), x);
	else if (WEXITSTATUS(status) == WIRE_EXIT_MEMORY)
		set_failed(x, EXTRACT_LIMIT_MEMORY, "");
	else if (WEXITSTATUS(status) == WIRE_EXIT_ABORT)
		set_failed(x, EXTRACT_CRASHED, "SIGABRT");
	else if (WEXITSTATUS(status) == WIRE_EXIT_IO)
		set_failed(x, EXTRACT_IO, "");
	else if (WEXITSTATUS(status) == WIRE_EXIT_SANDBOX)
		set_failed(x, EXTRACT_CRASHED, "could not be confined");
	else if (WEXITSTATUS(status) != 0) {
		snprintf(reason, sizeof reason, "exit status %d",
		    WEXITSTATUS(status));
		set_failed(x, EXTRACT_CRASHED, reason);
	} else if (!is_whole)
		set_failed(x, EXTRACT_CRASHED, "malformed records");
}

/*
 * Let the worker read one document.  Returns -1 if the worker was gone before
 * it could be handed over.
 */
static int
read_once(struct extractor *e, int fd, int sidecar_fd, struct extracted *x)
{
	struct wire_reply reply;
	enum outcome outcome;

	buf_cut(&e->records, 0);
	if (send_request(e, fd, sidecar_fd) == -1) {
		worker_stop(&e->worker);
		return -1;
	}
	outcome = wait_child(e, &reply);
	if (outcome == ENDED) {
		e->failures = 0;
		judge(e, &reply, x);
		return 0;
	}
	worker_stop(&e->worker);
	records_read(buf_str(&e->records), e->records.len, x);
	if (outcome == OVERTIME)
		set_failed(x, EXTRACT_LIMIT_WALL, "");
	else if (outcome == FLOOD)
		set_failed(x, EXTRACT_LIMIT_OUTPUT, "");
	else {
		set_failed(x, EXTRACT_CRASHED, "the extractor itself died");
		e->failures++;
	}
	return 0;
}

/* The same with a new worker as often as it takes. */
static int
read_surely(struct extractor *e, int fd, int sidecar_fd, struct extracted *x,
    struct error *err)
{
	while (e->failures < MAX_FAILURES) {
		if (e->worker.pid == 0 &&
		    worker_start(e->program, &e->worker, err) == -1)
			return -1;
		if (read_once(e, fd, sidecar_fd, x) == 0)
			break;
		e->failures++;
	}
	if (e->failures >= MAX_FAILURES)
		return error_set(err, ERROR_CONFIG,
		    "%s: died %d times in a row", e->program, MAX_FAILURES);
	if (e->records.cap > KEEP_BYTES)
		buf_clear(&e->records);
	return 0;
}

/* What can be said of a file without opening a parser; OK: nothing. */
static enum extract_status
look_at(const struct extractor *e, const struct stat *st, bool has_sidecar)
{
	if (!S_ISREG(st->st_mode))
		return EXTRACT_NOT_REGULAR;
	if ((uint64_t)st->st_size > e->limits.file_bytes)
		return EXTRACT_TOO_BIG;
	if (st->st_size == 0 && !has_sidecar)
		return EXTRACT_EMPTY;
	return EXTRACT_OK;
}

static bool
is_changed(const struct stat *a, const struct stat *b)
{
	return a->st_size != b->st_size ||
	    a->st_mtim.tv_sec != b->st_mtim.tv_sec ||
	    a->st_mtim.tv_nsec != b->st_mtim.tv_nsec ||
	    a->st_ctim.tv_sec != b->st_ctim.tv_sec ||
	    a->st_ctim.tv_nsec != b->st_ctim.tv_nsec;
}

/* Read a document that may be written to meanwhile: at most twice. */
static int
read_stable(struct extractor *e, int fd, int sidecar_fd, struct stat *before,
    struct extracted *x, struct error *err)
{
	struct stat after;
	int tries;

	for (tries = 0; tries < 2; tries++) {
		extracted_clear(x);
		if (read_surely(e, fd, sidecar_fd, x, err) == -1)
			return -1;
		if (fstat(fd, &after) == -1) {
			set_failed(x, EXTRACT_IO, strerror(errno));
			return 0;
		}
		if (!is_changed(before, &after))
			return 0;
		*before = after;
	}
	set_failed(x, EXTRACT_CHANGED, "");
	return 0;
}

int
extractor_read(struct extractor *e, int fd, int sidecar_fd,
    struct extracted *out, struct error *err)
{
	struct extracted x = { 0 };
	enum extract_status status = EXTRACT_EMPTY;
	const char *reason = "";
	struct stat st;
	int rc = 0;

	if (fd != -1 && fstat(fd, &st) == -1) {
		status = EXTRACT_IO;
		reason = strerror(errno);
	} else if (fd != -1)
		status = look_at(e, &st, sidecar_fd != -1);
	if (status == EXTRACT_OK)
		rc = read_stable(e, fd, sidecar_fd, &st, &x, err);
	else {
		if (sidecar_fd != -1)
			rc = read_surely(e, -1, sidecar_fd, &x, err);
		set_failed(&x, status, reason);
	}
	if (rc == -1) {
		extracted_clear(&x);
		return -1;
	}
	*out = x;
	return 0;
}
