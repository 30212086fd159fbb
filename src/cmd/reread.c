#include <config.h>

#include <stdlib.h>

#include "cmd/job.h"
#include "cmd/progress.h"
#include "index/writer.h"

static const char *
extractor_path(void)
{
	const char *path = getenv("NASLAG_EXTRACT");

	return path != NULL ? path : PKGLIBEXECDIR "/naslag-extract";
}

static void
show_progress(size_t done, size_t all)
{
	(void)all;
	progress_step(done);
}

/* Read n files into shards; *out gets what became of them. */
static int
build_files(struct job *j, const size_t *files, size_t n, struct built **out,
    struct error *err)
{
	struct build b = {
		.corpus = &j->corpus, .files = files, .nfiles = n,
		.portal = j->portal, .work_dir = j->generation.work_dir,
		.jobs = j->jobs, .extractor = extractor_path(),
		.texts_dir = j->texts_dir, .has_live = j->live != NULL,
		.today_ymd = j->settings->today_ymd,
		.progress = show_progress, .first_shard = j->nshards,
	};
	size_t nshards, i;
	int rc;

	*out = xcalloc(n, sizeof **out);
	if (n == 0)
		return 0;
	progress_begin("reading", n);
	rc = build_shards(&b, *out, &nshards, err);
	progress_end();
	if (rc == -1)
		return -1;
	j->nshards += nshards;
	for (i = 0; i < n; i++)
		j->built_of[files[i]] = &(*out)[i];
	return 0;
}

/*
 * What was read tells contents, and which files hold one text.  One that could
 * not be read holds none: its last good text says that it is an earlier one.
 */
static void
take_readings(struct job *j)
{
	size_t i;

	for (i = 0; i < j->corpus.count; i++) {
		struct corpus_file *f = &j->corpus.files[i];
		const struct built *b = j->built_of[i];

		if (b == NULL)
			continue;
		f->content = b->reading.content;
		f->textid = b->textid;
		f->has_textid = b->textid.print.words > 0 &&
		    b->reading.status == EXTRACT_OK;
	}
	corpus_regroup(&j->corpus, j->portal);
}

/* Delete from its shard a document that is to be read again, or is none. */
static int
drop_built(struct job *j, size_t file, struct error *err)
{
	CLEAN(str_free) char *path = shard_path(j->generation.work_dir,
	    j->built_of[file]->shard);
	CLEAN(writer_free) struct writer *w = NULL;

	if (writer_open(path, &w, err) == -1 ||
	    writer_delete(w, j->corpus.files[file].entry->path, err) == -1)
		return -1;
	return writer_commit(w, err);
}

/* A file whose copies changed, or which became one, does not stay as it was. */
static int
revise_file(struct job *j, struct plan_step *s, struct error *err)
{
	if (s->what == PLAN_KEEP)
		plan_change(&j->plan, s, PLAN_UPDATE);
	else if (j->built_of[s->disk] != NULL &&
	    drop_built(j, s->disk, err) == -1)
		return -1;
	if (j->corpus.files[s->disk].copy_of == CORPUS_NONE)
		j->again[j->nagain++] = s->disk;
	return 0;
}

/* The files whose copies are others than was thought are read again. */
static int
revise(struct job *j, const uint64_t *groups, struct error *err)
{
	size_t i;

	j->again = xcalloc(j->corpus.count, sizeof *j->again);
	for (i = 0; i < j->plan.nsteps; i++) {
		struct plan_step *s = &j->plan.steps[i];

		if (s->what == PLAN_DELETE || s->what == PLAN_UNKNOWN ||
		    corpus_group(&j->corpus, &j->corpus.files[s->disk]) ==
		    groups[s->disk])
			continue;
		if (revise_file(j, s, err) == -1)
			return -1;
	}
	return build_files(j, j->again, j->nagain, &j->rebuilt, err);
}

/* What cannot be read and has its last good text in the index stays there. */
static void
keep_lost(struct job *j)
{
	size_t i;

	for (i = 0; i < j->plan.nsteps; i++) {
		struct plan_step *s = &j->plan.steps[i];

		if (s->what == PLAN_UPDATE && j->built_of[s->disk] != NULL &&
		    j->built_of[s->disk]->is_kept)
			plan_change(&j->plan, s, PLAN_KEEP);
	}
}

int
job_build(struct job *j, struct error *err)
{
	CLEAN(str_free) char *memory = xcalloc(j->corpus.count + 1,
	    sizeof(uint64_t));
	uint64_t *groups = (uint64_t *)(void *)memory;
	size_t i;

	j->built_of = xcalloc(j->corpus.count + 1, sizeof *j->built_of);
	for (i = 0; i < j->corpus.count; i++)
		groups[i] = corpus_group(&j->corpus, &j->corpus.files[i]);
	if (build_files(j, j->todo, j->ntodo, &j->built, err) == -1)
		return -1;
	if (j->ntodo > 0) {
		take_readings(j);
		if (revise(j, groups, err) == -1)
			return -1;
	}
	keep_lost(j);
	return 0;
}
