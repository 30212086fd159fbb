/*
 * Xapian's check, from C: whole databases and tables, damaged ones, none.
 */
#include <config.h>

#include "xapw.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"
#include "tap.h"

static struct xap_error err;

static void
add(struct xapw_db *w, unsigned n)
{
	char word[8][16];
	struct xapw_term terms[8];
	uint32_t positions[8], i;
	struct xapw_doc doc = { .terms = terms, .nterms = 8,
	    .positions = positions, .npositions = 8, .data = "data", .ndata = 4 };

	for (i = 0; i < 8; i++) {
		snprintf(word[i], sizeof word[i], "w%u%05u", i, n * 7 % 9973);
		terms[i] = (struct xapw_term){ word[i], strlen(word[i]), 1, 1 };
		positions[i] = i + 1;
	}
	if (xapw_add(w, &doc, NULL, &err) == -1)
		abort();
}

static void
make_database(const char *name)
{
	struct xapw_db *w = NULL;
	unsigned n;

	if (xapw_create(at(name), &w, &err) == -1)
		abort();
	for (n = 0; n < 2000; n++)
		add(w, n);
	if (xapw_commit(w, &err) == -1)
		abort();
	xapw_free(&w);
}

static int
is_good(const char *path)
{
	size_t errors = 99;

	return xap_check(at(path), &errors, &err) == 0 && errors == 0;
}

/*
 * What a check of a damaged table comes to, in a child: it may crash.  1:
 * found; 0: it is said to be good.
 */
static int
is_found(const char *path)
{
	size_t errors = 0;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		int rc = xap_check(at(path), &errors, &err);

		_exit(rc == -1 || errors > 0);
	}
	if (pid == -1 || waitpid(pid, &status, 0) == -1)
		abort();
	return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

static int
refused(const char *path, enum xap_code code)
{
	size_t errors = 99;

	err.code = XAP_OK;
	if (xap_check(at(path), &errors, &err) == -1 && err.code == code &&
	    errors == 99)
		return 1;
	printf("# code %d: %s\n", (int)err.code, err.msg);
	return 0;
}

static void
overwrite(const char *name, off_t from, size_t n)
{
	static const char zeros[8192];
	int fd = open(at(name), O_WRONLY | O_CLOEXEC);

	if (fd == -1 || pwrite(fd, zeros, n, from) != (ssize_t)n)
		abort();
	close(fd);
}

static void
test_good(void)
{
	make_database("db");
	ok(is_good("db"), "a whole database is good");
	ok(is_good("db/postlist.glass") && is_good("db/position.glass") &&
	    is_good("db/termlist.glass") && is_good("db/docdata.glass"),
	    "so is each of its tables by itself");
}

static void
test_absent(void)
{
	ok(refused("nowhere", XAP_NOINDEX), "what is not there is not checked");
	ok(refused("db/spelling.glass", XAP_NOINDEX),
	    "nor a table that is not there");
	if (mkdir(at("empty"), 0755) == -1)
		abort();
	ok(refused("empty", XAP_NOINDEX), "an empty directory is no database");
}

static void
test_damaged(void)
{
	make_database("bad");
	overwrite("bad/postlist.glass", 8192, 8192);
	ok(is_found("bad/postlist.glass"), "a block of zeros is found");
	ok(is_found("bad"), "in the whole database too");
	ok(is_good("bad/position.glass"), "other tables are good all the same");
	if (truncate(at("bad/position.glass"), 8192) == -1)
		abort();
	ok(is_found("bad/position.glass"), "a table that is cut is found");
}

/* Only what stands in the files may tell: nothing is printed. */
static void
test_silence(void)
{
	int out = dup(STDOUT_FILENO), fd;
	struct stat st = { .st_size = -1 };
	size_t errors;

	fflush(stdout);
	fd = open(at("printed"), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (out == -1 || fd == -1 || dup2(fd, STDOUT_FILENO) == -1)
		abort();
	xap_check(at("db"), &errors, &err);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	ok(fstat(fd, &st) == 0 && st.st_size == 0, "a check prints nothing");
	close(fd);
	close(out);
}

int
main(void)
{
	scratch_make();
	test_good();
	test_absent();
	test_damaged();
	test_silence();
	scratch_remove();
	return tap_done();
}
