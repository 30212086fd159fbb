#include <config.h>

#include "report/report.h"

#include "base/wholefile.h"
#include "report/history.h"
#include "report/reportjson.h"
#include "show/jsonval.h"

/* " (scan 2, malformed 1)"; nothing if there are none. */
static void
print_reasons(const struct files *l, enum readable how, struct buf *out)
{
	json_t *by_reason = files_by_reason(l, how), *n;
	const char *status, *sep = " (";

	json_object_foreach(by_reason, status, n) {
		buf_addf(out, "%s%s %lld", sep, status,
		    (long long)json_integer_value(n));
		sep = ", ";
	}
	if (json_object_size(by_reason) > 0)
		buf_addc(out, ')');
	json_decref(by_reason);
}

void
report_line(const struct report *r, struct buf *out)
{
	size_t stale = files_readable(r->files, READABLE_ONCE);
	size_t within = files_within(r->files);

	buf_addf(out, "generation %u%s: %zu files", r->generation,
	    r->is_published ? "" : " stays", r->files->count - within);
	if (within > 0)
		buf_addf(out, " and %zu within them", within);
	buf_addf(out, ", %zu added, %zu changed, %zu deleted, %zu unchanged",
	    r->counts[PLAN_ADD], r->counts[PLAN_UPDATE], r->counts[PLAN_DELETE],
	    r->counts[PLAN_KEEP]);
	if (r->renamed > 0)
		buf_addf(out, ", %zu only renamed", r->renamed);
	if (r->counts[PLAN_UNKNOWN] > 0)
		buf_addf(out, ", %zu not reachable and kept",
		    r->counts[PLAN_UNKNOWN]);
	buf_addf(out, "; %zu not searchable",
	    files_readable(r->files, READABLE_NOT));
	print_reasons(r->files, READABLE_NOT, out);
	if (stale > 0) {
		buf_addf(out, ", %zu kept with old text", stale);
		print_reasons(r->files, READABLE_ONCE, out);
	}
	if (r->newly_failing > 0)
		buf_addf(out, ", %zu newly failing", r->newly_failing);
	buf_addf(out, "; %.1f s\n", r->seconds);
}

int
report_write(const struct report *r, const char *path, struct error *err)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	jsonval_print(report_json(r, true), JSON_INDENT(1), &b);
	return wholefile_write(path, b.s, b.len, err);
}

int
report_record(const struct report *r, const char *root, struct error *err)
{
	CLEAN(buf_clear) struct buf line = BUF_INIT;

	jsonval_print(report_json(r, false), JSON_COMPACT, &line);
	return history_append(root, line.s, line.len, err);
}
