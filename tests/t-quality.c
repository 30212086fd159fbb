/*
 * t-quality: what is wrong with a text, and how much of it.
 */
#include <config.h>

#include "model/quality.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "tap.h"

/* One text; words beyond ASCII, lost, encoded twice, unlikely. */
static const struct {
	const char *what, *text;
	struct quality q;
} cases[] = {
	{ "nothing", "", { 0, 0, 0, 0, 0 } },
	{ "plain words", "de vreemdeling, art. 3.51 lid 1", { 4, 0, 0, 0, 0 } },
	{ "accents", "co\xC3\xB6rdinator Syri\xC3\xABrs \xC3\xA9\xC3\xA9n caf\xC3\xA9s",
	    { 4, 4, 0, 0, 0 } },
	{ "accents apart from their letter", "cafe\xCC\x81", { 1, 0, 0, 0, 0 } },
	{ "capitals before quotes and dashes",
	    "SYRI\xC3\x8B\xE2\x80\x99S CAF\xC3\x89\xE2\x80\x9D IDE\xC3\x8B\xE2\x80\xA6 "
	    "BELGI\xC3\x8B\xE2\x80\x93",
	    { 5, 4, 0, 0, 0 } },
	{ "Portuguese capitals", "S\xC3\x83O JO\xC3\x83O \xC3\x82NGELO",
	    { 3, 3, 0, 0, 0 } },
	{ "Greek, Cyrillic and Arabic",
	    "\xCE\xB1\xCE\xB2\xCE\xB3 \xD0\xB0\xD0\xB1\xD0\xB2 \xD8\xA7\xD9\x84\xD9\x84",
	    { 3, 3, 0, 0, 0 } },
	{ "a micro sign", "50 \xC2\xB5g", { 1, 1, 0, 0, 0 } },

	{ "\xC3\xA9 encoded twice", "caf\xC3\x83\xC2\xA9s", { 1, 1, 0, 1, 0 } },
	{ "\xC3\xA0 encoded twice, whose last byte is a space now",
	    "\xC3\x83 la carte", { 3, 1, 0, 1, 0 } },
	{ "a space that does not break, encoded twice",
	    "artikel \xC3\x82 3", { 2, 1, 0, 1, 0 } },
	{ "a quote encoded twice", "foto\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s",
	    { 1, 1, 0, 1, 0 } },
	{ "one whose third byte has no character",
	    "\xC3\xA2\xE2\x82\xACwoord\xC3\xA2\xE2\x82\xAC\xEF\xBF\xBD",
	    { 1, 1, 1, 0, 0 } },
	{ "a byte order mark encoded twice", "\xC3\xAF\xC2\xBB\xC2\xBFwoord",
	    { 1, 1, 0, 1, 0 } },
	{ "Turkish encoded twice", "\xC3\x85\xC5\xB8""ehir", { 1, 1, 0, 1, 0 } },
	{ "Cyrillic encoded twice", "\xC3\x90\xC2\xBC\xC3\x91\xE2\x80\xB9",
	    { 1, 1, 0, 1, 0 } },

	{ "what could not be read", "caf\xEF\xBF\xBDs \xEF\xBF\xBD", { 2, 2, 2, 0, 0 } },
	{ "pictures within a word", "of\xEF\x80\x81""cieel", { 1, 1, 1, 0, 0 } },
	{ "nothing but pictures", "\xEF\x81\x84\xEF\x81\x85 \xEF\x81\x86\xEF\x81\x87",
	    { 2, 2, 2, 0, 0 } },
	{ "a picture by itself", "\xEF\x81\xAF ja \xEF\x81\xAF nee",
	    { 2, 0, 0, 0, 0 } },
	{ "numbers of glyphs", "(cid:3)(cid:17) be(cid:12)ssing",
	    { 2, 2, 2, 0, 0 } },
	{ "one such number, for a list mark", "(cid:16) ja (cid:) (cid:9",
	    { 3, 0, 0, 0, 0 } },

	{ "a lost encoding", "9UHHPGHOLQJHQZHW YHUEOLMIVYHUJXQQLQJ",
	    { 2, 0, 0, 0, 2 } },
	{ "words without vowels", "vrmdlng brschkkng wdt", { 3, 0, 0, 0, 2 } },
	{ "abbreviations", "mvv AMV Vw jhr. drs.", { 5, 0, 0, 0, 0 } },
	{ "names", "Hazrat Abdulhaq Mohammed Qasim Srebrenica Kirgizstan "
	    "Wroclaw Nguyen", { 8, 0, 0, 0, 0 } },
	{ "other languages", "the knowledge of rights; \xC3\xA9tranger "
	    "Rechtsschutz; beaucoup", { 7, 1, 0, 0, 0 } },
	{ "letters set apart", "V R E E M D E L I N G E N", { 13, 0, 0, 0, 13 } },
	{ "boxes to tick", "x x x x x x x x x x", { 10, 0, 0, 0, 0 } },
	{ "Latin letters between those of others",
	    "v\xE7\x90\x80""reem\xE6\xA4\x80""d", { 1, 1, 0, 0, 1 } },
};

static void
print_quality(const char *what, const struct quality *q)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	quality_print(q, &b);
	printf("# %s %s\n", what, b.s);
}

static void
test_cases(void)
{
	struct quality q;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		quality_measure(cases[i].text, strlen(cases[i].text), &q);
		if (!ok(memcmp(&q, &cases[i].q, sizeof q) == 0, "%s",
		    cases[i].what)) {
			print_quality("got     ", &q);
			print_quality("expected", &cases[i].q);
		}
	}
}

static const struct {
	struct quality q;
	int figure;
	const char *trouble;
} figures[] = {
	{ { 0, 0, 0, 0, 0 }, -1, "" },
	{ { 19, 0, 0, 0, 19 }, -1, "letters that make no words" },
	{ { 20, 0, 0, 0, 0 }, 100, "" },
	{ { 1000, 9, 0, 1, 0 }, 99, "encoded twice" },
	{ { 1000, 0, 0, 0, 150 }, 85, "letters that make no words" },
	{ { 1000, 0, 0, 0, 151 }, 84, "letters that make no words" },
	{ { 1000, 10, 0, 4, 0 }, 99, "encoded twice" },
	{ { 1000, 10, 2, 8, 0 }, 0, "encoded twice" },
	{ { 1000, 100, 10, 0, 0 }, 90,
	    "characters that could not be read" },
	{ { 1000, 8, 12, 0, 1 }, 0, "characters that could not be read" },
};

static void
test_figures(void)
{
	size_t i;

	for (i = 0; i < NELEM(figures); i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;
		const struct quality *q = &figures[i].q;
		struct quality back;

		quality_print(q, &b);
		ok(quality_figure(q) == figures[i].figure && strcmp(quality_trouble(q),
		    figures[i].trouble) == 0, "%s is %d: %s", b.s,
		    figures[i].figure, figures[i].trouble);
		ok(quality_parse(b.s, &back) &&
		    memcmp(&back, q, sizeof back) == 0,
		    "printed and read back it is the same");
	}
}

static void
test_parse(void)
{
	static const char *const wrong[] = {
		"", "1,2,3,4", "1,2,3,4,5,6", "1,2,3,4,x", "-1,2,3,4,5",
		"1, 2,3,4,5", "1,2,3,4,", "1234567890,0,0,0,0",
	};
	struct quality q;
	size_t i;

	for (i = 0; i < NELEM(wrong); i++)
		ok(!quality_parse(wrong[i], &q), "'%s' is none", wrong[i]);
}

/* Whatever bytes there are, cut anywhere: read within them, and counted. */
static void
test_cuts(void)
{
	static const char text[] = "caf\xC3\x83\xC2\xA9 (cid:12) \xEF\xBF\xBD "
	    "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2 V R E \xF0\x9F\x98\x80 9UHHPG";
	struct quality q;
	size_t n;
	int good = 1;

	for (n = 0; n <= sizeof text; n++) {
		char *copy = xmalloc(n + 1);

		memcpy(copy, text, n < sizeof text ? n : sizeof text);
		quality_measure(copy, n < sizeof text ? n : sizeof text, &q);
		good &= q.words <= n && q.beyond <= q.words &&
		    q.lost + q.twice <= q.words;
		free(copy);
	}
	ok(good, "a text may be cut anywhere");
}

int
main(void)
{
	test_cases();
	test_figures();
	test_parse();
	test_cuts();
	return tap_done();
}
