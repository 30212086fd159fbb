/*
 * generation: immutable databases, built aside and published by renaming.
 *
 *    INDEX/lock       held by the one job that builds
 *    INDEX/current    stub that names the published generation: readers open it
 *    INDEX/gen-N/     a generation: Xapian's tables and the list of files
 *    INDEX/work.N/    being built; removed by the next job if left behind
 *
 * Whatever stops a job, the published generation stays as it was: the rename
 * of current is the one point of publication.
 *
 * Used by cmd/index.c, cmd/publication.c and cmd/status.c.
 */
#ifndef GENERATION_H
#define GENERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* So many published generations are kept, the live one included. */
#define GENERATIONS_KEPT 5

struct generation {
	char *root;		/* the index directory */
	int lock_fd;
	uint32_t live;		/* number of the published one; 0: none */
	uint32_t number;	/* of the one to build */
	char *live_dir;		/* INDEX/gen-N, NULL if none */
	char *work_dir;		/* INDEX/work.N */
};

/*
 * Begin: make the index directory if need be, take the lock, remove what a
 * stopped job left, make the work directory.  Returns -1 with ERROR_BUSY if
 * another job holds the lock, ERROR_SPACE if something cannot be created,
 * ERROR_INDEX if the stub is damaged; from_nothing then sees no live one.
 * End with generation_end(), which removes the work directory.
 */
int generation_begin(const char *root, bool from_nothing,
    struct generation *out, struct error *);
void generation_end(struct generation *);

/*
 * Copy the live generation's database into a new directory.  The copy shares
 * blocks with the original where the file system can do that.
 */
int generation_copy(const struct generation *, const char *to, struct error *);

/*
 * Publish the database in directory built, which lies in the work directory:
 * everything is on disk before the stub names it.
 */
int generation_publish(struct generation *, const char *built, struct error *);

/*
 * The directory of the published generation, for reading its list of files.
 * Returns -1 with ERROR_NOINDEX if nothing is published here.  The caller
 * frees *dir.
 */
int generation_find(const char *root, char **dir, uint32_t *number,
    struct error *);

#endif
