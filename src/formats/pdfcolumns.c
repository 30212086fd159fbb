#include <config.h>

#include "formats/pdfcolumns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "formats/pdfbands.h"
#include "formats/prose.h"

/* Points by which the left edge of a column varies. */
#define SAME_EDGE 3
/* Font sizes: from a line to the next in its column, at most. */
#define STEP 1.9F
/* Weight of lines that poppler parted from theirs, for an order of our own. */
#define MISPLACED 2
/* A line may be full if it has so many words. */
#define FULL_WORDS 3
/* A column of prose has more lines than this, and most of them go on. */
#define PROSE_LINES 12

static float
larger(float a, float b)
{
	return a > b ? a : b;
}

static float
smaller(float a, float b)
{
	return a < b ? a : b;
}

static float
middle(const struct pdf_line *line)
{
	return (line->y0 + line->y1) / 2;
}

static int
by_height(const void *a, const void *b)
{
	float x = middle(&((const struct pdf_place *)a)->line);
	float y = middle(&((const struct pdf_place *)b)->line);

	return (x > y) - (x < y);
}

static bool
is_within(const struct pdf_region *r, const struct pdf_gutter *g)
{
	return g->y0 >= r->y0 && g->y1 <= r->y1;
}

/*
 * Which column a line is in: the number of gutters, each edge counted once,
 * that it is right of.  Its limit is the next one.
 */
static size_t
take_column(const struct pdf_region *r, struct pdf_line *line)
{
	const struct pdf_gutter *g = r->gutters;
	size_t i, k, n = 0;

	for (i = 0; i < r->ngutters; i++) {
		if (!is_within(r, &g[i]))
			continue;
		for (k = 0; k < i; k++)
			if (is_within(r, &g[k]) &&
			    fabsf(g[k].x - g[i].x) < SAME_EDGE)
				break;
		if (g[i].x <= line->x0 + SAME_EDGE)
			n += k == i;
		else if (line->limit == 0 || g[i].x < line->limit)
			line->limit = g[i].x;
	}
	return n;
}

/* The lines of the region, and their rows. */
static void
take_lines(struct pdf_region *r, size_t first, size_t end)
{
	float bottom = 0;
	size_t i;

	r->n = r->nrows = 0;
	r->right = 0;
	for (i = first; i < end; i++) {
		const struct pdf_line *line = &r->l->a[i];

		r->right = larger(r->right, line->x1);
		if (line->is_running || middle(line) < r->y0 ||
		    middle(line) > r->y1)
			continue;
		GROW(r->a, r->n, r->cap);
		r->a[r->n] = (struct pdf_place){ .line = *line, .at = i };
		r->a[r->n].column = take_column(r, &r->a[r->n].line);
		r->n++;
	}
	if (r->n > 0)
		qsort(r->a, r->n, sizeof *r->a, by_height);
	for (i = 0; i < r->n; i++) {
		const struct pdf_line *line = &r->a[i].line;

		if (i == 0 || middle(line) > bottom) {
			r->nrows++;
			bottom = line->y1 - (line->y1 - line->y0) / 4;
		}
		r->a[i].row = r->nrows - 1;
	}
}

static bool
has_words(const char *s, size_t len, size_t n)
{
	size_t i;

	for (i = 0; i < len && n > 1; i++)
		n -= s[i] == ' ';
	return n <= 1;
}

/* Does the line go on with the last: in mid-sentence, or where that is full? */
static enum pdf_follows
follows(const struct pdf_region *r, const struct pdf_line *last,
    const struct pdf_line *line)
{
	const char *s = r->l->text.s + line->at;
	const char *before = r->l->text.s + last->at;
	float down = line->y0 - last->y0, in = line->x0 - last->x0, word;
	float right = last->limit > 0 ? last->limit : r->right, room;

	if (down <= 0 || down > STEP * line->size ||
	    fabsf(line->size - last->size) > 1 ||
	    (in > SAME_EDGE && prose_bullet(before, last->len) == 0) ||
	    prose_bullet(s, line->len) > 0 ||
	    prose_is_ended(before, last->len))
		return PDF_STARTS;
	word = (line->x1 - line->x0) *
	    (float)prose_first_word(s, line->len) / (float)line->len;
	room = right - last->x1 - 0.25F * last->size - word;
	if (*s >= 'a' && *s <= 'z' && room < (right - last->x0) / 2)
		return PDF_GOES_ON;
	if (room < 0.2F * last->size &&
	    has_words(before, last->len, FULL_WORDS))
		return PDF_MAY_GO_ON;
	return PDF_STARTS;
}

/* Lines of a column overlap; else it is several, and a gutter was not seen. */
static bool
is_sound(const struct pdf_region *r)
{
	const struct pdf_place *last = r->a;
	size_t i;

	for (i = 1; i < r->n; i++) {
		const struct pdf_place *p = &r->a[i];

		if (p->column == p[-1].column && p->row == p[-1].row)
			continue;
		if (p->column == last->column &&
		    (p->line.x0 > last->line.x1 || p->line.x1 < last->line.x0))
			return false;
		last = p;
	}
	return true;
}

/* Mark the lines that go on.  Returns in how many columns most lines do. */
static size_t
find_paragraphs(struct pdf_region *r)
{
	size_t first, end, i, n, ncolumns = 0;

	r->misplaced = 0;
	qsort(r->a, r->n, sizeof *r->a, pdf_place_by_reading);
	for (first = 0; first < r->n; first = end) {
		for (end = first; end < r->n &&
		    r->a[end].column == r->a[first].column; end++)
			;
		for (n = 0, i = first + 1; i < end; i++) {
			struct pdf_place *p = &r->a[i];

			if (p->row > p[-1].row)
				p->follows = follows(r, &p[-1].line, &p->line);
			n += p->follows != PDF_STARTS;
			if (p->at != p[-1].at + 1 || p[-1].line.is_cell)
				r->misplaced += p->follows;
		}
		ncolumns += end - first > PROSE_LINES && 2 * n > end - first;
	}
	return ncolumns;
}

/* Put the region where its first line was, before what stood within it. */
static void
put_back(struct pdf_lines *l, const struct pdf_region *r, size_t first,
    size_t end)
{
	struct pdf_line *lines = xmalloc((end - first) * sizeof *lines);
	bool *is_here = xcalloc(end - first, sizeof *is_here), is_done = false;
	size_t i, k, n = 0;

	for (i = 0; i < r->n; i++)
		is_here[r->a[i].at - first] = true;
	for (i = first; i < end; i++) {
		if (!is_here[i - first])
			lines[n++] = l->a[i];
		else if (!is_done)
			for (is_done = true, k = 0; k < r->n; k++)
				lines[n++] = r->a[k].line;
	}
	memcpy(&l->a[first], lines, n * sizeof *lines);
	free(is_here);
	free(lines);
}

static void
order_region(struct pdf_lines *l, struct pdf_region *r, size_t first,
    size_t end)
{
	size_t i, k;
	bool is_prose;

	take_lines(r, first, end);
	if (r->n == 0)
		return;
	is_prose = find_paragraphs(r) > 1;
	if (!is_sound(r))
		return;
	pdf_bands_find(r, is_prose);
	if (r->misplaced < MISPLACED &&
	    (is_prose ? r->nbands > 1 : !pdf_bands_are_rows(r)))
		return;
	qsort(r->a, r->n, sizeof *r->a, pdf_place_by_reading);
	for (i = 0; i < r->n; i = k) {
		for (k = i; k < r->n && r->a[k].band == r->a[i].band; k++)
			;
		pdf_band_order(r, i, k);
	}
	put_back(l, r, first, end);
}

/* Let the region reach over a gutter beside it.  False: there is none. */
static bool
widen(struct pdf_region *r)
{
	size_t i;

	for (i = 0; i < r->ngutters; i++) {
		const struct pdf_gutter *g = &r->gutters[i];

		if (g->y1 <= r->y0 || g->y0 >= r->y1 || is_within(r, g))
			continue;
		r->y0 = smaller(r->y0, g->y0);
		r->y1 = larger(r->y1, g->y1);
		return true;
	}
	return false;
}

/* The regions of a page, from its lines first to end. */
static void
order_page(struct pdf_lines *l, struct pdf_region *r, size_t first, size_t end)
{
	size_t i, k;

	for (i = 0; i < r->ngutters; i++) {
		r->y0 = r->gutters[i].y0;
		r->y1 = r->gutters[i].y1;
		while (widen(r))
			;
		/* Once, with its first gutter. */
		for (k = 0; k < i && !is_within(r, &r->gutters[k]); k++)
			;
		if (k == i)
			order_region(l, r, first, end);
	}
}

void
pdf_columns_order(struct pdf_lines *l)
{
	const struct pdf_gutters *g = &l->gutters;
	struct pdf_region r = { .l = l };
	size_t i, k, first = 0, end;

	for (i = 0; i < g->n; i = k) {
		for (k = i + 1; k < g->n && g->a[k].page == g->a[i].page; k++)
			;
		r.gutters = &g->a[i];
		r.ngutters = k - i;
		while (first < l->n && l->a[first].page < g->a[i].page)
			first++;
		for (end = first; end < l->n && l->a[end].page == g->a[i].page;
		    end++)
			;
		order_page(l, &r, first, end);
	}
	free(r.a);
}
