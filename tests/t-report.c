/*
 * t-report: the report of a run as a line, as JSON, in the history and as
 * metrics.
 */
#include <config.h>

#include "report/report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/wholefile.h"
#include "report/history.h"
#include "report/reportjson.h"
#include "show/jsonval.h"

#include "tap.h"

static char dir[] = "/tmp/naslag-t-report.XXXXXX";

/* The path of a file in the scratch directory; the caller frees it. */
static char *
scratch(const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static void
remove_scratch(void)
{
	static const char *const names[] = {
		"report.json", "runs.jsonl", "naslag.prom"
	};
	size_t i;

	for (i = 0; i < NELEM(names); i++) {
		CLEAN(str_free) char *path = scratch(names[i]);

		unlink(path);
	}
	ok(rmdir(dir) == 0, "no other files were made");
}

static void
add_file(struct files *l, const char *path, const char *status,
    const char *reason, const char *text_key, uint32_t attempts, int failed_ymd)
{
	const struct file f = {
		.path = (char *)(uintptr_t)path,
		.status = (char *)(uintptr_t)status,
		.reason = (char *)(uintptr_t)reason,
		.text_key = (char *)(uintptr_t)text_key,
		.attempts = attempts, .failed_ymd = failed_ymd,
	};

	files_add(l, &f);
}

/* Half of its words have lost letters. */
static const struct quality broken = { .words = 100, .lost = 50 };

static const struct change some_changes[] = {
	{ PLAN_ADD, "nieuw.pdf", NULL },
	{ PLAN_ADD, "b/verhuisd.pdf", "a/verhuisd.pdf" },
	{ PLAN_UPDATE, "anders\xFF\n.pdf", NULL },
	{ PLAN_DELETE, "a/verhuisd.pdf", NULL },
	{ PLAN_DELETE, "weg.pdf", NULL },
};

/* A run in which everything happened. */
static void
make_run(struct files *l, struct report *r)
{
	add_file(l, "a.pdf", "ok", NULL, "k", 0, 0);
	add_file(l, "scan.pdf", "scan", NULL, NULL, 1, 20261101);
	add_file(l, "kapot\xFE<b>.pdf", "malformed", "no \"trailer\"", NULL, 3,
	    20261103);
	add_file(l, "oud.pdf", "crashed", "signal 11", "k2", 2, 20261120);
	add_file(l, "scan2.pdf", "scan", NULL, NULL, 1, 20261101);
	l->items[0].quality = broken;
	l->items[2].quality = broken;
	l->items[2].copy_of = xstrdup("a.pdf");
	*r = (struct report){
		.corpus = "/srv/portaal", .begun = 1795305600, .seconds = 14.25,
		.generation = 12, .is_published = true,
		.counts = {
			[PLAN_KEEP] = 2, [PLAN_ADD] = 2, [PLAN_UPDATE] = 1,
			[PLAN_DELETE] = 2, [PLAN_UNKNOWN] = 1,
		},
		.renamed = 1, .parsed = 3, .newly_failing = 2,
		.changes = some_changes, .nchanges = NELEM(some_changes),
		.files = l, .text_bytes = 4321, .index_bytes = 123456789,
		.documents = 5,
	};
}

static const struct report refused = {
	.corpus = "/srv/portaal", .begun = 1795392000, .seconds = 0.5,
	.exit_status = 65, .error = "the corpus /srv/portaal holds no files",
	.generation = 12,
};

/* ---- the line ---- */

static void
line_is(const struct report *r, const char *expected, const char *title)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	report_line(r, &b);
	if (!ok(strcmp(buf_str(&b), expected) == 0, "the line: %s", title))
		printf("# got %s# not %s", buf_str(&b), expected);
}

static void
test_line(const struct report *all)
{
	struct files none = { 0 }, one = { 0 };
	struct report r = { .generation = 3, .files = &none, .seconds = 0.04 };

	line_is(all, "generation 12: 5 files, 2 added, 1 changed, 2 deleted, "
	    "2 unchanged, 1 only renamed, 1 not reachable and kept; "
	    "3 not searchable (malformed 1, scan 2), 1 kept with old text "
	    "(crashed 1), 2 newly failing; 14.2 s\n", "all that can happen");
	add_file(&one, "a", "ok", NULL, "k", 0, 0);
	r.files = &one;
	r.counts[PLAN_KEEP] = 1;
	line_is(&r, "generation 3 stays: 1 files, 0 added, 0 changed, 0 deleted, "
	    "1 unchanged; 0 not searchable; 0.0 s\n", "nothing at all");
	files_clear(&one);
}

/* ---- JSON ---- */

/* Is the value at key, as compact JSON, as expected? */
static void
value_is(const json_t *o, const char *key, const char *expected)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	json_t *value = json_object_get(o, key);

	if (value == NULL)
		buf_adds(&b, "missing\n");
	else
		jsonval_print(json_incref(value), JSON_COMPACT | JSON_ENCODE_ANY |
		    JSON_SORT_KEYS, &b);
	buf_cut(&b, b.len - 1);
	if (!ok(strcmp(b.s, expected) == 0, "%s is %.60s", key, expected))
		printf("# got %s\n", b.s);
}

static void
test_json(const struct report *r)
{
	CLEAN(str_free) char *path = scratch("report.json");
	CLEAN(str_free) char *tmp = scratch("report.json.tmp");
	struct error err = ERROR_INIT;
	json_t *o;

	ok(report_write(r, path, &err) == 0, "a report is written");
	ok(access(tmp, F_OK) == -1, "nothing is left beside it");
	o = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
	if (!ok(json_is_object(o), "and is one JSON object"))
		return;
	value_is(o, "begun", "\"2026-11-22T00:00:00Z\"");
	value_is(o, "seconds", "14.25");
	value_is(o, "exitStatus", "0");
	value_is(o, "error", "null");
	value_is(o, "corpus", "\"/srv/portaal\"");
	value_is(o, "generation", "12");
	value_is(o, "published", "true");
	value_is(o, "files", "5");
	value_is(o, "added", "2");
	value_is(o, "changed", "1");
	value_is(o, "deleted", "2");
	value_is(o, "unchanged", "2");
	value_is(o, "unknown", "1");
	value_is(o, "renamed", "1");
	value_is(o, "parsed", "3");
	value_is(o, "newlyFailing", "2");
	value_is(o, "notSearchable", "3");
	value_is(o, "stale", "1");
	value_is(o, "poorText", "1");
	value_is(o, "documents", "5");
	value_is(o, "indexBytes", "123456789");
	value_is(o, "textBytes", "4321");
	value_is(o, "byReason", "{\"crashed\":1,\"malformed\":1,\"scan\":2}");
	value_is(o, "changes", "{\"added\":[\"nieuw.pdf\"],"
	    "\"changed\":[\"anders\xEF\xBF\xBD\\n.pdf\"],"
	    "\"deleted\":[\"weg.pdf\"],"
	    "\"renamed\":[[\"a/verhuisd.pdf\",\"b/verhuisd.pdf\"]]}");
	ok(json_array_size(json_object_get(o, "failures")) == 4,
	    "every file that cannot be read is named");
	value_is(json_array_get(json_object_get(o, "failures"), 1), "path",
	    "\"kapot\xEF\xBF\xBD<b>.pdf\"");
	value_is(json_array_get(json_object_get(o, "failures"), 2), "since",
	    "\"2026-11-20\"");
	value_is(json_array_get(json_object_get(o, "failures"), 2), "attempts",
	    "2");
	value_is(json_array_get(json_object_get(o, "failures"), 2), "stale",
	    "true");
	value_is(json_array_get(json_object_get(o, "failures"), 0), "stale",
	    "false");
	json_decref(o);

	o = report_json(&refused, true);
	value_is(o, "exitStatus", "65");
	value_is(o, "error", "\"the corpus /srv/portaal holds no files\"");
	value_is(o, "files", "null");
	value_is(o, "failures", "[]");
	json_decref(o);
}

static void
test_many_changes(struct report r)
{
	struct change *many = xcalloc(3000, sizeof *many);
	json_t *o;
	size_t i;

	for (i = 0; i < 3000; i++) {
		many[i].what = PLAN_UPDATE;
		many[i].path = "x.pdf";
	}
	r.changes = many;
	r.nchanges = r.counts[PLAN_UPDATE] = 3000;
	o = report_json(&r, true);
	value_is(o, "changed", "3000");
	ok(json_array_size(json_object_get(json_object_get(o, "changes"),
	    "changed")) == REPORT_PATHS, "but at most 1,000 are named");
	json_decref(o);
	o = report_json(&r, false);
	ok(json_object_get(o, "changes") == NULL &&
	    json_object_get(o, "failures") == NULL,
	    "the history has no lists");
	json_decref(o);
	free(many);
}

static void
test_unwritable(const struct report *r)
{
	CLEAN(str_free) char *path = scratch("is-not/report.json");
	struct error err = ERROR_INIT;

	ok(report_write(r, path, &err) == -1 && err.kind == ERROR_SPACE,
	    "no directory: ERROR_SPACE");
	err.kind = ERROR_NONE;
	ok(report_write(r, "/dev/full", &err) == -1 && err.kind == ERROR_SPACE,
	    "a full disk: ERROR_SPACE");
	ok(access("/dev/full.tmp", F_OK) == -1, "a device is not replaced");
}

/* ---- the history ---- */

/* Put text in the place of the history. */
static void
write_history(const char *text)
{
	CLEAN(str_free) char *path = scratch("runs.jsonl");
	struct error err = ERROR_INIT;

	wholefile_write(path, text, strlen(text), &err);
}

#define RUN(day, status) "{\"begun\":\"2026-11-" day "T02:00:00Z\"," \
    "\"exitStatus\":" status ",\"generation\":7,\"files\":3,\"documents\":3," \
    "\"indexBytes\":9,\"seconds\":60.5}\n"

/* History texts, how many runs they have, and how many lines are damaged. */
static const struct {
	const char *text;
	size_t count, ndamaged;
	const char *title;
} histories[] = {
	{ "", 0, 0, "an empty history" },
	{ RUN("01", "0"), 1, 0, "one run" },
	{ RUN("01", "0") RUN("02", "65"), 2, 0, "two" },
	{ RUN("01", "0") "{\"begun\":\"2026", 1, 1, "a line that is cut" },
	{ "\n\n" RUN("01", "0") "\n", 1, 0, "empty lines" },
	{ "onzin\n" RUN("01", "0"), 1, 1, "a line that is no JSON" },
	{ "[1,2]\n" RUN("01", "0"), 1, 1, "a line that is no object" },
	{ "{}\n{\"begun\":7,\"exitStatus\":0}\n", 0, 2, "a line without a time" },
	{ "{\"begun\":\"2026-11-01T02:00:00Z\"}\n", 0, 1,
	    "a line without a status" },
	{ "{\"begun\":\"2026-11-01T02:00:00Z\",\"exitStatus\":\"0\"}\n", 0, 1,
	    "a status that is no number" },
	{ "{\"begun\":\"2026-11-01T02:00:00Z\",\"exitStatus\":0,\"files\":\"x\","
	    "\"seconds\":-1,\"added\":-4,\"error\":{}}\n", 1, 0,
	    "values of other kinds" },
	{ "\xFF\xFE\n" RUN("03", "0"), 1, 1, "bytes that are no UTF-8" },
	{ "{\"begun\":\"2026-11-01T02:00:00Z\",\"exitStatus\":0", 0, 1,
	    "an object without an end" },
};

static void
test_histories(void)
{
	struct error err = ERROR_INIT;
	size_t i;

	for (i = 0; i < NELEM(histories); i++) {
		struct history h = { 0 };

		write_history(histories[i].text);
		ok(history_read(dir, &h, &err) == 0 &&
		    h.count == histories[i].count &&
		    h.ndamaged == histories[i].ndamaged, "%s: %zu runs, "
		    "%zu lines passed over", histories[i].title,
		    histories[i].count, histories[i].ndamaged);
		history_clear(&h);
	}
}

static void
test_record(const struct report *good)
{
	struct history h = { 0 };
	struct error err = ERROR_INIT;

	write_history(RUN("01", "0") "onzin\n{\"half\":");
	ok(report_record(good, dir, &err) == 0 &&
	    report_record(&refused, dir, &err) == 0, "runs are recorded");
	if (!ok(history_read(dir, &h, &err) == 0 && h.count == 3 &&
	    h.ndamaged == 0, "behind what was there and is not damaged"))
		return;
	ok(h.runs[1].begun == good->begun && h.runs[1].documents == 5 &&
	    h.runs[1].stale == 1 && h.runs[1].renamed == 1 &&
	    h.runs[1].is_published && h.runs[1].error == NULL &&
	    past_run_knows(&h.runs[1]), "a good run as it was");
	ok(h.runs[2].exit_status == 65 && !h.runs[2].has_files &&
	    strcmp(h.runs[2].error, refused.error) == 0 &&
	    !past_run_knows(&h.runs[2]), "a refused one as well");
	ok(history_newest(&h) == &h.runs[2] &&
	    history_last_good(&h) == &h.runs[1] &&
	    history_last_knowing(&h) == &h.runs[1],
	    "the newest is one, the last good one another");
	ok(past_run_ended(&h.runs[1]) == good->begun + 14,
	    "a run ends when it has lasted");
	history_clear(&h);
}

static void
test_cut(void)
{
	CLEAN(buf_clear) struct buf old = BUF_INIT;
	struct history h = { 0 };
	struct error err = ERROR_INIT;
	struct stat st;
	CLEAN(str_free) char *path = scratch("runs.jsonl");
	int i;

	for (i = 0; i < HISTORY_KEPT + 50; i++)
		buf_addf(&old, "{\"begun\":\"2026-01-01T00:00:00Z\","
		    "\"exitStatus\":%d}\n%s", i, i % 100 == 3 ? "onzin\n" : "");
	write_history(old.s);
	ok(report_record(&refused, dir, &err) == 0 &&
	    history_read(dir, &h, &err) == 0 && h.count == HISTORY_KEPT,
	    "at most %d runs are kept", HISTORY_KEPT);
	ok(h.ndamaged == 0 && h.runs[0].exit_status == 51 &&
	    h.runs[HISTORY_KEPT - 2].exit_status == HISTORY_KEPT + 49 &&
	    h.runs[HISTORY_KEPT - 1].exit_status == 65,
	    "and these are the newest, in their order");
	history_clear(&h);
	ok(stat(path, &st) == 0 && (st.st_mode & 0777) == 0644,
	    "and anyone may read them");
}

/* ---- metrics ---- */

static void
metric_is(const char *text, const char *line)
{
	CLEAN(str_free) char *want = xasprintf("\n%s\n", line);

	ok(strstr(text, want) != NULL, "metrics: %s", line);
}

static void
test_metrics(const struct report *good)
{
	CLEAN(str_free) char *path = scratch("naslag.prom");
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct error err = ERROR_INIT;

	write_history("");
	ok(report_metrics(good, dir, path, &err) == 0 &&
	    wholefile_read(path, &b, &err) == 0, "metrics of a first run");
	metric_is(b.s, "naslag_last_success_timestamp_seconds 1795305614");
	metric_is(b.s, "naslag_last_run_timestamp_seconds 1795305614");
	metric_is(b.s, "naslag_last_run_status 0");
	metric_is(b.s, "naslag_run_duration_seconds 14.25");
	metric_is(b.s, "naslag_generation 12");
	metric_is(b.s, "naslag_documents 5");
	metric_is(b.s, "naslag_index_bytes 123456789");
	metric_is(b.s, "naslag_files{change=\"added\"} 2");
	metric_is(b.s, "naslag_files{change=\"unknown\"} 1");
	metric_is(b.s, "naslag_failed_files{reason=\"scan\"} 2");
	metric_is(b.s, "naslag_failed_files{reason=\"limit-cpu\"} 0");
	metric_is(b.s, "naslag_stale_files 1");
	metric_is(b.s, "naslag_poor_text_documents 1");
	metric_is(b.s, "naslag_sandbox_violations 0");

	report_record(good, dir, &err);
	report_record(&refused, dir, &err);
	buf_cut(&b, 0);
	ok(report_metrics(&refused, dir, path, &err) == 0 &&
	    wholefile_read(path, &b, &err) == 0, "metrics of a refused run");
	metric_is(b.s, "naslag_last_run_status 65");
	metric_is(b.s, "naslag_last_run_timestamp_seconds 1795392000");
	metric_is(b.s, "naslag_last_success_timestamp_seconds 1795305614");
	metric_is(b.s, "naslag_documents 5");
	metric_is(b.s, "naslag_failed_files{reason=\"scan\"} 2");

	write_history("");
	buf_cut(&b, 0);
	ok(report_metrics(&refused, dir, path, &err) == 0 &&
	    wholefile_read(path, &b, &err) == 0, "metrics without a good run");
	metric_is(b.s, "naslag_last_success_timestamp_seconds 0");
	metric_is(b.s, "naslag_last_run_status 65");
}

int
main(void)
{
	CLEAN(files_clear) struct files l = { 0 };
	struct report r;

	if (mkdtemp(dir) == NULL)
		return 99;
	make_run(&l, &r);
	test_line(&r);
	test_json(&r);
	test_many_changes(r);
	test_unwritable(&r);
	test_histories();
	test_record(&r);
	test_cut();
	test_metrics(&r);
	remove_scratch();
	return tap_done();
}
