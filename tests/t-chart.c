/*
 * Charts in documents of office programs: their words are found, their numbers
 * are not, nor twice what the cells of the document say.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "formats/format.h"

#include "seen.h"
#include "tap.h"

#define OOXML "http://schemas.openxmlformats.org/"
#define NS "xmlns:c='" OOXML "drawingml/2006/chart' xmlns:a='" OOXML \
	"drawingml/2006/main' xmlns:r='" OOXML "officeDocument/2006/relationships'"
#define REL(id, type, target) "<Relationship Id='" id "' Type='" OOXML \
	"officeDocument/2006/relationships/" type "' Target='" target "'/>"
#define RELS(s) "<Relationships xmlns='" OOXML \
	"package/2006/relationships'>" s "</Relationships>"

#define RICH(s) "<c:tx><c:rich><a:p><a:r><a:t>" s "</a:t></a:r></a:p></c:rich>" \
	"</c:tx>"
#define PT(s) "<c:pt idx='0'><c:v>" s "</c:v></c:pt>"
#define REF(s) "<c:strRef><c:f>Blad!weg</c:f><c:strCache>" s \
	"</c:strCache></c:strRef>"
#define SERIES(name, labels) "<c:ser><c:tx>" name "</c:tx><c:cat>" labels \
	"</c:cat><c:val><c:numRef><c:f>weg</c:f><c:numCache>" PT("120") \
	"</c:numCache></c:numRef></c:val></c:ser>"

#define CHART "<c:chartSpace " NS "><c:chart><c:title>" RICH("Aanvragen") \
	"</c:title><c:plotArea><c:barChart>" \
	SERIES(REF(PT("Ingediend")), REF(PT("Eritrea") PT("2019") \
	    PT("Soedan"))) \
	SERIES("<c:v>Ingewilligd</c:v>", REF(PT("weg"))) \
	SERIES(REF(PT("2020")), "<c:numRef><c:numCache>" PT("weg") \
	    "</c:numCache></c:numRef>") \
	"</c:barChart><c:catAx><c:title><c:tx>" REF(PT("Land")) "</c:tx></c:title>" \
	"</c:catAx></c:plotArea></c:chart><c:extLst><c:ext>" RICH("weg") \
	"</c:ext></c:extLst></c:chartSpace>"
#define DRAWN "<c:userShapes " NS "><a:p><a:r><a:t>Piek</a:t></a:r></a:p>" \
	"</c:userShapes>"

/* The chart and what is drawn upon it, in a folder of the package. */
#define PARTS(folder) folder "/c.xml", CHART, \
	folder "/_rels/c.xml.rels", RELS(REL("d", "chartUserShapes", "d.xml")), \
	folder "/d.xml", DRAWN

#define ALL "text Aanvragen\ntext Land\ntext Ingediend\tIngewilligd\n" \
	"text Eritrea\tSoedan\ntext Piek\n"

static bool
is_text(const struct seen *s, const char *text)
{
	const char *at = strstr(buf_str(&s->lines), text);

	if (strcmp(s->status, "ok") == 0 && at != NULL &&
	    strstr(buf_str(&s->lines), "weg") == NULL)
		return true;
	printf("# %s %s%s\n", s->format, s->status, buf_str(&s->lines));
	return false;
}

static void
test_docx(void)
{
	static const char *const members[] = {
		"word/document.xml", "<w:document " NS " xmlns:w='" OOXML
		    "wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>Voor</w:t>"
		    "</w:r><w:r><w:drawing><c:chart r:id='r7'/></w:drawing></w:r>"
		    "<w:r><w:t>en na</w:t></w:r></w:p><w:p><w:r><w:t>Slot</w:t></w:r>"
		    "</w:p><w:p><w:r><c:chart r:id='r7'/></w:r></w:p></w:body></w:document>",
		"word/_rels/document.xml.rels", RELS(REL("r7", "chart", "c.xml")),
		PARTS("word"), NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(is_text(&s, "text Vooren na\n" ALL "text Slot\n"),
	    "the words of a chart go behind the paragraph it is in");
	ok(strstr(strstr(buf_str(&s.lines), "text Slot"), "Aanvragen") == NULL,
	    "a chart that is shown again is not read again");
}

static void
test_pptx(void)
{
	static const char *const members[] = {
		"_rels/.rels", RELS(REL("a", "officeDocument", "/ppt/p.xml")),
		"ppt/p.xml", "<p:presentation xmlns:p='" OOXML
		    "presentationml/2006/main' " NS "><p:sldIdLst><p:sldId r:id='s'/>"
		    "</p:sldIdLst></p:presentation>",
		"ppt/_rels/p.xml.rels", RELS(REL("s", "slide", "s.xml")),
		"ppt/s.xml", "<p:sld xmlns:p='" OOXML "presentationml/2006/main' "
		    NS "><p:sp><p:txBody><a:p><a:r><a:t>Cijfers</a:t></a:r></a:p>"
		    "</p:txBody></p:sp><p:graphicFrame><c:chart r:id='r7'/>"
		    "</p:graphicFrame></p:sld>",
		"ppt/_rels/s.xml.rels", RELS(REL("r7", "chart", "c.xml")),
		PARTS("ppt"), NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(is_text(&s, "heading1 Cijfers\n" ALL),
	    "a chart is a shape of its slide");
}

static void
test_xlsx(void)
{
	static const char *const members[] = {
		"_rels/.rels", RELS(REL("a", "officeDocument", "/xl/w.xml")),
		"xl/w.xml", "<s:workbook xmlns:s='" OOXML
		    "spreadsheetml/2006/main' " NS "><s:sheets><s:sheet name='Grafiek' "
		    "r:id='s'/></s:sheets></s:workbook>",
		"xl/_rels/w.xml.rels", RELS(REL("s", "chartsheet", "s.xml")),
		"xl/s.xml", "<s:chartsheet xmlns:s='" OOXML
		    "spreadsheetml/2006/main'/>",
		"xl/_rels/s.xml.rels", RELS(REL("d", "drawing", "t.xml")),
		"xl/t.xml", "<d " NS "/>",
		"xl/_rels/t.xml.rels", RELS(REL("r7", "chart", "c.xml")
		    REL("r8", "diagramData", "g.xml")),
		"xl/g.xml", "<g " NS "><a:p><a:r><a:t>Stap</a:t></a:r></a:p></g>",
		PARTS("xl"), NULL
	};
	struct seen s CLEAN(seen_clear);

	see_zip(members, &s);
	ok(is_text(&s, "heading2 Grafiek\ntext Stap\ntext Aanvragen\ntext Ingewilligd\n"
	    "text Piek\n"),
	    "a chart of a workbook has the words that are in none of its cells");
}

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define ODF_NS "xmlns:o='" ODF "office:1.0' xmlns:t='" ODF "text:1.0' xmlns:b='" \
	ODF "table:1.0' xmlns:d='" ODF "drawing:1.0' xmlns:h='" ODF "chart:1.0' " \
	"xmlns:svg='" ODF "svg-compatible:1.0' xmlns:x='http://www.w3.org/1999/" \
	"xlink'"
#define P(s) "<t:p>" s "</t:p>"
#define CELL(type, s) "<b:table-cell o:value-type='" type "'>" P(s) "<d:g>" \
	"<svg:desc>weg</svg:desc></d:g></b:table-cell>"
#define ROW(s) "<b:table-row>" s "</b:table-row>"
#define ODF_CHART "<o:document-content " ODF_NS "><o:body><o:chart><h:chart>" \
	"<h:title>" P("Aanvragen") "</h:title><h:plot-area><h:axis><h:title>" \
	P("<t:span>Land</t:span>") "</h:title></h:axis></h:plot-area>" \
	"<b:table><b:table-header-rows>" ROW(CELL("string", "") \
	CELL("string", "Ingediend") CELL("string", "Ingewilligd")) \
	"</b:table-header-rows><b:table-rows>" ROW(CELL("string", "Eritrea") \
	CELL("float", "weg")) ROW(CELL("string", "2019") CELL("float", "weg")) \
	ROW(CELL("string", "Soedan") CELL("float", "weg")) "</b:table-rows>" \
	"</b:table></h:chart></o:chart></o:body></o:document-content>"
#define OBJECT "<d:frame><d:object x:href='./Object 1'/><d:image/></d:frame>"
#define ODF_TEXT "text Aanvragen\ntext Land\ntext Ingediend\tIngewilligd\n" \
	"text Eritrea\tSoedan\n"

static void
see_odf(const char *type, const char *body, struct seen *s)
{
	const char *members[] = {
		"mimetype", type,
		"content.xml", body,
		"Object 1/content.xml", ODF_CHART,
		"Object 2/content.xml", "geen XML", NULL
	};

	see_zip(members, s);
}

static void
test_odf(void)
{
	struct seen s CLEAN(seen_clear), sheet CLEAN(seen_clear),
	    slide CLEAN(seen_clear);

	see_odf("application/vnd.oasis.opendocument.text",
	    "<o:document-content " ODF_NS "><o:body><o:text>" P("Voor" OBJECT
	    " na") P("<d:frame><d:object x:href='./Object 2'/></d:frame>Slot" OBJECT)
	    "</o:text></o:body></o:document-content>", &s);
	ok(is_text(&s, "text Voor na\n" ODF_TEXT "text Slot\n"),
	    "the words of a chart in ODT go behind the paragraph it is in");
	see_odf("application/vnd.oasis.opendocument.presentation",
	    "<o:document-content " ODF_NS "><o:body><o:presentation><d:page>"
	    "<d:frame><d:text-box>" P("Cijfers") "</d:text-box></d:frame>" OBJECT
	    "</d:page></o:presentation></o:body></o:document-content>", &slide);
	ok(is_text(&slide, "heading1 Cijfers\n" ODF_TEXT),
	    "a chart in ODP is a shape of its slide");
	see_odf("application/vnd.oasis.opendocument.spreadsheet",
	    "<o:document-content " ODF_NS "><o:body><o:spreadsheet><b:table>"
	    "<b:shapes>" OBJECT "</b:shapes>" ROW(CELL("string", "Eritrea"))
	    "</b:table></o:spreadsheet></o:body></o:document-content>", &sheet);
	ok(is_text(&sheet, "text Aanvragen\ntext Land\ntext Eritrea\n"),
	    "a chart in ODS has the words that are in none of its cells");
}

/* More names than a chart has room for. */
static void
test_many(void)
{
	struct buf chart CLEAN(buf_clear) = BUF_INIT;
	const char *members[] = {
		"word/document.xml", "<w:document " NS " xmlns:w='" OOXML
		    "wordprocessingml/2006/main'><w:body><w:p><w:r><c:chart r:id='r7'"
		    "/></w:r></w:p></w:body></w:document>",
		"word/_rels/document.xml.rels", RELS(REL("r7", "chart", "c.xml")),
		"word/c.xml", NULL, NULL
	};
	struct seen s CLEAN(seen_clear);
	size_t i;

	buf_adds(&chart, "<c:chartSpace " NS "><c:ser><c:cat>");
	for (i = 0; i < 2000; i++)
		buf_adds(&chart, PT("Eritrea"));
	buf_adds(&chart, "</c:cat></c:ser></c:chartSpace>");
	members[5] = chart.s;
	see_zip(members, &s);
	ok(strcmp(s.status, "ok") == 0 && s.lines.len > 2000 &&
	    s.lines.len < 6000, "of very many names a chart has the first");
}

int
main(void)
{
	formats_init();
	test_docx();
	test_pptx();
	test_xlsx();
	test_odf();
	test_many();
	return tap_done();
}
