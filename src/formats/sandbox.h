/*
 * sandbox: take everything away from this process but reading what it has
 * open, writing what it has open, memory and computing.
 *
 * In two steps, because each document gets a process of its own and filters
 * of system calls are slow to install: sandbox_prepare() leaves what it takes
 * to start and confine children, and the children inherit that; what is left
 * to take from a child with sandbox_enter() is little.
 *
 * Used by formats/extractor.c.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct sandbox_limits {
	unsigned cpu_s;
	size_t memory_bytes;	/* address space; not under a sanitizer */
	bool may_grow_files;	/* what is open already may be a growing file */
};

struct sandbox;

/*
 * Confine the calling process, which has one thread, to forking, confining
 * and waiting for children and to the descriptors it has.  Returns -1 with
 * ERROR_BUG if the kernel cannot.  Free with sandbox_free().
 */
int sandbox_prepare(struct sandbox **out, struct error *);
void sandbox_free(struct sandbox **);

/* The Landlock ABI in use; 0 if the kernel has none: seccomp stands alone. */
int sandbox_landlock_abi(const struct sandbox *);

/*
 * Confine the calling process, the one that prepared or a child of it, for
 * good.  Returns -1 with errno set if that failed; then it must end before it
 * touches anything untrusted.
 */
int sandbox_enter(struct sandbox *, const struct sandbox_limits *);

#endif
