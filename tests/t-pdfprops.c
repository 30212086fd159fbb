/*
 * The properties of a PDF, and the password it asks for.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/wholefile.h"
#include "formats/format.h"
#include "formats/out.h"
#include "formats/pdflines.h"
#include "formats/xmlread.h"

#include "makepdf.h"
#include "seen.h"
#include "tap.h"

static const char *const pages[] = { AT(50, 700, "Tekst."), NULL };

#define XMP(body) \
	"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>" \
	"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/" \
	"1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/' " \
	"xmlns:p='http://ns.adobe.com/pdf/1.3/' xmlns:m='http://ns.adobe.com/xap/" \
	"1.0/'>" body "</r:RDF></x:xmpmeta><?xpacket end='w'?>"

static const char xmp[] = XMP("<r:Description><dc:title><r:Alt>"
    "<r:li xml:lang='x-default'>Country report</r:li>"
    "<r:li xml:lang='nl-NL'>Landenrapport Syri\xC3\xAB</r:li>"
    "<r:li xml:lang='fr'>Rapport</r:li></r:Alt></dc:title>"
    "<dc:creator><r:Seq><r:li>Jansen</r:li><r:li>De Vries</r:li></r:Seq>"
    "</dc:creator><dc:subject><r:Bag><r:li>asiel</r:li><r:li>gezin</r:li>"
    "</r:Bag></dc:subject><dc:language><r:Bag><r:li>nl-NL</r:li></r:Bag>"
    "</dc:language><m:CreateDate>2018-03-16T12:00:00+01:00</m:CreateDate>"
    "</r:Description>");

static const char short_form[] = XMP("<r:Description m:ModifyDate='2019-04-01' "
    "p:Keywords='visum, mvv'/>");

/* tests/pdf/: made with qpdf --static-id --encrypt USER baas BITS. */
static const struct {
	const char *name, *lines, *title;
} locked[] = {
	{ "empty40", "text Zonder wachtwoord.\n", "RC4 of 40 bits" },
	{ "empty128", "text Zonder wachtwoord.\n", "AES of 128 bits" },
	{ "empty256", "text Zonder wachtwoord.\n", "AES of 256 bits" },
	{ "user128", NULL, "AES of 128 bits" },
	{ "user256", NULL, "AES of 256 bits" },
};

static void
see_props(const char *metadata, const char *info, struct seen *s)
{
	struct buf objects CLEAN(buf_clear) = BUF_INIT;
	struct buf pdf CLEAN(buf_clear) = BUF_INIT;
	struct pdf_parts parts = { .pages = pages };

	buf_addf(&objects, "100 0 obj<</Type/Metadata/Subtype/XML/Length %zu>>"
	    "stream\n%s\nendstream endobj\n101 0 obj<<%s>>endobj\n",
	    strlen(metadata), metadata, info);
	parts.catalog = "/Metadata 100 0 R";
	parts.objects = buf_str(&objects);
	parts.trailer = "/Info 101 0 R";
	make_pdf(&parts, &pdf);
	see(pdf.s, pdf.len, s);
}

static void
test_xmp(void)
{
	struct seen s CLEAN(seen_clear) = { 0 }, b CLEAN(seen_clear) = { 0 },
	    a CLEAN(seen_clear) = { 0 }, x CLEAN(seen_clear) = { 0 };

	see_props(xmp, "", &s);
	ok(has(&s, "meta pdf:Title=Landenrapport Syri\xC3\xAB"),
	    "XMP has a title, the Dutch one first");
	ok(has(&s, "meta pdf:Author=Jansen, De Vries") &&
	    has(&s, "meta pdf:Keywords=asiel, gezin"), "its lists are lists");
	ok(has(&s, "meta pdf:CreationDate=2018-03-16") &&
	    has(&s, "meta pdf:Language=nl-NL"), "a date and a language");

	see_props(xmp, "/Title(Titel)/Author( )/CreationDate(D:20200102)", &b);
	ok(has(&b, "meta pdf:Title=Titel") &&
	    has(&b, "meta pdf:CreationDate=2020-01-02") &&
	    strstr(buf_str(&b.lines), "Syri") == NULL,
	    "what the Info dictionary says counts");
	ok(has(&b, "meta pdf:Author=Jansen, De Vries"),
	    "where it says nothing, XMP does");

	see_props(short_form, "", &a);
	ok(has(&a, "meta pdf:ModDate=2019-04-01") &&
	    has(&a, "meta pdf:Keywords=visum, mvv"), "its short form is read");

	see_props("<x:xmpmeta", "/Title(Titel)", &x);
	ok(strcmp(x.status, "ok") == 0 && has(&x, "meta pdf:Title=Titel") &&
	    has(&x, "text Tekst."), "damaged XMP costs nothing else");
}

static void
test_locked(void)
{
	const char *srcdir = getenv("srcdir");
	size_t i;

	for (i = 0; i < NELEM(locked); i++) {
		struct buf pdf CLEAN(buf_clear) = BUF_INIT;
		struct seen s CLEAN(seen_clear) = { 0 };
		struct error err = ERROR_INIT;
		char *path CLEAN(str_free) = xasprintf("%s/tests/pdf/%s.pdf",
		    srcdir != NULL ? srcdir : ".", locked[i].name);

		if (wholefile_read(path, &pdf, &err) == -1)
			printf("# %s\n", err.msg);
		see(buf_str(&pdf), pdf.len, &s);
		if (locked[i].lines != NULL)
			ok(strstr(buf_str(&s.lines), locked[i].lines) != NULL,
			    "an empty password opens %s", locked[i].title);
		else
			ok(strcmp(s.status, "encrypted") == 0 &&
			    strcmp(s.format, "pdf") == 0,
			    "a password that is not empty is asked for, %s",
			    locked[i].title);
	}
}

int
main(void)
{
	xml_init();
	pdf_init();
	test_xmp();
	test_locked();
	return tap_done();
}
