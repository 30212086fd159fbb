/*
 * progress: how far long work is, for who looks on.
 *
 * One line on standard error, if that is a terminal; it vanishes at the end.
 * Work follows work, each with a name: "reading", "checking".
 *
 * Used by cmd/job.c, publication.c and reread.c.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stddef.h>

/*
 * Begin work on all things, of which only their number is known; 0: not even
 * that, and just the name is shown.  The name is borrowed until the end.
 */
void progress_begin(const char *what, size_t all);
/* So many are done; shown at most ten times a second. */
void progress_step(size_t done);
/* The work is done or stopped: the line is cleared.  May be called twice. */
void progress_end(void);

/*
 * The line as it is shown, cut to width columns: for tests.  rate is in things
 * a second, 0 if it is not known yet.
 */
struct buf;
void progress_print(const char *what, size_t done, size_t all, double rate,
    unsigned width, struct buf *out);

#endif
