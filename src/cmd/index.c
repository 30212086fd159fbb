#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/job.h"
#include "cmd/publication.h"
#include "report/report.h"
#include "index/manifest.h"
#include "index/tree.h"

static const struct option index_options[] = {
	{ "rebuild", NULL, "build from nothing, without the present index" },
	{ "dry-run", NULL, "only say what would be done" },
	{ "rehash", NULL, "read the content of every file to compare it" },
	{ "ocr", NULL, "recognise the text of scans and pictures" },
	{ "jobs", "N", "work with N processes [one a processor]" },
	{ "accept", NULL, "publish even what the guards refuse" },
	{ "report", "FILE", "write the run as JSON to FILE" },
	{ "metrics", "FILE", "write metrics for monitoring to FILE" },
	{ NULL, NULL, NULL },
};

static double
seconds_since(const struct timespec *begun)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - begun->tv_sec) +
	    (double)(now.tv_nsec - begun->tv_nsec) / 1e9;
}

static int
read_options(struct job *j, const struct settings *settings,
    const struct arguments *args, struct error *err)
{
	const char *jobs = argument_value(args, "jobs");

	j->settings = settings;
	j->index = settings->index;
	j->root = argument_word(args, 0);
	if (j->root == NULL || argument_word(args, 1) != NULL)
		return error_set(err, ERROR_QUERY,
		    "noem één map met documenten: naslag index MAP");
	j->is_rebuild = argument_given(args, "rebuild");
	j->is_dry = argument_given(args, "dry-run");
	j->is_rehash = argument_given(args, "rehash");
	j->is_ocr = argument_given(args, "ocr");
	j->is_accepted = argument_given(args, "accept");
	j->jobs = settings->jobs;
	if (jobs != NULL) {
		char *end;
		unsigned long n = strtoul(jobs, &end, 10);

		if (!isdigit((unsigned char)*jobs) || *end != '\0' || n < 1 ||
		    n > 256)
			return error_set(err, ERROR_QUERY, "ongeldig getal ‘%s’ "
			    "voor --jobs; mogelijk is: 1 tot en met 256", jobs);
		j->jobs = (unsigned)n;
	}
	if (j->jobs == 0) {
		long n = sysconf(_SC_NPROCESSORS_ONLN);

		j->jobs = n > 0 ? (unsigned)n : 1;
	}
	return 0;
}

static void
print_plan(const struct job *j, struct buf *out)
{
	static const char *const names[NPLANS] = {
		[PLAN_ADD] = "add", [PLAN_UPDATE] = "update",
		[PLAN_DELETE] = "delete",
	};
	size_t i;

	for (i = 0; i < j->nchanges; i++) {
		const struct change *c = &j->changes[i];

		buf_addf(out, "%s\t%s", names[c->what], c->path);
		if (c->from != NULL)
			buf_addf(out, "\t%s", c->from);
		buf_addc(out, '\n');
	}
	buf_addf(out, "%zu to add, %zu to update, %zu to delete, %zu to keep\n",
	    j->plan.counts[PLAN_ADD], j->plan.counts[PLAN_UPDATE],
	    j->plan.counts[PLAN_DELETE], j->plan.counts[PLAN_KEEP]);
}

/* ---- nothing to do ---- */

/* The generation that stays is looked at all the same. */
static int
reverify(struct job *j, struct error *err)
{
	const char *dir = j->generation.live_dir;
	bool is_believed = verified_has(&j->verified, dir, NULL);
	struct error damage;

	if (manifest_verify(dir, is_believed ? MANIFEST_SIZES :
	    MANIFEST_CONTENTS, NULL, &damage) == -1)
		return error_set(err, damage.kind, "%s; %s", damage.msg,
		    PUBLICATION_REMEDY);
	if (!is_believed)
		verified_note(&j->verified, dir, time(NULL));
	return 0;
}

/* ---- the command ---- */

static int
work(struct job *j, struct buf *out, struct error *err)
{
	if (job_prepare(j, err) == -1)
		return -1;
	if (j->is_dry) {
		print_plan(j, out);
		return 0;
	}
	if (guard_plan(j, err) == -1)
		return -1;
	if (!job_has_changes(j))
		return reverify(j, err) == -1 ? -1 : job_remember(j, err);
	if (generation_check_space(&j->generation, 0, err) == -1 ||
	    job_begin_check(j, err) == -1 ||
	    job_build(j, err) == -1 || guard_failures(j, err) == -1 ||
	    job_publish(j, err) == -1)
		return -1;
	job_prepare_next(j);
	return job_remember(j, err);
}

static void
fill_report(struct job *j, int rc, const struct error *err)
{
	struct report *r = &j->report;

	r->corpus = j->corpus_path != NULL ? j->corpus_path : j->root;
	r->exit_status = rc == -1 ? error_exit_status(err->kind) : 0;
	r->error = rc == -1 ? err->msg : NULL;
	memcpy(r->counts, j->plan.counts, sizeof r->counts);
	r->changes = j->changes;
	r->nchanges = j->nchanges;
	/* It is published when it is live, and not before. */
	r->is_published = r->is_published &&
	    r->generation == j->generation.live;
	r->generation = j->generation.live;
	r->files = r->is_published ? &j->files : &j->known;
	if (!r->is_published && j->live != NULL) {
		struct store_facts f;

		store_facts(j->live, &f);
		r->documents = f.documents;
		r->index_bytes = tree_bytes(j->generation.live_dir, NULL);
	}
}

/* Tell of the run wherever that was asked for; the first failure counts. */
static int
tell(struct job *j, const struct arguments *args, struct error *err)
{
	const char *path = argument_value(args, "report");
	const char *metrics = argument_value(args, "metrics");
	int rc = 0;

	if (metrics == NULL)
		metrics = j->settings->metrics;
	if (path != NULL && report_write(&j->report, path, err) == -1)
		rc = -1;
	/* Only who holds the lock writes in the index. */
	if (j->generation.lock_fd != -1 &&
	    report_record(&j->report, j->index, err) == -1)
		rc = -1;
	if (metrics != NULL && report_metrics(&j->report, j->index, metrics,
	    err) == -1)
		rc = -1;
	return rc;
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(job_clear) struct job j = { .generation = { .lock_fd = -1 } };
	struct timespec begun;
	struct error ignored;
	int rc;

	clock_gettime(CLOCK_MONOTONIC, &begun);
	j.report.begun = time(NULL);
	if (read_options(&j, settings, args, err) == -1)
		return -1;
	rc = work(&j, out, err);
	if (j.is_dry || (rc == -1 && err->kind == ERROR_BUSY))
		return rc;
	/* A corpus that is not there is refused before there is a lock. */
	if (j.generation.lock_fd == -1)
		generation_lock(j.index, &j.generation, &ignored);
	fill_report(&j, rc, err);
	j.report.seconds = seconds_since(&begun);
	if (rc == -1) {
		tell(&j, args, &ignored);
		return -1;
	}
	report_line(&j.report, out);
	if (tell(&j, args, err) == -1)
		return -1;
	corpus_tell_unlisted(&j.corpus);
	return 0;
}

const struct command cmd_index = {
	.name = "index",
	.usage = "[--rebuild] [--dry-run] [--rehash] [--ocr] [--jobs=N] "
	    "[--accept] [--report=FILE] [--metrics=FILE] CORPUS",
	.summary = "bring the index up to date with the files of a directory",
	.is_long = true,
	.options = index_options,
	.run = run,
};
