/*
 * generation: immutable databases, built aside and published by renaming.
 *
 *    INDEX/lock       held by the one job that builds
 *    INDEX/current    stub that names the published generation: readers open it
 *    INDEX/gen-N/     a generation: Xapian's tables, the list of files, what
 *                     is derived from them, and a manifest of it all
 *    INDEX/work.N/    being built; removed by the next job if left behind
 *    INDEX/spare/     a copy of the live base, see spare.h
 *
 * Whatever stops a job, the published generation stays as it was: the rename
 * of current is the one point of publication.
 *
 * Used by store.c, spare.c, verified.c, cmd/ and report/.
 */
#ifndef GENERATION_H
#define GENERATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/error.h"

/*
 * So many published generations are kept, the live one included, and every
 * one that was still published so many seconds ago: longer than any request.
 */
#define GENERATIONS_KEPT 5
#define GENERATION_KEPT_S 3600

struct generation {
	char *root;		/* the index directory */
	int lock_fd;
	uint32_t live;		/* number of the published one; 0: none */
	uint32_t number;	/* of the one to build */
	char *live_dir;		/* INDEX/gen-N, NULL if none */
	char *work_dir;		/* INDEX/work.N */
};

/* The path of a generation's directory; the caller frees it. */
char *generation_path(const char *root, uint32_t number);

/*
 * The numbers of the generations that lie in an index, newest first.  The
 * caller frees *numbers.  Returns -1 with ERROR_NOINDEX if there is no index.
 */
int generation_list(const char *root, uint32_t **numbers, size_t *count,
    struct error *);

/*
 * Take the lock without building anything: work_dir is NULL.  live is 0 if
 * nothing is published or the stub is damaged.  Returns -1 with ERROR_BUSY if
 * another job holds the lock, ERROR_NOINDEX if there is no index.  End with
 * generation_end().
 */
int generation_lock(const char *root, struct generation *out, struct error *);
/*
 * Make a generation that lies in the index the published one, durably: the
 * stub is replaced by renaming.
 */
int generation_switch(struct generation *, uint32_t number, struct error *);

/*
 * Begin: make the index directory if need be, take the lock, remove what a
 * stopped job left, make the work directory.  Returns -1 with ERROR_BUSY if
 * another job holds the lock, ERROR_SPACE if something cannot be created,
 * ERROR_CONFIG if the directory lies on a network file system,
 * ERROR_INDEX if the stub is damaged; from_nothing then sees no live one.
 * End with generation_end(), which removes the work directory.
 */
int generation_begin(const char *root, bool from_nothing,
    struct generation *out, struct error *);
void generation_end(struct generation *);

/*
 * Returns -1 with ERROR_SPACE, and the numbers, unless there is room for two
 * and a half times the live generation, its copy and what changes in it, and
 * for ncopies more.
 */
int generation_check_space(const struct generation *, unsigned ncopies,
    struct error *);

/* Bytes of Xapian's tables in a directory. */
uint64_t generation_table_bytes(const char *dir);

/*
 * Copy the live generation's database into a new directory.  The copy shares
 * blocks with the original where the file system can do that.
 */
int generation_copy(const struct generation *, const char *to, struct error *);

/* Whether a file of a generation belongs to its base (database.h). */
int generation_is_base(const char *name);
/*
 * Make a directory with the base of the generation in directory from: by hard
 * links, which take no space, or copied.
 */
int generation_take_base(const char *from, const char *to, bool is_shared,
    struct error *);

/*
 * Publish the database in directory built, which lies in the work directory
 * and is durable (tree_sync()): rename it, then switch.  After it, generations
 * that are old enough now go.
 */
int generation_publish(struct generation *, const char *built, time_t now,
    struct error *);

/*
 * The directory of the published generation, for reading its list of files.
 * Returns -1 with ERROR_NOINDEX if nothing is published here.  The caller
 * frees *dir.
 */
int generation_find(const char *root, char **dir, uint32_t *number,
    struct error *);

#endif
