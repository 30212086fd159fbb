/*
 * state: what all processes of a job share in the laboratory.
 *
 * A file named by $LAB_STATE, mapped by every process, so that the k-th call
 * is the k-th of the whole job.  torture.sh reads its first words.
 *
 *    LAB_KINDS=write,sync    calls that are counted (see calls.h)
 *    LAB_AT=K                the one to act at, from 1; 0: only count
 *    LAB_DO=fail             it fails with the number in LAB_ERRNO
 *    LAB_DO=fails            so do all that follow
 *    LAB_DO=kill             the job is killed, halfway through a write
 *    LAB_DO=abort            the program is aborted there, to see where it is
 *    LAB_DO=full             no call matters: LAB_BYTES can be written, then
 *                            the disk is full
 *    LAB_STACKS=1            memory only: count a call only if none was made
 *                            from that place, along that way, before
 *
 * Used by fault.c, memory.c and record.c.
 */
#ifndef STATE_H
#define STATE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "calls.h"

#define LAB_STACKS (1 << 16)

struct lab_state {
	atomic_ulong calls;	/* of the chosen kinds */
	atomic_ulong fired;	/* that failed, or got the job killed */
	atomic_ulong written;	/* bytes */
	atomic_ulong group;	/* the job's process group */
	char what[480];		/* the first that failed */
	atomic_int lock;	/* 0: not made yet, 1: being made, 2: made */
	pthread_mutex_t mutex;
	_Atomic uint64_t stacks[LAB_STACKS];
};

enum lab_do { LAB_FAIL, LAB_FAILS, LAB_KILL, LAB_ABORT, LAB_FULL };

struct lab {
	struct lab_state *state;	/* NULL: do nothing */
	bool counts[NCALLS];
	unsigned long at;
	unsigned long bytes;
	enum lab_do what;
	bool has_stacks;
	int error;
};

/* What the environment asks for; read once. */
const struct lab *lab(void);

/* Count a call; true if it is the one to act at. */
bool lab_is_due(const struct lab *, enum call_kind, const char *what);
/* Kill every process of the job. */
_Noreturn void lab_kill(const struct lab *);

#endif
