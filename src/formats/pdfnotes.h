/*
 * pdfnotes: what is written on a PDF beside its text: the values of its
 * form's fields, text typed onto a page, comments.
 *
 * Poppler does not count these as text of the page.
 *
 * Used by pdf.c.
 */
#ifndef PDFNOTES_H
#define PDFNOTES_H

#include <poppler.h>

#include "formats/pdflines.h"

/*
 * Add the notes of a page: fields by their place, the rest in the order of
 * the file.  Its text is there
 * already, from text_at on: a comment that only repeats what it marks is none.
 */
void pdf_notes_read(PopplerPage *, unsigned page, size_t text_at,
    struct pdf_lines *);

#endif
