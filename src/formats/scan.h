/*
 * scan: the pages of a document that are pictures, and what became of them.
 *
 * Used by image.c, pdf.c and pdfscan.c.
 */
#ifndef SCAN_H
#define SCAN_H

#include "base/buf.h"
#include "formats/format.h"
#include "formats/ocr.h"
#include "formats/pdflines.h"

struct scan {
	unsigned pictures;	/* pages that are, and stay, pictures */
	unsigned late;		/* of those: for want of time */
	unsigned recognised;	/* pages whose text was recognised */
	struct buf is_recognised;	/* a byte for each page up to there */
};

/* What came of recognising a page that is a picture. */
void scan_take(struct scan *, unsigned page, enum ocr_result);
/*
 * When all pages are read: make recognised lines as large as the others, and
 * say how many pages are pictures and how many were recognised.
 */
void scan_end(struct scan *, struct pdf_lines *, struct out *);
void scan_clear(struct scan *);

#endif
