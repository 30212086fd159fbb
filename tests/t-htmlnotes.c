/*
 * The marks of footnotes in web pages and books: as programs write them.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "formats/format.h"

#include "seen.h"
#include "tap.h"

static const struct {
	const char *title, *page;
	const char *lines;	/* all text of it */
} cases[] = {
	{ "a mark as EPUB has it", "<p>Het woord<a epub:type=\"noteref\" href="
	    "\"n.xhtml#a\">1</a>, en<aside epub:type=footnote id=a><p>De noot."
	    "</aside>", "text Het woord, en\ntext De noot.\n" },
	{ "a mark by its role", "<p>Het woord<a role=doc-noteref href='#a'>*</a>"
	    " is<p>De noot. <a role=doc-backlink href='#b'>\xE2\x86\xA9\xEF\xB8\x8E"
	    "</a>", "text Het woord is\ntext De noot.\n" },
	{ "a role on what is raised", "<p>Het woord<sup epub:type='noteref x'>12"
	    "</sup>.", "text Het woord.\n" },
	{ "a raised link", "<p>Het woord<sup><a href=\"#x7\">1</a></sup>.",
	    "text Het woord.\n" },
	{ "a link with raised letters", "<p>Het woord<a href=\"a.html#x7\"><sup>"
	    "xiv</sup></a>.", "text Het woord.\n" },
	{ "several marks at once", "<p>Het woord<sup><a href=#a>1</a>, <a href="
	    "#b>2</a></sup> is", "text Het woord is\n" },
	{ "a mark of Pandoc", "<p>Het woord<a href=\"#fn1\" class=\"footnote-ref"
	    "\" id=\"fnref1\" role=\"doc-noteref\"><sup>1</sup></a>.</p><aside "
	    "id=\"footnotes\" class=\"footnotes footnotes-end-of-document\" role"
	    "=\"doc-endnotes\"><hr><ol><li id=\"fn1\"><p>De noot.<a href=\"#fnref1"
	    "\" class=\"footnote-back\" role=\"doc-backlink\">\xE2\x86\xA9\xEF\xB8"
	    "\x8E</a></p></li></ol></aside>",
	    "text Het woord.\ntext De noot.\n" },
	{ "a mark of Word", "<p>Het woord<a style='mso-footnote-id:ftn1' href="
	    "\"#_ftn1\" name=\"_ftnref1\" title=\"\"><span class="
	    "MsoFootnoteReference><span style='mso-special-character:footnote'>"
	    "[1]</span></span></a>.<div id=ftn1><p><a href=\"#_ftnref1\" name="
	    "\"_ftn1\" title=\"\"><span>[1]</span></a> De noot.</div>",
	    "text Het woord.\ntext De noot.\n" },
	{ "a mark of LibreOffice", "<p>Het woord<a class=\"sdfootnoteanc\" name="
	    "\"sdfootnote1anc\" href=\"#sdfootnote1sym\"><sup>1</sup></a>.</p>"
	    "<div id=\"sdfootnote1\"><p class=\"sdfootnote\"><a class=\""
	    "sdfootnotesym\" name=\"sdfootnote1sym\" href=\"#sdfootnote1anc\">1"
	    "</a>De noot.</p></div>", "text Het woord.\ntext De noot.\n" },
	{ "a mark of MediaWiki", "<p>Het woord.<sup id=\"cite_ref-1\" class=\""
	    "reference\"><a href=\"#cite_note-1\"><span>&#91;</span>1<span>&#93;"
	    "</span></a></sup> En", "text Het woord. En\n" },
	{ "a mark in a heading", "<h2>Gezin<a href=\"#fn2\"><sup>2</sup></a></h2>"
	    "<p>x", "heading2 Gezin\ntext x\n" },
	{ "a mark in a cell", "<table><tr><td>Iran<a href=\"#fn2\"><sup>2</sup>"
	    "</a><td>7</table>", "text Iran\t7\n" },
	{ "what is only raised is text", "<p>10 m<sup>2</sup>, de 3<sup>e</sup>",
	    "text 10 m2, de 3e\n" },
	{ "a raised number is no part of a word", "<p>Het document<sup>3</sup> "
	    "per seconde<sup>2</sup> en geen<sup>3)</sup> 100 km<sup>2</sup> "
	    "mooie<sup>ste</sup>", "text Het document 3 per seconde 2 en geen 3) "
	    "100 km2 mooieste\n" },
	{ "a link within a sentence is text", "<p>Zie noot <a href=\"#noot3\">3"
	    "</a> en <a href=\"#a\">4</a>, <a href=\"#fn1\">de noot</a>.",
	    "text Zie noot 3 en 4, de noot.\n" },
	{ "a raised link of words is text", "<p>De vrouw<sup><a href=\"#a\">zie "
	    "ook</a></sup>.", "text De vrouwzie ook.\n" },
	{ "a long link is text", "<p>Lees <a href=\"#fn\">1 2 3 4 5 6 7 8 9 10 11 "
	    "12</a> eerst", "text Lees 1 2 3 4 5 6 7 8 9 10 11 12 eerst\n" },
	{ "a link around paragraphs is text", "<a href=\"#fn1\"><p>1</p><p>2</p>"
	    "</a><p>3", "text 1\ntext 2\ntext 3\n" },
	{ "a mark that is never ended", "<p>Het woord<sup><a href=\"#fn1\">1",
	    "text Het woord\n" },
};

int
main(void)
{
	size_t i;

	formats_init();
	for (i = 0; i < NELEM(cases); i++) {
		struct buf page CLEAN(buf_clear) = BUF_INIT;
		struct seen s CLEAN(seen_clear);
		const char *text;

		buf_adds(&page, "<!DOCTYPE html><html><body>");
		buf_adds(&page, cases[i].page);
		see(page.s, page.len, &s);
		text = buf_str(&s.lines);
		if (!ok(strstr(text, cases[i].lines) != NULL &&
		    strlen(strstr(text, cases[i].lines)) ==
		    strlen(cases[i].lines), "%s", cases[i].title))
			printf("# %s %s\n%s", s.format, s.status, text);
	}
	return tap_done();
}
