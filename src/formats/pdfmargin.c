#include <config.h>

#include "formats/pdfmargin.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "formats/boilerplate.h"

/* How many lines and cells of a page, from either end, may be margin. */
#define MARGIN_LINES 6
/* So many of these may be one by what they say, on a single page. */
#define MARGIN_PHRASES 4
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
	size_t run;		/* of lines that it is in, 0: none */
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

static bool
has_letters(const char *s, size_t n)
{
	size_t i, letters = 0;

	for (i = 0; i < n; i++)
		letters += (s[i] | 32) >= 'a' && (s[i] | 32) <= 'z';
	return letters > 1;
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

		if ((k < MARGIN_PHRASES &&
		    boilerplate_running(s, best[k]->len)) ||
		    (k == 0 && boilerplate_number(s, best[k]->len)))
			best[k]->is_running = true;
		/* "3.1" may be a question on every page of a form. */
		if (!has_letters(s, best[k]->len) &&
		    !boilerplate_number(s, best[k]->len))
			continue;
		GROW(c->a, c->n, c->cap);
		c->a[c->n++] = (struct candidate){ line_key(l, best[k]),
		    best[k]->y0, best[k], 0 };
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

static int
by_page(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->line->page < y->line->page ? -1 :
	    x->line->page > y->line->page;
}

/* The number at *i or behind it, and *i behind that; false if there is none. */
static bool
next_number(const char *s, size_t n, size_t *i, unsigned long *number)
{
	while (*i < n && (s[*i] < '0' || s[*i] > '9'))
		++*i;
	if (*i == n)
		return false;
	for (*number = 0; *i < n && s[*i] >= '0' && s[*i] <= '9'; ++*i)
		*number = *number * 10 + (unsigned long)(s[*i] - '0');
	return true;
}

/*
 * Two lines that differ in their numbers at most: is each the same in both, or
 * does it count the pages?  "Article 25" and "Article 35" are headings.
 */
static bool
go_together(const struct pdf_lines *l, const struct pdf_line *a,
    const struct pdf_line *b)
{
	unsigned long x, y, step = b->page - a->page;
	size_t i = 0, k = 0;

	while (next_number(l->text.s + a->at, a->len, &i, &x) &&
	    next_number(l->text.s + b->at, b->len, &k, &y))
		if (x != y && y - x != step)
			return false;
	return true;
}

/*
 * The candidates that go on with the first of n, page by page or by left or
 * right pages: each gets its number.  Returns how many they are.
 */
static size_t
follow(const struct pdf_lines *l, struct candidate *c, size_t n, size_t run)
{
	size_t last = 0, i, length = 1;

	c[0].run = run;
	for (i = 1; i < n && c[i].line->page - c[last].line->page <= 2; i++) {
		if (c[i].line->page == c[last].line->page ||
		    !go_together(l, c[last].line, c[i].line))
			continue;
		c[i].run = run;
		last = i;
		length++;
	}
	return length;
}

/*
 * n candidates that say the same at the same place.  In a row of pages they
 * are margin; here and there (a footnote), or side by side, they are not.
 */
static void
mark_runs(const struct pdf_lines *l, struct candidate *c, size_t n)
{
	size_t least = l->npages < 3 ? 2 : 3, from, i, length;

	qsort(c, n, sizeof *c, by_page);
	for (from = 0; from < n; from++) {
		if (c[from].run > 0)
			continue;
		length = follow(l, c + from, n - from, from + 1);
		for (i = from; length >= least && i < n; i++)
			if (c[i].run == from + 1)
				c[i].line->is_running = true;
			else if (c[i].line->page > c[from].line->page + 2 * length)
				break;
	}
}

static void
mark_repeated(struct pdf_lines *l, struct candidates *c)
{
	size_t from, to;

	qsort(c->a, c->n, sizeof *c->a, by_key);
	for (from = 0; from < c->n; from = to) {
		for (to = from + 1; to < c->n &&
		    c->a[to].key == c->a[from].key &&
		    c->a[to].y - c->a[to - 1].y < PLACE; to++)
			;
		if (to - from > 1)
			mark_runs(l, c->a + from, to - from);
	}
}

/* Pages that say nothing but nearly the same, such as labels, say that. */
static void
keep_some(struct pdf_lines *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (!l->a[i].is_running)
			return;
	for (i = 0; i < l->n; i++)
		l->a[i].is_running = false;
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
	keep_some(l);
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
