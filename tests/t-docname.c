/*
 * What documents are called: keys of titles, and abbreviations.  The cases
 * are in naamafkortingen.tsv.
 */
#include <config.h>

#include "dutch/docname.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

static struct analyser *analyser;
static struct docnamer *namer;

static bool
has_key(const struct buf *keys, const char *key, size_t n)
{
	const char *s = buf_str(keys), *end = s + keys->len;

	for (; s < end; s += strlen(s) + 1)
		if (strlen(s) == n && memcmp(s, key, n) == 0)
			return true;
	return false;
}

/* One line of the table. */
static void
test_abbreviations(const char *title, const char *expected)
{
	CLEAN(docnames_clear) struct docnames names = { 0 };
	size_t n;

	docnames_of_title(namer, analyser, title, &names);
	for (; *expected != '\0'; expected += n + (expected[n] == ';')) {
		bool is_not = *expected == '-';

		expected += is_not;
		n = strcspn(expected, ";");
		ok((has_key(&names.acronyms, expected, n) ||
		    has_key(&names.others, expected, n)) != is_not,
		    "%s is%s called %.*s", title, is_not ? " not" : "",
		    (int)n, expected);
	}
}

static void
test_table(void)
{
	CLEAN(str_free) char *path = cases_path("naamafkortingen.tsv");
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line, *cells[2];
	int row = 0;

	ok(c.f != NULL, "%s is there", path);
	while ((line = cases_next(&c)) != NULL) {
		cases_cut(line, cells, 2);
		if (row++ > 0)		/* names */
			test_abbreviations(cells[0], cells[1]);
	}
}

static size_t
tokens_of(const char *s, struct token *out)
{
	struct tokens tokens;
	size_t n = 0;

	tokens_init(&tokens, analyser, s, strlen(s));
	while (n < DOCNAME_MAX_WORDS && tokens_next(&tokens, &out[n]))
		n += !out[n].is_extra;
	return n;
}

/* Whether what is typed finds the title. */
static bool
is_called(const char *title, const char *typed)
{
	CLEAN(docnames_clear) struct docnames names = { 0 };
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	struct token t[DOCNAME_MAX_WORDS + 1];
	size_t n = tokens_of(typed, t);

	docnames_of_title(namer, analyser, title, &names);
	return docname_title_key(namer, analyser, t, n, &key) &&
	    has_key(&names.titles, buf_str(&key), key.len);
}

static void
test_titles(void)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	struct token t[DOCNAME_MAX_WORDS + 1];

	ok(is_called("Wet op de naburige rechten", "wet naburige rechten"),
	    "small words play no part in a title");
	ok(is_called("Wet tarieven in strafzaken", "WET TARIEVEN STRAFZAAK"),
	    "nor does the form of a word");
	ok(is_called("Vreemdelingenwet 2000", "vreemdelingenwet"),
	    "the year of a law may be left out");
	ok(!is_called("Landenrapport 2015", "landenrapport"),
	    "that of another document may not");
	ok(!is_called("Wet arbeid vreemdelingen", "arbeid vreemdelingen"),
	    "a part of a title is no title");
	ok(!docname_title_key(namer, analyser, t, tokens_of("van de", t), &key),
	    "small words only are no title");
	ok(!docname_acronym_key(namer, analyser, t, tokens_of("awb en wob", t),
	    &key), "two words are no abbreviation");
	ok(docname_acronym_key(namer, analyser, t, tokens_of("WVW 1994", t),
	    &key) && strcmp(buf_str(&key), "wvw1994") == 0,
	    "one and a year are");
	ok(docname_is_law(namer, "Vreemdelingenwet", 16) &&
	    !docname_is_law(namer, "Landenrapport", 13),
	    "a law is known by the end of its name");
}

int
main(void)
{
	struct error err;

	if (analyser_open(&analyser, &err) == -1 ||
	    docnamer_open(&namer, &err) == -1) {
		printf("Bail out! %s\n", err.msg);
		return 1;
	}
	test_table();
	test_titles();
	docnamer_free(&namer);
	analyser_free(&analyser);
	return tap_done();
}
