/*
 * pdfrows: which lines stand beside each other.
 *
 * Used by pdflines.c.
 */
#ifndef PDFROWS_H
#define PDFROWS_H

#include "formats/pdflines.h"

/* Make one line again of what was stretched to fill its width. */
void pdf_rows_join(struct pdf_lines *);

/*
 * Mend what the order of the page made of rows: values stand beside their
 * labels again, and lines of two columns beside each other are none.
 */
void pdf_rows_mend(struct pdf_lines *);

#endif
