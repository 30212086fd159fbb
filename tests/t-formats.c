/*
 * The formats: small documents in memory, one trap each.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "seen.h"
#include "tap.h"

#define UTF16LE(s) "\xFF\xFE" s
#define X10 "xxxxxxxxxx"
#define X100 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10

/*
 * A document, the format and status it must have, a line it must give and a
 * string that must not occur.
 */
static const struct {
	const char *title;
	const char *bytes;
	size_t size;
	const char *format, *status, *line, *absent;
} documents[] = {
	/* Detection: names never matter, and there are none here. */
	{ "nothing at all is empty text", BYTES(""), "txt", "empty", NULL, NULL },
	{ "an executable is no document", BYTES("\177ELF\2\1\1\0\0\0\0\0\0\0\0\0"
	    "\0\0\0\3\0\76\0\1\0\0\0"), "", "unknown", NULL, NULL },
	{ "a message of PGP is encrypted, in letters", BYTES("\n-----BEGIN PGP "
	    "MESSAGE-----\n\njA0ECQMIweg\n-----END PGP MESSAGE-----\n"), "txt",
	    "encrypted", NULL, "weg" },
	{ "so is one in bytes, for a password", BYTES("\x8C\x0D\4\x09\3\x08"
	    "abcdefgh\x60\xD2\x40" "abcd"), "pgp", "encrypted", NULL, NULL },
	{ "and for the holder of a key", BYTES("\x85\1\x0C\3" "abcdefgh\1"
	    "\x07\xFE" "abcdefgh"), "pgp", "encrypted", NULL, NULL },
	{ "a message of S/MIME is encrypted", BYTES("\x30\x82\1\x78\6\x09"
	    "\x2A\x86\x48\x86\xF7\x0D\1\7\3\xA0\x82"), "p7m", "encrypted",
	    NULL, NULL },
	{ "or only signed", BYTES("\x30\x80\6\x09\x2A\x86\x48\x86\xF7\x0D"
	    "\1\7\2\xA0\x82"), "p7m", "unsupported", NULL, NULL },
	{ "what Outlook packs its attachments in is known", BYTES("\x78\x9F"
	    "\x3E\x22\1\0\1\6\x90\x08"), "tnef", "unsupported", NULL, NULL },
	{ "a film is known and not read", BYTES("\0\0\0\x18" "ftypmp42\0\0\0\0"
	    "mp42isom"), "mp4", "unsupported", NULL, NULL },
	{ "mail is told by its header", BYTES("Received: x\r\nFrom: a@b\r\n"
	    "Subject: x\r\nTo: c\r\n\r\nDag"), "eml", "ok", "text Dag", NULL },
	{ "a saved page is no mail", BYTES("From: <Saved by Blink>\r\n"
	    "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
	    "\ttype=\"text/html\"\r\n\r\n"), "mhtml", "empty", NULL, NULL },
	{ "a letter with labels is no mail", BYTES("Datum: 1 mei\nOnderwerp: x\n"),
	    "txt", "ok", "text Datum: 1 mei", NULL },
	{ "a sentence in angle brackets is no markup",
	    BYTES("<Jan> schreef: dag"), "txt", "ok", NULL, NULL },
	{ "HTML behind a comment is HTML", BYTES("<!-- x -->\n<HTML><p>Dag"),
	    "html", "ok", "text Dag", NULL },
	{ "a DOCTYPE of another kind is XML",
	    BYTES("<!DOCTYPE note><note>Dag</note>"), "xml", "ok", "text Dag", NULL },

	/* Markdown. */
	{ "Markdown is told by its headings", BYTES("# Titel\n\nEen _regel_ met\n"
	    "**nadruk** en 3 * 4.\n\n## Deel ##\n\nTwee\n"), "md", "ok",
	    "heading1 Titel\ntext Een regel met nadruk en 3 * 4.\nheading2 Deel\n"
	    "text Twee", "**" },
	{ "Markdown may begin with a comment", BYTES("<!-- a -->\n\n# Titel\n\n"
	    "[een](b) <!-- weg -->\n"), "md", "ok", "heading1 Titel\ntext een",
	    "weg" },
	{ "settings with comments are no Markdown", BYTES("# Poort\nport = 80\n\n"
	    "# Naam van de [dienst](x)\nname = x\n"), "txt", "ok", NULL, NULL },
	{ "a script is no Markdown", BYTES("#!/bin/sh\n\n## Deel\n\necho\n"), "txt",
	    "ok", NULL, NULL },
	{ "a hash that counts is no Markdown", BYTES("#3 is ook opgelost\n\n"
	    "#4 nog niet, zie **hier**\n"), "txt", "ok", NULL, NULL },
	{ "a link of Markdown is its text", BYTES("## A\n\nZie [de *wet*](http://x "
	    "\"t\"), ![een kaart](k.png)[^1] en [WI][2].\n\n[2]: http://weg\n"), "md",
	    "ok", "text Zie de wet, een kaart en WI.", "weg" },
	{ "a bracket of Markdown that opens nothing stays",
	    BYTES("## A\n\nartikel 3 [vervallen], [[[x en a_b_c\n"), "md", "ok",
	    "text artikel 3 [vervallen], [[[x en a_b_c", NULL },
	{ "a table of Markdown has rows", BYTES("## A\n\n| Land | Code |\n|---|:--|\n"
	    "| Iran | a\\|b |\n"), "md", "ok", "text Land\tCode\ntext Iran\ta|b",
	    "---" },
	{ "items of Markdown are records, and numbers stay",
	    BYTES("## A\n\n- een\n  twee\n- drie\n\n1. vier\n"), "md", "ok",
	    "text een twee\ntext drie\ntext 1. vier", NULL },
	{ "code of Markdown is text as it is", BYTES("## A\n\n```sh\n# a **b**\n```\n"
	    "en `x*y` &amp; <b>z</b><!-- weg -->\n"), "md", "ok",
	    "text # a **b**\ntext en x*y & z", "weg" },
	{ "Markdown underlines headings as well", BYTES("Titel\n===\n\n## A\n\nb  \n"
	    "c\n\nd\n---\n***\n"), "md", "ok",
	    "heading1 Titel\nheading2 A\ntext b\ntext c\nheading2 d", "*" },
	{ "Markdown has a title before its text", BYTES("---\nlayout: x\n"
	    "title: \"Toegang\"\n---\n\n# A\n\n> citaat **b**\n"), "md", "ok",
	    "meta office:Title=Toegang\nheading1 A\ntext citaat b", "layout" },

	/* Drawings. */
	{ "SVG has a title, a description and text", BYTES("<?xml version='1.0'?><s:"
	    "svg xmlns:s='http://www.w3.org/2000/svg'><s:title>Kaart</s:title><s:desc>"
	    "Van Iran</s:desc><s:style>weg</s:style><s:g><s:title>Grens</s:title>"
	    "<s:text>Tehe<s:tspan>ran</s:tspan><s:tspan x='1' y='2'>stad</s:tspan>"
	    "</s:text></s:g></s:svg>"), "svg", "ok", "heading1 Kaart\ntext Van Iran\n"
	    "text Grens\ntext Teheran stad", "weg" },
	{ "SVG has a DOCTYPE of its own", BYTES("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG "
	    "1.1//EN' 'x'><svg xmlns='http://www.w3.org/2000/svg'><text>Dag</text>"
	    "</svg>"), "svg", "ok", "text Dag", NULL },
	{ "a drawing without text is empty", BYTES("<svg xmlns='http://www.w3.org/2000/"
	    "svg'><path d='M0 0'/></svg>"), "svg", "empty", NULL, NULL },

	/* Plain text. */
	{ "windows-1252 is the last resort", BYTES("Syri\xEB \x93" "ja\x94"),
	    "txt", "ok", "text Syri\xC3\xAB \xE2\x80\x9Cja\xE2\x80\x9D", NULL },
	{ "a byte order mark is no text", BYTES("\xEF\xBB\xBF" "Dag"), "txt", "ok",
	    "text Dag", NULL },
	{ "a text that is UTF-8 here and windows-1252 there is read as both",
	    BYTES("Een co\xC3\xB6rdinator, twee co\xF6rdinatoren \x96 Syri\xC3\xAB "
	    "en Syri\xEB, \xE2\x80\x9C" "dat\xE2\x80\x9D.\n"), "txt", "ok",
	    "text Een co\xC3\xB6rdinator, twee co\xC3\xB6rdinatoren "
	    "\xE2\x80\x93 Syri\xC3\xAB en Syri\xC3\xAB, "
	    "\xE2\x80\x9C" "dat\xE2\x80\x9D.", NULL },
	{ "so is a page, whatever it says", BYTES("<meta charset=iso-8859-1>"
	    "<p>Een co\xC3\xB6rdinator, twee co\xF6rdinatoren, Syri\xC3\xAB, "
	    "Itali\xC3\xAB"), "html", "ok", "text Een co\xC3\xB6rdinator, twee "
	    "co\xC3\xB6rdinatoren, Syri\xC3\xAB, Itali\xC3\xAB", NULL },
	{ "UTF-32 with a mark is read", BYTES("\xFF\xFE\0\0D\0\0\0\xEB\0\0\0"
	    "g\0\0\0"), "txt", "ok", "text D\xC3\xAB" "g", NULL },
	{ "so is UTF-32 from its other end", BYTES("\0\0\xFE\xFF\0\0\0D\0\0\0g"
	    "\0\1\xF4\x2E"), "txt", "ok", "text Dg\xF0\x9F\x90\xAE", NULL },
	{ "and UTF-32 without one", BYTES("D\0\0\0a\0\0\0\xEB\0\0\0g\0\0\0"),
	    "txt", "ok", "text Da\xC3\xABg", NULL },
	{ "UTF-16 with a mark is read", BYTES(UTF16LE("D\0a\0g\0")), "txt", "ok",
	    "text Dag", NULL },
	{ "UTF-16 without a mark is told by its zeros",
	    BYTES("\0D\0a\0g\0 \0e\0n\0 \0n"), "txt", "ok", "text Dag en n", NULL },
	{ "an underlined line is a heading", BYTES("Titel\n=====\n\nTekst.\n"),
	    "txt", "ok", "heading1 Titel", "===" },
	{ "wrapped lines are one paragraph",
	    BYTES("een regel van twintig\ntekens en nog zo een\nen het einde\n"),
	    "txt", "ok",
	    "text een regel van twintig tekens en nog zo een en het einde", NULL },
	{ "a broken word is one word", BYTES("de aanvraag om een verblijfs-\n"
	    "vergunning is wel ontvangen\n"), "txt", "ok", "text de aanvraag om "
	    "een verblijfsvergunning is wel ontvangen", NULL },
	{ "a word left out keeps its hyphen", BYTES("de regels voor in-\n"
	    "en uitreizen, zo is\n"), "txt", "ok",
	    "text de regels voor in- en uitreizen, zo is", NULL },
	{ "niet- keeps its hyphen", BYTES("de opvang van de alleen niet-\n"
	    "begeleide minderjarigen in\n"), "txt", "ok",
	    "text de opvang van de alleen niet-begeleide minderjarigen in", NULL },
	{ "an abbreviation keeps its hyphen", BYTES("een beroep doen op het REAN-\n"
	    "programma van de organisatie\n"), "txt", "ok",
	    "text een beroep doen op het REAN-programma van de organisatie", NULL },
	{ "short lines are paragraphs", BYTES("Kenmerk: WI 2014/60\n"
	    "Geldig van: 1 juli\n\neen regel die heel wat langer is dan die twee\n"),
	    "txt", "ok", "text Kenmerk: WI 2014/60", NULL },
	{ "a form feed begins a page", BYTES("een\ftwee"), "txt", "ok", "page 2",
	    NULL },
	{ "an article is a heading", BYTES("Artikel 3.51\n\nDe tekst.\n"), "txt",
	    "ok", "heading3 Artikel 3.51", NULL },
	{ "a member of an article is no heading",
	    BYTES("1. Onze Minister stelt regels.\n\nEn meer.\n"), "txt", "ok",
	    "text 1. Onze Minister stelt regels.", NULL },

	/* Labels are wrong. */
	{ "HTML that says UTF-8 and is not", BYTES("<html><meta charset=utf-8><p>"
	    "Syri\xEBrs \x93" "caf\xE9\x94"), "html", "ok",
	    "text Syri\xC3\xABrs \xE2\x80\x9C" "caf\xC3\xA9\xE2\x80\x9D", NULL },
	{ "HTML that says UTF-16, which it cannot be", BYTES("<html><meta charset="
	    "utf-16><p>Syri\xEBrs"), "html", "ok", "text Syri\xC3\xABrs", NULL },
	{ "HTML with a byte order mark and another label", BYTES("\xEF\xBB\xBF"
	    "<html><meta charset=windows-1252><p>Syri\xC3\xABrs"), "html", "ok",
	    "text Syri\xC3\xABrs", NULL },
	{ "HTML in windows-1252 that says windows-1251 is not known to lie",
	    BYTES("<html><meta charset=windows-1251><p>Syri\xEBrs"), "html", "ok",
	    "text Syri\xD0\xBBrs", NULL },
	{ "XML that says Latin 1 and is UTF-8", BYTES("<?xml version='1.0' "
	    "encoding='ISO-8859-1'?><a>Syri\xC3\xABrs</a>"), "xml", "ok",
	    "text Syri\xC3\xABrs", NULL },
	{ "XML that says UTF-8 and is windows-1252", BYTES("<?xml version='1.0' "
	    "encoding='UTF-8'?><a>Syri\xEBrs \x96 caf\xE9</a>"), "xml", "ok",
	    "text Syri\xC3\xABrs \xE2\x80\x93 caf\xC3\xA9", NULL },
	{ "XML that says nothing and is windows-1252", BYTES("<?xml version='1.0'?>"
	    "<a>Syri\xEBrs</a>"), "xml", "ok", "text Syri\xC3\xABrs", NULL },
	{ "XML that says UTF-16 and is UTF-8", BYTES("<?xml version='1.0' "
	    "encoding='UTF-16'?><a>Syri\xC3\xABrs</a>"), "xml", "ok",
	    "text Syri\xC3\xABrs", NULL },
	{ "XML in Latin 1 that says so", BYTES("<?xml version='1.0' "
	    "encoding='ISO-8859-1'?><a>Syri\xEBrs</a>"), "xml", "ok",
	    "text Syri\xC3\xABrs", NULL },
	{ "text in windows-1252", BYTES("De Syri\xEBr \x96 een \x93woord\x94\n"),
	    "txt", "ok", "text De Syri\xC3\xABr \xE2\x80\x93 een "
	    "\xE2\x80\x9Cwoord\xE2\x80\x9D", NULL },
	{ "text as DOS wrote it", BYTES("Syri\x89rs en co\x94rdinatie, caf\x82.\n"),
	    "txt", "ok", "text Syri\xC3\xABrs en co\xC3\xB6rdinatie, "
	    "caf\xC3\xA9.", NULL },
	{ "text as an old Macintosh wrote it", BYTES("Syri\x91rs, ge\x95ntegreerd "
	    "caf\x8E, foto\xD5s.\n"), "txt", "ok", "text Syri\xC3\xABrs, "
	    "ge\xC3\xAFntegreerd caf\xC3\xA9, foto\xE2\x80\x99s.", NULL },
	{ "a page of DOS that says Latin 1", BYTES("<html><meta charset="
	    "iso-8859-1><p>Syri\x89rs en ge\x8Bntegreerd"), "html", "ok",
	    "text Syri\xC3\xABrs en ge\xC3\xAFntegreerd", NULL },
	{ "apostrophes and names in windows-1252", BYTES("foto\x92s, auto\x92s, "
	    "pagina\x92s, Milo\x9A" "evic en Bo\x9E" "ena, ja\x96nee, ja\x85nee\n"),
	    "txt", "ok", "text foto\xE2\x80\x99s, auto\xE2\x80\x99s, "
	    "pagina\xE2\x80\x99s, Milo\xC5\xA1" "evic en Bo\xC5\xBE" "ena, "
	    "ja\xE2\x80\x93nee, ja\xE2\x80\xA6nee", NULL },
	{ "text in UTF-8 with a wrong byte stays UTF-8", BYTES("\xC3\xAB\xC3\xAB"
	    "\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB"
	    "\xC3\xAB een byte \xEB verkeerd\n"), "txt", "ok",
	    "text \xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB"
	    "\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB\xC3\xAB een byte "
	    "\xEF\xBF\xBD verkeerd", NULL },
	{ "text that was encoded twice stays as it is", BYTES("een caf\xC3\x83"
	    "\xC2\xA9\n"), "txt", "ok", "text een caf\xC3\x83\xC2\xA9", NULL },

	{ "an archive of nothing is not damaged", BYTES("PK\5\6\0\0\0\0\0"
	    "\0\0\0\0\0\0\0\0\0\0\0\0\0"), "zip", "ok", NULL, NULL },

	/* HTML. */
	{ "iso-8859-1 means windows-1252", BYTES("<html><meta charset=iso-8859-1>"
	    "<p>\x91" "caf\xE9\x92"), "html", "ok",
	    "text \xE2\x80\x98" "caf\xC3\xA9\xE2\x80\x99", NULL },
	{ "UTF-8 is UTF-8 whatever the page says", BYTES("<html><meta charset="
	    "iso-8859-1><p>Syri\xC3\xAB"), "html", "ok", "text Syri\xC3\xAB", NULL },
	{ "meta tags keep their names", BYTES("<html><META NAME=\"DCTERMS.issued\" "
	    "CONTENT=\"2018-03-16\"><p>x"), "html", "ok",
	    "meta DCTERMS.issued=2018-03-16", NULL },
	{ "the page frame is no text", BYTES("<body><nav>Menu</nav><div class=\""
	    "x tools\">Deel</div><p>Een zin die lang genoeg is om een pagina te zijn, "
	    "ook alleen.<footer>Over ons</footer>"), "html", "ok", NULL, "Menu" },
	{ "phrases of the frame are no text", BYTES("<p>Alles uitklappen | "
	    "Alles inklappen<p>open minus<p>Een zin die lang genoeg is om een pagina "
	    "te zijn, ook alleen."), "html", "ok", NULL, "klappen" },
	{ "a phrase within a sentence is text", BYTES("<p>Meer informatie geeft de "
	    "IND."), "html", "ok", "text Meer informatie geeft de IND.", NULL },
	{ "a hidden panel is text", BYTES("<ul class=accordion><li><button "
	    "aria-expanded=false>1 Naam</button><div hidden>Achternaam</div></ul>"),
	    "html", "ok", "text Achternaam", NULL },
	{ "the head of a panel is a heading", BYTES("<h1>T</h1><button "
	    "aria-expanded=false>Naam</button><p>x"), "html", "ok",
	    "heading2 Naam", NULL },
	{ "a page of nothing but frame is read", BYTES("<body><nav><p>Alleen een "
	    "menu, maar wel met veel tekst erin om te lezen, echt waar.</nav>"),
	    "html", "ok", "text Alleen een menu, maar wel met veel tekst erin om te "
	    "lezen, echt waar.", NULL },
	{ "a heading in the header of an article is text",
	    BYTES("<article><header><h1>Titel</h1></header><p>x</article>"), "html",
	    "ok", "heading1 Titel", NULL },
	{ "labels become properties", BYTES("<aside class=metadata><dl><dt>Kenmerk"
	    "</dt><dd>WI 2014/60</dd></dl></aside><p>x"), "html", "ok",
	    "meta label:Kenmerk=WI 2014/60", "text WI" },
	{ "other definitions are text", BYTES("<dl><dt>Asiel</dt><dd>Bescherming"
	    "</dd></dl>"), "html", "ok", "text Bescherming", NULL },
	{ "a labelled time becomes a property", BYTES("<p>Publicatiedatum: <time "
	    "datetime=2012-05-15>15 mei 2012</time></p><p>x"), "html", "ok",
	    "meta time:Publicatiedatum=2012-05-15", "15 mei" },
	{ "the line of wetten.nl becomes a property", BYTES("<p>Wettelijke "
	    "regelingen | Geldend van 2015-07-15 t/m heden</p><p>x"), "html", "ok",
	    "meta label:Geldend=van 2015-07-15 t/m heden", "Wettelijke" },
	{ "a table row is a line with tabs", BYTES("<table><tr><th>Land<td><p>Iran"
	    "</p><tr><td>x</table>"), "html", "ok", "text Land\tIran", NULL },
	{ "soft hyphens vanish", BYTES("<p>verblijfs&shy;vergunning"), "html", "ok",
	    "text verblijfsvergunning", NULL },
	{ "a script is never text", BYTES("<p>a<script>var b;</script>"), "html",
	    "ok", "text a", "var" },

	/* RTF. */
	{ "RTF has code pages", BYTES("{\\rtf1\\ansi\\ansicpg1252 Syri\\'eb\\par}"),
	    "rtf", "ok", "text Syri\xC3\xAB", NULL },
	{ "RTF fonts have charsets", BYTES("{\\rtf1\\ansi{\\fonttbl{\\f0 A;}{\\f1"
	    "\\fcharset204 B;}}{\\f1 \\'c4\\'e0}\\par}"), "rtf", "ok",
	    "text \xD0\x94\xD0\xB0", NULL },
	{ "\\u is followed by what stands in for it", BYTES("{\\rtf1\\uc2 "
	    "\\u8364 EUx\\uc1 \\u-10179?\\u-8704?\\par}"), "rtf", "ok",
	    "text \xE2\x82\xACx\xF0\x9F\x98\x80", NULL },
	{ "unknown destinations are dropped", BYTES("{\\rtf1{\\*\\zzz weg}{\\pict "
	    "0102}blijft{\\*\\bkmkstart b}\\par}"), "rtf", "ok", "text blijft", NULL },
	{ "RTF has properties", BYTES("{\\rtf1{\\info{\\title Mijn titel}}x\\par}"),
	    "rtf", "ok", "meta office:Title=Mijn titel", NULL },
	{ "RTF styles make headings", BYTES("{\\rtf1{\\stylesheet{\\s0 Normal;}{\\s3"
	    "\\outlinelevel1 Kopje;}}\\pard\\s3 Toegang\\par\\pard x\\par}"), "rtf",
	    "ok", "heading2 Toegang", NULL },
	{ "RTF cells are parted by tabs", BYTES("{\\rtf1\\trowd\\intbl Land\\cell "
	    "Iran\\cell\\row\\pard x\\par}"), "rtf", "ok", "text Land\tIran", NULL },
	{ "an RTF footnote follows its paragraph", BYTES("{\\rtf1 een{\\footnote "
	    "noot} twee\\par}"), "rtf", "ok", "text een twee\ntext noot", NULL },
	{ "an RTF comment follows its paragraph, without who made it",
	    BYTES("{\\rtf1 een{\\*\\atnid JJ}{\\*\\atnauthor Jansen}\\chatn{\\*"
	    "\\annotation{\\*\\atndate 1}\\pard Klopt\\par dit?} twee\\par}"), "rtf",
	    "ok", "text een twee\ntext Opmerking: Klopt dit?", "J" },
	{ "the name of an RTF list is no text, wherever it stands",
	    BYTES("{\\rtf1{\\list{\\listname Lijst1;}}een\\par}"), "rtf", "ok",
	    "text een", "Lijst1" },
	{ "RTF that stops is read so far", BYTES("{\\rtf1 {\\b een"), "rtf", "ok",
	    "text een", NULL },

	/* XML. */
	{ "a ruling has properties", BYTES("<?xml version='1.0'?><open-rechtspraak>"
	    "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:s='"
	    "http://www.w3.org/2000/01/rdf-schema#' xmlns:d='http://purl.org/dc/terms"
	    "/'><r:Description><d:issued s:label='Publicatiedatum'>2013-04-05"
	    "</d:issued></r:Description></r:RDF><uitspraak><section><title><nr>1.</nr> "
	    "Feiten</title><para>Een <emphasis>zin</emphasis>.</para></section>"
	    "</uitspraak></open-rechtspraak>"), "xml", "ok",
	    "meta label:Publicatiedatum=2013-04-05\nheading2 1. Feiten\n"
	    "text Een zin.", NULL },
	{ "elements within a line are part of it",
	    BYTES("<?xml version='1.0'?><a><b>een <c>twee</c> drie</b><b>x</b></a>"),
	    "xml", "ok", "text een twee drie", NULL },
	{ "XML has code pages", BYTES("<?xml version='1.0' encoding='windows-1252'?>"
	    "<a>Syri\xEB \x80</a>"), "xml", "ok", "text Syri\xC3\xAB \xE2\x82\xAC",
	    NULL },
	{ "entities within entities are a bomb", BYTES("<?xml version='1.0'?>"
	    "<!DOCTYPE a [<!ENTITY c '&b;&b;'><!ENTITY b 'x'>]><a>&c;</a>"), "xml",
	    "bomb", NULL, NULL },
	{ "external entities are refused", BYTES("<?xml version='1.0'?><!DOCTYPE a "
	    "[<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"), "xml",
	    "malformed", NULL, "root" },
	{ "short words that it declares are put in their places",
	    BYTES("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'Besluit'><!ENTITY "
	    "c 'x'>]><a><p>Het &b; over het &b;.</p><p q='&c;'>Nee</p></a>"), "xml",
	    "ok", "text Het Besluit over het Besluit.\ntext Nee", NULL },
	{ "a drawing of Illustrator names its namespaces so",
	    BYTES("<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.0//EN' "
	    "'x.dtd' [<!ENTITY ns 'http://www.w3.org/2000/svg'>]><svg "
	    "xmlns='&ns;'><title>Plattegrond</title><text>Balie</text></svg>"),
	    "svg", "ok", "text Balie", NULL },
	{ "an entity that is a book is a bomb", BYTES("<!DOCTYPE a [<!ENTITY b '"
	    X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100 X100
	    "'>]><a>&b;</a>"), "xml", "bomb", NULL, NULL },
	{ "elements are no words", BYTES("<?xml version='1.0'?><!DOCTYPE a "
	    "[<!ENTITY b '<c>d</c>'>]><a>&b;</a>"), "xml", "malformed", NULL, NULL },
	{ "what the parameters of a DTD say is refused", BYTES("<?xml "
	    "version='1.0'?><!DOCTYPE a [<!ENTITY % b 'c'>]><a>d</a>"), "xml",
	    "malformed", NULL, NULL },
	{ "XML that stops is damaged", BYTES("<?xml version='1.0'?><a><b>x"), "xml",
	    "malformed", NULL, NULL },
};

static void
test_documents(void)
{
	size_t i;

	for (i = 0; i < NELEM(documents); i++) {
		struct seen s CLEAN(seen_clear);

		see(documents[i].bytes, documents[i].size, &s);
		if (!ok(strcmp(s.format, documents[i].format) == 0 &&
		    strcmp(s.status, documents[i].status) == 0 &&
		    (documents[i].line == NULL ||
		    has(&s, documents[i].line)) && (documents[i].absent == NULL ||
		    strstr(buf_str(&s.lines), documents[i].absent) == NULL),
		    "%s", documents[i].title))
			printf("# %s, %s:%s", s.format, s.status,
			    buf_str(&s.lines));
	}
}

#define PDF_HEAD "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" \
	"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding" \
	"/WinAnsiEncoding>>endobj\n6 0 obj<</Type/Font/Subtype/Type1/BaseFont" \
	"/Helvetica-Bold>>endobj\n"

/* A PDF of pages of content streams, ended by NULL. */
static void
make_pdf(const char *const *pages, struct buf *pdf)
{
	size_t i, n;

	for (n = 0; pages[n] != NULL; n++)
		;
	buf_adds(pdf, PDF_HEAD "2 0 obj<</Type/Pages/Kids[");
	for (i = 0; i < n; i++)
		buf_addf(pdf, "%zu 0 R ", 10 + 2 * i);
	buf_addf(pdf, "]/Count %zu>>endobj\n", n);
	for (i = 0; i < n; i++)
		buf_addf(pdf, "%zu 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 "
		    "800]/Contents %zu 0 R/Resources<</Font<</F 5 0 R/B 6 0 R>>>>>>"
		    "endobj\n%zu 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n",
		    10 + 2 * i, 11 + 2 * i, 11 + 2 * i, strlen(pages[i]), pages[i]);
	buf_adds(pdf, "7 0 obj<</Title(Mijn titel)/CreationDate(D:20180316120000Z)>>"
	    "endobj\ntrailer<</Root 1 0 R/Info 7 0 R>>\n%%EOF\n");
}

#define AT(x, y, s) "BT /F 10 Tf " #x " " #y " Td (" s ") Tj ET "
#define BOLD(x, y, s) "BT /B 14 Tf " #x " " #y " Td (" s ") Tj ET "

static void
test_pdf(void)
{
	static const char *const pages[] = {
		AT(50, 770, "VERTROUWELIJK")
		BOLD(50, 740, "Factsheet Angola")
		AT(50, 720, "Kenmerk") AT(170, 720, "VDL AGO 2011")
		AT(50, 708, "Geldig van") AT(170, 708, "19 juni 2011")
		AT(50, 680, "Dit is een hele regel tekst over het aanvragen van een "
		    "verblijfs-")
		AT(50, 668, "vergunning voor wie dat wil, en ook voor wie in- en uit "
		    "wil reizen, zoals")
		AT(50, 656, "hier al stond.")
		AT(50, 644, "Een nieuwe alinea na een korte regel, ook al is er geen "
		    "witregel bij.")
		AT(50, 30, "Voor intern gebruik | Pagina 1 van 2"),
		AT(50, 770, "VERTROUWELIJK")
		AT(50, 740, "De tweede pagina.")
		BOLD(60, 700, "Toelichting ad artikel zestien, het tweede")
		BOLD(140.5, 686, "lid, onder de wet")
		AT(50, 660, "Dit is een hele regel tekst over het aanvragen van een "
		    "verblijfsvergun-")
		AT(50, 648, "ning voor wie dat wil, en ook voor wie in- en uit wil "
		    "reizen, zoals daar")
		AT(50, 636, "en hier al stond.")
		AT(50, 30, "Voor intern gebruik | Pagina 2 van 2"), NULL
	};
	static const char *const blank[] = { " ", NULL };
	struct buf pdf CLEAN(buf_clear) = BUF_INIT;
	struct seen s CLEAN(seen_clear), e CLEAN(seen_clear),
	    d CLEAN(seen_clear), x CLEAN(seen_clear), c CLEAN(seen_clear);

	buf_adds(&pdf, "regels van een printer\n");
	make_pdf(pages, &pdf);
	see(pdf.s, pdf.len, &s);
	if (!ok(strcmp(s.format, "pdf") == 0 && strcmp(s.status, "ok") == 0,
	    "a PDF may begin a little later"))
		printf("# %s %s\n", s.format, s.status);
	ok(has(&s, "meta pdf:Title=Mijn titel") &&
	    has(&s, "meta pdf:CreationDate=2018-03-16"), "a PDF has properties");
	ok(has(&s, "page 2\ntext De tweede pagina."), "a PDF has pages");
	ok(has(&s, "heading1 Factsheet Angola"), "large and bold is a heading");
	ok(has(&s, "heading1 Toelichting ad artikel zestien, het tweede lid, "
	    "onder de wet"), "a centred heading of two lines is one");
	ok(has(&s, "text Kenmerk\tVDL AGO 2011\ntext Geldig van\t19 juni 2011"),
	    "labels and values are rows");
	ok(has(&s, "text Dit is een hele regel tekst over het aanvragen van een "
	    "verblijfsvergunning voor wie dat wil, en ook voor wie in- en uit wil "
	    "reizen, zoals hier al stond."), "lines are joined to a paragraph");
	ok(has(&s, "text Een nieuwe alinea na een korte regel, ook al is er geen "
	    "witregel bij."), "a short line ends it");
	ok(has(&s, "meta opschrift=VERTROUWELIJK") && has(&s,
	    "meta opschrift=Voor intern gebruik | Pagina 1 van 2") &&
	    strstr(buf_str(&s.lines), "text Voor") == NULL &&
	    strstr(buf_str(&s.lines), "text VERT") == NULL &&
	    strstr(buf_str(&s.lines), "Pagina 2") == NULL,
	    "headers and footers are no text, and said once");

	buf_cut(&pdf, 0);
	make_pdf(blank, &pdf);
	see(pdf.s, pdf.len, &e);
	ok(strcmp(e.status, "empty") == 0, "a blank page is empty, no scan");
	/* Where its page should be there is none. */
	strstr(pdf.s, "/Kids[")[6] = '9';
	see(pdf.s, pdf.len, &d);
	ok(strcmp(d.status, "malformed") == 0,
	    "one whose page cannot be had is damaged, not empty (%s)",
	    d.status);
	see("%PDF-1.4\nniets", 14, &x);
	ok(strcmp(x.format, "pdf") == 0 && strcmp(x.status, "malformed") == 0,
	    "a PDF without a document in it is damaged");

	/* The ToUnicode of LibreOffice 7.4: "ti" as U+7400 U+6900. */
	buf_cut(&pdf, 0);
	make_pdf((const char *const[]){ AT(50, 700, "Iden~fica~enummer"), NULL },
	    &pdf);
	memcpy(strstr(pdf.s, "/Encoding/WinAnsiEncoding"),
	    "/ToUnicode 8 0 R         ", 25);
	buf_cut(&pdf, pdf.len - strlen("trailer<</Root 1 0 R/Info 7 0 R>>\n%%EOF\n"));
	buf_adds(&pdf, "8 0 obj<</Length 150>>stream\nbegincmap 1 "
	    "begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7D> "
	    "<0020> endbfrange 1 beginbfchar <7E> <74006900> endbfchar endcmap  "
	    "         \nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
	see(pdf.s, pdf.len, &c);
	if (!ok(has(&c, "text Identificatienummer"), "swapped ligatures are mended"))
		printf("#%s\n", buf_str(&c.lines));
}

static void
test_sidecar(void)
{
	static const char diwoo[] = "<?xml version='1.0'?><d:Document xmlns:d='"
	    "https://standaarden.overheid.nl/diwoo/metadata/'><d:DiWoo>"
	    "<d:language resource='http://x/NLD'>Nederlands</d:language>"
	    "<d:geldigheid><d:begindatum>2011-06-19</d:begindatum></d:geldigheid>"
	    "</d:DiWoo><d:extraMetadata><d:extraMetadataveld><d:key>land</d:key>"
	    "<d:values><d:value>Iran</d:value><d:value>Irak</d:value></d:values>"
	    "</d:extraMetadataveld></d:extraMetadata></d:Document>";
	struct input in = { diwoo, sizeof diwoo - 1 }, no = { "<a>x</a>", 8 };
	struct seen s CLEAN(seen_clear) = { BUF_INIT, "", "" };
	struct out out;

	out_init(&out, -1);
	ok(format_sidecar(&in, &out) == EXTRACT_OK, "a sidecar is read");
	to_lines(&out.records, &s.lines);
	ok(has(&s, "meta diwoo:language@resource=http://x/NLD\n"
	    "meta diwoo:language=Nederlands\nmeta diwoo:begindatum=2011-06-19\n"
	    "meta diwoo:extra:land=Iran\nmeta diwoo:extra:land=Irak"),
	    "its elements and extra fields become properties");
	ok(format_sidecar(&no, &out) == EXTRACT_UNKNOWN,
	    "XML of another kind is no sidecar");
	out_clear(&out);
}

int
main(void)
{
	formats_init();
	test_documents();
	test_pdf();
	test_sidecar();
	return tap_done();
}
