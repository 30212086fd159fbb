/*
 * Pictures by themselves: scans of one page, or of several in a TIFF file.
 */
#include <config.h>

#include "formats/format.h"
#include "formats/ocr.h"
#include "formats/pdflines.h"
#include "formats/picture.h"
#include "formats/pictureprops.h"
#include "formats/scan.h"

/* Recognise all pages; returns how many could not even be unpacked. */
static size_t
read_pages(const struct input *in, const struct picture *p,
    struct pdf_lines *lines, struct scan *scan)
{
	size_t broken = 0, i;

	lines->npages = (unsigned)p->n;
	for (i = 0; i < p->n; i++) {
		enum ocr_result result = ocr_read_picture(in, p->pages[i].at,
		    (unsigned)i + 1, lines);

		broken += result == OCR_BROKEN;
		scan_take(scan, (unsigned)i + 1, result);
	}
	return broken;
}

enum extract_status
format_image(const struct input *in, struct out *out)
{
	struct picture p CLEAN(picture_clear) = { 0 };
	struct pdf_lines lines CLEAN(pdf_lines_clear) = { 0 };
	struct scan scan CLEAN(scan_clear) = { 0 };
	enum extract_status status = picture_survey(in, &p, out);

	if (status != EXTRACT_OK)
		return status;
	picture_props_emit(in, out);
	if (read_pages(in, &p, &lines, &scan) == p.n) {
		out_reason(out, "the picture is damaged");
		return EXTRACT_MALFORMED;
	}
	scan_end(&scan, &lines, out);
	if (lines.n == 0)
		return EXTRACT_SCAN;
	pdf_lines_emit(&lines, out);
	return EXTRACT_OK;
}
