/*
 * lockdown: limits on this process, and the end of what it may do.
 *
 * Used by main.c: limits before anything is opened, the lock when all is that a
 * request may need, and before a byte of the request is looked into.
 */
#ifndef LOCKDOWN_H
#define LOCKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

#define LOCKDOWN_WALL_MS	1500
#define LOCKDOWN_CPU_S		2
#define LOCKDOWN_MEMORY		((size_t)256 << 20)	/* address space */

/*
 * Set the limits of RELIABILITY.md 6 and start the clock: when it has run out,
 * answer (n bytes) goes to stdout, note to stderr, and the process ends.  The
 * same when it ends by exit(), as it does without memory.  Both texts are
 * borrowed for good; they may be changed until the clock runs out.
 */
int lockdown_limits(struct error *);
void lockdown_last_words(const char *answer, size_t n, const char *note);

/* Can the kernel say which files may be opened?  (Landlock, Linux 5.13.) */
bool lockdown_confines_files(void);

/*
 * Give up for good: sockets, other programs, processes, writing files, and
 * opening any but to read what is below dir (NULL: none).  Where the kernel
 * does not confine files, none at all can be opened.  Returns -1 with
 * ERROR_BUG if the kernel refuses.
 */
int lockdown_enter(const char *dir, struct error *);

/* From here on the answer is being written: the last words would spoil it. */
void lockdown_answering(void);

#endif
