/*
 * Text to tokens: the rules of dutch/analyse.h, and what holds for any text.
 */
#include <config.h>

#include "dutch/analyse.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "tap.h"

static struct analyser *analyser;

/*
 * The words of a text, with a space between two and "~" before extra ones;
 * "?" is a word that is too long.
 */
static void
print_words(const char *text, size_t len, struct buf *out)
{
	struct tokens tokens;
	struct token t;

	buf_cut(out, 0);
	tokens_init(&tokens, analyser, text, len);
	while (tokens_next(&tokens, &t)) {
		if (out->len > 0)
			buf_addc(out, ' ');
		if (t.is_extra)
			buf_addc(out, '~');
		buf_adds(out, t.word == WORD_NONE ? "?" :
		    word_string(analyser, t.word, NULL));
	}
}

static void
test_rules(void)
{
	static const struct {
		const char *text, *words, *claim;
	} cases[] = {
		/* words */
		{ "", "", "no text has no words" },
		{ " .,;- \n\t(&)' ", "", "nor has punctuation" },
		{ "De IND, in Rijswijk.", "de ind in rijswijk", "case goes" },
		{ "Syri\xC3\xABrs", "syriers", "accents go" },
		{ "Syrie\xCC\x88rs cafe\xCC\x81", "syriers cafe",
		    "a combining mark belongs to its letter" },
		{ "vreem\xC2\xAD" "delingen\xC2\xADrecht", "vreemdelingenrecht",
		    "soft hyphens are not there" },
		{ "a\xE2\x80\x8B" "b", "ab", "nor zero-width spaces" },
		{ "\xEF\xBB\xBF" "begin", "begin", "nor a byte order mark" },
		{ "a \xC2\xAD b", "a b", "alone they are no word" },
		{ "a \xC2\xAD\xE2\x80\x8B. b", "a b", "nor are several" },
		{ "B8 2x h264", "b8 2x h264", "digits and letters make words" },
		{ "a\xC2\xA0" "b", "a b", "a no-break space parts words" },
		{ "a_b a/b a+b", "a b a b a b", "what else stands between, too" },
		{ "\xD8\xB3\xD9\x88\xD8\xB1\xD9\x8A\xD8\xA7",
		    "\xD8\xB3\xD9\x88\xD8\xB1\xD9\x8A\xD8\xA7",
		    "other scripts have words" },
		/* dots between letters */
		{ "a.m.v.", "amv", "letter-dot runs are one word" },
		{ "a.m.v", "amv", "the last dot may be missing" },
		{ "A.M.V. en", "amv en", "capitals too" },
		{ "een a.m.v. De", "een amv de", "at the end of a sentence" },
		{ "(a.m.v.)", "amv", "in brackets" },
		{ "a.m.v., b.v.b.; c", "amv bvb c", "before punctuation" },
		{ "a.m.v..", "amv", "with the dot of the sentence" },
		{ "a.m.v.\nDe", "amv de", "at the end of a line" },
		{ "a.b", "ab", "two letters do" },
		{ "\xC3\xA9.m.v.", "emv", "letters with accents do" },
		{ "e\xCC\x81.m.v.", "emv", "however those are written" },
		{ "a. b", "a b", "one letter and a dot is none" },
		{ "vitamine A. De", "vitamine a de", "nor at a sentence's end" },
		{ "AMV. Hij", "amv hij", "a word of capitals is none" },
		{ "a.m.verder", "a m verder", "nor with a word behind it" },
		{ "einde.Begin", "einde begin", "a dot between words parts them" },
		{ "a.1.b", "a 1 b", "nor with digits in it" },
		/* apostrophes */
		{ "foto's", "fotos", "an 's belongs to the word" },
		{ "foto\xE2\x80\x99s", "fotos", "with a curly apostrophe too" },
		{ "AMV'S", "amvs", "in capitals too" },
		{ "de jaren 90's", "de jaren 90s", "behind digits too" },
		{ "foto's, dia's.", "fotos dias", "before punctuation" },
		{ "Sri Lanka's", "sri lankas", "behind the last word of a name" },
		{ "'s avonds", "s avonds", "before a word it parts" },
		{ "zo'n auto'tje", "zo n auto tje", "what is no 's parts" },
		{ "foto'sen", "foto sen", "an s of a longer word is none" },
		{ "d'Artagnan", "d artagnan", "nor the d of a name" },
		{ "foto'", "foto", "an apostrophe alone is none" },
		/* ampersands */
		{ "DT&V", "dt&v", "an ampersand between letters belongs" },
		{ "O&A R&D&I", "o&a r&d&i", "more of them too" },
		{ "e\xCC\x81&o", "e&o", "behind a combining mark too" },
		{ "O & A", "o a", "with spaces it does not" },
		{ "O&", "o", "nor at the end" },
		{ "a&1 1&a", "a 1 1 a", "nor beside a digit" },
		/* dots between digits */
		{ "3.51", "3.51", "a dot between digits belongs" },
		{ "3.6a", "3.6a", "a letter may follow" },
		{ "3\xC2\xAD.51", "3.51", "behind a soft hyphen too" },
		{ "B1.2.3.4", "b1.2.3.4", "more of them too" },
		{ "artikel 3.51. De", "artikel 3.51 de", "not the sentence's" },
		{ "3.6a.1", "3.6a 1", "nor behind a letter" },
		{ "3.a .5", "3 a 5", "nor with a digit on one side only" },
		{ "2014/60 C2/4.4", "2014 60 c2 4.4", "a slash does not" },
		{ "1.000,50", "1.000 50", "nor does a comma" },
		/* hyphens */
		{ "niet-begeleide", "~nietbegeleide niet begeleide",
		    "a hyphenated word is its halves and the closed form" },
		{ "niet-begeleide-minderjarige", "~nietbegeleide niet "
		    "~begeleideminderjarige begeleide minderjarige",
		    "in a chain each pair is closed" },
		{ "ex-Joegoslavi\xC3\xAB", "~exjoegoslavie ex joegoslavie",
		    "the closed form is folded" },
		{ "niet-", "niet", "half a word is a word" },
		{ "niet- en", "niet en", "so it is before a space" },
		{ "-begeleid", "begeleid", "and behind a hyphen" },
		{ "niet--begeleid", "niet begeleid", "two hyphens are a dash" },
		{ "e-mail", "e mail", "a letter is no half" },
		{ "x-e-mail", "x e mail", "nor in a chain" },
		{ "anti-e-mail", "anti e mail", "nor within one" },
		{ "pre-e-mail-adres", "pre e ~mailadres mail adres",
		    "the others still are" },
		{ "wi-2014", "wi 2014", "nor is a number" },
		{ "2e-lijns", "2e lijns", "nor what begins with a digit" },
		{ "foto's-map", "~fotosmap fotos map", "an 's may stand before" },
		{ "a.m.v.-beleid", "~amvbeleid amv beleid", "so may dots" },
		{ "DT&V-beleid", "~dt&vbeleid dt&v beleid", "and an ampersand" },
	};
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		print_words(cases[i].text, strlen(cases[i].text), &b);
		if (!ok(strcmp(buf_str(&b), cases[i].words) == 0, "%s",
		    cases[i].claim))
			printf("# '%s' is '%s', not '%s'\n", cases[i].text,
			    buf_str(&b), cases[i].words);
	}
}

static void
test_offsets(void)
{
	static const char text[] = "\xC3\x89\xC3\xA9n a.m.v. niet-begeleid.";
	static const struct {
		size_t begin, end;
		bool is_extra;
	} want[] = {
		{ 0, 5, false }, { 6, 12, false }, { 13, 26, true },
		{ 13, 17, false }, { 18, 26, false },
	};
	struct tokens tokens;
	struct token t;
	size_t n = 0;
	int good = 1;

	tokens_init(&tokens, analyser, text, sizeof text - 1);
	while (tokens_next(&tokens, &t) && n < NELEM(want)) {
		good &= t.begin == want[n].begin && t.end == want[n].end &&
		    t.is_extra == want[n].is_extra;
		n++;
	}
	ok(good && n == NELEM(want) && !tokens_next(&tokens, &t),
	    "tokens are bytes of the text, the extra one spans both halves");
	tokens_init(&tokens, analyser, "a. De", 5);
	ok(tokens_next(&tokens, &t) && t.begin == 0 && t.end == 1,
	    "a sentence's dot is no part of its last letter");
}

/* The text need not end in NUL: cut everywhere, in memory of its own. */
static void
test_slices(void)
{
	static const char text[] = "a.m.v. niet-begeleide foto\xE2\x80\x99s 3.51 "
	    "DT&V Syrie\xCC\x88rs e\xC2\xAD-x";
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t n;
	int good = 1;

	for (n = 0; n < sizeof text; n++) {
		char *slice = xmalloc(n);

		memcpy(slice, text, n);
		print_words(slice, n, &b);
		good &= b.len <= 3 * n;
		free(slice);
	}
	ok(good, "nothing is read behind a text, wherever it is cut");
}

static void
test_long_words(void)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct tokens tokens;
	struct token t;
	size_t i;

	for (i = 0; i < ANALYSE_MAX_WORD; i++)
		buf_addc(&text, 'a');
	print_words(text.s, text.len, &b);
	ok(strcmp(b.s, text.s) == 0, "a word has up to %d bytes",
	    ANALYSE_MAX_WORD);
	buf_adds(&text, "a b");
	print_words(text.s, text.len, &b);
	ok(strcmp(b.s, "? b") == 0,
	    "a longer one has no term, and takes a position");
	tokens_init(&tokens, analyser, text.s, text.len);
	ok(tokens_next(&tokens, &t) && t.word == WORD_NONE &&
	    t.stem == WORD_NONE && t.end == ANALYSE_MAX_WORD + 1,
	    "nor a stem, but its place");
	buf_cut(&text, 0);
	for (i = 0; i < ANALYSE_MAX_WORD / 2; i++)
		buf_adds(&text, "\xC3\xAB\xC2\xAD");
	print_words(text.s, text.len, &b);
	ok(b.len == ANALYSE_MAX_WORD / 2 && b.s[0] == 'e',
	    "the folded form counts, not the bytes of the text");
	buf_cut(&text, 0);
	for (i = 0; i < ANALYSE_MAX_WORD + 1; i++)
		buf_addc(&text, i == ANALYSE_MAX_WORD / 2 ? '-' : 'a');
	print_words(text.s, text.len, &b);
	ok(b.s[0] == '~', "a closed form has as many");
	buf_addc(&text, 'a');
	print_words(text.s, text.len, &b);
	ok(b.s[0] == 'a', "a longer one is left out, its halves are not");
	buf_cut(&text, 0);
	for (i = 0; i < 300000; i++)
		buf_addc(&text, 'z');
	buf_adds(&text, "-kort lang-");
	for (i = 0; i < 300; i++)
		buf_addc(&text, 'z');
	print_words(text.s, text.len, &b);
	ok(strcmp(b.s, "? kort lang ?") == 0,
	    "a hyphen beside a word that is too long closes nothing");
}

/* ---- any text ---- */

static void
random_text(struct buf *b)
{
	static const char *const parts[] = { "a", "b", "s", "S", "E", "1", "23",
	    "niet", "begeleide", ".", ".", "-", "-", "&", "'", "\xE2\x80\x99",
	    " ", " ", "\n", "\xC2\xAD", "\xCC\x88", "\xC3\xAB", "\xC4\xB2",
	    "\xE2\x80\x8B", "\xF0\x9F\x98\x80", "\xD8\xB3", "\xEF\xAC\x81",
	    "\xE2\x92\x88", "\xCD\xBA", "\xC2\xBD", "/", "," };
	size_t n = (size_t)rand() % 30;

	buf_cut(b, 0);
	while (n-- > 0) {
		if (rand() % 8 == 0) {
			uint32_t c = (uint32_t)rand() % 0x3000 + 1;

			buf_add_utf8(b, c);
		} else
			buf_adds(b, parts[(size_t)rand() % NELEM(parts)]);
	}
}

static bool
is_boundary(const struct buf *b, size_t at)
{
	return at == b->len || ((unsigned char)b->s[at] & 0xC0) != 0x80;
}

/* What analyse.h says about the tokens of any text. */
static bool
tokens_hold(const struct buf *b)
{
	struct tokens tokens;
	struct token t, last = { 0 };
	size_t end = 0;
	bool good = true;

	tokens_init(&tokens, analyser, buf_str(b), b->len);
	while (tokens_next(&tokens, &t)) {
		good = good && t.begin < t.end && t.end <= b->len &&
		    is_boundary(b, t.begin) && is_boundary(b, t.end);
		/* An extra one begins where the next does, and ends further. */
		if (last.is_extra)
			good = good && !t.is_extra && t.begin == last.begin &&
			    t.end < last.end;
		good = good && t.begin >= end;
		if (!t.is_extra)
			end = t.end;
		if (t.word != WORD_NONE)
			good = good && t.word < word_count(analyser) &&
			    t.stem < word_count(analyser) &&
			    t.stem == word_stem(analyser, t.word);
		else
			good = good && t.stem == WORD_NONE && !t.is_extra;
		last = t;
	}
	return good && !last.is_extra;
}

/* A word, alone, is that word. */
static bool
words_hold(const struct buf *text, struct buf *b)
{
	struct tokens tokens;
	struct token t;
	bool good = true;

	tokens_init(&tokens, analyser, buf_str(text), text->len);
	while (tokens_next(&tokens, &t)) {
		if (t.is_extra || t.word == WORD_NONE)
			continue;
		print_words(text->s + t.begin, t.end - t.begin, b);
		good &= strcmp(buf_str(b),
		    word_string(analyser, t.word, NULL)) == 0;
	}
	return good;
}

static void
test_random(void)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	int placed = 1, alone = 1, round;

	srand(3);
	for (round = 0; round < 40000; round++) {
		random_text(&text);
		if (placed && !tokens_hold(&text)) {
			printf("# places of '%s'\n", buf_str(&text));
			placed = 0;
		}
		if (alone && !words_hold(&text, &b)) {
			printf("# words of '%s'\n", buf_str(&text));
			alone = 0;
		}
		if (round % 5000 == 0)
			analyser_forget(analyser);
	}
	ok(placed, "tokens ascend, on the boundaries of characters");
	ok(alone, "a word by itself is the word it was in the text");
}

/* ---- interning ---- */

static void
test_interning(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	word_id first, again, other;
	uint32_t i, wrong = 0;
	size_t len;

	analyser_forget(analyser);
	ok(word_count(analyser) == 0, "nothing is known after forgetting");
	first = word_intern(analyser, "asielen", 7);
	again = word_intern(analyser, "asielenx", 7);
	other = word_intern(analyser, "asiele", 6);
	ok(first == again && first != other, "equal strings have equal numbers");
	ok(strcmp(word_string(analyser, first, &len), "asielen") == 0 &&
	    len == 7, "a number has its string");
	ok(word_stem(analyser, first) == word_intern(analyser, "asiel", 5),
	    "a stem is a word");
	ok(word_stem(analyser, word_intern(analyser, "3.51", 4)) ==
	    word_intern(analyser, "3.51", 4),
	    "and the word itself where stemming changes nothing");
	ok(word_intern(analyser, "", 0) == word_intern(analyser, "", 0),
	    "the empty word is one");
	analyser_forget(analyser);
	for (i = 0; i < 100000; i++) {
		buf_cut(&b, 0);
		buf_addf(&b, "w%u", i);
		wrong += word_intern(analyser, b.s, b.len) != i;
	}
	for (i = 0; i < 100000; i++) {
		buf_cut(&b, 0);
		buf_addf(&b, "w%u", i);
		wrong += word_intern(analyser, b.s, b.len) != i ||
		    strcmp(word_string(analyser, i, NULL), b.s) != 0;
	}
	ok(wrong == 0, "100000 words keep their numbers while the tables grow");
}

/* The parts of a word, as "stem:bytes marked" with a space between two. */
static const char *
parts_of(const char *text)
{
	static struct buf out = BUF_INIT;
	struct tokens tokens;
	struct token t;
	struct word_parts parts;
	size_t i, begin, end;

	buf_cut(&out, 0);
	tokens_init(&tokens, analyser, text, strlen(text));
	if (!tokens_next(&tokens, &t) || t.word == WORD_NONE)
		return "";
	parts = word_parts(analyser, t.word);
	for (i = 0; i < parts.count; i++) {
		token_span(&t, text, parts.items[i].begin, parts.items[i].end,
		    &begin, &end);
		buf_addf(&out, "%s%s:%.*s", i > 0 ? " " : "",
		    word_string(analyser, parts.items[i].stem, NULL),
		    (int)(end - begin), text + begin);
	}
	return buf_str(&out);
}

static void
test_parts(void)
{
	ok(strcmp(parts_of("Verblijfsvergunningen"),
	    "verblijf:Verblijf vergun:vergunningen") == 0,
	    "parts are stems, without linking letters: %s",
	    parts_of("Verblijfsvergunningen"));
	ok(strcmp(parts_of("asi\xC3\xABlzoe\xC2\xADker"),
	    "asiel:asi\xC3\xABl zoeker:zoe\xC2\xADker") == 0,
	    "spans are those of the text, not of the folded word: %s",
	    parts_of("asi\xC3\xABlzoe\xC2\xADker"));
	ok(*parts_of("vergunning") == '\0', "a simple word has none");
	ok(*parts_of("2021") == '\0', "nor has a number");
}

static void
test_function_words(void)
{
	CLEAN(tsv_clear) struct tsv words = { 0 };
	struct error err = ERROR_INIT;
	size_t i, found = 0;

	ok(tsv_load("functiewoorden.tsv", 1, &words, &err) == 0,
	    "there are function words %s", err.msg);
	for (i = 0; i < words.nrow; i++) {
		const char *s = tsv_cell(&words, i, 0);

		found += word_is_function(analyser,
		    word_intern(analyser, s, strlen(s)));
	}
	ok(words.nrow > 0 && found == words.nrow,
	    "each row is found: they are in order, and folded");
	ok(!word_is_function(analyser, word_intern(analyser, "asiel", 5)),
	    "other words are none");
}

static void
test_fingerprint(void)
{
	struct analyser *other = NULL;
	struct error err = ERROR_INIT;
	uint64_t print = analyser_fingerprint(analyser);

	ok(analyser_open(&other, &err) == 0 &&
	    analyser_fingerprint(other) == print,
	    "two analysers have one fingerprint");
	analyser_free(&other);
	ok(other == NULL, "a freed analyser is gone");
	analyser_free(&other);
	setenv("NASLAG_DATA", "/nonexistent", 1);
	ok(analyser_open(&other, &err) == -1 && err.kind == ERROR_CONFIG &&
	    other == NULL, "without its tables there is none");
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (!ok(analyser_open(&analyser, &err) == 0, "it opens %s", err.msg))
		return tap_done();
	test_rules();
	test_offsets();
	test_slices();
	test_long_words();
	test_random();
	test_interning();
	test_parts();
	test_function_words();
	test_fingerprint();
	analyser_free(&analyser);
	return tap_done();
}
