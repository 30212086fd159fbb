/*
 * merge: the database of a new generation, out of what stays of the live one
 * and the shards of a job.
 *
 * A large base of which little changed stays as it is and gets a delta
 * (database.h); else one base is compacted of all.
 *
 * Used by cmd/job.c and publication.c.
 */
#ifndef MERGE_H
#define MERGE_H

#include <stdbool.h>

#include "base/error.h"
#include "cmd/publication.h"
#include "index/database.h"

/* How the database is made. */
struct merge {
	const struct publication *p;
	const char *built;	/* its directory, which is made */
	struct hidden hidden;	/* documents of the live base that are no more */
	size_t nstay;		/* documents of the live delta that are */
	bool has_delta;
	/*
	 * The directory whose base a delta is put beside; NULL if there is no
	 * delta.  If it is another generation's than the live one's, with the
	 * same base in files of its own, it is shared by hard links: so two
	 * generations in a row never lie in the same files, and one damaged
	 * file leaves one to roll back to.  Else the live one's is copied.
	 */
	char *base;
	bool is_shared;
};

/*
 * The directory of the newest generation, or the spare, that should have the
 * live one's base in files of its own; NULL if there is none.  The caller
 * frees it.
 */
char *merge_find_twin(const struct generation *);

/* Decide it.  Clear with merge_clear(). */
int merge_plan(const struct publication *, const char *built,
    struct merge *out, struct error *);
void merge_clear(struct merge *);

/* Compare with their manifests all files of generations that are built upon. */
int merge_verify(const struct merge *, struct error *);
/* Make it. */
int merge_make(const struct merge *, struct error *);

#endif
