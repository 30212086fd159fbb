/*
 * Snippets: what is marked, where they are cut, and that both fit the text.
 */
#include <config.h>

#include "model/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "tap.h"

#define DOTS "\xE2\x80\xA6"

static struct analyser *analyser;

/* ---- asking for words ---- */

static word_id
folded(const char *word)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	utf8_fold(word, strlen(word), &b);
	return word_intern(analyser, buf_str(&b), b.len);
}

static void
want_stem(struct highlight *h, const char *word)
{
	highlight_add_stem(h, word_stem(analyser, folded(word)));
}

static void
passage_free(struct passage *p)
{
	free(p->text);
	free(p->marks);
	*p = (struct passage){ 0 };
}

/* The text with brackets around what is marked. */
static void
print_marked(const struct passage *p, struct buf *out)
{
	const char *s = p->text;
	uint32_t at = 0;
	size_t m = 0, len;
	uint32_t c;

	for (;; at++, s += len) {
		if (m < p->nmarks && at == p->marks[m].end) {
			buf_addc(out, ']');
			m++;
		}
		if (m < p->nmarks && at == p->marks[m].begin)
			buf_addc(out, '[');
		if (*s == '\0')
			return;
		len = utf8_decode(s, strlen(s), &c);
		buf_add(out, s, len);
	}
}

struct spot {
	uint32_t begin, end;	/* positions */
	bool is_begin, is_end;
};

static void
snip(const char *text, size_t len, const struct highlight *h, struct spot at,
    struct passage *out)
{
	/* Just as long as the text, so that reading behind it shows. */
	char *exact = xmalloc(len);
	struct stretch stretch = { at.begin, at.end, 1 };

	if (len > 0)
		memcpy(exact, text, len);
	snippet_make(analyser, exact, len, 1, &stretch, h, at.is_begin,
	    at.is_end, out);
	free(exact);
}

static int
shows(const char *text, const struct highlight *h, struct spot at,
    const char *want)
{
	CLEAN(passage_free) struct passage p = { 0 };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	int good;

	snip(text, strlen(text), h, at, &p);
	print_marked(&p, &b);
	if (!(good = strcmp(buf_str(&b), want) == 0))
		printf("# '%s'\n", buf_str(&b));
	return good;
}

/* ---- marks ---- */

static void
test_marks(void)
{
	static const struct spot all = { 1, 1, true, true };
	CLEAN(highlight_clear) struct highlight h = { 0 };
	CLEAN(highlight_clear) struct highlight closed = { 0 };
	CLEAN(highlight_clear) struct highlight half = { 0 };
	CLEAN(highlight_clear) struct highlight none = { 0 };

	want_stem(&h, "asiel");
	want_stem(&h, "asielen");
	highlight_add_word(&h, folded("Iran"));
	highlight_add_prefix(&h, "vreem", 5);
	ok(h.nstems == 1 && h.nwords == 1 && h.nprefixes == 1,
	    "one stem is asked for once");
	ok(shows("Het asiel, de asielen.", &h, all,
	    "Het [asiel], de [asielen]."), "a stem marks its forms");
	ok(shows("Iran, Iraans", &h, all, "[Iran], Iraans"),
	    "a literal word marks itself");
	ok(shows("Vr\xC3\xA9\xC3\xA9mdeling vreemd ontvreemden", &h, all,
	    "[Vr\xC3\xA9\xC3\xA9mdeling] [vreemd] ontvreemden"),
	    "a beginning marks what begins so");
	ok(shows("\xE2\x82\xAC\xC3\xAB\xF0\x9F\x98\x80 asiel \xC3\xAB", &h, all,
	    "\xE2\x82\xAC\xC3\xAB\xF0\x9F\x98\x80 [asiel] \xC3\xAB"),
	    "marks count characters, not bytes");
	ok(shows("a\xC2\xADsiel a\xCC\x81siel", &h, all,
	    "[a\xC2\xADsiel] [a\xCC\x81siel]"),
	    "soft hyphens and combining marks are within them");
	want_stem(&closed, "nietbegeleide");
	want_stem(&half, "begeleide");
	ok(shows("de niet-begeleide.", &closed, all, "de [niet-begeleide]."),
	    "the closed form marks both halves");
	ok(shows("de niet-begeleide.", &half, all, "de niet-[begeleide]."),
	    "a half marks itself");
	want_stem(&half, "nietbegeleide");
	want_stem(&half, "niet");
	ok(shows("de niet-begeleide.", &half, all, "de [niet-begeleide]."),
	    "both mark once");
	ok(shows("geen woord", &none, all, "geen woord"),
	    "nothing is marked when nothing was asked for");
}

/* ---- cutting ---- */

static void
repeat(struct buf *b, const char *s, int times)
{
	while (times-- > 0)
		buf_adds(b, s);
}

static void
test_cuts(void)
{
	CLEAN(highlight_clear) struct highlight h = { 0 };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(passage_free) struct passage p = { 0 };

	want_stem(&h, "asiel");
	ok(shows("Een asiel.", &h, (struct spot){ 2, 2, false, false },
	    DOTS " Een [asiel]. " DOTS),
	    "dots say that the document goes on, on both sides");
	ok(shows("Een asiel.\n", &h, (struct spot){ 2, 2, true, true },
	    "Een [asiel]."), "none do where it begins and ends");
	ok(shows("  een\t\t asiel \n\n zoeker ", &h,
	    (struct spot){ 2, 2, true, true }, "een [asiel] zoeker"),
	    "white space is one space, and none at the ends");
	ok(shows("", &h, (struct spot){ 1, 1, true, true }, ""),
	    "no text gives an empty snippet");
	ok(shows("een twee", &h, (struct spot){ 9, 9, true, true }, "een twee"),
	    "a stretch that is not there shows the beginning");
	ok(shows("...", &h, (struct spot){ 1, 1, true, true }, "..."),
	    "a text without words is itself");
	repeat(&b, "woord ", 100);
	buf_adds(&b, "slot. Een zin met asiel erin.");
	repeat(&b, " woord", 100);
	snip(b.s, b.len, &h, (struct spot){ 105, 105, true, true }, &p);
	ok(strncmp(p.text, DOTS " Een zin met asiel", 21) == 0,
	    "a snippet begins at a sentence if one is near");
	ok(utf8_count(p.text, strlen(p.text)) <= SNIPPET_CHARS + 4,
	    "it has about %d characters", SNIPPET_CHARS);
	ok(p.nmarks == 1 && p.marks[0].begin == 14 && p.marks[0].end == 19,
	    "the dots count in the place of a mark");
	passage_free(&p);
	buf_cut(&b, 0);
	repeat(&b, "asiel ", 38);
	buf_adds(&b, "eind. Nog");
	repeat(&b, " woord", 100);
	snip(b.s, b.len, &h, (struct spot){ 1, 1, true, true }, &p);
	ok(strcmp(p.text + strlen(p.text) - 9, "eind. " DOTS) == 0,
	    "it ends at a sentence if one ends in the last third");
	passage_free(&p);
	buf_cut(&b, 0);
	repeat(&b, "\xC3\xAB\xE2\x82\xAC", 200);
	buf_adds(&b, " asiel ");
	repeat(&b, "\xE2\x82\xAC\xC3\xAB", 200);
	snip(b.s, b.len, &h, (struct spot){ 202, 202, true, true }, &p);
	ok(utf8_valid(p.text, strlen(p.text)) && strstr(p.text, "asiel"),
	    "a cut never parts a character");
}

/* ---- any text ---- */

static void
random_text(struct buf *b)
{
	static const char *const parts[] = { "asiel", "asielen", "Iran",
	    "vreemdeling", "niet-begeleide", "a.m.v.", "foto's", "Syri\xC3\xAB",
	    "\xF0\x9F\x98\x80", "\xE2\x82\xAC", "3.51", "de", "een", "of", "en",
	    ("lang\xC2\xAD" "woord"), "(", "-", "\xD8\xB3\xD9\x88" };
	static const char *const between[] = { " ", " ", " ", " ", "\n", ". ",
	    "  ", "-", "", ", " };
	int n = rand() % 250;

	buf_cut(b, 0);
	while (n-- > 0) {
		buf_adds(b, parts[(size_t)rand() % NELEM(parts)]);
		buf_adds(b, between[(size_t)rand() % NELEM(between)]);
	}
}

/* The code point at which each byte of a text stands. */
static uint32_t
chars_before(const char *s, size_t at)
{
	return (uint32_t)utf8_count(s, at);
}

/* Does a token, or a chain of them that touch, lie just under the mark? */
static bool
is_token(const char *s, const struct mark *m, const struct highlight *h)
{
	struct tokens tokens;
	struct token t;
	bool begins = false, ends = false;
	size_t from, to;

	tokens_init(&tokens, analyser, s, strlen(s));
	while (tokens_next(&tokens, &t)) {
		if (!highlight_find(h, analyser, s, &t, &from, &to))
			continue;
		begins |= chars_before(s, from) == m->begin;
		ends |= chars_before(s, to) == m->end;
	}
	return begins && ends;
}

/*
 * Every token that was asked for begins under a mark.  In a chain of hyphens
 * one may end further: a-b is marked, b-c not again.
 */
static bool
all_marked(const struct passage *p, const struct highlight *h)
{
	struct tokens tokens;
	struct token t;
	size_t i, from, to;

	tokens_init(&tokens, analyser, p->text, strlen(p->text));
	while (tokens_next(&tokens, &t)) {
		if (!highlight_find(h, analyser, p->text, &t, &from, &to))
			continue;
		for (i = 0; i < p->nmarks; i++)
			if (chars_before(p->text, from) >= p->marks[i].begin &&
			    chars_before(p->text, from) < p->marks[i].end)
				break;
		if (i == p->nmarks)
			return false;
	}
	return true;
}

static bool
snippet_holds(const struct passage *p, const struct highlight *h)
{
	uint32_t n = (uint32_t)utf8_count(p->text, strlen(p->text));
	size_t i;

	if (!utf8_valid(p->text, strlen(p->text)) || strpbrk(p->text, "\n\t"))
		return false;
	for (i = 0; i < p->nmarks; i++)
		if (p->marks[i].begin >= p->marks[i].end ||
		    p->marks[i].end > n ||
		    (i > 0 && p->marks[i].begin < p->marks[i - 1].end) ||
		    !is_token(p->text, &p->marks[i], h))
			return false;
	return all_marked(p, h);
}

static void
test_random(void)
{
	CLEAN(highlight_clear) struct highlight h = { 0 };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	int good = 1, round;

	want_stem(&h, "asiel");
	want_stem(&h, "nietbegeleide");
	want_stem(&h, "foto");
	highlight_add_word(&h, folded("Syri\xC3\xAB"));
	highlight_add_word(&h, folded("amv"));
	highlight_add_prefix(&h, "vreem", 5);
	highlight_add_prefix(&h, "lang", 4);
	srand(11);
	for (round = 0; round < 10000 && good; round++) {
		CLEAN(passage_free) struct passage p = { 0 };
		uint32_t begin = (uint32_t)rand() % 260;

		random_text(&b);
		snip(buf_str(&b), b.len, &h, (struct spot){ begin,
		    begin + (uint32_t)rand() % PASSAGE_WORDS, rand() % 2,
		    rand() % 2 }, &p);
		/* 36 words of at most 14 characters, each with two between. */
		if (!snippet_holds(&p, &h) || utf8_count(p.text,
		    strlen(p.text)) > SNIPPET_CHARS + PASSAGE_WORDS * 16) {
			printf("# '%s' gave '%s'\n", buf_str(&b), p.text);
			good = 0;
		}
	}
	ok(good, "every mark lies on a token that was asked for, and every one "
	    "of those is marked");
}

/*
 * A chunk by itself gives the same words as it does within the text, so that
 * a stretch is found wherever the text was cut.
 */
static void
test_chunk(void)
{
	CLEAN(highlight_clear) struct highlight h = { 0 };
	static const char first[] = "Een a.m.v. zoekt\n", second[] = "in Iran "
	    "asiel aan.\n";
	CLEAN(passage_free) struct passage whole = { 0 };
	CLEAN(passage_free) struct passage part = { 0 };
	struct stretch at = { 1, 6, 1 };
	CLEAN(str_free) char *both = xasprintf("%s%s", first, second);

	want_stem(&h, "asiel");
	snippet_make(analyser, both, strlen(both), 1, &at, &h, true, true,
	    &whole);
	snippet_make(analyser, second, sizeof second - 1, 4, &at, &h, false,
	    true, &part);
	ok(whole.nmarks == 1 && part.nmarks == 1 &&
	    strcmp(part.text, DOTS " in Iran asiel aan.") == 0,
	    "a chunk alone shows what stands in it");
	ok(strcmp(whole.text, "Een a.m.v. zoekt in Iran asiel aan.") == 0,
	    "together they are one line");
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (!ok(analyser_open(&analyser, &err) == 0, "it opens %s", err.msg))
		return tap_done();
	test_marks();
	test_cuts();
	test_random();
	test_chunk();
	analyser_free(&analyser);
	return tap_done();
}
