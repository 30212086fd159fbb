/*
 * OpenDocument texts, a trap each: what is text of them, in which order, and
 * which numbers stand before it.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "seen.h"
#include "tap.h"

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define NS "xmlns:o='" ODF "office:1.0' xmlns:t='" ODF "text:1.0' xmlns:s='" \
	ODF "style:1.0' xmlns:b='" ODF "table:1.0' xmlns:d='" ODF \
	"drawing:1.0' xmlns:l='urn:org:documentfoundation:names:experimental:" \
	"office:xmlns:loext:1.0' xmlns:svg='" ODF "svg-compatible:1.0' xmlns:x='http://www.w3.org/XML/1998/namespace'"
#define P(s) "<t:p>" s "</t:p>"
#define H(level, s) "<t:h t:outline-level='" level "'>" s "</t:h>"
#define LIST(style, s) "<t:list t:style-name='" style "'>" s "</t:list>"
#define SUB(s) "<t:list>" s "</t:list>"
#define ITEM(s) "<t:list-item>" s "</t:list-item>"
#define BOX(s) "<d:frame><d:text-box>" s "</d:text-box><svg:desc>weg" \
	"</svg:desc></d:frame>"
#define ROW(s) "<b:table-row>" s "</b:table-row>"
#define CELL(s) "<b:table-cell>" s "</b:table-cell>"
#define NUMBER(kind, level, format, more) "<t:" kind " t:level='" level \
	"' s:num-format='" format "' " more "/>"
#define IN_LIST(level, format, more) \
	NUMBER("list-level-style-number", level, format, more)
#define IN_OUTLINE(level, format, more) \
	NUMBER("outline-level-style", level, format, more)

static const char styles[] = "<o:document-styles " NS "><o:styles>"
	"<s:style s:name='Eigen' s:parent-style-name='Heading_20_3'/>"
	"<t:outline-style>" IN_OUTLINE("1", "1", "s:num-suffix='.'")
	IN_OUTLINE("2", "1", "t:display-levels='2'")
	IN_OUTLINE("3", "", "") "</t:outline-style>"
	"<t:list-style s:name='L1'>" IN_LIST("1", "1", "s:num-suffix='.'")
	IN_LIST("2", "a", "s:num-prefix='(' s:num-suffix=')'")
	IN_LIST("3", "I", "t:start-value='4' t:display-levels='3'")
	"</t:list-style><t:list-style s:name='L2'>"
	"<t:list-level-style-bullet t:level='1' t:bullet-char='-'/>"
	IN_LIST("2", "1", "l:num-list-format='art. %2%:'") "</t:list-style>"
	"</o:styles><o:master-styles><s:master-page s:name='Standard'><s:header>"
	P("VERTROUWELIJK") P("Pagina <t:page-number>1</t:page-number> van "
	"<t:page-count>2</t:page-count>") "</s:header><s:footer s:display='false'>"
	P("weg") "</s:footer></s:master-page><s:master-page s:name='M2'><s:footer>"
	P("WI 2014/60") "</s:footer></s:master-page><s:master-page s:name='M3'>"
	"<s:header>" P("weg") "</s:header></s:master-page></o:master-styles>"
	"</o:document-styles>";

#define NUMBERED(id, level, more, s) "<t:numbered-paragraph t:list-id='" id \
	"' t:style-name='L1' t:level='" level "'" more "><t:number>0</t:number>" \
	P(s) "</t:numbered-paragraph>"

static const struct {
	const char *title, *body, *lines;
} cases[] = {
	{ "items have the numbers of their level",
	    LIST("L1", ITEM(P("a") P("b") SUB(ITEM(P("c")) ITEM(P("d"))))
	    ITEM(P("e") SUB(ITEM(P("f") SUB(ITEM(P("g"))))))),
	    "text 1. a\ntext b\ntext (a) c\ntext (b) d\ntext 2. e\n"
	    "text (a) f\ntext 2.a.IV g\n" },
	{ "a list begins anew, or goes on where it says so",
	    "<t:list x:id='i1' t:style-name='L1'>" ITEM(P("a")) "</t:list>"
	    LIST("L1", ITEM(P("b")) ITEM(P("c"))) "<t:list t:style-name='L1' "
	    "t:continue-numbering='true'>" ITEM(P("d")) "</t:list><t:list "
	    "t:style-name='L1' t:continue-list='i1'>" ITEM(P("e")) "</t:list>",
	    "text 1. a\ntext 1. b\ntext 2. c\ntext 3. d\ntext 2. e\n" },
	{ "an item may say its number, and a header has none",
	    LIST("L1", "<t:list-header>" P("kop") "</t:list-header>"
	    "<t:list-item t:start-value='5'>" P("a") "</t:list-item>"
	    ITEM(P("b"))), "text kop\ntext 5. a\ntext 6. b\n" },
	{ "an item may have a style of its own",
	    LIST("L1", ITEM(P("a")) "<t:list-item t:style-override='L3'>"
	    P("b") "</t:list-item>"), "text 1. a\ntext II b\n" },
	{ "text on a line or in a circle does not break its paragraph",
	    P("voor <d:line>" P("lijn") "</d:line><d:g><d:circle>" P("rond")
	    "</d:circle></d:g>na"), "text voor na\ntext lijn\ntext rond\n" },
	{ "a text may stand in boxes alone, as on a poster",
	    P(BOX(P("in een doos"))), "text in een doos\n" },
	{ "a paragraph may be an item by itself",
	    NUMBERED("i1", "1", "", "a") P("los") NUMBERED("i1", "2", "", "b")
	    NUMBERED("i2", "1", "", "c")
	    NUMBERED("i1", "1", " t:start-value='7'", "d"),
	    "text 1. a\ntext los\ntext (a) b\ntext 1. c\ntext 7. d\n" },
	{ "an item by itself ends with it",
	    NUMBERED("i1", "3", "", "a") LIST("L1", ITEM(P("b"))),
	    "text 1.a.IV a\ntext 1. b\n" },
	{ "bullets are no text, and what says it whole is believed",
	    LIST("L2", ITEM(P("a") SUB(ITEM(P("b"))))),
	    "text a\ntext art. 1: b\n" },
	{ "a number that the file repeats is there once",
	    LIST("L1", ITEM("<t:number>1.</t:number>" P("a"))), "text 1. a\n" },
	{ "headings have the numbers of the outline",
	    H("1", "a") H("2", "b") H("2", "c") "<t:h t:outline-level='1' "
	    "t:is-list-header='true'>d</t:h>" H("3", "e") H("1", "f")
	    "<t:h t:outline-level='1' t:restart-numbering='true' "
	    "t:start-value='8'>g</t:h>",
	    "heading1 1. a\nheading2 1.1 b\nheading2 1.2 c\nheading1 d\n"
	    "heading3 e\nheading1 2. f\nheading1 8. g\n" },
	{ "headings in a list have its numbers",
	    LIST("L1", ITEM(H("1", "a"))), "heading1 1. a\n" },
	{ "a style may be based on a heading",
	    "<t:p t:style-name='Eigen'>a</t:p>", "heading3 a\n" },
	{ "hidden text is not shown",
	    P("a<t:span t:style-name='V'>weg</t:span>b<t:hidden-text>weg"
	    "</t:hidden-text>") "<t:section t:display='none'>" P("weg")
	    "</t:section><t:section>" P("c") "</t:section>",
	    "text ab\ntext c\n" },
	{ "a box is text behind the paragraph it is fixed to, its names are none",
	    H("3", "Kop" BOX(P("in de") P("doos"))) P("voor "
	    "<d:custom-shape>" P("vorm") "</d:custom-shape>na"),
	    "heading3 Kop\ntext in de\ntext doos\ntext voor na\ntext vorm\n" },
	{ "deleted text is not text, inserted is, links and fields are",
	    P("<t:change-start/>in<t:change-end/> <t:a>hier</t:a> "
	    "<t:user-field-get>veld</t:user-field-get>"), "text in hier veld\n" },
	{ "a table goes row by row, that in a cell by itself",
	    "<b:table>" ROW(CELL(P("a")) CELL(P("b") P("c")))
	    ROW("<b:covered-table-cell/>" CELL("<b:table>" ROW(CELL(P("d"))
	    CELL(P("e"))) "</b:table>" P("f"))) "</b:table>" P("g"),
	    "text a\tb c\ntext d\te\ntext f\ntext g\n" },
	{ "a number of pages in the text is text, that of the page is none",
	    P("a <t:page-number>3</t:page-number><t:page-count>7</t:page-count>"),
	    "text a 7\n" },
};

static void
see_body(const char *body, struct seen *s)
{
	char *content = xasprintf("<o:document-content " NS
	    "><o:automatic-styles><s:style s:name='V'><s:text-properties "
	    "t:display='none'/></s:style><s:style s:name='P9' "
	    "s:master-page-name=\"M2\"/><t:list-style s:name='L3'>"
	    IN_LIST("1", "I", "") "</t:list-style></o:automatic-styles>"
	    "<o:body><o:text><t:tracked-changes><t:changed-region>" P("weg")
	    "</t:changed-region></t:tracked-changes>%s</o:text></o:body>"
	    "</o:document-content>", body);
	const char *const members[] = {
		"mimetype", "application/vnd.oasis.opendocument.text",
		"styles.xml", styles, "content.xml", content, NULL
	};

	see_zip(members, s);
	free(content);
}

static void
test_cases(void)
{
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		struct seen s CLEAN(seen_clear);
		const char *lines;

		see_body(cases[i].body, &s);
		lines = strstr(buf_str(&s.lines), "meta opschrift=WI 2014/60\n");
		if (!ok(strcmp(s.status, "ok") == 0 && lines != NULL &&
		    strcmp(strchr(lines, '\n') + 1, cases[i].lines) == 0, "%s",
		    cases[i].title))
			printf("# %s%s\n", s.status, buf_str(&s.lines));
	}
}

static void
test_running(void)
{
	struct seen s CLEAN(seen_clear);

	see_body(P("tekst"), &s);
	if (!ok(has(&s, "meta opschrift=VERTROUWELIJK\nmeta opschrift="
	    "WI 2014/60\ntext tekst"),
	    "headers of the pages that are used are a property"))
		printf("# %s\n", buf_str(&s.lines));
}

/* Whoever packs it again with another program may put it anywhere. */
static void
test_packed(void)
{
	static const char content[] = "<o:document-content " NS "><o:body>"
	    "<o:text>" P("tekst") "</o:text></o:body></o:document-content>";
	static const char *const members[] = {
		"content.xml", content,
		"mimetype", "application/vnd.oasis.opendocument.text", NULL
	};
	static const char *const other[] = {
		"content.xml", content, "mimetype", "iets/anders", NULL
	};
	struct seen s CLEAN(seen_clear), o CLEAN(seen_clear);

	see_zip(members, &s);
	ok(strcmp(s.format, "odt") == 0 && strcmp(s.status, "ok") == 0,
	    "the type of a package may stand at its end (%s)", s.format);
	see_zip(other, &o);
	ok(strcmp(o.format, "zip") == 0, "an unknown one is an archive (%s)",
	    o.format);
}

int
main(void)
{
	formats_init();
	test_cases();
	test_running();
	test_packed();
	return tap_done();
}
