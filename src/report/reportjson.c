#include <config.h>

#include "report/reportjson.h"

#include <stdlib.h>
#include <string.h>

#include "model/quality.h"
#include "report/jsonput.h"
#include "show/jsonval.h"

enum readable
file_readable(const struct file *f)
{
	if (strcmp(f->status, "ok") == 0)
		return READABLE;
	return file_is_stale(f) ? READABLE_ONCE : READABLE_NOT;
}

size_t
files_readable(const struct files *l, unsigned how)
{
	size_t n = 0, i;

	for (i = 0; i < l->count; i++)
		n += (how & file_readable(&l->items[i])) != 0;
	return n;
}

static int
compare(const void *va, const void *vb)
{
	return strcmp(*(const char *const *)va, *(const char *const *)vb);
}

json_t *
files_by_reason(const struct files *l, unsigned how)
{
	const char **names = xcalloc(l->count, sizeof *names);
	json_t *o = json_object();
	size_t n = 0, i, run;

	for (i = 0; i < l->count; i++)
		if (how & file_readable(&l->items[i]))
			names[n++] = l->items[i].status;
	if (n > 0)
		qsort(names, n, sizeof *names, compare);
	for (i = 0; i < n; i += run) {
		for (run = 1; i + run < n &&
		    strcmp(names[i], names[i + run]) == 0; run++)
			;
		json_put_size(o, names[i], run);
	}
	free(names);
	return o;
}

json_t *
files_failing(const struct files *l)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < l->count; i++) {
		const struct file *f = &l->items[i];
		json_t *o;

		if (file_readable(f) == READABLE)
			continue;
		o = json_object();
		json_put_text(o, "path", f->path);
		json_put_text(o, "status", f->status);
		json_put_text(o, "reason", f->reason);
		json_object_set_new(o, "stale", json_boolean(file_is_stale(f)));
		json_object_set_new(o, "since", jsonval_day(f->failed_ymd));
		json_put_size(o, "attempts", f->attempts);
		json_array_append_new(all, o);
	}
	return all;
}

/* ---- what changed ---- */

/* Where files were that only moved, sorted; the caller frees it. */
static const char **
moved_from(const struct report *r, size_t *n)
{
	const char **from = xcalloc(r->nchanges, sizeof *from);
	size_t i;

	*n = 0;
	for (i = 0; i < r->nchanges; i++)
		if (r->changes[i].from != NULL)
			from[(*n)++] = r->changes[i].from;
	if (*n > 0)
		qsort(from, *n, sizeof *from, compare);
	return from;
}

static json_t *
move(const struct change *c)
{
	json_t *pair = json_array();

	json_array_append_new(pair, jsonval_text(c->from));
	json_array_append_new(pair, jsonval_text(c->path));
	return pair;
}

/* A file that moved is in "renamed" only, not as one more and one less. */
static json_t *
changes(const struct report *r)
{
	static const char *const names[NPLANS] = {
		[PLAN_ADD] = "added", [PLAN_UPDATE] = "changed",
		[PLAN_DELETE] = "deleted",
	};
	json_t *o = json_object();
	size_t nmoved, i;
	const char **moved = moved_from(r, &nmoved);

	for (i = 0; i < NPLANS; i++)
		if (names[i] != NULL)
			json_object_set_new(o, names[i], json_array());
	json_object_set_new(o, "renamed", json_array());
	for (i = 0; i < r->nchanges; i++) {
		const struct change *c = &r->changes[i];
		json_t *list = json_object_get(o,
		    c->from != NULL ? "renamed" : names[c->what]);

		if (json_array_size(list) >= REPORT_PATHS ||
		    (c->what == PLAN_DELETE && nmoved > 0 &&
		    bsearch(&c->path, moved, nmoved, sizeof *moved, compare)))
			continue;
		json_array_append_new(list,
		    c->from != NULL ? move(c) : jsonval_text(c->path));
	}
	free(moved);
	return o;
}

/* ---- the whole ---- */

static bool
is_poor(const struct quality *q)
{
	int figure = quality_figure(q);

	return figure >= 0 && figure < QUALITY_GOOD;
}

/* Documents whose text broke on its way; a copy has none of its own. */
static size_t
count_poor(const struct files *l)
{
	size_t n = 0, i;

	for (i = 0; i < l->count; i++)
		n += l->items[i].copy_of == NULL &&
		    is_poor(&l->items[i].quality);
	return n;
}

/* What is known only of a run that came to know its files. */
static void
put_files(const struct report *r, json_t *o)
{
	const struct files *l = r->files;

	if (l == NULL) {
		json_object_set_new(o, "byReason", json_object());
		json_object_set_new(o, "files", json_null());
		json_object_set_new(o, "within", json_null());
		json_object_set_new(o, "notSearchable", json_null());
		json_object_set_new(o, "stale", json_null());
		json_object_set_new(o, "poorText", json_null());
		return;
	}
	json_object_set_new(o, "byReason",
	    files_by_reason(l, READABLE_NOT | READABLE_ONCE));
	json_put_size(o, "files", l->count - files_within(l));
	json_put_size(o, "within", files_within(l));
	json_put_size(o, "notSearchable", files_readable(l, READABLE_NOT));
	json_put_size(o, "stale", files_readable(l, READABLE_ONCE));
	json_put_size(o, "poorText", count_poor(l));
}

json_t *
report_json(const struct report *r, bool has_lists)
{
	const struct { const char *key; uint64_t n; } numbers[] = {
		{ "exitStatus", (uint64_t)r->exit_status },
		{ "generation", r->generation },
		{ "rolledBackFrom", r->rolled_back_from },
		{ "added", r->counts[PLAN_ADD] },
		{ "changed", r->counts[PLAN_UPDATE] },
		{ "deleted", r->counts[PLAN_DELETE] },
		{ "unchanged", r->counts[PLAN_KEEP] },
		{ "unknown", r->counts[PLAN_UNKNOWN] },
		{ "renamed", r->renamed },
		{ "parsed", r->parsed },
		{ "newlyFailing", r->newly_failing },
		{ "documents", r->documents },
		{ "indexBytes", r->index_bytes },
		{ "textBytes", r->text_bytes },
	};
	json_t *o = json_object();
	size_t i;

	json_object_set_new(o, "begun", json_moment(r->begun));
	json_object_set_new(o, "seconds", json_real(r->seconds));
	json_put_text(o, "error", r->error);
	json_put_text(o, "corpus", r->corpus);
	json_object_set_new(o, "published", json_boolean(r->is_published));
	for (i = 0; i < NELEM(numbers); i++)
		json_put_size(o, numbers[i].key, numbers[i].n);
	put_files(r, o);
	if (has_lists) {
		json_object_set_new(o, "changes", changes(r));
		json_object_set_new(o, "failures", r->files != NULL ?
		    files_failing(r->files) : json_array());
	}
	return o;
}
