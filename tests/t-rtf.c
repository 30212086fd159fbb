/*
 * RTF, a trap each: what is text of it, in which order, and which numbers stand
 * before it.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "seen.h"
#include "tap.h"

#define FONTS "{\\fonttbl{\\f0\\fcharset0 A;}{\\f3\\fcharset2 Symbol;}}" \
	"{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 Kop;}}"
#define MARK(s) "{\\listtext\\pard\\plain\\f0 " s "\\tab}"
#define OLD_MARK(s) "{\\pntext\\f0 " s "\\tab}"
#define SYMBOL(s) "{\\listtext\\pard\\plain\\f3 " s "\\tab}"
#define FIELD(code, result) "{\\field{\\*\\fldinst{ " code " }}{\\fldrslt{" \
	result "}}}"
#define SHAPE(s) "{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt " s \
	"}}{\\shprslt{\\*\\do\\dptxbx{\\dptxbxtext " s "}}}}"

static const struct {
	const char *title, *body, *lines;
} cases[] = {
	{ "the number of a list item stands before it",
	    "\\pard " MARK("1.") "a\\par " OLD_MARK("2.") "b\\par c\\par",
	    "text 1. a\ntext 2. b\ntext c\n" },
	{ "a heading has its number",
	    "\\pard\\s1 " MARK("3.2") "Toegang\\par\\pard x\\par",
	    "heading1 3.2 Toegang\ntext x\n" },
	{ "bullets are no text, in letters of signs neither",
	    MARK("\\'b7") "a\\par " MARK("o") "b\\par " SYMBOL("\\'d8")
	    "c\\par " MARK("\\bullet") "d\\par " MARK("-") "e\\par",
	    "text a\ntext b\ntext c\ntext d\ntext e\n" },
	{ "what a program says among the properties is no text",
	    "{\\info{\\comment StarWriter}{\\hlinkbase x}}a\\par", "text a\n" },
	{ "a number without text is none", MARK("1.") "\\par a\\par",
	    "text a\n" },
	{ "headers are a property, without the numbers of pages",
	    "{\\header\\pard VERTROUWELIJK\\tab Pagina " FIELD("PAGE", "3")
	    " van " FIELD("NUMPAGES", "9") "\\par WI 2014/60\\par}{\\footerf "
	    "p. {\\chpgn}\\par}{\\footer VERTROUWELIJK\\par}a\\par",
	    "meta opschrift=VERTROUWELIJK\nmeta opschrift=WI 2014/60\n"
	    "text a\n" },
	{ "fields are what they came out as",
	    "zie " FIELD("HYPERLINK \"x\"", "hier") " " FIELD("PAGE", "3")
	    "\\par", "text zie hier 3\n" },
	{ "hidden and deleted text is not shown",
	    "a{\\v weg}b{\\deleted weg}{\\v weg\\v0 c}\\par", "text abc\n" },
	{ "a box is text once, behind the paragraph it is fixed to",
	    "voor " SHAPE("\\pard in de\\par doos\\par") "na\\par b\\par",
	    "text voor na\ntext in de\ntext doos\ntext b\n" },
	{ "letters drawn as a picture are text",
	    "voor{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv Sam \\u225?}}"
	    "{\\sp{\\sn gtextFont}{\\sv Arial}}}} na\\par",
	    "text voor na\ntext Sam \xC3\xA1\n" },
	{ "a box does not break a heading or a row",
	    "\\pard\\s1 Kop" SHAPE("\\pard doos\\par") " een\\par"
	    "\\trowd\\pard\\intbl a" SHAPE("\\pard vak\\par") "\\cell "
	    "b\\cell\\row\\pard c\\par",
	    "heading1 Kop een\ntext doos\ntext a\tb\ntext vak\ntext c\n" },
	{ "rows go one by one, cells may have paragraphs",
	    "\\trowd\\pard\\intbl a\\cell b\\par c\\cell\\row\\trowd "
	    "\\pard\\intbl d\\cell\\cell\\row\\pard e\\par",
	    "text a\tb c\ntext d\ntext e\n" },
};

/* A file, and what becomes of it. */
static const struct {
	const char *title, *rtf, *status;
} ends[] = {
	{ "a document that ends before its text is damaged",
	    "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}", "malformed" },
	{ "one that ends in its text is read", "{\\rtf1\\ansi Tekst", "ok" },
	{ "one without text is empty", "{\\rtf1\\ansi}", "empty" },
};

static void
test_ends(void)
{
	size_t i;

	for (i = 0; i < NELEM(ends); i++) {
		struct seen s CLEAN(seen_clear);

		see(ends[i].rtf, strlen(ends[i].rtf), &s);
		ok(strcmp(s.status, ends[i].status) == 0, "%s (%s)",
		    ends[i].title, s.status);
	}
}

int
main(void)
{
	size_t i;

	formats_init();
	test_ends();
	for (i = 0; i < NELEM(cases); i++) {
		struct seen s CLEAN(seen_clear);
		char *rtf = xasprintf("{\\rtf1\\ansi" FONTS "%s}",
		    cases[i].body);

		see(rtf, strlen(rtf), &s);
		if (!ok(strcmp(s.status, "ok") == 0 &&
		    strcmp(buf_str(&s.lines) + 1, cases[i].lines) == 0, "%s",
		    cases[i].title))
			printf("# %s%s\n", s.status, buf_str(&s.lines));
		free(rtf);
	}
	return tap_done();
}
