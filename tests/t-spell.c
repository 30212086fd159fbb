/*
 * t-spell: correcting misspelt words.  The vocabulary is what was meant in
 * spelling.tsv among 30,000 other words of Dutch, those of woordvormen.tsv.
 */
#include <config.h>

#include "dutch/spell.h"

#include "base/tsv.h"
#include "base/utf8.h"
#include "dutch/spelldist.h"

#include "cases.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

/* ---- a vocabulary of our own ---- */

struct entry {
	char *word;
	uint32_t freq;
};

struct lexicon {
	struct entry *items;
	size_t count, cap;
	struct spell_words words;
	uint32_t *offsets, *freqs, *shapes;
	struct buf strings;
};

static void
add(struct lexicon *l, const char *word, uint32_t freq)
{
	GROW(l->items, l->count, l->cap);
	l->items[l->count++] = (struct entry){ xstrdup(word), freq };
}

static int
compare(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;
	int c = strcmp(a->word, b->word);

	return c != 0 ? c : (a->freq < b->freq) - (a->freq > b->freq);
}

static void
finish(struct lexicon *l)
{
	struct spell_words *w = &l->words;
	size_t i;

	if (l->count > 0)
		qsort(l->items, l->count, sizeof *l->items, compare);
	l->offsets = xcalloc(l->count, sizeof *l->offsets);
	l->freqs = xcalloc(l->count, sizeof *l->freqs);
	l->shapes = xcalloc(l->count, sizeof *l->shapes);
	for (i = 0; i < l->count; i++) {
		const char *s = l->items[i].word;

		if (i > 0 && strcmp(s, l->items[i - 1].word) == 0)
			continue;
		l->offsets[w->count] = (uint32_t)l->strings.len;
		l->freqs[w->count] = l->items[i].freq;
		l->shapes[w->count++] = spell_shape(s, strlen(s));
		buf_add(&l->strings, s, strlen(s) + 1);
	}
	w->strings = l->strings.s;
	w->string_bytes = l->strings.len;
	w->offsets = l->offsets;
	w->freqs = l->freqs;
	w->shapes = l->shapes;
}

static void
lexicon_clear(struct lexicon *l)
{
	size_t i;

	for (i = 0; i < l->count; i++)
		free(l->items[i].word);
	free(l->items);
	free(l->offsets);
	free(l->freqs);
	free(l->shapes);
	buf_clear(&l->strings);
}

/* ---- asking ---- */

/* What a question becomes: fixed words begin with '=', those apart with '|'. */
static void
correct(const struct lexicon *l, const struct spell_judge *judge,
    const char *question, struct buf *out)
{
	CLEAN(str_free) char *copy = xstrdup(question);
	struct spell_word words[32];
	struct spell_change changes[32];
	size_t n = 0, nchanges, i, k = 0;
	char *s;

	for (s = strtok(copy, " "); s != NULL; s = strtok(NULL, " ")) {
		bool is_fixed = *s == '=', is_apart = *s == '|';

		s += is_fixed || is_apart;
		words[n++] = (struct spell_word){
			s, strlen(s), is_fixed, is_apart
		};
	}
	nchanges = spell_question(&l->words, judge, words, n, changes, 32);
	buf_cut(out, 0);
	buf_adds(out, "");
	for (i = 0; i < n; i++) {
		buf_adds(out, i > 0 ? " " : "");
		if (k < nchanges && changes[k].first == i) {
			buf_adds(out, changes[k].text);
			i += changes[k++].count - 1;
		} else
			buf_adds(out, words[i].word);
	}
}

static void
gives(const struct lexicon *l, const struct spell_judge *judge,
    const char *question, const char *expected)
{
	CLEAN(buf_clear) struct buf got = BUF_INIT;

	correct(l, judge, question, &got);
	ok(strcmp(got.s, expected) == 0, "%s: %s%s%s%s", question, expected,
	    strcmp(got.s, expected) == 0 ? "" : " (got ", strcmp(got.s,
	    expected) == 0 ? "" : got.s, strcmp(got.s, expected) == 0 ? "" :
	    ")");
}

/* ---- distances ---- */

static void
test_distances(void)
{
	static const struct {
		const char *a, *b;
		unsigned most;
	} cases[] = {
		{ "vergunning", "vergunning", 0 },
		{ "besneidenis", "besnijdenis", 5 },
		{ "vrouw", "vrauw", 5 },
		{ "paspoord", "paspoort", 5 },
		{ "nationalizatie", "nationalisatie", 5 },
		{ "lichaam", "ligaam", 5 },
		{ "verguning", "vergunning", 5 },
		{ "vergunnning", "vergunning", 5 },
		{ "vergunnign", "vergunning", 6 },
		{ "verblijfvergunning", "verblijfsvergunning", 6 },
		{ "syrei", "syrie", 6 },
		{ "ethiopie", "etiopie", 5 },
		{ "eksamen", "examen", 5 },
		{ "politsie", "politie", 10 },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		const char *a = cases[i].a, *b = cases[i].b;
		unsigned there = spell_distance(a, strlen(a), b, strlen(b), 30);
		unsigned back = spell_distance(b, strlen(b), a, strlen(a), 30);

		ok(there <= cases[i].most && back <= cases[i].most,
		    "%s and %s are within %u tenths of an edit (%u, %u)", a, b,
		    cases[i].most, there, back);
	}
	ok(spell_distance("asiel", 5, "arbeid", 6, 20) == 21,
	    "what is beyond the limit is limit + 1");
	ok(spell_distance("vergunning", 10, "verguning", 9, 30) <
	    spell_distance("vergunning", 10, "vergunping", 10, 30),
	    "a doubled letter is nearer than another letter");
	ok(spell_distance("asiel", 5, "osiel", 5, 30) >
	    spell_distance("asiel", 5, "asoel", 5, 30),
	    "the first letter weighs more");
}

/* The distance as the textbook has it. */
static unsigned
plain_edits(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned d[32][32];
	size_t i, j;

	for (i = 0; i <= na; i++)
		for (j = 0; j <= nb; j++) {
			unsigned best = i == 0 ? (unsigned)j : d[i - 1][j] + 1;

			if (j == 0) {
				d[i][j] = (unsigned)i;
				continue;
			}
			if (d[i][j - (j > 0)] + 1 < best && j > 0)
				best = d[i][j - 1] + 1;
			if (i > 0 && d[i - 1][j - 1] + (a[i - 1] != b[j - 1]) <
			    best)
				best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	return d[na][nb];
}

static size_t
random_word(uint32_t *seed, char *out)
{
	size_t n, i;

	*seed = *seed * 1664525 + 1013904223;
	n = 4 + (*seed >> 20) % 8;
	for (i = 0; i < n; i++) {
		*seed = *seed * 1664525 + 1013904223;
		out[i] = "aeinst"[(*seed >> 20) % 6];
	}
	return n;
}

static void
test_edits(void)
{
	uint32_t seed = 1;
	unsigned wrong = 0, limit;
	int i;

	for (i = 0; i < 20000; i++) {
		char a[16], b[16];
		size_t na = random_word(&seed, a), nb = random_word(&seed, b);
		unsigned edits = plain_edits(a, na, b, nb), got;
		struct spelldist d;

		spelldist_init(&d, a, na);
		for (limit = 1; limit <= 12; limit++) {
			got = spelldist_edits(&d, b, nb, limit);
			wrong += edits <= limit ? got != edits : got <= limit;
		}
	}
	ok(wrong == 0, "edits are counted as the textbook counts them (%u not)",
	    wrong);
}

/* ---- judged misspellings ---- */

static size_t
percent(size_t part, size_t whole)
{
	return whole > 0 ? part * 100 / whole : 0;
}

static int
read_rows(const char *path, struct tsv *out)
{
	CLEAN(str_free) char *name = xasprintf("%s", path);
	char *slash = strrchr(name, '/');
	struct error err = ERROR_INIT;
	char *data = getenv("NASLAG_DATA");
	CLEAN(str_free) char *old = xstrdup(data != NULL ? data : "");
	int rc;

	*slash = '\0';
	setenv("NASLAG_DATA", name, 1);
	rc = tsv_load(slash + 1, 3, out, &err);
	setenv("NASLAG_DATA", old, 1);
	return rc;
}

/* Each word of a cell. */
static void
add_words(struct lexicon *l, const char *cell, uint32_t freq)
{
	CLEAN(str_free) char *copy = xstrdup(cell);
	char *s;

	for (s = strtok(copy, " "); s != NULL; s = strtok(NULL, " "))
		add(l, s, freq);
}

static void
test_misspellings(const struct lexicon *l, const struct tsv *rows,
    const char *set)
{
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	size_t n = 0, right = 0, kept = 0, i;

	for (i = 0; i < rows->nrow; i++) {
		const char *meant = tsv_cell(rows, i, 1);

		if (strcmp(tsv_cell(rows, i, 2), set) != 0)
			continue;
		n++;
		correct(l, NULL, tsv_cell(rows, i, 0), &got);
		if (strcmp(got.s, meant) == 0)
			right++;
		else
			printf("# %s: %s, not %s\n", tsv_cell(rows, i, 0),
			    got.s, meant);
		correct(l, NULL, meant, &got);
		kept += strcmp(got.s, meant) == 0;
	}
	ok(percent(right, n) >= 93, "%s: at least 93 %% are corrected "
	    "(%zu of %zu)", set, right, n);
	ok(n > 0 && kept == n, "%s: what was meant stays as it is (%zu of %zu)",
	    set, kept, n);
}

static void
test_tables(const char *path)
{
	CLEAN(lexicon_clear) struct lexicon l = { .strings = BUF_INIT };
	CLEAN(tsv_clear) struct tsv rows = { 0 };
	CLEAN(tsv_clear) struct tsv forms = { 0 };
	struct error err = ERROR_INIT;
	size_t i;

	if (!ok(read_rows(path, &rows) == 0, "%s can be read", path) ||
	    !ok(tsv_load("woordvormen.tsv", 3, &forms, &err) == 0,
	    "woordvormen.tsv can be read"))
		return;
	for (i = 0; i < rows.nrow; i++)
		add_words(&l, tsv_cell(&rows, i, 1), 30);
	for (i = 0; i < forms.nrow; i++) {
		add(&l, tsv_cell(&forms, i, 0), 2);
		if (*tsv_cell(&forms, i, 1) != '=')
			add(&l, tsv_cell(&forms, i, 1), 2);
	}
	finish(&l);
	test_misspellings(&l, &rows, "stel");
	test_misspellings(&l, &rows, "apart");
}

/* ---- questions ---- */

static const struct entry field_words[] = {
	{ (char *)"aanvraag", 400 }, { (char *)"asiel", 400 },
	{ (char *)"asielzoeker", 90 }, { (char *)"asielzoekers", 150 },
	{ (char *)"begeleide", 40 }, { (char *)"bekering", 30 },
	{ (char *)"bericht", 80 }, { (char *)"bepaalde", 300 },
	{ (char *)"dublin", 40 }, { (char *)"gezin", 90 },
	{ (char *)"hereniging", 20 }, { (char *)"huiselijk", 30 },
	{ (char *)"geweld", 60 }, { (char *)"koninkrijk", 200 },
	{ (char *)"koningrijk", 2 }, { (char *)"niet", 900 },
	{ (char *)"nietbegeleide", 20 }, { (char *)"persoonsgegevens", 150 },
	{ (char *)"procedure", 200 }, { (char *)"tijd", 500 },
	{ (char *)"tolk", 40 }, { (char *)"verblijf", 500 },
	{ (char *)"verblijfsvergunning", 300 }, { (char *)"vergunning", 300 },
	{ (char *)"verordening", 60 }, { (char *)"vluchteling", 80 },
	{ (char *)"zoeker", 2 }, { (char *)"zoekers", 2 },
	{ (char *)"ontrekken", 2 }, { (char *)"onttrekken", 80 },
	{ (char *)"beticht", 2 }, { (char *)"vergunningen", 90 },
	{ (char *)"vergunninge", 2 }, { (char *)"status", 90 },
};

static enum spell_standing
test_standing(void *arg, const char *word, size_t n)
{
	static const struct {
		const char *word;
		enum spell_standing standing;
	} known[] = {
		{ "verordeningen", SPELL_RIGHT },
		{ "verblijfvergunning", SPELL_PLAUSIBLE },
		{ "huiselijkgeweld", SPELL_PLAUSIBLE },
		{ "gezinsstatus", SPELL_PLAUSIBLE },
		{ "persoongegevens", SPELL_RARE },
		{ "verblijfstatuz", SPELL_RARE },
	};
	size_t i;

	(*(int *)arg)++;
	for (i = 0; i < NELEM(known); i++)
		if (strlen(known[i].word) == n &&
		    memcmp(known[i].word, word, n) == 0)
			return known[i].standing;
	return SPELL_UNKNOWN;
}

static void
test_questions(void)
{
	CLEAN(lexicon_clear) struct lexicon l = { .strings = BUF_INIT };
	CLEAN(lexicon_clear) struct lexicon none = { .strings = BUF_INIT };
	int asked = 0;
	struct spell_judge judge = { test_standing, &asked };
	size_t i;

	for (i = 0; i < NELEM(field_words); i++)
		add(&l, field_words[i].word, field_words[i].freq);
	finish(&l);

	gives(&l, NULL, "dublin verodening", "dublin verordening");
	gives(&l, NULL, "verblijfsvergunninng", "verblijfsvergunning");
	gives(&l, NULL, "asiel zoeker", "asielzoeker");
	gives(&l, NULL, "opvang asiel zoekers tolck", "opvang asielzoekers tolk");
	gives(&l, NULL, "niet begeleide", "niet begeleide");
	gives(&l, NULL, "asiel |zoeker", "asiel zoeker");
	gives(&l, NULL, "asiel =zoeker", "asiel zoeker");
	gives(&l, NULL, "bepaaldetijd", "bepaalde tijd");
	gives(&l, NULL, "huiselijkgeweld", "huiselijk geweld");
	gives(&l, NULL, "asielprocedure", "asielprocedure");
	gives(&l, NULL, "gezinsherenigign", "gezinshereniging");
	gives(&l, NULL, "vluchtelingenstattus", "vluchtelingenstatus");
	gives(&l, NULL, "assielprocedure", "asielprocedure");
	gives(&l, NULL, "=verodening", "verodening");
	gives(&l, NULL, "artikel3 2021 c2", "artikel3 2021 c2");
	gives(&l, NULL, "tlk", "tlk");
	gives(&l, NULL, "xyzzy", "xyzzy");
	gives(&l, NULL, "", "");

	gives(&l, NULL, "koningrijk", "koninkrijk");
	gives(&l, NULL, "ontrekken", "onttrekken");
	gives(&l, NULL, "beticht", "beticht");
	gives(&l, NULL, "vergunninge", "vergunninge");

	gives(&l, &judge, "verordeningen", "verordeningen");
	gives(&l, &judge, "persoongegevens", "persoonsgegevens");
	gives(&l, &judge, "verblijfstatuz", "verblijfstatuz");
	gives(&l, &judge, "verblijfvergunning", "verblijfsvergunning");
	gives(&l, &judge, "huiselijkgeweld", "huiselijk geweld");
	gives(&l, &judge, "gezinsstatus", "gezinsstatus");
	asked = 0;
	gives(&l, &judge, "bepaalde tijd asiel", "bepaalde tijd asiel");
	ok(asked == 0, "no one is asked about known words");

	finish(&none);
	gives(&none, NULL, "verodening asiel", "verodening asiel");
}

static void
test_edges(void)
{
	CLEAN(lexicon_clear) struct lexicon l = { .strings = BUF_INIT };
	struct spell_word word;
	struct spell_change change;
	char all[SPELL_MAX_WORD + 2];
	size_t n;

	memset(all, 'a', sizeof all);
	all[SPELL_MAX_WORD] = '\0';
	add(&l, all, 9);
	add(&l, "\xd0\xbc\xd0\xb8\xd1\x80", 9);
	finish(&l);
	all[SPELL_MAX_WORD] = 'a';
	for (n = 0; n <= SPELL_MAX_WORD + 1; n++) {
		word = (struct spell_word){ all, n, false, false };
		if (spell_question(&l.words, NULL, &word, 1, &change, 1) >
		    (n >= SPELL_MAX_WORD - 4 && n < SPELL_MAX_WORD))
			break;
	}
	ok(n == SPELL_MAX_WORD + 2, "words of any length do no harm");
	ok(spell_find(&l.words, all, SPELL_MAX_WORD) == 0 &&
	    spell_find(&l.words, all, SPELL_MAX_WORD - 1) == SPELL_NONE,
	    "the longest word is found, as a whole");
	ok(spell_question(&l.words, NULL, &word, 1, &change, 0) == 0,
	    "with no room there are no changes");
	ok(spell_nearest(&l.words, "\xd0\xbc\xd0\xb8\xd1\x81", 6, NULL) == 1,
	    "other scripts are words too");
}

int
main(void)
{
	CLEAN(str_free) char *path = cases_path("spelling.tsv");

	test_distances();
	test_edits();
	test_tables(path);
	test_questions();
	test_edges();
	return tap_done();
}
