/*
 * pdflines: what we make of the lines of a PDF; finding them is poppler's.
 */
#include <config.h>

#include "target.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/out.h"
#include "formats/pdflines.h"
#include "gather/records.h"

/* Of the first bytes of a line of input; the rest is its text. */
enum { PAGE, X, Y, WIDTH, SIZE, FLAGS, NBYTES };

static void
add_line(struct pdf_lines *l, const unsigned char *u, const char *s, size_t n)
{
	struct pdf_line line = {
		.page = l->npages + (u[PAGE] % 8 == 0), .at = l->text.len,
		.x0 = (float)u[X] * 3, .y0 = (float)u[Y] * 4,
		.size = (float)(u[SIZE] % 64) / 2,
		.is_bold = u[FLAGS] & 1,
		.is_cell = (u[FLAGS] & 2) != 0,
	};

	line.x1 = line.x0 + (float)u[WIDTH] * 3;
	line.y1 = line.y0 + line.size;
	if (line.page == 0)
		line.page = 1;
	l->npages = line.page;
	utf8_clean(s, n, &l->text);
	line.len = l->text.len - line.at;
	GROW(l->a, l->n, l->cap);
	l->a[l->n++] = line;
}

static void
add_note(struct pdf_lines *l, const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	utf8_clean(s, n, &b);
	GROW(l->notes, l->nnotes, l->cap_notes);
	l->notes[l->nnotes++] = (struct pdf_note){
		l->npages > 0 ? l->npages : 1, xstrdup(buf_str(&b)) };
}

/* The white between them, page by page. */
static void
add_gutters(struct pdf_lines *l)
{
	struct pdf_piece *pieces = xmalloc((l->n + 1) * sizeof *pieces);
	size_t i, k, n;

	for (i = 0; i < l->n; i = k) {
		for (n = 0, k = i; k < l->n && l->a[k].page == l->a[i].page;
		    k++)
			pieces[n++] = (struct pdf_piece){ .x0 = l->a[k].x0,
			    .x1 = l->a[k].x1, .y0 = l->a[k].y0,
			    .y1 = l->a[k].y1 };
		pdf_gutters_find(&l->gutters, l->a[i].page, pieces, n);
	}
	free(pieces);
}

/* A line of input is a line on a page, or a note. */
void
fuzz_pdflines(const char *s, size_t n)
{
	CLEAN(pdf_lines_clear) struct pdf_lines l = { .height = 842 };
	CLEAN(extracted_clear) struct extracted x = { 0 };
	const char *end = s + n, *stop;
	struct out o;

	for (; s < end; s = stop + (stop < end)) {
		if ((stop = memchr(s, '\n', (size_t)(end - s))) == NULL)
			stop = end;
		if (stop - s < NBYTES)
			continue;
		if (s[FLAGS] & 4)
			add_note(&l, s + NBYTES, (size_t)(stop - s) - NBYTES);
		else
			add_line(&l, (const unsigned char *)s, s + NBYTES,
			    (size_t)(stop - s) - NBYTES);
	}
	if (l.npages == 0)
		return;
	add_gutters(&l);
	out_init(&o, -1);
	pdf_lines_emit(&l, &o);
	out_end(&o, EXTRACT_OK);
	fuzz_check(records_read(o.records.s, o.records.len, &x),
	    "what a reader writes is taken in");
	out_clear(&o);
}
