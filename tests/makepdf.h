/*
 * makepdf: small PDFs, for tests.  Poppler finds the objects without a table.
 *
 * Page i is object 10 + 2 * i; the fonts are F, 5, and B, 6, which is bold, and
 * R, 100, which a test may have.  Objects of a test begin there.
 */
#ifndef MAKEPDF_H
#define MAKEPDF_H

#include <string.h>

#include "base/buf.h"

/* Lines of a content stream: at x, y, from below; of 10 and 14 points. */
#define AT(x, y, s) "BT /F 10 Tf " #x " " #y " Td (" s ") Tj ET "
#define BOLD(x, y, s) "BT /B 14 Tf " #x " " #y " Td (" s ") Tj ET "

struct pdf_parts {
	const char *const *pages;	/* content streams, ended by NULL */
	const char *catalog;	/* entries of it */
	const char *objects;
	const char *trailer;	/* entries of it */
};

static inline void
make_pdf(const struct pdf_parts *p, struct buf *pdf)
{
	size_t i, n;

	buf_cut(pdf, 0);
	for (n = 0; p->pages[n] != NULL; n++)
		;
	buf_addf(pdf, "%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R%s>>endobj\n"
	    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding"
	    "/WinAnsiEncoding>>endobj\n6 0 obj<</Type/Font/Subtype/Type1/BaseFont"
	    "/Helvetica-Bold>>endobj\n2 0 obj<</Type/Pages/Kids[",
	    p->catalog != NULL ? p->catalog : "");
	for (i = 0; i < n; i++)
		buf_addf(pdf, "%zu 0 R ", 10 + 2 * i);
	buf_addf(pdf, "]/Count %zu>>endobj\n", n);
	for (i = 0; i < n; i++)
		buf_addf(pdf, "%zu 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 "
		    "800]/Contents %zu 0 R/Resources<</Font<</F 5 0 R/B 6 0 R/R 100 0 R>>>>>>"
		    "endobj\n%zu 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n",
		    10 + 2 * i, 11 + 2 * i, 11 + 2 * i, strlen(p->pages[i]),
		    p->pages[i]);
	buf_addf(pdf, "%strailer<</Root 1 0 R%s>>\n%%%%EOF\n",
	    p->objects != NULL ? p->objects : "",
	    p->trailer != NULL ? p->trailer : "");
}

#endif
