#include <config.h>

#include "report/status.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "report/metrics.h"
#include "report/reportjson.h"

void
status_add_cell(const char *s, struct buf *out)
{
	size_t i = out->len;

	utf8_clean(s, strlen(s), out);
	for (; i < out->len; i++)
		if (out->s[i] == '\n' || out->s[i] == '\t')
			out->s[i] = ' ';
}

static void
print_reasons(const struct files *l, enum readable how, struct buf *out)
{
	json_t *by_reason = files_by_reason(l, how), *n;
	const char *status;

	json_object_foreach(by_reason, status, n)
		buf_addf(out, "  %-18s%lld\n", status,
		    (long long)json_integer_value(n));
	json_decref(by_reason);
}

static size_t
count_copies(const struct files *l)
{
	size_t n = 0, i;

	for (i = 0; i < l->count; i++)
		n += l->items[i].copy_of != NULL;
	return n;
}

/* "2026-11-22T02:00:00Z (3.2 hours ago)" */
static void
print_moment(time_t t, time_t now, struct buf *out)
{
	struct tm tm;
	char s[32] = "";

	if (gmtime_r(&t, &tm) != NULL)
		strftime(s, sizeof s, "%Y-%m-%dT%H:%M:%SZ", &tm);
	if (difftime(now, t) < 48 * 3600)
		buf_addf(out, "%s (%.1f hours ago)", s, difftime(now, t) / 3600);
	else
		buf_addf(out, "%s (%.0f days ago)", s,
		    difftime(now, t) / 86400);
}

static void
print_runs(const struct status *s, struct buf *out)
{
	CLEAN(buf_clear) struct buf end = BUF_INIT;

	if (s->last == NULL)
		return;
	buf_adds(out, "last run            ");
	print_moment(s->last->begun, s->now, out);
	status_say_end(s->last, &end);
	buf_adds(out, ": ");
	status_add_cell(buf_str(&end), out);
	buf_addf(out, "; %.1f s\n", s->last->seconds);
	if (s->good != NULL && s->good != s->last) {
		buf_adds(out, "last good run       ");
		print_moment(s->good->begun, s->now, out);
		buf_addc(out, '\n');
	}
}

void
status_print_text(const struct status *s, struct buf *out)
{
	CLEAN(buf_clear) struct buf why = BUF_INIT;

	buf_addf(out, "index               %s\n", s->index);
	buf_addf(out, "state               %s\n", status_state_name(s->state));
	if (s->state != STATUS_GOOD) {
		status_say_state(s, &why);
		buf_adds(out, "warning             ");
		status_add_cell(buf_str(&why), out);
		buf_addc(out, '\n');
	}
	buf_addf(out, "generation          %u\n", s->generation);
	buf_adds(out, "made                ");
	print_moment(s->live.begun, s->now, out);
	buf_addf(out, "\ncorpus              %s\n", s->facts.corpus);
	buf_addf(out, "files               %zu\n",
	    s->files.count - files_within(&s->files));
	buf_addf(out, "within files        %zu\n", files_within(&s->files));
	buf_addf(out, "documents           %u\n", s->facts.documents);
	buf_addf(out, "copies              %zu\n", count_copies(&s->files));
	buf_addf(out, "not searchable      %zu\n",
	    files_readable(&s->files, READABLE_NOT));
	print_reasons(&s->files, READABLE_NOT, out);
	buf_addf(out, "old text            %zu\n",
	    files_readable(&s->files, READABLE_ONCE));
	print_reasons(&s->files, READABLE_ONCE, out);
	status_text_quality(s, out);
	print_runs(s, out);
	buf_addf(out, "analyser            %016llx\n",
	    (unsigned long long)s->fingerprint);
	buf_addf(out, "size                %.1f MB\n",
	    (double)s->index_bytes / 1e6);
}

void
status_print_failures(const struct status *s, struct buf *out)
{
	size_t i;

	for (i = 0; i < s->files.count; i++) {
		const struct file *f = &s->files.items[i];

		if (file_readable(f) == READABLE)
			continue;
		buf_addf(out, "%s\t", f->status);
		status_add_cell(f->path, out);
		buf_addc(out, '\t');
		status_add_cell(f->reason, out);
		buf_addc(out, '\t');
		if (f->failed_ymd != DATE_NONE)
			date_print(f->failed_ymd, out);
		buf_addf(out, "\t%u\t%s\n", f->attempts,
		    file_is_stale(f) ? "old text" : "");
	}
}

void
status_print_metrics(const struct status *s, struct buf *out)
{
	const struct past_run *live = s->live.record != NULL ? &s->live : s->good;

	metrics_print(history_newest(&s->history),
	    s->good != NULL ? s->good : live, live, out);
}
