/*
 * job: one run of naslag index, from the corpus to a published generation.
 *
 * What a job knows lies in struct job, in the order in which it comes to know
 * it; each step is a function that fills in some more:
 *
 *    job_prepare()    walk the corpus, compare, plan          job.c
 *    guard_plan()     may this be done at all?                guards.c
 *    job_build()      read what changed into shards           reread.c
 *      job_open()     find what lies within it                opening.c
 *      job_plan()     and plan again                          job.c
 *    guard_failures() did the extractor fail on too much?     guards.c
 *    job_publish()    a new generation of it                  job.c
 *
 * Used by cmd/index.c; guards.c, opening.c and reread.c are its steps.
 */
#ifndef JOB_H
#define JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/aside.h"
#include "base/error.h"
#include "cmd/builder.h"
#include "cmd/corpus.h"
#include "report/report.h"
#include "cmd/settings.h"
#include "gather/portal.h"
#include "gather/seen.h"
#include "index/generation.h"
#include "index/store.h"
#include "index/verified.h"
#include "model/plan.h"

/* Files of the corpus to read, by number. */
struct todo {
	size_t *items;
	size_t count, cap;
};

void todo_add(struct todo *, size_t file);
void todo_clear(struct todo *);

struct job {
	const struct settings *settings;
	const char *index;	/* its directory */
	const char *root;	/* of the corpus, as given */
	char *corpus_path;	/* absolute */
	unsigned jobs;
	bool is_rebuild, is_dry, is_accepted, is_rehash, is_ocr;
	struct portal *portal;
	struct analyser *analyser;
	struct generation generation;
	char *texts_dir;
	struct store *live;	/* NULL: none, or not wanted */
	struct files known;	/* of the live generation, whether wanted or not */
	struct seen seen;	/* by the job before */
	char *twin;		/* whose base may be shared, see merge.h; NULL */
	struct aside twin_check;	/* reads it meanwhile, if need be */
	struct verified verified;	/* what needs no reading */
	struct corpus corpus;
	struct stamped *disk, *indexed;
	struct plan plan;
	struct change *changes;	/* of the plan, by path */
	size_t nchanges, cap_changes;
	struct todo todo;
	struct built **built;	/* what became of them, by round of reading */
	size_t nrounds, cap_rounds;
	size_t nshards;
	struct files files;	/* of the new generation */
	struct report report;
};

/* The job's settings are set.  Clear it with job_clear(), whatever happens. */
int job_prepare(struct job *, struct error *);
/*
 * Plan, for the corpus as it is known now.  What was read in this job is not
 * to be read again, and what lies within files that are to be read waits for
 * these.
 */
void job_plan(struct job *);
/*
 * Unpack the files that were read and hold others; *has_opened says whether
 * the corpus has others now.  Returns -1 if no extractor can be started.
 */
int job_open(struct job *, bool *has_opened, struct error *);
/* The path of naslag-extract. */
const char *job_extractor(void);
/* Whether there is anything to publish. */
bool job_has_changes(const struct job *);
/* Begin to look whether there is a base to share, aside. */
int job_begin_check(struct job *, struct error *);
int job_build(struct job *, struct error *);
int job_publish(struct job *, struct error *);
/* Keep what was seen of corpus and index for the next job. */
int job_remember(const struct job *, struct error *);
/* Prepare what makes the next job quicker; what is published stays as it is. */
void job_prepare_next(struct job *);
void job_clear(struct job *);

/*
 * The guards of RELIABILITY 4, F9 to F11.  Each returns -1 with ERROR_REFUSED
 * and says what --accept would do, unless the job is accepted; what cannot be
 * accepted, such as a corpus that is not there, is refused all the same.
 */
int guard_corpus(const struct job *, struct error *);
int guard_plan(const struct job *, struct error *);
int guard_failures(struct job *, struct error *);
/* Whether the corpus lies where it lay when it was last indexed. */
bool guard_is_same_place(const struct job *);

#endif
