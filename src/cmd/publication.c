#include <config.h>

#include "cmd/publication.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/mem.h"
#include "cmd/builder.h"
#include "index/store.h"
#include "index/suggest.h"
#include "index/vocabulary.h"
#include "index/writer.h"

/*
 * What the index knows of itself.  Written last: where two databases have the
 * same key, compacting takes either.
 */
static int
write_facts(const struct publication *p, const char *path, struct error *err)
{
	CLEAN(writer_free) struct writer *w = NULL;
	time_t now = time(NULL);
	struct tm tm;
	size_t unsearchable = 0, i;
	struct { const char *key; char value[PATH_MAX]; } facts[] = {
		{ "fingerprint", "" }, { "generatie", "" }, { "documenten", "" },
		{ "ondoorzoekbaar", "" }, { "gemaakt", "" }, { "corpus", "" },
	};

	for (i = 0; i < p->files->count; i++)
		unsearchable += strcmp(p->files->items[i].status, "ok") != 0;
	gmtime_r(&now, &tm);
	snprintf(facts[0].value, PATH_MAX, "%016llx",
	    (unsigned long long)store_fingerprint(p->analyser));
	snprintf(facts[1].value, PATH_MAX, "%u", p->generation->number);
	snprintf(facts[2].value, PATH_MAX, "%zu", p->files->count);
	snprintf(facts[3].value, PATH_MAX, "%zu", unsearchable);
	strftime(facts[4].value, PATH_MAX, "%Y-%m-%dT%H:%M:%SZ", &tm);
	snprintf(facts[5].value, PATH_MAX, "%s", p->corpus_path);
	if (writer_open(path, &w, err) == -1)
		return -1;
	for (i = 0; i < NELEM(facts); i++)
		if (writer_set_fact(w, facts[i].key, facts[i].value, err) == -1)
			return -1;
	return writer_commit(w, err);
}

/* The live database without what changed or went; NULL if there is none. */
static int
prepare_base(const struct publication *p, char **base, struct error *err)
{
	CLEAN(writer_free) struct writer *w = NULL;
	size_t i;

	*base = NULL;
	if (p->live == NULL)
		return 0;
	if (p->plan->counts[PLAN_UPDATE] + p->plan->counts[PLAN_DELETE] == 0) {
		*base = xstrdup(p->generation->live_dir);
		return 0;
	}
	*base = xasprintf("%s/base", p->generation->work_dir);
	if (generation_copy(p->generation, *base, err) == -1 ||
	    writer_open(*base, &w, err) == -1)
		return -1;
	for (i = 0; i < p->plan->nsteps; i++) {
		const struct plan_step *s = &p->plan->steps[i];

		if ((s->what == PLAN_UPDATE || s->what == PLAN_DELETE) &&
		    writer_delete(w, p->live->items[s->index].path, err) == -1)
			return -1;
	}
	return writer_commit(w, err);
}

/* Compacting holds every table of every shard open: five files each. */
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
compact(const struct publication *p, const char *out, struct error *err)
{
	char **sources = xcalloc(p->nshards + 1, sizeof *sources);
	size_t n = 0, i;
	int rc = prepare_base(p, &sources[0], err);

	raise_file_limit();
	if (sources[0] != NULL)
		n++;
	for (i = 0; i < p->nshards; i++)
		sources[n++] = shard_path(p->generation->work_dir, i);
	if (rc == 0)
		rc = writer_compact((const char *const *)sources, n, out, err);
	for (i = 0; i < n; i++)
		free(sources[i]);
	free(sources);
	return rc;
}

/* What is made from the whole of the new database. */
static int
write_extras(const struct publication *p, const char *built, struct error *err)
{
	if (vocabulary_write(built, store_fingerprint(p->analyser), err) == -1)
		return -1;
	return suggestions_write(built, p->analyser, err);
}

int
publication_make(const struct publication *p, struct error *err)
{
	CLEAN(str_free) char *built = xasprintf("%s/built",
	    p->generation->work_dir);

	if (compact(p, built, err) == -1 ||
	    write_facts(p, built, err) == -1 ||
	    files_write(p->files, built, err) == -1 ||
	    write_extras(p, built, err) == -1)
		return -1;
	return generation_publish(p->generation, built, err);
}
