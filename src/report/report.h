/*
 * report: what a run of naslag index did: one line, JSON, the history of the
 * index, and metrics for monitoring.  A rollback is in the history, too.
 *
 *    INDEX/runs.jsonl         a line a run or rollback; the newest last
 *    INDEX/gen-N/report.json  the run that made a generation
 *
 * Used by cmd/index.c, job.c, publication.c, rollback.c and report/.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/error.h"
#include "index/files.h"
#include "model/plan.h"

/* A file that is not as it was in the generation before. */
struct change {
	enum plan_what what;	/* ADD, UPDATE or DELETE */
	const char *path;	/* as it is now; as it was if it is deleted */
	const char *from;	/* an added one: its path before, NULL if new */
};

struct report {
	const char *corpus;
	time_t begun;		/* UTC */
	double seconds;
	int exit_status;	/* see DESIGN 2 */
	const char *error;	/* why it is not 0; NULL if it is */
	uint32_t generation;	/* published, or live if nothing was */
	bool is_published;
	uint32_t rolled_back_from;	/* no run, but naslag rollback: the one that
					 * was live before; 0: a run */
	size_t counts[NPLANS];	/* files, by what had to be done */
	size_t renamed;		/* of those added: that only moved */
	size_t parsed;		/* files that went through the extractor */
	size_t newly_failing;	/* could be read in the generation before */
	const struct change *changes;
	size_t nchanges;
	const struct files *files;	/* as they are now; NULL: not known */
	uint64_t text_bytes;	/* read in this run */
	uint64_t index_bytes;	/* of the generation's files */
	uint32_t documents;	/* in the generation */
};

/* One line, fit for a log.  Only of a run that did not fail. */
void report_line(const struct report *, struct buf *out);
/* Write it as JSON to a file, by renaming: it is whole or not there. */
int report_write(const struct report *, const char *path, struct error *);
/* Append it to the history in index directory root. */
int report_record(const struct report *, const char *root, struct error *);
/*
 * Write metrics for node_exporter's textfile collector, by renaming.  What
 * only a good run knows keeps its last value, taken from the history in root.
 */
int report_metrics(const struct report *, const char *root, const char *path,
    struct error *);

#endif
