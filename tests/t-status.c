/*
 * t-status: what naslag status says of an index in every state, and that
 * whatever is in it stays text on its page.
 */
#include <config.h>

#include "report/status.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/report.h"
#include "report/reportjson.h"
#include "formats/format.h"
#include "show/chart.h"
#include "show/html.h"

#include "tap.h"

#define NOW 1795305600		/* 2026-11-22 00:00 UTC */
#define HOUR 3600
#define HOSTILE "<script>alert(\"1\")</script>'\xFF\n&amp;\xE2\x80\xAE.pdf"

/* ---- an index, made by hand ---- */

static void
add_file(struct status *s, const char *path, const char *status,
    const char *reason, const char *text_key)
{
	const struct file f = {
		.path = (char *)(uintptr_t)path,
		.status = (char *)(uintptr_t)status,
		.reason = (char *)(uintptr_t)reason,
		.text_key = (char *)(uintptr_t)text_key,
		.attempts = 3, .failed_ymd = 20261101,
	};

	files_add(&s->files, &f);
}

static void
add_run(struct status *s, long hours_ago, int exit_status, const char *error)
{
	const struct report r = {
		.begun = NOW - hours_ago * HOUR, .seconds = 90,
		.exit_status = exit_status, .error = error,
		.generation = 7, .is_published = exit_status == 0,
		.files = exit_status == 0 ? &s->files : NULL,
		.index_bytes = 812000000 - (uint64_t)hours_ago,
		.documents = 20412 - (uint32_t)hours_ago,
		.counts = { [PLAN_ADD] = 4 },
	};

	history_add(&s->history, report_json(&r, false));
}

/* An index of four files, of which two cannot be read, made hours ago. */
static void
make_status(struct status *s, long made_hours_ago)
{
	const time_t made = NOW - made_hours_ago * HOUR;
	struct tm tm;
	struct report r;

	*s = (struct status){
		.index = "/var/lib/naslag/<b>index</b>", .now = NOW,
		.generation = 7, .index_bytes = 812345678,
		.has_facts = true, .has_files = true,
		.facts = { .generation = 7, .documents = 4, .files = 4 },
	};
	gmtime_r(&made, &tm);
	strftime(s->facts.made, sizeof s->facts.made, "%Y-%m-%dT%H:%M:%SZ", &tm);
	strcpy(s->facts.corpus, "/srv/" HOSTILE);
	add_file(s, "a.pdf", "ok", "", "k");
	add_file(s, HOSTILE, "scan", "", "");
	add_file(s, "oud" HOSTILE, "crashed", "<i>signal</i> 11", "k2");
	add_file(s, "b.pdf", "ok", "", "k");
	r = (struct report){
		.begun = made, .corpus = s->facts.corpus, .generation = 7,
		.is_published = true, .files = &s->files, .documents = 4,
		.index_bytes = 812345678,
		.changes = (const struct change[]){
			{ PLAN_ADD, HOSTILE, NULL },
			{ PLAN_ADD, "naar" HOSTILE, "van" HOSTILE },
			{ PLAN_DELETE, "weg.pdf", NULL },
		},
		.nchanges = 3,
		.counts = { [PLAN_ADD] = 2, [PLAN_DELETE] = 2 },
		.renamed = 1,
	};
	past_run_parse(report_json(&r, false), &s->live);
	s->report = report_json(&r, true);
}

/* As status_clear() does, which needs the whole program. */
static void
clear(struct status *s)
{
	files_clear(&s->files);
	history_clear(&s->history);
	json_decref(s->report);
	json_decref(s->live.record);
}

/* ---- states ---- */

/* Runs as hours ago and exit status; what becomes of it. */
static const struct {
	long made;
	struct { long ago; int exit; } runs[3];
	const char *problem;
	const char *state, *says;
} states[] = {
	{ 3, { { 0, 0 } }, NULL, "good",
	    "there is no history of runs; the generation was made 3.0 hours ago" },
	{ 27, { { 0, 0 } }, NULL, "old",
	    "there is no history of runs; the generation was made 27.0 hours ago, "
	    "more than 26 hours" },
	{ 200, { { 49, 0 }, { 25, 0 }, { 1, 0 } }, NULL, "good",
	    "the last run that ended well was 58 minutes ago" },
	{ 200, { { 50, 0 }, { 26, 0 } }, NULL, "good",
	    "the last run that ended well was 26.0 hours ago" },
	{ 200, { { 50, 0 }, { 27, 0 } }, NULL, "old",
	    "the last run that ended well was 27.0 hours ago, more than 26 hours" },
	{ 200, { { 25, 0 }, { 1, 65 } }, NULL, "failed",
	    "the last run, 58 minutes ago, was refused (status 65): why" },
	{ 200, { { 25, 65 }, { 1, 0 } }, NULL, "good",
	    "the last run that ended well was 58 minutes ago" },
	{ 200, { { 25, 0 }, { 2, 73 }, { 1, 75 } }, NULL, "failed",
	    "the last run, 2.0 hours ago, could not write (status 73): why" },
	{ 200, { { 25, 0 }, { 1, 75 } }, NULL, "good",
	    "the last run that ended well was 25.0 hours ago" },
	{ 200, { { 1, 99 } }, NULL, "failed",
	    "the last run, 58 minutes ago, failed (status 99): why" },
	{ 1, { { 1, 0 } }, "the table <x> is gone", "damaged",
	    "the table <x> is gone" },
};

static void
test_states(void)
{
	size_t i, j;

	for (i = 0; i < NELEM(states); i++) {
		CLEAN(buf_clear) struct buf says = BUF_INIT, page = BUF_INIT;
		struct status s;

		make_status(&s, states[i].made);
		for (j = 0; j < 3 && states[i].runs[j].ago > 0; j++)
			add_run(&s, states[i].runs[j].ago,
			    states[i].runs[j].exit,
			    states[i].runs[j].exit != 0 ? "why" : NULL);
		if (states[i].problem != NULL)
			error_set(&s.problem, ERROR_INDEX, "%s",
			    states[i].problem);
		status_find_state(&s);
		status_say_state(&s, &says);
		if (!ok(strcmp(status_state_name(s.state), states[i].state) == 0 &&
		    strcmp(says.s, states[i].says) == 0, "%s: %s",
		    states[i].state, states[i].says))
			printf("# got %s: %s\n", status_state_name(s.state),
			    says.s);
		status_print_html(&s, &page);
		ok(strstr(page.s, states[i].state) != NULL, "so says the page");
		clear(&s);
	}
}

/* ---- the page ---- */

/* Every element that the page may have; nothing else begins with <. */
static const char *const elements[] = {
	"!DOCTYPE", "b", "body", "circle", "code", "dd", "desc", "details",
	"div", "dl", "dt", "figcaption", "figure", "footer", "g", "h1", "h2",
	"head", "header", "html", "li", "main", "meta", "p", "path", "rect",
	"section", "span", "style", "summary", "svg", "table", "tbody", "td",
	"text", "th", "thead", "time", "title", "tr", "ul",
};

static bool
is_element(const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < NELEM(elements); i++)
		if (strlen(elements[i]) == n &&
		    memcmp(elements[i], name, n) == 0)
			return true;
	return false;
}

struct open_tags {
	const char *name[64];
	size_t n[64], count;
};

/* Take in a tag; NULL if it is as it should be, else what is wrong. */
static const char *
check_tag(struct open_tags *open, const char *tag, const char *end)
{
	bool is_end = *tag == '/';
	const char *name = tag + is_end;
	size_t n = strcspn(name, " />"), top = open->count - 1;

	if (!is_element(name, n))
		return "an element of another's";
	if (end[-1] == '/' || *name == '!' || (n == 4 &&
	    memcmp(name, "meta", 4) == 0))
		return NULL;
	if (!is_end) {
		if (open->count == 64)
			return "too deep";
		open->name[open->count] = name;
		open->n[open->count++] = n;
		return NULL;
	}
	if (open->count == 0 || open->n[top] != n ||
	    memcmp(open->name[top], name, n) != 0)
		return "an end without a beginning";
	open->count--;
	return NULL;
}

/* The end of a tag: a > outside quotes. */
static const char *
end_of_tag(const char *p)
{
	bool is_quoted = false;

	for (; *p != '\0' && (is_quoted || *p != '>'); p++)
		if (*p == '"')
			is_quoted = !is_quoted;
	return p;
}

static void
well_formed(const char *page, const char *title)
{
	struct open_tags open = { .count = 0 };
	const char *p, *wrong = NULL, *at = page;

	for (p = page; wrong == NULL && (p = strchr(p, '<')) != NULL; ) {
		at = p;
		p = end_of_tag(p);
		wrong = *p == '\0' ? "a tag without an end" :
		    check_tag(&open, at + 1, p);
	}
	if (wrong == NULL && open.count > 0)
		wrong = "a beginning without an end";
	if (!ok(wrong == NULL, "%s: the page is well formed", title))
		printf("# %s: %.60s\n", wrong, at);
}

static size_t
count(const char *s, const char *what)
{
	size_t n = 0;

	for (; (s = strstr(s, what)) != NULL; s += strlen(what))
		n++;
	return n;
}

static void
check_page(const struct status *s, const char *title, size_t ncharts)
{
	CLEAN(buf_clear) struct buf page = BUF_INIT;

	status_print_html(s, &page);
	well_formed(page.s, title);
	ok(utf8_valid(page.s, page.len), "%s: it is UTF-8", title);
	ok(strncmp(page.s, "<!DOCTYPE html>\n<html lang=\"en\">", 32) == 0,
	    "%s: of HTML5, in English", title);
	ok(strstr(page.s, "<script") == NULL && strstr(page.s, "<i>") == NULL,
	    "%s: names are text", title);
	ok(count(page.s, "role=\"img\"") == ncharts &&
	    count(page.s, "<title id=") == ncharts,
	    "%s: %zu charts, each with a title", title, ncharts);
	ok(strstr(page.s, "http:") == NULL && strstr(page.s, "https:") == NULL,
	    "%s: it fetches nothing", title);
	ok(strstr(page.s, "nan") == NULL && strstr(page.s, "inf\"") == NULL,
	    "%s: every number is one", title);
}

static void
test_page(void)
{
	CLEAN(buf_clear) struct buf page = BUF_INIT;
	struct status s;
	long i;

	make_status(&s, 3);
	status_find_state(&s);
	check_page(&s, "no history", 0);
	add_run(&s, 3, 0, NULL);
	check_page(&s, "one run", 3);
	for (i = 400; i > 3; i -= 12)
		add_run(&s, i, i % 5 == 0 ? 65 : 0, i % 5 == 0 ? HOSTILE : NULL);
	check_page(&s, "many runs", 3);
	status_print_html(&s, &page);
	ok(strstr(page.s, "&lt;script&gt;alert(\"1\")&lt;/script&gt;'") != NULL,
	    "a hostile name is shown");
	ok(strstr(page.s, "van&lt;script") != NULL, "so is a rename");
	ok(strstr(page.s, ">1</b> added") != NULL &&
	    strstr(page.s, ">1</b> renamed") != NULL &&
	    strstr(page.s, ">1</b> deleted") != NULL,
	    "a file that moved counts once");
	ok(strstr(page.s, "With old text</h2>") != NULL &&
	    strstr(page.s, "2026-11-01") != NULL,
	    "a file with old text has its day");
	ok(strstr(page.s, status_meaning("scan")) != NULL,
	    "a reason has its meaning");
	clear(&s);

	s = (struct status){ .index = "/x", .now = NOW };
	error_set(&s.problem, ERROR_INDEX, "%s is gone", HOSTILE);
	status_find_state(&s);
	check_page(&s, "nothing but damage", 0);
	clear(&s);
}

/* ---- other forms ---- */

static void
test_json(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct status s;
	json_t *o;

	make_status(&s, 3);
	add_run(&s, 3, 0, NULL);
	status_find_state(&s);
	status_print_json(&s, &b);
	o = json_loads(b.s, JSON_REJECT_DUPLICATES, NULL);
	ok(json_is_object(o), "JSON is one object");
	ok(strcmp(json_string_value(json_object_get(o, "state")), "good") == 0 &&
	    json_integer_value(json_object_get(o, "stale")) == 1 &&
	    json_integer_value(json_object_get(o, "notSearchable")) == 1 &&
	    json_array_size(json_object_get(o, "failures")) == 2 &&
	    json_array_size(json_object_get(o, "runs")) == 1 &&
	    json_is_object(json_object_get(o, "changes")),
	    "with state, counts, failures, changes and runs");
	json_decref(o);
	clear(&s);
}

/* How many lines a text has, and whether each has so many tabs. */
static bool
lines_have_tabs(const char *s, size_t nlines, size_t ntabs)
{
	for (; *s != '\0'; s += *s == '\n') {
		size_t tabs = 0;

		for (; *s != '\0' && *s != '\n'; s++)
			tabs += *s == '\t';
		if (tabs != ntabs || nlines-- == 0)
			return false;
	}
	return nlines == 0;
}

static void
test_text(void)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT, failures = BUF_INIT;
	CLEAN(buf_clear) struct buf metrics = BUF_INIT;
	struct status s;

	make_status(&s, 30);
	add_run(&s, 30, 0, NULL);
	add_run(&s, 1, 65, HOSTILE);
	status_find_state(&s);
	status_print_text(&s, &text);
	ok(strstr(text.s, "\nstate               failed\n") != NULL &&
	    strstr(text.s, "\nwarning             the last run, 58 minutes ago, "
	    "was refused (status 65): ") != NULL, "text warns");
	ok(strstr(text.s, "\nlast good run       2026-11-20T18:00:00Z "
	    "(30.0 hours ago)\n") != NULL, "and names the last good run");
	ok(strstr(text.s, "\nnot searchable      1\n  scan              1\n"
	    "old text            1\n  crashed           1\n") != NULL,
	    "and counts by reason");
	status_print_failures(&s, &failures);
	ok(lines_have_tabs(buf_str(&failures), 2, 5),
	    "a failure is one line, whatever its name");
	ok(strstr(failures.s, "\t<i>signal</i> 11\t2026-11-01\t3\told text\n") !=
	    NULL, "with detail, day, attempts, and whether it has old text");
	status_print_metrics(&s, &metrics);
	ok(strstr(metrics.s, "\nnaslag_last_run_status 65\n") != NULL &&
	    strstr(metrics.s, "\nnaslag_stale_files 1\n") != NULL &&
	    strstr(metrics.s, "\nnaslag_generation 7\n") != NULL,
	    "metrics tell of the last run and of what is in the index");
	clear(&s);
}

/* ---- words ---- */

static void
said(const struct buf *b, const char *expected)
{
	if (!ok(strcmp(buf_str(b), expected) == 0, "%s", expected))
		printf("# got %s\n", buf_str(b));
}

static void
test_words(void)
{
	static const struct { long seconds; const char *age; } ages[] = {
		{ -3600, "in the future" }, { 0, "just now" },
		{ 60, "1 minute ago" }, { 59 * 60 + 59, "59 minutes ago" },
		{ 3600, "1.0 hours ago" }, { 26 * 3600, "26.0 hours ago" },
		{ 50 * 3600, "2 days ago" }, { 95 * 3600, "3 days ago" },
	};
	static const struct { double bytes; const char *said; } sizes[] = {
		{ 0, "0 B" }, { 999, "999 B" }, { 1810000, "1.81 MB" },
		{ 17234567, "17.2 MB" }, { 812345678, "812 MB" },
		{ 2.5e9, "2.50 GB" },
	};
	size_t i;
	int status;

	for (i = 0; i < NELEM(ages); i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;

		say_age(NOW - ages[i].seconds, NOW, &b);
		said(&b, ages[i].age);
	}
	for (i = 0; i < NELEM(sizes); i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;

		say_bytes(sizes[i].bytes, &b);
		said(&b, sizes[i].said);
	}
	for (status = EXTRACT_OK; status < EXTRACT_NSTATUS; status++) {
		const char *name = extract_status_name(
		    (enum extract_status)status);

		ok(status_meaning(name) != NULL && *status_meaning(name) != '\0',
		    "%s has a meaning", name);
	}
	ok(*status_meaning("onzin") == '\0', "what is no status has none");
}

/* ---- escaping ---- */

static void
test_html(void)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT, attr = BUF_INIT;
	CLEAN(buf_clear) struct buf part = BUF_INIT;

	html_text("<a href=\"x\" b='y'>& \xC3\xA9 \xFF\n\t\x01", &text);
	said(&text, "&lt;a href=\"x\" b='y'&gt;&amp; \xC3\xA9 \xEF\xBF\xBD\n\t ");
	html_attr("<a href=\"x\" b='y'>& `\xFF\n\t", &attr);
	said(&attr, "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp; &#96;"
	    "\xEF\xBF\xBD&#10;&#9;");
	html_slice("a<b>c", 3, &part);
	said(&part, "a&lt;b");
}

/* ---- charts ---- */

/* Values; what the least and the greatest line of the grid say. */
static const struct {
	bool is_bars, is_whole;
	double values[4];
	size_t n;
	const char *low, *high;
} charts[] = {
	{ false, true, { 20400, 20500, 20650, 20853 }, 4, ">20,400<", ">21,000<" },
	{ false, true, { 0 }, 1, ">0<", ">1<" },
	{ false, true, { 42 }, 1, ">41<", ">43<" },
	{ false, true, { 42, 42, 42 }, 3, ">41<", ">43<" },
	{ false, true, { 3, 2000000 }, 2, ">0<", ">2,000,000<" },
	{ false, false, { 812.1, 812.4, 830.9 }, 3, ">810<", ">835<" },
	{ true, false, { 0.2, 0.3 }, 2, ">0.0<", ">0.3<" },
	{ true, false, { 0 }, 1, ">0.0<", ">0.5<" },
	{ true, false, { 30, 31, 32 }, 3, ">0<", ">40<" },
};

static void
test_charts(void)
{
	size_t i, j;

	for (i = 0; i < NELEM(charts); i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;
		struct chart_point points[4];
		const struct chart c = {
			.id = "x", .title = "T<", .x_label = "runs",
			.y_label = "&", .is_bars = charts[i].is_bars,
			.is_whole = charts[i].is_whole, .points = points,
			.npoints = charts[i].n,
		};

		for (j = 0; j < charts[i].n; j++)
			points[j] = (struct chart_point){
				charts[i].values[j], "<1>", "a < b", j == 1
			};
		chart_print(&c, &b);
		if (!ok(strstr(b.s, charts[i].low) != NULL &&
		    strstr(b.s, charts[i].high) != NULL, "a chart from %s to %s",
		    charts[i].low, charts[i].high))
			printf("# %s\n", strstr(b.s, "<g"));
		well_formed(b.s, "it");
		ok(strstr(b.s, "T&lt;</title>") != NULL &&
		    count(b.s, "<title>a &lt; b</title>") == charts[i].n,
		    "it says what it shows, and each point");
	}
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	test_words();
	test_html();
	test_charts();
	test_states();
	test_page();
	test_json();
	test_text();
	return tap_done();
}
