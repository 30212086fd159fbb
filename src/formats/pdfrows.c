#include <config.h>

#include "formats/pdfrows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "formats/boilerplate.h"

/* A value is at most so many lines behind its label. */
#define LABEL_WINDOW 40
/* Points by which the left edge of a column varies. */
#define SAME_EDGE 3
/* Font sizes from line to line within a cell, at most. */
#define CELL_STEP 1.35F
/* A table has so many rows with a cell at that place, so many lines away. */
#define TABLE_ROWS 3
#define TABLE_WINDOW 400
/* Cells that stand beside a label of several lines are shorter. */
#define CELL_BYTES 60

/* A stretched line has so many parts; points by which its gaps differ. */
#define STRETCHED_PARTS 4
#define SAME_GAP 0.5F

/* Is line k a part of the row that line i is in, in the same letters? */
static bool
is_same_row(const struct pdf_lines *l, size_t i, size_t k)
{
	const struct pdf_line *a = &l->a[i], *b = &l->a[k];

	return a->page == b->page && a->is_bold == b->is_bold &&
	    !b->is_running && fabsf(a->y0 - b->y0) < SAME_GAP &&
	    fabsf(a->size - b->size) < SAME_GAP;
}

static int
by_edge(const void *a, const void *b)
{
	float x = ((const struct pdf_line *)a)->x0;
	float y = ((const struct pdf_line *)b)->x0;

	return (x > y) - (x < y);
}

/*
 * Are the parts, from left to right, as far from each other all along?  Numbers
 * may be, in a table.
 */
static bool
is_stretched(const struct pdf_lines *l, const struct pdf_line *part, size_t n)
{
	float gap = part[1].x0 - part[0].x1;
	size_t i, words = 0;

	for (i = 0; i < n; i++) {
		words += utf8_has_letter(l->text.s + part[i].at,
		    part[i].len);
		if (i > 1 &&
		    fabsf(part[i].x0 - part[i - 1].x1 - gap) > SAME_GAP)
			return false;
	}
	return 2 * words > n && gap > part[0].size / 2;
}

/* One line of the parts, which are taken out of the page but for the first. */
static void
join_parts(struct pdf_lines *l, size_t i, const struct pdf_line *part, size_t n)
{
	struct pdf_line line = part[0];
	size_t k, kept;

	line.at = l->text.len;
	for (k = 0; k < n; k++) {
		CLEAN(str_free) char *s = xstrndup(l->text.s + part[k].at,
		    part[k].len);

		if (k > 0)
			buf_addc(&l->text, ' ');
		buf_adds(&l->text, s);
	}
	line.len = l->text.len - line.at;
	buf_addc(&l->text, ' ');
	line.x1 = part[n - 1].x1;
	line.is_cell = false;
	for (k = kept = i + 1; k < l->n; k++)
		if (k > i + LABEL_WINDOW || !is_same_row(l, i, k))
			l->a[kept++] = l->a[k];
	l->n = kept;
	l->a[i] = line;
}

/*
 * A line that was stretched to fill its width is parted at every gap, and the
 * parts may come in any order: its gaps are all the same.
 */
void
pdf_rows_join(struct pdf_lines *l)
{
	struct pdf_line part[LABEL_WINDOW + 1];
	size_t i, k, n;

	for (i = 0; i < l->n; i++) {
		if (l->a[i].is_running)
			continue;
		part[0] = l->a[i];
		for (n = 1, k = i + 1; k < l->n && k <= i + LABEL_WINDOW; k++)
			if (is_same_row(l, i, k))
				part[n++] = l->a[k];
		qsort(part, n, sizeof *part, by_edge);
		if (n >= STRETCHED_PARTS && is_stretched(l, part, n))
			join_parts(l, i, part, n);
	}
}

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
		    a->is_more || z[1].is_more ||
		    a[-1].page != a->page || z[1].page != a->page ||
		    fabsf(a[-1].x0 - a->x0) > SAME_EDGE ||
		    fabsf(z[1].x0 - z->x0) > SAME_EDGE ||
		    fabsf(z[1].x0 - a->x0) < SAME_EDGE)
			continue;
		for (i = first; i <= last; i++)
			l->a[i].is_cell = false;
	}
}

/* Is the line beside the first one of the label, behind it? */
static bool
is_beside(const struct pdf_line *label, const struct pdf_line *line)
{
	return fabsf(line->y0 - label->y0) < 0.25F * label->size &&
	    line->x0 > label->x1;
}

/* Does the line begin where the other does, as the next in its cell would? */
static bool
is_under(const struct pdf_line *above, const struct pdf_line *line)
{
	float down = line->y0 - above->y0;

	return fabsf(line->x0 - above->x0) < SAME_EDGE &&
	    fabsf(line->size - above->size) < 1 && down > 0 &&
	    down < CELL_STEP * above->size;
}

static bool
is_above(const struct pdf_line *below, const struct pdf_line *line)
{
	return is_under(line, below);
}

/* Is there another line near it, to which this stands so? */
static bool
has_near(const struct pdf_lines *l, size_t i, bool (*stands)(
    const struct pdf_line *, const struct pdf_line *))
{
	size_t k = i > LABEL_WINDOW ? i - LABEL_WINDOW : 0;

	for (; k < l->n && k <= i + LABEL_WINDOW; k++)
		if (k != i && l->a[k].page == l->a[i].page &&
		    stands(&l->a[i], &l->a[k]))
			return true;
	return false;
}

/*
 * The end of the row that begins with line i: a label of several lines, and
 * cells of one line beside its first.  They come in any order, and nothing
 * comes between.  Returns i if it is no such row.
 */
static size_t
row_end(const struct pdf_lines *l, size_t i)
{
	const struct pdf_line *first = &l->a[i], *label = first;
	size_t cells = 0, k;

	if (has_near(l, i, is_above))
		return i;
	for (k = i + 1; k < l->n && k <= i + LABEL_WINDOW; k++) {
		const struct pdf_line *line = &l->a[k];

		if (line->page != first->page || line->is_running)
			break;
		if (is_beside(first, line)) {
			if (line->len > CELL_BYTES ||
			    has_near(l, k, is_under) || has_near(l, k, is_above))
				return i;
			cells++;
		} else if (is_under(label, line) && !line->is_cell &&
		    !has_near(l, k, is_beside))
			label = line;
		else
			break;
	}
	return cells > 0 && label != first ? k : i;
}

/* Do enough lines around it, further cells or not, begin where this does? */
static bool
is_in_column(const struct pdf_lines *l, size_t i)
{
	size_t k = i > TABLE_WINDOW ? i - TABLE_WINDOW : 0, n = 0;

	for (; k < l->n && k <= i + TABLE_WINDOW && n < TABLE_ROWS; k++)
		n += l->a[k].page == l->a[i].page &&
		    fabsf(l->a[k].x0 - l->a[i].x0) < SAME_EDGE &&
		    !has_near(l, k, is_under);
	return n == TABLE_ROWS;
}

static int
by_place(const void *a, const void *b)
{
	const struct pdf_line *x = a, *y = b;

	if (x->is_cell != y->is_cell)
		return x->is_cell - y->is_cell;
	if (x->is_cell)
		return (x->x0 > y->x0) - (x->x0 < y->x0);
	return (x->y0 > y->y0) - (x->y0 < y->y0);
}

/*
 * A label of several lines parts its row: its cells come before its second
 * line, or behind its last as paragraphs of their own.
 */
static void
gather_rows(struct pdf_lines *l)
{
	bool is_table;
	size_t i, k, end;

	for (i = 0; i < l->n; i++) {
		if (l->a[i].is_cell || l->a[i].is_running ||
		    (end = row_end(l, i)) == i)
			continue;
		is_table = false;
		for (k = i + 1; k < end && !is_table; k++)
			is_table = is_beside(&l->a[i], &l->a[k]) &&
			    is_in_column(l, k);
		if (!is_table)
			continue;
		for (k = end; k-- > i + 1; ) {
			l->a[k].is_cell = is_beside(&l->a[i], &l->a[k]);
			l->a[k].is_more = !l->a[k].is_cell;
		}
		qsort(&l->a[i], end - i, sizeof *l->a, by_place);
		i = end - 1;
	}
}

void
pdf_rows_mend(struct pdf_lines *l)
{
	pair_labels(l);
	part_columns(l);
	gather_rows(l);
}
