#include <config.h>

#include <stdlib.h>

#include "cmd/job.h"
#include "cmd/progress.h"
#include "index/writer.h"

static void
show_progress(size_t done, size_t all)
{
	(void)all;
	progress_step(done);
}

/* Read files into shards. */
static int
build_files(struct job *j, const struct todo *todo, struct error *err)
{
	size_t n = todo->count;
	struct built *built = xcalloc(n + 1, sizeof *built);
	struct build b = {
		.corpus = &j->corpus, .files = todo->items, .nfiles = n,
		.portal = j->portal, .work_dir = j->generation.work_dir,
		.jobs = j->jobs, .extractor = job_extractor(),
		.texts_dir = j->texts_dir, .is_ocr = j->is_ocr,
		.has_live = j->live != NULL,
		.today_ymd = j->settings->today_ymd,
		.progress = show_progress, .first_shard = j->nshards,
	};
	size_t nshards, i;
	int rc;

	GROW(j->built, j->nrounds, j->cap_rounds);
	j->built[j->nrounds++] = built;
	if (n == 0)
		return 0;
	progress_begin("reading", n);
	rc = build_shards(&b, built, &nshards, err);
	progress_end();
	if (rc == -1)
		return -1;
	j->nshards += nshards;
	for (i = 0; i < n; i++) {
		struct corpus_file *f = &j->corpus.files[todo->items[i]];

		f->built = &built[i];
		f->group = corpus_group(&j->corpus, f);
	}
	return 0;
}

/*
 * What was read tells contents, and which files hold one text.  One that could
 * not be read holds none: its last good text says that it is an earlier one;
 * and what holds files is more than its text.
 */
static void
take_readings(struct job *j)
{
	size_t i;

	for (i = 0; i < j->corpus.count; i++) {
		struct corpus_file *f = &j->corpus.files[i];
		const struct built *b = f->built;

		if (b == NULL)
			continue;
		f->content = b->reading.content;
		f->textid = b->textid;
		f->has_textid = b->textid.print.words > 0 &&
		    b->reading.status == EXTRACT_OK &&
		    b->reading.members == 0;
	}
	corpus_regroup(&j->corpus, j->portal);
}

/* Delete from its shard a document that is to be read again, or is none. */
static int
drop_built(struct job *j, const struct corpus_file *f, struct error *err)
{
	CLEAN(str_free) char *path = shard_path(j->generation.work_dir,
	    f->built->shard);
	CLEAN(writer_free) struct writer *w = NULL;

	if (writer_open(path, &w, err) == -1 ||
	    writer_delete(w, f->entry->path, err) == -1)
		return -1;
	return writer_commit(w, err);
}

/* A file whose copies changed, or which became one, does not stay as it was. */
static int
revise_file(struct job *j, struct plan_step *s, struct todo *again,
    struct error *err)
{
	const struct corpus_file *f = &j->corpus.files[s->disk];

	if (s->what == PLAN_KEEP)
		plan_change(&j->plan, s, PLAN_UPDATE);
	else if (f->built != NULL && drop_built(j, f, err) == -1)
		return -1;
	if (f->copy_of == CORPUS_NONE)
		todo_add(again, s->disk);
	return 0;
}

/* The files whose copies are others than was thought are read again. */
static int
revise(struct job *j, struct error *err)
{
	CLEAN(todo_clear) struct todo again = { 0 };
	size_t i;

	for (i = 0; i < j->plan.nsteps; i++) {
		struct plan_step *s = &j->plan.steps[i];
		const struct corpus_file *f = &j->corpus.files[s->disk];

		if (s->what == PLAN_DELETE || s->what == PLAN_UNKNOWN ||
		    corpus_group(&j->corpus, f) == f->group)
			continue;
		if (revise_file(j, s, &again, err) == -1)
			return -1;
	}
	return build_files(j, &again, err);
}

/* What cannot be read and has its last good text in the index stays there. */
static void
keep_lost(struct job *j)
{
	size_t i;

	for (i = 0; i < j->plan.nsteps; i++) {
		struct plan_step *s = &j->plan.steps[i];
		const struct built *b = j->corpus.files[s->disk].built;

		if (s->what == PLAN_UPDATE && b != NULL && b->is_kept)
			plan_change(&j->plan, s, PLAN_KEEP);
	}
}

int
job_build(struct job *j, struct error *err)
{
	bool has_opened = true;

	while (has_opened) {
		if (build_files(j, &j->todo, err) == -1)
			return -1;
		if (j->todo.count == 0)
			break;
		take_readings(j);
		if (job_open(j, &has_opened, err) == -1)
			return -1;
		if (has_opened)
			job_plan(j);
	}
	if (revise(j, err) == -1)
		return -1;
	keep_lost(j);
	return 0;
}
