#include <config.h>

#include "dutch/citeart.h"

#include <stdio.h>
#include <string.h>

/* What is said of an article: eerste en tweede lid, onder a en b, 1°. */
struct parts {
	char lids[MAX_PARTS][PART_BYTES];
	char letters[MAX_PARTS][PART_BYTES];
	char subs[MAX_PARTS][PART_BYTES];
	size_t nlids, nletters, nsubs;
};

void
group_add(struct group *g, const char *number, const char *lid,
    const char *letter, const char *sub)
{
	const char *const parts[] = { lid, letter, sub };
	char *key, *end;
	size_t i;

	if (g->count == MAX_KEYS)
		return;
	key = g->keys[g->count++];
	end = stpcpy(key, number);
	for (; *key != '\0'; key++)
		if (*key == ':')
			*key = '.';	/* 3:2 and 3.2 are one article */
	for (i = 0; i < NELEM(parts); i++)
		if (*parts[i] != '\0') {
			*end++ = ':';
			end = stpcpy(end, parts[i]);
		}
}

/* Add the keys of one article with its parts: every lid with every letter. */
static void
add_parts(struct group *g, const char *number, const struct parts *p)
{
	size_t i = 0, k, m;

	do {
		k = 0;
		do {
			m = 0;
			do
				group_add(g, number,
				    i < p->nlids ? p->lids[i] : "",
				    k < p->nletters ? p->letters[k] : "",
				    m < p->nsubs ? p->subs[m] : "");
			while (++m < p->nsubs);
		} while (++k < p->nletters);
	} while (++i < p->nlids);
}

static bool
is_empty(const struct parts *p)
{
	return p->nlids + p->nletters + p->nsubs == 0;
}

static void
add_part(char list[MAX_PARTS][PART_BYTES], size_t *n, const char *s,
    size_t len)
{
	size_t i;

	if (*n == MAX_PARTS || len >= sizeof list[0])
		return;
	for (i = 0; i < len; i++)
		list[*n][i] = (char)(s[i] | (cite_letter(s[i]) ? 32 : 0));
	list[(*n)++][len] = '\0';
}

static void
add_lid(struct parts *p, int number)
{
	char text[PART_BYTES];
	int n = snprintf(text, sizeof text, "%d", number);

	add_part(p->lids, &p->nlids, text, (size_t)n);
}

size_t
cite_connector(const struct scan *sc, size_t at, bool *is_range)
{
	size_t next = cite_comma(sc, at), spaced = cite_space(sc, at);
	struct word_hit w;

	*is_range = false;
	if (cite_word(sc, next, &w) &&
	    (w.kind == WORD_AND || w.kind == WORD_RANGE ||
	    w.kind == WORD_JUNCTO)) {
		*is_range = w.kind == WORD_RANGE;
		next = w.end;
		if (next < sc->len && sc->s[next] == '.')
			next++;
		return cite_space(sc, next);
	}
	*is_range = true;
	if (spaced < sc->len && sc->s[spaced] == '-')
		return cite_space(sc, spaced + 1);
	if (spaced + 3 <= sc->len &&
	    memcmp(sc->s + spaced, "\xE2\x80\x93", 3) == 0)
		return cite_space(sc, spaced + 3);
	*is_range = false;
	if (spaced < sc->len && (sc->s[spaced] == '&' || sc->s[spaced] == '+'))
		return cite_space(sc, spaced + 1);
	return next > spaced ? next : 0;
}

/* An ordinal: eerste, 1e, 2de, 8ste. */
static size_t
ordinal_at(const struct scan *sc, size_t at, int *number)
{
	size_t end = cite_digits(sc, at, 1, 2), k;
	struct word_hit w;
	static const char *const suffixes[] = { "e", "de", "ste" };

	if (cite_word(sc, at, &w) && w.kind == WORD_ORDINAL) {
		*number = w.number;
		return w.end;
	}
	for (k = 0; end > 0 && k < NELEM(suffixes); k++) {
		size_t n = strlen(suffixes[k]);

		if (end + n <= sc->len &&
		    memcmp(sc->s + end, suffixes[k], n) == 0 &&
		    cite_is_end(sc, end + n)) {
			*number = cite_value(sc, at);
			return end + n;
		}
	}
	return 0;
}

/*
 * "eerste, tweede en vierde tot en met zesde lid".  Ordinals of what is not a
 * lid (volzin) are read and give no keys.
 */
static size_t
ordinals_at(const struct scan *sc, size_t at, struct parts *p)
{
	int numbers[MAX_PARTS], number, i;
	bool is_range = false;
	struct word_hit w;
	size_t n = 0, end, next;

	for (;;) {
		if ((end = ordinal_at(sc, at, &number)) == 0)
			return 0;
		for (i = n > 0 && is_range ? numbers[n - 1] + 1 : number;
		    i <= number && n < MAX_PARTS; i++)
			numbers[n++] = i;
		next = cite_space(sc, end);
		if (cite_word(sc, next, &w) &&
		    (w.kind == WORD_LID || w.kind == WORD_ZIN))
			break;
		if (n == MAX_PARTS || (at = cite_connector(sc, end, &is_range)) == 0)
			return 0;
	}
	for (i = 0; w.kind == WORD_LID && (size_t)i < n; i++)
		add_lid(p, numbers[i]);
	return w.end;
}

/* A number of a lid: up to 40, not the number of what comes next. */
static size_t
lid_number(const struct scan *sc, size_t at, int *number)
{
	size_t end = cite_digits(sc, at, 1, 2);
	struct word_hit w;
	int ordinal;

	if (end == 0 || (end < sc->len && sc->s[end] == '.' &&
	    end + 1 < sc->len && cite_digit(sc->s[end + 1])))
		return 0;
	*number = cite_value(sc, at);
	if (*number == 0 || *number > 40 ||
	    ordinal_at(sc, cite_comma(sc, end), &ordinal) > 0 ||
	    (cite_word(sc, cite_comma(sc, end), &w) && w.kind == WORD_LID))
		return 0;
	return end;
}

/* "lid 1, 2 en 4", "leden 1 t/m 3", "lid 1b": behind the word. */
static size_t
lids_at(const struct scan *sc, size_t at, struct parts *p)
{
	size_t end = 0, next = cite_space(sc, at);
	int number, before = 0;
	bool is_range = false;

	while ((next = lid_number(sc, next, &number)) > 0) {
		if (next + 1 <= sc->len && cite_letter(sc->s[next < sc->len ?
		    next : 0]) && next < sc->len) {
			if (!cite_is_end(sc, next + 1))
				break;
			add_lid(p, number);
			add_part(p->letters, &p->nletters, sc->s + next, 1);
			return next + 1;
		}
		if (!cite_is_end(sc, next))
			break;
		while (is_range && ++before < number)
			add_lid(p, before);
		add_lid(p, number);
		before = number;
		end = next;
		if ((next = cite_connector(sc, end, &is_range)) == 0)
			break;
	}
	return end;
}

/* One letter, or one twice (aa), that is no beginning of "e.v.". */
static size_t
letter_at(const struct scan *sc, size_t at)
{
	size_t end = at + 1;

	if (at >= sc->len || !cite_letter(sc->s[at]))
		return 0;
	if (end < sc->len && sc->s[end] == sc->s[at] && sc->s[at] >= 'a')
		end++;
	if (!cite_is_end(sc, end) || (end + 1 < sc->len &&
	    (sc->s[end] == '.' || sc->s[end] == '/') &&
	    cite_alnum(sc->s[end + 1])))
		return 0;
	return end;
}

/* "1°": its end, with the number in text as "1o". */
static size_t
degree_at(const struct scan *sc, size_t at, bool is_sure,
    char text[PART_BYTES])
{
	size_t end = cite_digits(sc, at, 1, 2), next;

	if (end == 0)
		return 0;
	next = end;
	if (end + 2 <= sc->len && (memcmp(sc->s + end, "\xC2\xB0", 2) == 0 ||
	    memcmp(sc->s + end, "\xC2\xBA", 2) == 0))
		end += 2;
	else if (!is_sure || !cite_is_end(sc, end))
		return 0;
	snprintf(text, PART_BYTES, "%.*so", (int)(next - at), sc->s + at);
	return end;
}

/* "1°, 2° en 3°", from the first on. */
static size_t
degrees_at(const struct scan *sc, size_t at, bool is_sure, struct parts *p)
{
	size_t end = 0, next = at;
	bool is_range;
	char text[PART_BYTES];

	while ((next = degree_at(sc, next, is_sure, text)) > 0) {
		add_part(p->subs, &p->nsubs, text, strlen(text));
		end = next;
		is_sure = false;
		if ((next = cite_connector(sc, end, &is_range)) == 0)
			break;
	}
	return end;
}

/* "a, b en d tot en met f", behind "onder". */
static size_t
letters_at(const struct scan *sc, size_t at, struct parts *p)
{
	size_t end = 0, next = cite_space(sc, at), begin;
	bool is_range = false;
	char c = 'a';

	while ((begin = next, next = letter_at(sc, begin)) > 0) {
		char last = (char)(sc->s[begin] | 32);

		for (c++; is_range && c < last; c++)
			add_part(p->letters, &p->nletters, &c, 1);
		add_part(p->letters, &p->nletters, sc->s + begin,
		    next - begin);
		c = last;
		if (next < sc->len && sc->s[next] == ')' &&
		    (begin == 0 || sc->s[begin - 1] != '('))
			next++;
		end = next;
		if ((next = cite_connector(sc, end, &is_range)) == 0)
			break;
	}
	return end;
}

/* "(1)", "(b)" at byte at. */
static size_t
bracket_at(const struct scan *sc, size_t at, struct parts *p)
{
	size_t end;

	if (at >= sc->len || sc->s[at] != '(')
		return 0;
	at++;
	if ((end = cite_digits(sc, at, 1, 2)) == 0)
		end = letter_at(sc, at);
	if (end == 0 || end >= sc->len || sc->s[end] != ')')
		return 0;
	if (cite_digit(sc->s[at]))
		add_lid(p, cite_value(sc, at));
	else
		add_part(p->letters, &p->nletters, sc->s + at, end - at);
	return end + 1;
}

/* "-1-a" glued to a number: lid 1, onder a. */
static size_t
dashes_at(const struct scan *sc, size_t at, struct parts *p)
{
	size_t end, letter;

	if (at >= sc->len || sc->s[at] != '-' ||
	    (end = cite_digits(sc, at + 1, 1, 2)) == 0 || end >= sc->len ||
	    sc->s[end] != '-' || (letter = letter_at(sc, end + 1)) == 0)
		return 0;
	add_lid(p, cite_value(sc, at + 1));
	add_part(p->letters, &p->nletters, sc->s + end + 1,
	    letter - end - 1);
	return letter;
}

/*
 * The next part at byte at, behind a connector or not: what it says is added
 * to p.
 */
static size_t
part_at(const struct scan *sc, size_t at, struct parts *p)
{
	struct word_hit w;
	size_t end;

	if ((end = ordinals_at(sc, at, p)) > 0)
		return end;
	if (!cite_word(sc, at, &w))
		return degrees_at(sc, at, false, p);
	if (w.kind == WORD_LID)
		return lids_at(sc, w.end, p);
	if (w.kind == WORD_AANHEF)
		return w.end;
	if (w.kind == WORD_TEN) {
		char text[PART_BYTES];

		snprintf(text, sizeof text, "%do", w.number % 100);
		add_part(p->subs, &p->nsubs, text, strlen(text));
		return w.end;
	}
	if (w.kind != WORD_ONDER)
		return 0;
	if ((end = letters_at(sc, w.end, p)) > 0)
		return end;
	return degrees_at(sc, cite_space(sc, w.end), w.number == 1, p);
}

/* New parts begin a new place if they are not below those before. */
static bool
is_new_place(const struct parts *p, const struct parts *more)
{
	return (more->nlids > 0 && !is_empty(p)) ||
	    (more->nletters > 0 && p->nletters + p->nsubs > 0);
}

static void
join_parts(struct parts *p, const struct parts *more)
{
	size_t i;

	for (i = 0; i < more->nlids; i++)
		add_part(p->lids, &p->nlids, more->lids[i],
		    strlen(more->lids[i]));
	for (i = 0; i < more->nletters; i++)
		add_part(p->letters, &p->nletters, more->letters[i],
		    strlen(more->letters[i]));
	for (i = 0; i < more->nsubs; i++)
		add_part(p->subs, &p->nsubs, more->subs[i],
		    strlen(more->subs[i]));
}

/* Parts of no use any more; what "onder b" behind "onder a" still shares. */
static void
reset_parts(struct parts *p, const struct parts *more)
{
	p->nletters = p->nsubs = 0;
	if (more->nlids > 0)
		p->nlids = 0;
}

size_t
article_parts(const struct scan *sc, size_t at, const char *number,
    struct group *g)
{
	struct parts p, more;
	size_t end, next;
	bool is_range;

	p.nlids = p.nletters = p.nsubs = 0;
	if ((end = dashes_at(sc, at, &p)) > 0)
		at = end;
	for (;;) {
		more.nlids = more.nletters = more.nsubs = 0;
		if ((end = bracket_at(sc, at, &more)) == 0 &&
		    (end = part_at(sc, cite_comma(sc, at), &more)) == 0 &&
		    ((next = cite_connector(sc, at, &is_range)) == 0 ||
		    (end = part_at(sc, next, &more)) == 0))
			break;
		if (is_new_place(&p, &more)) {
			add_parts(g, number, &p);
			reset_parts(&p, &more);
		}
		join_parts(&p, &more);
		at = end;
	}
	add_parts(g, number, &p);
	return at;
}
