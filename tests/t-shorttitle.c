/*
 * By what title a regulation is cited.  The cases are in citeertitels.tsv.
 */
#include <config.h>

#include "gather/shorttitle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	char path[512], line[2048], *text, *expected;
	const char *dir = getenv("srcdir");
	int row = 0;
	FILE *f;

	snprintf(path, sizeof path, "%s/tests/citeertitels.tsv",
	    dir != NULL ? dir : ".");
	if (!ok((f = fopen(path, "r")) != NULL, "%s is there", path))
		return;
	while (fgets(line, sizeof line, f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || row++ == 0 ||
		    (text = strchr(line, '\t')) == NULL ||
		    (expected = strrchr(line, '\t')) == text)
			continue;
		*text++ = *expected++ = '\0';
		test_row(line, text, expected);
	}
	fclose(f);
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
