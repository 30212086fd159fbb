#include <config.h>

#include "report/statuspage.h"

#include <stdlib.h>
#include <string.h>

#include "report/jsonput.h"
#include "show/html.h"

#define WORST_LINES 5		/* in the text */
#define WORST_ROWS 50		/* on the page, and in JSON */

static int
compare(const void *va, const void *vb)
{
	const struct file *a = *(const struct file *const *)va;
	const struct file *b = *(const struct file *const *)vb;
	int order = quality_figure(&a->quality) - quality_figure(&b->quality);

	return order != 0 ? order : strcmp(a->path, b->path);
}

/*
 * The documents whose text has a figure up to most, the worst first; the
 * caller frees them.  A copy has no text of its own.
 */
static const struct file **
select_worst(const struct files *l, int most, size_t *n)
{
	const struct file **out = xcalloc(l->count + 1, sizeof *out);
	int figure;
	size_t i;

	*n = 0;
	for (i = 0; i < l->count; i++) {
		figure = quality_figure(&l->items[i].quality);
		if (l->items[i].copy_of == NULL && figure >= 0 && figure <= most)
			out[(*n)++] = &l->items[i];
	}
	if (*n > 0)
		qsort(out, *n, sizeof *out, compare);
	return out;
}

static const struct file **
select_poor(const struct files *l, size_t *n)
{
	return select_worst(l, QUALITY_GOOD - 1, n);
}

/* ---- text ---- */

void
status_text_quality(const struct status *s, struct buf *out)
{
	size_t n, i;
	const struct file **poor = select_poor(&s->files, &n);

	buf_addf(out, "broken text         %zu\n", n);
	for (i = 0; i < n && i < WORST_LINES; i++) {
		buf_addf(out, "  %-18d", quality_figure(&poor[i]->quality));
		status_add_cell(poor[i]->path, out);
		buf_addc(out, '\n');
	}
	free(poor);
}

void
status_print_quality(const struct status *s, struct buf *out)
{
	size_t n, i;
	const struct file **all = select_worst(&s->files, 100, &n);

	for (i = 0; i < n; i++) {
		const struct quality *q = &all[i]->quality;

		buf_addf(out, "%d\t", quality_figure(q));
		status_add_cell(all[i]->path, out);
		buf_addf(out, "\t%s\t%u\t%u\t%u\t%u\n", quality_trouble(q),
		    q->words, q->lost, q->twice, q->unlikely);
	}
	free(all);
}

/* ---- JSON ---- */

static json_t *
json_document(const struct file *f)
{
	const struct quality *q = &f->quality;
	json_t *o = json_object();

	json_put_text(o, "path", f->path);
	json_put_size(o, "figure", (uint64_t)quality_figure(q));
	json_put_text(o, "trouble", quality_trouble(q));
	json_put_size(o, "words", q->words);
	json_put_size(o, "lost", q->lost);
	json_put_size(o, "encodedTwice", q->twice);
	json_put_size(o, "unlikely", q->unlikely);
	return o;
}

json_t *
status_json_quality(const struct status *s)
{
	size_t all, poor, i;
	const struct file **worst = select_worst(&s->files, 100, &all);
	json_t *o = json_object(), *list = json_array();

	free(select_poor(&s->files, &poor));
	for (i = 0; i < all && i < WORST_ROWS; i++)
		json_array_append_new(list, json_document(worst[i]));
	json_put_size(o, "good", QUALITY_GOOD);
	json_put_size(o, "measured", all);
	json_put_size(o, "broken", poor);
	json_object_set_new(o, "worst", list);
	free(worst);
	return o;
}

/* ---- the page ---- */

static void
print_row(const struct file *f, struct buf *out)
{
	buf_addf(out, "<tr><td class=\"number\" data-label=\"Figure\">%d</td>"
	    "<td class=\"path\">", quality_figure(&f->quality));
	html_text(f->path, out);
	buf_addf(out, "</td><td data-label=\"Trouble\">%s</td>"
	    "<td class=\"number\" data-label=\"Words\">",
	    quality_trouble(&f->quality));
	say_count(f->quality.words, out);
	buf_adds(out, "</td></tr>\n");
}

void
page_quality(const struct status *s, struct buf *out)
{
	size_t n, i;
	const struct file **poor = select_poor(&s->files, &n);

	if (n > 0) {
		buf_addf(out, "<section>\n<h2>With broken text</h2>\n"
		    "<p class=\"dim\">Text was read, but less than %d of 100 "
		    "words are whole: searches hardly find it.</p>\n"
		    "<table class=\"stacked\">\n<thead><tr>"
		    "<th scope=\"col\" class=\"number\">Figure</th>"
		    "<th scope=\"col\">File</th><th scope=\"col\">Trouble</th>"
		    "<th scope=\"col\" class=\"number\">Words</th>"
		    "</tr></thead>\n<tbody>\n", QUALITY_GOOD);
		for (i = 0; i < n && i < WORST_ROWS; i++)
			print_row(poor[i], out);
		buf_adds(out, "</tbody>\n</table>\n");
		if (n > WORST_ROWS)
			page_all_of_them("quality", out);
		buf_adds(out, "</section>\n");
	}
	free(poor);
}
