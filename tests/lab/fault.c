/*
 * fault: the k-th call of a job on a file fails, or is its last.
 *
 * An LD_PRELOAD library; see state.h for what the environment asks for.
 */
#include <config.h>
#undef _FORTIFY_SOURCE

#include "calls.h"

#include <dlfcn.h>
#include <errno.h>
#include <unistd.h>

#include "state.h"

/* Can nothing new be made on a full disk?  An odd number of bytes says so. */
static bool
is_barred(const struct lab *l, const struct call *c)
{
	bool makes = (c->kind == CALL_OPEN && c->is_new) ||
	    c->kind == CALL_MKDIR || c->is_clone;

	return makes && l->bytes % 2 != 0 &&
	    atomic_load(&l->state->written) >= l->bytes;
}

/* As a file system does that fills: what fits is written; then nothing is. */
static int
fill(const struct lab *l, struct call *c)
{
	bool writes = c->kind == CALL_WRITE || c->kind == CALL_COPY;
	unsigned long used;

	if (writes && c->size > 0) {
		used = atomic_fetch_add(&l->state->written, c->size);
		if (used + c->size <= l->bytes)
			return 0;
		if (used < l->bytes) {
			c->size = l->bytes - used;
			return 0;
		}
	} else if (!is_barred(l, c))
		return 0;
	atomic_fetch_add(&l->state->fired, 1);
	errno = ENOSPC;
	return -1;
}

/* Half of it reaches the file. */
static void
tear(const struct call *c)
{
	if (c->kind == CALL_WRITE && c->size > 1 &&
	    pwrite(c->fd, c->data, c->size / 2, c->at) == -1)
		return;
}

int
call_before(struct call *c)
{
	const struct lab *l = lab();

	if (l->state == NULL)
		return 0;
	if (l->what == LAB_FULL)
		return fill(l, c);
	if (!lab_is_due(l, c->kind, c->path))
		return 0;
	if (l->what == LAB_KILL) {
		tear(c);
		lab_kill(l);
	}
	errno = l->error;
	return -1;
}

void
call_after(struct call *c, long rc)
{
	(void)c;
	(void)rc;
}

pid_t
fork(void)
{
	static __typeof__(fork) *next;

	if (lab_is_due(lab(), CALL_FORK, "")) {
		errno = EAGAIN;
		return -1;
	}
	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "fork");
	return next();
}
