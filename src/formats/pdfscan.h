/*
 * pdfscan: the pages of a PDF that have no text but are pictures.
 *
 * Used by pdf.c.
 */
#ifndef PDFSCAN_H
#define PDFSCAN_H

#include <poppler.h>

#include "base/buf.h"
#include "formats/format.h"
#include "formats/pdflines.h"

struct pdf_scan {
	unsigned pictures;	/* pages that are, and stay, pictures */
	unsigned late;		/* of those: for want of time */
	unsigned recognised;	/* pages whose text was recognised */
	struct buf is_recognised;	/* a byte for each page up to there */
};

/* A page that gave no line: recognise it, or count it, if it is a picture. */
void pdf_scan_page(PopplerPage *, unsigned number, struct pdf_lines *,
    struct pdf_scan *);
/*
 * When all pages are read: make recognised lines as large as the others, and
 * say how many pages are pictures and how many were recognised.
 */
void pdf_scan_end(struct pdf_scan *, struct pdf_lines *, struct out *);
void pdf_scan_clear(struct pdf_scan *);

#endif
