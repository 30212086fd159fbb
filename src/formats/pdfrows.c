#include <config.h>

#include "formats/pdfrows.h"

#include <math.h>
#include <string.h>

#include "formats/boilerplate.h"

/* A value is at most so many lines behind its label. */
#define LABEL_WINDOW 40
/* Points by which the left edge of a column varies. */
#define SAME_EDGE 3

/* "Kenmerk" or "Kenmerk:", and nothing more. */
static bool
is_label(const struct pdf_lines *l, const struct pdf_line *line)
{
	const char *s = l->text.s + line->at;
	size_t len = line->len;

	len -= len > 0 && s[len - 1] == ':';
	return boilerplate_label(s, len);
}

/*
 * A property list may come as its labels, then its values.  A value goes to
 * the label that it stands beside.
 */
static void
pair_labels(struct pdf_lines *l)
{
	struct pdf_line value;
	size_t i, k;

	for (i = 0; i + 1 < l->n; i++) {
		const struct pdf_line *label = &l->a[i];

		if (label->is_cell || l->a[i + 1].is_cell || !is_label(l, label))
			continue;
		for (k = i + 1; k < l->n && k <= i + LABEL_WINDOW &&
		    l->a[k].page == label->page; k++)
			if (fabsf(l->a[k].y0 - label->y0) < 0.4F * label->size &&
			    l->a[k].x0 > label->x1)
				break;
		if (k == l->n || k > i + LABEL_WINDOW || l->a[k].is_cell ||
		    l->a[k].page != label->page ||
		    (k + 1 < l->n && l->a[k + 1].is_cell))
			continue;
		value = l->a[k];
		memmove(&l->a[i + 2], &l->a[i + 1],
		    (k - i - 1) * sizeof *l->a);
		value.is_cell = true;
		l->a[i + 1] = value;
	}
}

/*
 * Two columns of prose may have lines side by side.  It is no row if the line
 * before goes on in its first cell and the line behind in its last.
 */
static void
part_columns(struct pdf_lines *l)
{
	size_t first, last, i;

	for (first = 0; first < l->n; first = last + 1) {
		const struct pdf_line *a = &l->a[first], *z;

		for (last = first; last + 1 < l->n && l->a[last + 1].is_cell;
		    last++)
			;
		z = &l->a[last];
		if (last == first || first == 0 || last + 1 >= l->n ||
		    a[-1].is_cell || (last + 2 < l->n && z[2].is_cell) ||
		    a[-1].page != a->page || z[1].page != a->page ||
		    fabsf(a[-1].x0 - a->x0) > SAME_EDGE ||
		    fabsf(z[1].x0 - z->x0) > SAME_EDGE ||
		    fabsf(z[1].x0 - a->x0) < SAME_EDGE)
			continue;
		for (i = first; i <= last; i++)
			l->a[i].is_cell = false;
	}
}

void
pdf_rows_mend(struct pdf_lines *l)
{
	pair_labels(l);
	part_columns(l);
}
