/*
 * t-limits: what costs an attacker a few bytes costs us no more than the
 * limits: each of these documents, made here, has its verdict from the real
 * naslag-extract within its processor time and a second, and within its
 * memory.
 *
 * The limits are those of RELIABILITY, but for less time, so that the test is
 * short, and a clock that a busy machine does not beat.
 */
#include <config.h>

#include "gather/extract.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "makearchive.h"
#include "makeole.h"
#include "tap.h"

#define CPU_S	4

static const struct extract_limits limits = {
	.wall_ms = 120000,
	.cpu_s = CPU_S,
	.memory_bytes = (size_t)512 << 20,
	.output_bytes = (size_t)32 << 20,
	.file_bytes = (size_t)64 << 20,
};
#define BUDGET_BYTES	((size_t)256 << 20)

/* ---- making ---- */

static void
repeat(struct buf *b, const char *s, size_t times)
{
	size_t n = strlen(s);

	while (times-- > 0)
		buf_add(b, s, n);
}

/* An archive of one file of zeros, which takes a thousandth of its size. */
static void
zeros_in(const char *format, const char *filter, const char *name,
    size_t bytes, struct buf *out)
{
	struct packed p = { name, xcalloc(1, bytes), bytes, 0 };

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

#define BIG	((size_t)300 << 20)

static void
docx_bomb(struct buf *b)
{
	zeros_in("zip", NULL, "word/document.xml", BIG, b);
}

static void
zip_bomb(struct buf *b)
{
	zeros_in("zip", NULL, "nul.txt", BIG, b);
}

static void
gz_bomb(struct buf *b)
{
	zeros_in("paxr", "gzip", "nul.txt", BIG, b);
}

static void
bz2_bomb(struct buf *b)
{
	zeros_in("paxr", "bzip2", "nul.txt", BIG, b);
}

static void
sevenzip_bomb(struct buf *b)
{
	zeros_in("7zip", NULL, "nul.txt", BIG, b);
}

/* A bomb that is packed again, and again. */
static void
nested_bomb(struct buf *b)
{
	CLEAN(buf_clear) struct buf inner = BUF_INIT;
	int i;

	gz_bomb(&inner);
	for (i = 0; i < 6; i++) {
		struct packed p = { "x.zip", inner.s, inner.len, 0 };

		buf_cut(b, 0);
		make_archive("zip", NULL, NULL, &p, 1, b);
		buf_cut(&inner, 0);
		buf_add(&inner, b->s, b->len);
	}
}

/* A thousand rows of the directory for the same bytes. */
static void
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

static void
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

static void
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

static void
quadratic(struct buf *b)
{
	entity(b, 100000, 100000);
}

static void
references(struct buf *b)
{
	entity(b, 200, 1000000);
}

static void
outside(struct buf *b)
{
	buf_adds(b, "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM "
	    "'file:///etc/passwd'>]><x>tekst &a;</x>");
}

static void
laughs_in_docx(struct buf *b)
{
	CLEAN(buf_clear) struct buf xml = BUF_INIT;

	laughs(&xml);
	package(NULL, "word/document.xml", xml.s, xml.len, b);
}

static void
deep_xml(struct buf *b)
{
	buf_adds(b, "<?xml version='1.0'?>");
	repeat(b, "<x>", 1000000);
}

static void
long_attribute(struct buf *b)
{
	buf_adds(b, "<?xml version='1.0'?><x a='");
	repeat(b, "aaaaaaaaaa", 3000000);
	buf_adds(b, "'>tekst</x>");
}

static void
deep_html(struct buf *b)
{
	buf_adds(b, "<!DOCTYPE html><html><body><p>tekst ");
	repeat(b, "<div>", 1000000);
}

static void
wide_html(struct buf *b)
{
	buf_adds(b, "<!DOCTYPE html><html><body><table><tr>");
	repeat(b, "<td>x", 1000000);
}

static void
unclosed_html(struct buf *b)
{
	buf_adds(b, "<!DOCTYPE html><html><body><p>tekst ");
	repeat(b, "<!--<a b=\"", 1000000);
}

static void
deep_rtf(struct buf *b)
{
	buf_adds(b, "{\\rtf1 tekst ");
	repeat(b, "{", 10000000);
}

static void
wide_rtf(struct buf *b)
{
	buf_adds(b, "{\\rtf1 tekst ");
	repeat(b, "\\cell x", 3000000);
	buf_adds(b, "\\row\\bin2147483647 x}");
}

static void
deep_markdown(struct buf *b)
{
	buf_adds(b, "# Kop\n\n- een\n- twee\n\n");
	repeat(b, "> [*_`", 2000000);
}

static void
one_word(struct buf *b)
{
	repeat(b, "woordwoordwoord", 2500000);
}

static void
deep_mail(struct buf *b)
{
	int i;

	buf_adds(b, "From: a@example.nl\nSubject: x\nMIME-Version: 1.0\n");
	for (i = 0; i < 100000; i++)
		buf_addf(b, "Content-Type: multipart/mixed; boundary=\"b%d\"\n"
		    "\n--b%d\n", i, i);
}

static void
many_parts(struct buf *b)
{
	buf_adds(b, "From: a@example.nl\nSubject: x\nMIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed; boundary=b\n\n");
	repeat(b, "--b\nContent-Disposition: attachment; filename=a\n\nx\n",
	    200000);
}

#define ODS "application/vnd.oasis.opendocument.spreadsheet"
#define ODT "application/vnd.oasis.opendocument.text"
#define ODF_OPEN "<o:document-content xmlns:o='urn:oasis:names:tc:" \
	"opendocument:xmlns:office:1.0' xmlns:t='urn:oasis:names:tc:" \
	"opendocument:xmlns:text:1.0' xmlns:b='urn:oasis:names:tc:" \
	"opendocument:xmlns:table:1.0'><o:body>"
#define ODF_CLOSE "</o:body></o:document-content>"
#define MANY "2000000000"

static void
repeated_cells(struct buf *b)
{
	static const char xml[] = ODF_OPEN "<o:spreadsheet><b:table b:name='a'>"
	    "<b:table-row b:number-rows-repeated='" MANY "'><b:table-cell "
	    "b:number-columns-repeated='" MANY "'><t:p>x</t:p></b:table-cell>"
	    "</b:table-row></b:table></o:spreadsheet>" ODF_CLOSE;

	package(ODS, "content.xml", xml, sizeof xml - 1, b);
}

static void
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

static void
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
static void
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

#define PDF "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
#define PDF_END "trailer<</Root 1 0 R>>\n%%EOF\n"

/* Its pages are its pages. */
static void
page_loop(struct buf *b)
{
	buf_adds(b, PDF "2 0 obj<</Type/Pages/Count 1000000000/Kids[2 0 R 3 0 R "
	    "2 0 R]>>endobj\n3 0 obj<</Type/Pages/Parent 2 0 R/Count 9/Kids["
	    "2 0 R]>>endobj\n" PDF_END);
}

/* Each level has the next one ten times: 10^12 pages. */
static void
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
static void
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

static void
nested_arrays(struct buf *b)
{
	buf_adds(b, PDF "2 0 obj<</Type/Pages/Count 1/Kids");
	repeat(b, "[", 2000000);
	buf_adds(b, "]>>endobj\n" PDF_END);
}

/* Forms that each show the next one ten times. */
static void
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

/* Each number is an object of eight times its size. */
static void
many_kids(struct buf *b)
{
	buf_adds(b, PDF "2 0 obj<</Type/Pages/Count 1/Kids[");
	repeat(b, "0 0 0 0 0 0 0 0 0 0 ", 2500000);
	buf_adds(b, "]>>endobj\n" PDF_END);
}

static void
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
static void
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

static void
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

static void
locked_odt(struct buf *b)
{
	locked_odf(ODT, b);
}

static void
locked_ods(struct buf *b)
{
	locked_odf(ODS, b);
}

static void
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
static void
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

static void
locked_7z(struct buf *b)
{
	buf_add(b, locked_7z_bytes, sizeof locked_7z_bytes - 1);
}

/* ---- judging ---- */

static const struct hostile_document {
	const char *title;
	void (*make)(struct buf *);
	bool is_unpacked;
	const char *statuses;	/* any of them is right */
} documents[] = {
	{ "a package that inflates a thousandfold", docx_bomb, false, "bomb" },
	{ "an archive that does", zip_bomb, true, "bomb" },
	{ "a tar.gz that does", gz_bomb, true, "bomb" },
	{ "a tar.bz2 that does", bz2_bomb, true, "bomb limit-cpu" },
	{ "a 7-Zip that does", sevenzip_bomb, true, "bomb" },
	{ "one that is packed six times", nested_bomb, true, "ok" },
	{ "members that share their bytes", overlap, false, "bomb" },
	{ "30,000 members", many_members, true, "bomb" },
	{ "a billion laughs", laughs, false, "bomb malformed" },
	{ "a quadratic blow-up", quadratic, false, "bomb malformed" },
	{ "a short word a million times", references, false, "bomb" },
	{ "an entity that is a file", outside, false, "bomb malformed ok" },
	{ "laughs in a package", laughs_in_docx, false, "bomb malformed" },
	{ "XML a million deep", deep_xml, false, "malformed bomb" },
	{ "an attribute of 30 MB", long_attribute, false, "malformed ok" },
	{ "HTML a million deep", deep_html, false, "ok" },
	{ "a million cells", wide_html, false, "ok" },
	{ "comments that never end", unclosed_html, false, "ok" },
	{ "RTF ten million deep", deep_rtf, false, "ok malformed" },
	{ "RTF with binary data of 2 GB", wide_rtf, false, "ok malformed" },
	{ "Markdown two million deep", deep_markdown, false, "ok" },
	{ "a word of 37 MB", one_word, false, "ok limit-output" },
	{ "a message 100,000 deep", deep_mail, false, "ok empty" },
	{ "one with 200,000 files", many_parts, true, "bomb" },
	{ "100,000 empty files", empty_members, true, "bomb" },
	{ "a cell that is repeated 10^18 times", repeated_cells, false, "ok" },
	{ "two billion spaces", repeated_spaces, false, "ok" },
	{ "a cell that is too far", far_cell, false, "ok" },
	{ "pages that are their own pages", page_loop, false,
	    "malformed empty scan" },
	{ "10^12 pages", endless_pages, false, "malformed empty scan limit-cpu" },
	{ "300,000 pages", many_pages, false, "limit-cpu limit-memory" },
	{ "arrays two million deep", nested_arrays, false,
	    "malformed empty limit-memory" },
	{ "10^15 forms", forms, false, "limit-cpu" },
	{ "a list of 25 million pages", many_kids, false, "limit-memory" },
	{ "an image of 4 10^18 points", huge_image, false, "scan empty" },
	{ "sectors that follow themselves", ole_loop, false,
	    "malformed empty" },
	{ "a PDF with a password", locked_pdf, false, "encrypted" },
	{ "an office document with one", locked_office, false, "encrypted" },
	{ "a text with one", locked_odt, false, "encrypted" },
	{ "a sheet with one", locked_ods, false, "encrypted" },
	{ "an archive with one", locked_zip, false, "encrypted" },
	{ "the same, unpacked", locked_zip, true, "encrypted" },
	{ "a 7-Zip with one", locked_7z, false, "encrypted" },
};

static bool
is_one_of(const char *statuses, const char *status)
{
	size_t n = strlen(status);
	const char *at;

	for (at = statuses; (at = strstr(at, status)) != NULL; at += n)
		if ((at == statuses || at[-1] == ' ') &&
		    (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

static double
used_s(const struct rusage *u)
{
	return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) +
	    (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e6;
}

/* The sanitizers take their time, and have no limit of memory. */
static bool
is_right(const struct hostile_document *d, enum extract_status status)
{
#ifdef SANITIZERS
	if (status == EXTRACT_LIMIT_CPU || (status < EXTRACT_NSTATUS &&
	    is_one_of(d->statuses,
	    extract_status_name(EXTRACT_LIMIT_MEMORY))))
		return true;
#endif
	return status < EXTRACT_NSTATUS &&
	    is_one_of(d->statuses, extract_status_name(status));
}

/* With an extractor of its own, so that what it used is known. */
static enum extract_status
judge(const char *program, const struct hostile_document *d, int fd,
    char reason[160])
{
	CLEAN(extractor_free) struct extractor *e = NULL;
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(members_clear) struct members m = { 0 };
	enum extract_status status = EXTRACT_NSTATUS;
	struct error err = ERROR_INIT;

	snprintf(reason, 160, "no extractor");
	if (extractor_start(program, &limits, &e, &err) == -1)
		return status;
	if (d->is_unpacked) {
		extractor_unpack(e, fd, BUDGET_BYTES, &m, &status, reason,
		    &err);
		return status;
	}
	if (extractor_read(e, fd, -1, &x, &err) == 0) {
		snprintf(reason, 160, "%s", x.reason);
		status = x.status;
	}
	return status;
}

static void
test(const char *program, const struct hostile_document *d)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	int fd = memfd_create("document", MFD_CLOEXEC);
	enum extract_status status;
	struct rusage before, after;
	char reason[160];
	double s;

	d->make(&b);
	if (fd == -1 || write(fd, b.s, b.len) != (ssize_t)b.len) {
		ok(0, "%s can be made", d->title);
		return;
	}
	getrusage(RUSAGE_CHILDREN, &before);
	status = judge(program, d, fd, reason);
	getrusage(RUSAGE_CHILDREN, &after);
	close(fd);
	s = used_s(&after) - used_s(&before);
	ok(is_right(d, status) && s < CPU_S + 1, "%s (%zu bytes): %s", d->title, b.len,
	    status < EXTRACT_NSTATUS ? extract_status_name(status) : "none");
	printf("# %s; %.2f s, at most %ld MB\n", reason, s,
	    after.ru_maxrss / 1024);
}

int
main(void)
{
	const char *program = getenv("NASLAG_EXTRACT");
	struct rusage all;
	size_t i;

	if (program == NULL || access(program, X_OK) == -1) {
		puts("1..0 # SKIP NASLAG_EXTRACT is not set");
		return 0;
	}
	for (i = 0; i < NELEM(documents); i++)
		test(program, &documents[i]);
	getrusage(RUSAGE_CHILDREN, &all);
#ifndef SANITIZERS
	ok((size_t)all.ru_maxrss * 1024 <= limits.memory_bytes,
	    "none takes more memory than it may");
#endif
	return tap_done();
}
