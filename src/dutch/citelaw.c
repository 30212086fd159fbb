#include <config.h>

#include "dutch/citeint.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

void
law_set(const struct citer *c, int row, struct law *law)
{
	const struct regulation *r = regulation(c->regulations, row);
	const char *book = strstr(r->key, ":boek-");

	*law = (struct law){ .row = row,
	    .has_letter_parts = r->has_letter_parts };
	snprintf(law->key, sizeof law->key, "%s", r->key);
	if (book != NULL) {	/* article 162 of book 6 is 6:162 */
		law->key[book - r->key] = '\0';
		snprintf(law->book, sizeof law->book, "%s.", book + 6);
	}
}

void
law_add(struct scan *sc, const struct law *law)
{
	const char *key = law->row == REGULATION_NONE ? law->key :
	    regulation(sc->citer->regulations, law->row)->key;

	cite_add(sc, law->begin, law->end, key, strlen(key));
}

/* A year or " BES" behind a name makes it another law: Politiewet 1993. */
static bool
is_other_law(const struct scan *sc, int row, size_t end)
{
	const char *s = sc->s + end;

	if (end + 4 <= sc->len && memcmp(s, " BES", 4) == 0 &&
	    cite_is_end(sc, end + 4))
		return true;
	return end + 5 <= sc->len && s[0] == ' ' && !cite_digit(s[-1]) &&
	    ((s[1] == '1' && s[2] > '7') || (s[1] == '2' && s[2] == '0')) &&
	    cite_digits(sc, end + 1, 4, 4) > 0 && cite_is_end(sc, end + 5) &&
	    strchr("wrb", regulation(sc->citer->regulations, row)->kind);
}

/* "16-1-f" is no 1F. */
static bool
is_split(const struct scan *sc, size_t at, size_t end)
{
	return memchr(sc->s + at, '-', end - at) != NULL ||
	    memchr(sc->s + at, '.', end - at) != NULL ||
	    (at > 0 && strchr("-.:/", sc->s[at - 1]) != NULL);
}

size_t
law_at(const struct scan *sc, size_t at, enum name_use use, struct law *law)
{
	const struct citer *c = sc->citer;
	struct name_hit hits[NAMES_HITS];
	size_t n, end;
	int row;

	if (at >= sc->len)
		return 0;
	if (cite_digit(sc->s[at]) &&
	    (end = eu_number(sc, at, START_SERIES, law)) > 0)
		return end;
	if (!names_may_begin(c->starts_filter, sc->s, sc->len, at))
		return 0;
	n = names_find(c->starts, sc->s, sc->len, at, hits);
	while (n-- > 0) {
		const struct name_hit *hit = &hits[n];

		if (hit->value < 0 && !hit->is_glued) {
			end = eu_number(sc, hit->end, (enum start)~hit->value,
			    law);
			law->begin = at;
			if (end > 0)
				return end;
		}
		if (hit->value < 0 || hit->is_glued ||
		    !regulation_name_is(c->regulations, hit->value,
		    sc->s + at, hit->end - at, use, &row) ||
		    is_other_law(sc, row, hit->end) ||
		    (regulation(c->regulations, row)->is_article &&
		    (use == USE_BESIDE || is_split(sc, at, hit->end))))
			continue;
		law_set(c, row, law);
		law->is_short = regulation_name_is_short(c->regulations,
		    hit->value);
		law->begin = at;
		law->end = hit->end;
		return hit->end;
	}
	return 0;
}

/* Parts of the words for laws. */
static const char *const law_signs[] = {
	"wet", "besluit", "regeling", "verdrag", "verordening", "richtlijn",
	"statuut", "reglement", "code", "protocol", "handvest",
	"overeenkomst", "beschikking", "convention", "besluiten", "akkoord",
	"grondwet", "voorschrift", "circulaire", "aanwijzing", "act",
};

/* How words end that go on the name of a law: Wet financiering ... */
static const char *const name_endings[] = {
	"ing", "ingen", "heid", "atie", "aties", "schap", "vervoer", "recht",
	"loon", "lonen", "gegevens", "zorg", "opvang", "toezicht",
	"stelsel", "controle", "personeel", "onderwijs", "bijslag",
};

static bool
is_one_of(const char *s, size_t n, const char *const *list, size_t count,
    bool at_end)
{
	size_t i, k, len;

	for (i = 0; i < count; i++) {
		len = strlen(list[i]);
		for (k = at_end && len < n ? n - len : 0; k + len <= n; k++)
			if (strncasecmp(s + k, list[i], len) == 0)
				return true;
	}
	return false;
}

static size_t
word_length(const struct scan *sc, size_t at)
{
	size_t n = 0;

	while (at + n < sc->len && n < 48 && !cite_is_end(sc, at + n))
		n++;
	return n;
}

static bool
has_law_sign(const struct scan *sc, size_t at)
{
	static const char usual[] = "overeenkomstig";

	if (at + sizeof usual < sc->len &&
	    strncasecmp(sc->s + at, usual, sizeof usual - 1) == 0)
		return false;
	return is_one_of(sc->s + at, word_length(sc, at), law_signs,
	    NELEM(law_signs), false);
}

/*
 * Whether the word at byte at looks like the name of a law: it has a capital
 * and another one, or a word for laws in it, or no vowels (Wkb).
 */
static bool
looks_like_law(const struct scan *sc, size_t at)
{
	size_t n = word_length(sc, at), i, capitals = 0, vowels = 0;
	const char *s = sc->s + at;

	if (at >= sc->len || s[0] < 'A' || s[0] > 'Z')
		return false;
	for (i = 0; i < n; i++) {
		capitals += s[i] >= 'A' && s[i] <= 'Z';
		vowels += i > 0 && strchr("aeiouy", s[i]) != NULL;
	}
	return capitals > 1 || has_law_sign(sc, at) ||
	    (n > 1 && n < 6 && vowels == 0);
}

/* Whether one of the next words, on this line, is a word for laws. */
static bool
names_some_law(const struct scan *sc, size_t at)
{
	size_t n;
	int i;

	for (i = 0; i < 4; i++) {
		if ((n = word_length(sc, at)) == 0)
			return false;
		if (has_law_sign(sc, at) || looks_like_law(sc, at))
			return true;
		at += n;
		if (at >= sc->len || sc->s[at] != ' ')
			return false;
		at++;
	}
	return false;
}

/* "Wet" at byte at, a capital, which ends at end: a name goes on behind it. */
static bool
goes_on(const struct scan *sc, size_t at, size_t end)
{
	struct word_hit w;

	if (sc->s[at] >= 'a' || end + 1 >= sc->len || sc->s[end] != ' ')
		return false;
	end++;
	return (sc->s[end] >= 'A' && sc->s[end] <= 'Z') ||
	    (cite_word(sc, end, &w) && w.kind == WORD_NAMES) ||
	    is_one_of(sc->s + end, word_length(sc, end), name_endings,
	    NELEM(name_endings), true);
}

/*
 * "de wet", "dit besluit": what that is in the context.  w is the word of
 * kind WORD_SOORT.
 */
static enum law_found
law_by_sort(const struct scan *sc, size_t at, const struct word_hit *w,
    bool is_this, struct law *law)
{
	const struct citer *c = sc->citer;
	size_t n = w->end - at, i;
	char word[16];
	int row;

	if (!is_this && goes_on(sc, at, w->end))
		return LAW_UNKNOWN;
	if (sc->context_row == REGULATION_NONE || n >= sizeof word)
		return LAW_UNKNOWN;
	for (i = 0; i < n; i++)
		word[i] = (char)(sc->s[at + i] | 32);
	row = is_this ? REGULATION_NONE :
	    regulation_called(c->regulations, sc->context_row, word, n);
	if (row == REGULATION_NONE && (is_this ||
	    regulation(c->regulations, sc->context_row)->kind == w->number))
		row = sc->context_row;
	if (row == REGULATION_NONE)
		return LAW_UNKNOWN;
	law_set(c, row, law);
	law->begin = at;
	law->end = w->end;
	return LAW_NAMED;
}

/* Behind "van": at is where the next word begins. */
static enum law_found
law_behind_van(const struct scan *sc, size_t at, struct law *law)
{
	bool is_this = false;
	struct word_hit w;

	if (law_at(sc, at, USE_BESIDE, law) > 0)
		return LAW_NAMED;
	if (cite_word(sc, at, &w) && w.kind == WORD_DE) {
		is_this = w.number == 1;
		at = cite_space(sc, w.end);
		if (law_at(sc, at, USE_BESIDE, law) > 0)
			return LAW_NAMED;
	}
	if (cite_word(sc, at, &w) && w.kind == WORD_SOORT)
		return law_by_sort(sc, at, &w, is_this, law);
	return names_some_law(sc, at) ? LAW_UNKNOWN : LAW_NONE;
}

enum law_found
law_after(const struct scan *sc, size_t at, struct law *law)
{
	size_t next = cite_comma(sc, at), inside;
	enum law_found found;
	struct word_hit w;

	if (law_at(sc, next, USE_BESIDE, law) > 0)
		return LAW_NAMED;
	if (next < sc->len && sc->s[next] == '(') {
		inside = cite_space(sc, next + 1);
		if (law_at(sc, inside, USE_BESIDE, law) > 0)
			return LAW_NAMED;
	}
	if (cite_word(sc, next, &w) && w.kind == WORD_VAN) {
		found = law_behind_van(sc, cite_space(sc, w.end), law);
		return w.number == 1 && found == LAW_UNKNOWN ? LAW_NONE :
		    found;
	}
	return next == at + 1 && looks_like_law(sc, next) ? LAW_UNKNOWN :
	    LAW_NONE;
}

static const char *
form_of(const char *number, enum numbering *numbering)
{
	size_t n = strspn(number, "0123456789");

	*numbering = number[n] == ':' ? NUMBERING_COLON :
	    number[n] == '.' ? NUMBERING_DOT : NUMBERING_PLAIN;
	return *numbering == NUMBERING_COLON ? "1:1" :
	    *numbering == NUMBERING_DOT ? "1.1" : "1";
}

bool
law_fits(const struct scan *sc, const struct law *law, const char *number)
{
	enum numbering form, of;

	if (law->row == REGULATION_NONE)
		return true;
	of = regulation(sc->citer->regulations, law->row)->numbering;
	form_of(number, &form);
	return of == NUMBERING_ANY || of == form ||
	    (of == NUMBERING_COLON && law->book[0] != '\0');
}

bool
law_of_context(const struct scan *sc, const char *number, struct law *law)
{
	enum numbering form;
	const char *called;
	int row;

	if (sc->context == NULL)
		return false;
	if (sc->context_row == REGULATION_NONE) {
		*law = (struct law){ .row = REGULATION_NONE };
		snprintf(law->key, sizeof law->key, "%s", sc->context);
		return true;
	}
	called = form_of(number, &form);
	row = regulation_called(sc->citer->regulations, sc->context_row,
	    called, strlen(called));
	law_set(sc->citer, row != REGULATION_NONE ? row : sc->context_row,
	    law);
	return law_fits(sc, law, number);
}
