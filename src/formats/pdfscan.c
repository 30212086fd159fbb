#include <config.h>

#include "formats/pdfscan.h"

static bool
has_image(PopplerPage *page)
{
	GList *images = poppler_page_get_image_mapping(page);
	bool found = images != NULL;

	poppler_page_free_image_mapping(images);
	return found;
}

void
pdf_scan_page(PopplerPage *page, unsigned number, struct pdf_lines *lines,
    struct scan *s)
{
	if (has_image(page))
		scan_take(s, number, ocr_read_page(page, number, lines));
}
