/*
 * pdfgutters: the white between the columns of a page.
 *
 * Poppler takes what stands close for one column: where the white between two
 * is narrow, or their ends are ragged, it reads across.  The white itself is
 * easy to see: row for row text ends before it, and begins behind it at one
 * place.
 *
 * Used by pdf.c, which parts lines there, and by pdfcolumns.c.
 */
#ifndef PDFGUTTERS_H
#define PDFGUTTERS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A run of characters in which no gap is wider than those between words; a
 * list mark and what it marks are one.  Points, y grows downwards.
 */
struct pdf_piece {
	float x0, x1, y0, y1;
	size_t row;		/* for pdf_gutters_find() */
};

/* What is right of it begins at x, for the lines from y0 to y1. */
struct pdf_gutter {
	unsigned page;
	float x, y0, y1;
};

struct pdf_gutters {
	struct pdf_gutter *a;	/* by page */
	size_t n, cap;
};

/* Add those of a page.  The pieces come in any order and leave in another. */
void pdf_gutters_find(struct pdf_gutters *, unsigned page, struct pdf_piece *,
    size_t n);

/*
 * Is there one on the page between what ends at x0 and what begins at x1, in a
 * line whose middle is at y?
 */
bool pdf_gutters_part(const struct pdf_gutters *, unsigned page, float x0,
    float x1, float y);

void pdf_gutters_clear(struct pdf_gutters *);

#endif
