#include <config.h>

#include "formats/pdfgutters.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* In heights of a line: what a gutter is wide in every row; what is wide. */
#define NARROW 0.3F
#define WIDE 0.9F
/* Rows with text on both sides: where it is wide; of one that is not. */
#define WIDE_ROWS 3
#define NARROW_ROWS 4
/* On either side of a narrow one a piece is, on average, as long as this. */
#define NARROW_LENGTH 5
/* Points by which the left edge of a column varies. */
#define SAME_EDGE 2
/* In heights: white above a row that ends a gutter; one that goes on. */
#define FAR 2.5F
#define NEAR 0.3F
/* Beside one so many times as high, a gutter is none: gaps that lie so. */
#define HIGHER 4
/* More pieces, edges or gutters are no page that a person reads. */
#define MAX_PIECES 20000
#define MAX_EDGES 256
#define MAX_GUTTERS 64

/* What stands at one height. */
struct row {
	size_t first, end;	/* of the pieces */
	float y0, y1;
};

/* A gutter at x, as it grows from row to row. */
struct growing {
	float x;
	float left, right;	/* lengths in heights, all together */
	size_t both, wide;	/* rows with text on both sides, far apart */
	size_t first, last;	/* of those */
};

static float
middle(const struct pdf_piece *p)
{
	return (p->y0 + p->y1) / 2;
}

static int
by_height(const void *a, const void *b)
{
	float x = middle(a), y = middle(b);

	return (x > y) - (x < y);
}

static int
by_row(const void *a, const void *b)
{
	const struct pdf_piece *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->x0 > y->x0) - (x->x0 < y->x0);
}

static int
by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* Sort pieces into rows, each from left to right.  Returns how many. */
static size_t
make_rows(struct pdf_piece *p, size_t n, struct row *rows)
{
	size_t i, nrows = 0;

	qsort(p, n, sizeof *p, by_height);
	for (i = 0; i < n; i++) {
		struct row *row = &rows[nrows > 0 ? nrows - 1 : 0];

		if (nrows == 0 || middle(&p[i]) > row->y1 -
		    (row->y1 - row->y0) / 4) {
			row = &rows[nrows++];
			*row = (struct row){ i, i, p[i].y0, p[i].y1 };
		}
		p[i].row = nrows - 1;
		row->end = i + 1;
	}
	qsort(p, n, sizeof *p, by_row);
	return nrows;
}

/*
 * Where pieces begin, in several rows: the first of theirs, or behind a gap.
 * Returns how many.
 */
static size_t
find_edges(const struct pdf_piece *p, size_t n, float edges[MAX_EDGES])
{
	float *starts = xmalloc((n + 1) * sizeof *starts);
	size_t nstarts = 0, nedges = 0, i, k;

	for (i = 0; i < n; i++)
		if (i == 0 || p[i].row != p[i - 1].row ||
		    p[i].x0 - p[i - 1].x1 > NARROW * (p[i].y1 - p[i].y0))
			starts[nstarts++] = p[i].x0;
	qsort(starts, nstarts, sizeof *starts, by_value);
	for (i = 0; i < nstarts && nedges < MAX_EDGES; i = k) {
		for (k = i + 1; k < nstarts &&
		    starts[k] - starts[i] <= SAME_EDGE; k++)
			;
		if (k - i >= WIDE_ROWS)
			edges[nedges++] = starts[i];
	}
	free(starts);
	return nedges;
}

/* The last piece of the row that begins left of x, if any. */
static const struct pdf_piece *
left_of(float x, const struct pdf_piece *p, const struct row *row)
{
	size_t i = row->first;

	while (i < row->end && p[i].x0 < x - SAME_EDGE)
		i++;
	return i > row->first ? &p[i - 1] : NULL;
}

/* The same, or of a row that overlaps this one: columns have their own. */
static const struct pdf_piece *
left_beside(float x, const struct pdf_piece *p, const struct row *rows,
    size_t nrows, size_t i)
{
	const struct pdf_piece *left = left_of(x, p, &rows[i]);

	if (left == NULL && i > 0 && rows[i - 1].y1 > rows[i].y0 + 1)
		left = left_of(x, p, &rows[i - 1]);
	if (left == NULL && i + 1 < nrows && rows[i + 1].y0 + 1 < rows[i].y1)
		left = left_of(x, p, &rows[i + 1]);
	return left;
}

/*
 * How row i stands to a gutter at x: 0 if text runs through it, else 1 if it
 * has text on both sides, the right one at that edge, else -1.
 */
static int
take_row(struct growing *g, const struct pdf_piece *p, const struct row *rows,
    size_t nrows, size_t i)
{
	const struct row *row = &rows[i];
	const struct pdf_piece *left = left_of(g->x, p, row), *right;
	float height = row->y1 - row->y0;

	if (left != NULL && left->x1 > g->x - NARROW * height)
		return 0;
	right = left != NULL ? left + 1 : &p[row->first];
	if (right == p + row->end || right->x0 > g->x + SAME_EDGE)
		return -1;
	left = left_beside(g->x, p, rows, nrows, i);
	if (left == NULL || left->x1 > g->x - NARROW * height)
		return -1;
	g->wide += right->x0 - left->x1 > WIDE * height;
	g->left += (left->x1 - left->x0) / height;
	g->right += (right->x1 - right->x0) / height;
	return 1;
}

static bool
is_gutter(const struct growing *g)
{
	float n = (float)g->both;

	if (g->wide >= WIDE_ROWS)
		return true;
	return g->both >= NARROW_ROWS && g->left > n * NARROW_LENGTH &&
	    g->right > n * NARROW_LENGTH;
}

/* Rows on one side alone go on with the column above them. */
static size_t
last_row(const struct growing *g, const struct row *rows, size_t end)
{
	size_t i = g->last;

	while (i + 1 < end && rows[i + 1].y0 - rows[i].y1 <
	    NEAR * (rows[i].y1 - rows[i].y0))
		i++;
	return i;
}

static void
end_gutter(struct growing *g, unsigned page, const struct row *rows, size_t end,
    struct pdf_gutters *found)
{
	if (is_gutter(g)) {
		GROW(found->a, found->n, found->cap);
		found->a[found->n++] = (struct pdf_gutter){ page, g->x,
		    rows[g->first].y0, rows[last_row(g, rows, end)].y1 };
	}
	*g = (struct growing){ .x = g->x };
}

static void
follow_edge(float x, unsigned page, const struct pdf_piece *p,
    const struct row *rows, size_t nrows, size_t most,
    struct pdf_gutters *found)
{
	struct growing g = { .x = x };
	size_t i;
	int side;

	for (i = 0; i < nrows && found->n < most; i++) {
		if (i > 0 && rows[i].y0 - rows[i - 1].y1 >
		    FAR * (rows[i].y1 - rows[i].y0))
			end_gutter(&g, page, rows, i, found);
		if ((side = take_row(&g, p, rows, nrows, i)) == 0)
			end_gutter(&g, page, rows, i, found);
		else if (side > 0) {
			g.first = g.both++ == 0 ? i : g.first;
			g.last = i;
		}
	}
	if (found->n < most)
		end_gutter(&g, page, rows, nrows, found);
}

static bool
is_beside_higher(const struct pdf_gutter *a, size_t n,
    const struct pdf_gutter *g)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (a[i].y0 < g->y1 && a[i].y1 > g->y0 &&
		    a[i].y1 - a[i].y0 > HIGHER * (g->y1 - g->y0))
			return true;
	return false;
}

/* Of those of a page, which are the last n. */
static void
drop_chance(struct pdf_gutters *found, size_t n)
{
	struct pdf_gutter *a, *all;
	size_t i, kept = 0;

	if (n < 2)
		return;
	a = found->a + found->n - n;
	all = xmalloc(n * sizeof *all);
	memcpy(all, a, n * sizeof *all);
	for (i = 0; i < n; i++)
		if (!is_beside_higher(all, n, &all[i]))
			a[kept++] = all[i];
	found->n -= n - kept;
	free(all);
}

void
pdf_gutters_find(struct pdf_gutters *found, unsigned page, struct pdf_piece *p,
    size_t n)
{
	float edges[MAX_EDGES];
	struct row *rows;
	size_t nrows, nedges, before = found->n, i;

	if (n < 2 * WIDE_ROWS || n > MAX_PIECES)
		return;
	rows = xmalloc(n * sizeof *rows);
	nrows = make_rows(p, n, rows);
	nedges = find_edges(p, n, edges);
	for (i = 0; i < nedges; i++)
		follow_edge(edges[i], page, p, rows, nrows,
		    before + MAX_GUTTERS, found);
	drop_chance(found, found->n - before);
	free(rows);
}

bool
pdf_gutters_part(const struct pdf_gutters *g, unsigned page, float x0, float x1,
    float y)
{
	size_t i;

	for (i = g->n; i > 0 && g->a[i - 1].page == page; i--) {
		const struct pdf_gutter *at = &g->a[i - 1];

		if (at->y0 < y && y < at->y1 && x0 < at->x &&
		    x1 >= at->x - SAME_EDGE)
			return true;
	}
	return false;
}

void
pdf_gutters_clear(struct pdf_gutters *g)
{
	free(g->a);
	*g = (struct pdf_gutters){ 0 };
}
