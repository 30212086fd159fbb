#include <config.h>

#include "formats/ocrdraw.h"

#include <allheaders.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "formats/ocr.h"

/*
 * Dots an inch that scanners and cameras say truly, and inches of the longer
 * side that paper has: a photograph says 72 of what would be a wall.
 */
#define LEAST_DPI	60
#define MOST_DPI	2400
#define MOST_INCHES	50
/* What the longer side is taken for otherwise: A4. */
#define PAGE_INCHES	11.7
/* Larger makes no letters clearer. */
#define MOST_GROWTH	4.0

void
drawing_clear(struct drawing *d)
{
	free(d->grey);
}

void
drawing_init(void)
{
	setMsgSeverity(L_SEVERITY_NONE);
}

/* ---- pages of a PDF ---- */

static double
scale_for(double width, double height)
{
	double scale = OCR_DPI / 72.0, most;

	if (!(width >= 1 && height >= 1))
		return 0;
	most = sqrt(OCR_PIXELS / (width * height));
	return scale < most ? scale : most;
}

/* From colours to grey, as the eye weighs them. */
static void
take_grey(cairo_surface_t *s, struct drawing *d)
{
	const unsigned char *from = cairo_image_surface_get_data(s);
	size_t stride = (size_t)cairo_image_surface_get_stride(s);
	unsigned char *to;
	int x, y;

	to = d->grey = xmalloc((size_t)d->width * (size_t)d->height);
	for (y = 0; y < d->height; y++) {
		const unsigned char *row = from + (size_t)y * stride;

		for (x = 0; x < d->width; x++, row += 4) {
			uint32_t c;

			memcpy(&c, row, sizeof c);
			*to++ = (unsigned char)(((c >> 16 & 0xFF) * 77 +
			    (c >> 8 & 0xFF) * 150 + (c & 0xFF) * 29) >> 8);
		}
	}
}

void
draw_page(PopplerPage *page, struct drawing *d)
{
	cairo_surface_t *s;
	cairo_t *cr;
	double width, height;

	poppler_page_get_size(page, &width, &height);
	d->scale = scale_for(width, height);
	d->width = (int)(width * d->scale);
	d->height = (int)(height * d->scale);
	if (d->width < 1 || d->height < 1)
		return;
	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, d->width, d->height);
	cr = cairo_create(s);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, d->scale, d->scale);
	poppler_page_render(page, cr);
	cairo_destroy(cr);
	cairo_surface_flush(s);
	if (cairo_surface_status(s) == CAIRO_STATUS_NO_MEMORY)
		out_of_memory();
	if (cairo_surface_status(s) == CAIRO_STATUS_SUCCESS)
		take_grey(s, d);
	cairo_surface_destroy(s);
}

/* ---- pictures by themselves ---- */

static void
pix_clear(PIX **p)
{
	pixDestroy(p);
}

/*
 * A picture that has more lines than can be recognised can be had smaller, if it
 * is a JPEG: it is never unpacked as a whole.
 */
static int
reduction(int width, int height)
{
	int r = 1;

	while (r < 8 && (double)width * height / r / r > 2.0 * OCR_PIXELS)
		r *= 2;
	return r;
}

/* Lines that are lost do no harm to the others; inks are not turned to grey. */
static PIX *
unpack_jpeg(const struct input *in)
{
	const l_uint8 *bytes = (const l_uint8 *)in->bytes;
	l_int32 width, height, channels, hint = L_JPEG_CONTINUE_WITH_BAD_DATA;

	if (readHeaderMemJpeg(bytes, in->size, &width, &height, &channels,
	    NULL, NULL) != 0)
		return NULL;
	if (channels <= 3)
		hint |= L_JPEG_READ_LUMINANCE;
	return pixReadMemJpeg(bytes, in->size, 0, reduction(width, height),
	    NULL, hint);
}

static PIX *
unpack(const struct input *in, size_t at)
{
	const l_uint8 *bytes = (const l_uint8 *)in->bytes;
	l_int32 format;

	findFileFormatBuffer(bytes, &format);
	if (format == IFF_JFIF_JPEG)
		return unpack_jpeg(in);
	/* Where its directory is, leptonica takes from there. */
	return at != 0 ? pixReadMemFromMultipageTiff(bytes, in->size, &at) :
	    pixReadMem(bytes, in->size);
}

static bool
is_true_dpi(int dpi, unsigned pixels)
{
	return dpi >= LEAST_DPI && dpi <= MOST_DPI &&
	    pixels <= MOST_INCHES * (unsigned)dpi;
}

/* How much wider and higher it is to be: fax pages have flat pixels. */
static void
find_scales(PIX *p, double *x, double *y)
{
	unsigned width = (unsigned)pixGetWidth(p);
	unsigned height = (unsigned)pixGetHeight(p);
	int xdpi = pixGetXRes(p), ydpi = pixGetYRes(p);
	double most;

	if (is_true_dpi(xdpi, width) && is_true_dpi(ydpi, height)) {
		*x = (double)OCR_DPI / xdpi;
		*y = (double)OCR_DPI / ydpi;
	} else
		*x = *y = OCR_DPI * PAGE_INCHES /
		    (width > height ? width : height);
	*x = *x < MOST_GROWTH ? *x : MOST_GROWTH;
	*y = *y < MOST_GROWTH ? *y : MOST_GROWTH;
	most = sqrt(OCR_PIXELS / (*x * width * *y * height));
	if (most < 1) {
		*x *= most;
		*y *= most;
	}
}

/* Replace a picture by another, if there is one. */
static bool
become(PIX **p, PIX *other)
{
	pixDestroy(p);
	*p = other;
	return other != NULL;
}

/* To grey on white, and to the scale that is read best. */
static bool
prepare(PIX **p, double *scale)
{
	double x, y;

	find_scales(*p, &x, &y);
	/* Without a resolution it has one now. */
	*scale = OCR_DPI / 72.0;
	if (x * pixGetWidth(*p) < 1 || y * pixGetHeight(*p) < 1)
		return false;
	return become(p, pixRemoveAlpha(*p)) &&
	    become(p, pixConvertTo8(*p, 0)) &&
	    become(p, pixScaleGeneral(*p, (float)x, (float)y, 0, 0));
}

bool
draw_picture(const struct input *in, size_t at, struct drawing *d)
{
	PIX *p CLEAN(pix_clear) = NULL;
	l_uint8 *grey = NULL;
	size_t n;

	errno = 0;
	p = unpack(in, at);
	if (p != NULL && prepare(&p, &d->scale) &&
	    pixGetRasterData(p, &grey, &n) == 0) {
		d->grey = grey;
		d->width = pixGetWidth(p);
		d->height = pixGetHeight(p);
	}
	/* Leptonica has no other word for it. */
	if (d->grey == NULL && errno == ENOMEM)
		out_of_memory();
	return d->grey != NULL;
}
