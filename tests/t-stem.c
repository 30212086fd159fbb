/*
 * t-stem: the Dutch stemmer and its tables.  With the argument "-" a filter:
 * reads folded words, a line each, and prints word TAB stem.
 */
#include <config.h>

#include "dutch/stem.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "dutch/forms.h"

#include "cases.h"
#include "scratch.h"
#include "tap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
stem_of(struct stemmer *s, const char *word, struct buf *out)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	const char *stem;
	size_t n;

	utf8_fold(word, strlen(word), &folded);
	n = stemmer_stem(s, buf_str(&folded), folded.len, &stem);
	buf_cut(out, 0);
	buf_add(out, stem, n);
}

static bool
same(struct stemmer *s, const char *a, const char *b)
{
	CLEAN(buf_clear) struct buf x = BUF_INIT;
	CLEAN(buf_clear) struct buf y = BUF_INIT;

	stem_of(s, a, &x);
	stem_of(s, b, &y);
	return strcmp(buf_str(&x), buf_str(&y)) == 0;
}

/* One line of words.tsv: the word, those that are it, those that are not. */
static void
test_line(struct stemmer *s, char *line)
{
	char *cells[3], *word;
	int i;

	cases_cut(line, cells, 3);
	for (i = 1; i < 3; i++)
		for (word = strtok(cells[i], " "); word != NULL;
		    word = strtok(NULL, " "))
			ok(same(s, line, word) == (i == 1), "%s %s %s", word,
			    i == 1 ? "is a form of" : "is not", line);
}

static void
test_words(struct stemmer *s, const char *path)
{
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line;
	int n = 0;

	ok(c.f != NULL, "%s can be read", path);
	while ((line = cases_next(&c)) != NULL)
		if (n++ > 0)		/* names */
			test_line(s, line);
}

static void
test_edges(struct stemmer *s)
{
	static const char *const themselves[] = {
		"", "1", "2000", "3.51", "-", "a", "nl", "mvv", "'s", "ij",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaeren",
	};
	CLEAN(buf_clear) struct buf long_word = BUF_INIT;
	const char *stem;
	size_t i, n;

	for (i = 0; i < NELEM(themselves); i++) {
		n = stemmer_stem(s, themselves[i], strlen(themselves[i]),
		    &stem);
		ok(n == strlen(themselves[i]) &&
		    memcmp(stem, themselves[i], n) == 0,
		    "'%s' is its own stem", themselves[i]);
	}
	for (i = 0; i < 64; i++) {
		buf_cut(&long_word, 0);
		for (n = 0; n < 64 - i; n++)
			buf_addc(&long_word, "vooraf"[n % 6]);
		for (; n < 64; n++)
			buf_addc(&long_word, "kinderen"[n % 8]);
		n = stemmer_stem(s, long_word.s, long_word.len, &stem);
		if (n == 0 || n > 64)
			break;
	}
	ok(i == 64, "words of 64 bytes have stems of at most so many");
}

static void
test_reentrant(struct stemmer *s)
{
	CLEAN(stemmer_free) struct stemmer *other = NULL;
	struct error err = ERROR_INIT;
	const char *a, *b;

	if (!ok(stemmer_open(&other, &err) == 0, "a second one opens"))
		return;
	stemmer_stem(s, "kinderen", 8, &a);
	stemmer_stem(other, "bedrijven", 9, &b);
	ok(memcmp(a, "kind", 4) == 0 && memcmp(b, "bedrijf", 7) == 0,
	    "two stemmers do not disturb each other");
	ok(stemmer_fingerprint(s) == stemmer_fingerprint(other),
	    "the same tables have the same fingerprint");
}

/* Tables of our own: what a row means, and tables that are no tables. */
static void
test_tables(struct stemmer *s)
{
	static const char names[] = "vorm\tgrondvorm\tachter\n";
	static const char *const files[] = {
		"voorvoegsels.tsv", "stammen.tsv", "woordvormen.tsv",
	};
	CLEAN(stemmer_free) struct stemmer *own = NULL;
	struct error err = ERROR_INIT;

	scratch_make();
	if (setenv("NASLAG_DATA", scratch, 1) == -1)
		abort();
	ok(stemmer_open(&own, &err) == -1 && err.kind == ERROR_CONFIG,
	    "without tables it does not open: %s", err.msg);
	put_text(files[0], "voorvoegsel\naf\n");
	put_text(files[1], names);
	put_text(files[2], "vorm");
	ok(stemmer_open(&own, &err) == -1 && err.kind == ERROR_CONFIG,
	    "a table that is cut off is refused: %s", err.msg);
	put_text(files[2], "# remark\n"
	    "vorm\tgrondvorm\tachter\n"
	    "foob\tbarren\tv\nfood\t=bar\ts\nfoof\tfoor\tV\nfoog\n");
	if (ok(stemmer_open(&own, &err) == 0, "a small table opens %s",
	    err.msg)) {
		ok(same(own, "foob", "barren"), "a row gives a word");
		ok(same(own, "affoob", "afbarren"), "v: behind a prefix");
		ok(!same(own, "omfoob", "ombarren"), "v: not behind others");
		ok(same(own, "xafood", "xabar"), "s: behind any word");
		ok(!same(own, "xfood", "xbar"), "s: not behind one letter");
		ok(same(own, "affoof", "affoor"), "V: behind a prefix");
		ok(!same(own, "foof", "foor"), "V: never alone");
		ok(stemmer_fingerprint(own) != stemmer_fingerprint(s),
		    "other tables have another fingerprint");
	}
	scratch_remove();
}

static void
test_order(const char *name)
{
	CLEAN(forms_free) struct forms *f = NULL;
	struct error err = ERROR_INIT;

	if (ok(forms_open(name, &f, &err) == 0, "%s opens %s", name, err.msg))
		ok(forms_disorder(f) == 0,
		    "%s is sorted by the ends of its forms", name);
}

static int
filter(struct stemmer *s)
{
	CLEAN(buf_clear) struct buf stem = BUF_INIT;
	char word[1024];

	while (fgets(word, sizeof word, stdin) != NULL) {
		word[strcspn(word, "\n")] = '\0';
		stem_of(s, word, &stem);
		printf("%s\t%s\n", word, buf_str(&stem));
	}
	return 0;
}

int
main(int argc, char **argv)
{
	CLEAN(stemmer_free) struct stemmer *s = NULL;
	CLEAN(str_free) char *path = cases_path("words.tsv");
	struct error err = ERROR_INIT;

	if (stemmer_open(&s, &err) == -1) {
		fprintf(stderr, "%s\n", err.msg);
		ok(0, "the stemmer opens");
		return tap_done();
	}
	if (argc > 1 && strcmp(argv[1], "-") == 0)
		return filter(s);
	test_words(s, path);
	test_edges(s);
	test_reentrant(s);
	test_order("stammen.tsv");
	test_order("woordvormen.tsv");
	test_tables(s);
	return tap_done();
}
