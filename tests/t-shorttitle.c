/*
 * By what title a regulation is cited.  The cases are in citeertitels.tsv.
 */
#include <config.h>

#include "gather/shorttitle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

static struct short_titles *rules;

static char *
short_title(const char *soort, const char *title, const char *text)
{
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	CLEAN(doc_clear) struct doc doc = { 0 };

	doc_add(&doc, FIELD_SOORT, soort, ORIGIN_DERIVED);
	doc_add(&doc, FIELD_TITEL, title, ORIGIN_EMBEDDED);
	buf_adds(&doc.text, text);
	if (!short_title_of(rules, &doc, &out))
		buf_adds(&out, "-");
	return buf_steal(&out);
}

static void
test_row(const char *title, char *text, const char *expected)
{
	CLEAN(str_free) char *got = NULL;
	char *bar;

	for (bar = text; (bar = strchr(bar, '|')) != NULL; bar++)
		*bar = '\n';
	got = short_title("regelgeving", title, text);
	if (!ok(strcmp(got, expected) == 0, "%.50s: %s", title, expected))
		printf("# got %s\n", got);
}

static void
test_table(void)
{
	CLEAN(str_free) char *path = cases_path("citeertitels.tsv");
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line, *cells[3];
	int row = 0;

	ok(c.f != NULL, "%s is there", path);
	while ((line = cases_next(&c)) != NULL) {
		cases_cut(line, cells, 3);
		if (row++ > 0)		/* names */
			test_row(cells[0], cells[1], cells[2]);
	}
}

int
main(void)
{
	CLEAN(str_free) char *got = NULL;
	struct error err;

	if (short_titles_load(&rules, &err) == -1) {
		printf("Bail out! %s\n", err.msg);
		return 1;
	}
	test_table();
	got = short_title("handleiding", "Handleiding bij de Paspoortwet",
	    "Deze wet kan worden aangehaald als: Paspoortwet.");
	ok(strcmp(got, "-") == 0,
	    "what explains a law is not called as that law is");
	short_titles_free(&rules);
	return tap_done();
}
