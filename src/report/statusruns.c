#include <config.h>

#include "report/statuspage.h"

#include <stdlib.h>

#include "show/chart.h"
#include "show/html.h"

#define CHART_RUNS 30		/* a month of nights */
#define ROWS_SHOWN 10		/* of the table; the others are folded */
#define ROWS 60

/* ---- growth ---- */

/* A unit to show values in, the largest that the greatest of them fills. */
struct unit {
	double size;
	const char *name;
};

static const struct unit one_document[] = { { 1, "documents" }, { 0, NULL } };
static const struct unit bytes[] = {
	{ 1, "bytes" }, { 1e3, "kB" }, { 1e6, "MB" }, { 1e9, "GB" }, { 0, NULL }
};
static const struct unit durations[] = {
	{ 1, "seconds" }, { 60, "minutes" }, { 3600, "hours" }, { 0, NULL }
};

static const struct unit *
unit_for(const struct unit *u, double most)
{
	/* Below 2 there would be little but decimals. */
	while (u[1].name != NULL && most >= 2 * u[1].size)
		u++;
	return u;
}

/* A chart: of which runs, and of which of their numbers. */
struct growth {
	const char *id, *title;
	bool is_bars, is_whole;
	bool has_all;		/* runs that failed, too */
	const struct unit *units;
	double (*value)(const struct past_run *);
	void (*say)(const struct past_run *, struct buf *out);
};

static double
documents_of(const struct past_run *r)
{
	return (double)r->documents;
}

static double
bytes_of(const struct past_run *r)
{
	return (double)r->index_bytes;
}

static double
seconds_of(const struct past_run *r)
{
	return r->seconds;
}

static void
say_documents(const struct past_run *r, struct buf *out)
{
	say_count(r->documents, out);
	buf_adds(out, " documents");
}

static void
say_size(const struct past_run *r, struct buf *out)
{
	say_bytes((double)r->index_bytes, out);
}

static void
say_duration(const struct past_run *r, struct buf *out)
{
	say_seconds(r->seconds, out);
	buf_adds(out, ", ");
	status_say_end(r, out);
}

static const struct growth charts[] = {
	{ "documents", "Documents in the index", false, true, false,
	    one_document, documents_of, say_documents },
	{ "bytes", "Size of the index", false, false, false, bytes, bytes_of,
	    say_size },
	{ "seconds", "Duration of the runs", true, false, true, durations,
	    seconds_of, say_duration },
};

/* The text of a moment; the caller frees it. */
static char *
moment_text(time_t t, const char *format)
{
	char s[64] = "";
	struct tm tm;

	if (localtime_r(&t, &tm) != NULL)
		strftime(s, sizeof s, format, &tm);
	return xstrdup(s);
}

static struct chart_point
make_point(const struct growth *g, const struct past_run *r)
{
	CLEAN(buf_clear) struct buf says = BUF_INIT;
	CLEAN(str_free) char *when = moment_text(r->begun, "%-d %B %Y, %H:%M");

	buf_addf(&says, "%s: ", when);
	g->say(r, &says);
	return (struct chart_point){
		.value = g->value(r), .place = moment_text(r->begun, "%-d %b"),
		.says = buf_steal(&says), .is_bad = r->exit_status != 0,
	};
}

static bool
has_bad(const struct chart *c)
{
	size_t i;

	for (i = 0; i < c->npoints; i++)
		if (c->points[i].is_bad)
			return true;
	return false;
}

static void
print_chart(const struct growth *g, const struct history *h, struct buf *out)
{
	struct chart_point points[CHART_RUNS];
	struct chart c = {
		.id = g->id, .title = g->title, .x_label = "runs",
		.is_bars = g->is_bars, .is_whole = g->is_whole,
	};
	const struct unit *unit;
	size_t at = CHART_RUNS, i;
	double most = 0;

	for (i = h->count; i > 0 && at > 0; i--)
		if (g->has_all || past_run_knows(&h->runs[i - 1]))
			points[--at] = make_point(g, &h->runs[i - 1]);
	for (i = at; i < CHART_RUNS; i++)
		most = points[i].value > most ? points[i].value : most;
	unit = unit_for(g->units, most);
	for (i = at; i < CHART_RUNS; i++)
		points[i].value /= unit->size;
	c.y_label = unit->name;
	c.points = points + at;
	c.npoints = CHART_RUNS - at;
	if (c.npoints > 0) {
		buf_addf(out, "<figure>\n<figcaption>%s", g->title);
		if (has_bad(&c))
			buf_adds(out, " <span class=\"bad\">● failed</span>");
		buf_adds(out, "</figcaption>\n");
		chart_print(&c, out);
		buf_adds(out, "</figure>\n");
	}
	for (i = at; i < CHART_RUNS; i++) {
		free((char *)(uintptr_t)points[i].place);
		free((char *)(uintptr_t)points[i].says);
	}
}

void
page_growth(const struct status *s, struct buf *out)
{
	size_t i;

	buf_adds(out, "<section>\n<h2>Growth</h2>\n");
	if (s->history.count == 0)
		buf_adds(out, "<p class=\"dim\">There is no history of runs yet: "
		    "it begins with the next one.</p>\n");
	else {
		buf_adds(out, "<div class=\"charts\">\n");
		for (i = 0; i < NELEM(charts); i++)
			print_chart(&charts[i], &s->history, out);
		buf_adds(out, "</div>\n");
	}
	buf_adds(out, "</section>\n");
}

/* ---- the runs ---- */

static void
number_cell(uint64_t n, bool is_known, struct buf *out)
{
	buf_adds(out, "<td class=\"number\">");
	if (is_known)
		say_count(n, out);
	else
		buf_adds(out, "–");
	buf_adds(out, "</td>");
}

static void
print_row(const struct past_run *r, struct buf *out)
{
	CLEAN(buf_clear) struct buf end = BUF_INIT;
	bool is_known = past_run_knows(r);

	status_say_end(r, &end);
	buf_addf(out, "<tr%s><td class=\"moment\">", r->exit_status != 0 ?
	    " class=\"bad\"" : "");
	page_moment(r->begun, "%-d %b %Y, %H:%M", out);
	buf_adds(out, "</td><td class=\"end\">");
	html_text(buf_str(&end), out);
	buf_adds(out, "</td>");
	number_cell(r->added, is_known, out);
	number_cell(r->changed, is_known, out);
	number_cell(r->deleted, is_known, out);
	number_cell(r->documents, is_known, out);
	buf_adds(out, "<td class=\"number\">");
	if (is_known)
		say_size(r, out);
	else
		buf_adds(out, "–");
	buf_adds(out, "</td><td class=\"number\">");
	say_seconds(r->seconds, out);
	buf_adds(out, "</td></tr>\n");
}

/* Runs from the newest, number from, to number to, which is left out. */
static void
print_table(const struct history *h, size_t from, size_t to, const char *name,
    struct buf *out)
{
	size_t i;

	buf_addf(out, "<section class=\"scroll\" tabindex=\"0\" "
	    "aria-label=\"%s\">\n<table class=\"runs\">\n<thead><tr>"
	    "<th scope=\"col\">Begun</th><th scope=\"col\">What came of it</th>",
	    name);
	buf_adds(out, "<th scope=\"col\" class=\"number\">Added</th>"
	    "<th scope=\"col\" class=\"number\">Changed</th>"
	    "<th scope=\"col\" class=\"number\">Deleted</th>"
	    "<th scope=\"col\" class=\"number\">Documents</th>"
	    "<th scope=\"col\" class=\"number\">Size</th>"
	    "<th scope=\"col\" class=\"number\">Took</th>"
	    "</tr></thead>\n<tbody>\n");
	for (i = from; i < to; i++)
		print_row(&h->runs[h->count - 1 - i], out);
	buf_adds(out, "</tbody>\n</table>\n</section>\n");
}

void
page_runs(const struct status *s, struct buf *out)
{
	const struct history *h = &s->history;
	size_t all = h->count < ROWS ? h->count : ROWS;
	size_t shown = all < ROWS_SHOWN ? all : ROWS_SHOWN;

	if (h->count == 0)
		return;
	buf_adds(out, "<section>\n<h2>Runs</h2>\n");
	print_table(h, 0, shown, "The newest runs", out);
	if (all > shown) {
		buf_addf(out, "<details>\n<summary>The %zu before these</summary>\n",
		    all - shown);
		print_table(h, shown, all, "Earlier runs", out);
		buf_adds(out, "</details>\n");
	}
	if (h->ndamaged > 0)
		buf_addf(out, "<p class=\"dim\">%zu damaged %s of the history "
		    "passed over.</p>\n", h->ndamaged,
		    h->ndamaged == 1 ? "line was" : "lines were");
	buf_adds(out, "</section>\n");
}
