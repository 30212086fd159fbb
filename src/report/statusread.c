#include <config.h>

#include "report/status.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/report.h"
#include "report/reportjson.h"
#include "dutch/analyse.h"
#include "index/generation.h"
#include "index/manifest.h"

static uint64_t
directory_bytes(const char *dir)
{
	uint64_t sum = 0;
	struct dirent *e;
	DIR *d = opendir(dir);
	struct stat st;

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL)
		if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode))
			sum += (uint64_t)st.st_size;
	closedir(d);
	return sum;
}

/* The first problem is the one that is told. */
static void
note_problem(struct status *s, const struct error *err)
{
	if (s->problem.kind == ERROR_NONE)
		s->problem = *err;
}

/* ---- the generation ---- */

static void
read_store(struct status *s, struct analyser *a)
{
	CLEAN(store_free) struct store *store = NULL;
	struct error err;

	if (store_open(s->index, a, &store, &err) == -1) {
		note_problem(s, &err);
		return;
	}
	store_facts(store, &s->facts);
	s->has_facts = true;
}

/* An index of before there were manifests has none. */
static void
check_sizes(struct status *s, const char *dir)
{
	CLEAN(str_free) char *path = xasprintf("%s/MANIFEST", dir);
	struct error err;

	if (access(path, F_OK) == 0 &&
	    manifest_verify(dir, MANIFEST_SIZES, NULL, &err) == -1)
		note_problem(s, &err);
}

static void
read_generation(struct status *s, const char *dir)
{
	CLEAN(str_free) char *report = xasprintf("%s/report.json", dir);
	struct error err;

	s->index_bytes = directory_bytes(dir);
	if (files_read(dir, &s->files, &err) == 0)
		s->has_files = true;
	else
		note_problem(s, &err);
	check_sizes(s, dir);
	s->report = json_load_file(report, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(s->report)) {
		json_decref(s->report);
		s->report = NULL;
	}
}

/* The generation as if a run had just told about it. */
static void
read_live(struct status *s)
{
	const struct report r = {
		.begun = status_moment(s->facts.made), .corpus = s->facts.corpus,
		.generation = s->generation, .is_published = true,
		.files = &s->files, .documents = s->facts.documents,
		.index_bytes = s->index_bytes,
	};
	json_t *record;

	if (!s->has_facts || !s->has_files)
		return;
	record = report_json(&r, false);
	if (past_run_parse(record, &s->live) == -1)
		json_decref(record);
}

/* ---- the runs ---- */

/* That the history cannot be read is no reason to say nothing else. */
static void
read_history(struct status *s)
{
	struct error ignored;

	history_read(s->index, &s->history, &ignored);
}

int
status_read(const char *index, time_t now, struct status *out,
    struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(str_free) char *dir = NULL;
	struct status s = { .index = index, .now = now };

	if (analyser_open(&a, err) == -1)
		return -1;
	if (generation_find(index, &dir, &s.generation, err) == -1) {
		if (err->kind == ERROR_NOINDEX)
			return -1;
		note_problem(&s, err);
	}
	s.fingerprint = store_fingerprint(a);
	if (dir != NULL)
		read_generation(&s, dir);
	read_store(&s, a);
	read_live(&s);
	read_history(&s);
	status_find_state(&s);
	*out = s;
	return 0;
}

void
status_clear(struct status *s)
{
	files_clear(&s->files);
	history_clear(&s->history);
	json_decref(s->report);
	json_decref(s->live.record);
	*s = (struct status){ 0 };
}
