/*
 * pdflines: the lines of a printed document, and from them its text.
 *
 * A PDF has glyphs at places.  pdf.c makes lines of them; here lines become
 * paragraphs, rows and headings, and what is printed in the margins of every
 * page is set aside.
 *
 * Used by pdf.c.
 */
#ifndef PDFLINES_H
#define PDFLINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/format.h"
#include "formats/pdfgutters.h"

/* Lengths are points; y grows downwards. */
struct pdf_line {
	size_t at, len;		/* in pdf_lines.text; UTF-8 */
	unsigned page;		/* from 1 */
	float x0, x1, y0, y1;
	float size;		/* of its font */
	float limit;		/* what is right of its column begins; 0: none */
	bool is_bold;
	bool is_cell;		/* a further cell, beside the line before it */
	bool is_more;		/* of the cell that the line before it is in */
	bool is_running;	/* a running header or footer */
	unsigned level;		/* of a heading that the outline names; 0 */
	unsigned nlines;	/* of that heading, if this is its first */
};

/* An item of the outline, see pdfoutline.h. */
struct pdf_item {
	unsigned page;
	unsigned level;		/* from 1 */
	size_t order;
	float up;		/* where it leads to, from below; 0: not known */
	char *title;
};

/* What is written on a page beside its text, see pdfnotes.h. */
struct pdf_note {
	unsigned page;
	char *text;
};

struct pdf_lines {
	struct buf text;
	struct pdf_line *a;	/* by page, in reading order */
	size_t n, cap;
	struct pdf_note *notes;	/* by page */
	size_t nnotes, cap_notes;
	struct pdf_item *items;
	size_t nitems, cap_items;
	struct pdf_gutters gutters;
	unsigned npages;
	float height;		/* of a page */
};

/* Poppler, before the process is confined. */
void pdf_init(void);

void pdf_lines_clear(struct pdf_lines *);

/*
 * Emit pages, headings and paragraphs, notes at the end of their page; what
 * the margins repeat goes out as meta "opschrift".
 */
void pdf_lines_emit(struct pdf_lines *, struct out *);

#endif
