/*
 * publication: a new generation out of the shards of a run and what stays of
 * the live generation.
 *
 * The database is merged (merge.h); with all that belongs to it beside it, it
 * is verified, made durable and then put in the place of the live one.
 *
 * Used by cmd/index.c, job.c and merge.c.
 */
#ifndef PUBLICATION_H
#define PUBLICATION_H

#include <stddef.h>
#include <stdint.h>

#include "base/aside.h"
#include "base/error.h"
#include "report/report.h"
#include "dutch/analyse.h"
#include "index/files.h"
#include "index/generation.h"
#include "index/store.h"
#include "index/verified.h"
#include "model/plan.h"

struct publication {
	struct generation *generation;
	const struct plan *plan;
	const struct store *store;	/* the live generation; NULL: nothing of */
	const struct files *live;	/* it stays.  Its list, in which the plan
					 * counts */
	size_t nshards;			/* in the work directory, from 0 on */
	const struct files *files;	/* list of the new generation */
	struct analyser *analyser;
	const char *corpus_path;	/* absolute */
	const char *texts_dir;
	const char *canaries_path;	/* NULL: none, or not to be asked */
	uint64_t delta_bytes;	/* tables of a base that gets deltas */
	const char *twin;		/* see merge_find_twin(); or NULL */
	struct aside *twin_check;	/* whether it is whole: begun already,
					 * unless that is believed */
	const struct verified *verified;
	int today_ymd;
	struct report *report;		/* of the job: kept with the generation */
};

/*
 * Build the generation and publish it.  Returns -1 with nothing published:
 * ERROR_INDEX if the live generation is damaged or the new one is not as it
 * should be, ERROR_REFUSED if a canary fails, ERROR_SPACE, ERROR_IO.
 */
int publication_make(const struct publication *, struct error *);

/* What to do when the live generation is damaged. */
#define PUBLICATION_REMEDY "go back to the generation before it with: naslag " \
	"rollback; or make one anew with: naslag index --rebuild"

/* Now, in UTC, as a generation says when it was made: ISO 8601. */
void publication_time(char *out, size_t size);

#endif
