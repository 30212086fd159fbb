#include <config.h>

#include "formats/format.h"
#include "formats/pdflines.h"

/*
 * For naslag-extract-nopdf, in the place of pdf.c: a PDF is recognised and
 * left to naslag-extract.  Without poppler and the forty libraries behind it
 * a process has half as much to copy when it forks for a document.
 */

void
pdf_init(void)
{
}

enum extract_status
format_pdf(const struct input *in, struct out *o)
{
	(void)in;
	(void)o;
	return EXTRACT_UNSUPPORTED;
}

enum extract_status
unpack_pdf(const struct input *in, struct unpack *u)
{
	(void)in;
	(void)u;
	return EXTRACT_UNSUPPORTED;
}
