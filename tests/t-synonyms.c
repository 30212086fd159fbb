/*
 * t-synonyms: conflicts within and between the tables that questions are
 * expanded with.  Whoever adds a line gets to know here what is wrong with it.
 */
#include <config.h>

#include "dutch/expand.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "scratch.h"
#include "tap.h"

enum {
	MAX_WORDS = 16,
	MAX_EXPANSIONS = 100,
	EXACT = 5,		/* letters of an abbreviation: thesaurus.c */
};

/* A spelling: its stems with a space between two, and what it does there. */
struct entry {
	char *text, *key;
	size_t row;		/* over all tables */
	const char *file;
	bool asks, given;
	bool is_country;
	bool stays;		/* soort taal: nothing is given for it */
	bool is_wider;		/* soort ruimer */
};

struct pair {
	char *a, *b;		/* keys that soort nooit keeps apart */
	const char *text;
};

static struct analyser *analyser;

/* The tables of one data directory and what is wrong with them. */
struct check {
	struct tsv synonyms, english, countries, countries_english, capitals;
	struct entry *entries;
	struct pair *pairs;
	size_t nentries, cap_entries, npairs, cap_pairs, nrows;
	struct buf out;
	size_t conflicts;
};

static char *
key_of(const char *text, size_t *nwords)
{
	struct buf b = BUF_INIT;
	struct tokens tokens;
	struct token t;

	*nwords = 0;
	tokens_init(&tokens, analyser, text, strlen(text));
	while (tokens_next(&tokens, &t)) {
		if (t.is_extra)
			continue;
		if (t.word == WORD_NONE || ++*nwords > MAX_WORDS) {
			*nwords = 0;
			break;
		}
		if (b.len > 0)
			buf_addc(&b, ' ');
		buf_adds(&b, word_string(analyser, t.stem, NULL));
	}
	buf_adds(&b, "");
	return buf_steal(&b);
}

static void
add(struct check *c, const char *file, const char *cell, bool asks,
    bool given, const char *kind)
{
	CLEAN(str_free) char *copy = xstrdup(cell);
	char *s, *next;
	size_t nwords;

	for (s = copy; s != NULL && *s != '\0'; s = next) {
		if ((next = strchr(s, ';')) != NULL)
			*next++ = '\0';
		GROW(c->entries, c->nentries, c->cap_entries);
		c->entries[c->nentries++] = (struct entry){ xstrdup(s),
		    key_of(s, &nwords), c->nrows, file, asks, given,
		    strncmp(file, "landen", 6) == 0,
		    asks && strcmp(kind, "taal") == 0,
		    asks && strcmp(kind, "ruimer") == 0 };
		if (nwords == 0) {
			buf_addf(&c->out, "%s: nothing is left of '%s'\n",
			    file, s);
			c->conflicts++;
		}
	}
}

static void
read_synonyms(struct check *c)
{
	const struct tsv *t = &c->synonyms;
	size_t i, n;

	for (i = 0; i < t->nrow; i++) {
		const char *term = tsv_cell(t, i, 0), *other = tsv_cell(t, i, 1);
		const char *kind = tsv_cell(t, i, 2);
		int way = *tsv_cell(t, i, 3);

		if (strcmp(kind, "nooit") == 0) {
			GROW(c->pairs, c->npairs, c->cap_pairs);
			c->pairs[c->npairs++] = (struct pair){
			    key_of(term, &n), key_of(other, &n), term };
		} else if (strcmp(kind, "verwant") != 0) {
			add(c, "synoniemen.tsv", term, true, way == '2', kind);
			add(c, "synoniemen.tsv", other, way == '2', way != '0',
			    kind);
			c->nrows++;
		}
	}
	for (i = 0; i < c->english.nrow; i++) {
		add(c, "engels.tsv", tsv_cell(&c->english, i, 0), true, false,
		    "");
		add(c, "engels.tsv", tsv_cell(&c->english, i, 1), false, true,
		    "");
		c->nrows++;
	}
}

static void
read_countries(struct check *c)
{
	const struct tsv *t = &c->countries, *e = &c->countries_english;
	size_t col, i, k, nfound = 0;

	for (i = 0; i < t->nrow; i++) {
		for (col = 2; col <= 6; col++)
			add(c, "landen.tsv", tsv_cell(t, i, col), true,
			    col < 6, "");
		for (k = 0; k < e->nrow; k++) {
			if (strcmp(tsv_cell(e, k, 0), tsv_cell(t, i, 0)) != 0)
				continue;
			nfound++;
			for (col = 1; col <= 2; col++)
				add(c, "landen-engels.tsv",
				    tsv_cell(e, k, col), true, false, "");
		}
		c->nrows++;
	}
	if (nfound != e->nrow) {
		buf_adds(&c->out,
		    "landen-engels.tsv: a country twice, or not in landen.tsv\n");
		c->conflicts++;
	}
}

static int
compare_entries(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;
	int d = strcmp(a->key, b->key);

	if (d == 0)
		d = (a->row > b->row) - (a->row < b->row);
	return d != 0 ? d : a->given - b->given;
}

/* May two countries share a word? */
static bool
is_ambiguous(const struct check *c, const struct entry *e)
{
	const struct tsv *t = &c->countries;
	size_t row = e->row - (c->nrows - t->nrow);

	return strstr(tsv_cell(t, row, 9), "dubbelzinnig woord") != NULL;
}

/* Words that have a stem in common, but are only met as they are written. */
static bool
is_apart(const struct entry *a, const struct entry *b)
{
	return strchr(a->key, ' ') == NULL && strcasecmp(a->text, b->text) != 0 &&
	    (strlen(a->text) <= EXACT || strlen(b->text) <= EXACT ||
	    strcmp(a->file, "engels.tsv") == 0 ||
	    strcmp(b->file, "engels.tsv") == 0);
}

/*
 * The same stems twice: in two rows that ask with them, or in a row that
 * gives them.  Forms of a term may stand together, and so may the words of a
 * country; and a term may have a row with wider ones beside its own.
 */
static bool
is_double(const struct check *c, const struct entry *a, const struct entry *b)
{
	if (strcmp(a->key, b->key) != 0 || a->stays || b->stays)
		return false;
	if (a->row == b->row)
		return !a->is_country && b->given;
	if (is_apart(a, b))
		return false;
	return a->asks && b->asks && a->is_wider == b->is_wider &&
	    !(a->is_country && b->is_country && is_ambiguous(c, a) &&
	    is_ambiguous(c, b));
}

static void
find_doubles(struct check *c)
{
	size_t i;

	if (c->nentries == 0)
		return;
	qsort(c->entries, c->nentries, sizeof *c->entries, compare_entries);
	for (i = 1; i < c->nentries; i++) {
		const struct entry *a = &c->entries[i - 1], *b = &c->entries[i];

		if (!is_double(c, a, b))
			continue;
		buf_addf(&c->out, "%s: '%s' %s '%s' in %s\n", a->file, a->text,
		    a->row == b->row ? "expands to itself," :
		    "is there twice, also as", b->text, b->file);
		c->conflicts++;
	}
}

static const struct entry *
find_key(const struct check *c, const char *key)
{
	size_t low = 0, high = c->nentries;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(c->entries[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < c->nentries && strcmp(c->entries[low].key, key) == 0 ?
	    &c->entries[low] : NULL;
}

/*
 * What a question for key asks for: the rows that give it are marked in seen,
 * their keys added to todo.  Returns how many these are then.
 */
static size_t
follow(const struct check *c, const char *key, bool *seen, const char **todo,
    size_t n)
{
	const struct entry *first = find_key(c, key), *e;
	const struct entry *end = c->entries + c->nentries;
	size_t i;

	if (first == NULL)
		return n;
	for (e = first; e < end && strcmp(e->key, key) == 0; e++)
		if (e->stays)
			return n;
	for (e = first; e < end && strcmp(e->key, key) == 0; e++) {
		if (!e->asks || seen[e->row])
			continue;
		seen[e->row] = true;
		for (i = 0; i < c->nentries; i++)
			if (c->entries[i].row == e->row && c->entries[i].given)
				todo[n++] = c->entries[i].key;
	}
	return n;
}

/* Do questions for from, over any number of rows, come to ask for to? */
static bool
leads_to(const struct check *c, const char *from, const char *to)
{
	bool *seen = xcalloc(c->nrows + 1, sizeof *seen), is_there = false;
	const char **todo = xcalloc(c->nentries + 1, sizeof *todo);
	size_t n = follow(c, from, seen, todo, 0);

	while (n > 0 && !is_there) {
		const char *key = todo[--n];

		is_there = strcmp(key, to) == 0;
		n = follow(c, key, seen, todo, n);
	}
	free(seen);
	free(todo);
	return is_there;
}

static void
find_merges(struct check *c)
{
	size_t i;

	for (i = 0; i < c->npairs; i++) {
		if (!leads_to(c, c->pairs[i].a, c->pairs[i].b) &&
		    !leads_to(c, c->pairs[i].b, c->pairs[i].a))
			continue;
		buf_addf(&c->out, "synoniemen.tsv: rows join '%s' with what "
		    "soort nooit keeps apart\n", c->pairs[i].text);
		c->conflicts++;
	}
}

/* A word that needs its capitals must be in a table, written the same way. */
static void
find_idle_capitals(struct check *c)
{
	size_t i, k;

	for (i = 0; i < c->capitals.nrow; i++) {
		for (k = 0; k < c->nentries; k++)
			if (strcmp(c->entries[k].text,
			    tsv_cell(&c->capitals, i, 0)) == 0)
				break;
		if (k < c->nentries)
			continue;
		buf_addf(&c->out, "hoofdletters.tsv: no table has '%s'\n",
		    tsv_cell(&c->capitals, i, 0));
		c->conflicts++;
	}
}

/* Is anything given to who types a term as the table writes it? */
static bool
is_heard(const struct expander *expander, const char *s)
{
	struct expand_word words[MAX_WORDS];
	struct expansion e[MAX_EXPANSIONS];
	struct tokens tokens;
	struct token t;
	size_t n = 0;

	tokens_init(&tokens, analyser, s, strlen(s));
	while (n < MAX_WORDS && tokens_next(&tokens, &t))
		if (!t.is_extra)
			words[n++] = (struct expand_word){ s + t.begin,
			    t.end - t.begin, t.word, t.stem };
	return expander_find(expander, words, n, e, MAX_EXPANSIONS) > 0 &&
	    e[0].first == 0 && e[0].count == n;
}

/*
 * Rows that give nothing to any of their terms: all that they know contains
 * what was typed, or needs its capitals.
 */
static void
find_mute(struct check *c)
{
	CLEAN(expander_free) struct expander *expander = NULL;
	bool *is_mute = xcalloc(c->nrows + 1, sizeof *is_mute);
	struct error err = ERROR_INIT;
	size_t i;

	if (expander_open(analyser, &expander, &err) == -1) {
		buf_addf(&c->out, "%s\n", err.msg);
		c->conflicts++;
		free(is_mute);
		return;
	}
	for (i = 0; i < c->nentries; i++)
		is_mute[c->entries[i].row] = !c->entries[i].is_country;
	for (i = 0; i < c->nentries; i++)
		if (c->entries[i].stays || (c->entries[i].asks &&
		    is_heard(expander, c->entries[i].text)))
			is_mute[c->entries[i].row] = false;
	for (i = 0; i < c->nentries; i++) {
		if (!is_mute[c->entries[i].row] || !c->entries[i].asks)
			continue;
		buf_addf(&c->out, "%s: '%s' is given nothing new\n",
		    c->entries[i].file, c->entries[i].text);
		c->conflicts++;
	}
	free(is_mute);
}

static int
check_tables(struct check *c, struct error *err)
{
	*c = (struct check){ .nrows = 0 };
	if (tsv_load("synoniemen.tsv", 5, &c->synonyms, err) == -1 ||
	    tsv_load("engels.tsv", 3, &c->english, err) == -1 ||
	    tsv_load("landen.tsv", 10, &c->countries, err) == -1 ||
	    tsv_load("landen-engels.tsv", 3, &c->countries_english,
	    err) == -1 ||
	    tsv_load("hoofdletters.tsv", 3, &c->capitals, err) == -1)
		return -1;
	read_synonyms(c);
	read_countries(c);
	find_doubles(c);
	find_merges(c);
	find_idle_capitals(c);
	find_mute(c);
	return 0;
}

static void
check_clear(struct check *c)
{
	size_t i;

	for (i = 0; i < c->nentries; i++) {
		free(c->entries[i].text);
		free(c->entries[i].key);
	}
	for (i = 0; i < c->npairs; i++) {
		free(c->pairs[i].a);
		free(c->pairs[i].b);
	}
	free(c->entries);
	free(c->pairs);
	buf_clear(&c->out);
	tsv_clear(&c->synonyms);
	tsv_clear(&c->english);
	tsv_clear(&c->countries);
	tsv_clear(&c->countries_english);
	tsv_clear(&c->capitals);
}

static void
print_conflicts(const struct check *c)
{
	CLEAN(str_free) char *copy = xstrdup(buf_str(&c->out));
	char *line;

	for (line = strtok(copy, "\n"); line != NULL; line = strtok(NULL, "\n"))
		printf("# %s\n", line);
}

static void
test_shipped(void)
{
	CLEAN(check_clear) struct check c;
	struct error err = ERROR_INIT;

	if (!ok(check_tables(&c, &err) == 0, "the tables are read %s", err.msg))
		return;
	if (!ok(c.conflicts == 0, "%zu spellings in %zu rows have no conflict",
	    c.nentries, c.nrows))
		print_conflicts(&c);
}

/* Tables that are empty but for one fault, which must be found. */
static const struct {
	const char *synonyms, *english, *countries, *capitals, *part;
} faults[] = {
	{ "a1\tb1\tsyn\t2\nb2\tc2\tsyn\t1\n", "", "", "", NULL },
	{ "foo\tbar\tsyn\t2\nfoo\tbaz\tsyn\t1\n", "", "", "", "'foo' is there twice" },
	{ "foo\tbar\tsyn\t2\nbaz\tfoo\tsyn\t2\n", "", "", "", "'foo' is there twice" },
	{ "foo\tbar\tsyn\t1\nbaz\tfoo\tsyn\t1\n", "", "", "", NULL },
	{ "foo\tbar\tsyn\t2\nfoo\tbaz\truimer\t1\n", "", "", "", NULL },
	{ "foo\tbar\tsyn\t1\n", "foo\tbaz\n", "", "", "'foo' is there twice" },
	{ "foo\tbar\tsyn\t1\n", "", "XA\t\tfoo\n", "", "'foo' is there twice" },
	{ "", "", "XA\t\tfoo\tbar\nXB\t\tbaz\tbar\n", "", "'bar' is there twice" },
	{ "", "", "XA\t\tfoo\tbar\t\t\t\t\t\tdubbelzinnig woord\n"
	    "XB\t\tbaz\tbar\t\t\t\t\t\tdubbelzinnig woord\n", "", NULL },
	{ "visum\tvisums\tsyn\t1\n", "", "", "", "expands to itself" },
	{ "foobar\tfoo-bar\tsyn\t1\n", "", "", "", "given nothing new" },
	{ "foo\tfoo bar\tsyn\t1\n", "", "", "", "given nothing new" },
	{ "...\tfoo\tsyn\t1\n", "", "", "", "nothing is left of '...'" },
	{ "foo\tbar\tnooit\t0\nfoo\tbar\tsyn\t1\n", "", "", "", "rows join 'foo'" },
	{ "foo\tbar\tnooit\t0\nbaz\tbar\tsyn\t1\n", "foo\tbaz\n", "", "",
	    "rows join 'foo'" },
	{ "foo\tbar\tnooit\t0\nbaz\tfoo;bar\tspreek\t1\n", "", "", "", NULL },
	{ "foo\tbar\tnooit\t0\nbaz\tfoo;bar\tsyn\t2\n", "", "", "", "rows join 'foo'" },
	{ "foo\tbar\tsyn\t1\nfoo\t\ttaal\t0\n", "", "", "",
	    "given nothing new" },
	{ "foo\t\ttaal\t0\n", "", "XA\t\tfoo\tbar\n", "", NULL },
	{ "", "", "", "Foo\talle\n", "no table has 'Foo'" },
};

static void
write_table(const char *name, const char *head, const char *text)
{
	CLEAN(str_free) char *both = xasprintf("%s\n%s", head, text);

	put_text(name, both);
}

static void
test_faults(void)
{
	static const char *const names[] = { "synoniemen.tsv", "engels.tsv",
	    "landen.tsv", "landen-engels.tsv", "hoofdletters.tsv" };
	size_t i;

	scratch_make();
	if (setenv("NASLAG_DATA", scratch, 1) == -1)
		abort();
	for (i = 0; i < NELEM(faults); i++) {
		CLEAN(check_clear) struct check c;
		struct error err = ERROR_INIT;

		write_table(names[0], "term", faults[i].synonyms);
		write_table(names[1], "engels", faults[i].english);
		write_table(names[2], "iso2", faults[i].countries);
		write_table(names[3], "iso2", "");
		write_table(names[4], "woord", faults[i].capitals);
		check_tables(&c, &err);
		if (faults[i].part == NULL)
			ok(c.conflicts == 0, "no conflict in case %zu: %s",
			    i + 1, buf_str(&c.out));
		else
			ok(strstr(buf_str(&c.out), faults[i].part) != NULL,
			    "found: %s", faults[i].part);
	}
	scratch_remove();
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (analyser_open(&analyser, &err) == -1) {
		ok(0, "the analyser opens: %s", err.msg);
		return tap_done();
	}
	test_shipped();
	test_faults();
	analyser_free(&analyser);
	return tap_done();
}
