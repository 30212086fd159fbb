#include <config.h>

#include "cmd/publication.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/aside.h"
#include "cmd/merge.h"
#include "cmd/progress.h"
#include "gather/extract.h"
#include "gather/texts.h"
#include "index/columns.h"
#include "index/manifest.h"
#include "index/suggest.h"
#include "index/tree.h"
#include "index/verify.h"
#include "index/vocabulary.h"

/* ---- what belongs to it ---- */

/* The documents of the new generation: a copy has none of its own. */
static uint32_t
count_documents(const struct files *l)
{
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < l->count; i++)
		n += l->items[i].copy_of == NULL;
	return n;
}

void
publication_time(char *out, size_t size)
{
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/* What is made from the whole of the new database. */
struct derived {
	const struct publication *p;
	const char *built;
};

static int
write_columns(void *varg, struct error *err)
{
	const struct derived *arg = varg;

	return columns_write(arg->built, store_fingerprint(arg->p->analyser),
	    err);
}

static int
write_words(void *varg, struct error *err)
{
	const struct derived *arg = varg;
	struct analyser *a = arg->p->analyser;

	if (vocabulary_write(arg->built, store_fingerprint(a), err) == -1)
		return -1;
	return suggestions_write(arg->built, a, err);
}

static int
write_report(const struct publication *p, const char *built, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/report.json", built);
	struct report *r = p->report;

	r->generation = p->generation->number;
	r->is_published = true;
	r->files = p->files;
	r->documents = count_documents(p->files);
	r->index_bytes = tree_bytes(built, NULL);
	return report_write(r, path, err);
}

static int
write_manifest(const struct merge *m, struct error *err)
{
	const struct publication *p = m->p;
	struct manifest_facts facts = {
		.generation = p->generation->number,
		.documents = count_documents(p->files),
		.fingerprint = store_fingerprint(p->analyser),
	};

	publication_time(facts.made, sizeof facts.made);
	snprintf(facts.extractor, sizeof facts.extractor, "%s",
	    extractor_version());
	return manifest_write(m->built, &facts, m->is_shared ? m->base : NULL,
	    err);
}

/* ---- fit to be published ---- */

static int
verify(const struct merge *m, struct error *err)
{
	const struct publication *p = m->p;
	CLEAN(canaries_clear) struct canaries canaries = { 0 };
	const struct verify v = {
		.dir = m->built, .documents = count_documents(p->files),
		.canaries = p->canaries_path != NULL ? &canaries : NULL,
		.today_ymd = p->today_ymd, .check_tables = !m->has_delta,
	};

	if (p->canaries_path != NULL &&
	    canaries_read(p->canaries_path, &canaries, err) == -1)
		return -1;
	return verify_database(&v, p->analyser, err);
}

static int
sync_aside(void *built, struct error *err)
{
	return tree_sync(built, err);
}

static int
finish_words(struct aside *words, struct error *err)
{
	return words->pid == 0 ? 0 : aside_finish(words,
	    "writing words and suggestions", err);
}

/*
 * Side by side: what is derived from the database is written, the database is
 * verified with its facets, and what was written of it goes to the disk.  The
 * operator's questions may be answered by a corrected word.
 */
static int
complete(const struct merge *m, struct error *err)
{
	const struct publication *p = m->p;
	const char *built = m->built;
	CLEAN(aside_stop) struct aside columns = { 0 }, words = { 0 };
	CLEAN(aside_stop) struct aside sync = { 0 };
	struct derived arg = { p, built };

	if (aside_start(write_columns, &arg, &columns, err) == -1 ||
	    aside_start(write_words, &arg, &words, err) == -1 ||
	    aside_start(sync_aside, (void *)(uintptr_t)built, &sync, err) == -1 ||
	    files_write(p->files, built, err) == -1 ||
	    aside_finish(&columns, "writing facets", err) == -1 ||
	    (p->canaries_path != NULL && finish_words(&words, err) == -1) ||
	    verify(m, err) == -1 || finish_words(&words, err) == -1 ||
	    write_report(p, built, err) == -1 ||
	    write_manifest(m, err) == -1 ||
	    aside_finish(&sync, "syncing the index", err) == -1)
		return -1;
	return tree_sync(built, err);
}

static int
compare_keys(const void *va, const void *vb)
{
	return strcmp(*(const char *const *)va, *(const char *const *)vb);
}

/* Texts that no file of the new generation has any more go. */
static void
prune_texts(const struct publication *p)
{
	const struct files *l = p->files;
	const char *versions[] = {
		extractor_version(), extractor_ocr_version(),
	};
	CLEAN(str_free) char *memory = xcalloc(3 * l->count + 1, sizeof(char *));
	char (*current)[TEXTS_KEY] = xcalloc(2 * l->count + 1, sizeof *current);
	const char **keys = (const char **)(void *)memory;
	size_t n = 0, made = 0, i, v;

	for (i = 0; i < l->count; i++) {
		const struct file *f = &l->items[i];

		for (v = 0; v < NELEM(versions); v++)
			if (f->digest[0] != '\0' && versions[v] != NULL) {
				texts_key(f->digest, versions[v],
				    current[made]);
				keys[n++] = current[made++];
			}
		if (*f->text_key != '\0')
			keys[n++] = f->text_key;
	}
	if (n > 0)
		qsort(keys, n, sizeof *keys, compare_keys);
	texts_prune(p->texts_dir, keys, n);
	free(current);
}

static int
verify_aside(void *m, struct error *err)
{
	return merge_verify(m, err);
}

/* Nothing is built upon what is damaged: that is found out meanwhile. */
static int
merge(struct merge *m, struct error *err)
{
	CLEAN(aside_stop) struct aside verifying = { 0 };
	struct error damage;
	int rc;

	if (aside_start(verify_aside, m, &verifying, err) == -1)
		return -1;
	rc = merge_make(m, err);
	/* What fails on a damaged base fails because it is damaged. */
	if (aside_finish(&verifying, "verifying the live generation",
	    &damage) == 0)
		return rc;
	*err = damage;
	return damage.kind != ERROR_INDEX && damage.kind != ERROR_IO ? -1 :
	    error_set(err, damage.kind, "%s; %s", damage.msg,
	    PUBLICATION_REMEDY);
}

int
publication_make(const struct publication *p, struct error *err)
{
	CLEAN(str_free) char *built = xasprintf("%s/built",
	    p->generation->work_dir);
	CLEAN(merge_clear) struct merge m = { 0 };
	int rc = -1;

	progress_begin("publishing", 0);
	if (merge_plan(p, built, &m, err) == 0 && merge(&m, err) == 0 &&
	    complete(&m, err) == 0)
		rc = generation_publish(p->generation, built, time(NULL), err);
	if (rc == 0)
		prune_texts(p);
	progress_end();
	return rc;
}
