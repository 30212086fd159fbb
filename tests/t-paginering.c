/*
 * Page labels, from a PDF to what is shown of them.
 */
#include <config.h>

#include "model/paginering.h"

#include <string.h>

#include "makepdf.h"
#include "seen.h"
#include "tap.h"

static const struct {
	const char *paginering;
	uint32_t page;
	const char *label;	/* NULL: its number, or not known */
} cases[] = {
	{ NULL, 1, NULL },
	{ "", 1, NULL },
	{ "1=i 2=ii 3=1", 1, "i" },
	{ "1=i 2=ii 3=1", 2, "ii" },
	{ "1=i 2=ii 3=1", 3, "1" },
	{ "1=i 2=ii 3=1", 12, "10" },
	{ "5=105", 4, NULL },
	{ "5=105", 5, "105" },
	{ "5=105", 7, "107" },
	{ "1=Omslag 2=2", 1, "Omslag" },
	{ "1=Omslag 2=2", 2, NULL },
	{ "1=Omslag 2=2", 3, NULL },
	{ "2=A-1", 2, "A-1" },
	{ "2=A-1", 3, NULL },
	{ "1=een-label-dat-te-lang-is", 1, NULL },
	{ "i=1", 1, NULL },
	{ "1=", 1, NULL },
	{ "2", 2, NULL },
};

static void
test_labels(void)
{
	char label[PAGINERING_BYTES];
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		const char *got = paginering_label(cases[i].paginering,
		    cases[i].page, label) ? label : NULL;

		if (!ok((got == NULL) == (cases[i].label == NULL) &&
		    (got == NULL || strcmp(got, cases[i].label) == 0),
		    "page %u of '%s' has the label %s", cases[i].page,
		    cases[i].paginering != NULL ? cases[i].paginering : "",
		    cases[i].label != NULL ? cases[i].label : "of its number"))
			printf("# %s\n", got != NULL ? got : "none");
	}
}

static const struct {
	const char *catalog, *meta, *why;
} files[] = {
	{ NULL, NULL, "a PDF without labels" },
	{ "/PageLabels<</Nums[0<</S/D>>]>>", NULL, "labels that are numbers" },
	{ "/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>",
	    "meta pdf:PageLabels=1=i 2=ii 3=1\n", "small Roman numbers, then 1" },
	{ "/PageLabels<</Nums[0<</S/D/St 8>>]>>",
	    "meta pdf:PageLabels=1=8\n", "a part of something longer" },
	{ "/PageLabels<</Nums[0<</P(Omslag)>>1<</S/D/St 2>>]>>",
	    "meta pdf:PageLabels=1=Omslag 2=2\n", "a cover" },
	{ "/PageLabels<</Nums[0<</S/D/P(A-)>>3<</S/D>>]>>",
	    "meta pdf:PageLabels=1=A-1 2=A-2 3=A-3 4=1\n", "an annex" },
	{ "/PageLabels<</Nums[0<</P(met spatie)>>1<</S/r>>]>>", NULL,
	    "labels that are sentences are left out" },
};

static void
test_files(void)
{
	static const char *const pages[] = { AT(50, 700, "een"),
	    AT(50, 700, "twee"), AT(50, 700, "drie"), AT(50, 700, "vier"),
	    AT(50, 700, "vijf"), NULL };
	size_t i;

	for (i = 0; i < NELEM(files); i++) {
		struct pdf_parts parts = { .pages = pages,
		    .catalog = files[i].catalog };
		struct buf pdf CLEAN(buf_clear) = BUF_INIT;
		struct seen s CLEAN(seen_clear) = { 0 };
		bool has;

		make_pdf(&parts, &pdf);
		see(pdf.s, pdf.len, &s);
		has = strstr(buf_str(&s.lines), "PageLabels") != NULL;
		if (!ok(strcmp(s.status, "ok") == 0 && (files[i].meta == NULL ?
		    !has : strstr(buf_str(&s.lines), files[i].meta) != NULL),
		    "%s", files[i].why))
			printf("# %s %s\n", s.status, buf_str(&s.lines));
	}
}

int
main(void)
{
	formats_init();
	test_labels();
	test_files();
	return tap_done();
}
