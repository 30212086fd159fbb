/*
 * Characters: decoding, cleaning what comes from outside, folding.
 */
#include <config.h>

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

static int
is(const struct buf *b, const char *want)
{
	return b->len == strlen(want) && strcmp(buf_str(b), want) == 0;
}

static void
test_utf8_out(void)
{
	static const uint32_t edges[] = { 0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF,
	    0x10000, 0x10FFFF };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	uint32_t c;
	size_t i;
	int good = 1;

	for (i = 0; i < NELEM(edges); i++) {
		buf_cut(&b, 0);
		buf_add_utf8(&b, edges[i]);
		good &= utf8_decode(b.s, b.len, &c) == b.len && c == edges[i];
	}
	ok(good, "what buf_add_utf8 writes, utf8_decode reads");
}

static void
test_decode(void)
{
	static const struct {
		const char *bytes;
		size_t n, len;
		const char *what;
	} cases[] = {
		{ "A", 1, 1, "ASCII" },
		{ "\xC3\xAB", 2, 2, "two bytes" },
		{ "\xE2\x82\xAC", 3, 3, "three bytes" },
		{ "\xF0\x9F\x98\x80", 4, 4, "four bytes" },
		{ "\xC3", 1, 0, "half a character" },
		{ "\xC3(", 2, 0, "a lead without its continuation" },
		{ "\x80", 1, 0, "a continuation alone" },
		{ "\xC0\xAF", 2, 0, "an overlong slash" },
		{ "\xE0\x80\xAF", 3, 0, "an overlong slash in three" },
		{ "\xF0\x82\x82\xAC", 4, 0, "an overlong euro" },
		{ "\xED\xA0\x80", 3, 0, "a surrogate" },
		{ "\xF4\x90\x80\x80", 4, 0, "U+110000" },
		{ "\xF5\x80\x80\x80", 4, 0, "a lead that cannot be" },
		{ "\xEF\xBF\xBF", 3, 3, "a noncharacter" },
	};
	uint32_t c;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		ok(utf8_decode(cases[i].bytes, cases[i].n, &c) == cases[i].len,
		    "%s %s a character", cases[i].what,
		    cases[i].len > 0 ? "is" : "is not");
		ok(utf8_valid(cases[i].bytes, cases[i].n) ==
		    (cases[i].len == cases[i].n), "and utf8_valid agrees");
	}
	ok(utf8_valid("", 0), "no bytes are valid");
	ok(!utf8_valid("a\0b", 3), "a NUL is not text");
	ok(utf8_count("Syri\xC3\xABrs \xE2\x82\xAC", 12) == 9,
	    "characters are counted, not bytes");
}

static void
test_clean(void)
{
	static const struct {
		const char *dirty, *clean, *what;
	} cases[] = {
		{ "Syri\xC3\xAB\n\ten zo", "Syri\xC3\xAB\n\ten zo",
		    "good text stays as it is" },
		{ "a\xFF\xC3(b", "a\xEF\xBF\xBD\xEF\xBF\xBD(b",
		    "each wrong byte becomes U+FFFD" },
		{ "abc\xE2\x82", "abc\xEF\xBF\xBD\xEF\xBF\xBD",
		    "a character cut off too" },
		{ "a\x01\x1B\x7F\r" "b", "a    b", "controls become spaces" },
		{ "a\xC2\x85" "b\xC2\xA0" "c", "a b\xC2\xA0" "c",
		    "C1 controls too, a no-break space stays" },
		{ "a\xE2\x80\xAE" "b\xE2\x81\xA6" "c", "abc",
		    "bidirectional overrides vanish" },
		{ "a\xEF\xBF\xBE" "b\xEF\xB7\x90" "c\xF0\x9F\xBF\xBF", "abc",
		    "noncharacters vanish" },
	};
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		buf_cut(&b, 0);
		utf8_clean(cases[i].dirty, strlen(cases[i].dirty), &b);
		ok(is(&b, cases[i].clean), "%s", cases[i].what);
	}
	buf_cut(&b, 0);
	utf8_clean("a\0b", 3, &b);
	ok(is(&b, "a b"), "a NUL becomes a space");
}

/* Any bytes at all: clean text is valid, and clean already. */
static void
test_clean_random(void)
{
	CLEAN(buf_clear) struct buf once = BUF_INIT;
	CLEAN(buf_clear) struct buf twice = BUF_INIT;
	char bytes[64];
	int good = 1, round, i;

	srand(1);
	for (round = 0; round < 20000; round++) {
		size_t n = (size_t)rand() % sizeof bytes;

		for (i = 0; i < (int)n; i++)
			bytes[i] = (char)(rand() % 3 ? rand() : rand() % 8 + 0xEC);
		buf_cut(&once, 0);
		buf_cut(&twice, 0);
		utf8_clean(bytes, n, &once);
		utf8_clean(buf_str(&once), once.len, &twice);
		good &= utf8_valid(buf_str(&once), once.len) &&
		    is(&twice, buf_str(&once));
	}
	ok(good, "20000 random strings are valid after cleaning, which is final");
}

static void
test_fold(void)
{
	static const struct {
		const char *s, *folded, *what;
	} cases[] = {
		{ "ASIEL 3.51", "asiel 3.51", "case" },
		{ "Syri\xC3\xABrs", "syriers", "accents" },
		{ "Syrie\xCC\x88rs", "syriers", "combining marks" },
		{ "co\xC3\xB6rdinator", "coordinator", "a diaeresis" },
		{ "T\xC3\xBCrkiye", "turkiye", "an umlaut" },
		{ "vreem\xC2\xAD" "deling", "vreemdeling", "a soft hyphen" },
		{ "a\xE2\x80\x8B" "b\xE2\x80\x8D" "c\xEF\xBB\xBF" "d\xE2\x81\xA0",
		    "abcd", "zero-width characters" },
		{ "\xC4\xB2sland \xC4\xB3s", "ijsland ijs", "the ligature IJ" },
		{ "\xEF\xAC\x81nanci\xC3\xABn", "financien", "the ligature fi" },
		{ "\xEF\xBC\xA1\xEF\xBC\xA2", "ab", "full-width letters" },
		{ "Stra\xC3\x9F" "e", "strasse", "sharp s" },
		{ "\xCE\xA3\xCE\x91\xCE\xA3", "\xCF\x83\xCE\xB1\xCF\x83",
		    "Greek, the final sigma too" },
	};
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		buf_cut(&b, 0);
		utf8_fold(cases[i].s, strlen(cases[i].s), &b);
		ok(is(&b, cases[i].folded), "folding: %s", cases[i].what);
	}
	buf_cut(&b, 0);
	buf_adds(&b, "XSOORT");
	utf8_fold("\xC3\x89" "A", 3, &b);
	ok(is(&b, "XSOORTea"), "folding appends");
}

/* A folded letter is folded: terms do not depend on how often it is done. */
static void
test_fold_twice(void)
{
	CLEAN(buf_clear) struct buf in = BUF_INIT;
	CLEAN(buf_clear) struct buf once = BUF_INIT;
	CLEAN(buf_clear) struct buf twice = BUF_INIT;
	uint32_t c, wrong = 0, first = 0;

	for (c = 1; c < 0x30000; c++) {
		if (!utf8_is_word(c))
			continue;
		buf_cut(&in, 0);
		buf_cut(&once, 0);
		buf_cut(&twice, 0);
		buf_add_utf8(&in, c);
		utf8_fold(in.s, in.len, &once);
		utf8_fold(buf_str(&once), once.len, &twice);
		if (!is(&twice, buf_str(&once)) && wrong++ == 0)
			first = c;
	}
	if (wrong > 0)
		printf("# %u of them, the first is U+%04X\n", wrong, first);
	ok(wrong == 0, "each letter, mark and digit folds the same twice");
}

static void
test_classes(void)
{
	ok(utf8_is_word('a') && utf8_is_word('7') && utf8_is_word(0xEB) &&
	    utf8_is_word(0x301) && utf8_is_word(0x633),
	    "letters, digits and marks make words");
	ok(!utf8_is_word('-') && !utf8_is_word('_') && !utf8_is_word(0xA7) &&
	    !utf8_is_word(0x2019) && !utf8_is_word(0xAD),
	    "punctuation does not");
	ok(utf8_is_letter('z') && !utf8_is_letter('@') && !utf8_is_letter('[') &&
	    !utf8_is_letter('{') && !utf8_is_letter('`'),
	    "the neighbours of the ASCII letters are none");
	ok(utf8_is_upper(0xC9) && !utf8_is_upper(0xE9), "\xC3\x89 is upper case");
	ok(utf8_is_digit(0x663) && !utf8_is_digit(0xBD),
	    "Arabic digits are digits, a half is not");
	ok(utf8_is_space(0xA0) && utf8_is_space('\n') && utf8_is_space(0x2028) &&
	    !utf8_is_space(0x200B), "spaces");
	ok(utf8_is_ignorable(0xAD) && utf8_is_ignorable(0x200B) &&
	    utf8_is_ignorable(0xFEFF) && !utf8_is_ignorable(' ') &&
	    !utf8_is_ignorable(0x200E), "what is not there within words");
}

int
main(void)
{
	test_utf8_out();
	test_decode();
	test_clean();
	test_clean_random();
	test_fold();
	test_fold_twice();
	test_classes();
	return tap_done();
}
