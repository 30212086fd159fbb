/*
 * database: the documents of a generation, whichever files they lie in.
 *
 *    gen-N/X.glass     Xapian's tables: all documents, or those of the last
 *                      generation that was made whole (its base)
 *    gen-N/delta       what was added or changed since then, in one file
 *    gen-N/hidden      the documents of the base that are so no more
 *
 * So a night that changes little writes little, however large the index is.
 * The delta stands first: Xapian reads metadata from the first database.
 *
 * Used by store.c, what is derived from a whole database, and cmd/.
 */
#ifndef DATABASE_H
#define DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define DATABASE_DELTA	"delta"
#define DATABASE_HIDDEN	"hidden"

struct xap_db;

/* Whether the generation in directory dir has a delta. */
bool database_has_delta(const char *dir);
/*
 * Open the database of the generation in directory dir.  Returns -1 with
 * ERROR_INDEX if there is none, or it is damaged.
 */
int database_open(const char *dir, struct xap_db **out, struct error *);
/*
 * Hide in db, which has the delta and the base of the generation in dir open,
 * the documents that its list names.
 */
int database_hide(struct xap_db *db, const char *dir, struct error *);

/* Documents of a base, by their ids in it, ascending. */
struct hidden {
	char uuid[40];		/* of the base */
	uint32_t *docids;
	size_t count, cap;
};
void hidden_clear(struct hidden *);
/*
 * Add the documents that the base of the generation in dir has of n paths;
 * those that its own list hides are there as well.
 */
int hidden_find(const char *dir, const char *const *paths, size_t n,
    struct hidden *out, struct error *);
/*
 * How many documents the delta of the generation in dir has, if there is one,
 * that are of none of n paths.
 */
int delta_count_others(const char *dir, const char *const *paths, size_t n,
    size_t *out, struct error *);
/* Returns -1 with ERROR_INDEX if there is no list, or a damaged one. */
int hidden_read(const char *dir, struct hidden *out, struct error *);
int hidden_write(const struct hidden *, const char *dir, struct error *);

#endif
