/*
 * worker: a process of naslag-extract, started and ended.
 *
 * What it is told and says is in formats/wire.h.
 *
 * Used by gather/extract.c.
 */
#ifndef WORKER_H
#define WORKER_H

#include <sys/types.h>

#include "base/error.h"

struct worker {
	pid_t pid;		/* and its process group; 0: none */
	int control;		/* a socket */
	int output;		/* the reading end of a pipe, not blocking */
	int landlock_abi;	/* 0: its kernel has none */
};

#define WORKER_INIT { 0, -1, -1, 0 }

/*
 * Start program, an absolute path, and wait until it is ready.  It ends with
 * the thread that started it.  Returns -1 with ERROR_CONFIG.
 */
int worker_start(const char *program, struct worker *out, struct error *);
/* End it and whatever it started, at once; does nothing if there is none. */
void worker_stop(struct worker *);

#endif
