/*
 * pdfprops: the properties of a PDF.
 *
 * They stand in its Info dictionary or in XMP, which is RDF in XML, or in
 * both.
 *
 * Used by pdf.c.
 */
#ifndef PDFPROPS_H
#define PDFPROPS_H

#include <poppler.h>

#include "formats/format.h"

/*
 * Emit them as meta "pdf:Title" and so on, dates as 2018-03-16: what the Info
 * dictionary says, and what XMP says of the others.
 */
void pdf_props_emit(PopplerDocument *, struct out *);

#endif
