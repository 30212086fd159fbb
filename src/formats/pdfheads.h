/*
 * pdfheads: the lines that an outline names.
 *
 * Used by pdflines.c.
 */
#ifndef PDFHEADS_H
#define PDFHEADS_H

#include "formats/pdflines.h"

/*
 * Give the lines that an item of the outline names, on the page it leads to,
 * its level; nlines of the first of them says how many they are.
 */
void pdf_heads_mark(struct pdf_lines *);

#endif
