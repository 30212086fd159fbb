/*
 * The formats of office programs: small packages made here, one trap each.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "formats/format.h"
#include "formats/numfmt.h"
#include "formats/out.h"

#include "seen.h"
#include "tap.h"

#define W_OPEN "<w:document xmlns:w='http://schemas.openxmlformats.org/" \
	"wordprocessingml/2006/main'><w:body>"
#define W_CLOSE "</w:body></w:document>"
#define W_P(s) "<w:p><w:r><w:t>" s "</w:t></w:r></w:p>"

static void
test_docx(void)
{
	static const char *const members[] = {
		"docProps/core.xml", "<c:coreProperties xmlns:c='http://schemas."
		    "openxmlformats.org/package/2006/metadata/core-properties' xmlns:d='"
		    "http://purl.org/dc/elements/1.1/'><d:title>Mijn titel</d:title>"
		    "</c:coreProperties>",
		"docProps/custom.xml", "<p:Properties xmlns:p='http://schemas."
		    "openxmlformats.org/officeDocument/2006/custom-properties'><p:property"
		    " name='Kenmerk'><x>WI 2014/60</x></p:property></p:Properties>",
		"word/styles.xml", "<w:styles xmlns:w='http://schemas.openxmlformats."
		    "org/wordprocessingml/2006/main'><w:style w:styleId='K1'><w:name "
		    "w:val='Kop 1'/></w:style><w:style w:styleId='Eigen'><w:name "
		    "w:val='Eigen'/><w:basedOn w:val='K1'/></w:style></w:styles>",
		"word/document.xml", W_OPEN
		    "<w:p><w:pPr><w:pStyle w:val='Eigen'/></w:pPr><w:r><w:t>Toegang"
		    "</w:t></w:r></w:p>"
		    "<w:p><w:r><w:t>verblijfs</w:t><w:softHyphen/><w:t>vergunning</w:t>"
		    "</w:r><w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:r>"
		    "<w:commentReference w:id='7'/></w:r></w:p>"
		    "<w:tbl><w:tr><w:tc>" W_P("Land") "</w:tc><w:tc>" W_P("Iran")
		    W_P("en Irak") "</w:tc></w:tr></w:tbl>" W_CLOSE,
		"word/footnotes.xml", "<w:footnotes xmlns:w='http://schemas."
		    "openxmlformats.org/wordprocessingml/2006/main'><w:footnote>"
		    W_P("Een noot") "</w:footnote></w:footnotes>",
		"word/comments.xml", "<w:comments xmlns:w='http://schemas."
		    "openxmlformats.org/wordprocessingml/2006/main'><w:comment w:id='3'>"
		    W_P("ongebruikt") "</w:comment><w:comment w:id='7' w:author='JJ'>"
		    W_P("Klopt") W_P("dit?") "</w:comment></w:comments>",
		"word/header1.xml", W_OPEN W_P("VERTROUWELIJK") W_CLOSE,
		"../../etc/passwd", "x", NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "docx") == 0 && strcmp(s.status, "ok") == 0,
	    "a package with word/ in it is DOCX");
	ok(has(&s, "meta office:Title=Mijn titel") &&
	    has(&s, "meta office:Kenmerk=WI 2014/60"), "DOCX has properties");
	ok(has(&s, "heading1 Toegang"),
	    "a style based on a heading makes headings");
	ok(has(&s, "text verblijfsvergunning\ntext Opmerking: Klopt dit?"),
	    "a comment follows its paragraph, without who made it");
	ok(has(&s, "text verblijfsvergunning"),
	    "soft hyphens and deleted text are no text");
	ok(has(&s, "text Land\tIran en Irak"),
	    "a row is one record, whatever its cells hold");
	ok(has(&s, "text Een noot"), "footnotes are text");
	ok(has(&s, "meta opschrift=VERTROUWELIJK") &&
	    !has(&s, "text VERTROUWELIJK"), "page headers are a property");
}

static void
test_odt(void)
{
	static const char mime[] = "application/vnd.oasis.opendocument.text";
	static const char *const members[] = {
		"mimetype", mime,
		"meta.xml", "<o:document-meta xmlns:o='urn:oasis:names:tc:opendocument:"
		    "xmlns:office:1.0' xmlns:m='urn:oasis:names:tc:opendocument:xmlns:"
		    "meta:1.0'><o:meta><m:user-defined m:name='Kenmerk'>WI 2014/60"
		    "</m:user-defined></o:meta></o:document-meta>",
		"content.xml", "<o:document-content xmlns:o='urn:oasis:names:tc:"
		    "opendocument:xmlns:office:1.0' xmlns:t='urn:oasis:names:tc:"
		    "opendocument:xmlns:text:1.0'><o:body><o:text><t:tracked-changes>weg"
		    "</t:tracked-changes><t:h t:outline-level='2'>Toegang</t:h><t:p>een<t:s"
		    "/>twee<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>"
		    "noot<o:annotation><d:creator xmlns:d='http://purl.org/dc/"
		    "elements/1.1/'>Jansen</d:creator><t:p>Klopt</t:p><t:p>dit?</t:p>"
		    "</o:annotation></t:p></t:note-body></t:note> drie</t:p></o:text></o:body>"
		    "</o:document-content>", NULL
	};
	static const char *const encrypted[] = {
		"mimetype", mime, "META-INF/manifest.xml",
		"<m:manifest><m:encryption-data/></m:manifest>",
		"content.xml", "\x91\x12\x13", NULL
	};
	struct seen s CLEAN(seen_clear), e CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "odt") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "heading2 Toegang"), "ODT is told by its mimetype");
	ok(has(&s, "meta office:Kenmerk=WI 2014/60"),
	    "ODT has properties of its own");
	ok(has(&s, "text een twee drie\ntext noot"),
	    "a note follows the paragraph it is in");
	ok(has(&s, "text noot\ntext Opmerking: Klopt dit?") &&
	    strstr(buf_str(&s.lines), "Jansen") == NULL,
	    "and a comment the note it is in, without who made it");
	see_zip(encrypted, &e);
	ok(strcmp(e.status, "encrypted") == 0, "an encrypted ODT says so");
}

static void
test_bombs(void)
{
	static const char *members[] = { "word/document.xml", NULL, NULL };
	size_t room = 1 << 20, len, i;
	char *zip = xmalloc(room), *spaces = xmalloc((32 << 20) + 1);
	struct seen s CLEAN(seen_clear) = { BUF_INIT, "", "" };
	clock_t start = clock();

	memset(spaces, ' ', 32 << 20);
	spaces[32 << 20] = '\0';
	members[1] = spaces;
	see_zip(members, &s);
	ok(strcmp(s.status, "bomb") == 0, "what inflates a thousandfold is a bomb");

	members[1] = W_OPEN W_P("x") W_CLOSE;
	len = make_zip(zip, room, members);
	/* The packed size in the central directory: more than the file has. */
	for (i = 0; i + 24 < len; i++)
		if (memcmp(zip + i, "PK\1\2", 4) == 0)
			memset(zip + i + 20, 0x7F, 4);
	buf_clear(&s.lines);
	see(zip, len, &s);
	ok(strcmp(s.status, "bomb") == 0, "overlapping members are a bomb");

	len = make_zip(zip, room, members);
	buf_clear(&s.lines);
	see(zip, len - 30, &s);
	ok(strcmp(s.format, "docx") == 0 && strcmp(s.status, "malformed") == 0,
	    "a DOCX cut short is a damaged DOCX");

	members[1] = "<!DOCTYPE x>" W_OPEN W_P("x") W_CLOSE;
	buf_clear(&s.lines);
	see_zip(members, &s);
	ok(strcmp(s.status, "malformed") == 0, "a DOCTYPE in a DOCX is refused");
	ok(clock() - start < 2 * CLOCKS_PER_SEC, "none of it takes long");
	free(spaces);
	free(zip);
}

#define ODF_OPEN "<o:document-content xmlns:o='urn:oasis:names:tc:" \
	"opendocument:xmlns:office:1.0' xmlns:t='urn:oasis:names:tc:" \
	"opendocument:xmlns:text:1.0' xmlns:b='urn:oasis:names:tc:" \
	"opendocument:xmlns:table:1.0' xmlns:d='urn:oasis:names:tc:" \
	"opendocument:xmlns:drawing:1.0' xmlns:p='urn:oasis:names:tc:" \
	"opendocument:xmlns:presentation:1.0' xmlns:s='urn:oasis:names:tc:" \
	"opendocument:xmlns:style:1.0' xmlns:f='urn:oasis:names:tc:" \
	"opendocument:xmlns:xsl-fo-compatible:1.0'>"
#define ODF_CLOSE "</o:document-content>"
#define ODS_CELL(s) "<b:table-cell><t:p>" s "</t:p></b:table-cell>"

static void
test_ods(void)
{
	static const char *const members[] = {
		"mimetype", "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml", ODF_OPEN "<o:body><o:spreadsheet>"
		    "<b:tracked-changes>" ODS_CELL("weg") "</b:tracked-changes>"
		    "<b:table b:name='Leges'><b:table-row>" ODS_CELL("Doel")
		    "<b:table-cell/>" ODS_CELL("Bedrag") "</b:table-row><b:table-row "
		    "b:number-rows-repeated='1000000'>" ODS_CELL("Studie")
		    "<b:table-cell o:value='228'><o:annotation><t:p>klopt</t:p>"
		    "</o:annotation><t:p>\xE2\x82\xAC 228</t:p></b:table-cell>"
		    "</b:table-row></b:table><b:table b:name='Blad2'><b:table-row>"
		    ODS_CELL("x") "</b:table-row></b:table></o:spreadsheet></o:body>"
		    ODF_CLOSE, NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "ods") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "heading2 Leges"), "the name of an ODS sheet is a heading");
	ok(has(&s, "text Doel\tBedrag\ntext Studie\t\xE2\x82\xAC 228\n"
	    "text Opmerking: klopt\ntext x"),
	    "rows of a sheet are lines, as cells show their values, once");
	ok(strstr(buf_str(&s.lines), "Blad2") == NULL &&
	    strstr(buf_str(&s.lines), "weg") == NULL,
	    "a sheet that only has a number has no heading");
}

#define ODP_BOX(s) "<d:text-box><t:p>" s "</t:p></d:text-box>"

static void
test_odp(void)
{
	static const char *const members[] = {
		"mimetype", "application/vnd.oasis.opendocument.presentation",
		"styles.xml", ODF_OPEN "<o:master-styles><s:master-page s:name='H'>"
		    "<d:frame p:class='title' p:placeholder='true'>" ODP_BOX("weg")
		    "</d:frame><d:frame p:class='footer'>" ODP_BOX("<p:footer/>weg")
		    "</d:frame><d:custom-shape><t:p>GEHEIM</t:p><t:p>Blad "
		    "<t:page-number>weg</t:page-number></t:p></d:custom-shape>"
		    "<p:notes><d:frame>" ODP_BOX("weg") "</d:frame></p:notes>"
		    "</s:master-page><s:master-page s:name='nooit'><d:rect><t:p>weg"
		    "</t:p></d:rect></s:master-page></o:master-styles>" ODF_CLOSE,
		"content.xml", ODF_OPEN "<o:automatic-styles><s:style s:name='T1'>"
		    "<s:text-properties f:font-size='26pt'/></s:style><s:style "
		    "s:name='T2'><s:text-properties f:font-size='15pt'/></s:style>"
		    "</o:automatic-styles><o:body><o:presentation>"
		    "<p:footer-decl p:name='f1'>WI 2014/60</p:footer-decl>"
		    "<p:footer-decl p:name='f2'>weg</p:footer-decl>"
		    "<p:date-time-decl p:name='d'>weg</p:date-time-decl>"
		    "<d:page d:master-page-name=\"H\" p:use-footer-name=\"f1\">"
		    "<d:frame p:class='outline'>" ODP_BOX("Een punt.") "</d:frame>"
		    "<d:frame p:class='title'>" ODP_BOX("Toegang") "</d:frame>"
		    "<d:frame p:class='footer'>" ODP_BOX("Eigen voet")
		    "</d:frame><o:annotation><t:p>Klopt dit?</t:p></o:annotation>"
		    "<p:notes><d:frame p:class='notes'>" ODP_BOX("Zeg dit.")
		    "</d:frame></p:notes></d:page><d:page><d:frame>"
		    ODP_BOX("<t:span t:style-name='T1'>Groot</t:span>")
		    "</d:frame><d:custom-shape><t:p><t:span t:style-name='T2'>"
		    "klein</t:span></t:p></d:custom-shape></d:page></o:presentation>"
		    "</o:body>" ODF_CLOSE, NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "odp") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "page 1\nheading1 Toegang\ntext Een punt.\n"
	    "text Opmerking: Klopt dit?\ntext Zeg dit.\npage 2"),
	    "a slide of ODP is a page: its title, text, comments, notes");
	ok(has(&s, "page 2\nheading2 Groot\ntext klein"),
	    "what has the largest letters is the title if nothing says so");
	if (!ok(has(&s, "meta opschrift=GEHEIM\nmeta opschrift=WI 2014/60\n"
	    "meta opschrift=Eigen voet") &&
	    strstr(buf_str(&s.lines), "weg") == NULL,
	    "what all slides of ODP have in a margin is no text"))
		printf("# %s", buf_str(&s.lines));
}

#define RELS(s) "<Relationships xmlns='http://schemas.openxmlformats.org/" \
	"package/2006/relationships'>" s "</Relationships>"
#define REL(id, type, to) "<Relationship Id='" id "' Type='http://schemas." \
	"openxmlformats.org/officeDocument/2006/relationships/" type \
	"' Target='" to "'/>"
#define R_NS "xmlns:r='http://schemas.openxmlformats.org/officeDocument/" \
	"2006/relationships'"
#define P_NS "xmlns:p='http://schemas.openxmlformats.org/presentationml/" \
	"2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
#define P_SP(ph, text) "<p:sp><p:nvSpPr><p:nvPr>" ph "</p:nvPr></p:nvSpPr>" \
	"<p:txBody><a:p><a:r><a:t>" text "</a:t></a:r></a:p></p:txBody></p:sp>"

static void
test_pptx(void)
{
	static const char *const members[] = {
		"_rels/.rels", RELS(REL("a", "officeDocument",
		    "/ppt/presentation.xml")),
		"ppt/_rels/presentation.xml.rels", RELS(
		    REL("r1", "slide", "slides/een.xml")
		    REL("r2", "slide", "slides/twee.xml")),
		"ppt/presentation.xml", "<p:presentation " P_NS " " R_NS ">"
		    "<p:sldIdLst><p:sldId id='256' r:id='r2'/><p:sldId id='257' "
		    "r:id='r1'/></p:sldIdLst></p:presentation>",
		"ppt/slides/_rels/een.xml.rels", RELS(
		    REL("l", "slideLayout", "../los.xml")),
		"ppt/los.xml", "<p:sldLayout " P_NS " showMasterSp='0'>"
		    P_SP("", "Los") "</p:sldLayout>",
		"ppt/_rels/los.xml.rels", RELS(REL("m", "slideMaster", "nooit.xml")),
		"ppt/nooit.xml", "<p:sldMaster " P_NS ">" P_SP("", "weg")
		    "</p:sldMaster>",
		"ppt/onder.xml", "<p:sldLayout " P_NS ">"
		    P_SP("<p:ph type='ftr'/>", "weg") "</p:sldLayout>",
		"ppt/_rels/onder.xml.rels", RELS(
		    REL("m", "slideMaster", "basis.xml")),
		"ppt/basis.xml", "<p:sldMaster " P_NS ">"
		    P_SP("<p:ph type='title'/>", "weg") P_SP("", "GEHEIM")
		    "<p:sp><p:txBody><a:p><a:r><a:t>WI 2014/60 Blad </a:t></a:r>"
		    "<a:fld type='slidenum'><a:t>weg</a:t></a:fld></a:p><a:p>"
		    "<a:fld type='datetime1'><a:t>weg</a:t></a:fld></a:p></p:txBody>"
		    "</p:sp></p:sldMaster>",
		"ppt/slides/_rels/twee.xml.rels", RELS(REL("n", "notesSlide",
		    "../notesSlides/n.xml")
		    REL("l", "slideLayout", "../onder.xml")
		    REL("c", "comments", "../comments/c.xml")
		    REL("d", "comments", "../comments/d.xml")),
		"ppt/slides/een.xml", "<p:sld " P_NS ">" P_SP("", "Laatste")
		    "<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>Land</a:t>"
		    "</a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>Iran</a:t></a:r></a:p>"
		    "</a:tc></a:tr></a:tbl></p:graphicFrame></p:sld>",
		"ppt/slides/twee.xml", "<p:sld " P_NS ">"
		    P_SP("<p:ph idx='1'/>", "Een punt.")
		    P_SP("<p:ph type='sldNum'/>", "weg")
		    P_SP("<p:ph type='ftr'/>", "Voet")
		    P_SP("<p:ph type='dt'/>", "weg")
		    P_SP("<p:ph type='ctrTitle'/>", "Toegang") "</p:sld>",
		"ppt/notesSlides/n.xml", "<p:notes " P_NS ">"
		    P_SP("<p:ph type='hdr'/>", "Kop")
		    P_SP("<p:ph type='body'/>", "Zeg dit.") "</p:notes>",
		"ppt/comments/c.xml", "<p:cmLst " P_NS "><p:cm authorId='0'>"
		    "<p:text>Klopt dit?</p:text></p:cm></p:cmLst>",
		"ppt/comments/d.xml", "<m:cmLst xmlns:m='http://schemas.microsoft."
		    "com/office/powerpoint/2018/8/main' xmlns:a='http://schemas."
		    "openxmlformats.org/drawingml/2006/main'><m:cm><m:replyLst><m:reply>"
		    "<m:txBody><a:p><a:r><a:t>Ja.</a:t></a:r></a:p></m:txBody></m:reply>"
		    "</m:replyLst><m:txBody><a:p><a:r><a:t>Zeker</a:t></a:r></a:p><a:p>"
		    "<a:r><a:t>weten?</a:t></a:r></a:p></m:txBody></m:cm></m:cmLst>",
		NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "pptx") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "page 1\nheading1 Toegang\ntext Een punt.\ntext Zeg dit."),
	    "slides go as the presentation lists them, title first");
	ok(has(&s, "text Zeg dit.\ntext Opmerking: Klopt dit?\n"
	    "text Opmerking: Zeker weten?\ntext Opmerking: Ja."),
	    "comments on a slide follow its notes, answers what they answer");
	ok(has(&s, "page 2\nheading2 Laatste\ntext Land\tIran"),
	    "tables on slides are rows");
	if (!ok(has(&s, "meta opschrift=Voet\nmeta opschrift=Kop\npage 1") &&
	    has(&s, "meta opschrift=GEHEIM\nmeta opschrift=WI 2014/60\npage 2") &&
	    has(&s, "meta opschrift=Los") &&
	    strstr(buf_str(&s.lines), "weg") == NULL,
	    "what slides have in a margin, or under them, is no text"))
		printf("# %s", buf_str(&s.lines));
}

#define S_NS "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"

static void
test_xlsx(void)
{
	static const char *const members[] = {
		"_rels/.rels", RELS(REL("a", "officeDocument", "xl/workbook.xml")),
		"xl/_rels/workbook.xml.rels", RELS(
		    REL("r1", "worksheet", "worksheets/a.xml")
		    REL("r2", "worksheet", "worksheets/stuk.xml")
		    REL("r3", "sharedStrings", "strings.xml")
		    REL("r4", "styles", "stijl.xml")),
		"xl/workbook.xml", "<workbook " S_NS " " R_NS "><sheets><sheet "
		    "name='Blad1' r:id='r2'/><sheet name='Leges' r:id='r1'/></sheets>"
		    "</workbook>",
		"xl/strings.xml", "<sst " S_NS "><si><t>Doel</t></si><si><r><t>Be"
		    "</t></r><r><t>drag</t></r><rPh><t>weg</t></rPh></si></sst>",
		"xl/stijl.xml", "<styleSheet " S_NS "><numFmts><numFmt numFmtId="
		    "'170' formatCode='d mmmm yyyy'/></numFmts><cellStyleXfs><xf "
		    "numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf "
		    "numFmtId='170'/><xf numFmtId='4'/></cellXfs></styleSheet>",
		"xl/worksheets/a.xml", "<worksheet " S_NS "><sheetData><row><c "
		    "t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>9</v></c>"
		    "</row><row><c t='str'><f>A1</f><v>een_x000D_twee</v></c><c s='1'>"
		    "<v>42127</v></c><c s='2'><v>1234.5</v></c><c t='inlineStr'><is>"
		    "<t>in</t></is></c><c t='e'><v>#N/A</v></c></row></sheetData>"
		    "<headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12"
		    "VERTROUWELIJK&amp;C&amp;KFF0000A &amp;&amp; B&amp;RBlad &amp;P van "
		    "&amp;N</oddHeader><firstFooter>&amp;A</firstFooter>"
		    "</headerFooter></worksheet>",
		"xl/worksheets/_rels/a.xml.rels", RELS(
		    REL("c", "comments", "../comments1.xml")
		    REL("t", "threadedComment", "../draad.xml")),
		"xl/comments1.xml", "<comments " S_NS "><authors><author>Jansen"
		    "</author><author>tc={1-2}</author></authors><commentList>"
		    "<comment ref='B9' authorId='0'><text><r><t>Leeg?</t></r></text>"
		    "</comment><comment ref='A1' authorId='0'><text><r><t>Klopt</t></r>"
		    "<r><t> dit?</t></r></text></comment><comment ref='A2' authorId='1'>"
		    "<text><t>weg</t></text></comment></commentList></comments>",
		"xl/draad.xml", "<ThreadedComments xmlns='http://schemas.microsoft."
		    "com/office/spreadsheetml/2018/threadedcomments'><threadedComment "
		    "ref='A2'><text>Zeker?</text></threadedComment><threadedComment "
		    "ref='A2' parentId='x'><text>Ja.</text></threadedComment>"
		    "</ThreadedComments>",
		"xl/worksheets/stuk.xml", "<worksheet " S_NS "><sheetData><row>",
		NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "xlsx") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "heading2 Leges\ntext Doel\tBedrag\n"
	    "text Opmerking: Klopt dit?"),
	    "a damaged sheet costs its own text only");
	ok(has(&s, "text een twee\t3 mei 2015\t1.234,50\tin"),
	    "cells say what they show, not how it is computed");
	ok(has(&s, "text Opmerking: Zeker?\ntext Opmerking: Ja.") &&
	    has(&s, "text Opmerking: Leeg?") &&
	    strstr(buf_str(&s.lines), "Jansen") == NULL,
	    "comments follow their row, threads once");
	if (!ok(has(&s, "meta opschrift=VERTROUWELIJK\nmeta opschrift=A & B") &&
	    strstr(buf_str(&s.lines), "Blad ") == NULL,
	    "headers of sheets are a property, without codes and numbers"))
		printf("# %s\n", buf_str(&s.lines));
	ok(strstr(buf_str(&s.lines), "weg") == NULL &&
	    strstr(buf_str(&s.lines), "Blad1") == NULL,
	    "readings and numbers of sheets are no text");
}

static void
test_xlsx_strings(void)
{
	static const char *const members[] = {
		"_rels/.rels", RELS(REL("a", "officeDocument", "xl/workbook.xml")),
		"xl/_rels/workbook.xml.rels", RELS(
		    REL("r1", "worksheet", "worksheets/a.xml")
		    REL("r3", "sharedStrings", "strings.xml")),
		"xl/workbook.xml", "<workbook " S_NS " " R_NS "><sheets><sheet "
		    "name='Leges' r:id='r1'/></sheets></workbook>",
		"xl/strings.xml", "<!DOCTYPE sst [<!ENTITY a 'x'>]><sst " S_NS
		    "><si><t>&a;</t></si></sst>",
		"xl/worksheets/a.xml", "<worksheet " S_NS "><sheetData><row><c "
		    "t='s'><v>0</v></c><c><v>12</v></c></row></sheetData>"
		    "</worksheet>", NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.status, "malformed") == 0 && has(&s, "text 12"),
	    "a workbook whose words are refused is not well (%s)", s.status);
}

/* The same parts, but not in XML: known, and not read. */
static void
test_xlsb(void)
{
	static const char *const members[] = {
		"_rels/.rels", RELS(REL("a", "officeDocument", "xl/workbook.bin")),
		"xl/workbook.bin", "\x83\x01", NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "xlsx") == 0 &&
	    strcmp(s.status, "unsupported") == 0, "a binary workbook says so");
}

/* A code, a value, what a cell shows. */
static const struct {
	const char *code;
	double value;
	const char *shows;
} numbers[] = {
	{ NULL, 0.1, "0,1" },
	{ "General", -3.5, "-3,5" },
	{ "General", 1e20, "1e+20" },
	{ "#,##0.00", 1234567.891, "1.234.567,89" },
	{ "0.00", 0.125, "0,13" },
	{ "0.##", 5, "5" },
	{ "00000", 12, "00012" },
	{ "#,##0,\"k\"", 1234567, "1.235k" },
	{ "0.0%", 0.155, "15,5%" },
	{ "0000\\.00\\.000", 12345678, "0123.45.678" },
	{ "[$\xE2\x82\xAC-413] #,##0.00;[Red]-[$\xE2\x82\xAC-413] #,##0.00",
	    -5.5, "-\xE2\x82\xAC 5,50" },
	{ "0;;", -4, "" },
	{ "d mmmm yyyy", 42127, "3 mei 2015" },
	{ "dddd d mmm yy", 42127, "zondag 3 mei 15" },
	{ "yyyy\\-mm\\-dd hh:mm:ss", 42127.999999, "2015-05-04 00:00:00" },
	{ "d-m-yyyy", 1, "1-1-1900" },
	{ "d-m-yyyy", 61, "1-3-1900" },
	{ "d-m-yyyy", -1, "-1" },
	{ "d-m-yyyy", 1e9, "1000000000" },
	{ "[h]:mm", 1.5, "36:00" },
	{ "h:mm AM/PM", 0.75, "6:00 PM" },
	{ "\"a", 4, "a" },
	{ "[", 3, "" },
	{ "\\", 2, "" },
};

static void
test_numbers(void)
{
	size_t i;

	for (i = 0; i < NELEM(numbers); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;

		numfmt_show(numbers[i].code, numbers[i].value, false, &b);
		if (!ok(strcmp(buf_str(&b), numbers[i].shows) == 0,
		    "%g in %s is %s", numbers[i].value, numbers[i].code == NULL ?
		    "no format" : numbers[i].code, numbers[i].shows))
			printf("# %s\n", buf_str(&b));
	}
}

int
main(void)
{
	formats_init();
	test_docx();
	test_odt();
	test_ods();
	test_odp();
	test_pptx();
	test_xlsx();
	test_xlsx_strings();
	test_xlsb();
	test_numbers();
	test_bombs();
	return tap_done();
}
