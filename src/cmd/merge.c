#include <config.h>

#include "cmd/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "cmd/builder.h"
#include "index/database.h"
#include "index/manifest.h"
#include "index/spare.h"
#include "index/store.h"
#include "index/verified.h"
#include "index/writer.h"

/* When more than this share of the documents changed, all are compacted. */
#define MAX_DELTA_PERCENT 10

/* ---- what is no more ---- */

/* Call fn for each path whose document in the live generation is no more. */
static int
each_gone(const struct publication *p,
    int (*fn)(void *arg, const char *path, struct error *), void *arg,
    struct error *err)
{
	size_t i;

	for (i = 0; i < p->plan->nsteps; i++) {
		const struct plan_step *s = &p->plan->steps[i];

		if ((s->what == PLAN_UPDATE || s->what == PLAN_DELETE) &&
		    fn(arg, p->live->items[s->index].path, err) == -1)
			return -1;
	}
	return 0;
}

struct paths {
	const char **items;
	size_t count, cap;
};

static int
add_path(void *varg, const char *path, struct error *err)
{
	struct paths *l = varg;

	(void)err;
	GROW(l->items, l->count, l->cap);
	l->items[l->count++] = path;
	return 0;
}

/*
 * What of the live base is so no more, what was before and what changed; and
 * how many documents of the live delta stay.
 */
static int
find_gone(struct merge *m, struct error *err)
{
	const char *dir = m->p->generation->live_dir;
	struct paths gone = { 0 };
	int rc = each_gone(m->p, add_path, &gone, err);

	if (rc == 0)
		rc = hidden_find(dir, gone.items, gone.count, &m->hidden, err);
	if (rc == 0)
		rc = delta_count_others(dir, gone.items, gone.count,
		    &m->nstay, err);
	free(gone.items);
	return rc;
}

/* ---- facts ---- */

static size_t
count_unsearchable(const struct files *l)
{
	size_t n = 0, i;

	for (i = 0; i < l->count; i++)
		n += strcmp(l->items[i].status, "ok") != 0 &&
		    !file_is_stale(&l->items[i]);
	return n;
}

/* What the index knows of itself; hidden is NULL if there is no delta. */
static int
write_facts(const struct publication *p, const char *path,
    const struct hidden *hidden, struct error *err)
{
	CLEAN(writer_free) struct writer *w = NULL;
	char fingerprint[20], generation[20], files[24], failures[24], made[32];
	char nhidden[24] = "";
	const struct { const char *key, *value; } facts[] = {
		{ "fingerprint", fingerprint }, { "generatie", generation },
		{ "documenten", files }, { "ondoorzoekbaar", failures },
		{ "gemaakt", made }, { "corpus", p->corpus_path },
		{ "verborgen", nhidden },
	};
	size_t i;

	snprintf(fingerprint, sizeof fingerprint, "%016llx",
	    (unsigned long long)store_fingerprint(p->analyser));
	snprintf(generation, sizeof generation, "%u", p->generation->number);
	snprintf(files, sizeof files, "%zu", p->files->count);
	snprintf(failures, sizeof failures, "%zu",
	    count_unsearchable(p->files));
	publication_time(made, sizeof made);
	if (hidden != NULL)
		snprintf(nhidden, sizeof nhidden, "%zu", hidden->count);
	if (writer_open_private(path, &w, err) == -1)
		return -1;
	for (i = 0; i < NELEM(facts); i++)
		if (writer_set_fact(w, facts[i].key, facts[i].value, err) == -1)
			return -1;
	return writer_commit(w, err);
}

/* ---- sources ---- */

struct sources {
	char **paths;
	size_t count, cap;
};

static void
sources_clear(struct sources *s)
{
	while (s->count > 0)
		free(s->paths[--s->count]);
	free(s->paths);
}

/* Takes path over. */
static const char *
add_source(struct sources *s, char *path)
{
	GROW(s->paths, s->count, s->cap);
	s->paths[s->count++] = path;
	return path;
}

static int
delete_one(void *w, const char *path, struct error *err)
{
	return writer_delete(w, path, err);
}

/* What stays of the live delta. */
static int
add_live_delta(const struct merge *m, struct sources *s,
    const struct hidden *hidden, struct error *err)
{
	const struct publication *p = m->p;
	const struct generation *g = p->generation;
	CLEAN(str_free) char *delta = xasprintf("%s/%s", g->live_dir,
	    DATABASE_DELTA);
	CLEAN(writer_free) struct writer *w = NULL;
	const char *rest;

	if (m->nstay == 0)
		return 0;
	rest = add_source(s, xasprintf("%s/rest", g->work_dir));
	if (writer_compact((const char *const *)&(char *){ delta }, 1, rest,
	    false, err) == -1 ||
	    writer_open_private(rest, &w, err) == -1 ||
	    each_gone(p, delete_one, w, err) == -1 ||
	    writer_commit(w, err) == -1)
		return -1;
	writer_free(&w);
	/* Of two sources with a fact either may win; so they are the same. */
	return write_facts(p, rest, hidden, err);
}

/* What stays of the live base. */
static int
add_live_base(const struct publication *p, struct sources *s,
    const struct hidden *hidden, struct error *err)
{
	const struct generation *g = p->generation;
	CLEAN(writer_free) struct writer *w = NULL;
	const char *base;
	size_t i;

	if (hidden->count == 0) {
		add_source(s, xstrdup(g->live_dir));
		return 0;
	}
	base = add_source(s, xasprintf("%s/base", g->work_dir));
	if (generation_copy(g, base, err) == -1 ||
	    writer_open_private(base, &w, err) == -1)
		return -1;
	for (i = 0; i < hidden->count; i++)
		if (writer_delete_docid(w, hidden->docids[i], err) == -1)
			return -1;
	return writer_commit(w, err);
}

/* Compacting holds every table of every source open: five files each. */
static void
raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static int
compact(const struct publication *p, struct sources *s, const char *out,
    bool is_single, struct error *err)
{
	size_t i;

	for (i = 0; i < p->nshards; i++)
		add_source(s, shard_path(p->generation->work_dir, i));
	raise_file_limit();
	return writer_compact((const char *const *)s->paths, s->count, out,
	    is_single, err);
}

/* ---- the two forms ---- */

static int
make_whole(const struct merge *m, struct error *err)
{
	const struct publication *p = m->p;
	CLEAN(sources_clear) struct sources s = { 0 };

	if (p->store != NULL && (add_live_base(p, &s, &m->hidden, err) == -1 ||
	    add_live_delta(m, &s, NULL, err) == -1))
		return -1;
	if (compact(p, &s, m->built, false, err) == -1)
		return -1;
	return write_facts(p, m->built, NULL, err);
}

static int
make_delta(const struct merge *m, struct error *err)
{
	const struct publication *p = m->p;
	CLEAN(sources_clear) struct sources s = { 0 };
	CLEAN(writer_free) struct writer *w = NULL;
	CLEAN(str_free) char *delta = xasprintf("%s/%s", m->built,
	    DATABASE_DELTA);
	const char *facts = add_source(&s, xasprintf("%s/facts",
	    p->generation->work_dir));

	if (generation_take_base(m->base, m->built, m->is_shared, err) == -1 ||
	    hidden_write(&m->hidden, m->built, err) == -1 ||
	    writer_create(facts, &w, err) == -1 ||
	    writer_commit(w, err) == -1)
		return -1;
	writer_free(&w);
	if (write_facts(p, facts, &m->hidden, err) == -1 ||
	    add_live_delta(m, &s, &m->hidden, err) == -1)
		return -1;
	return compact(p, &s, delta, true, err);
}

int
merge_make(const struct merge *m, struct error *err)
{
	return m->has_delta ? make_delta(m, err) : make_whole(m, err);
}

/* ---- deciding ---- */

/* What is hidden stands, changed, in the delta, or is deleted. */
static bool
is_little(const struct publication *p, const struct hidden *hidden)
{
	size_t changed = hidden->count + p->plan->counts[PLAN_ADD] +
	    p->plan->counts[PLAN_UPDATE];
	struct store_facts f;

	store_facts(p->store, &f);
	return generation_table_bytes(p->generation->live_dir) >=
	    p->delta_bytes &&
	    changed * 100 < (size_t)f.documents * MAX_DELTA_PERCENT;
}

/* Has dir the base of the live generation, in files of its own? */
static bool
is_twin(const char *dir, const char *live_dir)
{
	CLEAN(str_free) char *a = xasprintf("%s/postlist.glass", dir);
	CLEAN(str_free) char *b = xasprintf("%s/postlist.glass", live_dir);
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	    sa.st_ino != sb.st_ino &&
	    manifest_is_twin(dir, live_dir, generation_is_base);
}

char *
merge_find_twin(const struct generation *g)
{
	CLEAN(str_free) char *memory = NULL;
	struct error ignored;
	uint32_t *all;
	char *twin;
	size_t n, i;

	if (g->live_dir == NULL ||
	    generation_list(g->root, &all, &n, &ignored) == -1)
		return NULL;
	memory = (char *)all;
	for (i = 0; i < n; i++) {
		twin = generation_path(g->root, all[i]);
		if (all[i] != g->live && is_twin(twin, g->live_dir))
			return twin;
		free(twin);
	}
	twin = spare_path(g->root);
	if (is_twin(twin, g->live_dir))
		return twin;
	free(twin);
	return NULL;
}

/* The twin, if it is whole; else the live generation. */
static void
choose_base(struct merge *m)
{
	const struct publication *p = m->p;
	struct error ignored;

	m->is_shared = p->twin != NULL && (p->twin_check->pid == 0 ||
	    aside_finish(p->twin_check, "verifying a base", &ignored) == 0);
	m->base = xstrdup(m->is_shared ? p->twin : p->generation->live_dir);
}

int
merge_plan(const struct publication *p, const char *built, struct merge *out,
    struct error *err)
{
	*out = (struct merge){ .p = p, .built = built };
	if (p->store == NULL)
		return 0;
	if (find_gone(out, err) == -1)
		return -1;
	out->has_delta = is_little(p, &out->hidden);
	if (out->has_delta)
		choose_base(out);
	return 0;
}

void
merge_clear(struct merge *m)
{
	hidden_clear(&m->hidden);
	str_free(&m->base);
}

static int
is_no_base(const char *name)
{
	return !generation_is_base(name);
}

/* A base that is shared was verified when it was chosen. */
int
merge_verify(const struct merge *m, struct error *err)
{
	const char *live = m->p->generation->live_dir;

	if (live == NULL || m->p->store == NULL)
		return 0;
	if (m->is_shared)
		return manifest_verify_as(live, live, is_no_base, err);
	return manifest_verify(live, verified_has(m->p->verified, live, NULL) ?
	    MANIFEST_SIZES : MANIFEST_CONTENTS, NULL, err);
}
