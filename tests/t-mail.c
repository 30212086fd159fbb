/*
 * Mail, saved pages and books: texts within texts.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "seen.h"
#include "tap.h"

#define FROM "From: a@b\nTo: c@d\nMIME-Version: 1.0\n"
#define SAVED "From: <Saved by Blink>\nSubject: weg\nMIME-Version: 1.0\n"
#define MULTI(kind) "Content-Type: multipart/" kind ";\n boundary=\"=_x\"\n\n"

/* A message, the format and status it must have, what it must and must not give. */
static const struct {
	const char *title;
	const char *bytes;
	size_t size;
	const char *format, *status, *line, *absent;
} messages[] = {
	{ "the subject is title and heading, in its charset", BYTES(FROM
	    "Subject: =?iso-8859-1?Q?Syri=EB_en?=\n"
	    " =?utf-8?B?IElyYWs=?= (2)\n\nDag.\n"), "eml", "ok",
	    "meta office:Title=Syri\xC3\xAB en Irak (2)\n"
	    "heading1 Syri\xC3\xAB en Irak (2)\ntext Dag.", NULL },
	{ "of the same in two forms the last is read", BYTES(FROM
	    MULTI("alternative") "--=_x\n\nplat\n--=_x\nContent-Type: text/html\n\n"
	    "<h2>Kop</h2><p>opgemaakt\n--=_x--\nweg\n"), "eml", "ok",
	    "heading2 Kop\ntext opgemaakt", "plat" },
	{ "parts follow each other, files are left out", BYTES(FROM
	    MULTI("mixed") "weg\n--=_x\nContent-Type: text/plain; charset="
	    "iso-8859-15\nContent-Transfer-Encoding: quoted-printable\n\n"
	    "=A4 5 gel=\ndt\n--=_x\nContent-Disposition: attachment\n\nweg\n"
	    "--=_x\nContent-Type: application/pdf\n\nweg\n--=_x\n"
	    "Content-Type: message/rfc822\n\nSubject: Binnen\n"
	    "Content-Transfer-Encoding: base64\n\nVGVrc3Qu\n--=_x--\n"), "eml", "ok",
	    "text \xE2\x82\xAC 5 geldt\nheading1 Binnen\ntext Tekst.", "weg" },
	{ "a title of a page in a message is none of the message", BYTES(FROM
	    "Content-Type: text/html\n\n<title>weg</title><p>Dag"), "eml", "ok",
	    "text Dag", "weg" },
	{ "what is UTF-8 is, whatever the header says", BYTES(FROM
	    "Content-Type: text/plain; charset=iso-8859-1\n\nSyri\xC3\xAB\n"),
	    "eml", "ok", "text Syri\xC3\xAB", NULL },
	{ "what is said to be UTF-8 and is not is windows-1252", BYTES(FROM
	    "Content-Type: text/plain; charset=utf-8\n\nSyri\xEBrs \x96\n"),
	    "eml", "ok", "text Syri\xC3\xABrs \xE2\x80\x93", NULL },
	{ "so it is in a page whose message and meta tag say UTF-8", BYTES(FROM
	    "Content-Type: text/html; charset=utf-8\n\n<meta charset=utf-8>"
	    "<p>Syri\xEBrs"), "eml", "ok", "text Syri\xC3\xABrs", NULL },
	{ "and in a subject with the wrong label, either way", BYTES(FROM
	    "Subject: =?iso-8859-1?Q?Syri=C3=ABrs?= of =?utf-8?Q?Syri=EBrs?=\n"
	    "\nDag"), "eml", "ok",
	    "heading1 Syri\xC3\xABrs of Syri\xC3\xABrs", NULL },
	{ "a saved page has its own title; its pictures are none",
	    BYTES(SAVED MULTI("related") "--=_x\nContent-Type: text/html\n\n"
	    "<title>Eigen</title><p>Dag\n--=_x\nContent-Type: text/html\n\n"
	    "<p>weg\n--=_x--\n"), "mhtml", "ok", "text Dag", "weg" },
	{ "a part that does not end is read", BYTES(FROM MULTI("mixed")
	    "--=_x\n\nDag"), "eml", "ok", "text Dag", NULL },
	{ "a parameter may end with its name", BYTES(FROM
	    "Content-Type: text/plain; charset\n\nDag"), "eml", "ok", "text Dag",
	    NULL },
	{ "an encrypted message of PGP is called so, and has its subject",
	    BYTES(FROM "Subject: Plan\nContent-Type: multipart/encrypted;"
	    " protocol=\"application/pgp-encrypted\"; boundary=\"=_x\"\n\n"
	    "--=_x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
	    "--=_x\nContent-Type: application/octet-stream\n\nweg\n--=_x--\n"),
	    "eml", "encrypted", "heading1 Plan", "weg" },
	{ "so is one in the text itself", BYTES(FROM MULTI("mixed")
	    "--=_x\n\n\n-----BEGIN PGP MESSAGE-----\n\nweg\n=weg\n"
	    "-----END PGP MESSAGE-----\n--=_x--\n"), "eml", "encrypted", NULL,
	    "weg" },
	{ "so is one of S/MIME", BYTES(FROM "Content-Type: "
	    "application/pkcs7-mime; name=smime.p7m\n"
	    "Content-Transfer-Encoding: base64\n\n"
	    "MIIBeAYJKoZIhvcNAQcDoIIBaTCCAWUCAQAx\n"), "eml", "encrypted", NULL,
	    NULL },
	{ "one of S/MIME that is only signed is not", BYTES(FROM
	    "Content-Type: application/pkcs7-mime\n"
	    "Content-Transfer-Encoding: base64\n\n"
	    "MIIBeAYJKoZIhvcNAQcCoIIBaTCCAWUCAQAx\n"), "eml", "empty", NULL,
	    NULL },
	{ "what is said around an encrypted part is read", BYTES(FROM
	    MULTI("mixed") "--=_x\n\nZie het geheim.\n--=_x\n"
	    "Content-Type: application/pkcs7-mime\n\n0\n--=_x--\n"), "eml",
	    "ok", "text Zie het geheim.", NULL },
	{ "a message without text is empty", BYTES(FROM
	    "Content-Type: image/png\n\nx"), "eml", "empty", NULL, NULL },
};

static void
test_messages(void)
{
	size_t i;

	for (i = 0; i < NELEM(messages); i++) {
		struct seen s CLEAN(seen_clear);

		see(messages[i].bytes, messages[i].size, &s);
		if (!ok(strcmp(s.format, messages[i].format) == 0 &&
		    strcmp(s.status, messages[i].status) == 0 &&
		    (messages[i].line == NULL || has(&s, messages[i].line)) &&
		    (messages[i].absent == NULL || strstr(buf_str(&s.lines),
		    messages[i].absent) == NULL), "%s", messages[i].title))
			printf("# %s, %s:%s", s.format, s.status,
			    buf_str(&s.lines));
	}
}

/* Messages within messages, each in one of the one before. */
static void
test_depth(void)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct seen s CLEAN(seen_clear);
	size_t i;

	buf_adds(&b, FROM);
	for (i = 0; i < 100000; i++)
		buf_adds(&b, "Content-Type: message/rfc822\n\n");
	see(b.s, b.len, &s);
	ok(strcmp(s.format, "eml") == 0 && strcmp(s.status, "empty") == 0,
	    "messages within messages come to an end");
}

#define OPF "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://" \
	"purl.org/dc/elements/1.1/'><metadata><dc:title>Mijn boek</dc:title>" \
	"</metadata><manifest><item id='a' href='tekst/a%20b.xhtml#x'/><item " \
	"id='b' href='../b.xhtml'/><item id='c' href='c.xhtml'/></manifest>" \
	"<spine><itemref idref='b'/><itemref idref='a'/><itemref idref='z'/>" \
	"</spine></package>"
#define CONTAINER "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:" \
	"container'><rootfiles><rootfile full-path='EPUB/p.opf'/></rootfiles>" \
	"</container>"

static void
test_epub(void)
{
	static const char *members[] = {
		"mimetype", "application/epub+zip",
		"META-INF/container.xml", CONTAINER,
		"EPUB/p.opf", OPF,
		"EPUB/tekst/a b.xhtml", "<html><title>weg</title><body><p>Tweede"
		    "<a epub:type='noteref' href='../b.xhtml#n1'>1</a></p></body>"
		    "</html>",
		"EPUB/c.xhtml", "<p>weg</p>",
		"b.xhtml", "<html><body><h1>Eerste</h1><p>Syri\xC3\xAB</p></body>"
		    "</html>",
		"META-INF/encryption.xml", "<e><r URI='fonts/x.otf'/></e>", NULL
	};
	struct seen s CLEAN(seen_clear), e CLEAN(seen_clear);

	see_zip(members, &s);
	if (!ok(strcmp(s.format, "epub") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "meta office:Title=Mijn boek\nheading1 Eerste\n"
	    "text Syri\xC3\xAB\ntext Tweede"),
	    "chapters of a book go in the order of its spine"))
		printf("# %s %s%s\n", s.format, s.status, buf_str(&s.lines));
	ok(strstr(buf_str(&s.lines), "weg") == NULL,
	    "what is not in the spine, and titles of chapters, are no text");
	members[13] = "<e><r URI=\"EPUB/c.xhtml\"/></e>";
	see_zip(members, &e);
	ok(strcmp(e.status, "encrypted") == 0, "a book with a lock says so");
}

int
main(void)
{
	formats_init();
	test_messages();
	test_depth();
	test_epub();
	return tap_done();
}
