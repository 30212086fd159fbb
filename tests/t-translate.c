#include <config.h>

#include "show/translate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "scratch.h"
#include "tap.h"

/* Make a catalogue of that text the only one; what reading it said. */
static int
read_catalogue(const char *text, struct error *err)
{
	*err = (struct error)ERROR_INIT;
	translate_free();
	put_text("en.po", text);
	return translate_load(err);
}

static int
is_said(const char *dutch, const char *english)
{
	const char *got = translate(true, dutch);

	if (strcmp(got, english) == 0)
		return 1;
	printf("# %s: %s\n", dutch, got);
	return 0;
}

static const char good[] =
    "# a comment\n"
    "msgid \"\"\n"
    "msgstr \"\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\n"
    "#, c-format\n"
    "msgid \"%s kat\"\n"
    "msgid_plural \"%s katten\"\n"
    "msgstr[0] \"%s cat\"\n"
    "msgstr[1] \"%s cats\"\n"
    "msgid \"zonder lege regel\"\n"
    "msgstr \"without an empty line\"\n"
    "#, fuzzy\n"
    "msgid \"gok\"\n"
    "msgstr \"guess\"\n"
    "\n"
    "msgid \"leeg\"\n"
    "msgstr \"\"\n"
    "\n"
    "msgid \"\"\n"
    "\"in \"\n"
    "\"stukken\"\n"
    "msgstr \"in \"\n"
    "\"pieces\"\n"
    "#~ msgid \"oud\"\n"
    "#~ msgstr \"old\"\n"
    "msgid \"\\\"zo\\\" \\\\ \\n\\t\"\n"
    "msgstr \"\\\"so\\\" \\\\ \\n\\t\"\n"
    "msgid \"laatste\"\n"
    "msgstr \"last\"";

static const struct {
	const char *title, *text;
} bad[] = {
	{ "a string without end", "msgid \"a\nmsgstr \"b\"\n" },
	{ "text behind a string", "msgid \"a\" b\nmsgstr \"b\"\n" },
	{ "a string of nothing", "\"a\"\n" },
	{ "a word without a string", "msgid\n" },
	{ "another word", "msgctxt \"a\"\n" },
	{ "a backslash at the end", "msgid \"a\\" },
};

int
main(void)
{
	struct error err = ERROR_INIT;
	size_t i;

	scratch_make();
	if (setenv("NASLAG_DATA", scratch, 1) == -1)
		abort();
	ok(translate_load(&err) == -1 && err.kind == ERROR_CONFIG,
	    "no catalogue is an error");
	ok(is_said("laatste", "laatste"), "and leaves the text as it is");
	ok(read_catalogue(good, &err) == 0, "a catalogue is read");
	ok(is_said("laatste", "last"), "a text is translated");
	ok(strcmp(translate(false, "laatste"), "laatste") == 0,
	    "but not in Dutch");
	ok(is_said("%s kat", "%s cat") && is_said("%s katten", "%s cats"),
	    "one and many are texts of their own");
	ok(is_said("zonder lege regel", "without an empty line"),
	    "entries need no line between them");
	ok(is_said("gok", "gok"), "a guess is no translation");
	ok(is_said("leeg", "leeg"), "nor is an empty one");
	ok(is_said("oud", "oud"), "nor one that is out of use");
	ok(is_said("in stukken", "in pieces"), "strings may be in pieces");
	ok(is_said("\"zo\" \\ \n\t", "\"so\" \\ \n\t"), "and have escapes");
	ok(is_said("", ""), "the header is not said");
	ok(is_said("iets anders", "iets anders"), "what is unknown stays");
	for (i = 0; i < NELEM(bad); i++)
		ok(read_catalogue(bad[i].text, &err) == -1 &&
		    err.kind == ERROR_CONFIG && strncmp(err.msg, "en.po: line ",
		    12) == 0, "%s is an error, by its line", bad[i].title);
	ok(read_catalogue("", &err) == 0 && is_said("laatste", "laatste"),
	    "an empty catalogue is one");
	translate_free();
	scratch_remove();
	return tap_done();
}
