/*
 * history: the runs of an index, INDEX/runs.jsonl, one JSON object a line.
 *
 * It tells, it decides nothing: a line that is damaged is passed over, and an
 * index without a history is a good index.
 *
 * Used by report.c, metrics.c and status*.c.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <jansson.h>

#include "base/error.h"

/* More than a year of nights. */
#define HISTORY_KEPT 400

/* What naslag status and metrics need to know of a run; see report.h. */
struct past_run {
	time_t begun;		/* UTC */
	double seconds;
	int exit_status;
	const char *error;	/* NULL if it ended well */
	bool is_published;
	bool has_files;		/* it came to know them */
	uint64_t rolled_back_from;	/* it was a rollback; 0: it was a run */
	uint64_t generation, documents, index_bytes;
	uint64_t files, within, added, changed, deleted, renamed, unchanged, unknown;
	uint64_t not_searchable, stale, poor_text, newly_failing;
	json_t *record;		/* the whole line */
};

struct history {
	struct past_run *runs;	/* oldest first */
	size_t count, cap;
	size_t ndamaged;	/* lines that were passed over */
};

/*
 * Read the history in index directory root; empty if there is none.  Returns
 * -1 with ERROR_IO if it cannot be read.  Free with history_clear().
 */
int history_read(const char *root, struct history *out, struct error *);
/* Add a run that is not in the file; takes the reference. */
int history_add(struct history *, json_t *record);
void history_clear(struct history *);

/*
 * The newest run, the newest that ended well, and the newest that knows what
 * is in the index; NULL: there is none.  A rollback is no run: it makes no
 * index newer.
 */
const struct past_run *history_newest(const struct history *);
const struct past_run *history_last_good(const struct history *);
const struct past_run *history_last_knowing(const struct history *);
/* When that was; UTC. */
time_t past_run_ended(const struct past_run *);

/* Whether it ended well and its numbers say what is in the index. */
bool past_run_knows(const struct past_run *);

/* A report's JSON as a run, which holds the reference; -1 if it is none. */
int past_run_parse(json_t *record, struct past_run *out);

/*
 * Append one line of n bytes, its newline included; only the newest
 * HISTORY_KEPT stay.  Several jobs may do so at once.  Returns -1 with
 * ERROR_SPACE or ERROR_IO; the history is then as it was.
 */
int history_append(const char *root, const char *line, size_t n,
    struct error *);

#endif
