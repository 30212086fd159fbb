/*
 * pdfcolumns: the lines of columns, in the order in which they are read.
 *
 * Used by pdflines.c.
 */
#ifndef PDFCOLUMNS_H
#define PDFCOLUMNS_H

#include "formats/pdflines.h"

/*
 * Where lines that go on with each other do not follow each other, order those
 * around the gutters of their page anew: from the top, as far as a row reaches
 * that begins in several columns, column by column.  Rows of short cells become
 * rows.
 */
void pdf_columns_order(struct pdf_lines *);

#endif
