/*
 * t-expand: what else a question may mean.  With the argument "-" a filter:
 * reads questions, a line each, and prints what is added.
 */
#include <config.h>

#include "dutch/expand.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cases.h"
#include "scratch.h"
#include "tap.h"

enum { MAX_WORDS = 64, MAX_EXPANSIONS = 100 };

static struct analyser *analyser;
static struct expander *expander;

static size_t
read_question(const char *text, struct expand_word *out)
{
	struct tokens tokens;
	struct token t;
	size_t n = 0;

	tokens_init(&tokens, analyser, text, strlen(text));
	while (n < MAX_WORDS && tokens_next(&tokens, &t))
		if (!t.is_extra)
			out[n++] = (struct expand_word){ text + t.begin,
			    t.end - t.begin, t.word, t.stem };
	return n;
}

static const struct expansion *
find(const struct expansion *e, size_t n, const char *text)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(e[i].text, text) == 0)
			return &e[i];
	return NULL;
}

static void
print_expansions(const struct expansion *e, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		printf("# %zu+%zu %s %s\n", e[i].first, e[i].count,
		    e[i].is_same ? "=" : "~", e[i].text);
}

/* A line: the question, what must be added, what must not ("*": anything). */
static void
test_line(char *line)
{
	struct expand_word words[MAX_WORDS];
	struct expansion e[MAX_EXPANSIONS];
	char *cells[3] = { line, NULL, NULL }, *item, *next;
	size_t i, n;
	bool good = true;

	for (i = 1; i < 3 && (next = strchr(cells[i - 1], '\t')) != NULL; i++) {
		*next = '\0';
		cells[i] = next + 1;
	}
	n = expander_find(expander, words, read_question(line, words), e,
	    MAX_EXPANSIONS);
	for (i = 1; i < 3 && cells[i] != NULL; i++)
		for (item = strtok(cells[i], ";"); item != NULL;
		    item = strtok(NULL, ";")) {
			bool found = strcmp(item, "*") == 0 ? n > 0 :
			    find(e, n, item) != NULL;

			if (found != (i == 1))
				printf("# %s: %s\n", i == 1 ? "missing" :
				    "unwanted", item);
			good &= found == (i == 1);
		}
	if (!ok(good, "%s", line))
		print_expansions(e, n);
}

static void
test_cases(const char *path)
{
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line;
	int n = 0;

	ok(c.f != NULL, "%s can be read", path);
	while ((line = cases_next(&c)) != NULL)
		if (n++ > 0)		/* names */
			test_line(line);
}

/* What holds for any question: words of the tables in any order. */
static void
test_any(void)
{
	static const char *const pool[] = {
		"amv", "veilig", "derde", "land", "van", "herkomst", "WI",
		"Syrische", "de", "niet", "gezin", "laten", "overkomen", "a",
		"m", "v", "Dublin", "verordening", "2000", "Congo", "safe",
		"third", "country", "r\xC3\xA9union", "vreemdelingen", "wet",
	};
	struct expand_word words[MAX_WORDS], all[MAX_WORDS];
	struct expansion e[MAX_EXPANSIONS], few[3];
	unsigned seed = 1, round, bad = 0, differ = 0;
	size_t i, n, nwords;

	for (round = 0; round < 300; round++) {
		CLEAN(buf_clear) struct buf q = BUF_INIT;

		for (i = 0; i < 12; i++, seed = seed * 1103515245 + 12345)
			buf_addf(&q, "%s ", pool[(seed >> 16) % NELEM(pool)]);
		nwords = read_question(buf_str(&q), words);
		n = expander_find(expander, words, nwords, e, MAX_EXPANSIONS);
		for (i = 0; i < n; i++)
			bad += e[i].count == 0 || e[i].text[0] == '\0' ||
			    e[i].first + e[i].count > nwords ||
			    read_question(e[i].text, all) == 0 || (i > 0 &&
			    e[i].first != e[i - 1].first &&
			    e[i].first < e[i - 1].first + e[i - 1].count);
		if (expander_find(expander, words, nwords, few, 3) !=
		    (n < 3 ? n : 3) || (n > 0 && few[0].text != e[0].text))
			differ++;
	}
	ok(bad == 0, "expansions come in order and lie within the question");
	ok(differ == 0, "a small array gets the first of them");
	ok(expander_find(expander, words, 0, e, MAX_EXPANSIONS) == 0,
	    "no words have none");
}

/* Does a question bring text, as another name for the same or as kin? */
static bool
brings(const char *question, const char *text, bool is_same)
{
	struct expand_word words[MAX_WORDS];
	struct expansion e[MAX_EXPANSIONS];
	size_t n = expander_find(expander, words,
	    read_question(question, words), e, MAX_EXPANSIONS);
	const struct expansion *found = find(e, n, text);

	return found != NULL && found->is_same == is_same;
}

static void
test_same(void)
{
	ok(brings("mvv", "machtiging tot voorlopig verblijf", true),
	    "an abbreviation is the same as what it stands for");
	ok(brings("refugee status", "vluchtelingenstatus", true),
	    "English the same as Dutch");
	ok(brings("foltering", "marteling", false),
	    "a synonym has a shade of its own");
	ok(brings("trouwen", "huwelijk", false),
	    "and so have words of daily life");
	ok(brings("Darfur", "Soedan", false),
	    "a country is more than its region");
	ok(brings("Syriers", "Syri\xC3\xAB", true) &&
	    brings("Syri\xC3\xAB", "Syri\xC3\xABr", false),
	    "the country is meant by its inhabitants, but not they by it");
}

/* Words that are several, given as one. */
static void
test_several(void)
{
	static const char amv[] = "AMV-beleid", dublin[] = "Dublin-verordening";
	const struct expand_word words[] = {
		{ "het", 3, word_intern(analyser, "het", 3),
		    word_intern(analyser, "het", 3) },
		{ amv, strlen(amv), WORD_NONE, WORD_NONE },
		{ dublin, strlen(dublin), WORD_NONE, WORD_NONE },
		{ "?", 1, WORD_NONE, WORD_NONE },
	};
	struct expansion e[MAX_EXPANSIONS];
	size_t n = expander_find(expander, words, NELEM(words), e,
	    MAX_EXPANSIONS);

	ok(find(e, n, "alleenstaande minderjarige vreemdeling") != NULL &&
	    e[0].first == 1 && e[0].count == 1,
	    "AMV-beleid as one word is also called what AMV is");
	ok(find(e, n, "Dublin III") != NULL && e[n - 1].first == 2 &&
	    e[n - 1].count == 1, "Dublin-verordening as one word is known");
}

/* Tables with a fault are refused, and the message says where it is. */
static void
test_tables(void)
{
	static const char *const tables[][2] = {
		{ "synoniemen.tsv", "term\tsynoniemen\tsoort\trichting\n" },
		{ "engels.tsv", "engels\tnederlands\n" },
		{ "landen.tsv", "iso2\tiso3\tnaam\n" },
		{ "landen-engels.tsv", "iso2\tnaam\twoorden\n" },
		{ "hoofdletters.tsv", "woord\thoofdletters\twaarom\n" },
	};
	static const struct {
		const char *file, *text, *part;
	} faults[] = {
		{ "synoniemen.tsv", "t\ts\tr\nfoo\tbar\tfabel\t2\n",
		    "'foo' has unknown soort 'fabel'" },
		{ "synoniemen.tsv", "t\ts\tr\nfoo\tbar\tsyn\t3\n",
		    "'foo' has unknown richting '3'" },
		{ "synoniemen.tsv", "t\ts\tr\nfoo\tbar\tsyn\n",
		    "'foo' has unknown richting ''" },
		{ "synoniemen.tsv", "t\ts\tr\nfoo\tbar\tsyn\t2\t\t\n",
		    "more than 5 columns" },
		{ "landen.tsv", "iso2\niso\tX\tX\n", "'iso'" },
		{ "landen-engels.tsv", "iso2\nx1\tX\n", "'x1'" },
		{ "hoofdletters.tsv", "w\nfoo\tgeen\n", "'geen'" },
	};
	CLEAN(expander_free) struct expander *own = NULL;
	struct error err = ERROR_INIT;
	size_t i, k;

	scratch_make();
	if (setenv("NASLAG_DATA", scratch, 1) == -1)
		abort();
	ok(expander_open(analyser, &own, &err) == -1 &&
	    err.kind == ERROR_CONFIG, "no tables: %s", err.msg);
	for (i = 0; i < NELEM(tables); i++)
		put_text(tables[i][0], tables[i][1]);
	ok(expander_open(analyser, &own, &err) == 0, "empty tables open");
	for (i = 0; i < NELEM(faults); i++) {
		expander_free(&own);
		put_text(faults[i].file, faults[i].text);
		ok(expander_open(analyser, &own, &err) == -1 &&
		    err.kind == ERROR_CONFIG &&
		    strstr(err.msg, faults[i].part) != NULL, "refused: %s",
		    err.msg);
		for (k = 0; k < NELEM(tables); k++)
			put_text(tables[k][0], tables[k][1]);
	}
	scratch_remove();
}

static int
filter(void)
{
	struct expand_word words[MAX_WORDS];
	struct expansion e[MAX_EXPANSIONS];
	char line[4096];

	while (fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		printf("%s\n", line);
		print_expansions(e, expander_find(expander, words,
		    read_question(line, words), e, MAX_EXPANSIONS));
	}
	return 0;
}

int
main(int argc, char **argv)
{
	CLEAN(str_free) char *path = cases_path("uitbreiden.tsv");
	struct error err = ERROR_INIT;
	int status;

	if (analyser_open(&analyser, &err) == -1 ||
	    expander_open(analyser, &expander, &err) == -1) {
		ok(0, "the tables open: %s", err.msg);
		return tap_done();
	}
	if (argc > 1 && strcmp(argv[1], "-") == 0) {
		status = filter();
	} else {
		test_cases(path);
		test_any();
		test_several();
		test_same();
		test_tables();
		status = tap_done();
	}
	expander_free(&expander);
	analyser_free(&analyser);
	return status;
}
