/*
 * verify: is a database fit to be published?
 *
 * Everything is tried in child processes: Xapian's own check of a damaged
 * table may end in a crash (RELIABILITY 1.4), which must not be the job's.
 *
 * Used by cmd/.
 */
#ifndef VERIFY_H
#define VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "dutch/analyse.h"
#include "index/canaries.h"
#include "index/manifest.h"

struct verify {
	const char *dir;	/* of the database: a generation, or one to be */
	uint32_t documents;	/* that it has to have */
	/* Questions that have to find their documents; NULL: none. */
	const struct canaries *canaries;
	int today_ymd;
	/*
	 * Call Xapian's check of every table, side by side: 5 s of work a
	 * gigabyte.  It must be possible to write to them, but nothing is.
	 */
	bool check_tables;
};

/*
 * Returns -1 with ERROR_INDEX if the database is not whole or does not answer
 * as it should, ERROR_REFUSED if a canary fails (the message names question,
 * document and rank), ERROR_IO if the system fails or no child can be started,
 * ERROR_BUG if one lacks memory.
 */
int verify_database(const struct verify *, struct analyser *, struct error *);

/*
 * The same in two parts, for other work in between.  verify_start() returns
 * -1 only if no child could be started; then there is nothing to finish.
 * verify_finish() waits, and sets *v to NULL.  verify_free() stops one that is
 * under way.
 */
struct verification;
int verify_start(const struct verify *, struct analyser *,
    struct verification **out, struct error *);
int verify_finish(struct verification **v, struct error *);
void verify_free(struct verification **v);

/*
 * A generation as it was published: every byte of it by its manifest and, side
 * by side with that, its database, which has to have the documents of the
 * manifest; v->documents does not count.  Returns -1 as verify_database() does
 * for the first thing that is wrong; all are added to *out.
 */
int verify_generation(const struct verify *, struct analyser *,
    struct manifest_facts *, struct damages *out, struct error *);

#endif
