/*
 * pdfscan: the pages of a PDF that have no text but are pictures.
 *
 * Used by pdf.c.
 */
#ifndef PDFSCAN_H
#define PDFSCAN_H

#include <poppler.h>

#include "formats/pdflines.h"
#include "formats/scan.h"

/* A page that gave no line: recognise it, or count it, if it is a picture. */
void pdf_scan_page(PopplerPage *, unsigned number, struct pdf_lines *,
    struct scan *);

#endif
