/*
 * t-progress: the progress line, and that it is seen on a terminal only.
 */
#include <config.h>

#include "cmd/progress.h"

#include <errno.h>
#include <pty.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

#include "tap.h"

/* ---- the line ---- */

static const struct {
	const char *what;
	size_t done, all;
	double rate;
	unsigned width;
	const char *expected;
} lines[] = {
	{ "reading", 0, 2000, 0, 60,
	    "reading    0 %  0 of 2,000" },
	{ "reading", 0, 2000, 0, 80,
	    "reading [>                      ]   0 %  0 of 2,000" },
	{ "reading", 1000, 2000, 100, 80,
	    "reading [===========>           ]  50 %  1,000 of 2,000"
	    "  0:10 left  100/s" },
	{ "reading", 2000, 2000, 250, 80,
	    "reading [=======================] 100 %  2,000 of 2,000"
	    "  0:00 left  250/s" },
	{ "reading", 1, 20412, 3.14, 100, NULL },
	{ "reading", 5000, 1000000, 1.5, 120, NULL },
	{ "reading", 7, 3, 1, 80, NULL },
	{ "reading", 500, 1000, 10, 40,
	    "reading   50 %  500 of 1,000  0:50 left " },
	{ "reading", 500, 1000, 10, 20, "reading   50 %  500 " },
	{ "reading", 500, 1000, 10, 1, "r" },
	{ "merging", 0, 0, 0, 80, "merging" },
	{ "merging", 0, 0, 0, 3, "mer" },
};

static void
test_lines(void)
{
	size_t i;

	for (i = 0; i < NELEM(lines); i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;

		progress_print(lines[i].what, lines[i].done, lines[i].all,
		    lines[i].rate, lines[i].width, &b);
		ok(b.len <= lines[i].width, "%zu of %zu fits in %u columns",
		    lines[i].done, lines[i].all, lines[i].width);
		if (lines[i].expected != NULL &&
		    !ok(strcmp(b.s, lines[i].expected) == 0, "and is '%s'",
		    lines[i].expected))
			printf("# got '%s'\n", b.s);
	}
}

static void
has(size_t done, size_t all, double rate, const char *expected)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	progress_print("x", done, all, rate, 200, &b);
	if (!ok(strstr(b.s, expected) != NULL, "%zu of %zu: %s", done, all,
	    expected))
		printf("# got '%s'\n", b.s);
}

/* ---- a terminal ---- */

static void
wait_ms(long ms)
{
	const struct timespec t = { 0, ms * 1000000 };

	nanosleep(&t, NULL);
}

/* 60 steps in 300 ms, then other work. */
static void
work(void)
{
	size_t i;

	progress_begin("reading", 60);
	for (i = 1; i <= 60; i++) {
		wait_ms(5);
		progress_step(i);
	}
	progress_begin("merging", 0);
	progress_end();
	progress_end();
	progress_step(3);
}

/* What standard error gets when it is a terminal of that many columns. */
static void
watch(const char *term, unsigned short columns, struct buf *out)
{
	struct winsize size = { .ws_row = 24, .ws_col = columns };
	int fd, status;
	ssize_t n;
	pid_t pid = forkpty(&fd, NULL, NULL, &size);

	if (pid == 0) {
		setenv("TERM", term, 1);
		work();
		_exit(0);
	}
	if (pid == -1)
		return;
	/* The end of a terminal is EIO. */
	while ((n = read(fd, buf_room(out, 4096), 4096)) > 0 ||
	    (n == -1 && errno == EINTR))
		if (n > 0)
			buf_grew(out, (size_t)n);
	close(fd);
	waitpid(pid, &status, 0);
}

static size_t
count(const char *s, const char *what)
{
	size_t n = 0;

	for (; (s = strstr(s, what)) != NULL; s += strlen(what))
		n++;
	return n;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* The longest line, in columns. */
static size_t
longest(const char *s)
{
	size_t most = 0, n;

	for (; *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, "\r\033");
		most = n > most ? n : most;
	}
	return most;
}

static void
test_terminal(void)
{
	CLEAN(buf_clear) struct buf wide = BUF_INIT, narrow = BUF_INIT;
	CLEAN(buf_clear) struct buf dumb = BUF_INIT;

	watch("xterm", 80, &wide);
	ok(strstr(buf_str(&wide), "reading [") != NULL,
	    "a terminal shows the work by name");
	ok(strstr(buf_str(&wide), "merging") != NULL, "and the next");
	ok(count(buf_str(&wide), "reading") >= 2 &&
	    count(buf_str(&wide), "reading") <= 12,
	    "at most ten times a second");
	ok(ends_with(buf_str(&wide), "\r\033[K"), "and is left clean");
	ok(strchr(buf_str(&wide), '\n') == NULL, "on one line");
	watch("xterm", 30, &narrow);
	ok(narrow.len > 0 && longest(narrow.s) < 30,
	    "a narrow terminal is not overrun");
	watch("dumb", 80, &dumb);
	ok(dumb.len == 0, "a terminal that cannot clear a line is spared");
}

static void
test_pipe(void)
{
	char s[64];
	int fds[2], saved = dup(STDERR_FILENO);
	ssize_t n;

	if (pipe(fds) == -1)
		return;
	dup2(fds[1], STDERR_FILENO);
	close(fds[1]);
	work();
	dup2(saved, STDERR_FILENO);
	close(saved);
	n = read(fds[0], s, sizeof s);
	close(fds[0]);
	ok(n == 0, "what is no terminal sees nothing");
}

int
main(void)
{
	test_lines();
	has(0, 10, 0, " 0 of 10");
	has(5, 10, 0.5, "0:10 left");
	has(5, 10, 0.5, "0.5/s");
	has(1000, 8200, 2, "1:00:00 left");
	has(20411, 20412, 12.6, " 99 % ");
	has(20411, 20412, 12.6, "20,411 of 20,412");
	has(20411, 20412, 12.6, "13/s");
	test_terminal();
	test_pipe();
	return tap_done();
}
