#include <config.h>

#include "gather/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gather/walk.h"
#include "tap.h"

/* Short, so that a test is. */
static const struct extract_limits limits = {
	.wall_ms = 3000,
	.cpu_s = 1,
	.memory_bytes = (size_t)256 << 20,
	.output_bytes = 1 << 20,
	.file_bytes = 1 << 20,
};

static char *worker;

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int
document(const char *text)
{
	int fd = memfd_create("document", MFD_CLOEXEC);

	if (fd == -1 || write(fd, text, strlen(text)) == -1)
		ok(0, "a document can be made: %s", strerror(errno));
	return fd;
}

static struct extracted
read_text(struct extractor *e, const char *text, const char *sidecar)
{
	struct extracted x = { 0 };
	struct error err = ERROR_INIT;
	int fd = text != NULL ? document(text) : -1;
	int sidecar_fd = sidecar != NULL ? document(sidecar) : -1;

	if (extractor_read(e, fd, sidecar_fd, &x, &err) == -1) {
		printf("# %s\n", err.msg);
		x.status = EXTRACT_NSTATUS;
	}
	if (fd != -1)
		close(fd);
	if (sidecar_fd != -1)
		close(sidecar_fd);
	return x;
}

static bool
is_good(struct extractor *e)
{
	CLEAN(extracted_clear) struct extracted x =
	    read_text(e, "good\nvan\ttext", NULL);

	return x.status == EXTRACT_OK && x.nmeta == 1 &&
	    strcmp(buf_str(&x.text), "Kop\ngood van\ttext\n") == 0;
}

static const struct {
	const char *text;
	enum extract_status status;
	const char *reason;
	const char *title;
} ends[] = {
	{ "broken\n", EXTRACT_MALFORMED, "no trailer", "a broken document" },
	{ "unread\n", EXTRACT_UNSUPPORTED, "", "a format that is not read" },
	{ "?\n", EXTRACT_UNKNOWN, "", "an unknown format" },
	{ "", EXTRACT_EMPTY, "", "an empty file" },
	{ "crash\n", EXTRACT_CRASHED, "SIGSEGV", "a crash" },
	{ "abort\n", EXTRACT_CRASHED, "SIGABRT", "an abort" },
	{ "corrupt\n", EXTRACT_CRASHED, "SIGABRT", "a double free" },
	{ "recurse\n", EXTRACT_CRASHED, "SIGSEGV", "endless recursion" },
	{ "loop\n", EXTRACT_LIMIT_CPU, "", "an endless loop" },
	{ "sleep\n", EXTRACT_LIMIT_WALL, "", "a sleeper" },
	{ "flood\n", EXTRACT_LIMIT_OUTPUT, "", "a flood" },
	{ "hog\n", EXTRACT_LIMIT_MEMORY, "", "a memory hog" },
	{ "hog-abort\n", EXTRACT_LIMIT_MEMORY, "", "one that aborts" },
	{ "hog-broken\n", EXTRACT_LIMIT_MEMORY, "", "one that gives up" },
	{ "exit\n", EXTRACT_CRASHED, "malformed records", "an early exit" },
	{ "forge\n", EXTRACT_CRASHED, "malformed records",
	    "records behind the end" },
	{ "swallow\n", EXTRACT_CRASHED, "malformed records",
	    "a record longer than there is" },
	{ "claim\n", EXTRACT_CRASHED, "malformed records",
	    "a status that is not its own" },
	{ "socket\n", EXTRACT_VIOLATION, "forbidden system call",
	    "an attempt to connect" },
	{ "control\n", EXTRACT_SCAN, "", "looking for the control socket" },
};

/* AddressSanitizer takes over crashes, and has no limit of memory. */
static bool
is_tried(const char *text)
{
#ifdef SANITIZERS
	return strncmp(text, "hog", 3) != 0 && strcmp(text, "crash\n") != 0 &&
	    strcmp(text, "corrupt\n") != 0 && strcmp(text, "recurse\n") != 0;
#else
	(void)text;
	return true;
#endif
}

/* A loop that a busy machine leaves no processor ends by the clock. */
static bool
is_ended(enum extract_status status, enum extract_status as)
{
	return status == as || (as == EXTRACT_LIMIT_CPU &&
	    status == EXTRACT_LIMIT_WALL);
}

static void
test_ends(struct extractor *e)
{
	size_t i;

	for (i = 0; i < NELEM(ends); i++) {
		int64_t start = now_ms(), ms;
		struct extracted x;

		if (!is_tried(ends[i].text))
			continue;
		x = read_text(e, ends[i].text, NULL);
		ms = now_ms() - start;
		ok(is_ended(x.status, ends[i].status) &&
		    strcmp(x.reason, ends[i].reason) == 0 && ms < 4000,
		    "%s is %s within limits%s%s", ends[i].title,
		    extract_status_name(ends[i].status),
		    *ends[i].reason ? ": " : "", ends[i].reason);
		if (x.status != ends[i].status)
			printf("# %s: %s, %d ms\n", x.status < EXTRACT_NSTATUS ?
			    extract_status_name(x.status) : "-", x.reason,
			    (int)ms);
		extracted_clear(&x);
		ok(is_good(e), "the document behind %s is read", ends[i].title);
	}
}

static void
test_document(struct extractor *e)
{
	CLEAN(extracted_clear) struct extracted x = read_text(e,
	    "good\n  a\r\n\x01 b\xff\xe2\x80\xae", "<side> car </side>");

	ok(x.status == EXTRACT_OK && strcmp(x.format, "good") == 0 &&
	    x.pages == 1 && x.nmeta == 2, "a document is read");
	ok(strcmp(buf_str(&x.text), "Kop\ngood a b\xef\xbf\xbd\n") == 0,
	    "its text is clean and folded");
	ok(strcmp(x.meta[0].name, "diwoo:all") == 0 &&
	    strcmp(x.meta[0].value, "<side> car </side>") == 0 &&
	    strcmp(x.meta[1].name, "test:size") == 0 &&
	    strcmp(x.meta[1].value, "12") == 0,
	    "the sidecar comes before the document");
	ok(x.nmarks == 2 && x.marks[0].page == 1 && x.marks[0].at == 0 &&
	    x.marks[1].level == 1 && x.marks[1].at == 0 &&
	    x.marks[1].len == 3, "pages and headings are marked");
}

static void
test_partial(struct extractor *e)
{
	struct extracted x;

#ifndef SANITIZERS
	x = read_text(e, "crash\n", "side");
	ok(x.status == EXTRACT_CRASHED && x.nmeta >= 1 &&
	    strcmp(x.meta[0].value, "side") == 0 && x.text.len == 0,
	    "what the sidecar said outlives a crash");
	extracted_clear(&x);
#endif
	x = read_text(e, NULL, "side");
	ok(x.status == EXTRACT_EMPTY && x.nmeta == 1,
	    "a sidecar is read without its document");
	extracted_clear(&x);
	x = read_text(e, "", "side");
	ok(x.status == EXTRACT_EMPTY && x.nmeta == 1,
	    "and with an empty one");
	extracted_clear(&x);
	x = read_text(e, NULL, NULL);
	ok(x.status == EXTRACT_EMPTY, "nothing is empty");
	extracted_clear(&x);
}

/* ---- the files within ---- */

static const struct {
	const char *text;
	size_t budget_bytes;
	enum extract_status status;
	const char *reason, *title;
} unpacked_ends[] = {
	{ "good\n", 100, EXTRACT_OK, "", "a format with none" },
	{ "?\n", 100, EXTRACT_OK, "", "an unknown format" },
	{ "", 100, EXTRACT_OK, "", "an empty file" },
	{ "pack-much\n", 100, EXTRACT_BOMB, "inflates beyond the limit",
	    "more than the budget" },
	{ "pack-flood\n", 100, EXTRACT_LIMIT_OUTPUT, "", "a flood" },
	{ "pack-lie\n", 100, EXTRACT_CRASHED, "malformed records",
	    "a name that leads out" },
	{ "pack-loop\n", 100, EXTRACT_LIMIT_CPU, "", "an endless loop" },
	{ "pack-abort\n", 100, EXTRACT_CRASHED, "SIGABRT", "an abort" },
};

static enum extract_status
unpack_text(struct extractor *e, const char *text, size_t budget_bytes,
    struct members *m, char reason[160])
{
	struct error err = ERROR_INIT;
	enum extract_status status = EXTRACT_NSTATUS;
	int fd = document(text);

	if (extractor_unpack(e, fd, budget_bytes, m, &status, reason,
	    &err) == -1)
		printf("# %s\n", err.msg);
	close(fd);
	return status;
}

static void
test_unpack(struct extractor *e)
{
	CLEAN(members_clear) struct members m = { 0 };
	char reason[160];
	size_t i;

	ok(unpack_text(e, "pack\nabc", 1000, &m, reason) == EXTRACT_OK &&
	    m.count == 2 && strcmp(m.items[0].name, "map/a") == 0 &&
	    m.items[1].len == 8 && memcmp(m.bytes.s + m.items[1].at,
	    "pack\nabc", 8) == 0, "the files within one are taken out");
	for (i = 0; i < NELEM(unpacked_ends); i++) {
		CLEAN(members_clear) struct members none = { 0 };
		enum extract_status status = unpack_text(e,
		    unpacked_ends[i].text, unpacked_ends[i].budget_bytes, &none,
		    reason);

		if (!ok(is_ended(status, unpacked_ends[i].status) && none.count == 0 &&
		    none.bytes.len == 0 &&
		    strcmp(reason, unpacked_ends[i].reason) == 0,
		    "no files, and %s: %s", extract_status_name(
		    unpacked_ends[i].status), unpacked_ends[i].title))
			printf("# %s: %s\n", status < EXTRACT_NSTATUS ?
			    extract_status_name(status) : "-", reason);
		ok(is_good(e), "and the next document is read");
	}
}

static enum extract_status
status_of(struct extractor *e, int fd)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	struct error err = ERROR_INIT;

	if (extractor_read(e, fd, -1, &x, &err) == -1)
		return EXTRACT_NSTATUS;
	close(fd);
	return x.status;
}

static void
test_files(struct extractor *e)
{
	int fd = document("good\n"), pipes[2];

	if (ftruncate(fd, 1 << 30) == -1 || pipe(pipes) == -1)
		ok(0, "files can be made");
	ok(status_of(e, fd) == EXTRACT_TOO_BIG, "a sparse gigabyte is too big");
	ok(status_of(e, pipes[0]) == EXTRACT_NOT_REGULAR, "a pipe is no file");
	close(pipes[1]);
	ok(status_of(e, open("/dev/zero", O_RDONLY)) == EXTRACT_NOT_REGULAR,
	    "a device is no file");
	ok(status_of(e, open("/", O_RDONLY)) == EXTRACT_NOT_REGULAR,
	    "a directory is no file");
}

/* A child writes to the file as long as the test reads it. */
static void
test_changing(struct extractor *e)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	struct error err = ERROR_INIT;
	int fd = document("good\n"), torn = 0, i;
	pid_t pid = fork();

	if (pid == 0)
		for (i = 0; ; i++)
			if (pwrite(fd, i & 1 ? "b" : "a", 1, 5) == -1)
				_exit(1);
	for (i = 0; i < 100; i++) {
		extracted_clear(&x);
		if (extractor_read(e, fd, -1, &x, &err) == -1 ||
		    (x.status != EXTRACT_CHANGED && x.status != EXTRACT_OK) ||
		    (x.status == EXTRACT_CHANGED && x.text.len > 0))
			torn++;
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	ok(torn == 0, "a file that keeps changing gives no text");
	ok(status_of(e, fd) == EXTRACT_OK, "and is read when it has settled");
}

static pid_t
child_of(pid_t parent)
{
	char path[64], line[64] = "";
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)parent,
	    (int)parent);
	if ((f = fopen(path, "r")) == NULL)
		return 0;
	if (fgets(line, sizeof line, f) == NULL)
		line[0] = '\0';
	fclose(f);
	return (pid_t)atoi(line);
}

/* Kill the worker between documents and, by a helper, in one. */
static void
test_killed(struct extractor *e)
{
	struct extracted x;
	pid_t self = getpid(), helper;

	kill(child_of(self), SIGKILL);
	usleep(100000);
	ok(is_good(e), "a worker that died between documents costs none");
	if ((helper = fork()) == 0) {
		usleep(200000);
		kill(child_of(self), SIGKILL);
		_exit(0);
	}
	x = read_text(e, "sleep\n", NULL);
	ok(x.status == EXTRACT_CRASHED, "one that dies in one costs that one");
	extracted_clear(&x);
	waitpid(helper, NULL, 0);
	ok(is_good(e), "and the next document is read");
}

/* Orphans come to us, who made themselves their reaper. */
static bool
is_gone(pid_t pid, int ms)
{
	for (; ms > 0 && waitpid(pid, NULL, WNOHANG) == 0; ms -= 10)
		usleep(10000);
	return ms > 0;
}

/* The supervisor is killed while a document is being read. */
static void
test_orphans(void)
{
	struct extractor *e = NULL;
	struct error err = ERROR_INIT;
	pid_t pid, its_worker, its_child;

	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	if ((pid = fork()) == 0) {
		if (extractor_start(worker, &limits, &e, &err) == 0)
			read_text(e, "sleep\n", NULL);
		_exit(0);
	}
	usleep(500000);
	its_worker = child_of(pid);
	its_child = child_of(its_worker);
	ok(its_worker > 0 && its_child > 0, "a document is being read");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	ok(is_gone(its_worker, 500) && is_gone(its_child, 500),
	    "kill -9 of the supervisor leaves no process");
}

static void
test_start(void)
{
	CLEAN(extractor_free) struct extractor *e = NULL;
	struct error err = ERROR_INIT;

	ok(extractor_start("/nonexistent", &limits, &e, &err) == -1 &&
	    err.kind == ERROR_CONFIG && e == NULL &&
	    strstr(err.msg, "No such file") != NULL,
	    "a program that is not there is named");
	ok(extractor_start("/bin/false", &limits, &e, &err) == -1 &&
	    err.kind == ERROR_CONFIG, "a program that ends is refused");
}

/*
 * The real extractor on a folder of files made to harm, if there are both:
 * NASLAG_EXTRACT and NASLAG_HOSTILE name them.
 */
static void
test_hostile(void)
{
	const char *program = getenv("NASLAG_EXTRACT");
	const char *folder = getenv("NASLAG_HOSTILE");
	CLEAN(extractor_free) struct extractor *e = NULL;
	CLEAN(walk_clear) struct walk w = { .root_fd = -1 };
	struct error err = ERROR_INIT;
	size_t i, late = 0, violations = 0, failures = 0;

	if (program == NULL || folder == NULL) {
		ok(1, "hostile files # SKIP no NASLAG_EXTRACT, NASLAG_HOSTILE");
		return;
	}
	if (!ok(walk_tree(folder, &w, &err) == 0 && extractor_start(program,
	    &extract_limits_default, &e, &err) == 0,
	    "hostile files are at hand")) {
		printf("# %s\n", err.msg);
		return;
	}
	for (i = 0; i < w.count; i++) {
		CLEAN(extracted_clear) struct extracted x = { 0 };
		struct stamp now;
		int64_t start = now_ms();
		int fd = walk_open(&w, w.entries[i].path, &now);

		failures += extractor_read(e, fd, -1, &x, &err) == -1;
		close(fd);
		late += now_ms() - start > extract_limits_default.wall_ms + 1000;
		violations += x.status == EXTRACT_VIOLATION;
		if (x.status > EXTRACT_BOMB)
			printf("# %s: %s %s\n", w.entries[i].path,
			    extract_status_name(x.status), x.reason);
	}
	ok(failures == 0 && late == 0,
	    "each of %zu hostile files has a verdict in time", w.count);
	ok(violations == 0, "none of them tries what is forbidden");
}

static int
open_fds(void)
{
	int fd, n = 0;

	for (fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

/* With a number: read that many documents and say what one costs. */
static int
measure(int n)
{
	CLEAN(extractor_free) struct extractor *e = NULL;
	struct error err = ERROR_INIT;
	struct timespec a, b;
	int i;

	if (extractor_start(worker, &extract_limits_default, &e, &err) == -1)
		return 1;
	clock_gettime(CLOCK_MONOTONIC, &a);
	for (i = 0; i < n; i++) {
		struct extracted x = read_text(e, "plain\ntext", NULL);

		extracted_clear(&x);
	}
	clock_gettime(CLOCK_MONOTONIC, &b);
	printf("%.1f us a document\n", ((double)(b.tv_sec - a.tv_sec) * 1e9 +
	    (double)(b.tv_nsec - a.tv_nsec)) / 1e3 / n);
	return 0;
}

int
main(int argc, char **argv)
{
	CLEAN(extractor_free) struct extractor *e = NULL;
	CLEAN(str_free) char *own = realpath("/proc/self/exe", NULL);
	struct error err = ERROR_INIT;
	int fds = open_fds();

	*strrchr(own, '/') = '\0';
	worker = xasprintf("%s/extract-worker", own);
	if (argc > 1)
		return measure(atoi(argv[1]));
	test_start();
	if (!ok(extractor_start(worker, &limits, &e, &err) == 0,
	    "an extractor starts"))
		printf("# %s\n", err.msg);
	test_document(e);
	test_ends(e);
	test_partial(e);
	test_unpack(e);
	test_files(e);
	test_changing(e);
	test_killed(e);
	test_orphans();
	test_hostile();
	extractor_free(&e);
	ok(open_fds() == fds, "no descriptor is left open");
	ok(waitpid(-1, NULL, 0) == -1 && errno == ECHILD,
	    "no process is left behind");
	free(worker);
	return tap_done();
}
