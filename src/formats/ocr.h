/*
 * ocr: the text of a page that is a picture, recognised.
 *
 * Recognising takes a thousand times as long as reading, so it is a program of
 * its own, naslag-extract-ocr, which runs where it is asked for; in the others
 * noocr.c stands in its place.
 *
 * Used by image.c, pdfscan.c and extractor.c; the limits by gather/extract.c.
 */
#ifndef OCR_H
#define OCR_H

#include <stdbool.h>
#include <stddef.h>

/* Which languages are looked for, by tesseract's names. */
#define OCR_LANGUAGES "nld+eng"
/* Raise it when pages are recognised differently by the same tesseract. */
#define OCR_VERSION "1"

/*
 * Processor time.  Pages of A4 took 2 to 4 seconds on a machine of 2026, one
 * of noise 6: who needs 30 is made to take long.  600 a document are some two
 * hundred pages; those behind stay pictures, and the document says so.
 */
#define OCR_PAGE_S	30
#define OCR_DOCUMENT_S	600
/*
 * What the system ends, beside that: the last page, tried twice, whose layout
 * cannot be stopped, and all that is no recognising.
 */
#define OCR_CPU_S	(OCR_DOCUMENT_S + 4 * OCR_PAGE_S)
/* Other jobs have the processor, too. */
#define OCR_WALL_S	(4 * OCR_CPU_S)
/* Of address space: A4 took 245 MB, a page of OCR_PIXELS 370. */
#define OCR_MEMORY_BYTES ((size_t)1 << 30)

/*
 * What tesseract reads best, and the size from which a page is drawn at less:
 * twice A3.
 */
#define OCR_DPI		300
#define OCR_PIXELS	(34 << 20)

enum ocr_result {
	OCR_NONE,		/* this program does not recognise */
	OCR_READ,		/* there are more lines now */
	OCR_NOTHING,		/* no text was found */
	OCR_BROKEN,		/* the picture cannot be unpacked */
	OCR_LATE		/* the time of the document was used up before */
};

/* Whether this program recognises. */
bool ocr_is_here(void);

struct _PopplerPage;		/* poppler.h */
struct input;			/* format.h */
struct pdf_lines;		/* pdflines.h */

/*
 * Load the models, before the process is confined.  Returns -1 with errno
 * ENODATA if there are none of these languages.
 */
int ocr_init(void);

/*
 * Recognise a page, number from 1, and append its lines.  Their size is
 * OCR_SIZE, unless they are much larger than the others on the page.
 */
#define OCR_SIZE 10
enum ocr_result ocr_read_page(struct _PopplerPage *, unsigned number,
    struct pdf_lines *);
/* The same of a picture by itself; at is 0 or a directory of a TIFF file. */
enum ocr_result ocr_read_picture(const struct input *, size_t at,
    unsigned number, struct pdf_lines *);

#endif
