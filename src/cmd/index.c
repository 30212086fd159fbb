#include <config.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/tsv.h"
#include "cmd/builder.h"
#include "cmd/command.h"
#include "cmd/corpus.h"
#include "cmd/listing.h"
#include "cmd/publication.h"
#include "cmd/report.h"
#include "gather/extract.h"
#include "index/generation.h"
#include "index/store.h"
#include "index/writer.h"
#include "model/plan.h"

/* More deletions than this share of the files are taken for an accident. */
#define MAX_DELETED_PERCENT 10

static const struct option index_options[] = {
	{ "rebuild", NULL, "build from nothing, without the present index" },
	{ "dry-run", NULL, "only say what would be done" },
	{ "jobs", "N", "work with N processes [one a processor]" },
	{ "accept", NULL, "publish even if many documents vanished" },
	{ "report", "FILE", "write the run as JSON to FILE" },
	{ NULL, NULL, NULL },
};

/* Everything a run knows, in the order in which it comes to know it. */
struct run {
	const char *root;	/* of the corpus, as given */
	char *corpus_path;	/* absolute */
	unsigned jobs;
	bool is_rebuild, is_dry, is_accepted;
	struct timespec begun;
	struct portal *portal;
	struct analyser *analyser;
	struct generation generation;
	struct store *live;	/* NULL: none, or not wanted */
	struct files known;	/* of the live generation */
	struct files before;	/* the same when it is not wanted: to compare */
	struct corpus corpus;
	struct stamped *disk, *indexed;
	struct plan plan;
	size_t *todo;		/* files of the corpus to read */
	size_t ntodo;
	struct built *built;	/* what became of them */
	size_t *again;		/* files to read once more, now with copies */
	size_t nagain;
	struct built *rebuilt;	/* what became of those */
	const struct built **built_of;	/* by file: NULL if it was not read */
	size_t nshards;
	struct files files;	/* of the new generation */
	struct report report;
};

static void
run_clear(struct run *r)
{
	free(r->corpus_path);
	portal_free(&r->portal);
	store_free(&r->live);
	analyser_free(&r->analyser);
	generation_end(&r->generation);
	files_clear(&r->known);
	files_clear(&r->before);
	corpus_clear(&r->corpus);
	free(r->disk);
	free(r->indexed);
	plan_clear(&r->plan);
	free(r->todo);
	free(r->built);
	free(r->again);
	free(r->rebuilt);
	free(r->built_of);
	files_clear(&r->files);
}

static double
seconds_since(const struct timespec *begun)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - begun->tv_sec) +
	    (double)(now.tv_nsec - begun->tv_nsec) / 1e9;
}

/* ---- what has to be done ---- */

static uint64_t
documents_version(const struct run *r)
{
	uint64_t h = portal_hash(r->portal);

	h = hash_str(h, extractor_version());
	return hash_str(h, PACKAGE_VERSION);
}

static int
open_live(struct run *r, const char *index, struct error *err)
{
	struct error ignored;

	if (r->generation.live == 0)
		return 0;
	if (r->is_rebuild) {
		/* If it is damaged, there is nothing to compare with. */
		files_read(r->generation.live_dir, &r->before, &ignored);
		return 0;
	}
	if (store_open(index, r->analyser, &r->live, err) == -1)
		return -1;
	return files_read(r->generation.live_dir, &r->known, err);
}

static void
make_plan(struct run *r)
{
	size_t n = 0, i;

	r->disk = xcalloc(r->corpus.count, sizeof *r->disk);
	for (i = 0; i < r->corpus.count; i++)
		r->disk[i] = (struct stamped){
			r->corpus.files[i].entry->path, r->corpus.files[i].stamp
		};
	r->indexed = xcalloc(r->known.count, sizeof *r->indexed);
	for (i = 0; i < r->known.count; i++)
		r->indexed[n++] = (struct stamped){
			r->known.items[i].path, r->known.items[i].stamp
		};
	plan_make(r->disk, r->corpus.count, r->indexed, n, &r->plan);
	for (i = 0; i < r->plan.nsteps; i++) {
		struct plan_step *s = &r->plan.steps[i];

		if (s->what == PLAN_DELETE && corpus_is_unknown(&r->corpus,
		    r->indexed[s->index].path))
			plan_spare(&r->plan, s);
	}
}

/*
 * How many files of the live generation the new one lacks.  What is built
 * from nothing cannot keep what cannot be seen.
 */
static size_t
count_gone(const struct run *r)
{
	const struct files *old = r->is_rebuild ? &r->before : &r->known;
	size_t gone = 0, d = 0, i;

	for (i = 0; i < old->count; i++) {
		const char *path = old->items[i].path;

		while (d < r->corpus.count &&
		    strcmp(r->corpus.files[d].entry->path, path) < 0)
			d++;
		if (d < r->corpus.count &&
		    strcmp(r->corpus.files[d].entry->path, path) == 0)
			continue;
		gone += r->is_rebuild || !corpus_is_unknown(&r->corpus, path);
	}
	return gone;
}

static int
check_guards(const struct run *r, struct error *err)
{
	size_t gone = count_gone(r), all = r->known.count + r->before.count;

	if (r->corpus.count == 0 && r->plan.counts[PLAN_UNKNOWN] == 0)
		return error_set(err, ERROR_REFUSED,
		    "the corpus %s holds no files, so nothing was changed",
		    r->root);
	if (!r->is_accepted && gone * 100 > all * MAX_DELETED_PERCENT)
		return error_set(err, ERROR_REFUSED, "%zu of %zu files are gone "
		    "from %s, so nothing was changed; --accept deletes them from "
		    "the index", gone, all, r->root);
	return 0;
}

static void
list_todo(struct run *r)
{
	size_t i;

	r->todo = xcalloc(r->corpus.count, sizeof *r->todo);
	for (i = 0; i < r->plan.nsteps; i++) {
		const struct plan_step *s = &r->plan.steps[i];

		if ((s->what == PLAN_ADD || s->what == PLAN_UPDATE) &&
		    r->corpus.files[s->disk].copy_of == CORPUS_NONE)
			r->todo[r->ntodo++] = s->disk;
	}
}

/* ---- doing it ---- */

/* On a terminal only, and at most ten times a second. */
static void
show_progress(size_t done, size_t all)
{
	static struct timespec last;
	static int is_terminal = -1;

	if (is_terminal == -1)
		is_terminal = isatty(STDERR_FILENO);
	if (!is_terminal || (done < all && last.tv_sec != 0 &&
	    seconds_since(&last) < 0.1))
		return;
	clock_gettime(CLOCK_MONOTONIC, &last);
	fprintf(stderr, "\r%zu of %zu documents (%zu %%)%s", done, all,
	    all > 0 ? done * 100 / all : 100, done == all ? "\r\033[K" : "");
	fflush(stderr);
}

static const char *
extractor_path(void)
{
	const char *path = getenv("NASLAG_EXTRACT");

	return path != NULL ? path : PKGLIBEXECDIR "/naslag-extract";
}

/* Read n files into shards; *out gets what became of them. */
static int
build_files(struct run *r, const size_t *files, size_t n, struct built **out,
    struct error *err)
{
	struct build b = {
		.corpus = &r->corpus, .files = files, .nfiles = n,
		.portal = r->portal, .work_dir = r->generation.work_dir,
		.jobs = r->jobs, .extractor = extractor_path(),
		.progress = show_progress, .first_shard = r->nshards,
	};
	size_t nshards, i;

	*out = xcalloc(n, sizeof **out);
	if (n == 0)
		return 0;
	if (build_shards(&b, *out, &nshards, err) == -1)
		return -1;
	r->nshards += nshards;
	for (i = 0; i < n; i++)
		r->built_of[files[i]] = &(*out)[i];
	return 0;
}

/* What was read tells which files hold one text. */
static void
take_texts(struct run *r)
{
	size_t i;

	for (i = 0; i < r->corpus.count; i++) {
		struct corpus_file *f = &r->corpus.files[i];

		if (r->built_of[i] == NULL)
			continue;
		f->textid = r->built_of[i]->textid;
		f->has_textid = f->textid.print.words > 0;
	}
	corpus_regroup(&r->corpus, r->portal);
}

/* Delete from its shard a document that is to be read again, or is none. */
static int
drop_built(struct run *r, size_t file, struct error *err)
{
	CLEAN(str_free) char *path = shard_path(r->generation.work_dir,
	    r->built_of[file]->shard);
	CLEAN(writer_free) struct writer *w = NULL;

	if (writer_open(path, &w, err) == -1 ||
	    writer_delete(w, r->corpus.files[file].entry->path, err) == -1)
		return -1;
	return writer_commit(w, err);
}

/* A file whose copies changed, or which became one, does not stay as it was. */
static int
revise_file(struct run *r, struct plan_step *s, struct error *err)
{
	if (s->what == PLAN_KEEP) {
		s->what = PLAN_UPDATE;
		r->plan.counts[PLAN_KEEP]--;
		r->plan.counts[PLAN_UPDATE]++;
	} else if (r->built_of[s->disk] != NULL &&
	    drop_built(r, s->disk, err) == -1)
		return -1;
	if (r->corpus.files[s->disk].copy_of == CORPUS_NONE)
		r->again[r->nagain++] = s->disk;
	return 0;
}

/*
 * Read what has to be read; then group the files by their texts, which are
 * known only now, and read those again whose document has other copies than
 * was thought.
 */
static int
build(struct run *r, struct error *err)
{
	size_t i;

	r->built_of = xcalloc(r->corpus.count + 1, sizeof *r->built_of);
	if (build_files(r, r->todo, r->ntodo, &r->built, err) == -1)
		return -1;
	if (r->ntodo == 0)
		return 0;
	take_texts(r);
	r->again = xcalloc(r->corpus.count, sizeof *r->again);
	for (i = 0; i < r->plan.nsteps; i++) {
		struct plan_step *s = &r->plan.steps[i];

		if (s->what == PLAN_DELETE || s->what == PLAN_UNKNOWN ||
		    r->corpus.files[s->disk].stamp == r->disk[s->disk].stamp)
			continue;
		if (revise_file(r, s, err) == -1)
			return -1;
	}
	return build_files(r, r->again, r->nagain, &r->rebuilt, err);
}

/* The list of the new generation, and how much text was read for it. */
static void
list_files(struct run *r)
{
	size_t i;

	listing_make(&r->plan, &r->known, &r->corpus, r->built_of, &r->files);
	for (i = 0; i < r->corpus.count; i++)
		if (r->built_of[i] != NULL)
			r->report.text_bytes += r->built_of[i]->text_bytes;
}

static int
publish(struct run *r, struct error *err)
{
	const struct publication p = {
		.generation = &r->generation, .plan = &r->plan,
		.live = r->live != NULL ? &r->known : NULL,
		.nshards = r->nshards, .files = &r->files,
		.analyser = r->analyser, .corpus_path = r->corpus_path,
	};

	if (publication_make(&p, err) == -1)
		return -1;
	r->report.is_published = true;
	return 0;
}

/* ---- the command ---- */

static int
read_options(struct run *r, const struct settings *settings,
    const struct arguments *args, struct error *err)
{
	const char *jobs = argument_value(args, "jobs");

	r->root = argument_word(args, 0);
	if (r->root == NULL || argument_word(args, 1) != NULL)
		return error_set(err, ERROR_QUERY,
		    "noem één map met documenten: naslag index MAP");
	r->is_rebuild = argument_given(args, "rebuild");
	r->is_dry = argument_given(args, "dry-run");
	r->is_accepted = argument_given(args, "accept");
	r->jobs = settings->jobs;
	if (jobs != NULL) {
		char *end;
		unsigned long n = strtoul(jobs, &end, 10);

		if (!isdigit((unsigned char)*jobs) || *end != '\0' || n < 1 ||
		    n > 256)
			return error_set(err, ERROR_QUERY, "ongeldig getal ‘%s’ "
			    "voor --jobs; mogelijk is: 1 tot en met 256", jobs);
		r->jobs = (unsigned)n;
	}
	if (r->jobs == 0) {
		long n = sysconf(_SC_NPROCESSORS_ONLN);

		r->jobs = n > 0 ? (unsigned)n : 1;
	}
	return 0;
}

static void
print_plan(const struct run *r, struct buf *out)
{
	static const char *const names[NPLANS] = {
		[PLAN_KEEP] = "keep", [PLAN_ADD] = "add",
		[PLAN_UPDATE] = "update", [PLAN_DELETE] = "delete",
	};
	size_t i;

	for (i = 0; i < r->plan.nsteps; i++) {
		const struct plan_step *s = &r->plan.steps[i];

		if (s->what == PLAN_KEEP || s->what == PLAN_UNKNOWN)
			continue;
		buf_addf(out, "%s\t%s\n", names[s->what], s->what == PLAN_DELETE ?
		    r->indexed[s->index].path : r->disk[s->disk].path);
	}
	buf_addf(out, "%zu to add, %zu to update, %zu to delete, %zu to keep\n",
	    r->plan.counts[PLAN_ADD], r->plan.counts[PLAN_UPDATE],
	    r->plan.counts[PLAN_DELETE], r->plan.counts[PLAN_KEEP]);
}

static int
prepare(struct run *r, const char *index, struct error *err)
{
	if (corpus_check(r->root, err) == -1 ||
	    portal_load(&r->portal, err) == -1 ||
	    analyser_open(&r->analyser, err) == -1 ||
	    generation_begin(index, r->is_rebuild, &r->generation,
	    err) == -1 ||
	    open_live(r, index, err) == -1 ||
	    corpus_read(r->root, &r->known, r->portal, documents_version(r),
	    &r->corpus, err) == -1)
		return -1;
	r->corpus_path = realpath(r->root, NULL);
	if (r->corpus_path == NULL)
		r->corpus_path = xstrdup(r->root);
	make_plan(r);
	list_todo(r);
	return 0;
}

static int
report(struct run *r, const char *path, struct buf *out, struct error *err)
{
	r->report.corpus = r->corpus_path;
	r->report.generation = r->generation.live;
	r->report.files = r->report.is_published ? &r->files : &r->known;
	memcpy(r->report.counts, r->plan.counts, sizeof r->report.counts);
	r->report.seconds = seconds_since(&r->begun);
	report_line(&r->report, out);
	return path != NULL ? report_write(&r->report, path, err) : 0;
}

static bool
has_changes(const struct run *r)
{
	return r->live == NULL || r->plan.counts[PLAN_ADD] +
	    r->plan.counts[PLAN_UPDATE] + r->plan.counts[PLAN_DELETE] > 0;
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(run_clear) struct run r = { .generation = { .lock_fd = -1 } };

	clock_gettime(CLOCK_MONOTONIC, &r.begun);
	if (read_options(&r, settings, args, err) == -1 ||
	    prepare(&r, settings->index, err) == -1)
		return -1;
	if (r.is_dry) {
		print_plan(&r, out);
		return 0;
	}
	if (check_guards(&r, err) == -1)
		return -1;
	if (has_changes(&r)) {
		if (build(&r, err) == -1)
			return -1;
		list_files(&r);
		if (publish(&r, err) == -1)
			return -1;
	}
	return report(&r, argument_value(args, "report"), out, err);
}

const struct command cmd_index = {
	.name = "index",
	.usage = "[--rebuild] [--dry-run] [--jobs=N] [--accept] [--report=FILE] "
	    "CORPUS",
	.summary = "bring the index up to date with the files of a directory",
	.is_long = true,
	.options = index_options,
	.run = run,
};
