#include <config.h>

#include "report/statuspage.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "report/reportjson.h"
#include "show/html.h"

#define EXAMPLES 3		/* of a reason, in the table */
#define PATHS 500		/* of a reason, folded; the rest is counted */

static int
compare(const void *va, const void *vb)
{
	const struct file *a = *(const struct file *const *)va;
	const struct file *b = *(const struct file *const *)vb;
	int order = strcmp(a->status, b->status);

	return order != 0 ? order : strcmp(a->path, b->path);
}

/* The files that stand so, by status and path; the caller frees them. */
static const struct file **
select_files(const struct files *l, enum readable how, size_t *n)
{
	const struct file **out = xcalloc(l->count, sizeof *out);
	size_t i;

	*n = 0;
	for (i = 0; i < l->count; i++)
		if (file_readable(&l->items[i]) == how)
			out[(*n)++] = &l->items[i];
	if (*n > 0)
		qsort(out, *n, sizeof *out, compare);
	return out;
}

static void
print_since(const struct file *f, struct buf *out)
{
	if (f->failed_ymd != DATE_NONE)
		date_print(f->failed_ymd, out);
	else
		buf_adds(out, "not known");
}

/* What the extractor said, behind the reason. */
static void
print_detail(const struct file *f, struct buf *out)
{
	if (*f->reason != '\0') {
		buf_adds(out, " <span class=\"dim\">(");
		html_text(f->reason, out);
		buf_adds(out, ")</span>");
	}
}

static void
print_paths(const struct file **files, size_t n, struct buf *out)
{
	size_t i;

	buf_adds(out, "<ul class=\"paths\">\n");
	for (i = 0; i < n; i++) {
		buf_adds(out, "<li>");
		html_text(files[i]->path, out);
		print_detail(files[i], out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

/* n files of one status. */
static void
print_reason(const struct file **files, size_t n, struct buf *out)
{
	size_t shown = n < EXAMPLES ? n : EXAMPLES;
	size_t folded = (n < PATHS ? n : PATHS) - shown;

	buf_adds(out, "<tr><th scope=\"row\">");
	html_text(files[0]->status, out);
	buf_adds(out, "</th><td>");
	html_text(status_meaning(files[0]->status), out);
	buf_adds(out, "</td><td class=\"number\" data-label=\"Files\">");
	say_count(n, out);
	buf_adds(out, "</td><td>\n");
	print_paths(files, shown, out);
	if (folded > 0) {
		buf_adds(out, "<details><summary>");
		say_count(folded, out);
		buf_adds(out, " more</summary>\n");
		print_paths(files + shown, folded, out);
		buf_adds(out, "</details>\n");
	}
	if (shown + folded < n)
		page_all_of_them("failures", out);
	buf_adds(out, "</td></tr>\n");
}

void
page_failures(const struct status *s, struct buf *out)
{
	const struct file **files;
	size_t n, i, run;

	if (!s->has_files)
		return;
	files = select_files(&s->files, READABLE_NOT, &n);
	buf_adds(out, "<section>\n<h2>Not searchable</h2>\n");
	if (n == 0)
		buf_adds(out, "<p>The text of every file is searchable, or was "
		    "once.</p>\n");
	else
		buf_adds(out, "<p class=\"dim\">These documents are found by what "
		    "their metadata, name and folder say.</p>\n"
		    "<table class=\"stacked\">\n<thead><tr>"
		    "<th scope=\"col\">Reason</th><th scope=\"col\">Meaning</th>"
		    "<th scope=\"col\" class=\"number\">Files</th>"
		    "<th scope=\"col\">Which</th></tr></thead>\n<tbody>\n");
	for (i = 0; i < n; i += run) {
		for (run = 1; i + run < n && strcmp(files[i]->status,
		    files[i + run]->status) == 0; run++)
			;
		print_reason(files + i, run, out);
	}
	if (n > 0)
		buf_adds(out, "</tbody>\n</table>\n");
	buf_adds(out, "</section>\n");
	free(files);
}

static void
print_stale(const struct file *f, struct buf *out)
{
	buf_adds(out, "<tr><td class=\"path\">");
	html_text(f->path, out);
	buf_adds(out, "</td><td data-label=\"Reason\">");
	html_text(f->status, out);
	print_detail(f, out);
	buf_adds(out, "</td><td class=\"moment\" data-label=\"Since\">");
	print_since(f, out);
	buf_addf(out, "</td><td class=\"number\" data-label=\"Attempts\">%u</td>"
	    "</tr>\n", f->attempts);
}

void
page_stale(const struct status *s, struct buf *out)
{
	const struct file **files;
	size_t n, i;

	if (!s->has_files)
		return;
	files = select_files(&s->files, READABLE_ONCE, &n);
	if (n > 0) {
		buf_adds(out, "<section>\n<h2>With old text</h2>\n"
		    "<p class=\"dim\">These cannot be read any more; searches "
		    "find the text that they had before.</p>\n"
		    "<table class=\"stacked\">\n<thead><tr>"
		    "<th scope=\"col\">File</th><th scope=\"col\">Reason</th>"
		    "<th scope=\"col\">Since</th>"
		    "<th scope=\"col\" class=\"number\">Attempts</th>"
		    "</tr></thead>\n<tbody>\n");
		for (i = 0; i < n && i < PATHS; i++)
			print_stale(files[i], out);
		buf_adds(out, "</tbody>\n</table>\n");
		if (n > PATHS)
			page_all_of_them("failures", out);
		buf_adds(out, "</section>\n");
	}
	free(files);
}
