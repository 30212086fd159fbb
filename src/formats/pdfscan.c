#include <config.h>

#include "formats/pdfscan.h"

#include <stdio.h>

#include "formats/ocr.h"

/* Sizes of fonts are counted in halves of a point, up to this. */
#define CLASSES 200

void
pdf_scan_clear(struct pdf_scan *s)
{
	buf_clear(&s->is_recognised);
}

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
    struct pdf_scan *s)
{
	if (!has_image(page))
		return;
	switch (ocr_read(page, number, lines)) {
	case OCR_READ:
		s->recognised++;
		while (s->is_recognised.len < number)
			buf_addc(&s->is_recognised, 0);
		s->is_recognised.s[number - 1] = 1;
		return;
	case OCR_LATE:
		s->late++;
		break;
	case OCR_NONE:
	case OCR_NOTHING:
		break;
	}
	s->pictures++;
}

static bool
is_recognised(const struct pdf_scan *s, const struct pdf_line *line)
{
	return line->page <= s->is_recognised.len &&
	    s->is_recognised.s[line->page - 1] != 0;
}

/* The size that most characters have that were not recognised, or 0. */
static float
body_size(const struct pdf_scan *s, const struct pdf_lines *l)
{
	size_t chars[CLASSES] = { 0 }, most = 0, i;
	float found = 0;

	for (i = 0; i < l->n; i++) {
		const struct pdf_line *line = &l->a[i];
		int size = line->size > 0 && line->size < CLASSES / 2 ?
		    (int)(line->size * 2) : 0;

		if (is_recognised(s, line))
			continue;
		chars[size] += line->len;
		if (chars[size] > most && size > 0) {
			most = chars[size];
			found = line->size;
		}
	}
	return found;
}

void
pdf_scan_end(struct pdf_scan *s, struct pdf_lines *l, struct out *out)
{
	float body = s->recognised > 0 ? body_size(s, l) : 0;
	char reason[80];
	size_t i;

	for (i = 0; body > 0 && i < l->n; i++)
		if (is_recognised(s, &l->a[i]))
			l->a[i].size *= body / OCR_SIZE;
	out_pictures(out, s->pictures);
	out_recognised(out, s->recognised);
	if (s->late == 0)
		return;
	snprintf(reason, sizeof reason, "pages not recognised within %d "
	    "seconds: %u", OCR_DOCUMENT_S, s->late);
	out_reason(out, reason);
}
