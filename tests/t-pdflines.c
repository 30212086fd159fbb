/*
 * From the glyphs of a PDF to its text: pages, and what they say.
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

#define MAX_PAGES 6

/* Small, as the numbers of footnotes are; and a font with rare letters. */
#define SMALL(x, y, s) "BT /F 6 Tf " #x " " #y " Td (" s ") Tj ET "
#define RARE(x, y, s) "BT /R 10 Tf " #x " " #y " Td (" s ") Tj ET "
#define WHOLE "Deze regel is zo lang als een hele regel van deze bladzijde is"
#define HALF "een regel van een halve bladzijde"

/* A line that must be there; behind a '!', text that must not. */
static const struct {
	const char *claim;
	const char *pages[MAX_PAGES];
	const char *wanted[4];
} cases[] = {
	{ "columns are read one after the other", {
	    AT(50, 740, "Links staat") AT(320, 740, "Rechts staat")
	    AT(50, 728, HALF) AT(320, 728, HALF)
	    AT(50, 716, HALF) AT(320, 716, HALF)
	    AT(50, 704, HALF) AT(320, 704, HALF)
	    AT(50, 692, "links ten einde.") AT(320, 692, "rechts ten einde.") },
	    { "text Links staat\ntext " HALF " " HALF " " HALF
	    " links ten einde.\ntext Rechts staat\ntext " HALF " " HALF " " HALF
	    " rechts ten einde." } },
	{ "a row with a label of several lines is one row", {
	    AT(50, 740, "Ieder verblijfsdoel en een") AT(300, 740, "230")
	    AT(400, 740, "115") AT(50, 728, "hele tweede regel")
	    AT(50, 708, "Arbeid") AT(300, 708, "870") AT(400, 708, "384")
	    AT(50, 688, "Houder van de Europese") AT(300, 688, "768")
	    AT(400, 688, "90") AT(50, 676, "blauwe kaart") },
	    { "text Ieder verblijfsdoel en een hele tweede regel\t230\t115\n"
	    "text Arbeid\t870\t384\n"
	    "text Houder van de Europese blauwe kaart\t768\t90" } },
	{ "a cell of several lines is read whole, not by its lines", {
	    AT(50, 740, "Ieder verblijfsdoel en een") AT(300, 740, "115, of als")
	    AT(50, 728, "hele tweede regel") AT(300, 728, "vermogende: 200")
	    AT(50, 708, "Arbeid") AT(300, 708, "870")
	    AT(50, 688, "Houder van de kaart") AT(300, 688, "384")
	    AT(50, 668, "Studie") AT(300, 668, "90") },
	    { "text Ieder verblijfsdoel en een hele tweede regel\t115, of als "
	    "vermogende: 200\ntext Arbeid\t870\ntext Houder van de kaart\t384"
	    } },
	{ "cells of several lines, close to each other, are read cell by cell", {
	    AT(63, 740, "d. arbeid als kennismigrant") AT(219, 740, "870 euro")
	    AT(320, 740, "384 euro")
	    AT(63, 720, "e. verblijf als houder van de") AT(219, 720, "768 euro")
	    AT(320, 720, "384 euro") AT(63, 708, "Europese blauwe kaart")
	    AT(63, 688, "i. wetenschappelijk onderzoek in") AT(219, 688,
	    "307 euro, als de") AT(320, 688, "307 euro") AT(63, 676,
	    "de zin van de richtlijn") AT(219, 676, "referent erkend is")
	    AT(63, 656, "j. lerend werken") AT(219, 656, "90 euro")
	    AT(320, 656, "niet van toepassing") },
	    { "text d. arbeid als kennismigrant\t870 euro\t384 euro\n"
	    "text e. verblijf als houder van de Europese blauwe kaart\t"
	    "768 euro\t384 euro\n"
	    "text i. wetenschappelijk onderzoek in de zin van de richtlijn\t"
	    "307 euro, als de referent erkend is\t307 euro\n"
	    "text j. lerend werken\t90 euro\tniet van toepassing" } },
	{ "a name and the paragraph beside it are a row, a heading below is none", {
	    AT(50, 740, "Angola") AT(200, 740, "C. In de praktijk is het doen van")
	    AT(200, 728, "afstand van deze nationaliteit niet")
	    AT(200, 716, "mogelijk.")
	    AT(50, 704, "Bolivia") AT(200, 704, "B. Het doen van afstand wordt bij")
	    AT(200, 692, "naturalisatie alleen gevraagd na")
	    AT(200, 680, "een verzoek.")
	    AT(50, 668, "Ecuador") AT(200, 668, "C")
	    AT(50, 656, "Fiji") AT(200, 656, "A. Het verlies van rechtswege gaat")
	    AT(200, 644, "voor.") BOLD(50, 628, "4. Overige opmerkingen") },
	    { "text Angola\tC. In de praktijk is het doen van afstand van deze "
	    "nationaliteit niet mogelijk.\ntext Bolivia\tB. Het doen van afstand "
	    "wordt bij naturalisatie alleen gevraagd na een verzoek.\n"
	    "text Ecuador\tC\ntext Fiji\tA. Het verlies van rechtswege gaat "
	    "voor.\nheading1 4. Overige opmerkingen" } },
	{ "columns with little white between them are read one by one", {
	    AT(50, 740, "De vreemdeling die een aanvraag in-")
	    AT(50, 728, "dient, legt alle stukken over die de")
	    AT(50, 716, "minister nodig heeft om te beslissen")
	    AT(50, 704, "op de aanvraag. Bij gebreke daarvan")
	    AT(50, 692, "krijgt hij een termijn om dat alsnog")
	    AT(50, 680, "te doen, van ten hoogste vier weken.")
	    AT(219, 740, "Wie dat nalaat, krijgt een besluit")
	    AT(219, 728, "waarin staat dat zijn aanvraag niet")
	    AT(219, 716, "wordt behandeld. Daartegen staat")
	    AT(219, 704, "bezwaar open, en daarna beroep bij")
	    AT(219, 692, "de rechtbank in de plaats waar de")
	    AT(219, 680, "vreemdeling woont.") },
	    { "text De vreemdeling die een aanvraag indient, legt alle stukken "
	    "over die de minister nodig heeft om te beslissen op de aanvraag. Bij "
	    "gebreke daarvan krijgt hij een termijn om dat alsnog te doen, van ten "
	    "hoogste vier weken.\ntext Wie dat nalaat, krijgt een besluit waarin "
	    "staat dat zijn aanvraag niet wordt behandeld. Daartegen staat bezwaar "
	    "open, en daarna beroep bij de rechtbank in de plaats waar de "
	    "vreemdeling woont." } },
	{ "a line that was stretched to fill its width is one line", {
	    AT(70.0, 740, "WI") AT(96.22, 740, "2015/38") AT(146.36, 740, "De")
	    AT(173.14, 740, "verblijfsvergunning") AT(270.5, 740, "regulier")
	    AT(160, 725, "beleidsregels") AT(317.84, 740, "onbepaalde")
	    AT(384.1, 740, "tijd:") },
	    { "text WI 2015/38 De verblijfsvergunning regulier onbepaalde tijd:\n"
	    "text beleidsregels" } },
	{ "numbers below each other are no columns of text", {
	    AT(50, 740, "Leiden") AT(200, 740, "105") AT(300, 740, "1,64")
	    AT(50, 728, "Lelystad") AT(200, 728, "68") AT(300, 728, "1,07")
	    AT(50, 716, "Maastricht") AT(200, 716, "60") AT(300, 716, "0,94")
	    AT(50, 704, "Totaal") AT(200, 704, "233") AT(300, 704, "3,65") },
	    { "text Leiden\t105\t1,64\ntext Lelystad\t68\t1,07\n"
	    "text Maastricht\t60\t0,94\ntext Totaal\t233\t3,65" } },
	{ "a line beside a text that is no table stays a line", {
	    AT(50, 740, HALF) AT(320, 740, "Een kop")
	    AT(50, 728, HALF) AT(50, 716, HALF) AT(50, 704, "tot hier.") },
	    { "text " HALF " " HALF " " HALF " tot hier.", "!\tEen kop" } },
	{ "a word broken at a line end is one; a hyphen of its own stays", {
	    AT(50, 740, WHOLE " en het vreem-")
	    AT(50, 728, "delingenrecht gaat over de in- en uitreis van wie dat wil, "
	    "ook de Noord-")
	    AT(50, 716, "Hollandse regels over wie dat wil, en dan ook nog over wie "
	    "niet-")
	    AT(50, 704, "begeleid is.") },
	    { "text " WHOLE " en het vreemdelingenrecht gaat over de in- en uitreis "
	    "van wie dat wil, ook de Noord-Hollandse regels over wie dat wil, "
	    "en dan ook nog over wie niet-begeleid is." } },
	{ "ligatures are letters, soft hyphens none", {
	    RARE(50, 740, "\\001nanci\\003eel en o\\002cieel") },
	    { "text financieel en officieel" } },
	{ "the number of a footnote stands before it, a rule is no text", {
	    AT(50, 740, WHOLE) AT(50, 90, "_______")
	    SMALL(50, 82, "12") AT(60, 78, "Kamerstukken II 2019/20, nr. 4.")
	    SMALL(50, 70, "13") AT(60, 66, "Idem.") },
	    { "text 12 Kamerstukken II 2019/20, nr. 4.\ntext 13 Idem.",
	    "!____" } },
	{ "what stands twice on a page is no margin", {
	    AT(50, 740, "Ja") AT(90, 740, "Ja") AT(130, 740, "Ja") },
	    { "text Ja\ntext Ja\ntext Ja", "!opschrift" } },
	{ "headings that only look alike on page after page are no margin", {
	    AT(50, 760, "Artikel 3") AT(50, 600, WHOLE),
	    AT(50, 760, "Artikel 15") AT(50, 600, WHOLE),
	    AT(50, 760, "Artikel 21") AT(50, 600, WHOLE) },
	    { "page 2\nheading3 Artikel 15", "!opschrift" } },
	{ "a number that counts the pages is", {
	    AT(50, 760, "Wet 24 folio 7") AT(50, 600, WHOLE),
	    AT(50, 760, "Wet 24 folio 8") AT(50, 600, WHOLE),
	    AT(50, 760, "Wet 24 folio 9") AT(50, 600, WHOLE) },
	    { "meta opschrift=Wet 24 folio 7", "!text Wet", "!heading" } },
	{ "1/2 is a page number, 2015/38 is none", {
	    AT(50, 770, "1/2") AT(50, 600, WHOLE),
	    AT(50, 770, "2015/38") AT(50, 600, WHOLE) },
	    { "meta opschrift=1/2", "page 2\ntext 2015/38", "!opschrift=20" } },
	{ "what left and right pages repeat is margin", {
	    AT(50, 770, "De Minister") AT(50, 600, WHOLE),
	    AT(400, 770, "Het verslag") AT(50, 600, WHOLE),
	    AT(50, 770, "De Minister") AT(50, 600, WHOLE),
	    AT(400, 770, "Het verslag") AT(50, 600, WHOLE),
	    AT(50, 770, "De Minister") AT(50, 600, WHOLE),
	    AT(400, 770, "Het verslag") AT(50, 600, WHOLE) },
	    { "meta opschrift=De Minister\nmeta opschrift=Het verslag",
	    "!text De Min", "!text Het" } },
	{ "a footnote here and there is none", {
	    AT(50, 600, WHOLE) AT(50, 40, "Zie de bijlage."),
	    AT(50, 600, WHOLE) AT(50, 40, "Zie artikel 4."),
	    AT(50, 600, WHOLE) AT(50, 40, "Idem, slot."),
	    AT(50, 600, WHOLE) AT(50, 40, "Zie de bijlage.") },
	    { "page 4\ntext " WHOLE "\ntext Zie de bijlage.", "!opschrift" } },
	{ "pages that say nothing else say that", {
	    AT(50, 760, "Wet 24 folio 7"), AT(50, 760, "Wet 24 folio 8"),
	    AT(50, 760, "Wet 24 folio 9") },
	    { "text Wet 24 folio 8", "!opschrift" } },
	{ "a control that a writer left beside a number does not hide it", {
	    AT(50, 770, "4\\030") AT(50, 600, WHOLE),
	    AT(50, 770, "5\\030") AT(50, 600, WHOLE),
	    AT(50, 770, "6\\030") AT(50, 600, WHOLE) },
	    { "meta opschrift=4", "!text 5" } },
};

/* The letters that RARE() has beside the usual ones, and a control in F. */
static const char encodings[] =
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 101 0 R"
    ">>endobj\n100 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<<"
    "/BaseEncoding/WinAnsiEncoding/Differences[1/fi/ffi/sfthyphen]>>>>endobj\n"
    "101 0 obj<</Length 142>>stream\nbegincmap 1 begincodespacerange <00> <FF> "
    "endcodespacerange 1 beginbfrange <20> <7E> <0020> endbfrange 1 beginbfchar "
    "<18> <0008> endbfchar endcmap \nendstream endobj\n";

static bool
is_said(const struct seen *s, const char *wanted)
{
	return wanted == NULL || (*wanted == '!' ?
	    strstr(buf_str(&s->lines), wanted + 1) == NULL : has(s, wanted));
}

static void
test_case(size_t i)
{
	struct buf pdf CLEAN(buf_clear) = BUF_INIT;
	struct seen s CLEAN(seen_clear) = { 0 };
	const char *pages[MAX_PAGES + 1] = { NULL };
	const struct pdf_parts parts = { .pages = pages, .objects = encodings };
	bool good = true;
	size_t k;

	memcpy(pages, cases[i].pages, sizeof cases[i].pages);
	make_pdf(&parts, &pdf);
	see(pdf.s, pdf.len, &s);
	for (k = 0; k < NELEM(cases[i].wanted); k++)
		good &= is_said(&s, cases[i].wanted[k]);
	if (!ok(good, "%s", cases[i].claim))
		printf("#%s\n", buf_str(&s.lines));
}

int
main(void)
{
	size_t i;

	pdf_init();
	for (i = 0; i < NELEM(cases); i++)
		test_case(i);
	return tap_done();
}
