#include <config.h>

#include "dutch/citeart.h"

#include <string.h>
#include <strings.h>

/* A year or a word of measure behind a number: "8, 14 dagen". */
static bool
is_year(const char *number)
{
	return strlen(number) == 4 && strspn(number, "0123456789") == 4;
}

/*
 * The articles behind the word.  In the singular, what follows a comma or
 * "en" without a dot or letter is only sure if a law is named behind it.
 */
static size_t
group_at(const struct scan *sc, size_t begin, size_t at, bool is_plural,
    bool is_list, struct group *g)
{
	char number[NUMBER_BYTES];
	struct run run = { .count = 0 };
	bool is_range = false, is_sure = true;
	size_t end, next = at, i;

	g->begin = begin;
	g->end = g->count = g->sure = 0;
	if ((end = article_roman(sc, at, g->first)) > 0) {
		g->end = article_parts(sc, end, g->first, g);
		return g->end;
	}
	while ((end = article_number(sc, next, number)) > 0 &&
	    (g->end == 0 || !is_year(number)) && g->count < MAX_KEYS) {
		if (g->end == 0)
			strcpy(g->first, number);
		else
			is_sure = is_sure && (is_plural || is_range ||
			    strspn(number, "0123456789") < strlen(number));
		if (is_range)
			run_range(&run, number);
		else
			run_add(&run, number);
		for (i = is_range; i + 1 < run.count; i++)
			group_add(g, run.numbers[i], "", "", "");
		g->end = article_parts(sc, end, run.numbers[run.count - 1], g);
		if (is_sure)
			g->sure = g->count;
		memmove(run.numbers[0], run.numbers[run.count - 1],
		    NUMBER_BYTES);
		run.count = 1;
		if (!is_list ||
		    (next = cite_connector(sc, g->end, &is_range)) == 0)
			break;
		if (!is_range)
			run.count = 0;
	}
	return g->end;
}

/* A connector and "artikel": where the next group's number begins. */
static size_t
next_group(const struct scan *sc, size_t at, size_t *begin, bool *is_plural)
{
	bool is_range;
	size_t next = cite_connector(sc, at, &is_range), end;
	struct word_hit w;
	enum start start;

	if (next == 0)
		next = cite_space(sc, at);
	if (cite_word(sc, next, &w) && w.kind == WORD_JUNCTO)
		next = cite_space(sc, w.end);
	if (cite_word(sc, next, &w) && w.kind == WORD_DE)
		next = cite_space(sc, w.end);
	if ((end = cite_start(sc, next, &start)) == 0 ||
	    (start != START_ARTIKEL && start != START_ARTIKELEN))
		return 0;
	*begin = next;
	*is_plural = start == START_ARTIKELEN;
	if (end < sc->len && sc->s[end] == '.')
		end++;
	return cite_space(sc, end);
}

/* 15c is article 15, c, in what has no articles between 15 and 16. */
static void
add_group(struct scan *sc, const struct group *g, size_t count,
    const struct law *law, size_t end)
{
	const char *book = strpbrk(g->first, ".:") == NULL ? law->book : "";
	char key[sizeof law->key + sizeof law->book + KEY_BYTES + 8];
	char *prefix = stpcpy(stpcpy(stpcpy(key, law->key), ":art-"), book);
	size_t i, k;

	for (i = 0; i < count; i++) {
		const char *s = g->keys[i];

		k = strspn(s, "0123456789");
		if (!law->has_letter_parts || k == 0 || !cite_letter(s[k]) ||
		    cite_letter(s[k + 1]))
			k = 0;
		memcpy(prefix, s, k);
		if (k > 0)
			prefix[k++] = ':';
		cite_add(sc, g->begin, end, key, (size_t)(stpcpy(prefix + k,
		    s + k - (k > 0)) - key));
	}
}

/* Groups that no law is named behind: they have the one before, or none. */
static size_t
add_lawless(struct scan *sc, struct group *groups, size_t n,
    const struct law *before)
{
	struct law law;
	size_t i;

	for (i = 0; i < n; i++) {
		struct group *g = &groups[i];

		if (before != NULL && law_fits(sc, before, g->first)) {
			if (i == 0)
				g->begin = before->begin;
			add_group(sc, g, g->sure, before, g->end);
			continue;
		}
		if (i == 0 && before != NULL)
			law_add(sc, before);
		if (law_of_context(sc, g->first, &law))
			add_group(sc, g, g->sure, &law, g->end);
	}
	return groups[n - 1].end;
}

static size_t
add_lawful(struct scan *sc, struct group *groups, size_t n,
    const struct law *before, const struct law *law)
{
	size_t i;

	if (before != NULL)
		law_add(sc, before);
	for (i = 0; i + 1 < n; i++)
		if (law_fits(sc, law, groups[i].first))
			add_group(sc, &groups[i], groups[i].count, law,
			    groups[i].end);
	add_group(sc, &groups[i], groups[i].count, law, law->end);
	return law->end;
}

/*
 * 1. Read a group, and the law behind it.
 * 2. Without a law, but with "en artikel" behind it: the next group.
 * 3. The law that is found is that of all groups; a law that is not known
 *    makes them nobody's.
 */
size_t
articles_find(struct scan *sc, size_t begin, size_t at, bool is_plural,
    const struct law *before)
{
	struct group groups[MAX_GROUPS];
	enum law_found found = LAW_NONE;
	struct law law;
	size_t n = 0, end;

	if (at < sc->len && sc->s[at] == '.')
		at++;
	at = cite_space(sc, at);
	while (n < MAX_GROUPS && (end = group_at(sc, begin, at, is_plural,
	    true, &groups[n])) > 0) {
		n++;
		found = law_after(sc, end, &law);
		if (found != LAW_NONE ||
		    (at = next_group(sc, end, &begin, &is_plural)) == 0)
			break;
	}
	if (n == 0)
		return 0;
	if (found == LAW_NAMED)
		return add_lawful(sc, groups, n, before, &law);
	if (found == LAW_UNKNOWN) {
		if (before != NULL)
			law_add(sc, before);
		return groups[n - 1].end;
	}
	return add_lawless(sc, groups, n, before);
}

/* Words that a number belongs to, so that it is no article. */
static const char *const owners[] = {
	"hoofdstuk", "afdeling", "titel", "boek", "paragraaf", "bijlage",
	"deel", "nr", "nummer", "onderdeel", "lid", "sub", "onder", "pagina",
	"blz", "p", "stb", "stcrt", "trb", "par", "protocol", "circa", "de",
	"het", "een", "tot", "met", "model", "modellen", "formulier",
	"tabel", "versie", "punt",
};

static bool
has_owner(const struct scan *sc, size_t at)
{
	size_t end, begin, i;

	if (at == 0 || sc->s[at - 1] == '\n')
		return false;
	if (strchr(" (\"'", sc->s[at - 1]) == NULL)
		return sc->s[at - 1] > 0;
	for (end = at; end > 0 && strchr(" (.\"'", sc->s[end - 1]) != NULL; end--)
		if (at - end > 3)
			return false;
	for (begin = end; begin > 0 && end - begin < 12 &&
	    cite_letter(sc->s[begin - 1]); begin--)
		;
	for (i = 0; i < NELEM(owners); i++)
		if (strlen(owners[i]) == end - begin && strncasecmp(owners[i],
		    sc->s + begin, end - begin) == 0)
			return true;
	return false;
}

/* "64 Vw", "3.51 lid 1 Vb": a number, and an abbreviation behind it. */
size_t
article_bare(struct scan *sc, size_t at)
{
	struct group g;
	struct law law;
	size_t end;

	end = group_at(sc, at, at, false, false, &g);
	if (end == 0 || is_year(g.first) ||
	    law_at(sc, cite_comma(sc, end), USE_BESIDE, &law) == 0 ||
	    !law.is_short || !law_fits(sc, &law, g.first) ||
	    (law.end < sc->len && strchr("-'", sc->s[law.end]) != NULL) ||
	    has_owner(sc, at))
		return 0;
	add_group(sc, &g, g.count, &law, law.end);
	return law.end;
}

/* "Awb 3:2", "Vw 64": a number right behind the law. */
static size_t
number_behind(struct scan *sc, const struct law *law)
{
	struct law alone;
	struct group g;

	if (law_at(sc, law->begin, USE_ALONE, &alone) != law->end)
		return 0;
	if (law->end >= sc->len || sc->s[law->end] != ' ' ||
	    group_at(sc, law->begin, law->end + 1, false, false, &g) == 0 ||
	    is_year(g.first) || !law_fits(sc, law, g.first) ||
	    (!law->is_short && strpbrk(g.first, ".:") == NULL))
		return 0;
	add_group(sc, &g, g.count, law, g.end);
	return g.end;
}

/* What of a law is named behind its name. */
size_t
article_behind(struct scan *sc, const struct law *law)
{
	const struct citer *c = sc->citer;
	enum start start;
	size_t at = law->end, end;

	if (at < sc->len && sc->s[at] == ')')
		at++;
	at = cite_comma(sc, at);
	if (at < sc->len && (sc->s[at] == '(' || sc->s[at] == ':'))
		at = cite_space(sc, at + 1);
	end = cite_start(sc, at, &start);
	if (end > 0 && (start == START_ARTIKEL || start == START_ARTIKELEN))
		return articles_find(sc, at, end, start == START_ARTIKELEN,
		    law);
	if (law->row != REGULATION_NONE && regulation(c->regulations,
	    law->row)->numbering == NUMBERING_PLACE)
		return place_find(sc, law->begin,
		    end > 0 && start == START_PLACE ? end : at, true);
	return number_behind(sc, law);
}
