/*
 * pdfligatures: letters that a writer of PDFs spelt wrong.
 *
 * Used by pdf.c.
 */
#ifndef PDFLIGATURES_H
#define PDFLIGATURES_H

#include "base/buf.h"

/*
 * LibreOffice 7.4 writes the ToUnicode of ti, tt, ft ligatures with its bytes
 * swapped: "ti" comes out as U+7400 U+6900.  A run of such characters that
 * touches a Latin letter is mended, in place, from that byte of the text on.
 */
void pdf_ligatures_mend(struct buf *text, size_t from);

#endif
