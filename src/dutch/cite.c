#include <config.h>

#include "dutch/cite.h"

#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "base/utf8.h"
#include "dutch/citeint.h"

#define RULES_VERSION 1

static int
open_citer(bool is_lazy, struct citer **out, struct error *err)
{
	CLEAN(citer_free) struct citer *c = xcalloc(1, sizeof *c);

	c->starts = names_new(is_lazy);
	if (regulations_load(c->starts, &c->regulations, err) == -1 ||
	    series_load(is_lazy, &c->series, err) == -1)
		return -1;
	cite_words_add(c, is_lazy);
	c->vc = regulation_by_key(c->regulations, "vc", 2);
	*out = c;
	c = NULL;
	return 0;
}

int
citer_open(struct citer **out, struct error *err)
{
	return open_citer(false, out, err);
}

int
citer_open_for_questions(struct citer **out, struct error *err)
{
	return open_citer(true, out, err);
}

void
citer_free(struct citer **c)
{
	if (*c == NULL)
		return;
	names_free(&(*c)->starts);
	names_free(&(*c)->words);
	regulations_free(&(*c)->regulations);
	series_free(&(*c)->series);
	free(*c);
	*c = NULL;
}

uint64_t
citer_fingerprint(const struct citer *c)
{
	uint64_t parts[] = { RULES_VERSION, regulations_hash(c->regulations),
		series_hash(c->series) };

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

void
citations_clear(struct citations *out)
{
	free(out->items);
	buf_clear(&out->strings);
	*out = (struct citations){ 0 };
}

static size_t
find_start(struct scan *sc, size_t begin, const struct name_hit *hit)
{
	enum start start = (enum start)~hit->value;

	switch (start) {
	case START_ARTIKEL:
	case START_ARTIKELEN:
		return articles_find(sc, begin, hit->end,
		    start == START_ARTIKELEN, NULL);
	case START_PLACE:
		return place_find(sc, begin, hit->end, true);
	case START_STB:
	case START_STCRT:
	case START_TRB:
	case START_PB:
		return journal_find(sc, begin, hit->end, start);
	case START_KST:
		return papers_find(sc, begin, hit->end);
	case START_LJN:
		return ljn_find(sc, begin, hit->end);
	case START_EU:
	case START_VERORDENING:
	case START_SERIES:
	case START_BWB:
		break;		/* tried elsewhere */
	}
	return 0;
}

/* A law, and what of it is named behind. */
static size_t
find_law(struct scan *sc, size_t begin)
{
	struct law law;
	size_t end;

	if (law_at(sc, begin, USE_BESIDE, &law) > 0 &&
	    (end = article_behind(sc, &law)) > 0)
		return end;
	if (law_at(sc, begin, USE_ALONE, &law) == 0)
		return 0;
	law_add(sc, &law);
	return law.end;
}

/* "artikel29" may be written so. */
static bool
is_start(const struct name_hit *hit)
{
	return hit->value < 0 && (!hit->is_glued ||
	    hit->value == ~(int)START_ARTIKEL);
}

static bool
has_start(const struct name_hit *hits, size_t n, enum start start)
{
	while (n-- > 0)
		if (hits[n].value == ~(int)start)
			return true;
	return false;
}

/*
 * A word begins at byte begin: numbers first (WI 2021/13 is not of the Wi),
 * then the longest start, then laws.  Returns where the citation ends, 0 if
 * there is none.
 */
static size_t
find_at(struct scan *sc, size_t begin)
{
	struct name_hit hits[NAMES_HITS];
	size_t n, end;

	n = names_find(sc->citer->starts, sc->s, sc->len, begin, hits);
	if (n == 0)
		return 0;
	if ((has_start(hits, n, START_BWB) &&
	    (end = bwb_find(sc, begin)) > 0) ||
	    (has_start(hits, n, START_SERIES) &&
	    (end = series_find(sc, begin)) > 0))
		return end;
	while (n-- > 0)
		if (is_start(&hits[n]) &&
		    (end = find_start(sc, begin, &hits[n])) > 0)
			return end;
	return find_law(sc, begin);
}

/* Whether the character before byte at is part of a word. */
static bool
is_inside(const struct scan *sc, size_t at)
{
	size_t begin = at;
	uint32_t c;

	if (at == 0)
		return false;
	if ((signed char)sc->s[at - 1] >= 0)
		return cite_alnum(sc->s[at - 1]);
	while (begin > 0 && at - begin < 4) {
		begin--;
		if (((unsigned char)sc->s[begin] & 0xC0) != 0x80)
			break;
	}
	return utf8_decode(sc->s + begin, at - begin, &c) > 0 &&
	    (utf8_is_word(c) || utf8_is_ignorable(c));
}

static bool
is_place_start(const struct scan *sc, size_t at)
{
	char c = sc->s[at];

	return (c | 32) >= 'a' && (c | 32) <= 'd' && at + 1 < sc->len &&
	    (cite_digit(sc->s[at + 1]) || (c < 'a' && sc->s[at + 1] == ' ' &&
	    at + 2 < sc->len && cite_digit(sc->s[at + 2])));
}

static size_t
find_word(struct scan *sc, size_t at)
{
	bool may_be_name = names_may_begin(sc->citer->starts_filter, sc->s,
	    sc->len, at);
	size_t end = 0;

	if ((!may_be_name && sc->s[at] > '9' && !is_place_start(sc, at)) ||
	    is_inside(sc, at))
		return 0;
	if (may_be_name)
		end = find_at(sc, at);
	if (end == 0 && cite_digit(sc->s[at]) &&
	    (end = find_law(sc, at)) == 0)
		end = article_bare(sc, at);
	if (end == 0 && is_place_start(sc, at))
		end = place_find(sc, at, at, false);
	return end;
}

static const bool is_alnum[256] = {
	['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1,
	['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1,
};

/*
 * 1. Go to the next letter or digit that has none before it.
 * 2. If a citation begins there, go on behind it.
 * 3. Else pass over the word.
 */
void
citations_find(const struct citer *c, const char *text, size_t len,
    const char *context, struct citations *out)
{
	struct scan sc = { c, text, len, context, REGULATION_NONE, out };
	const unsigned char *s = (const unsigned char *)text;
	size_t at = 0, end;

	out->count = 0;
	buf_cut(&out->strings, 0);
	if (context != NULL)
		sc.context_row = regulation_by_key(c->regulations, context,
		    strlen(context));
	while (at < len) {
		if (!is_alnum[s[at]]) {
			at++;
			continue;
		}
		if ((end = find_word(&sc, at)) > at) {
			at = end;
			continue;
		}
		while (at < len && is_alnum[s[at]])
			at++;
	}
}
