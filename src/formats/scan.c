#include <config.h>

#include "formats/scan.h"

#include <stdbool.h>
#include <stdio.h>

/* Sizes of fonts are counted in halves of a point, up to this. */
#define CLASSES 200

void
scan_clear(struct scan *s)
{
	buf_clear(&s->is_recognised);
}

void
scan_take(struct scan *s, unsigned page, enum ocr_result result)
{
	switch (result) {
	case OCR_READ:
		s->recognised++;
		while (s->is_recognised.len < page)
			buf_addc(&s->is_recognised, 0);
		s->is_recognised.s[page - 1] = 1;
		return;
	case OCR_LATE:
		s->late++;
		break;
	case OCR_NONE:
	case OCR_NOTHING:
	case OCR_BROKEN:
		break;
	}
	s->pictures++;
}

static bool
is_recognised(const struct scan *s, const struct pdf_line *line)
{
	return line->page <= s->is_recognised.len &&
	    s->is_recognised.s[line->page - 1] != 0;
}

/* The size that most characters have that were not recognised, or 0. */
static float
body_size(const struct scan *s, const struct pdf_lines *l)
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
scan_end(struct scan *s, struct pdf_lines *l, struct out *out)
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
