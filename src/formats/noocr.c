#include <config.h>

#include "formats/ocr.h"

#include "formats/pdflines.h"

/* In the place of ocr.c: pages that are pictures stay pictures. */

bool
ocr_is_here(void)
{
	return false;
}

int
ocr_init(void)
{
	return 0;
}

enum ocr_result
ocr_read_page(struct _PopplerPage *page, unsigned number, struct pdf_lines *lines)
{
	(void)page, (void)number, (void)lines;
	return OCR_NONE;
}

enum ocr_result
ocr_read_picture(const struct input *in, size_t at, unsigned number,
    struct pdf_lines *lines)
{
	(void)in, (void)at, (void)number, (void)lines;
	return OCR_NONE;
}
