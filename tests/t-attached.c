/*
 * What is sent with messages, and what PDFs carry.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "makeole.h"
#include "seen.h"
#include "tap.h"
#include "unpacked.h"

static bool
is_listed(const struct unpacked *u, const char *format, const char *lines)
{
	bool is_good = u->is_right && strcmp(u->format, format) == 0 &&
	    strcmp(buf_str(&u->lines), lines) == 0 &&
	    u->counted == u->members.count;

	if (!is_good)
		printf("# %s: %s %s, counted %u%s, %s\n", u->format,
		    u->is_right ? extract_status_name(u->status) : "wrong",
		    u->reason, (unsigned)u->counted, buf_str(&u->lines),
		    lines);
	return is_good;
}

/* ---- mail ---- */

#define FROM "From: a@b\nTo: c@d\nSubject: s\nMIME-Version: 1.0\n"
#define MULTI(kind) "Content-Type: multipart/" kind ";\n boundary=\"=_x\"\n\n"
#define TEXT "--=_x\nContent-Type: text/plain\n\nDag.\n"
#define PDF(how) "--=_x\nContent-Type: application/pdf" how "\n\nPDF\n"
#define SENT(how) PDF("\nContent-Disposition: attachment" how)
#define END "--=_x--\n"

static const struct {
	const char *title, *bytes, *lines;
} messages[] = {
	{ "a text has none", FROM "\nDag.\n", "\n" },
	{ "the name of a disposition", FROM MULTI("mixed") TEXT
	    SENT("; filename=\"Besluit van 3 mei; 2015.pdf\"") END,
	    "\nBesluit van 3 mei; 2015.pdf ok PDF\n\n" },
	{ "the name of a type", FROM MULTI("mixed") TEXT
	    PDF("; name=besluit.pdf") END, "\nbesluit.pdf ok PDF\n\n" },
	{ "a name with blanks and no quotes", FROM MULTI("mixed") TEXT
	    SENT("; filename=het besluit.pdf ; size=3") END,
	    "\nhet besluit.pdf ok PDF\n\n" },
	{ "a name in encoded words", FROM MULTI("mixed") TEXT
	    SENT(";\n filename=\"=?utf-8?Q?Syri=C3=AB_en?=\n"
	    " =?iso-8859-1?B?IHJl72ludGVncmF0aWUucGRm?=\"") END,
	    "\nSyri\xC3\xAB en re\xC3\xAFintegratie.pdf ok PDF\n\n" },
	{ "a name with a charset", FROM MULTI("mixed") TEXT
	    SENT("; filename=x.pdf; filename*=iso-8859-1'nl'Syri%EB.pdf") END,
	    "\nSyri\xC3\xAB.pdf ok PDF\n\n" },
	{ "a name in pieces, out of order", FROM MULTI("mixed") TEXT
	    SENT(";\n filename*1=\"% en \";\n filename*2*=Ir%61k.pdf;\n"
	    " filename*0*=utf-8''Syri%C3%AB%20100") END,
	    "\nSyri\xC3\xAB 100% en Irak.pdf ok PDF\n\n" },
	{ "a name that leads elsewhere", FROM MULTI("mixed") TEXT
	    SENT("; filename=\"../../etc/x.pdf\"") SENT("; filename="
	    "\"C:\\temp\\y.pdf\"") END,
	    "\nx.pdf ok PDF\n\ny.pdf ok PDF\n\n" },
	{ "no name at all", FROM MULTI("mixed") TEXT SENT("") SENT("")
	    "--=_x\nContent-Type: application/x-iets\n\n?\n" END,
	    "\nnaamloos.pdf ok PDF\n\nnaamloos (2).pdf ok PDF\n\n"
	    "naamloos ok ?\n\n" },
	{ "the same name twice", FROM MULTI("mixed") TEXT
	    SENT("; filename=a.pdf") SENT("; filename=a.pdf") END,
	    "\na.pdf ok PDF\n\na (2).pdf ok PDF\n\n" },
	{ "a text that is sent as a file", FROM MULTI("mixed") TEXT
	    "--=_x\nContent-Type: text/plain; name=x.txt\n"
	    "Content-Disposition: attachment\n"
	    "Content-Transfer-Encoding: base64\n\nRWVu\nLg==\n" END,
	    "\nx.txt ok Een.\n" },
	{ "the pictures of a page are none, files with it are",
	    FROM MULTI("related")
	    "--=_x\nContent-Type: text/html\n\n<p>Dag.</p>\n"
	    "--=_x\nContent-Type: image/png; name=logo.png\n"
	    "Content-ID: <1>\n\nx\n" PDF("; name=b.pdf")
	    "--=_x\nContent-Type: image/png; name=kaart.png\n"
	    "Content-Disposition: attachment\n\ny\n" END,
	    "\nb.pdf ok PDF\n\nkaart.png ok y\n\n" },
	{ "not even if the sender calls them attached", FROM MULTI("mixed")
	    "--=_x\nContent-Type: text/html\nContent-Transfer-Encoding: "
	    "quoted-printable\n\n<img src=3D\"cid:een=40x\">\n"
	    "--=_x\nContent-Type: image/png; name=logo.png\nContent-ID: <een@x>"
	    "\nContent-Disposition: attachment\n\nx\n"
	    "--=_x\nContent-Type: image/tiff; name=scan.tif\nContent-ID: <twee@x>"
	    "\nContent-Disposition: attachment\n\ny\n" END,
	    "\nscan.tif ok y\n\n" },
	{ "other forms of the text are none", FROM MULTI("alternative") TEXT
	    "--=_x\nContent-Type: text/html\n\n<p>Dag.</p>\n"
	    "--=_x\nContent-Type: text/calendar; name=x.ics\n\nx\n" END,
	    "\n" },
	{ "but one that is no text is all there is",
	    FROM MULTI("alternative") PDF("; name=a.pdf") END,
	    "\na.pdf ok PDF\n\n" },
	{ "signatures and receipts are none", FROM MULTI("signed") TEXT
	    "--=_x\nContent-Type: application/pkcs7-signature; name=smime.p7s"
	    "\n\nx\n--=_x\nContent-Type: message/delivery-status\n\nx\n" END,
	    "\n" },
	{ "a message that is nothing but a file", FROM
	    "Content-Type: application/pdf; name=scan.pdf\n\nPDF\n",
	    "\nscan.pdf ok PDF\n\n" },
	{ "messages within, by their subject or their name",
	    FROM MULTI("mixed") TEXT
	    "--=_x\nContent-Type: message/rfc822\n\nFrom: x@y\n"
	    "Subject: =?utf-8?Q?Re:_Syri=C3=AB/Irak?=\n\nHoi.\n"
	    "--=_x\nContent-Type: message/rfc822; name=\"oud.eml\"\n\n"
	    "Subject: z\n\nHa.\n" END,
	    "\nRe: Syri\xC3\xAB_Irak.eml ok From: x@y\nSubject: "
	    "=?utf-8?Q?Re:_Syri=C3=AB/Irak?=\n\nHoi.\n\n"
	    "oud.eml ok Subject: z\n\nHa.\n\n" },
	{ "files of a message within are not those of this one",
	    FROM "Content-Type: message/rfc822\n\n" FROM MULTI("mixed") TEXT
	    SENT("; filename=a.pdf") END, NULL },
};

static void
test_mail(void)
{
	size_t i;

	for (i = 0; i < NELEM(messages); i++) {
		struct unpacked u CLEAN(unpacked_clear);

		unpack_file(messages[i].bytes, strlen(messages[i].bytes), &u);
		if (messages[i].lines != NULL)
			ok(is_listed(&u, "eml", messages[i].lines), "mail: %s",
			    messages[i].title);
		else
			ok(u.is_right && u.members.count == 1 && strcmp(
			    u.members.items[0].name, "s.eml") == 0,
			    "mail: %s", messages[i].title);
	}
}

static void
test_mail_limits(void)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear), v CLEAN(unpacked_clear),
	    w CLEAN(unpacked_clear);
	const char *two = FROM MULTI("mixed") TEXT SENT("; filename=a.pdf")
	    SENT("; filename=b.pdf") END;
	int i;

	unpack_within(two, strlen(two), 7, 4, &u);
	ok(u.is_right && u.status == EXTRACT_BOMB && u.members.count == 0,
	    "mail: more than the budget is too much");
	unpack_within(two, strlen(two), 8, 3, &v);
	ok(v.is_right && v.members.count == 2 &&
	    v.members.items[0].status == EXTRACT_TOO_BIG,
	    "mail: a file too big is said to be so");
	buf_adds(&b, FROM MULTI("mixed"));
	for (i = 0; i < 20000; i++)
		buf_adds(&b, SENT(""));
	unpack_file(b.s, b.len, &w);
	ok(w.is_right && w.status == EXTRACT_BOMB && w.counted == 10000,
	    "mail: too many files are too many");
}

/* ---- Outlook ---- */

#define ATTACHED "__attach_version1.0_#00000000"
#define SECOND "__attach_version1.0_#00000001"
#define WITHIN SECOND "/__substg1.0_3701000D"

static struct stream
stream(const char *name, const char *bytes, size_t n)
{
	struct stream s = { name, BUF_INIT };

	buf_add(&s.bytes, bytes, n);
	return s;
}

static struct stream
wide(const char *name, const char *text)
{
	struct stream s = { name, BUF_INIT };

	for (; *text != '\0'; text++)
		add16(&s.bytes, (unsigned char)*text);
	return s;
}

/* A header of so many bytes and a number: its property and value. */
static struct stream
numbers(const char *name, size_t header, unsigned property, uint32_t value)
{
	struct stream s = { name, BUF_INIT };

	pad(&s.bytes, header);
	add16(&s.bytes, 3);
	add16(&s.bytes, property);
	add32(&s.bytes, 6);
	add32(&s.bytes, value);
	add32(&s.bytes, 0);
	return s;
}

static void
test_outlook(void)
{
	struct stream s[] = {
		numbers("__properties_version1.0", 32, 0x3FFD, 1252),
		stream("__substg1.0_0037001E", "Syri\xEB", 5),
		wide("__substg1.0_1000001F", "Zie de bijlagen.\r\n\r\nGroet"),
		numbers(ATTACHED "/__properties_version1.0", 8, 0x3705, 1),
		wide(ATTACHED "/__substg1.0_3707001F", "Besl\xFCit 1.pdf"),
		stream(ATTACHED "/__substg1.0_37010102", "PDF", 3),
		numbers(SECOND "/__properties_version1.0", 8, 0x3705, 5),
		wide(SECOND "/__substg1.0_3001001F", "Eerder bericht"),
		wide(WITHIN "/__substg1.0_0037001F", "Eerder"),
		wide(WITHIN "/__substg1.0_1000001F", "Eerst."),
		stream(WITHIN "/" ATTACHED "/__substg1.0_37010102", "TIF", 3),
		stream(WITHIN "/" ATTACHED "/__substg1.0_3704001E", "x.tif", 5),
	};
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear), v CLEAN(unpacked_clear);
	struct seen seen CLEAN(seen_clear);
	size_t i;

	make_ole(s, NELEM(s), &b);
	for (i = 0; i < NELEM(s); i++)
		buf_clear(&s[i].bytes);
	see(b.s, b.len, &seen);
	if (!ok(strcmp(seen.format, "msg") == 0 &&
	    strcmp(seen.status, "ok") == 0 &&
	    has(&seen, "meta office:Title=Syri\xC3\xAB\nheading1 Syri\xC3\xAB\n"
	    "text Zie de bijlagen.\ntext Groet\nmembers 2"),
	    "Outlook: subject and text are read, files counted"))
		printf("# %s %s%s\n", seen.format, seen.status,
		    buf_str(&seen.lines));
	unpack_file(b.s, b.len, &u);
	ok(u.is_right && u.members.count == 2 && strncmp(buf_str(&u.lines),
	    "\nBesl\xC3\xBCit 1.pdf ok PDF\nEerder bericht.eml ok Subject: ",
	    54) == 0, "Outlook: files come out, messages as mail");
	if (u.members.count != 2) {
		printf("# %s\n", buf_str(&u.lines));
		return;
	}
	unpack_file(u.members.bytes.s + u.members.items[1].at,
	    u.members.items[1].len, &v);
	ok(is_listed(&v, "eml", "\nx.tif ok TIF\n") &&
	    v.read == EXTRACT_OK, "Outlook: and these have theirs");
}

/* The example of [MS-OXRTFCP], and one that refers to what it writes. */
static void
test_rich(void)
{
	static const char simple[] = "\x2D\0\0\0\x2B\0\0\0LZFu\xF1\xC5\xC7\xA7"
	    "\x03\0\x0A\0rcpg125\x42" "2\x0A\xF3 hel\x09\0 bw\x05\xB0" "ld}"
	    "\x0A\x80\x0F\xA0";
	struct stream s[] = {
		stream("__properties_version1.0", "", 0),
		stream("__substg1.0_10090102", simple, sizeof simple - 1),
	};
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct seen seen CLEAN(seen_clear);
	size_t i;

	make_ole(s, NELEM(s), &b);
	for (i = 0; i < NELEM(s); i++)
		buf_clear(&s[i].bytes);
	see(b.s, b.len, &seen);
	if (!ok(strcmp(seen.status, "ok") == 0 &&
	    has(&seen, "text hello world"),
	    "Outlook: compressed rich text is read"))
		printf("# %s%s\n", seen.status, buf_str(&seen.lines));
}

/* ---- PDF ---- */

#define PDF_HEAD(catalog) "%PDF-1.7\n" \
	"1 0 obj<</Type/Catalog/Pages 2 0 R" catalog ">>endobj\n" \
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]" \
	"/Annots[9 0 R]>>endobj\n" \
	"4 0 obj<</Type/Filespec/F(weg.txt)/UF(\xFE\xFF\0b\0\xEB)" \
	"/EF<</F 5 0 R>>>>endobj\n" \
	"5 0 obj<</Type/EmbeddedFile/Length 4>>stream\nEen.\nendstream " \
	"endobj\n" \
	"6 0 obj<</Type/Filespec/F(map/pin.txt)/EF<</F 7 0 R>>>>endobj\n" \
	"7 0 obj<</Type/EmbeddedFile/Length 5>>stream\nTwee.\nendstream " \
	"endobj\n" \
	"9 0 obj<</Type/Annot/Subtype/FileAttachment/Rect[1 1 9 9]/FS 6 0 R" \
	"/Contents(x)>>endobj\n"
#define PDF_TAIL "trailer<</Root 1 0 R>>\n%%EOF\n"
#define NAMES "/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>"

static void
test_pdf(void)
{
	static const char both[] = PDF_HEAD(NAMES) PDF_TAIL;
	static const char locked[] = PDF_HEAD(NAMES)
	    "8 0 obj<</Filter/Standard/V 5/StmF/Identity/StrF /Identity"
	    "/EFF /StdCF>>endobj\n" PDF_TAIL;
	struct unpacked u CLEAN(unpacked_clear), v CLEAN(unpacked_clear),
	    w CLEAN(unpacked_clear);

	unpack_file(both, sizeof both - 1, &u);
	ok(is_listed(&u, "pdf", "\nb\xC3\xAB ok Een.\n\nmap/pin.txt ok Twee.\n\n"),
	    "PDF: files of the document, and those pinned to a page");
	unpack_within(both, sizeof both - 1, 20, 5, &v);
	ok(v.is_right && v.members.count == 2 &&
	    v.members.items[1].status == EXTRACT_TOO_BIG,
	    "PDF: a file too big is said to be so");
	unpack_file(locked, sizeof locked - 1, &w);
	ok(is_listed(&w, "pdf", "\nb\xC3\xAB encrypted \n"
	    "map/pin.txt encrypted \n"),
	    "PDF: files that alone are encrypted are said to be so");
}

/* ---- damage of all kinds ---- */

static void
mutate(const char *bytes, size_t n, int times, const char *title)
{
	uint32_t seed = 20261122;
	int i, wrong = 0, k;

	for (i = 0; i < times; i++) {
		struct buf c CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);

		buf_add(&c, bytes, n);
		for (k = 0; k < 1 + i % 4; k++) {
			seed = seed * 1664525 + 1013904223;
			c.s[(seed >> 4) % c.len] = (char)(seed >> 24);
		}
		unpack_file(c.s, c.len, &u);
		wrong += !u.is_right;
	}
	ok(wrong == 0, "%s: whatever the damage, what comes out is right",
	    title);
}

static void
test_mutants(void)
{
	static const char pdf[] = PDF_HEAD(NAMES) PDF_TAIL;
	struct stream s[] = {
		wide("__substg1.0_1000001F", "Zie de bijlagen."),
		stream("__properties_version1.0", "", 0),
		stream(ATTACHED "/__substg1.0_37010102", "PDF", 3),
		numbers(SECOND "/__properties_version1.0", 8, 0x3705, 5),
		wide(WITHIN "/__substg1.0_1000001F", "Eerst."),
	};
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	make_ole(s, NELEM(s), &b);
	for (i = 0; i < NELEM(s); i++)
		buf_clear(&s[i].bytes);
	mutate(b.s, b.len, 2000, "Outlook");
	for (i = 0; i < NELEM(messages); i += 6)
		mutate(messages[i].bytes, strlen(messages[i].bytes), 500,
		    "mail");
	mutate(pdf, sizeof pdf - 1, 500, "PDF");
}

int
main(void)
{
	formats_init();
	test_mail();
	test_mail_limits();
	test_outlook();
	test_rich();
	test_pdf();
	test_mutants();
	return tap_done();
}
