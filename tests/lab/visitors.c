/*
 * visitors: those of the endpoint, each request a program of its own as a web
 * server starts it, while generations are published or taken away.
 *
 *    visitors PROGRAM PROCESSES REQUESTS DOCUMENTS STOP [INSIDE]
 *
 * The corpus is that of readers.c: a word that all DOCUMENTS have, and "merkN"
 * in every title and text, of one number for a whole generation.  An answer
 * has status 200 and one number only, which never goes back; where hits are
 * counted it has all documents.  With INSIDE it may be 503, too, which says
 * when to come back, and the word INSIDE is in no answer.  Ends when REQUESTS
 * were made and the file STOP exists.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static const struct question {
	const char *path, *string;
	const char *counts;	/* printf() of how many; NULL: no such */
	bool finds_none;
} questions[] = {
	{ "/v1/documenten", "q=zeegras&aantal=50", "\"totaal\": %u,", false },
	{ "/", "q=zeegras&aantal=50", ">%u documenten gevonden<", false },
	{ "/v1/documenten", "q=zeegrsa", NULL, false },
	/* Without positions it would be found. */
	{ "/v1/documenten", "q=%22zeegras+over%22", "\"totaal\": %u,", true },
	{ "/sru", "operation=searchRetrieve&version=1.2&query=zeegras",
	    "numberOfRecords>%u<", false },
	{ "/feed.atom", "q=zeegras&aantal=50", NULL, false },
	{ "/v1/suggesties", "q=zeeg", NULL, false },
	{ "/en/", "q=zee*&formaat=html", ">%u documents found<", false },
	{ "/v1/documenten", "q=%22over+zeegras%22&sorteer=datum",
	    "\"totaal\": %u,", false },
};

struct counts {
	atomic_ulong requests, unavailable, failures, switches;
	char first_failure[2048];
};

struct visitor {
	const char *program, *inside;
	unsigned documents;
	struct counts *counts;
	long number;		/* of the last answer */
};

extern char **environ;

/* Start the program with the variables of a request; -1: it cannot. */
static pid_t
start(const struct visitor *v, const struct question *q, int out)
{
	char *const argv[] = { (char *)(uintptr_t)v->program, NULL };
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;

	setenv("PATH_INFO", q->path, 1);
	setenv("QUERY_STRING", q->string, 1);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
	    O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
	    O_WRONLY, 0);
	if (posix_spawn(&pid, v->program, &actions, NULL, argv, environ) != 0)
		pid = -1;
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

/* Read what the program answers; returns how it ended, 0 if well. */
static int
get(const struct visitor *v, const struct question *q, struct buf *out)
{
	int pipes[2], status = -1;
	char bytes[65536];
	ssize_t n;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) == -1)
		return -1;
	pid = start(v, q, pipes[1]);
	close(pipes[1]);
	while (pid != -1 && ((n = read(pipes[0], bytes, sizeof bytes)) > 0 ||
	    (n == -1 && errno == EINTR)))
		if (n > 0)
			buf_add(out, bytes, (size_t)n);
	close(pipes[0]);
	buf_adds(out, "");
	if (pid == -1 || waitpid(pid, &status, 0) == -1)
		return -1;
	return status;
}

/* The one number in an answer; -1: there is none, -2: there are more. */
static long
number_in(const char *s)
{
	long number = -1, n;

	for (; (s = strstr(s, "merk")) != NULL; s += 4) {
		if (s[4] < '0' || s[4] > '9')
			continue;
		n = strtol(s + 4, NULL, 10);
		if (number != -1 && n != number)
			return -2;
		number = n;
	}
	return number;
}

static const char *
unavailable_fault(const struct visitor *v, const char *s)
{
	if (v->inside == NULL)
		return "unavailable";
	if (strstr(s, "\r\nRetry-After: ") == NULL)
		return "unavailable until when?";
	return NULL;
}

/* What is wrong with an answer; NULL: nothing. */
static const char *
fault(struct visitor *v, const struct question *q, int ended, const char *s)
{
	char counted[64];
	long number;

	if (ended != 0)
		return "the program ended badly";
	if (v->inside != NULL && strstr(s, v->inside) != NULL)
		return "it tells about the inside";
	if (strncmp(s, "Status: 503 ", 12) == 0) {
		atomic_fetch_add(&v->counts->unavailable, 1);
		return unavailable_fault(v, s);
	}
	if (strncmp(s, "Status: 200 ", 12) != 0)
		return "another status";
	if (q->counts != NULL) {
		snprintf(counted, sizeof counted, q->counts, q->finds_none ?
		    0 : v->documents);
		if (strstr(s, counted) == NULL)
			return "not all documents";
	}
	number = number_in(s);
	if (number == -2)
		return "two generations in one answer";
	if (number != -1 && number < v->number)
		return "an older generation";
	if (number != -1 && number != v->number) {
		atomic_fetch_add(&v->counts->switches, 1);
		v->number = number;
	}
	return NULL;
}

static void
visit(struct visitor *v, unsigned long turn)
{
	const struct question *q = &questions[turn % NELEM(questions)];
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	int ended = get(v, q, &out);
	const char *what = fault(v, q, ended, buf_str(&out));

	if (what != NULL) {
		printf("%s: %s?%s: %d, seen %ld, has %ld\n", what, q->path,
		    q->string, ended, v->number, number_in(buf_str(&out)));
		fflush(stdout);
		if (atomic_fetch_add(&v->counts->failures, 1) == 0)
			snprintf(v->counts->first_failure,
			    sizeof v->counts->first_failure, "%s",
			    buf_str(&out));
	}
	atomic_fetch_add(&v->counts->requests, 1);
}

static void
work(struct visitor *v, unsigned long first, unsigned long requests,
    const char *stop)
{
	unsigned long turn;

	for (turn = first; atomic_load(&v->counts->requests) < requests ||
	    access(stop, F_OK) == -1; turn++)
		visit(v, turn);
}

int
main(int argc, char **argv)
{
	struct counts *c = mmap(NULL, sizeof *c, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned long processes, requests, i;
	int status, bad = 0;

	if ((argc != 6 && argc != 7) || c == MAP_FAILED) {
		fputs("usage: visitors PROGRAM PROCESSES REQUESTS DOCUMENTS "
		    "STOP [INSIDE]\n", stderr);
		return 2;
	}
	setenv("REQUEST_METHOD", "GET", 1);
	processes = strtoul(argv[2], NULL, 10);
	requests = strtoul(argv[3], NULL, 10);
	for (i = 0; i < processes; i++) {
		struct visitor v = {
			.program = argv[1], .counts = c, .number = -1,
			.documents = (unsigned)strtoul(argv[4], NULL, 10),
			.inside = argc == 7 ? argv[6] : NULL,
		};

		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			work(&v, i, requests, argv[5]);
			exit(0);
		}
	}
	while (wait(&status) != -1)
		bad += status != 0;
	if (c->first_failure[0] != '\0')
		printf("the first was: %s\n", c->first_failure);
	printf("%lu requests, %lu unavailable, %lu failures, %lu switches "
	    "seen\n", c->requests, c->unavailable, c->failures, c->switches);
	return bad > 0 || c->failures > 0;
}
