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

#include "base/stamp.h"
#include "formats/ocr.h"
#include "formats/wire.h"
#include "gather/members.h"
#include "gather/records.h"
#include "gather/worker.h"

/* A worker that cannot be started or dies this often in a row: give up. */
#define MAX_FAILURES	3
/* What a member takes beside its bytes and its name: lengths and names. */
#define MEMBER_RECORD_BYTES	64
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

const struct extract_limits extract_limits_ocr = {
	.wall_ms = OCR_WALL_S * 1000,
	.cpu_s = OCR_CPU_S,
	.memory_bytes = OCR_MEMORY_BYTES,
	.output_bytes = (size_t)32 << 20,
	.file_bytes = (size_t)64 << 20,
};

/* The first is ours: raise it when a format reads differently. */
#define TEXT_VERSION "10" POPPLER LIBXML2
#ifdef POPPLER_VERSION
#define POPPLER " poppler-" POPPLER_VERSION
#else
#define POPPLER
#endif
#ifdef LIBXML2_VERSION
#define LIBXML2 " libxml2-" LIBXML2_VERSION
#else
#define LIBXML2
#endif

const char *
extractor_version(void)
{
	return TEXT_VERSION;
}

const char *
extractor_ocr_version(void)
{
#ifdef TESSERACT_VERSION
	return TEXT_VERSION " ocr-" OCR_VERSION " tesseract-" TESSERACT_VERSION
	    " " OCR_LANGUAGES;
#else
	return NULL;
#endif
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
	x->members = x->pictures = x->recognised = 0;
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

/* What is asked about a file. */
struct question {
	int fd, sidecar_fd;	/* -1: there is none */
	bool is_unpack;		/* the files within it, not its text */
	size_t budget_bytes;	/* of those */
	size_t output_bytes;	/* an answer may be that long */
};

/* How the answer ended, the records aside; OK: as it should. */
struct verdict {
	enum extract_status status;
	char reason[160];
};

static void
condemn(struct verdict *v, enum extract_status status, const char *reason)
{
	v->status = status;
	snprintf(v->reason, sizeof v->reason, "%s", reason);
}

/* Hand a document over.  Returns -1 if the worker is gone. */
static int
send_request(struct extractor *e, const struct question *q)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = { 0 };
	struct wire_request req = {
		.cpu_s = e->limits.cpu_s,
		.memory_bytes = e->limits.memory_bytes,
		.file_bytes = e->limits.file_bytes,
		.budget_bytes = q->budget_bytes,
	};
	struct iovec iov = { &req, sizeof req };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control,
	};
	struct cmsghdr *c = &control.align;
	int fds[2];
	size_t n = 0;

	if (q->fd != -1) {
		req.what |= WIRE_DOCUMENT;
		fds[n++] = q->fd;
	}
	if (q->sidecar_fd != -1) {
		req.what |= WIRE_SIDECAR;
		fds[n++] = q->sidecar_fd;
	}
	if (q->is_unpack)
		req.what |= WIRE_UNPACK;
	msg.msg_controllen = CMSG_SPACE(n * sizeof *fds);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(n * sizeof *fds);
	memcpy(CMSG_DATA(c), fds, n * sizeof *fds);
	return sendmsg(e->worker.control, &msg, MSG_NOSIGNAL) == sizeof req ? 0 : -1;
}

/* Read what the pipe holds now.  Returns false if that is more than allowed. */
static bool
drain(struct extractor *e, size_t output_bytes)
{
	ssize_t n;

	for (;;) {
		n = read(e->worker.output, buf_room(&e->records, 65536), 65536);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		buf_grew(&e->records, (size_t)n);
		if (e->records.len > output_bytes)
			return false;
	}
}

enum outcome { ENDED, GONE, OVERTIME, FLOOD };

/*
 * Take in what the child writes until the worker says that it ended.  Then
 * the child is dead, and what the pipe holds is the rest of its records.
 */
static enum outcome
wait_child(struct extractor *e, size_t output_bytes, struct wire_reply *reply)
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
		if (p[1].revents != 0 && !drain(e, output_bytes))
			return FLOOD;
	}
	if (recv(e->worker.control, reply, sizeof *reply, 0) != sizeof *reply)
		return GONE;
	return drain(e, output_bytes) ? ENDED : FLOOD;
}

static void
judge_signal(int sig, struct verdict *v)
{
	char reason[64];

	snprintf(reason, sizeof reason, "SIG%s", sigabbrev_np(sig) != NULL ?
	    sigabbrev_np(sig) : "?");
	switch (sig) {
	case SIGSYS:
		condemn(v, EXTRACT_VIOLATION, "forbidden system call");
		break;
	case SIGXCPU:
		condemn(v, EXTRACT_LIMIT_CPU, "");
		break;
	default:
		condemn(v, EXTRACT_CRASHED, reason);
	}
}

/* What is so of the document, given how its child ended. */
static void
judge(const struct extractor *e, const struct wire_reply *reply,
    struct verdict *v)
{
	int status = reply->wait_status;
	char reason[32];

	condemn(v, EXTRACT_OK, "");
	if (reply->error != 0)
		condemn(v, EXTRACT_CRASHED, strerror(reply->error));
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL &&
	    reply->cpu_us >= (uint64_t)e->limits.cpu_s * 1000000)
		condemn(v, EXTRACT_LIMIT_CPU, "");
	else if (WIFSIGNALED(status))
		judge_signal(WTERMSIG(status), v);
	else if (WEXITSTATUS(status) == WIRE_EXIT_MEMORY)
		condemn(v, EXTRACT_LIMIT_MEMORY, "");
	else if (WEXITSTATUS(status) == WIRE_EXIT_ABORT)
		condemn(v, EXTRACT_CRASHED, "SIGABRT");
	else if (WEXITSTATUS(status) == WIRE_EXIT_IO)
		condemn(v, EXTRACT_IO, "");
	else if (WEXITSTATUS(status) == WIRE_EXIT_SANDBOX)
		condemn(v, EXTRACT_CRASHED, "could not be confined");
	else if (WEXITSTATUS(status) != 0) {
		snprintf(reason, sizeof reason, "exit status %d",
		    WEXITSTATUS(status));
		condemn(v, EXTRACT_CRASHED, reason);
	}
}

/*
 * Ask the worker about one document; its answer is in e->records.  Returns -1
 * if the worker was gone before it could be asked.
 */
static int
ask_once(struct extractor *e, const struct question *q, struct verdict *v)
{
	struct wire_reply reply;
	enum outcome outcome;

	buf_cut(&e->records, 0);
	if (send_request(e, q) == -1) {
		worker_stop(&e->worker);
		return -1;
	}
	outcome = wait_child(e, q->output_bytes, &reply);
	if (outcome == ENDED) {
		e->failures = 0;
		judge(e, &reply, v);
		return 0;
	}
	worker_stop(&e->worker);
	if (outcome == OVERTIME)
		condemn(v, EXTRACT_LIMIT_WALL, "");
	else if (outcome == FLOOD)
		condemn(v, EXTRACT_LIMIT_OUTPUT, "");
	else {
		condemn(v, EXTRACT_CRASHED, "the extractor itself died");
		e->failures++;
	}
	return 0;
}

/* The same with a new worker as often as it takes. */
static int
ask(struct extractor *e, const struct question *q, struct verdict *v,
    struct error *err)
{
	while (e->failures < MAX_FAILURES) {
		if (e->worker.pid == 0 &&
		    worker_start(e->program, &e->worker, err) == -1)
			return -1;
		if (ask_once(e, q, v) == 0)
			break;
		e->failures++;
	}
	if (e->failures >= MAX_FAILURES)
		return error_set(err, ERROR_CONFIG,
		    "%s: died %d times in a row", e->program, MAX_FAILURES);
	return 0;
}

static void
forget_answer(struct extractor *e)
{
	if (e->records.cap > KEEP_BYTES)
		buf_clear(&e->records);
}

/* Read one document; also half an answer has its sidecar's properties. */
static int
read_surely(struct extractor *e, int fd, int sidecar_fd, struct extracted *x,
    struct error *err)
{
	struct question q = {
		.fd = fd, .sidecar_fd = sidecar_fd,
		.output_bytes = e->limits.output_bytes,
	};
	struct verdict v;

	if (ask(e, &q, &v, err) == -1)
		return -1;
	if (!records_read(buf_str(&e->records), e->records.len, x) &&
	    v.status == EXTRACT_OK)
		condemn(&v, EXTRACT_CRASHED, "malformed records");
	if (v.status != EXTRACT_OK)
		set_failed(x, v.status, v.reason);
	forget_answer(e);
	return 0;
}

/* What can be said of a file without opening a parser; OK: nothing. */
static enum extract_status
look_at(const struct extractor *e, const struct stat *st, bool may_be_empty)
{
	if (!S_ISREG(st->st_mode))
		return EXTRACT_NOT_REGULAR;
	if ((uint64_t)st->st_size > e->limits.file_bytes)
		return EXTRACT_TOO_BIG;
	if (st->st_size == 0 && !may_be_empty)
		return EXTRACT_EMPTY;
	return EXTRACT_OK;
}

static bool
is_changed(const struct stat *a, const struct stat *b)
{
	struct stamp x = stamp_of(a), y = stamp_of(b);

	return !stamp_equal(&x, &y);
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

static int
unpack_surely(struct extractor *e, int fd, size_t budget_bytes,
    struct members *m, struct verdict *v, struct error *err)
{
	struct question q = {
		.fd = fd, .sidecar_fd = -1,
		.is_unpack = true, .budget_bytes = budget_bytes,
		.output_bytes = budget_bytes + WIRE_MEMBERS *
		    (WIRE_MEMBER_NAME_BYTES + MEMBER_RECORD_BYTES),
	};
	enum extract_status status;
	char reason[160];

	if (ask(e, &q, v, err) == -1)
		return -1;
	if (v->status == EXTRACT_OK) {
		if (members_read(&e->records, m, &status, reason))
			condemn(v, status, reason);
		else
			condemn(v, EXTRACT_CRASHED, "malformed records");
	}
	forget_answer(e);
	return 0;
}

int
extractor_unpack(struct extractor *e, int fd, size_t budget_bytes,
    struct members *out, enum extract_status *status, char reason[160],
    struct error *err)
{
	CLEAN(members_clear) struct members m = { 0 };
	struct verdict v = { EXTRACT_OK, "" };
	struct stat before, after;

	if (fstat(fd, &before) == -1)
		condemn(&v, EXTRACT_IO, strerror(errno));
	else if ((v.status = look_at(e, &before, true)) == EXTRACT_OK &&
	    before.st_size > 0) {
		if (unpack_surely(e, fd, budget_bytes, &m, &v, err) == -1)
			return -1;
		/* Another time, then: what it was is not known. */
		if (fstat(fd, &after) == -1 || is_changed(&before, &after)) {
			members_clear(&m);
			condemn(&v, EXTRACT_CHANGED, "");
		}
	}
	*status = v.status;
	snprintf(reason, 160, "%s", v.reason);
	*out = m;
	m = (struct members){ 0 };
	return 0;
}
