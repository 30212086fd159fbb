#include <config.h>

#include "formats/pdfbands.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "formats/prose.h"

/* In font sizes, more white than usual: above a row; where a paragraph ends. */
#define ROW_GAP 0.2F
#define WIDE_GAP 0.4F
/* Lines of a cell in a row, if they are of several paragraphs. */
#define CELL_LINES 4
/* A table has so many rows, on average of so many lines at the most. */
#define TABLE_BANDS 3
#define BAND_LINES 2
/* Where bands have more lines than this on average, columns are no table's. */
#define TABLE_LINES 12

static int
by_number(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
by_row(const void *a, const void *b)
{
	const struct pdf_place *p = a, *q = b;

	return p->row != q->row ? by_number(p->row, q->row) :
	    by_number(p->column, q->column);
}

static int
by_place(const void *a, const void *b)
{
	return by_number(((const struct pdf_place *)a)->at,
	    ((const struct pdf_place *)b)->at);
}

int
pdf_place_by_reading(const void *a, const void *b)
{
	const struct pdf_place *p = a, *q = b;
	int c = by_number(p->band, q->band);

	c = c != 0 ? c : by_number(p->column, q->column);
	c = c != 0 ? c : by_number(p->row, q->row);
	return c != 0 ? c : (p->line.x0 > q->line.x0) -
	    (p->line.x0 < q->line.x0);
}

/* The white above row i, whose first place that is; they are sorted by rows. */
static float
white_above(const struct pdf_region *r, size_t i)
{
	float bottom = 0;
	size_t k;

	for (k = i; k > 0 && r->a[k - 1].row + 1 >= r->a[i].row; k--)
		bottom = r->a[k - 1].line.y1 > bottom ?
		    r->a[k - 1].line.y1 : bottom;
	return r->a[i].line.y0 - bottom;
}

static int
by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static float
usual_white(const struct pdf_region *r)
{
	float *white = xmalloc(r->n * sizeof *white), usual;
	size_t n = 0, i;

	for (i = 1; i < r->n; i++)
		if (r->a[i].row != r->a[i - 1].row)
			white[n++] = white_above(r, i);
	qsort(white, n, sizeof *white, by_value);
	usual = n > 0 ? white[n / 4] : 0;
	free(white);
	return usual;
}

void
pdf_bands_find(struct pdf_region *r, bool is_prose)
{
	size_t first, end, i, band = 0;
	float usual;

	qsort(r->a, r->n, sizeof *r->a, by_row);
	usual = usual_white(r);
	for (first = 0; first < r->n; first = end) {
		float white = first > 0 ? (white_above(r, first) - usual) /
		    r->a[first].line.size : 0;
		bool on = false;

		for (end = first; end < r->n &&
		    r->a[end].row == r->a[first].row; end++)
			on = on || r->a[end].follows == PDF_GOES_ON;
		if (white > WIDE_GAP || (first > 0 && !on && (white > ROW_GAP ||
		    r->a[end - 1].column != r->a[first].column)))
			band++;
		for (i = first; i < end; i++)
			r->a[i].band = band;
	}
	r->nbands = band + 1;
	if (!is_prose || r->nrows <= TABLE_LINES * r->nbands)
		return;
	for (i = 0; i < r->n; i++)
		r->a[i].band = 0;
	r->nbands = 1;
}

static bool
is_alike(const struct pdf_line *a, const struct pdf_line *b)
{
	return a->is_bold == b->is_bold && fabsf(a->size - b->size) < 1;
}

/*
 * Is the band, from place i to end, a row of a table: each of its cells a word
 * or a paragraph?
 */
static bool
is_row(const struct pdf_region *r, size_t i, size_t end)
{
	size_t lines = 1, ncolumns = 1;
	bool is_whole = true;

	for (i++; i < end; i++)
		if (r->a[i].column != r->a[i - 1].column) {
			ncolumns++;
			lines = 1;
		} else if (r->a[i].row != r->a[i - 1].row) {
			lines++;
			is_whole = is_whole && (r->a[i].follows != PDF_STARTS ||
			    (lines <= CELL_LINES && is_alike(&r->a[i].line,
			    &r->a[i - 1].line)));
		}
	return ncolumns > 1 && is_whole && (r->nbands > 1 || r->nrows == 1);
}

static void
mark_band(struct pdf_region *r, size_t first, size_t end)
{
	bool row = is_row(r, first, end);
	size_t i;

	for (i = first; i < end; i++) {
		struct pdf_place *p = &r->a[i];

		if (i > first && p->column == p[-1].column &&
		    p->row == p[-1].row)
			continue;
		p->line.is_cell = row && i > first &&
		    p->column != p[-1].column &&
		    !prose_is_bullet(r->l->text.s + p[-1].line.at,
		    p[-1].line.len);
		p->line.is_more = row && i > first && !p->line.is_cell;
	}
}

/* Has nearly every band something in every column?  They are in rows. */
static bool
are_filled(const struct pdf_region *r)
{
	uint64_t seen = 0, all = 0;
	size_t i, cells = 0;

	for (i = 0; i < r->n; i++) {
		uint64_t bit = (uint64_t)1 << r->a[i].column % 64;

		if (i > 0 && r->a[i].band != r->a[i - 1].band)
			seen = 0;
		cells += (seen & bit) == 0;
		seen |= bit;
		all |= bit;
	}
	return 5 * cells >= 4 * r->nbands *
	    (size_t)__builtin_popcountll(all);
}

bool
pdf_bands_are_rows(const struct pdf_region *r)
{
	size_t i, begins = 0, labels = 0, rest = 0;

	for (i = 0; i < r->n; i++) {
		const struct pdf_place *p = &r->a[i];

		if (p->column > 0) {
			rest += p->line.len;
			continue;
		}
		labels += p->line.len;
		if (p->follows != PDF_STARTS || (i > 0 && p[-1].row == p->row))
			continue;
		if (i > 0 && p[-1].band == p->band)
			return false;
		begins++;
	}
	return begins >= TABLE_BANDS && r->nbands >= TABLE_BANDS &&
	    (labels * 3 < rest || (r->nrows <= BAND_LINES * r->nbands &&
	    are_filled(r)));
}

/* Has the band several rows, and lines beside each other in one column? */
static bool
is_knotted(const struct pdf_region *r, size_t first, size_t end)
{
	bool beside = false, below = false;
	size_t i;

	for (i = first + 1; i < end; i++) {
		beside = beside || (r->a[i].row == r->a[i - 1].row &&
		    r->a[i].column == r->a[i - 1].column);
		below = below || r->a[i].row != r->a[first].row;
	}
	return beside && below;
}

void
pdf_band_order(struct pdf_region *r, size_t first, size_t end)
{
	if (is_knotted(r, first, end))
		qsort(&r->a[first], end - first, sizeof *r->a, by_place);
	else
		mark_band(r, first, end);
}

