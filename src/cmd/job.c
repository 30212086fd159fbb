#include <config.h>

#include "cmd/job.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/tsv.h"
#include "cmd/listing.h"
#include "cmd/merge.h"
#include "cmd/progress.h"
#include "cmd/publication.h"
#include "gather/extract.h"
#include "gather/texts.h"
#include "index/manifest.h"
#include "index/spare.h"

/* So often a file that failed for want of time is tried. */
#define MAX_ATTEMPTS 3

void
todo_add(struct todo *t, size_t file)
{
	GROW(t->items, t->count, t->cap);
	t->items[t->count++] = file;
}

void
todo_clear(struct todo *t)
{
	free(t->items);
	*t = (struct todo){ 0 };
}

void
job_clear(struct job *j)
{
	size_t i;

	free(j->corpus_path);
	portal_free(&j->portal);
	store_free(&j->live);
	analyser_free(&j->analyser);
	generation_end(&j->generation);
	free(j->texts_dir);
	files_clear(&j->known);
	seen_clear(&j->seen);
	aside_stop(&j->twin_check);
	free(j->twin);
	verified_clear(&j->verified);
	corpus_clear(&j->corpus);
	free(j->disk);
	free(j->indexed);
	plan_clear(&j->plan);
	free(j->changes);
	todo_clear(&j->todo);
	for (i = 0; i < j->nrounds; i++)
		free(j->built[i]);
	free(j->built);
	files_clear(&j->files);
}

/* ---- what there is ---- */

static uint64_t
documents_version(const struct job *j)
{
	uint64_t h = portal_hash(j->portal);

	h = hash_str(h, extractor_version());
	return hash_str(h, PACKAGE_VERSION);
}

/* Look, and touch nothing. */
static int
find_live(struct job *j, struct error *err)
{
	struct error e;

	j->generation.lock_fd = -1;
	if (generation_find(j->index, &j->generation.live_dir,
	    &j->generation.live, &e) == 0 || e.kind == ERROR_NOINDEX)
		return 0;
	*err = e;
	return j->is_rebuild ? 0 : -1;
}

static int
open_live(struct job *j, struct error *err)
{
	struct error ignored;

	if (j->generation.live == 0)
		return 0;
	if (j->is_rebuild) {
		/* If it is damaged, there is nothing to compare with. */
		files_read(j->generation.live_dir, &j->known, &ignored);
		return 0;
	}
	if (store_open(j->index, j->analyser, &j->live, err) == -1)
		return -1;
	return files_read(j->generation.live_dir, &j->known, err);
}

/* ---- the plan ---- */

/* Whether a file that stays as it is, and could not be read, is tried again. */
static bool
is_worth_trying(const struct file *f)
{
	static const enum extract_status by_chance[] = {
		EXTRACT_LIMIT_CPU, EXTRACT_LIMIT_WALL, EXTRACT_CRASHED,
	};
	size_t i;

	if (f->copy_of != NULL || f->attempts >= MAX_ATTEMPTS)
		return false;
	for (i = 0; i < NELEM(by_chance); i++)
		if (strcmp(f->status, extract_status_name(by_chance[i])) == 0)
			return true;
	return false;
}

/* Whether a file that stays as it is has pictures that nobody looked at yet. */
static bool
is_worth_recognising(const struct job *j, const struct file *f)
{
	char key[TEXTS_KEY];

	if (!j->is_ocr || f->copy_of != NULL || f->pictures == 0 ||
	    f->digest[0] == '\0')
		return false;
	texts_key(f->digest, extractor_ocr_version(), key);
	return !texts_has(j->texts_dir, key);
}

static void
refine_plan(struct job *j)
{
	size_t i;

	for (i = 0; i < j->plan.nsteps; i++) {
		struct plan_step *s = &j->plan.steps[i];

		if (s->what == PLAN_DELETE && corpus_is_unknown(&j->corpus,
		    j->indexed[s->index].path))
			plan_change(&j->plan, s, PLAN_UNKNOWN);
		else if (s->what == PLAN_KEEP &&
		    (j->corpus.files[s->disk].built != NULL ||
		    is_worth_trying(&j->known.items[s->index]) ||
		    is_worth_recognising(j, &j->known.items[s->index])))
			plan_change(&j->plan, s, PLAN_UPDATE);
	}
}

static void
make_plan(struct job *j)
{
	size_t n = j->is_rebuild ? 0 : j->known.count, i;

	free(j->disk);
	free(j->indexed);
	plan_clear(&j->plan);
	j->disk = xcalloc(j->corpus.count, sizeof *j->disk);
	for (i = 0; i < j->corpus.count; i++)
		j->disk[i] = (struct stamped){
			j->corpus.files[i].entry->path, j->corpus.files[i].stamp
		};
	j->indexed = xcalloc(n, sizeof *j->indexed);
	for (i = 0; i < n; i++)
		j->indexed[i] = (struct stamped){
			j->known.items[i].path, j->known.items[i].stamp
		};
	plan_make(j->disk, j->corpus.count, j->indexed, n, &j->plan);
	refine_plan(j);
}

/* A container stands before what lies within it. */
static bool
waits(const struct job *j, const bool *is_awaited, const struct corpus_file *f)
{
	const struct corpus_file *container;

	if (f->within == NULL)
		return false;
	container = corpus_find(&j->corpus, f->within->container->path);
	return container != NULL && is_awaited[container - j->corpus.files];
}

static void
list_todo(struct job *j)
{
	bool *is_awaited = xcalloc(j->corpus.count + 1, sizeof *is_awaited);
	size_t i;

	todo_clear(&j->todo);
	for (i = 0; i < j->plan.nsteps; i++) {
		const struct plan_step *s = &j->plan.steps[i];
		const struct corpus_file *f = &j->corpus.files[s->disk];

		if (s->what == PLAN_DELETE || s->what == PLAN_UNKNOWN)
			continue;
		is_awaited[s->disk] = waits(j, is_awaited, f);
		if (is_awaited[s->disk] || s->what == PLAN_KEEP ||
		    f->copy_of != CORPUS_NONE || f->built != NULL)
			continue;
		is_awaited[s->disk] = true;
		todo_add(&j->todo, s->disk);
	}
	free(is_awaited);
}

/* ---- renames ---- */

static int
compare_digests(const void *va, const void *vb)
{
	const struct file *const *a = va, *const *b = vb;

	return strcmp((*a)->digest, (*b)->digest);
}

/* The files that are gone and whose content is known, by content. */
static const struct file **
list_gone(const struct job *j, size_t *count)
{
	const struct file **gone = xcalloc(j->known.count + 1, sizeof *gone);
	bool *is_here = xcalloc(j->known.count + 1, sizeof *is_here);
	size_t n = 0, i;

	for (i = 0; i < j->corpus.count; i++)
		if (j->corpus.files[i].old != NULL)
			is_here[j->corpus.files[i].old - j->known.items] = true;
	for (i = 0; i < j->known.count; i++)
		if (!is_here[i] && j->known.items[i].digest[0] != '\0' &&
		    !corpus_is_unknown(&j->corpus, j->known.items[i].path))
			gone[n++] = &j->known.items[i];
	free(is_here);
	if (n > 0)
		qsort(gone, n, sizeof *gone, compare_digests);
	*count = n;
	return gone;
}

static int
compare_digest(const void *digest, const void *f)
{
	return strcmp(digest, (*(const struct file *const *)f)->digest);
}

/* Take a file of that content from those that are gone; NULL: none is left. */
static const char *
take_gone(const struct file **gone, size_t n, bool *is_taken,
    const char *digest)
{
	const struct file **at = bsearch(digest, gone, n, sizeof *gone,
	    compare_digest);

	if (at == NULL)
		return NULL;
	while (at > gone && compare_digest(digest, at - 1) == 0)
		at--;
	for (; at < gone + n && compare_digest(digest, at) == 0; at++)
		if (!is_taken[at - gone]) {
			is_taken[at - gone] = true;
			return (*at)->path;
		}
	return NULL;
}

/* An added file with the content of one that is gone has moved. */
static const char *
find_origin(struct job *j, struct corpus_file *f, const struct file **gone,
    size_t n, bool *is_taken)
{
	const char *from;

	if (n == 0)
		return NULL;
	corpus_read_content(&j->corpus, f);
	from = f->content.digest[0] == '\0' ? NULL :
	    take_gone(gone, n, is_taken, f->content.digest);
	j->report.renamed += from != NULL;
	return from;
}

static void
list_changes(struct job *j)
{
	size_t n, i;
	const struct file **gone = list_gone(j, &n);
	bool *is_taken = xcalloc(n + 1, sizeof *is_taken);

	j->nchanges = 0;
	j->report.renamed = 0;
	for (i = 0; i < j->plan.nsteps; i++) {
		const struct plan_step *s = &j->plan.steps[i];
		struct change c = { .what = s->what };

		if (s->what == PLAN_KEEP || s->what == PLAN_UNKNOWN)
			continue;
		c.path = s->what == PLAN_DELETE ? j->indexed[s->index].path :
		    j->disk[s->disk].path;
		if (s->what == PLAN_ADD &&
		    j->corpus.files[s->disk].old == NULL)
			c.from = find_origin(j, &j->corpus.files[s->disk],
			    gone, n, is_taken);
		GROW(j->changes, j->nchanges, j->cap_changes);
		j->changes[j->nchanges++] = c;
	}
	free(gone);
	free(is_taken);
}

void
job_plan(struct job *j)
{
	size_t i;

	/* By the plan a document that is not read now is right as it stands. */
	for (i = 0; i < j->corpus.count; i++)
		if (j->corpus.files[i].built == NULL)
			j->corpus.files[i].group = corpus_group(&j->corpus,
			    &j->corpus.files[i]);
	make_plan(j);
	list_changes(j);
	list_todo(j);
}

const char *
job_extractor(void)
{
	const char *path = getenv("NASLAG_EXTRACT");

	return path != NULL ? path : PKGLIBEXECDIR "/naslag-extract";
}

int
job_prepare(struct job *j, struct error *err)
{
	if ((j->is_ocr && reader_check_ocr(job_extractor(), err) == -1) ||
	    guard_corpus(j, err) == -1 ||
	    portal_load(&j->portal, err) == -1 ||
	    analyser_open(&j->analyser, err) == -1 ||
	    (j->is_dry ? find_live(j, err) : generation_begin(j->index,
	    j->is_rebuild, &j->generation, err)) == -1 ||
	    open_live(j, err) == -1)
		return -1;
	j->texts_dir = xasprintf("%s/texts", j->index);
	verified_read(j->index, time(NULL), &j->verified);
	if (!j->is_rehash)
		seen_read(j->index, &j->seen);
	if (corpus_read(j->root, &j->known, &j->seen, j->portal,
	    documents_version(j), &j->corpus, err) == -1)
		return -1;
	j->corpus_path = realpath(j->root, NULL);
	if (j->corpus_path == NULL)
		j->corpus_path = xstrdup(j->root);
	job_plan(j);
	return 0;
}

bool
job_has_changes(const struct job *j)
{
	/* The place that was accepted is to be remembered. */
	return j->live == NULL || !guard_is_same_place(j) ||
	    j->plan.counts[PLAN_ADD] + j->plan.counts[PLAN_UPDATE] +
	    j->plan.counts[PLAN_DELETE] > 0;
}

/* ---- while documents are read ---- */

static int
verify_twin(void *varg, struct error *err)
{
	const struct job *j = varg;

	return manifest_verify_as(j->twin, j->generation.live_dir,
	    generation_is_base, err);
}

/* Is the live generation as large as one that deltas are put beside? */
static bool
is_large(const struct job *j)
{
	return generation_table_bytes(j->generation.live_dir) >=
	    (uint64_t)j->settings->delta_mb << 20;
}

/* Reading a large base takes as long as reading some hundred documents. */
int
job_begin_check(struct job *j, struct error *err)
{
	if (j->live == NULL || !is_large(j))
		return 0;
	j->twin = merge_find_twin(&j->generation);
	if (j->twin == NULL ||
	    verified_has(&j->verified, j->twin, generation_is_base))
		return 0;
	return aside_start(verify_twin, j, &j->twin_check, err);
}

/* ---- the end ---- */

int
job_publish(struct job *j, struct error *err)
{
	struct publication p = {
		.generation = &j->generation, .plan = &j->plan,
		.store = j->live, .live = &j->known,
		.nshards = j->nshards, .files = &j->files,
		.analyser = j->analyser, .corpus_path = j->corpus_path,
		.texts_dir = j->texts_dir, .report = &j->report,
		.canaries_path = j->is_accepted ? NULL : j->settings->canaries,
		.twin = j->twin, .twin_check = &j->twin_check,
		.verified = &j->verified,
		.delta_bytes = (uint64_t)j->settings->delta_mb << 20,
		.today_ymd = j->settings->today_ymd,
	};
	size_t i;

	listing_make(&j->plan, &j->known, &j->corpus,
	    j->settings->today_ymd, &j->files);
	for (i = 0; i < j->corpus.count; i++) {
		const struct built *b = j->corpus.files[i].built;

		if (b == NULL)
			continue;
		j->report.text_bytes += b->text_bytes;
		j->report.parsed += b->reading.is_parsed;
	}
	j->report.corpus = j->corpus_path;
	j->report.changes = j->changes;
	j->report.nchanges = j->nchanges;
	memcpy(j->report.counts, j->plan.counts, sizeof j->report.counts);
	if (publication_make(&p, err) == -1)
		return -1;
	verified_note(&j->verified, j->generation.live_dir, time(NULL));
	return 0;
}

/*
 * The first delta beside a base wants another copy of it.  Without one that
 * job makes it.
 */
void
job_prepare_next(struct job *j)
{
	CLEAN(str_free) char *twin = merge_find_twin(&j->generation);
	CLEAN(str_free) char *spare = spare_path(j->index);
	struct error ignored;

	if (twin != NULL && strcmp(twin, spare) == 0)
		return;
	spare_remove(j->index);
	if (twin == NULL && is_large(j)) {
		progress_begin("copying the base", 0);
		if (spare_make(&j->generation, &ignored) == 0)
			verified_note(&j->verified, spare, time(NULL));
		progress_end();
	}
}

static bool
is_same(const struct seen *a, const struct seen *b)
{
	size_t i;

	if (a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++) {
		const struct content *x = &a->items[i].content;
		const struct content *y = &b->items[i].content;

		if (strcmp(a->items[i].path, b->items[i].path) != 0 ||
		    !stamp_equal(&x->stamp, &y->stamp) || x->day != y->day ||
		    strcmp(x->digest, y->digest) != 0)
			return false;
	}
	return true;
}

int
job_remember(const struct job *j, struct error *err)
{
	CLEAN(seen_clear) struct seen now = { 0 };

	corpus_seen(&j->corpus, &now);
	if (!is_same(&now, &j->seen) && seen_write(&now, j->index, err) == -1)
		return -1;
	return j->verified.is_new ? verified_write(&j->verified, j->index,
	    err) : 0;
}
