#include <config.h>

#include "formats/pdfmargin.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "formats/boilerplate.h"

/* How many lines of a page, from its top and from its bottom, may be margin. */
#define MARGIN_LINES 3
/* The part of the page, at either end, that they stand in. */
#define MARGIN_PART 0.16
/* Points by which the place of a repeated line may differ. */
#define PLACE 4

#define MAX_OPSCHRIFT 12

/* A line that may be margin. */
struct candidate {
	uint64_t key;		/* of its text, numbers alike */
	float y;
	struct pdf_line *line;
};

struct candidates {
	struct candidate *a;
	size_t n, cap;
};

static uint64_t
line_key(const struct pdf_lines *l, const struct pdf_line *line)
{
	const char *s = l->text.s + line->at;
	uint64_t h = HASH_INIT;
	size_t i, from = 0;

	for (i = 0; i < line->len; i++) {
		if (s[i] < '0' || s[i] > '9')
			continue;
		h = hash_bytes(h, s + from, i - from);
		while (i + 1 < line->len && s[i + 1] >= '0' && s[i + 1] <= '9')
			i++;
		h = hash_bytes(h, "#", 1);
		from = i + 1;
	}
	return hash_bytes(h, s + from, line->len - from);
}

static size_t
count_tabs(const char *s, size_t n)
{
	size_t i, tabs = 0;

	for (i = 0; i < n; i++)
		tabs += s[i] == '\t';
	return tabs;
}

/*
 * The outermost lines of one page at one end: the MARGIN_LINES nearest to it
 * that lie in its margin.  sign is 1 for the top, -1 for the bottom.
 */
static void
add_outermost(struct pdf_lines *l, size_t from, size_t to, int sign,
    struct candidates *c)
{
	struct pdf_line *best[MARGIN_LINES] = { NULL };
	float limit = (float)(l->height * MARGIN_PART);
	size_t i, k;

	for (i = from; i < to; i++) {
		struct pdf_line *line = &l->a[i], *swap;

		if (sign > 0 ? line->y0 > limit : line->y1 < l->height - limit)
			continue;
		for (k = 0; k < MARGIN_LINES && line != NULL; k++) {
			if (best[k] != NULL && (float)sign * best[k]->y0 <=
			    (float)sign * line->y0)
				continue;
			swap = best[k];
			best[k] = line;
			line = swap;
		}
	}
	for (k = 0; k < MARGIN_LINES && best[k] != NULL; k++) {
		const char *s = l->text.s + best[k]->at;

		if (k < 2 && boilerplate_running(s, best[k]->len))
			best[k]->is_running = true;
		GROW(c->a, c->n, c->cap);
		c->a[c->n++] = (struct candidate){ line_key(l, best[k]),
		    best[k]->y0, best[k] };
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->y != y->y)
		return x->y < y->y ? -1 : 1;
	return x->line->page < y->line->page ? -1 :
	    x->line->page > y->line->page;
}

/* The same text at the same place on several pages belongs to the margin. */
static void
mark_repeated(struct pdf_lines *l, struct candidates *c)
{
	size_t from, to, i, n;

	qsort(c->a, c->n, sizeof *c->a, by_key);
	for (from = 0; from < c->n; from = to) {
		for (to = from + 1; to < c->n &&
		    c->a[to].key == c->a[from].key &&
		    c->a[to].y - c->a[to - 1].y < PLACE; to++)
			;
		n = to - from;
		/* Rows of three cells are the head of a table. */
		if (n < 2 || (n < 3 && n * 2 < l->npages) || count_tabs(
		    l->text.s + c->a[from].line->at, c->a[from].line->len) > 2)
			continue;
		for (i = from; i < to; i++)
			c->a[i].line->is_running = true;
	}
}

void
pdf_margin_mark(struct pdf_lines *l)
{
	struct candidates c = { 0 };
	size_t from, to;

	for (from = 0; from < l->n; from = to) {
		for (to = from; to < l->n && l->a[to].page == l->a[from].page;
		    to++)
			;
		add_outermost(l, from, to, 1, &c);
		add_outermost(l, from, to, -1, &c);
	}
	if (c.n > 0)
		mark_repeated(l, &c);
	free(c.a);
}

void
pdf_margin_emit(const struct pdf_lines *l, struct out *out)
{
	uint64_t seen[MAX_OPSCHRIFT];
	size_t i, k, n = 0;

	for (i = 0; i < l->n && n < MAX_OPSCHRIFT; i++) {
		const struct pdf_line *line = &l->a[i];

		if (!line->is_running)
			continue;
		seen[n] = line_key(l, line);
		for (k = 0; seen[k] != seen[n]; k++)
			;
		if (k < n)
			continue;
		n++;
		out_meta(out, "opschrift", l->text.s + line->at, line->len);
	}
}
