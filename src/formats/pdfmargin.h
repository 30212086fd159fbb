/*
 * pdfmargin: running headers and footers.
 *
 * Used by pdflines.c.
 */
#ifndef PDFMARGIN_H
#define PDFMARGIN_H

#include "formats/pdflines.h"

/* Mark the lines that stand in the margins of pages. */
void pdf_margin_mark(struct pdf_lines *);
/* Emit each as meta "opschrift", once. */
void pdf_margin_emit(const struct pdf_lines *, struct out *);

#endif
