#include <config.h>

#include "dutch/citeint.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- places in the Vreemdelingencirculaire ---- */

/* "4.4.1": numbers of at most two digits with dots. */
static size_t
dotted_at(const struct scan *sc, size_t at)
{
	size_t end = cite_digits(sc, at, 1, 2), more;
	int i;

	for (i = 0; end > 0 && i < 6 && end < sc->len && sc->s[end] == '.' &&
	    (more = cite_digits(sc, end + 1, 1, 2)) > 0; i++)
		end = more;
	return end;
}

/* "C2/4.4", "C 2/4.4", "C2"; its key without "vc:". */
static size_t
place_at(const struct scan *sc, size_t at, char key[40], bool *has_slash)
{
	size_t end, next;
	int n;

	if (at >= sc->len || (sc->s[at] | 32) < 'a' || (sc->s[at] | 32) > 'd')
		return 0;
	next = at + 1;
	if (next < sc->len && sc->s[next] == ' ')
		next++;
	if ((end = cite_digits(sc, next, 1, 2)) == 0)
		return 0;
	n = snprintf(key, 40, "%c%.*s", sc->s[at] | 32, (int)(end - next),
	    sc->s + next);
	*has_slash = end + 1 < sc->len && sc->s[end] == '/' &&
	    cite_digit(sc->s[end + 1]);
	if (*has_slash) {
		next = end;
		if ((end = dotted_at(sc, next + 1)) == 0)
			return 0;
		snprintf(key + n, 40 - (size_t)n, "%.*s", (int)(end - next),
		    sc->s + next);
	}
	if (!cite_is_end(sc, end) || (end + 1 < sc->len &&
	    (sc->s[end] == '/' || sc->s[end] == '.' || sc->s[end] == ':') &&
	    cite_digit(sc->s[end + 1])))
		return 0;
	return end;
}

/* Whether the circulaire is named behind byte at; where it ends then. */
static size_t
circular_behind(const struct scan *sc, size_t at)
{
	struct law law;

	if (law_after(sc, at, &law) != LAW_NAMED ||
	    law.row == REGULATION_NONE || regulation(sc->citer->regulations,
	    law.row)->numbering != NUMBERING_PLACE)
		return 0;
	return law.end;
}

static bool
is_circular_context(const struct scan *sc)
{
	return sc->context_row != REGULATION_NONE &&
	    regulation(sc->citer->regulations, sc->context_row)->numbering ==
	    NUMBERING_PLACE;
}

/*
 * A place; is_sure if "paragraaf" or the circulaire stands before it.
 * Without that, and without the circulaire behind it, it needs its slash.
 */
size_t
place_find(struct scan *sc, size_t begin, size_t at, bool is_sure)
{
	char key[48] = "vc:";
	size_t end, law;
	bool has_slash;

	if (sc->citer->vc == REGULATION_NONE)
		return 0;
	if (is_sure) {
		if (at < sc->len && sc->s[at] == '.')
			at++;
		at = cite_space(sc, at);
	}
	if ((end = place_at(sc, at, key + 3, &has_slash)) == 0)
		return 0;
	if ((law = circular_behind(sc, end)) > 0)
		end = law;
	else if (!has_slash && (!is_sure || sc->s[at] >= 'a') &&
	    !is_circular_context(sc))
		return 0;
	cite_add(sc, begin, end, key, strlen(key));
	return end;
}

/* ---- EU numbers ---- */

static const char *const communities[] = { "EU", "EG", "EEG", "JBZ",
	"Euratom", "EGKS", "GBVB", "EC", "EEC" };

/* "/EU", "/EEG" behind a number. */
static size_t
community_at(const struct scan *sc, size_t at)
{
	size_t i, n;

	if (at >= sc->len || sc->s[at] != '/')
		return 0;
	for (i = 0; i < NELEM(communities); i++) {
		n = strlen(communities[i]);
		if (at + 1 + n <= sc->len && strncasecmp(sc->s + at + 1,
		    communities[i], n) == 0 && cite_is_end(sc, at + 1 + n))
			return at + 1 + n;
	}
	return 0;
}

/* "(EU)", "(EG, Euratom)", "EG", and "nr." before the number. */
static size_t
eu_prefix(const struct scan *sc, size_t at)
{
	struct word_hit w;
	size_t i, n, end;

	at = cite_space(sc, at);
	if (at < sc->len && sc->s[at] == '(') {
		for (end = at; end < sc->len && end - at < 20 &&
		    sc->s[end] != ')'; end++)
			;
		if (end < sc->len && sc->s[end] == ')')
			at = cite_space(sc, end + 1);
	}
	for (i = 0; i < NELEM(communities); i++) {
		n = strlen(communities[i]);
		if (at + n < sc->len && strncasecmp(sc->s + at,
		    communities[i], n) == 0 && cite_is_end(sc, at + n)) {
			at = cite_space(sc, at + n);
			break;
		}
	}
	if (cite_word(sc, at, &w) && w.kind == WORD_NR) {
		at = w.end;
		if (at < sc->len && sc->s[at] == '.')
			at++;
		at = cite_space(sc, at);
	}
	return at;
}

static bool
is_eu_year(int n)
{
	return n >= 1952 && n <= 2099;
}

/*
 * The key of a number a/b.  Directives count within their year: 2011/95; so
 * do all since 2015; regulations before that are number and year: 604/2013.
 */
static void
eu_key(const struct scan *sc, size_t a, size_t slash, size_t b, size_t end,
    enum start kind, struct law *law)
{
	int first = cite_value(sc, a), second = cite_value(sc, b);
	bool swap = false;

	if (is_eu_year(second) && !is_eu_year(first))
		swap = kind == START_EU || second >= 2015;
	else if (is_eu_year(first) && !is_eu_year(second))
		swap = kind == START_VERORDENING && first < 2015;
	*law = (struct law){ .row = REGULATION_NONE, .has_letter_parts = true,
	    .begin = a };
	if (swap)
		snprintf(law->key, sizeof law->key, "eu-%.*s/%.*s",
		    (int)(end - b), sc->s + b, (int)(slash - a), sc->s + a);
	else
		snprintf(law->key, sizeof law->key, "eu-%.*s/%.*s",
		    (int)(slash - a), sc->s + a, (int)(end - b), sc->s + b);
	law->row = regulation_by_key(sc->citer->regulations, law->key,
	    strlen(law->key));
}

/*
 * Whether a bare number of the table is itself, rather than that of a page or
 * a case (JV 2013/32, nr. 2013/32): no short word stands right before it.
 */
static bool
is_free(const struct scan *sc, size_t at)
{
	static const char *const fine[] = { "van", "de", "in", "en", "of",
		"bij", "uit", "op", "met", "art", "vo", "rl", "zie", "EU",
		"EG", "is" };
	size_t end = at, n, i;

	if (at == 0)
		return true;
	if (sc->s[at - 1] != ' ')
		return strchr("(\n[,;", sc->s[at - 1]) != NULL;
	while (end > 0 && sc->s[end - 1] == ' ' && at - end < 4)
		end--;
	for (n = 0; n < end && n < 6 && cite_alnum(sc->s[end - 1 - n]); n++)
		;
	if (n == 0)
		return end == 0 || strchr("(,;\n", sc->s[end - 1]) != NULL;
	for (i = 0; i < NELEM(fine); i++)
		if (strlen(fine[i]) == n &&
		    memcmp(sc->s + end - n, fine[i], n) == 0)
			return true;
	return n > 4;
}

size_t
eu_number(const struct scan *sc, size_t at, enum start kind, struct law *law)
{
	size_t begin = at, slash, b, end, community;

	if (kind != START_SERIES && kind != START_EU &&
	    kind != START_VERORDENING)
		return 0;
	if (kind != START_SERIES)
		at = eu_prefix(sc, at);
	if ((slash = cite_digits(sc, at, 1, 4)) == 0 || slash >= sc->len ||
	    sc->s[slash] != '/' ||
	    (end = cite_digits(sc, slash + 1, 1, 4)) == 0)
		return 0;
	b = slash + 1;
	if ((community = community_at(sc, end)) == 0 &&
	    (!cite_is_end(sc, end) || (end < sc->len && sc->s[end] == '/')))
		return 0;
	if (!is_eu_year(cite_value(sc, at)) &&
	    !is_eu_year(cite_value(sc, b)) &&
	    (kind == START_SERIES || (slash - at != 2 && end - b != 2)))
		if (community == 0)
			return 0;
	eu_key(sc, at, slash, b, end, kind == START_SERIES && community > 0 ?
	    START_EU : kind, law);
	if (kind == START_SERIES && community == 0 &&
	    (law->row == REGULATION_NONE || !is_free(sc, at)))
		return 0;
	law->begin = begin;
	law->end = community > 0 ? community : end;
	return law->end;
}

/* ---- numbers of laws and documents ---- */

/*
 * What is asked of a law in an address: /artikel/29, #Artikel29,
 * &artikel=29&lid=1.  name is searched in the next bytes without a space.
 */
static size_t
address_part(const struct scan *sc, size_t at, size_t end, const char *name,
    char *out, size_t size)
{
	size_t n = strlen(name), k, i;

	for (i = at; i + n < end; i++) {
		if (strncasecmp(sc->s + i, name, n) != 0)
			continue;
		k = i + n;
		if (sc->s[k] == '=' || sc->s[k] == '/' || sc->s[k] == ' ')
			k++;
		for (n = 0; k + n < end && n + 1 < size &&
		    (cite_alnum(sc->s[k + n]) || sc->s[k + n] == '.' ||
		    sc->s[k + n] == ':'); n++)
			out[n] = sc->s[k + n] == ':' ? '.' : sc->s[k + n];
		while (n > 0 && out[n - 1] == '.')
			n--;
		out[n] = '\0';
		return n > 0 && cite_digit(out[0]) ? k + n : 0;
	}
	return 0;
}

static size_t
address_end(const struct scan *sc, size_t at)
{
	size_t end = at;

	while (end < sc->len && end - at < 160 && (cite_alnum(sc->s[end]) ||
	    strchr("/#&=_-.:?", sc->s[end]) != NULL) && sc->s[end] != '\0')
		end++;
	/* "BWBR0011823/artikel 29" */
	if (end - at >= 8 && end + 1 < sc->len && sc->s[end] == ' ' &&
	    strncasecmp(sc->s + end - 8, "/artikel", 8) == 0)
		for (end++; end < sc->len && end - at < 160 &&
		    (cite_alnum(sc->s[end]) || sc->s[end] == '.' ||
		    sc->s[end] == ':'); end++)
			;
	return end;
}

size_t
bwb_find(struct scan *sc, size_t at)
{
	size_t id = cite_digits(sc, at + 4, 7, 7), end, part, i;
	char article[20], lid[8];
	struct law law = { .row = REGULATION_NONE };
	struct buf key = BUF_INIT;

	if (id == 0 || (id < sc->len && cite_letter(sc->s[id])))
		return 0;
	law.row = regulation_by_bwb(sc->citer->regulations, sc->s + at);
	if (law.row != REGULATION_NONE)
		law_set(sc->citer, law.row, &law);
	else
		for (i = at; i < id; i++)
			law.key[i - at] = (char)(sc->s[i] |
			    (cite_letter(sc->s[i]) ? 32 : 0));
	buf_adds(&key, law.key);
	end = address_end(sc, id);
	part = address_part(sc, id, end, "artikel", article, sizeof article);
	if (part > 0) {
		id = part;
		buf_addf(&key, ":art-%s", article);
		part = address_part(sc, id, end, "lid", lid, sizeof lid);
		if (part > 0) {
			id = part;
			buf_addf(&key, ":%s", lid);
		}
	}
	cite_add(sc, at, id, key.s, key.len);
	buf_clear(&key);
	return id;
}

size_t
series_find(struct scan *sc, size_t at)
{
	const struct series *ss = sc->citer->series;
	struct buf key = BUF_INIT;
	struct series_match m;
	const char *last;

	if (!series_match(ss, sc->s, sc->len, at, SERIES_PLAIN, &m))
		return 0;
	series_key(ss, sc->s, &m, &key);
	cite_add(sc, m.begin, m.end, key.s, key.len);
	/* The LJN lives on as the end of an ECLI. */
	last = strrchr(key.s, ':');
	if (strncmp(key.s, "ecli:nl:", 8) == 0 && strlen(last) == 7 &&
	    cite_letter(last[1]) && cite_letter(last[2]) &&
	    strspn(last + 3, "0123456789") == 4) {
		char ljn[16];

		snprintf(ljn, sizeof ljn, "ljn-%s", last + 1);
		cite_add(sc, m.begin, m.end, ljn, strlen(ljn));
	}
	buf_clear(&key);
	return m.end;
}
