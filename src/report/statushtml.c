#include <config.h>

#include "report/status.h"
#include "report/statuspage.h"

#include <stdlib.h>

#include "show/html.h"

/* ---- small parts ---- */

/* "22 November 2026, 02:00 UTC", where the machine stands */
void
page_moment(time_t t, const char *format, struct buf *out)
{
	char machine[32] = "", person[64] = "";
	struct tm tm;

	if (gmtime_r(&t, &tm) != NULL)
		strftime(machine, sizeof machine, "%Y-%m-%dT%H:%M:%SZ", &tm);
	if (localtime_r(&t, &tm) != NULL)
		strftime(person, sizeof person, format, &tm);
	buf_addf(out, "<time datetime=\"%s\">", machine);
	html_text(person, out);
	buf_adds(out, "</time>");
}

void
page_all_of_them(const char *option, struct buf *out)
{
	buf_addf(out, "<p class=\"dim\">All of them: <code>naslag status --%s"
	    "</code></p>\n", option);
}

/* "3 documents", "1 document" */
static void
add_number_of(uint64_t n, const char *one, const char *more, struct buf *out)
{
	say_count(n, out);
	buf_addf(out, " %s", n == 1 ? one : more);
}

/* ---- head ---- */

/* A drawing says it at once; the words beside it say the same. */
static const struct {
	const char *heading, *drawing;
} states[] = {
	[STATUS_GOOD] = { "Good",
	    "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M7.5 12.5l3 3 6-7\"/>" },
	[STATUS_OLD] = { "Old",
	    "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M12 6.5v6l3.5 2\"/>" },
	[STATUS_FAILED] = { "The last run failed",
	    "<path d=\"M12 2.5l10 18H2zM12 9.5v5M12 17.5v.1\"/>" },
	[STATUS_DAMAGED] = { "Damaged",
	    "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M8 8l8 8M16 8l-8 8\"/>" },
};

static void
print_head(const struct status *s, struct buf *out)
{
	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"robots\" content=\"noindex\">\n<title>");
	html_text(states[s->state].heading, out);
	buf_adds(out, " – naslag ");
	html_text(s->index, out);
	buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n"
	    "<header>\n<h1>Status of the index</h1>\n<p class=\"dim\"><code>",
	    status_style);
	html_text(s->index, out);
	buf_adds(out, "</code>");
	if (s->has_facts) {
		buf_adds(out, " of <code>");
		html_text(s->facts.corpus, out);
		buf_adds(out, "</code>");
	}
	buf_adds(out, "</p>\n</header>\n<main>\n");
}

static void
print_state(const struct status *s, struct buf *out)
{
	CLEAN(buf_clear) struct buf why = BUF_INIT;

	status_say_state(s, &why);
	if (why.len > 0 && why.s[0] >= 'a' && why.s[0] <= 'z' &&
	    s->state != STATUS_DAMAGED)
		why.s[0] = (char)(why.s[0] - 'a' + 'A');
	buf_addf(out, "<section class=\"state %s\">\n<svg viewBox=\"0 0 24 24\" "
	    "aria-hidden=\"true\">%s</svg>\n<div>\n<h2>",
	    status_state_name(s->state), states[s->state].drawing);
	html_text(states[s->state].heading, out);
	buf_adds(out, "</h2>\n<p>");
	html_text(buf_str(&why), out);
	buf_adds(out, ".</p>\n");
	if (s->state == STATUS_FAILED && s->fresh > 0) {
		buf_adds(out, "<p class=\"dim\">Searches are answered from the "
		    "index as it was ");
		say_age(s->fresh, s->now, out);
		buf_adds(out, ".</p>\n");
	}
	if (s->state == STATUS_DAMAGED)
		buf_adds(out, "<p class=\"dim\"><code>naslag check</code> tells "
		    "more; <code>naslag rollback</code> goes back to the "
		    "generation before.</p>\n");
	buf_adds(out, "</div>\n</section>\n");
}

/* ---- tiles ---- */

static void
begin_tile(const char *name, struct buf *out)
{
	buf_addf(out, "<div><dt>%s</dt><dd>", name);
}

static void
end_tile(const char *note, struct buf *out)
{
	if (*note != '\0') {
		buf_adds(out, "</dd><dd class=\"note\">");
		html_text(note, out);
	}
	buf_adds(out, "</dd></div>\n");
}

static void
print_tile(const char *name, uint64_t n, const char *note, struct buf *out)
{
	begin_tile(name, out);
	say_count(n, out);
	end_tile(note, out);
}

static void
print_tiles(const struct status *s, struct buf *out)
{
	const struct past_run *r = &s->live;
	CLEAN(buf_clear) struct buf age = BUF_INIT, copies = BUF_INIT;

	if (r->record == NULL)
		return;
	say_age(r->begun, s->now, &age);
	if (r->files + r->within > r->documents) {
		say_count(r->files + r->within - r->documents, &copies);
		buf_adds(&copies, " of them copies");
	}
	buf_adds(out, "<dl class=\"tiles\">\n");
	print_tile("Documents", r->documents, "", out);
	print_tile("Files", r->files, buf_str(&copies), out);
	print_tile("Not searchable", r->not_searchable,
	    "found by their metadata only", out);
	print_tile("With old text", r->stale,
	    "cannot be read any more", out);
	begin_tile("Size", out);
	say_bytes((double)r->index_bytes, out);
	end_tile("", out);
	print_tile("Generation", r->generation, buf_str(&age), out);
	buf_adds(out, "</dl>\n");
}

/* ---- what changed ---- */

/* A path, or a pair: from where, to where. */
static void
print_change(const json_t *c, struct buf *out)
{
	const char *from = json_string_value(json_array_get(c, 0));
	const char *to = json_string_value(json_array_get(c, 1));
	const char *path = json_string_value(c);

	buf_adds(out, "<li>");
	if (path != NULL)
		html_text(path, out);
	else if (from != NULL && to != NULL) {
		html_text(from, out);
		buf_adds(out, " → ");
		html_text(to, out);
	}
	buf_adds(out, "</li>\n");
}

static void
print_changes(const char *what, uint64_t n, const json_t *list, struct buf *out)
{
	size_t i, size = json_array_size(list);

	if (size == 0)
		return;
	buf_adds(out, "<details>\n<summary>");
	add_number_of(n, "file", "files", out);
	buf_addf(out, " %s", what);
	if (size < n) {
		buf_adds(out, ", of which ");
		say_count(size, out);
	}
	buf_adds(out, "</summary>\n<ul class=\"paths\">\n");
	for (i = 0; i < size; i++)
		print_change(json_array_get(list, i), out);
	buf_adds(out, "</ul>\n</details>\n");
}

static void
print_count(const char *what, uint64_t n, bool is_alarm, struct buf *out)
{
	buf_addf(out, "<li class=\"%s\"><b>", n == 0 ? "zero" :
	    is_alarm ? "alarm" : "some");
	say_count(n, out);
	buf_addf(out, "</b> %s</li>\n", what);
}

/* The sentence above the counts: which run it is about, and what came of it. */
static void
print_which(const struct status *s, const struct past_run *made,
    struct buf *out)
{
	buf_addf(out, "<p>Generation %llu, made on ",
	    (unsigned long long)made->generation);
	page_moment(made->begun, "%-d %B %Y, %H:%M %Z", out);
	buf_adds(out, ".");
	if (s->last != NULL && s->last->begun > made->begun &&
	    s->last->exit_status == 0 && !s->last->is_published) {
		buf_adds(out, " The last run, on ");
		page_moment(s->last->begun, "%-d %B, %H:%M", out);
		buf_adds(out, ", found nothing changed.");
	}
	buf_adds(out, "</p>\n");
}

static uint64_t
less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static void
print_last_changes(const struct status *s, struct buf *out)
{
	const json_t *lists = json_object_get(s->report, "changes");
	struct past_run r;

	buf_adds(out, "<section>\n<h2>What changed last</h2>\n");
	if (s->report == NULL || past_run_parse(s->report, &r) == -1) {
		buf_adds(out, "<p class=\"dim\">The run that made this generation "
		    "left no report.</p>\n</section>\n");
		return;
	}
	print_which(s, &r, out);
	/* A file that moved counts once. */
	r.added = less(r.added, r.renamed);
	r.deleted = less(r.deleted, r.renamed);
	buf_adds(out, "<ul class=\"counts\">\n");
	print_count("added", r.added, false, out);
	print_count("changed", r.changed, false, out);
	print_count("renamed", r.renamed, false, out);
	print_count("deleted", r.deleted, false, out);
	print_count("unchanged", r.unchanged, false, out);
	if (r.unknown > 0)
		print_count("not reachable, kept", r.unknown, true, out);
	print_count("newly failing", r.newly_failing, true, out);
	buf_adds(out, "</ul>\n");
	print_changes("added", r.added, json_object_get(lists, "added"), out);
	print_changes("changed", r.changed, json_object_get(lists, "changed"),
	    out);
	print_changes("renamed", r.renamed, json_object_get(lists, "renamed"),
	    out);
	print_changes("deleted", r.deleted, json_object_get(lists, "deleted"),
	    out);
	buf_adds(out, "</section>\n");
}

void
status_print_html(const struct status *s, struct buf *out)
{
	print_head(s, out);
	print_state(s, out);
	print_tiles(s, out);
	print_last_changes(s, out);
	page_growth(s, out);
	page_failures(s, out);
	page_stale(s, out);
	page_quality(s, out);
	page_runs(s, out);
	buf_adds(out, "</main>\n<footer>\n<p>Made by naslag " PACKAGE_VERSION
	    " on ");
	page_moment(s->now, "%-d %B %Y, %H:%M %Z", out);
	buf_adds(out, ".</p>\n</footer>\n</body>\n</html>\n");
}
