#include <config.h>

#include "dutch/stem.h"

#include "base/mem.h"
#include "base/tsv.h"
#include "dutch/forms.h"

#include <libstemmer.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64		/* bytes; a longer word is its own stem */
#define PREFIXES_MAX 3		/* of one verb: her over weeg is two */

/*
 * Corrections by hand, then the forms of words that a program found
 * (tools/woordvormen.py); the longer row wins, then the first table.
 */
enum { CORRECTIONS, PARADIGMS, NTABLES };
static const char *const tables[NTABLES] = { "stammen.tsv", "woordvormen.tsv" };

struct stemmer {
	struct sb_stemmer *porter;
	struct forms *forms[NTABLES];
	struct tsv prefixes;	/* of verbs: aan, af, ... */
	uint64_t fingerprint;
	char stem[3 * WORD_MAX];
};

/*
 * What Porter's rules say of the words that tell his algorithm from others
 * which libraries have called "dutch", and of one of each step of it.
 */
static const struct {
	const char *word, *stem;
} probes[] = {
	{ "uitgezet", "uitgezet" },
	{ "uitzettingen", "uitzet" },
	{ "vluchtelingen", "vluchtel" },
	{ "asielzoekers", "asielzoeker" },
	{ "identiteiten", "identiteit" },
	{ "gemeente", "gemeent" },
	{ "veiligheid", "veilig" },
	{ "openbaar", "open" },
	{ "persoonlijk", "person" },
};

/*
 * Endings that Porter does not know or goes too far with, tried in this
 * order.  Words in -ieen, -ies, -jes and -heden are plurals, those in -eerd
 * participles.  FINAL: what is left is the stem, because Porter would make
 * open of openbaar, aanzien of aanzienlijk and veren (feathers) of verenigen.
 * CONS: behind a consonant only (machtig, not dreig).  GE: ge- goes as well.
 */
enum { FINAL = 1, CONS = 2, GE = 4 };

static const struct ending {
	const char *ending;
	const char *becomes;
	size_t min;		/* letters before it */
	int flags;
} endings[] = {
	{ "ieen",	"ie",	1,	0 },
	{ "eeen",	"ee",	2,	0 },
	{ "ies",	"ie",	2,	0 },
	{ "jes",	"je",	3,	0 },
	{ "heden",	"heid",	3,	0 },
	{ "eert",	"eer",	3,	0 },
	{ "eerd",	"eer",	3,	GE },
	{ "eerde",	"eer",	3,	GE },
	{ "eerden",	"eer",	3,	GE },
	{ "baar",	"bar",	3,	FINAL },
	{ "bare",	"bar",	3,	FINAL },
	{ "baren",	"bar",	4,	FINAL },
	{ "baarder",	"bar",	3,	FINAL },
	{ "baardere",	"bar",	3,	FINAL },
	{ "baarst",	"bar",	3,	FINAL },
	{ "baarste",	"bar",	3,	FINAL },
	{ "baarheid",	"bar",	3,	FINAL },
	{ "lijk",	"lijk",	2,	FINAL },
	{ "lijke",	"lijk",	2,	FINAL },
	{ "lijken",	"lijk",	2,	FINAL },
	{ "lijker",	"lijk",	2,	FINAL },
	{ "lijkere",	"lijk",	2,	FINAL },
	{ "lijkst",	"lijk",	2,	FINAL },
	{ "lijkste",	"lijk",	2,	FINAL },
	{ "lijks",	"lijk",	2,	FINAL },
	{ "lijkse",	"lijk",	2,	FINAL },
	{ "lijkheid",	"lijk",	2,	FINAL },
	{ "ig",		"ig",	2,	FINAL | CONS },
	{ "ige",	"ig",	2,	FINAL | CONS },
	{ "igen",	"ig",	2,	FINAL | CONS },
	{ "igere",	"ig",	4,	FINAL | CONS },
	{ "igst",	"ig",	3,	FINAL | CONS },
	{ "igste",	"ig",	3,	FINAL | CONS },
	{ "igheid",	"ig",	2,	FINAL | CONS },
	{ "iging",	"ig",	2,	FINAL | CONS },
	{ "igingen",	"ig",	2,	FINAL | CONS },
};

static bool
ends_with(const char *s, size_t n, const char *end, size_t nend)
{
	return n >= nend && memcmp(s + n - nend, end, nend) == 0;
}

static bool
is_vowel(char c)
{
	return c != '\0' && strchr("aeiouy", c) != NULL;
}

static bool
has_letter(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((s[i] >= 'a' && s[i] <= 'z') || (s[i] & 0x80) != 0)
			return true;
	return false;
}

/* Whether p is a chain of at most max prefixes of verbs: af, her over. */
static bool
is_prefix(const struct stemmer *s, const char *p, size_t n, int max)
{
	size_t i;

	if (n == 0)
		return true;
	for (i = 0; max > 0 && i < s->prefixes.nrow; i++) {
		const char *prefix = tsv_cell(&s->prefixes, i, 0);
		size_t len = strlen(prefix);

		if (ends_with(p, n, prefix, len) &&
		    is_prefix(s, p, n - len, max - 1))
			return true;
	}
	return false;
}

/* Whether what stands before a row's form in a word fits the row. */
static bool
fits(const struct stemmer *s, const struct forms_row *r, const char *p,
    size_t n)
{
	size_t i;

	switch (r->behind) {
	case 's':
		for (i = 0; i < n && !is_vowel(p[i]); i++)
			;
		return n >= 2 && i < n;
	case 'v':
	case 'V':
		return is_prefix(s, p, n, PREFIXES_MAX);
	}
	return false;
}

/* The longest row of a table that fits w, of more than min bytes. */
static bool
best_row(const struct stemmer *s, const struct forms *f, const char *w,
    size_t n, size_t min, struct forms_row *r)
{
	size_t max = n;

	while (max > min && forms_longest(f, w, n, max, r)) {
		if (r->nform <= min)
			return false;
		if (r->nform == n ? r->behind != 'V' :
		    fits(s, r, w, n - r->nform))
			return true;
		max = r->nform - 1;
	}
	return false;
}

/*
 * Dutch writes one vowel or consonant where the stem has two and the other
 * way round, and v and z before an ending where the stem has f and s: make
 * them alike.  Porter does so for k, d and t and some vowels only.  A word
 * that lost no ending keeps its consonants: gbv is not gbf.
 */
static size_t
respell(char *w, size_t n, bool was_cut)
{
	if (was_cut && n >= 3) {
		if (w[n - 1] == w[n - 2] && !is_vowel(w[n - 1]) &&
		    is_vowel(w[n - 3]))
			n--;
		if (w[n - 1] == 'v')
			w[n - 1] = 'f';
		else if (w[n - 1] == 'z')
			w[n - 1] = 's';
	}
	if (n >= 4 && !is_vowel(w[n - 1]) && w[n - 1] != 'j' &&
	    w[n - 2] == w[n - 3] && is_vowel(w[n - 2])) {
		w[n - 2] = w[n - 1];
		n--;
	}
	return n;
}

/* The library fails in nothing but to find memory. */
static const char *
porter_stem(struct sb_stemmer *porter, const char *w, size_t n)
{
	const unsigned char *stem = sb_stemmer_stem(porter,
	    (const unsigned char *)w, (int)n);

	if (stem == NULL)
		out_of_memory();
	return (const char *)stem;
}

/* Endings, Porter, spelling: w, of n bytes, becomes its stem. */
static size_t
rules(struct stemmer *s, char *w, size_t n)
{
	size_t cut_from = n;
	const char *stem;
	size_t i;

	for (i = 0; i < NELEM(endings); i++) {
		const struct ending *e = &endings[i];
		size_t len = strlen(e->ending), cut;

		if (n < len + e->min || !ends_with(w, n, e->ending, len))
			continue;
		cut = n - len;
		if (e->flags & CONS && is_vowel(w[cut - 1]))
			continue;
		if (e->flags & GE && cut >= 5 && memcmp(w, "ge", 2) == 0) {
			cut -= 2;
			memmove(w, w + 2, cut);
		}
		n = cut + strlen(e->becomes);
		memcpy(w + cut, e->becomes, n - cut);
		if (e->flags & FINAL)
			return n;
	}
	stem = porter_stem(s->porter, w, n);
	n = (size_t)sb_stemmer_length(s->porter);
	memcpy(w, stem, n);
	return respell(w, n, n < cut_from);
}

/* The plural or genitive in 's: the length without it. */
static size_t
without_s(const char *w, size_t n)
{
	if (n > 3 && ends_with(w, n, "'s", 2))
		return n - 2;
	if (n > 5 && ends_with(w, n, "\u2019s", 4))
		return n - 4;
	return n;
}

size_t
stemmer_stem(struct stemmer *s, const char *word, size_t n, const char **stem)
{
	struct forms_row r, found = { 0 };
	size_t i, len;

	*stem = word;
	if (n > WORD_MAX || !has_letter(word, n))
		return n;
	n = without_s(word, n);
	for (i = 0; i < NTABLES; i++)
		if (best_row(s, s->forms[i], word, n, found.nform, &r))
			found = r;
	*stem = s->stem;
	if (found.nform == 0) {
		memcpy(s->stem, word, n);
		return rules(s, s->stem, n);
	}
	if (found.nlemma > WORD_MAX)
		found.nlemma = WORD_MAX;
	len = n - found.nform;
	memcpy(s->stem, word, len);
	if (found.lemma[0] == '=') {
		memcpy(s->stem + len, found.lemma + 1, found.nlemma - 1);
		return len + found.nlemma - 1;
	}
	memcpy(s->stem + len, found.lemma, found.nlemma);
	return rules(s, s->stem, len + found.nlemma);
}

bool
stemmer_is_prefix(const struct stemmer *s, const char *word)
{
	size_t i;

	for (i = 0; i < s->prefixes.nrow; i++)
		if (strcmp(tsv_cell(&s->prefixes, i, 0), word) == 0)
			return true;
	return false;
}

/* Does the library have an algorithm of that name? */
static bool
is_listed(const char *name)
{
	const char **all = sb_stemmer_list();

	for (; *all != NULL; all++)
		if (strcmp(*all, name) == 0)
			return true;
	return false;
}

/* A library whose "dutch" is Porter's, under its name of today or of then. */
static int
porter_open(struct stemmer *s, struct error *err)
{
	static const char *const names[] = { "dutch_porter", "dutch" };
	size_t i;

	for (i = 0; s->porter == NULL && i < NELEM(names); i++)
		if (is_listed(names[i]) &&
		    (s->porter = sb_stemmer_new(names[i], NULL)) == NULL)
			out_of_memory();
	if (s->porter == NULL)
		return error_set(err, ERROR_CONFIG,
		    "libstemmer has no stemmer for Dutch");
	for (i = 0; i < NELEM(probes); i++) {
		const char *word = probes[i].word;
		const char *stem = porter_stem(s->porter, word, strlen(word));

		if (strcmp(stem, probes[i].stem) != 0)
			return error_set(err, ERROR_CONFIG,
			    "libstemmer: its Dutch stemmer is not Porter's "
			    "(%s becomes %s, not %s)", word, stem,
			    probes[i].stem);
	}
	return 0;
}

/* Over the tables, in data/ and here; the probes say what the library is. */
static uint64_t
fingerprint(const struct stemmer *s)
{
	uint64_t hash, h = HASH_INIT;
	size_t i;

	for (i = 0; i < NELEM(probes); i++)
		h = hash_str(h, probes[i].stem);
	for (i = 0; i < NELEM(endings); i++) {
		h = hash_str(h, endings[i].ending);
		h = hash_str(h, endings[i].becomes);
	}
	h = hash_bytes(h, &s->prefixes.hash, sizeof s->prefixes.hash);
	for (i = 0; i < NTABLES; i++) {
		hash = forms_hash(s->forms[i]);
		h = hash_bytes(h, &hash, sizeof hash);
	}
	return h;
}

int
stemmer_open(struct stemmer **out, struct error *err)
{
	CLEAN(stemmer_free) struct stemmer *s = xcalloc(1, sizeof *s);
	size_t i;

	if (porter_open(s, err) == -1)
		return -1;
	if (tsv_load("voorvoegsels.tsv", 1, &s->prefixes, err) == -1)
		return -1;
	for (i = 0; i < NTABLES; i++)
		if (forms_open(tables[i], &s->forms[i], err) == -1)
			return -1;
	s->fingerprint = fingerprint(s);
	*out = s;
	s = NULL;
	return 0;
}

void
stemmer_free(struct stemmer **s)
{
	size_t i;

	if (*s == NULL)
		return;
	if ((*s)->porter != NULL)
		sb_stemmer_delete((*s)->porter);
	for (i = 0; i < NTABLES; i++)
		forms_free(&(*s)->forms[i]);
	tsv_clear(&(*s)->prefixes);
	free(*s);
	*s = NULL;
}

uint64_t
stemmer_fingerprint(struct stemmer *s)
{
	return s->fingerprint;
}
