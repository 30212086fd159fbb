/*
 * pdfbands: what stands beside each other between the columns of a page.
 *
 * A band is the row of a table, or all that is read column by column.
 *
 * Used by pdfcolumns.c.
 */
#ifndef PDFBANDS_H
#define PDFBANDS_H

#include "formats/pdflines.h"

/* How a line stands to the one above it in its column; a weight. */
enum pdf_follows { PDF_STARTS, PDF_MAY_GO_ON, PDF_GOES_ON };

/* A line beside a gutter. */
struct pdf_place {
	struct pdf_line line;
	size_t at;		/* in pdf_lines.a */
	size_t row, column, band;
	enum pdf_follows follows;
};

/* What stands between gutters that lie beside each other. */
struct pdf_region {
	const struct pdf_lines *l;
	const struct pdf_gutter *gutters;	/* of the page */
	size_t ngutters;
	float y0, y1;
	float right;		/* how far the text of the page reaches */
	struct pdf_place *a;
	size_t n, cap, nrows, nbands;
	size_t misplaced;	/* weight of lines parted from theirs */
};

/*
 * Number the bands.  One ends above a row that begins in several columns, where
 * nothing goes on, and where white runs through all of them.  Columns of prose
 * are one band, though some of their paragraphs may begin side by side.  The
 * places are left in rows.
 */
void pdf_bands_find(struct pdf_region *, bool is_prose);

/*
 * Does a band begin wherever the first column does, several times over, and are
 * they short, or is that a column of labels?  The places are in rows.
 */
bool pdf_bands_are_rows(const struct pdf_region *);

/* Band by band, in each the first column first; for qsort(). */
int pdf_place_by_reading(const void *, const void *);

/*
 * Mark what the places of a band, in reading order, are of a row.  Where lines
 * are beside each other in one column, they stay as poppler has them.
 */
void pdf_band_order(struct pdf_region *, size_t first, size_t end);

#endif
