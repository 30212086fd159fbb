/*
 * record: a log of all that a job does with files, in one order.
 *
 * An LD_PRELOAD library: appends to the file $LAB_LOG, see log.h.  A lock that
 * all processes share is held from before a call until it is in the log.
 */
#include <config.h>
#undef _FORTIFY_SOURCE

#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "state.h"

static _Noreturn void
give_up(const char *why)
{
	dprintf(STDERR_FILENO, "record: %s: %s\n", why, strerror(errno));
	_exit(99);
}

static pthread_mutex_t *
lock_of(struct lab_state *s)
{
	pthread_mutexattr_t attr;
	int none = 0;

	if (atomic_compare_exchange_strong(&s->lock, &none, 1)) {
		pthread_mutexattr_init(&attr);
		pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
		pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
		pthread_mutex_init(&s->mutex, &attr);
		atomic_store(&s->lock, 2);
	}
	while (atomic_load(&s->lock) != 2)
		sched_yield();
	return &s->mutex;
}

static const char *
relative(const char *path)
{
	size_t n = strlen(getenv("LAB_BELOW"));

	return path[n] == '/' ? path + n + 1 : "";
}

static void
append(enum log_what what, const struct call *c, uint64_t at,
    const void *data, size_t ndata)
{
	const char *path = relative(c->path);
	const char *to = *c->to != '\0' ? relative(c->to) : "";
	struct log_head h = {
		.what = what, .npath = (uint32_t)strlen(path),
		.nto = (uint32_t)strlen(to), .ndata = (uint32_t)ndata,
		.at = at,
	};
	struct stat st;
	FILE *f;

	if (c->fd != -1 && fstat(c->fd, &st) == 0)
		h.inode = st.st_ino;
	f = fopen(getenv("LAB_LOG"), "abe");
	if (f == NULL || fwrite(&h, sizeof h, 1, f) != 1 ||
	    fwrite(path, 1, h.npath, f) != h.npath ||
	    fwrite(to, 1, h.nto, f) != h.nto ||
	    fwrite(data, 1, ndata, f) != ndata || fclose(f) == EOF)
		give_up("cannot write the log");
}

/* What was written, read back: a copy hands over no data. */
static void
append_written(const struct call *c, size_t n)
{
	char *data = malloc(n + 1);
	char path[64];
	int fd;

	snprintf(path, sizeof path, "/proc/self/fd/%d", c->fd);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (data == NULL || fd == -1 || pread(fd, data, n, c->at) != (ssize_t)n)
		give_up("cannot read what was copied");
	append(LOG_WRITE, c, (uint64_t)c->at, data, n);
	close(fd);
	free(data);
}

static void
append_sync(const struct call *c)
{
	struct stat st;

	if (fstat(c->fd, &st) == 0)
		append(S_ISDIR(st.st_mode) ? LOG_SYNC_DIR : LOG_SYNC_FILE, c,
		    0, "", 0);
}

/* What is recorded of a call; NLOGS: nothing. */
static enum log_what
what_of(const struct call *c)
{
	static const enum log_what whats[NCALLS] = {
		[CALL_OPEN] = LOG_CREATE, [CALL_WRITE] = LOG_WRITE,
		[CALL_COPY] = LOG_WRITE, [CALL_TRUNCATE] = LOG_TRUNCATE,
		[CALL_SYNC] = LOG_SYNC_FILE, [CALL_CLOSE] = NLOGS,
		[CALL_MKDIR] = LOG_MKDIR, [CALL_RENAME] = LOG_RENAME,
		[CALL_LINK] = LOG_LINK, [CALL_REMOVE] = LOG_REMOVE, [CALL_LOOK] = NLOGS,
		[CALL_READ] = NLOGS, [CALL_LIST] = NLOGS, [CALL_STAT] = NLOGS,
		[CALL_MEMORY] = NLOGS, [CALL_FORK] = NLOGS,
	};

	if (c->kind == CALL_OPEN && !c->is_new)
		return c->is_cut ? LOG_TRUNCATE : NLOGS;
	return whats[c->kind];
}

int
call_before(struct call *c)
{
	const struct lab *l = lab();

	if (l->state == NULL || what_of(c) == NLOGS)
		return 0;
	if (c->is_clone) {
		errno = EOPNOTSUPP;	/* it shows no data */
		return -1;
	}
	if (pthread_mutex_lock(lock_of(l->state)) != 0)
		give_up("cannot lock");
	return 0;
}

void
call_after(struct call *c, long rc)
{
	const struct lab *l = lab();
	enum log_what what = what_of(c);

	if (l->state == NULL || what == NLOGS)
		return;
	if (rc == -1)
		;
	else if (c->kind == CALL_COPY)
		append_written(c, (size_t)rc);
	else if (c->kind == CALL_WRITE)
		append(what, c, (uint64_t)c->at, c->data, (size_t)rc);
	else if (c->kind == CALL_SYNC)
		append_sync(c);
	else
		append(what, c, c->size, "", 0);
	pthread_mutex_unlock(&l->state->mutex);
}
