#include <config.h>

#include "dutch/docname.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "base/utf8.h"

/* Raise it when the rules in docname.h change. */
#define RULES_VERSION 1

enum {
	MAX_ACRONYM_WORDS = 9,	/* longer titles are sentences */
	MIN_INITIALS = 2,
	MAX_INITIALS = 8,
	MAX_STATED = 12,	/* bytes of an abbreviation in brackets */
	MAX_TITLE_KEY = 200,	/* bytes */
};

enum kind {
	WORD_STATUTE, WORD_LAW, WORD_SMALL, WORD_PLACE, WORD_STATES, NKINDS
};

static const char *const kind_names[NKINDS] = {
	"wet", "regeling", "klein", "plaats", "noemt",
};

struct docnamer {
	struct tsv table;
	struct {
		enum kind kind;
		const char *s;
		size_t len;
	} *words;
};

int
docnamer_open(struct docnamer **out, struct error *err)
{
	CLEAN(docnamer_free) struct docnamer *n = xcalloc(1, sizeof *n);
	size_t i, k;

	if (tsv_load("naamwoorden.tsv", 2, &n->table, err) == -1)
		return -1;
	n->words = xcalloc(n->table.nrow + 1, sizeof *n->words);
	for (i = 0; i < n->table.nrow; i++) {
		const char *kind = tsv_cell(&n->table, i, 0);

		for (k = 0; k < NKINDS; k++)
			if (strcmp(kind_names[k], kind) == 0)
				break;
		if (k == NKINDS)
			return error_set(err, ERROR_CONFIG,
			    "naamwoorden.tsv: no kind '%s'", kind);
		n->words[i].kind = (enum kind)k;
		n->words[i].s = tsv_cell(&n->table, i, 1);
		n->words[i].len = strlen(n->words[i].s);
	}
	*out = n;
	n = NULL;
	return 0;
}

void
docnamer_free(struct docnamer **n)
{
	if (*n == NULL)
		return;
	tsv_clear(&(*n)->table);
	free((*n)->words);
	free(*n);
	*n = NULL;
}

uint64_t
docnamer_fingerprint(const struct docnamer *n)
{
	uint64_t parts[] = { RULES_VERSION, n->table.hash };

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

void
docnames_clear(struct docnames *n)
{
	buf_clear(&n->titles);
	buf_clear(&n->acronyms);
	buf_clear(&n->others);
}

/* ---- words ---- */

static bool
is_listed(const struct docnamer *n, enum kind kind, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < n->table.nrow; i++)
		if (n->words[i].kind == kind && n->words[i].len == len &&
		    memcmp(n->words[i].s, s, len) == 0)
			return true;
	return false;
}

/*
 * The longest word of one of the first kinds up to kind that ends s; returns
 * where it begins, len if none does.
 */
static size_t
word_begin(const struct docnamer *n, enum kind kind, const char *s, size_t len)
{
	size_t i, k, begin = len;

	for (i = 0; i < n->table.nrow; i++) {
		k = n->words[i].len;
		if (n->words[i].kind <= kind && k <= len &&
		    memcmp(s + len - k, n->words[i].s, k) == 0 &&
		    len - k < begin)
			begin = len - k;
	}
	return begin;
}

/* Where the word for a regulation begins that ends s; len if none does. */
static size_t
law_begin(const struct docnamer *n, const char *s, size_t len)
{
	return word_begin(n, WORD_LAW, s, len);
}

static bool
is_year(const char *s, size_t len)
{
	return len == 4 && strspn(s, "0123456789") >= 4 &&
	    (*s == '1' || *s == '2');
}

enum docname_word
docname_word(const struct docnamer *n, const struct analyser *a, word_id word)
{
	size_t len;
	const char *s = word_string(a, word, &len);

	if (is_year(s, len))
		return DOCNAME_YEAR;
	if (isdigit((unsigned char)*s) || len == 1 ||
	    is_listed(n, WORD_PLACE, s, len))
		return DOCNAME_PLACE;
	if (is_listed(n, WORD_SMALL, s, len))
		return DOCNAME_SMALL;
	return law_begin(n, s, len) < len ? DOCNAME_LAW : DOCNAME_WORD;
}

/* The words of a text, without extra ones; at most max. */
static size_t
words_of(struct analyser *a, const char *s, size_t n, struct token *out,
    size_t max)
{
	struct tokens tokens;
	struct token t;
	size_t count = 0;

	tokens_init(&tokens, a, s, n);
	while (count < max && tokens_next(&tokens, &t))
		if (!t.is_extra && t.word != WORD_NONE)
			out[count++] = t;
	return count;
}

bool
docname_is_law(const struct docnamer *n, const char *s, size_t len)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	const char *word, *end;

	utf8_fold(s, len, &folded);
	for (word = buf_str(&folded); *word != '\0'; word = end) {
		end = word + strcspn(word, " -,.()/");
		if (law_begin(n, word, (size_t)(end - word)) <
		    (size_t)(end - word))
			return true;
		end += *end != '\0';
	}
	return false;
}

/* ---- titles ---- */

bool
docname_title_key(const struct docnamer *n, struct analyser *a,
    const struct token *words, size_t count, struct buf *out)
{
	size_t begin = out->len, i, len;
	const char *s;

	for (i = 0; i < count; i++) {
		s = word_string(a, words[i].word, &len);
		if (is_listed(n, WORD_SMALL, s, len))
			continue;
		s = word_string(a, words[i].stem, &len);
		if (out->len > begin)
			buf_addc(out, ' ');
		buf_add(out, s, len);
	}
	if (out->len > begin && out->len - begin <= MAX_TITLE_KEY)
		return true;
	buf_cut(out, begin);
	return false;
}

static void
add_key(struct buf *keys, const char *key)
{
	const char *s = buf_str(keys), *end = s + keys->len;

	for (; s < end; s += strlen(s) + 1)
		if (strcmp(s, key) == 0)
			return;
	buf_add(keys, key, strlen(key) + 1);
}

static void
add_title(const struct docnamer *n, struct analyser *a, const struct token *t,
    size_t count, struct docnames *out)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;

	if (docname_title_key(n, a, t, count, &key))
		add_key(&out->titles, buf_str(&key));
}

/* ---- initials ---- */

/* How many initials a word gives. */
enum letters {
	LETTERS_ONE,		/* ouderdomswet: o */
	LETTERS_LAW,		/* ow: the word for a regulation has its own */
	LETTERS_ALL,		/* one for each part */
};

/* The ways in which a name is abbreviated. */
static const struct {
	enum letters law;	/* for words that end in one for a regulation */
	enum letters other;
} ways[] = {
	{ LETTERS_ONE, LETTERS_ONE },	/* Wet geluidhinder: wg */
	{ LETTERS_LAW, LETTERS_ONE },	/* Algemene Ouderdomswet: aow */
	{ LETTERS_ALL, LETTERS_ONE },	/* Wegenverkeerswet: wvw */
	{ LETTERS_ONE, LETTERS_ALL },	/* Wet geluidhinder: wgh */
	{ LETTERS_ALL, LETTERS_ALL },
};

static void
add_initials(const struct docnamer *n, struct analyser *a,
    const struct token *t, enum letters letters, struct buf *out)
{
	struct word_parts parts = word_parts(a, t->word);
	size_t len, law, i;
	const char *s = word_string(a, t->word, &len);

	if (letters == LETTERS_ALL && parts.nsmallest > 0) {
		for (i = 0; i < parts.nsmallest; i++)
			buf_addc(out, s[parts.items[i].begin]);
		return;
	}
	buf_addc(out, *s);
	law = law_begin(n, s, len);
	if (letters != LETTERS_ONE && law > 0 && law < len)
		buf_addc(out, s[law]);
}

/* A name that is being abbreviated. */
struct abbreviating {
	const struct docnamer *namer;
	struct analyser *analyser;
	const struct token *words;
	size_t count;
	const char *year;	/* "" if it has none */
	const char *suffix;	/* an abbreviation that ends it, "" if none */
	struct buf *out;
};

/* The initials behind what comes before, with and without the year. */
static void
add_acronym(const struct abbreviating *g, const char *before,
    const struct buf *initials)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;

	if (initials->len < MIN_INITIALS || initials->len > MAX_INITIALS)
		return;
	buf_addf(&key, "%s%s%s", before, buf_str(initials), g->suffix);
	add_key(g->out, buf_str(&key));
	if (*g->year == '\0')
		return;
	buf_adds(&key, g->year);
	add_key(g->out, buf_str(&key));
}

static void
add_way(const struct abbreviating *g, size_t first, size_t way,
    bool with_small, const char *before)
{
	CLEAN(buf_clear) struct buf initials = BUF_INIT;
	enum docname_word kind;
	size_t i;

	for (i = first; i < g->count; i++) {
		kind = docname_word(g->namer, g->analyser, g->words[i].word);
		if (with_small || kind != DOCNAME_SMALL)
			add_initials(g->namer, g->analyser, &g->words[i],
			    kind == DOCNAME_LAW ? ways[way].law :
			    ways[way].other, &initials);
	}
	add_acronym(g, before, &initials);
}

/* Dates and numbers are those of a long title. */
static bool
has_number(const struct abbreviating *g)
{
	size_t i;

	for (i = 0; i < g->count; i++)
		if (isdigit((unsigned char)*word_string(g->analyser,
		    g->words[i].word, NULL)))
			return true;
	return false;
}

/* Does the name have words for a law, and none for another regulation? */
static bool
is_statute(const struct abbreviating *g)
{
	bool is_law = false;
	const char *s;
	size_t i, len;

	for (i = 0; i < g->count; i++) {
		s = word_string(g->analyser, g->words[i].word, &len);

		if (word_begin(g->namer, WORD_STATUTE, s, len) < len)
			is_law = true;
		else if (law_begin(g->namer, s, len) < len)
			return false;
	}
	return is_law;
}

/* Is the word in the text written in capitals only, and two at least? */
static bool
is_capitals(const char *text, const struct token *t)
{
	size_t i;

	for (i = t->begin; i < t->end; i++)
		if (!isupper((unsigned char)text[i]))
			return false;
	return t->end - t->begin >= 2;
}

/* Take a year and an abbreviation off the end: Advocatenwet BES. */
static void
cut_end(struct abbreviating *g, const char *text)
{
	const struct token *last = &g->words[g->count - 1];

	if (g->count > 1 && docname_word(g->namer, g->analyser, last->word) ==
	    DOCNAME_YEAR) {
		g->year = word_string(g->analyser, last->word, NULL);
		g->count--;
		last--;
	}
	if (g->count > 1 && is_capitals(text, last)) {
		g->suffix = word_string(g->analyser, last->word, NULL);
		g->count--;
	}
}

static void
add_acronyms(const struct docnamer *n, struct analyser *a, const char *text,
    const struct token *t, size_t count, struct docnames *out)
{
	struct abbreviating g = { n, a, t, count, "", "", NULL };
	const char *first;
	size_t i, len;

	cut_end(&g, text);
	if (g.count > MAX_ACRONYM_WORDS || has_number(&g))
		return;
	g.out = is_statute(&g) ? &out->acronyms : &out->others;
	first = word_string(a, t[0].word, &len);
	for (i = 0; i < NELEM(ways); i++) {
		add_way(&g, 0, i, false, "");
		add_way(&g, 0, i, true, "");
		/* Wet inkomstenbelasting is Wet IB, too. */
		if (law_begin(n, first, len) == 0)
			add_way(&g, 1, i, false, first);
	}
}

/* ---- a title as a whole ---- */

/*
 * What stands in brackets at the end of a title: "(RVV 1990)".  Returns whether
 * it is an abbreviation.
 */
static bool
add_stated(const struct docnamer *n, struct analyser *a, const char *s,
    size_t len, struct docnames *out)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	struct token t[DOCNAME_MAX_WORDS];
	size_t count = words_of(a, s, len, t, NELEM(t)), i, k, capitals = 0;
	const char *w;

	for (i = 0; i < count; i++) {
		w = word_string(a, t[i].word, &k);
		if (!is_listed(n, WORD_STATES, w, k))
			break;
	}
	for (k = i < count ? t[i].begin : len; k < len; k++)
		capitals += isupper((unsigned char)s[k]) != 0;
	/* A word with one capital may be any word. */
	if (capitals < 2 ||
	    !docname_acronym_key(n, a, t + i, count - i, &key))
		return false;
	add_key(&out->acronyms, buf_str(&key));
	return true;
}

/* Where the brackets open that end a title; n if none do. */
static size_t
brackets_begin(const char *s, size_t n)
{
	size_t i, depth = 0;

	if (n == 0 || s[n - 1] != ')')
		return n;
	for (i = n; i > 0; i--) {
		depth += s[i - 1] == ')';
		if (s[i - 1] == '(' && --depth == 0)
			return i - 1;
	}
	return n;
}

static void
add_names(const struct docnamer *n, struct analyser *a, const char *s,
    size_t len, struct docnames *out)
{
	struct token t[DOCNAME_MAX_WORDS + 1];
	size_t count = words_of(a, s, len, t, NELEM(t));

	if (count == 0 || count > DOCNAME_MAX_WORDS)
		return;
	add_title(n, a, t, count, out);
	if (!docname_is_law(n, s, len))
		return;
	/* People leave the year out. */
	if (count > 1 && docname_word(n, a, t[count - 1].word) == DOCNAME_YEAR)
		add_title(n, a, t, count - 1, out);
	add_acronyms(n, a, s, t, count, out);
}

void
docnames_of_title(const struct docnamer *n, struct analyser *a,
    const char *title, struct docnames *out)
{
	size_t len = strlen(title), brackets = brackets_begin(title, len);

	add_names(n, a, title, len, out);
	if (brackets < len && docname_is_law(n, title, brackets) &&
	    add_stated(n, a, title + brackets + 1, len - brackets - 2, out))
		add_names(n, a, title, brackets, out);
}

bool
docname_acronym_key(const struct docnamer *n, struct analyser *a,
    const struct token *words, size_t count, struct buf *out)
{
	size_t i, len;
	const char *s;

	if (count == 0)
		return false;
	s = word_string(a, words[0].word, &len);
	i = count > 1 && law_begin(n, s, len) == 0;
	/* One abbreviation, and a year. */
	if (count - i > 2)
		return false;
	s = word_string(a, words[i].word, &len);
	if (len < MIN_INITIALS || len > MAX_STATED ||
	    docname_word(n, a, words[i].word) == DOCNAME_SMALL ||
	    (count - i == 2 &&
	    docname_word(n, a, words[i + 1].word) != DOCNAME_YEAR))
		return false;
	for (i = 0; i < count; i++) {
		s = word_string(a, words[i].word, &len);
		buf_add(out, s, len);
	}
	return true;
}
