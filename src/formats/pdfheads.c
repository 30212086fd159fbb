#include <config.h>

#include "formats/pdfheads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Nobody makes a longer heading: what is, is text that somebody marked. */
#define TITLE_BYTES 400
#define TITLE_LINES 8

/*
 * The letters and digits of s at *i: the next of them, in lower case if it is
 * ASCII; 0 at the end.  Hyphens, spaces and dots vary from outline to page.
 */
static uint32_t
next_letter(const char *s, size_t n, size_t *i)
{
	uint32_t c;
	size_t len;

	while (*i < n && (len = utf8_decode(s + *i, n - *i, &c)) > 0) {
		*i += len;
		if (c >= 'A' && c <= 'Z')
			return c | 32;
		if (utf8_is_letter(c) || utf8_is_digit(c))
			return c;
	}
	return 0;
}

/* Past the number that a heading may have on the page alone: "3.1 ". */
static size_t
number_length(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && ((s[i] >= '0' && s[i] <= '9') || s[i] == '.'))
		i++;
	return i > 0 && i < n && s[i] == ' ' ? i + 1 : 0;
}

/* Do the letters of the line go on with those of the title, from *at? */
static bool
takes_line(const char *title, size_t len, size_t *at, const char *s, size_t n)
{
	size_t i = 0;
	uint32_t c;

	while ((c = next_letter(s, n, &i)) != 0)
		if (next_letter(title, len, at) != c)
			return false;
	return true;
}

/* How many lines from the i-th on are the title and nothing else; 0 if none. */
static unsigned
count_lines(const struct pdf_lines *l, size_t i, const char *title,
    size_t skipped)
{
	size_t len = strlen(title), at = 0, end, k;

	for (k = i; k < l->n && k < i + TITLE_LINES; k++) {
		const struct pdf_line *line = &l->a[k];
		size_t from = k == i ? skipped : 0;

		if (line->page != l->a[i].page || line->is_running ||
		    line->level > 0 || !takes_line(title, len, &at,
		    l->text.s + line->at + from, line->len - from))
			return 0;
		end = at;
		if (next_letter(title, len, &end) == 0)
			return k + 1 < l->n && l->a[k + 1].is_cell ? 0 :
			    (unsigned)(k + 1 - i);
	}
	return 0;
}

static unsigned
match(const struct pdf_lines *l, size_t i, const char *title)
{
	const struct pdf_line *line = &l->a[i];
	size_t number;
	unsigned n;

	if (line->is_running || line->is_cell)
		return 0;
	if ((n = count_lines(l, i, title, 0)) > 0)
		return n;
	number = number_length(l->text.s + line->at, line->len);
	return number > 0 ? count_lines(l, i, title, number) : 0;
}

/* The same words may stand on the page twice: those nearest to the place. */
static void
mark_item(struct pdf_lines *l, size_t from, size_t to,
    const struct pdf_item *item)
{
	float y = item->up > 0 ? l->height - item->up : 0, far, least = 0;
	size_t i, best = to;
	unsigned n, nbest = 0;

	for (i = from; i < to; i++) {
		if ((n = match(l, i, item->title)) == 0)
			continue;
		far = fabsf(l->a[i].y0 - y);
		if (best == to || far < least) {
			best = i;
			nbest = n;
			least = far;
		}
	}
	for (i = best; i < best + nbest; i++)
		l->a[i].level = item->level < 6 ? item->level : 6;
	if (nbest > 0)
		l->a[best].nlines = nbest;
}

static int
by_page(const void *a, const void *b)
{
	const struct pdf_item *x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

void
pdf_heads_mark(struct pdf_lines *l)
{
	size_t from = 0, to, i;

	for (i = 0; i < l->nitems; i++)
		l->items[i].order = i;
	if (l->nitems > 0)
		qsort(l->items, l->nitems, sizeof *l->items, by_page);
	for (i = 0; i < l->nitems; i++) {
		const struct pdf_item *item = &l->items[i];
		size_t at = 0, len = strlen(item->title);

		if (len > TITLE_BYTES || next_letter(item->title, len,
		    &at) == 0)
			continue;
		while (from < l->n && l->a[from].page < item->page)
			from++;
		for (to = from; to < l->n && l->a[to].page == item->page; to++)
			;
		mark_item(l, from, to, item);
	}
}
