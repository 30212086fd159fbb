/*
 * pdfoutline: the outline of a PDF, its bookmarks.
 *
 * Whoever made it knew the headings.  An item whose words stand on the page
 * that it leads to makes a heading of them, whatever they look like; others
 * say nothing.
 *
 * Used by pdf.c and pdflines.c.
 */
#ifndef PDFOUTLINE_H
#define PDFOUTLINE_H

#include <poppler.h>

#include "formats/pdflines.h"

/* Append its items, in their order. */
void pdf_outline_read(PopplerDocument *, struct pdf_lines *);

#endif
