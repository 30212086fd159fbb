/*
 * The documents of makehostile.h.  Each is small, or made of much of the same.
 */
#include <config.h>

#include "makehostile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "makearchive.h"
#include "makeole.h"

void
repeat(struct buf *b, const char *s, size_t times)
{
	size_t n = strlen(s);

	while (times-- > 0)
		buf_add(b, s, n);
}

/* ---- archives and packages ---- */

void
zeros(const char *format, const char *filter, const char *name,
    struct buf *out)
{
	struct packed p = { name, xcalloc(1, ZEROS_BYTES), ZEROS_BYTES, 0 };

	make_archive(format, filter, NULL, &p, 1, out);
	free((void *)(uintptr_t)p.bytes);
}

/* A package with one part, that or a mimetype before it. */
static void
package(const char *mime, const char *name, const char *bytes, size_t n,
    struct buf *out)
{
	struct packed p[2] = {
		{ "mimetype", mime, mime != NULL ? strlen(mime) : 0, 0 },
		{ name, bytes, n, 0 },
	};
	size_t from = mime == NULL;

	make_archive("zip", NULL, mime != NULL ? "compression=store" : NULL,
	    p + from, 2 - from, out);
}

/* A bomb that is packed again, and again. */
void
nested_bomb(struct buf *b)
{
	CLEAN(buf_clear) struct buf inner = BUF_INIT;
	int i;

	zeros("paxr", "gzip", "nul.txt", &inner);
	for (i = 0; i < 6; i++) {
		struct packed p = { "x.zip", inner.s, inner.len, 0 };

		buf_cut(b, 0);
		make_archive("zip", NULL, NULL, &p, 1, b);
		buf_cut(&inner, 0);
		buf_add(&inner, b->s, b->len);
	}
}

/* A thousand rows of the directory for the same bytes. */
void
overlap(struct buf *b)
{
	CLEAN(buf_clear) struct buf zip = BUF_INIT, xml = BUF_INIT;
	struct packed p = { "word/document.xml", NULL, 0, 0 };
	const char *row, *end;
	int i;

	repeat(&xml, "<a/>", 10000);
	p.bytes = xml.s;
	p.len = xml.len;
	make_archive("zip", NULL, "compression=store", &p, 1, &zip);
	row = memmem(zip.s, zip.len, "PK\1\2", 4);
	end = memmem(zip.s, zip.len, "PK\5\6", 4);
	buf_add(b, zip.s, (size_t)(row - zip.s));
	for (i = 0; i < 1000; i++)
		buf_add(b, row, (size_t)(end - row));
	i = (int)b->len;
	buf_add(b, end, 22);
	set16(b, (size_t)i + 8, 1000);
	set16(b, (size_t)i + 10, 1000);
	set32(b, (size_t)i + 12, 1000 * (uint32_t)(end - row));
}

void
many_members(struct buf *b)
{
	struct packed *p = xcalloc(30000, sizeof *p);
	size_t i;

	for (i = 0; i < 30000; i++)
		p[i] = (struct packed){ xasprintf("%zu.txt", i), "", 0, 0 };
	make_archive("zip", NULL, NULL, p, 30000, b);
	for (i = 0; i < 30000; i++)
		free((void *)(uintptr_t)p[i].name);
	free(p);
}

void
laughs(struct buf *b)
{
	int i;

	buf_adds(b, "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'ha'>");
	for (i = 1; i < 10; i++)
		buf_addf(b, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;"
		    "&a%d;&a%d;&a%d;'>", i, i - 1, i - 1, i - 1, i - 1, i - 1,
		    i - 1, i - 1, i - 1, i - 1, i - 1);
	buf_adds(b, "]><x>&a9;</x>");
}

/* An entity of so many bytes, so many times. */
static void
entity(struct buf *b, size_t bytes, size_t times)
{
	buf_adds(b, "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '");
	repeat(b, "a", bytes);
	buf_adds(b, "'>]><x>");
	repeat(b, "&a;", times);
	buf_adds(b, "</x>");
}

void
quadratic(struct buf *b)
{
	entity(b, 100000, 100000);
}

void
references(struct buf *b)
{
	entity(b, 200, 1000000);
}

void
outside(struct buf *b)
{
	buf_adds(b, "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM "
	    "'file:///etc/passwd'>]><x>tekst &a;</x>");
}

void
laughs_in_docx(struct buf *b)
{
	CLEAN(buf_clear) struct buf xml = BUF_INIT;

	laughs(&xml);
	package(NULL, "word/document.xml", xml.s, xml.len, b);
}

void
deep_mail(struct buf *b)
{
	int i;

	buf_adds(b, "From: a@example.nl\nSubject: x\nMIME-Version: 1.0\n");
	for (i = 0; i < 100000; i++)
		buf_addf(b, "Content-Type: multipart/mixed; boundary=\"b%d\"\n"
		    "\n--b%d\n", i, i);
}

#define ODS "application/vnd.oasis.opendocument.spreadsheet"
#define ODT "application/vnd.oasis.opendocument.text"
#define ODF_OPEN "<o:document-content xmlns:o='urn:oasis:names:tc:" \
	"opendocument:xmlns:office:1.0' xmlns:t='urn:oasis:names:tc:" \
	"opendocument:xmlns:text:1.0' xmlns:b='urn:oasis:names:tc:" \
	"opendocument:xmlns:table:1.0'><o:body>"
#define ODF_CLOSE "</o:body></o:document-content>"
#define MANY "2000000000"

void
repeated_cells(struct buf *b)
{
	static const char xml[] = ODF_OPEN "<o:spreadsheet><b:table b:name='a'>"
	    "<b:table-row b:number-rows-repeated='" MANY "'><b:table-cell "
	    "b:number-columns-repeated='" MANY "'><t:p>x</t:p></b:table-cell>"
	    "</b:table-row></b:table></o:spreadsheet>" ODF_CLOSE;

	package(ODS, "content.xml", xml, sizeof xml - 1, b);
}

void
repeated_spaces(struct buf *b)
{
	static const char xml[] = ODF_OPEN "<o:text><t:p>een<t:s t:c='" MANY
	    "'/>twee</t:p></o:text>" ODF_CLOSE;

	package(ODT, "content.xml", xml, sizeof xml - 1, b);
}

#define S_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define R_NS "http://schemas.openxmlformats.org/officeDocument/2006/" \
	"relationships"
#define P_NS "http://schemas.openxmlformats.org/package/2006/relationships"

void
far_cell(struct buf *b)
{
	static const struct packed p[] = {
		FILE_OF("_rels/.rels", "<Relationships xmlns='" P_NS "'>"
		    "<Relationship Id='a' Type='" R_NS "/officeDocument' "
		    "Target='xl/workbook.xml'/></Relationships>"),
		FILE_OF("xl/_rels/workbook.xml.rels", "<Relationships xmlns='"
		    P_NS "'><Relationship Id='a' Type='" R_NS "/worksheet' "
		    "Target='s.xml'/></Relationships>"),
		FILE_OF("xl/workbook.xml", "<workbook xmlns='" S_NS "' xmlns:r='"
		    R_NS "'><sheets><sheet name='x' sheetId='1' r:id='a'/>"
		    "</sheets></workbook>"),
		FILE_OF("xl/s.xml", "<worksheet xmlns='" S_NS "'><sheetData>"
		    "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'>"
		    "<c r='ZZZZZZZ4294967295'><v>2</v></c><c r='XFD1048576'>"
		    "<v>3</v></c></row></sheetData><mergeCells><mergeCell "
		    "ref='A1:XFD1048576'/></mergeCells></worksheet>"),
	};

	make_archive("zip", NULL, NULL, p, NELEM(p), b);
}

/* As many as take up a quarter of a megabyte. */
void
empty_members(struct buf *b)
{
	CLEAN(buf_clear) struct buf tar = BUF_INIT, one = BUF_INIT;
	static const struct packed p = FILE_OF("a.txt", "");
	struct packed whole = { "a.tar", NULL, 0, 0 };
	int i;

	make_archive("ustar", NULL, NULL, &p, 1, &one);
	for (i = 0; i < 100000; i++)
		buf_add(&tar, one.s, 512);
	whole.bytes = tar.s;
	whole.len = tar.len;
	make_archive("raw", "gzip", NULL, &whole, 1, b);
}

/* ---- PDF ---- */

/* Its pages are its pages. */
void
page_loop(struct buf *b)
{
	buf_adds(b, PDF "2 0 obj<</Type/Pages/Count 1000000000/Kids[2 0 R 3 0 R "
	    "2 0 R]>>endobj\n3 0 obj<</Type/Pages/Parent 2 0 R/Count 9/Kids["
	    "2 0 R]>>endobj\n" PDF_END);
}

/* Each level has the next one ten times: 10^12 pages. */
void
endless_pages(struct buf *b)
{
	int i, k;

	buf_adds(b, PDF);
	for (i = 2; i < 14; i++) {
		buf_addf(b, "%d 0 obj<</Type/Pages/Count 1000000000/Kids[", i);
		for (k = 0; k < 10; k++)
			buf_addf(b, "%d 0 R ", i + 1);
		buf_adds(b, "]>>endobj\n");
	}
	buf_addf(b, "%d 0 obj<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>"
	    "endobj\n" PDF_END, i, i - 1);
}

/* All there, with a text that they share. */
void
many_pages(struct buf *b)
{
	int i;

	buf_adds(b, PDF "4 0 obj<</Length 180>>stream\nBT /F 9 Tf 9 50 Td "
	    "(Een woord of wat) Tj 0 -12 Td (op een bladzijde) Tj ");
	repeat(b, "0 0 Td ", 17);
	buf_adds(b, "ET\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1"
	    "/BaseFont/Helvetica>>endobj\n");
	for (i = 0; i < 300000; i++)
		buf_addf(b, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 "
		    "99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj"
		    "\n", i + 6);
	buf_adds(b, "2 0 obj<</Type/Pages/Count 300000/Kids[");
	for (i = 0; i < 300000; i++)
		buf_addf(b, "%d 0 R ", i + 6);
	buf_adds(b, "]>>endobj\n" PDF_END);
}

/* Forms that each show the next one ten times. */
void
forms(struct buf *b)
{
	int i;

	buf_adds(b, PDF "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents "
	    "4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
	    "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n");
	for (i = 5; i < 20; i++)
		buf_addf(b, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 99 "
		    "99]/Resources<</XObject<</X %d 0 R>>>>/Length 60>>stream\n"
		    "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do "
		    "/X Do \nendstream endobj\n", i, i + 1);
	buf_addf(b, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 99 99]"
	    "/Length 1>>stream\n \nendstream endobj\n" PDF_END, i);
}

void
huge_image(struct buf *b)
{
	buf_adds(b, PDF "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
	    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]/Contents "
	    "4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
	    "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"
	    "5 0 obj<</Type/XObject/Subtype/Image/Width 2000000000/Height "
	    "2000000000/BitsPerComponent 16/ColorSpace/DeviceCMYK/Length 1>>"
	    "stream\nx\nendstream endobj\n" PDF_END);
}

/* ---- compound files ---- */

/* Every sector is followed by itself. */
void
ole_loop(struct buf *b)
{
	struct stream s = { "WordDocument", BUF_INIT };
	size_t i;

	pad(&s.bytes, 20000);
	make_ole(&s, 1, b);
	for (i = 0; i < 128; i++)
		set32(b, 512 + 4 * i, (uint32_t)i);
	buf_clear(&s.bytes);
}

/* ---- locks ---- */

void
locked_office(struct buf *b)
{
	struct stream s[2] = { { "EncryptionInfo", BUF_INIT },
		{ "EncryptedPackage", BUF_INIT } };

	pad(&s[0].bytes, 100);
	pad(&s[1].bytes, 100);
	make_ole(s, 2, b);
	buf_clear(&s[0].bytes);
	buf_clear(&s[1].bytes);
}

static void
locked_odf(const char *mime, struct buf *b)
{
	struct packed p[] = {
		{ "mimetype", mime, strlen(mime), 0 },
		FILE_OF("META-INF/manifest.xml", "<m:manifest><m:file-entry>"
		    "<m:encryption-data/></m:file-entry></m:manifest>"),
		FILE_OF("content.xml", "\x91\x12\x13"),
	};

	make_archive("zip", NULL, "compression=store", p, NELEM(p), b);
}

void
locked_odt(struct buf *b)
{
	locked_odf(ODT, b);
}

void
locked_ods(struct buf *b)
{
	locked_odf(ODS, b);
}

void
locked_zip(struct buf *b)
{
	static const struct packed p = FILE_OF("a.txt", "geheim");

	make_archive("zip", NULL, "encryption=zipcrypt", &p, 1, b);
	if (b->len == 0) {		/* libarchive wants a password */
		size_t i;

		make_archive("zip", NULL, NULL, &p, 1, b);
		for (i = 0; i + 10 < b->len; i++) {
			if (memcmp(b->s + i, "PK\3\4", 4) == 0)
				b->s[i + 6] |= 1;
			if (memcmp(b->s + i, "PK\1\2", 4) == 0)
				b->s[i + 8] |= 1;
		}
	}
}

/* One needs a password to open it; the keys are those of nothing. */
void
locked_pdf(struct buf *b)
{
	buf_adds(b, PDF "2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
	    "6 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O<");
	repeat(b, "42", 32);
	buf_adds(b, ">/U<");
	repeat(b, "24", 32);
	buf_adds(b, ">>>endobj\ntrailer<</Root 1 0 R/Encrypt 6 0 R/ID[<00><00>]"
	    ">>\n%%EOF\n");
}

/* Two files by 7-Zip, their names locked as well. */
static const char locked_7z_bytes[] =
	"7z\xBC\xAF'\x1C\x00\x04U\x9E\x06\x22\xA0\x00\x00\x00\x00\x00"
	"\x00\x00=\x00\x00\x00\x00\x00\x00\x00\xE4\xC7\x66\x38r\xED\x43"
	"\xF9\xAA\x8B\x43\xF8\xF5\xD4\xEFL\xEC\xED\x83\xCE|2\xE4\xAE"
	"\x16\xDA\x97}Y\x97\x94K3:YAZ\xCEW\xD6G\xE8GM=\x94{\xC0\xD1l>"
	"\xEE\x1D\x81\xBFl$\xFC\x41[X\x89\x12R\xE6\xA0N\x89k\x93]\x94"
	"\x36\xE0\x41\xB5\x92>)\xD8\xDE\x9A\xF5\xD7\x33\x91\x03\xD5r"
	"\x1C\x9F\x1B\xD7\x65w\xDCR\x81\x97/\x9B\x44\xDA~h#\xD5SD\xEB"
	"\xFB\x05<\x8F\x31\xEA\x06\xE7\x46&\xC1\x22\xA7T\x0F\x8C_\x3F"
	"\xA6\xDC\x65\x91I\xCD\xEE\xCA\xCE\xCE\xE5\x01\xE4\xF7\xD8K\xD2"
	"\x65{\x94\xC2\xA6h\xB5\xBB\xE8M\xD4=\xAA\x9A\xC4\xA6&\x8D\x16"
	"\x17\x06 \x01\x09\x80\x80\x00\x07\x0B\x01\x00\x02$\x06\xF1\x07"
	"\x01\x12S\x0F\xC3\xE3wa\x87\xBC\xC1)\x06\xE6\x94\xF4\xAAY\xDB"
	"\x89#\x03\x01\x01\x05]\x00\x10\x00\x00\x01\x00\x0Cu\x80\x8E"
	"\x0A\x01#4\x9Fk\x00\x00";

void
locked_7z(struct buf *b)
{
	buf_add(b, locked_7z_bytes, sizeof locked_7z_bytes - 1);
}
