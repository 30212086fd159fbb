#include <config.h>

#include "gather/shorttitle.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "dutch/docname.h"
#include "gather/rules.h"

enum {
	MAX_BYTES = 300,	/* of a short title */
	MIN_BYTES = 3,
	SUBJECT_BYTES = 250,	/* from subject to verb, at most */
	MAX_VERBS = 3,		/* zal kunnen worden */
	MIN_WORD = 4,		/* letters of what is no abbreviation */
	QUOTED_LINES = 3,	/* "luiden:", the heading of the article, it */
};

enum rule {
	RULE_ZELF,
	RULE_NIET,
	RULE_NA,
	RULE_VOLGT,
	RULE_RELATIEF,
	RULE_AANHEF,
	RULE_LIDWOORD,
	RULE_EINDE,
	RULE_JAAR,
	RULE_CITAAT,
	RULE_SOORT,
	NRULES
};

static const char *const rule_names[NRULES] = {
	"zelf", "niet", "na", "volgt", "relatief", "aanhef", "lidwoord",
	"einde", "jaar", "citaat", "soort",
};

struct short_titles {
	struct rules rules;
	struct docnamer *namer;
};

/* A piece of text. */
struct span {
	const char *s;
	size_t n;
};

int
short_titles_load(struct short_titles **out, struct error *err)
{
	CLEAN(short_titles_free) struct short_titles *t = xcalloc(1, sizeof *t);

	if (rules_load(&t->rules, "citeertitels.tsv", rule_names, NRULES,
	    err) == -1 || docnamer_open(&t->namer, err) == -1)
		return -1;
	*out = t;
	t = NULL;
	return 0;
}

void
short_titles_free(struct short_titles **t)
{
	if (*t == NULL)
		return;
	rules_clear(&(*t)->rules);
	docnamer_free(&(*t)->namer);
	free(*t);
	*t = NULL;
}

uint64_t
short_titles_hash(const struct short_titles *t)
{
	uint64_t parts[] = { t->rules.table.hash,
	    docnamer_fingerprint(t->namer) };

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

/* ---- pieces of text ---- */

/* The bytes of the longest text of a rule that s begins with; 0 if none. */
static size_t
begins(const struct short_titles *t, enum rule rule, struct span s)
{
	size_t i, best = 0;

	for (i = 0; i < t->rules.count; i++) {
		const struct rules_item *r = &t->rules.items[i];

		if (r->kind == rule && r->len > best && r->len <= s.n &&
		    strncasecmp(s.s, r->text, r->len) == 0)
			best = r->len;
	}
	return best;
}

static bool
ends(const struct short_titles *t, enum rule rule, struct span s)
{
	size_t i;

	for (i = 0; i < t->rules.count; i++) {
		const struct rules_item *r = &t->rules.items[i];

		if (r->kind == rule && r->len <= s.n &&
		    strncasecmp(s.s + s.n - r->len, r->text, r->len) == 0)
			return true;
	}
	return false;
}

static bool
contains(const struct short_titles *t, enum rule rule, struct span s)
{
	for (; s.n > 0; s.s++, s.n--)
		if (begins(t, rule, s) > 0)
			return true;
	return false;
}

/* Is the word a text of the rule, as a whole? */
static bool
is_one(const struct short_titles *t, enum rule rule, struct span word)
{
	return word.n > 0 && begins(t, rule, word) == word.n;
}

static struct span
trim(struct span s)
{
	while (s.n > 0 && (*s.s == ' ' || *s.s == '\t'))
		s.s++, s.n--;
	while (s.n > 0 && (s.s[s.n - 1] == ' ' || s.s[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* The line around a place in the text, which begins at text. */
static struct span
line_around(const char *text, const char *at)
{
	const char *begin = at, *end = strchr(at, '\n');

	while (begin > text && begin[-1] != '\n')
		begin--;
	return (struct span){
		begin, end != NULL ? (size_t)(end - begin) : strlen(begin)
	};
}

/* The next word of *s, which moves behind it; of no bytes at the end. */
static struct span
next_word(struct span *s)
{
	struct span word;

	while (s->n > 0 && (*s->s == ' ' || ispunct((unsigned char)*s->s)))
		s->s++, s->n--;
	word = (struct span){ s->s, 0 };
	while (s->n > 0 && *s->s != ' ' && !ispunct((unsigned char)*s->s))
		s->s++, s->n--, word.n++;
	return word;
}

/* ---- whose title it is ---- */

/*
 * "De regeling wordt": the sentence has no other subject than the kind of
 * regulation this is.  A capital would be that of a name.
 */
static bool
is_plain_subject(const struct short_titles *t, struct span sentence)
{
	struct span article = next_word(&sentence), noun = next_word(&sentence);
	int n = 0;

	while (next_word(&sentence).n > 0)
		n++;
	return noun.n > 0 && noun.s == article.s + article.n + 1 &&
	    begins(t, RULE_LIDWOORD, (struct span){ article.s,
	    article.n + 1 }) == article.n + 1 && n <= MAX_VERBS &&
	    islower((unsigned char)*noun.s) &&
	    docname_is_law(t->namer, noun.s, noun.n);
}

/*
 * Does what stands between the begin of a sentence and the verb say that the
 * document itself is cited so?  "Deze wet kan worden ...", "treedt in werking
 * ...; zij wordt ...", "het volgende verdrag, dat kan worden ...".
 */
static bool
is_own(const struct short_titles *t, struct span before)
{
	struct span rest = before, word, last = { NULL, 0 };
	bool is_self = is_plain_subject(t, before), follows = false;

	if (rest.n > SUBJECT_BYTES)
		rest = (struct span){ rest.s + rest.n - SUBJECT_BYTES,
		    SUBJECT_BYTES };
	while ((word = next_word(&rest)).n > 0) {
		if (is_one(t, RULE_ZELF, word))
			is_self = !is_one(t, RULE_NA, last);
		else if (is_one(t, RULE_NIET, word))
			is_self = false;
		else if (follows && is_one(t, RULE_RELATIEF, word))
			is_self = true;
		follows |= is_one(t, RULE_VOLGT, word);
		last = word;
	}
	return is_self;
}

/* Does one of the lines above the line at s announce a quotation? */
static bool
is_quoted(const struct short_titles *t, const char *text, const char *s)
{
	int i;

	for (i = 0; i < QUOTED_LINES && s > text; i++) {
		struct span line = trim(line_around(text, s - 1));

		if (ends(t, RULE_CITAAT, line))
			return true;
		s = line_around(text, s - 1).s;
	}
	return false;
}

/* ---- the title itself ---- */

/* What opens and closes a quotation; others close with what opened it. */
static const struct {
	const char *open, *close;
} quotes[] = {
	{ "\"", "\"" }, { "'", "'" },
	{ "\xE2\x80\x9C", "\xE2\x80\x9D" },	/* 66, 99 */
	{ "\xE2\x80\x9D", "\xE2\x80\x9D" },
	{ "\xE2\x80\x9E", "\xE2\x80\x9D" },	/* low 99 */
	{ "\xE2\x80\x98", "\xE2\x80\x99" },	/* 6, 9 */
	{ "\xE2\x80\x99", "\xE2\x80\x99" },
	{ "\xE2\x80\x9A", "\xE2\x80\x99" },	/* low 9 */
	{ "\xC2\xAB", "\xC2\xBB" },
};

/* Skip an opening quote; returns what closes it, or NULL. */
static const char *
skip_quote(struct span *s)
{
	size_t i, n;

	for (i = 0; i < NELEM(quotes); i++) {
		n = strlen(quotes[i].open);
		if (s->n > n && memcmp(s->s, quotes[i].open, n) == 0) {
			s->s += n, s->n -= n;
			*s = trim(*s);
			return quotes[i].close;
		}
	}
	return NULL;
}

/*
 * Skip what comes before a title: an article that is no part of it, as in
 * aangehaald als het "Reglement van orde" or de Waterwet, then a quote.
 */
static const char *
skip_opening(const struct short_titles *t, struct span *s)
{
	size_t n = begins(t, RULE_LIDWOORD, *s);
	uint32_t c;

	if (n > 0 && n < s->n && utf8_decode(s->s + n, s->n - n, &c) > 0 &&
	    (!utf8_is_letter(c) || utf8_is_upper(c)))
		s->s += n, s->n -= n;
	return skip_quote(s);
}

/* An apostrophe within a word closes nothing: regio's. */
static bool
closes(struct span s, size_t at, const char *close)
{
	size_t n = strlen(close);

	return s.n - at >= n && memcmp(s.s + at, close, n) == 0 &&
	    (s.n - at == n || !isalnum((unsigned char)s.s[at + n]));
}

/* Does a sentence end at a full stop?  "nr. WJZ", "ex. artikel" end none. */
static bool
is_stop(struct span s, size_t at)
{
	size_t next = at + 1 + (at + 1 < s.n && s.s[at + 1] == ' '), n = 0;
	uint32_t c;

	if (s.s[at] != '.' || next >= s.n ||
	    utf8_decode(s.s + next, s.n - next, &c) == 0 || !utf8_is_upper(c))
		return false;
	while (n < at && s.s[at - n - 1] != ' ' && s.s[at - n - 1] != '.')
		n++;
	return n >= MIN_WORD || (n > 0 && isdigit((unsigned char)s.s[at - 1]));
}

/* Where the title ends that begins s. */
static size_t
title_end(const struct short_titles *t, struct span s, const char *close)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		struct span rest = { s.s + i, s.n - i };

		if (close != NULL && closes(s, i, close))
			return i;
		if (begins(t, RULE_EINDE, rest) > 0 || is_stop(s, i))
			return i;
	}
	return s.n;
}

/* Cut off the full stop of the sentence, not that of K.N.I.L. */
static struct span
cut_stop(struct span s)
{
	const char *space;

	s = trim(s);
	while (s.n > 0 && strchr(".,:", s.s[s.n - 1]) != NULL) {
		space = memrchr(s.s, ' ', s.n);
		if (space != NULL && s.s[s.n - 1] == '.' &&
		    memchr(space, '.', (size_t)(s.s + s.n - 1 - space)) != NULL)
			break;
		s.n--;
	}
	return trim(s);
}

/* The first year from 1800 to 2099 in s; 0 if there is none. */
static int
year_in(const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n) {
		n = strspn(s, "0123456789");
		if (n == 4 && (memcmp(s, "18", 2) == 0 ||
		    memcmp(s, "19", 2) == 0 || memcmp(s, "20", 2) == 0))
			return atoi(s);
		n += n == 0;
	}
	return 0;
}

/* "..., met vermelding van het jaartal van het Staatsblad": the year. */
static int
year_of(const struct doc *doc)
{
	int year = year_in(doc_first(doc, FIELD_TITEL));

	if (year == 0 && doc->datum_ymd != DATE_NONE)
		year = doc->datum_ymd / 10000;
	return year;
}

static bool
is_title(struct span s)
{
	uint32_t c;

	return s.n >= MIN_BYTES && s.n <= MAX_BYTES &&
	    utf8_decode(s.s, s.n, &c) > 0 &&
	    (utf8_is_letter(c) || utf8_is_digit(c));
}

/* The title that what follows "aangehaald als" gives. */
static bool
read_title(const struct short_titles *t, const struct doc *doc,
    struct span rest, struct buf *out)
{
	const char *close;
	struct span title;
	int year;

	while (rest.n > 0 && strchr(": ", *rest.s) != NULL)
		rest.s++, rest.n--;
	close = skip_opening(t, &rest);
	title = (struct span){ rest.s, title_end(t, rest, close) };
	rest = (struct span){ rest.s + title.n, rest.n - title.n };
	title = cut_stop(title);
	if (!is_title(title))
		return false;
	buf_add(out, title.s, title.n);
	if (contains(t, RULE_JAAR, rest) && (year = year_of(doc)) != 0)
		buf_addf(out, " %d", year);
	return true;
}

/* The sentence before a place in a line: from the last stop on. */
static struct span
sentence_before(struct span line, const char *at)
{
	const char *begin = at;

	while (begin > line.s && !(begin[-1] == ' ' && begin - line.s > 1 &&
	    begin[-2] == '.'))
		begin--;
	return (struct span){ begin, (size_t)(at - begin) };
}

static bool
title_in_text(const struct short_titles *t, const struct doc *doc,
    struct buf *out)
{
	const char *text = buf_str(&doc->text), *at = text;
	struct span line, rest;
	size_t n;

	for (; (at = strcasestr(at, "aangehaald")) != NULL; at++) {
		line = line_around(text, at);
		rest = (struct span){ at, (size_t)(line.s + line.n - at) };
		if ((n = begins(t, RULE_AANHEF, rest)) == 0 ||
		    !is_own(t, sentence_before(line, at)) ||
		    is_quoted(t, text, line.s))
			continue;
		rest.s += n, rest.n -= n;
		/* The title may stand on a line by itself. */
		if (trim(rest).n <= 1 && rest.s[rest.n] == '\n')
			rest = line_around(text, rest.s + rest.n + 1);
		if (read_title(t, doc, rest, out))
			return true;
	}
	return false;
}

/* The brackets that end a long title, if they hold a name: "(Waterwet)". */
static bool
title_in_brackets(const struct short_titles *t, const char *title,
    struct buf *out)
{
	size_t n = strlen(title), i, depth = 0;
	struct span s;
	uint32_t c;

	if (n == 0 || title[n - 1] != ')')
		return false;
	for (i = n; i > 0; i--) {
		depth += title[i - 1] == ')';
		if (title[i - 1] == '(' && --depth == 0)
			break;
	}
	s = (struct span){ title + i, n - 1 - i };
	/* A name begins with a capital; it is not all there is. */
	if (i < 2 || !is_title(s) || utf8_decode(s.s, s.n, &c) == 0 ||
	    !utf8_is_upper(c) || !docname_is_law(t->namer, s.s, s.n))
		return false;
	buf_add(out, s.s, s.n);
	return true;
}

static bool
may_have_one(const struct short_titles *t, const struct doc *doc)
{
	const char *soort = doc_first(doc, FIELD_SOORT);

	return soort != NULL && doc_first(doc, FIELD_TITEL) != NULL &&
	    is_one(t, RULE_SOORT, (struct span){ soort, strlen(soort) });
}

bool
short_title_of(const struct short_titles *t, const struct doc *doc,
    struct buf *out)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	size_t begin = out->len;

	if (!may_have_one(t, doc) || (!title_in_text(t, doc, out) &&
	    !title_in_brackets(t, title, out)))
		return false;
	if (strcasecmp(buf_str(out) + begin, title) != 0)
		return true;
	buf_cut(out, begin);
	return false;
}
