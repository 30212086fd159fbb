/*
 * aside: a function run in a process of its own, side by side with ours.
 *
 * What it does to memory is lost; what it does to files stays, and how it
 * ended comes back, by error_end() too.  The process ends with ours, whatever
 * ends ours.
 *
 * Used by cmd/ and index/verify.c.
 */
#ifndef ASIDE_H
#define ASIDE_H

#include <sys/types.h>

#include "base/error.h"

struct aside {
	pid_t pid;		/* 0: none */
	int fd;			/* its error comes through it */
};

/* Start fn(arg).  Returns -1 with ERROR_IO if there can be no process. */
int aside_start(int (*fn)(void *arg, struct error *), void *arg,
    struct aside *out, struct error *);
/*
 * Wait for it.  Returns -1 with its error; if it ended in another way than
 * returning, with ERROR_INDEX and what, which says what it was doing.
 */
int aside_finish(struct aside *, const char *what, struct error *);
/* End it, if it was started and not waited for. */
void aside_stop(struct aside *);

#endif
