/*
 * xmp: properties of a file as Adobe's RDF in XML has them.
 *
 * Used by pdfprops.c and pictureprops.c.
 */
#ifndef XMP_H
#define XMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/format.h"

enum xmp_property {
	XMP_TITLE, XMP_SUBJECT, XMP_KEYWORDS, XMP_AUTHOR, XMP_CREATED,
	XMP_CHANGED, XMP_LANGUAGE, XMP_NPROPERTIES
};

/* Places where XMP may have one of them. */
#define XMP_ROWS 8

struct xmp {
	const struct xmp_row *row;	/* whose element is open; NULL */
	struct buf value;	/* what stands in it, or in this item of it */
	bool is_dutch;
	struct buf values[XMP_ROWS];
};

/*
 * Read XMP into one that begins as { 0 }; what is wrong with it is not wrong
 * with the file that has it.  The caller clears it with xmp_clear().
 */
void xmp_read(struct xmp *, const char *xml, size_t size, struct out *);
void xmp_clear(struct xmp *);

/* What it says, or NULL; dates as 2018-03-16. */
const struct buf *xmp_value(const struct xmp *, enum xmp_property);

#endif
