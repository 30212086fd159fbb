/*
 * Headings by the outline of a PDF.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"
#include "formats/pdflines.h"

#include "makepdf.h"
#include "seen.h"
#include "tap.h"

static const char *const pages[] = {
	AT(50, 760, "Doel")
	AT(50, 740, "Deze tekst is zo lang als een hele regel van een gewone "
	    "bladzijde is.")
	AT(50, 720, "3.1 Begrippen van deze")
	AT(50, 708, "werkinstructie")
	AT(50, 696, "In deze werkinstructie staan de begrippen van de wet, en "
	    "ook andere.")
	BOLD(50, 660, "Groot maar klein")
	AT(50, 640, "Doel")
	AT(50, 620, "Nog een regel tekst die ongeveer net zo lang is als de "
	    "vorige was."),
	AT(50, 760, "Slot")
	AT(50, 748, "De laatste bladzijde heeft ook een regel, en dat is deze "
	    "regel hier."), NULL
};

#define ITEM(number, rest, title, dest) number " 0 obj<</Title(" title \
	")/Parent 100 0 R" rest "/Dest" dest ">>endobj\n"

static const struct pdf_parts outlined = { pages,
	"/Outlines 100 0 R/Names<</Dests<</Names[(slot)[12 0 R/XYZ 50 770 0]]>>"
	">>",
	"100 0 obj<</First 101 0 R/Last 104 0 R/Count 4>>endobj\n"
	ITEM("101", "/Next 102 0 R/First 105 0 R/Last 106 0 R/Count 2", "Doel",
	    "[10 0 R/XYZ 50 652 0]")
	ITEM("102", "/Next 103 0 R", "Staat er niet", "[12 0 R/Fit]")
	ITEM("103", "/Next 104 0 R", "Doel", "[12 0 R/Fit]")
	ITEM("104", "", "SLOT", "(slot)")
	ITEM("105", "/Next 106 0 R", "Begrippen van deze werk-instructie",
	    "[10 0 R/XYZ 50 730 0]")
	ITEM("106", "", "Groot maar klein", "[10 0 R/Fit]"), NULL };

/* Round and round. */
static const struct pdf_parts endless = { pages, "/Outlines 100 0 R",
	"100 0 obj<</First 101 0 R/Last 101 0 R>>endobj\n"
	ITEM("101", "/Next 102 0 R/First 101 0 R/Last 101 0 R", "Doel",
	    "[10 0 R/Fit]")
	ITEM("102", "/Next 101 0 R/First 100 0 R/Last 101 0 R", "Doel",
	    "[10 0 R/Fit]"), NULL };

int
main(void)
{
	struct buf pdf CLEAN(buf_clear) = BUF_INIT;
	struct seen s CLEAN(seen_clear) = { 0 }, e CLEAN(seen_clear) = { 0 };

	pdf_init();
	make_pdf(&outlined, &pdf);
	see(pdf.s, pdf.len, &s);
	ok(has(&s, "heading1 Doel\ntext Nog een regel tekst die ongeveer net zo "
	    "lang is als de vorige was."), "a line that the outline names is a "
	    "heading, whatever it looks like");
	ok(has(&s, "text Doel\ntext Deze tekst is zo lang als een hele regel van "
	    "een gewone bladzijde is."),
	    "of two lines with these words, the nearer one");
	ok(has(&s, "heading2 3.1 Begrippen van deze werkinstructie\ntext In deze "
	    "werkinstructie staan de begrippen van de wet, en ook andere."),
	    "so are two lines; the number is left out of the outline");
	ok(has(&s, "heading2 Groot maar klein"),
	    "the outline says the level, not the size");
	ok(has(&s, "page 2\nheading1 Slot\ntext De laatste bladzijde heeft ook "
	    "een regel, en dat is deze regel hier."),
	    "a place may have a name, and capitals do not matter");
	ok(strstr(buf_str(&s.lines), "Staat er niet") == NULL &&
	    !has(&s, "page 2\nheading1 Doel"),
	    "what does not stand on its page adds nothing");
	if (tap_failures > 0)
		printf("# %s\n", buf_str(&s.lines));

	make_pdf(&endless, &pdf);
	see(pdf.s, pdf.len, &e);
	ok(strcmp(e.status, "ok") == 0, "an outline without end has one");
	return tap_done();
}
