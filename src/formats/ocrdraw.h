/*
 * ocrdraw: a page as tesseract wants it: upright pixels of grey, about 300 to
 * an inch.
 *
 * Used by ocr.c.
 */
#ifndef OCRDRAW_H
#define OCRDRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/format.h"

struct _PopplerPage;		/* poppler.h */

struct drawing {
	unsigned char *grey;	/* a byte a pixel; NULL: there is nothing */
	int width, height;
	double scale;		/* pixels a point */
};

void drawing_clear(struct drawing *);

/* Libraries that would print, before the process is confined. */
void drawing_init(void);

/* A page of a PDF; what cannot be drawn leaves nothing. */
void draw_page(struct _PopplerPage *, struct drawing *);
/*
 * A picture by itself; at is 0 or a directory of a TIFF file.  False if it
 * cannot be unpacked.
 */
bool draw_picture(const struct input *, size_t at, struct drawing *);

#endif
