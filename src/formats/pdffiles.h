/*
 * pdffiles: the files within a PDF: attachments of the document, and those
 * that are pinned to a page.
 *
 * Used by pdf.c.
 */
#ifndef PDFFILES_H
#define PDFFILES_H

#include <poppler.h>
#include <stddef.h>

#include "formats/format.h"

/* How many there are, of the document and of one page. */
size_t pdf_count_files(PopplerDocument *);
size_t pdf_count_page_files(PopplerPage *);

/* Take all of them out; the input is what the document was opened from. */
enum extract_status pdf_unpack(PopplerDocument *, const struct input *,
    struct unpack *);

#endif
