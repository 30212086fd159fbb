/*
 * plan: what has to change in the index to match the corpus.
 *
 * A plan is computed, never guessed: it depends on two sorted lists and on
 * nothing else, so the same lists always give the same plan.
 *
 * Used by cmd/index.c and the steps of its job.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stddef.h>
#include <stdint.h>

/* A file, and a number that changes when anything about it does. */
struct stamped {
	const char *path;
	uint64_t stamp;
};

enum plan_what {
	PLAN_KEEP,
	PLAN_ADD,
	PLAN_UPDATE,
	PLAN_DELETE,
	PLAN_UNKNOWN,		/* cannot be seen: stays as it was */
	NPLANS
};

struct plan_step {
	enum plan_what what;
	size_t disk;		/* index in the list of files; DELETE: none */
	size_t index;		/* index in the list of the index; ADD: none */
};

struct plan {
	struct plan_step *steps;	/* by path */
	size_t nsteps, cap;
	size_t counts[NPLANS];
};

/*
 * Compare what is on disk with what is indexed.  Both lists are sorted by
 * path (strcmp), without doubles.  Free with plan_clear().
 */
void plan_make(const struct stamped *disk, size_t ndisk,
    const struct stamped *index, size_t nindex, struct plan *out);
/* Make a step of the plan another one. */
void plan_change(struct plan *, struct plan_step *, enum plan_what);
void plan_clear(struct plan *);

#endif
