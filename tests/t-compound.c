/*
 * t-compound: Dutch compounds and the tables they are split with.  With the
 * argument "-" a filter: reads words, a line each, and prints word TAB parts,
 * with '|' between them.
 */
#include <config.h>

#include "dutch/compound.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "dutch/lexicon.h"

#include "cases.h"
#include "scratch.h"
#include "tap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* verblijf+s|vergunning, or the word itself. */
static void
print_split(const char *w, size_t n, const struct compound *c, struct buf *out)
{
	size_t i;

	for (i = 0; i < c->nparts; i++) {
		const struct compound_part *p = &c->parts[i];

		buf_add(out, w + p->begin, p->base - p->begin);
		if (p->end > p->base)
			buf_addc(out, '+');
		buf_add(out, w + p->base, p->end - p->base);
		if (i + 1 < c->nparts)
			buf_addc(out, '|');
	}
	if (c->nparts == 0)
		buf_add(out, w, n);
	for (i = 0; i < c->nlarger; i++) {
		const struct compound_part *p = &c->larger[i];

		buf_addc(out, ' ');
		buf_add(out, w + p->begin, p->base - p->begin);
	}
}

static void
split_of(const struct compounds *cs, const char *word, struct buf *out)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	struct compound c;

	utf8_fold(word, strlen(word), &folded);
	compounds_split(cs, buf_str(&folded), folded.len, &c);
	buf_cut(out, 0);
	print_split(buf_str(&folded), folded.len, &c, out);
}

static void
test_cases(const struct compounds *cs, const char *path)
{
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line, *cells[2];
	int n = 0;

	ok(c.f != NULL, "%s can be read", path);
	while ((line = cases_next(&c)) != NULL) {
		if (n++ == 0)		/* names */
			continue;
		cases_cut(line, cells, 2);
		split_of(cs, cells[0], &got);
		if (!ok(strcmp(buf_str(&got), cells[1]) == 0, "%s is %s",
		    cells[0], cells[1]))
			printf("# not %s\n", buf_str(&got));
	}
}

/* Whether the parts cover the word from left to right, none of them empty. */
static bool
is_sound(const struct compound *c, size_t n)
{
	size_t at = 0, i;

	if (c->nparts == 0)
		return c->nlarger == 0;
	for (i = 0; i < c->nparts; i++) {
		const struct compound_part *p = &c->parts[i];

		if (p->begin != at || p->base <= p->begin || p->end < p->base)
			return false;
		at = p->end;
	}
	for (i = 0; i < c->nlarger; i++) {
		const struct compound_part *p = &c->larger[i];

		if (p->base <= p->begin || p->end < p->base || p->end > n ||
		    (p->begin == 0 && p->end == n))
			return false;
	}
	return at == n && c->nparts >= 2 && c->nparts <= COMPOUND_MAX_PARTS &&
	    c->nlarger <= COMPOUND_MAX_PARTS;
}

/* Words of any bytes, and words made of parts without end. */
static void
test_edges(const struct compounds *cs)
{
	static const char pieces[] = "arbeidsmarktrechtsvergunningenwet";
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct compound c;
	bool is_good = true;
	unsigned seed = 1;
	size_t i, n;

	for (i = 0; i < 200000 && is_good; i++) {
		buf_cut(&b, 0);
		for (n = i % 70; b.len < n;) {
			seed = seed * 1103515245 + 12345;
			buf_addc(&b, i % 3 == 0 ? (char)(seed >> 16) :
			    pieces[(b.len + (seed >> 28 == 0)) %
			    (sizeof pieces - 1)]);
		}
		compounds_split(cs, buf_str(&b), b.len, &c);
		is_good = is_sound(&c, b.len);
	}
	ok(is_good, "the parts of any word cover it");
	buf_cut(&b, 0);
	for (i = 0; i < 13; i++)
		buf_adds(&b, "markt");
	compounds_split(cs, buf_str(&b), 60, &c);
	ok(is_sound(&c, 60), "no word has more than %d parts",
	    COMPOUND_MAX_PARTS);
	compounds_split(cs, buf_str(&b), 65, &c);
	ok(c.nparts == 0, "words over 64 bytes are not split");
	compounds_split(cs, "", 0, &c);
	ok(c.nparts == 0, "nor is the empty one");
}

static void
test_order(const char *name)
{
	CLEAN(lexicon_free) struct lexicon *l = NULL;
	struct error err = ERROR_INIT;

	if (ok(lexicon_open(name, &l, &err) == 0, "%s opens %s", name, err.msg))
		ok(lexicon_disorder(l) == 0,
		    "%s is sorted by the bytes of its forms", name);
}

static bool
splits_to(const struct compounds *cs, const char *word, const char *split)
{
	CLEAN(buf_clear) struct buf got = BUF_INIT;

	split_of(cs, word, &got);
	return strcmp(buf_str(&got), split) == 0;
}

/* What rows mean, with a small table. */
static void
test_rows(const struct compounds *own)
{
	ok(splits_to(own, "foobbars", "foobbars"), "a right part must be one");
	ok(splits_to(own, "foobbar", "foob|bar"), "two parts are a compound");
	ok(splits_to(own, "foobsbar", "foob+s|bar"), "letters link them");
	ok(splits_to(own, "foobfoob", "foobfoob"), "a left part ends no word");
	ok(splits_to(own, "foobfoobbar", "foob|foob|bar foobbar"),
	    "a compound within the compound is found");
	ok(splits_to(own, "weakpoor", "weakpoor"),
	    "parts must be worth their cuts");
	ok(splits_to(own, "foobgem", "foobgem"), "'.' is no compound");
	ok(splits_to(own, "handfoob", "hand|foob"), "an exception is split");
	ok(splits_to(own, "handfoobs", "hand|foobs"), "its plural too");
	ok(splits_to(own, "barfoobbar", "barfoobbar"), "another never is");
	ok(splits_to(own, "foobbarfoobbaren", "foob|barfoobbaren") ||
	    splits_to(own, "foobbarfoobbar", "foob|barfoobbar"),
	    "that is one part of longer words");
}

static void
test_tables(const struct compounds *cs)
{
	static const char *const files[] = {
		"samenstellingen.tsv", "samenstellingen-uitzonderingen.tsv",
	};
	CLEAN(compounds_free) struct compounds *own = NULL;
	struct error err = ERROR_INIT;

	scratch_make();
	if (setenv("NASLAG_DATA", scratch, 1) == -1)
		abort();
	ok(compounds_open(&own, &err) == -1 && err.kind == ERROR_CONFIG,
	    "without tables it does not open: %s", err.msg);
	put_text(files[1], "# remark\nwoord\tsplitsing\n"
	    "barfoobbar\tbarfoobbar\nhandfoob\thand|foob\n");
	put_text(files[0], "");
	ok(compounds_open(&own, &err) == -1 && err.kind == ERROR_CONFIG,
	    "an empty table is refused: %s", err.msg);
	put_text(files[0], "vorm\twaarde\nbar");
	ok(compounds_open(&own, &err) == -1 && err.kind == ERROR_CONFIG,
	    "a table that is cut off is refused: %s", err.msg);
	put_text(files[0], "vorm\twaarde\nbar\t-z\nfoob\tz-\n"
	    "foobbar\t=\nfoobgem\t.\nfoobs\tz-1\ngem\tzz\npoor\t-0\n"
	    "weak\t0-\n");
	if (ok(compounds_open(&own, &err) == 0, "a small table opens %s",
	    err.msg)) {
		test_rows(own);
		ok(compounds_fingerprint(own) != compounds_fingerprint(cs),
		    "other tables have another fingerprint");
	}
	scratch_remove();
}

static int
filter(const struct compounds *cs)
{
	CLEAN(buf_clear) struct buf split = BUF_INIT;
	char word[1024];

	while (fgets(word, sizeof word, stdin) != NULL) {
		word[strcspn(word, "\n")] = '\0';
		split_of(cs, word, &split);
		printf("%s\t%s\n", word, buf_str(&split));
	}
	return 0;
}

int
main(int argc, char **argv)
{
	CLEAN(compounds_free) struct compounds *cs = NULL;
	CLEAN(compounds_free) struct compounds *again = NULL;
	CLEAN(str_free) char *path = cases_path("compounds.tsv");
	struct error err = ERROR_INIT;

	if (compounds_open(&cs, &err) == -1) {
		fprintf(stderr, "%s\n", err.msg);
		ok(0, "the tables open");
		return tap_done();
	}
	if (argc > 1 && strcmp(argv[1], "-") == 0)
		return filter(cs);
	test_cases(cs, path);
	test_edges(cs);
	ok(compounds_open(&again, &err) == 0 &&
	    compounds_fingerprint(again) == compounds_fingerprint(cs),
	    "the same tables have the same fingerprint");
	test_order("samenstellingen.tsv");
	test_order("samenstellingen-uitzonderingen.tsv");
	test_tables(cs);
	return tap_done();
}
