/*
 * What is written on a PDF beside its text.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"
#include "formats/pdflines.h"

#include "seen.h"
#include "tap.h"

/* Two pages; poppler finds the objects without a table of them. */
#define HEAD "%PDF-1.6\n" \
	"1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[8 0 R 9 0 R 10 0 R " \
	"11 0 R]>>>>endobj\n" \
	"2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n" \
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R" \
	"/Annots[8 0 R 9 0 R 10 0 R 11 0 R 20 0 R 21 0 R 22 0 R 23 0 R 24 0 R]" \
	"/Resources<</Font<</F 7 0 R>>>>>>endobj\n" \
	"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R" \
	"/Resources<</Font<</F 7 0 R>>>>>>endobj\n"
#define TEXT(number, text) number " 0 obj<</Length 55>>stream\n" \
	"BT /F 12 Tf 50 700 Td (" text ") Tj ET\nendstream endobj\n"
#define FONT "7 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
#define FIELD(number, rest) number " 0 obj<</Type/Annot/Subtype/Widget/T(v" \
	number ")/Rect[50 300 300 330]/DA(/F 12 Tf 0 g)" rest ">>endobj\n"
#define NOTE(number, kind, rest) number " 0 obj<</Type/Annot/Subtype/" kind \
	"/Rect[50 690 300 715]/T(Jansen)" rest ">>endobj\n"
#define TAIL "trailer<</Root 1 0 R>>\n%%EOF\n"

static const char filled[] = HEAD
	TEXT("5", "Naam van de aanvrager.") TEXT("6", "Bladzijde twee.") FONT
	FIELD("8", "/FT/Tx/V(De Vries)")
	FIELD("9", "/FT/Tx/Ff 8192/V(geheim)")
	FIELD("10", "/FT/Ch/Opt[(Iran)(Irak)]/V(Irak)")
	FIELD("11", "/FT/Btn/V/Yes")
	NOTE("20", "Text", "/Contents(Klopt dit?)")
	NOTE("21", "FreeText", "/DA(/F 12 Tf 0 g)/Contents(Getypt)")
	NOTE("22", "Highlight", "/QuadPoints[50 715 300 715 50 690 300 690]"
	    "/Contents(Naam van)")
	NOTE("23", "Text", "/F 2/Contents(verborgen)")
	NOTE("24", "Text", "/StateModel(Review)/State(Accepted)"
	    "/Contents(Accepted set by Jansen)")
	TAIL;

int
main(void)
{
	struct seen s CLEAN(seen_clear) = { 0 };

	pdf_init();
	see(filled, sizeof filled - 1, &s);
	ok(strcmp(s.status, "ok") == 0 && has(&s, "text Naam van de aanvrager.\n"
	    "text De Vries\ntext Irak\ntext Opmerking: Klopt dit?\ntext Getypt\n"
	    "page 2\ntext Bladzijde twee."),
	    "what was filled in and written on a page ends it");
	ok(strstr(buf_str(&s.lines), "geheim") == NULL, "a password does not");
	ok(strstr(buf_str(&s.lines), "Opmerking: Naam van") == NULL,
	    "nor a comment that repeats what it marks");
	ok(strstr(buf_str(&s.lines), "verborgen") == NULL &&
	    strstr(buf_str(&s.lines), "Accepted") == NULL,
	    "nor what is hidden, or says that somebody agreed");
	ok(strstr(buf_str(&s.lines), "Jansen") == NULL,
	    "nor who made them");
	return tap_done();
}
