#include <config.h>

#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

const char *const call_names[NCALLS] = {
	[CALL_OPEN] = "open",
	[CALL_WRITE] = "write",
	[CALL_COPY] = "copy",
	[CALL_TRUNCATE] = "truncate",
	[CALL_SYNC] = "sync",
	[CALL_CLOSE] = "close",
	[CALL_MKDIR] = "mkdir",
	[CALL_RENAME] = "rename",
	[CALL_LINK] = "link",
	[CALL_REMOVE] = "remove",
	[CALL_LOOK] = "look",
	[CALL_READ] = "read",
	[CALL_LIST] = "list",
	[CALL_STAT] = "stat",
	[CALL_MEMORY] = "memory",
	[CALL_FORK] = "fork",
};

static const char *const do_names[] = {
	[LAB_FAIL] = "fail", [LAB_FAILS] = "fails",
	[LAB_KILL] = "kill", [LAB_ABORT] = "abort", [LAB_FULL] = "full",
};

static _Noreturn void
give_up(const char *why)
{
	fprintf(stderr, "lab: %s: %s\n", why, strerror(errno));
	_exit(99);
}

static struct lab_state *
map(const char *path)
{
	struct lab_state *s;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd == -1 || ftruncate(fd, sizeof *s) == -1)
		give_up(path);
	s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (s == MAP_FAILED)
		give_up(path);
	close(fd);
	return s;
}

static unsigned long
number(const char *name)
{
	const char *s = getenv(name);

	return s != NULL ? strtoul(s, NULL, 10) : 0;
}

static void
take_kinds(struct lab *l, const char *kinds)
{
	size_t n, i;

	for (; kinds != NULL && *kinds != '\0'; kinds += n) {
		kinds += *kinds == ',';
		n = strcspn(kinds, ",");
		for (i = 0; i < NCALLS; i++)
			if (strlen(call_names[i]) == n &&
			    memcmp(call_names[i], kinds, n) == 0)
				l->counts[i] = true;
	}
}

const struct lab *
lab(void)
{
	static struct lab l;
	static bool is_read;
	const char *path, *what;
	size_t i;

	if (is_read)
		return &l;
	is_read = true;
	if ((path = getenv("LAB_STATE")) == NULL)
		return &l;
	take_kinds(&l, getenv("LAB_KINDS"));
	l.at = number("LAB_AT");
	l.bytes = number("LAB_BYTES");
	l.error = (int)number("LAB_ERRNO");
	l.has_stacks = number("LAB_STACKS") != 0;
	what = getenv("LAB_DO");
	for (i = 0; i < sizeof do_names / sizeof *do_names; i++)
		if (what != NULL && strcmp(what, do_names[i]) == 0)
			l.what = (enum lab_do)i;
	l.state = map(path);
	return &l;
}

/*
 * The first process makes its group, and is known by it: extractors are in
 * groups of their own, but end with the process that they work for.
 */
__attribute__((constructor)) static void
begin(void)
{
	const struct lab *l = lab();
	unsigned long none = 0;

	if (l->state == NULL || l->what != LAB_KILL || l->at == 0)
		return;
	if (atomic_compare_exchange_strong(&l->state->group, &none,
	    (unsigned long)getpid()))
		setpgid(0, 0);
}

bool
lab_is_due(const struct lab *l, enum call_kind kind, const char *what)
{
	struct lab_state *s = l->state;
	unsigned long n;

	if (s == NULL || !l->counts[kind])
		return false;
	n = atomic_fetch_add(&s->calls, 1) + 1;
	if (l->at == 0 || n < l->at || (n > l->at && l->what != LAB_FAILS))
		return false;
	if (atomic_fetch_add(&s->fired, 1) == 0)
		snprintf(s->what, sizeof s->what, "%s %s", call_names[kind],
		    what);
	if (l->what == LAB_ABORT)
		abort();
	return true;
}

void
lab_kill(const struct lab *l)
{
	kill(-(pid_t)atomic_load(&l->state->group), SIGKILL);
	for (;;)
		pause();
}
