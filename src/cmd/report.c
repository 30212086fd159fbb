#include <config.h>

#include "cmd/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/utf8.h"

static bool
is_failure(const struct file *f)
{
	return strcmp(f->status, "ok") != 0;
}

/* How many files have each status other than "ok". */
static json_t *
reasons(const struct files *l, size_t *all)
{
	json_t *o = json_object();
	size_t i;

	*all = 0;
	for (i = 0; i < l->count; i++) {
		const char *status = l->items[i].status;

		if (!is_failure(&l->items[i]))
			continue;
		json_object_set_new(o, status, json_integer(1 +
		    json_integer_value(json_object_get(o, status))));
		++*all;
	}
	return o;
}

void
report_line(const struct report *r, struct buf *out)
{
	const char *status, *sep = " (";
	json_t *by_reason, *n;
	size_t failures;

	by_reason = reasons(r->files, &failures);
	buf_addf(out, "generation %u%s: %zu files, %zu added, %zu changed, "
	    "%zu deleted, %zu unchanged", r->generation,
	    r->is_published ? "" : " stays", r->files->count,
	    r->counts[PLAN_ADD], r->counts[PLAN_UPDATE], r->counts[PLAN_DELETE],
	    r->counts[PLAN_KEEP]);
	if (r->counts[PLAN_UNKNOWN] > 0)
		buf_addf(out, ", %zu not reachable and kept",
		    r->counts[PLAN_UNKNOWN]);
	buf_addf(out, "; %zu not searchable", failures);
	json_object_foreach(by_reason, status, n) {
		buf_addf(out, "%s%s %lld", sep, status,
		    (long long)json_integer_value(n));
		sep = ", ";
	}
	json_decref(by_reason);
	buf_addf(out, "%s; %.1f s\n", failures > 0 ? ")" : "", r->seconds);
}

static json_t *
text(const char *s)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;

	utf8_clean(s, strlen(s), &clean);
	return json_stringn(buf_str(&clean), clean.len);
}

static json_t *
failures(const struct files *l)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < l->count; i++) {
		const struct file *f = &l->items[i];
		json_t *o;

		if (!is_failure(f))
			continue;
		o = json_object();
		json_object_set_new(o, "path", text(f->path));
		json_object_set_new(o, "status", text(f->status));
		json_object_set_new(o, "reason", text(f->reason));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
to_json(const struct report *r)
{
	json_t *o = json_object(), *by_reason;
	size_t n;

	by_reason = reasons(r->files, &n);
	json_object_set_new(o, "corpus", text(r->corpus));
	json_object_set_new(o, "generation", json_integer(r->generation));
	json_object_set_new(o, "published", json_boolean(r->is_published));
	json_object_set_new(o, "files", json_integer((json_int_t)r->files->count));
	json_object_set_new(o, "added",
	    json_integer((json_int_t)r->counts[PLAN_ADD]));
	json_object_set_new(o, "changed",
	    json_integer((json_int_t)r->counts[PLAN_UPDATE]));
	json_object_set_new(o, "deleted",
	    json_integer((json_int_t)r->counts[PLAN_DELETE]));
	json_object_set_new(o, "unchanged",
	    json_integer((json_int_t)r->counts[PLAN_KEEP]));
	json_object_set_new(o, "unknown",
	    json_integer((json_int_t)r->counts[PLAN_UNKNOWN]));
	json_object_set_new(o, "notSearchable", json_integer((json_int_t)n));
	json_object_set_new(o, "byReason", by_reason);
	json_object_set_new(o, "failures", failures(r->files));
	json_object_set_new(o, "textBytes",
	    json_integer((json_int_t)r->text_bytes));
	json_object_set_new(o, "seconds", json_real(r->seconds));
	return o;
}

int
report_write(const struct report *r, const char *path, struct error *err)
{
	CLEAN(str_free) char *tmp = xasprintf("%s.tmp", path);
	json_t *o = to_json(r);
	int rc = json_dump_file(o, tmp, JSON_INDENT(1) | JSON_REAL_PRECISION(6));

	json_decref(o);
	if (rc == -1)
		return error_errno(err, ERROR_SPACE, "cannot write %s", tmp);
	if (rename(tmp, path) == -1) {
		error_errno(err, ERROR_SPACE, "cannot rename %s to %s", tmp, path);
		remove(tmp);
		return -1;
	}
	return 0;
}
