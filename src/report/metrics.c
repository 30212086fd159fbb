#include <config.h>

#include "report/metrics.h"

#include "base/wholefile.h"
#include "formats/format.h"
#include "model/quality.h"
#include "report/report.h"
#include "report/reportjson.h"

/* A number of ours, as text. */
#define TEXT_OF(number)	TEXT_OF_(number)
#define TEXT_OF_(number) #number

/* A run that never was. */
static const struct past_run none;

static void
head(const char *name, const char *help, struct buf *out)
{
	buf_addf(out, "# HELP naslag_%s %s\n# TYPE naslag_%s gauge\n", name, help,
	    name);
}

static void
gauge(const char *name, const char *help, double value, struct buf *out)
{
	head(name, help, out);
	buf_addf(out, "naslag_%s %.15g\n", name, value);
}

static void
print_changes(const struct past_run *r, struct buf *out)
{
	const struct { const char *name; uint64_t n; } changes[] = {
		{ "added", r->added }, { "changed", r->changed },
		{ "deleted", r->deleted }, { "unchanged", r->unchanged },
		{ "unknown", r->unknown },
	};
	size_t i;

	head("files", "Files of the corpus, by what the last good run found.",
	    out);
	for (i = 0; i < NELEM(changes); i++)
		buf_addf(out, "naslag_files{change=\"%s\"} %llu\n",
		    changes[i].name, (unsigned long long)changes[i].n);
}

static long long
failed(const struct past_run *r, enum extract_status s)
{
	const json_t *by_reason = json_object_get(r->record, "byReason");

	return (long long)json_integer_value(json_object_get(by_reason,
	    extract_status_name(s)));
}

static void
print_failures(const struct past_run *r, struct buf *out)
{
	int s;

	head("failed_files", "Files that could not be read, by reason.", out);
	for (s = EXTRACT_OK + 1; s < EXTRACT_NSTATUS; s++)
		buf_addf(out, "naslag_failed_files{reason=\"%s\"} %lld\n",
		    extract_status_name((enum extract_status)s),
		    failed(r, (enum extract_status)s));
}

void
metrics_print(const struct past_run *newest, const struct past_run *good,
    const struct past_run *live, struct buf *out)
{
	newest = newest != NULL ? newest : &none;
	good = good != NULL ? good : &none;
	live = live != NULL ? live : &none;
	gauge("last_success_timestamp_seconds",
	    "When the last run that ended well did so; 0: never.",
	    (double)past_run_ended(good), out);
	gauge("last_run_timestamp_seconds", "When the last run ended; 0: never.",
	    (double)past_run_ended(newest), out);
	gauge("last_run_status", "Exit status of the last run.",
	    newest->exit_status, out);
	gauge("run_duration_seconds", "How long the last run took.",
	    newest->seconds, out);
	gauge("generation", "Number of the published generation.",
	    (double)live->generation, out);
	gauge("documents", "Documents in the published generation.",
	    (double)live->documents, out);
	gauge("index_bytes", "Size of the published generation.",
	    (double)live->index_bytes, out);
	print_changes(good, out);
	print_failures(live, out);
	gauge("stale_files",
	    "Files that could not be read and have their old text.",
	    (double)live->stale, out);
	gauge("poor_text_documents", "Documents whose text is broken: of a quality "
	    "below " TEXT_OF(QUALITY_GOOD) ".", (double)live->poor_text, out);
	gauge("sandbox_violations",
	    "Files on which the extractor tried what its sandbox forbids.",
	    (double)failed(live, EXTRACT_VIOLATION), out);
}

/* Add the run to the history, unless it was recorded before. */
static void
add_run(struct history *h, const struct report *r)
{
	const struct past_run *last = history_newest(h);

	if (last == NULL || last->begun != r->begun ||
	    last->exit_status != r->exit_status ||
	    last->generation != r->generation)
		history_add(h, report_json(r, false));
}

int
report_metrics(const struct report *r, const char *root, const char *path,
    struct error *err)
{
	CLEAN(history_clear) struct history h = { 0 };
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	if (history_read(root, &h, err) == -1)
		return -1;
	add_run(&h, r);
	metrics_print(history_newest(&h), history_last_good(&h),
	    history_last_knowing(&h), &b);
	return wholefile_write(path, b.s, b.len, err);
}
