/*
 * The operator's file of canaries: what it may hold, and what is said of one
 * that is wrong.
 */
#include <config.h>

#include "index/canaries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/lists.h"
#include "tap.h"

static char path[] = "/tmp/t-canaries.XXXXXX";

static void
put(const char *text, size_t n)
{
	FILE *f = fopen(path, "we");

	if (f == NULL || fwrite(text, 1, n, f) != n || fclose(f) == EOF)
		abort();
}

static void
test_good(void)
{
	static const char text[] =
	    "# wat gevonden moet worden\n"
	    "\n"
	    "verblijf bij partner\tPUC_5880_1\n"
	    "\"niet-begeleide minderjarige\" land:SY\tmap/a b.pdf\t1\n"
	    "vreemdelingenwet\tWI 2014/60\t1000\r\n"
	    "zonder einde\tx\t07";
	CLEAN(canaries_clear) struct canaries c = { 0 };
	struct error err = ERROR_INIT;

	put(text, sizeof text - 1);
	if (!ok(canaries_read(path, &c, &err) == 0 && c.count == 4,
	    "a line is a canary, but for comments and empty ones %s", err.msg))
		return;
	ok(strcmp(c.items[0].question, "verblijf bij partner") == 0 &&
	    strcmp(c.items[0].document, "PUC_5880_1") == 0 &&
	    c.items[0].rank == 10, "without a rank the first ten will do");
	ok(strcmp(c.items[1].document, "map/a b.pdf") == 0 &&
	    c.items[1].rank == 1, "a document and a rank");
	ok(c.items[0].line == 3 && c.items[3].line == 6 &&
	    strcmp(c.path, path) == 0, "it knows where each stands");
	ok(strcmp(c.items[2].document, "WI 2014/60") == 0 &&
	    c.items[2].rank == 1000, "lines may end as on Windows");
	ok(c.items[3].rank == 7, "the last line needs no end");
}

/* What is refused, and why. */
static const struct {
	const char *line, *why;
} wrong[] = {
	{ "vraag", "not of the form" },
	{ "vraag\t", "not of the form" },
	{ "\tPUC_1_1", "not of the form" },
	{ "vraag\tPUC_1_1\t", "no number" },
	{ "vraag\tPUC_1_1\t-1", "no number" },
	{ "vraag\tPUC_1_1\t1x", "no number" },
	{ "vraag\tPUC_1_1\t99999999999", "no number" },
	{ "vraag\tPUC_1_1\t0", "not from 1 to 1000" },
	{ "vraag\tPUC_1_1\t1001", "not from 1 to 1000" },
	{ "vraag\tPUC_1_1\t1\t", "more than three cells" },
	{ "vra\xFFg\tPUC_1_1", "not UTF-8" },
	{ "vraag\tPUC\xC3", "not UTF-8" },
};

static void
test_wrong(void)
{
	CLEAN(str_free) char *third = xasprintf("%s:3: ", path);
	CLEAN(str_free) char *question = xcalloc(1, 6000);
	CLEAN(str_free) char *longest = NULL;
	struct canaries c = { 0 };
	struct error err = ERROR_INIT;
	size_t i;

	for (i = 0; i < NELEM(wrong); i++) {
		CLEAN(str_free) char *text = xasprintf("# x\ngoed\tx\n%s\n",
		    wrong[i].line);

		put(text, strlen(text));
		ok(canaries_read(path, &c, &err) == -1 &&
		    err.kind == ERROR_CONFIG && c.items == NULL &&
		    strncmp(err.msg, third, strlen(third)) == 0 &&
		    strstr(err.msg, wrong[i].why) != NULL, "refused: %s",
		    err.msg + strlen(third));
	}
	put("a\tb\0c\n", 6);
	ok(canaries_read(path, &c, &err) == -1 && err.kind == ERROR_CONFIG,
	    "a NUL is no text: %s", err.msg);
	memset(question, 'a', 5000);
	longest = xasprintf("%s\tx\n", question);
	put(longest, strlen(longest));
	ok(canaries_read(path, &c, &err) == -1 && err.kind == ERROR_CONFIG,
	    "a question that cannot be asked is refused: %s", err.msg);
	unlink(path);
	ok(canaries_read(path, &c, &err) == -1 && err.kind == ERROR_CONFIG,
	    "a file that is not there too");
}

int
main(void)
{
	struct error err = ERROR_INIT;
	int fd = mkstemp(path);

	if (fd == -1 || !ok(lists_load(&err) == 0, "lists %s", err.msg))
		return 1;
	close(fd);
	test_good();
	test_wrong();
	lists_free();
	return tap_done();
}
