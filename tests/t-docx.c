/*
 * Word documents, a trap each: what is text of them, in which order, and which
 * numbers stand before it.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/numwords.h"
#include "formats/out.h"

#include "seen.h"
#include "tap.h"

#define NS "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/" \
	"main' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/" \
	"2006' xmlns:v='urn:schemas-microsoft-com:vml' xmlns:r='http://schemas." \
	"openxmlformats.org/officeDocument/2006/relationships' xmlns:dgm='http://" \
	"schemas.openxmlformats.org/drawingml/2006/diagram' xmlns:a='http://" \
	"schemas.openxmlformats.org/drawingml/2006/main'"
#define R(s) "<w:r><w:t>" s "</w:t></w:r>"
#define P(s) "<w:p>" R(s) "</w:p>"
#define IN(list, level, s) "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/>" \
	"<w:numId w:val='" list "'/></w:numPr></w:pPr>" R(s) "</w:p>"
#define STYLED(style, s) "<w:p><w:pPr><w:pStyle w:val='" style "'/></w:pPr>" \
	R(s) "</w:p>"
#define CHAR(type) "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define CODE(s) "<w:r><w:instrText> " s " </w:instrText></w:r>"
#define FIELD(code, result) CHAR("begin") CODE(code) CHAR("separate") \
	R(result) CHAR("end")
#define ENTRY(s) "<w:listEntry w:val='" s " '/>"
#define CHOICE(what) "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>" \
	"<w:name w:val='weg'/><w:ddList>" what ENTRY("Irak") ENTRY("Iran") \
	ENTRY("Jemen") "</w:ddList></w:ffData></w:fldChar></w:r>" \
	CODE("FORMDROPDOWN") CHAR("end")
#define BOX(s) "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" s \
	"</w:txbxContent></mc:Choice><mc:Fallback><w:pict><v:textbox>" \
	"<w:txbxContent>" s "</w:txbxContent></v:textbox></w:pict>" \
	"</mc:Fallback></mc:AlternateContent></w:r>"
#define ROW(s) "<w:tr>" s "</w:tr>"
#define CELL(s) "<w:tc>" s "</w:tc>"

#define LEVEL(n, format, text, more) "<w:lvl w:ilvl='" n "'><w:start " \
	"w:val='1'/><w:numFmt w:val='" format "'/>" more "<w:lvlText w:val='" \
	text "'/></w:lvl>"
#define LIST(n, numbering, more) "<w:num w:numId='" n "'><w:abstractNumId " \
	"w:val='" numbering "'/>" more "</w:num>"

static const char numbering[] = "<w:numbering " NS ">"
	"<w:abstractNum w:abstractNumId='0'>"
	LEVEL("0", "decimal", "%1.", "") LEVEL("1", "decimal", "%1.%2", "")
	LEVEL("2", "lowerLetter", "%3)", "")
	LEVEL("3", "upperRoman", "%1.%4", "")
	LEVEL("4", "decimal", "%1.%4.%5", "<w:isLgl/>")
	LEVEL("5", "decimalZero", "%6", "<w:lvlRestart w:val='1'/>")
	LEVEL("6", "none", "Noot %7", "")
	LEVEL("7", "bullet", "\xEF\x82\xB7", "") "</w:abstractNum>"
	"<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='26'/>"
	"<w:numFmt w:val='upperLetter'/><w:lvlText w:val='%1'/></w:lvl>"
	"</w:abstractNum><w:abstractNum w:abstractNumId='2'>"
	LEVEL("0", "decimal", "Hoofdstuk %1", "")
	LEVEL("1", "decimal", "%1.%2", "") "</w:abstractNum>"
	"<w:abstractNum w:abstractNumId='3'><w:styleLink w:val='L'/>"
	LEVEL("0", "ordinal", "%1", "") "</w:abstractNum>"
	"<w:abstractNum w:abstractNumId='4'><w:numStyleLink w:val='L'/>"
	"</w:abstractNum>"
	"<w:abstractNum w:abstractNumId='5'>"
	LEVEL("0", "cardinalText", "%1:", "")
	LEVEL("1", "ordinalText", "%2:", "") "</w:abstractNum>"
	LIST("8", "5", "") LIST("1", "0", "") LIST("2", "1", "") LIST("3", "0", "")
	LIST("4", "0", "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/>"
	    "</w:lvlOverride>")
	LIST("5", "2", "") LIST("6", "4", "")
	LIST("7", "1", "<w:lvlOverride w:ilvl='0'>"
	    LEVEL("0", "lowerRoman", "(%1)", "") "</w:lvlOverride>")
	"</w:numbering>";

#define STYLE(id, name, more) "<w:style w:styleId='" id "'><w:name w:val='" \
	name "'/>" more "</w:style>"
#define NUMPR(level, list) "<w:pPr><w:numPr><w:ilvl w:val='" level "'/>" \
	"<w:numId w:val='" list "'/></w:numPr></w:pPr>"

static const char styles[] = "<w:styles " NS ">"
	STYLE("K1", "heading 1", NUMPR("0", "5"))
	STYLE("K2", "heading 2", NUMPR("1", "5"))
	STYLE("Los", "Los", "<w:basedOn w:val='K2'/>")
	STYLE("Zonder", "Zonder", "<w:basedOn w:val='K1'/>" NUMPR("0", "0"))
	STYLE("I1", "toc 1", "") "</w:styles>";

#define NOTE(id, s) "<w:footnote w:id='" id "'>" P(s) "</w:footnote>"

static const char footnotes[] = "<w:footnotes " NS "><w:footnote "
	"w:type='separator' w:id='-1'>" P("weg") "</w:footnote><w:footnote "
	"w:type='continuationNotice' w:id='0'>" P("weg") "</w:footnote>"
	NOTE("1", "Een noot") "<w:footnote w:id='2'>" P("Nog") "<w:p><w:del>"
	R("weg") "</w:del>" R("een") "</w:p></w:footnote>" NOTE("3", "Los.")
	"</w:footnotes>";

static const char header[] = "<w:hdr " NS "><w:p>" R("Pagina ")
	FIELD("PAGE", "3") R(" van ") "<w:fldSimple w:instr=' NUMPAGES \\* Arabic"
	"'>" R("9") "</w:fldSimple></w:p><w:p>" R("WI 2014/60 | ") R("p. ")
	FIELD("PAGE  \\* MERGEFORMAT", "3") "</w:p>" P("VERTROUWELIJK")
	P("VERTROUWELIJK") "<w:p><w:r><w:pict><v:textpath string='CONCEPT'/>"
	"</w:pict></w:r></w:p></w:hdr>";

static const struct {
	const char *title, *body, *lines;
} cases[] = {
	{ "how letters are read, above them, is no text",
	    "<w:p>" R("Het ") "<w:r><w:ruby><w:rubyPr/><w:rt>" R("weg") "</w:rt>"
	    "<w:rubyBase>" R("woord") "</w:rubyBase></w:ruby></w:r></w:p>",
	    "text Het woord\n" },
	{ "of a list in a form the choice is text",
	    "<w:p>" R("Land: ") CHOICE("<w:result w:val='1'/>") CHOICE("")
	    CHOICE("<w:result w:val='0'/><w:default w:val='1'/>")
	    CHOICE("<w:default w:val='2'/>") CHOICE("<w:result w:val='99'/>")
	    "</w:p>", "text Land: Iran Irak Irak Jemen\n" },
	{ "levels have the numbers of those above them",
	    IN("1", "0", "a") IN("1", "1", "b") IN("1", "1", "c")
	    IN("1", "0", "d") IN("1", "1", "e"),
	    "text 1. a\ntext 1.1 b\ntext 1.2 c\ntext 2. d\ntext 2.1 e\n" },
	{ "numbers may be words",
	    IN("8", "0", "a") IN("8", "1", "b") IN("8", "0", "c"),
	    "text Een: a\ntext Eerste: b\ntext Twee: c\n" },
	{ "numbers are letters and Roman, but decimal where it says so",
	    IN("1", "0", "a") IN("1", "2", "b") IN("1", "2", "c")
	    IN("1", "3", "d") IN("1", "3", "e") IN("1", "4", "f"),
	    "text 1. a\ntext a) b\ntext b) c\ntext 1.I d\ntext 1.II e\n"
	    "text 1.2.1 f\n" },
	{ "letters go on with aa", IN("2", "0", "a") IN("2", "0", "b"),
	    "text Z a\ntext AA b\n" },
	{ "a level begins anew behind the one it names",
	    IN("1", "1", "a") IN("1", "5", "b") IN("1", "1", "c")
	    IN("1", "5", "d") IN("1", "0", "e") IN("1", "5", "f"),
	    "text 1.1 a\ntext 01 b\ntext 1.2 c\ntext 02 d\ntext 2. e\n"
	    "text 01 f\n" },
	{ "a number that is none leaves its text, a bullet nothing",
	    IN("1", "6", "a") IN("1", "7", "b"), "text Noot a\ntext b\n" },
	{ "lists of one numbering go on counting, or begin where they say",
	    IN("1", "0", "a") IN("3", "0", "b") IN("4", "0", "c")
	    IN("4", "0", "d"),
	    "text 1. a\ntext 2. b\ntext 7. c\ntext 8. d\n" },
	{ "a list may have a level of its own", IN("7", "0", "a"),
	    "text (i) a\n" },
	{ "a numbering may be that of a style", IN("6", "0", "a"),
	    "text 1e a\n" },
	{ "a level used before the one above counts that as well",
	    IN("1", "1", "a") IN("1", "0", "b"), "text 1.1 a\ntext 2. b\n" },
	{ "headings have the numbers of their styles",
	    STYLED("K1", "a") STYLED("K2", "b") STYLED("Los", "c")
	    STYLED("Zonder", "d") STYLED("K1", "e"),
	    "heading1 Hoofdstuk 1 a\nheading2 1.1 b\nheading2 1.2 c\n"
	    "heading1 d\nheading1 Hoofdstuk 2 e\n" },
	{ "a paragraph without text counts, and is none",
	    IN("1", "0", "a") IN("1", "0", "") IN("1", "0", "c"),
	    "text 1. a\ntext 3. c\n" },
	{ "a paragraph that was deleted does not count",
	    IN("1", "0", "a") "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId "
	    "w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>" R("x")
	    "</w:del></w:p>" IN("1", "0", "b"), "text 1. a\ntext 2. b\n" },
	{ "what properties were before is not what they are",
	    "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/>"
	    "</w:numPr><w:pPrChange><w:pPr><w:pStyle w:val='K1'/><w:numPr>"
	    "<w:numId w:val='2'/></w:numPr></w:pPr></w:pPrChange></w:pPr>"
	    R("a") "</w:p>", "text 1. a\n" },
	{ "numbers stand in cells too",
	    "<w:tbl>" ROW(CELL(IN("1", "0", "a")) CELL(P("b")))
	    ROW(CELL(IN("1", "0", "")) CELL(P("c"))) "</w:tbl>",
	    "text 1. a\tb\ntext c\n" },
	{ "inserted and moved text is there, once, and what ended is joined",
	    "<w:p><w:ins>" R("in") "</w:ins><w:moveFrom>" R("weg")
	    "</w:moveFrom><w:moveTo>" R(" hier") "</w:moveTo></w:p>"
	    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("een ") "</w:p>"
	    P("zin"), "text in hier\ntext een zin\n" },
	{ "hidden text is not shown",
	    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>weg</w:t></w:r><w:r><w:rPr>"
	    "<w:vanish w:val='0'/></w:rPr><w:t>a</w:t></w:r></w:p>", "text a\n" },
	{ "fields are what they came out as, not their code or what is in it",
	    "<w:p>" FIELD("HYPERLINK \"x\"", "hier") R(" ") CHAR("begin")
	    CODE("IF") FIELD("MERGEFIELD x", "weg") CODE("= 1 \"a\"")
	    CHAR("separate") R("a") CHAR("end") CHAR("begin") R(" b") "</w:p>"
	    P("c"), "text hier a b\ntext c\n" },
	{ "a box is text once, behind the paragraph it is fixed to",
	    "<w:p>" R("voor ") BOX(P("in de") P("doos") STYLED("K1", "Kop"))
	    R("na") "</w:p>" P("c"),
	    "text voor na\ntext in de\ntext doos\nheading1 Hoofdstuk 1 Kop\n"
	    "text c\n" },
	{ "a box does not break a heading",
	    "<w:p><w:pPr><w:pStyle w:val='K1'/></w:pPr>" BOX(P("doos"))
	    R("Kop") "</w:p>", "heading1 Hoofdstuk 1 Kop\ntext doos\n" },
	{ "a diagram is text where it stands",
	    "<w:p>" R("a") "<w:r><dgm:relIds r:dm='d1'/></w:r></w:p>" P("b"),
	    "text a\ntext Stap een\ntext Stap twee\ntext b\n" },
	{ "links are text",
	    "<w:p>" R("zie ") "<w:hyperlink>" R("hier") "</w:hyperlink></w:p>",
	    "text zie hier\n" },
	{ "footnotes follow their paragraph, those without one the text",
	    "<w:p>" R("a") "<w:r><w:footnoteReference w:id='2'/></w:r>" R(" b")
	    "<w:r><w:footnoteReference w:id='1'/></w:r></w:p>" P("c"),
	    "text a b\ntext Nog een\ntext Een noot\ntext c\ntext Los.\n" },
	{ "a table goes row by row, that in a cell by itself",
	    "<w:tbl>" ROW(CELL("<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
	    P("a")) CELL(P("b") P("c"))) ROW(CELL("<w:tcPr><w:vMerge/></w:tcPr>"
	    "<w:p/>") CELL("<w:tbl>" ROW(CELL(P("d")) CELL(P("e"))) "</w:tbl>"
	    P("f"))) "</w:tbl>" P("g"),
	    "text a\tb c\ntext d\te\ntext f\ntext g\n" },
	{ "a table of contents is not text",
	    STYLED("I1", "1 Toegang 3") P("a"), "text a\n" },
};

#define RELATION(id, type, to) "<Relationship Id='" id "' Type='http://" \
	"schemas.openxmlformats.org/officeDocument/2006/relationships/" type \
	"' Target='" to "'/>"
#define RELATIONS(s) "<Relationships xmlns='http://schemas.openxmlformats." \
	"org/package/2006/relationships'>" s "</Relationships>"

static void
see_body(const char *body, struct seen *s)
{
	char *document = xasprintf("<w:document " NS "><w:body>%s</w:body>"
	    "</w:document>", body);
	const char *const members[] = {
		"_rels/.rels", RELATIONS(RELATION("a", "officeDocument",
		    "word/document.xml")),
		"word/_rels/document.xml.rels", RELATIONS(
		    RELATION("n", "numbering", "numbering.xml")
		    RELATION("s", "styles", "styles.xml")
		    RELATION("f", "footnotes", "footnotes.xml")
		    RELATION("h", "header", "kop.xml")
		    RELATION("d1", "diagramData", "diagrams/data1.xml")),
		"word/document.xml", document, "word/numbering.xml", numbering,
		"word/styles.xml", styles, "word/footnotes.xml", footnotes,
		"word/kop.xml", header, "word/diagrams/data1.xml",
		"<dgm:dataModel " NS "><a:p><a:r><a:t>Stap een</a:t></a:r></a:p>"
		    "<a:p><a:r><a:t>Stap twee</a:t></a:r></a:p></dgm:dataModel>",
		NULL
	};

	see_zip(members, s);
	free(document);
}

static void
test_cases(void)
{
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		struct seen s CLEAN(seen_clear);
		char *lines;

		see_body(cases[i].body, &s);
		lines = xasprintf("CONCEPT\n%s%s", cases[i].lines,
		    strstr(cases[i].lines, "Los.") == NULL ?
		    "text Een noot\ntext Nog een\ntext Los.\n" : "");
		if (!ok(strcmp(s.status, "ok") == 0 &&
		    strstr(buf_str(&s.lines), lines) != NULL, "%s",
		    cases[i].title))
			printf("# %s%s\n", s.status, buf_str(&s.lines));
		free(lines);
	}
}

static void
test_running(void)
{
	struct seen s CLEAN(seen_clear);
	const char *first;

	see_body(P("tekst"), &s);
	first = strstr(buf_str(&s.lines), "VERTROUWELIJK");
	if (!ok(has(&s, "meta opschrift=WI 2014/60\nmeta opschrift="
	    "VERTROUWELIJK\nmeta opschrift=CONCEPT") && first != NULL &&
	    strstr(first + 1, "VERTROUWELIJK") == NULL,
	    "headers are a property, once each, watermarks too"))
		printf("# %s\n", buf_str(&s.lines));
	ok(strstr(buf_str(&s.lines), "agina") == NULL &&
	    strstr(buf_str(&s.lines), "p.") == NULL,
	    "without the numbers of pages and what goes with them");
}

/* Bytes within one part are not what they were. */
static void
see_damaged(const char *part, struct seen *s)
{
	static const char *const members[] = {
		"word/document.xml", "<w:document " NS "><w:body>" P("tekst")
		    "</w:body></w:document>",
		"word/header1.xml", header, "word/styles.xml", styles, NULL
	};
	size_t room = 1 << 16, len;
	char *zip = xmalloc(room), *at;

	len = make_zip(zip, room, members);
	/* Behind the name come deflated bytes. */
	at = memmem(zip, len, part, strlen(part));
	memset(at + strlen(part) + 32, 0xFF, 24);
	see(zip, len, s);
	free(zip);
}

static void
test_damage(void)
{
	struct seen s CLEAN(seen_clear), t CLEAN(seen_clear);

	see_damaged("word/header1.xml", &s);
	if (!ok(strcmp(s.status, "ok") == 0 && has(&s, "text tekst"),
	    "a damaged header costs itself alone"))
		printf("# %s%s\n", s.status, buf_str(&s.lines));
	see_damaged("word/document.xml", &t);
	ok(strcmp(t.status, "malformed") == 0,
	    "without its main part a document is damaged");
}

/* As the Groene Boekje writes them. */
static void
test_words(void)
{
	static const struct {
		unsigned n;
		const char *cardinal, *ordinal;
	} numbers[] = {
		{ 0, "Nul", "Nulde" }, { 1, "Een", "Eerste" },
		{ 3, "Drie", "Derde" }, { 8, "Acht", "Achtste" },
		{ 12, "Twaalf", "Twaalfde" }, { 14, "Veertien", "Veertiende" },
		{ 20, "Twintig", "Twintigste" },
		{ 21, "Eenentwintig", "Eenentwintigste" },
		{ 22, "Twee\xC3\xABntwintig", "Twee\xC3\xABntwintigste" },
		{ 33, "Drie\xC3\xABndertig", "Drie\xC3\xABndertigste" },
		{ 88, "Achtentachtig", "Achtentachtigste" },
		{ 100, "Honderd", "Honderdste" },
		{ 101, "Honderdeen", "Honderdeerste" },
		{ 225, "Tweehonderdvijfentwintig",
		    "Tweehonderdvijfentwintigste" },
		{ 1000, "Duizend", "Duizendste" },
		{ 1150, "Elfhonderdvijftig", "Elfhonderdvijftigste" },
		{ 2003, "Tweeduizend drie", "Tweeduizend derde" },
		{ 9999, "Negenennegentighonderdnegenennegentig",
		    "Negenennegentighonderdnegenennegentigste" },
	};
	size_t i;

	for (i = 0; i < NELEM(numbers); i++) {
		struct buf c CLEAN(buf_clear) = BUF_INIT;
		struct buf o CLEAN(buf_clear) = BUF_INIT;

		numwords_print(numbers[i].n, false, &c);
		numwords_print(numbers[i].n, true, &o);
		if (!ok(strcmp(c.s, numbers[i].cardinal) == 0 &&
		    strcmp(o.s, numbers[i].ordinal) == 0, "%u is %s, %s",
		    numbers[i].n, numbers[i].cardinal, numbers[i].ordinal))
			printf("# %s, %s\n", c.s, o.s);
	}
}

int
main(void)
{
	formats_init();
	test_cases();
	test_running();
	test_damage();
	test_words();
	return tap_done();
}
