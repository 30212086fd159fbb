#include <config.h>

#include "dutch/expand.h"

#include <stdlib.h>
#include <string.h>

#include "dutch/asked.h"
#include "dutch/thesaurus.h"

enum {
	MAX_TERM = 16,		/* words of a term in a table */
	MAX_GIVEN = 64,		/* expansions of one sequence */
};

/*
 * Where the adjective or the inhabitants of a country stand, its name mostly
 * stands too, but not the other way round.
 */
#define DERIVED_SHARE	0.5

struct expander {
	struct analyser *analyser;
	struct thesaurus thesaurus;
};

/* A term of a table, analysed. */
struct term {
	size_t n;
	word_id words[MAX_TERM], stems[MAX_TERM];
};

/* A sequence of words of the question that a table knows. */
struct span {
	size_t first, count;
	const struct spelling *spelling;
};

/* A question, and what the tables know of it. */
struct search {
	const struct thesaurus *thesaurus;
	struct asked asked;
	struct span *spans;
	size_t nspans, cap_spans;
};

/* What may be given for a span. */
struct given {
	const struct spelling *spelling;
	double weight;
	bool is_same;
	struct term term;
};

int
expander_open(struct analyser *a, struct expander **out, struct error *err)
{
	CLEAN(expander_free) struct expander *e = xcalloc(1, sizeof *e);

	e->analyser = a;
	if (thesaurus_load(&e->thesaurus, err) == -1)
		return -1;
	*out = e;
	e = NULL;
	return 0;
}

void
expander_free(struct expander **ep)
{
	if (*ep == NULL)
		return;
	thesaurus_clear(&(*ep)->thesaurus);
	free(*ep);
	*ep = NULL;
}

/* ---- matching ---- */

/* The words of a term; false if it has none, or too many. */
static bool
read_term(struct analyser *a, const char *text, struct term *out)
{
	struct tokens tokens;
	struct token t;

	out->n = 0;
	tokens_init(&tokens, a, text, strlen(text));
	while (tokens_next(&tokens, &t)) {
		if (t.is_extra)
			continue;
		if (t.word == WORD_NONE || out->n == MAX_TERM)
			return false;
		out->words[out->n] = t.word;
		out->stems[out->n++] = t.stem;
	}
	return out->n > 0;
}

/* Do the words of a term, written as one, make this word? */
static bool
makes_word(struct analyser *a, const struct term *term, word_id id)
{
	size_t i, len, n, at = 0;
	const char *s, *part;

	s = word_string(a, id, &len);
	for (i = 0; i < term->n; i++) {
		part = word_string(a, term->words[i], &n);
		if (at + n > len || memcmp(s + at, part, n) != 0)
			return false;
		at += n;
	}
	return at == len;
}

/* Is a word of the question a form of a term of one word? */
static bool
is_form(const struct asked *q, const struct asked_word *w,
    const struct term *term, const struct thesaurus_kind *kind)
{
	const char *typed, *word;
	size_t n, ntyped;

	if (w->word == term->words[0] || w->bare == term->stems[0])
		return true;
	word = word_string(q->analyser, term->words[0], &n);
	typed = word_string(q->analyser, w->word, &ntyped);
	return w->stem == term->stems[0] && n > kind->exact &&
	    ntyped > kind->exact && n >= kind->start && ntyped >= kind->start &&
	    memcmp(word, typed, kind->start) == 0;
}

/* How many words of the question, from first on, are the term; 0: none. */
static size_t
match_one(const struct asked *q, const struct term *term, size_t first,
    const struct thesaurus_kind *kind)
{
	const struct asked_word *w = &q->words[first];
	size_t i;

	if (is_form(q, w, term, kind))
		return 1;
	for (i = 0; i < NELEM(w->joined); i++)
		if (w->joined[i] == term->stems[0])
			return i + 2;
	return 0;
}

/* The same for a term of several words. */
static size_t
match_several(const struct asked *q, const struct term *term, size_t first)
{
	size_t at = first, i;

	for (i = 0; i < term->n; i++, at++) {
		while (i > 0 && at < q->n && q->words[at].can_skip &&
		    q->words[at].stem != term->stems[i])
			at++;
		if (at >= q->n || q->words[at].stem != term->stems[i])
			return makes_word(q->analyser, term,
			    q->words[first].word);
	}
	return at - first;
}

static void
find_spelling(struct search *s, const struct spelling *spelling)
{
	struct asked *q = &s->asked;
	struct term term;
	size_t count, i;

	if (!read_term(q->analyser, spelling->text, &term))
		return;
	for (i = 0; i < q->n; i++) {
		count = term.n == 1 ? match_one(q, &term, i, spelling->kind) :
		    match_several(q, &term, i);
		if (count == 0)
			continue;
		if (!asked_is_written(q, i, spelling->flags)) {
			if (q->words[i].word == term.words[0])
				q->words[i].is_plain = true;
			continue;
		}
		GROW(s->spans, s->nspans, s->cap_spans);
		s->spans[s->nspans++] = (struct span){ i, count, spelling };
	}
}

/* A word that needs its capitals and lacks them is in no span alone. */
static void
drop_plain(struct search *s)
{
	size_t i, n = 0;

	for (i = 0; i < s->nspans; i++) {
		const struct span *span = &s->spans[i];

		if (span->count > 1 || !s->asked.words[span->first].is_plain)
			s->spans[n++] = *span;
	}
	s->nspans = n;
}

static void
find_spans(struct search *s)
{
	const struct thesaurus *t = s->thesaurus;
	size_t i;

	for (i = 0; i < t->nspellings; i++)
		if (t->spellings[i].flags & SPELLING_ASKS &&
		    asked_has_key(&s->asked, t->spellings[i].key))
			find_spelling(s, &t->spellings[i]);
	drop_plain(s);
}

/* ---- what is given ---- */

/* Does a term have all of another, in a row? */
static bool
has_term(const struct term *whole, const struct term *part)
{
	size_t i;

	for (i = 0; i + part->n <= whole->n; i++)
		if (memcmp(whole->stems + i, part->stems,
		    part->n * sizeof *part->stems) == 0)
			return true;
	return false;
}

/* Is each word of a term among those typed, in whatever order? */
static bool
has_words(const struct term *typed, const struct term *term)
{
	size_t i, k;

	for (i = 0; i < term->n; i++) {
		for (k = 0; k < typed->n; k++)
			if (typed->stems[k] == term->stems[i])
				break;
		if (k == typed->n)
			return false;
	}
	return true;
}

/*
 * Is this what was typed?  So is what contains it (Vreemdelingenwet 2000 for
 * Vreemdelingenwet): where it stands, what was typed stands too.  And the words
 * of Vw 2000 are looked for as it is, Vw among them.
 */
static bool
is_typed(struct analyser *a, const struct term *typed, const struct term *term)
{
	return has_term(term, typed) || has_words(typed, term) ||
	    (typed->n == 1 && makes_word(a, term, typed->words[0]));
}

/* The same for what is given already, unless that weighs less. */
static bool
is_spare(const struct given *all, size_t n, size_t k)
{
	const struct given *g = &all[k];
	size_t i;

	for (i = 0; i < n; i++) {
		const struct given *h = &all[i];

		if (i == k || h->weight < g->weight ||
		    !has_term(&g->term, &h->term))
			continue;
		if (h->weight > g->weight || h->term.n < g->term.n || i < k)
			return true;
	}
	return false;
}

static void
read_typed(const struct asked *q, const struct span *span, struct term *out)
{
	for (out->n = 0; out->n < span->count && out->n < MAX_TERM; out->n++) {
		const struct asked_word *w = &q->words[span->first + out->n];

		out->words[out->n] = w->word;
		out->stems[out->n] = w->stem;
	}
}

/* What the row of a span has besides. */
static size_t
give_row(const struct search *s, const struct span *span, struct given *out,
    size_t max)
{
	const struct thesaurus_row *row =
	    &s->thesaurus->rows[span->spelling->row];
	unsigned want = span->spelling->flags & SPELLING_PART ? SPELLING_NAME :
	    SPELLING_GIVEN;
	const struct thesaurus_kind *kind = span->spelling->kind;
	struct analyser *a = s->asked.analyser;
	struct term typed;
	size_t i, n = 0;
	bool is_derived;

	read_typed(&s->asked, span, &typed);
	for (i = row->begin; i < row->end && n < max; i++) {
		const struct spelling *other = &s->thesaurus->spellings[i];

		/* An index has no capitals: OM would be om. */
		if (!(other->flags & want) ||
		    other->flags & (SPELLING_CAPITAL | SPELLING_CAPITALS))
			continue;
		is_derived = (other->flags & SPELLING_DERIVED) != 0;
		out[n] = (struct given){ .spelling = other,
		    .weight = kind->weight * (is_derived ? DERIVED_SHARE : 1),
		    .is_same = kind->is_same && !is_derived };
		if (read_term(a, other->text, &out[n].term) &&
		    !is_typed(a, &typed, &out[n].term))
			n++;
	}
	return n;
}

/* The expansions of count words from first on. */
static size_t
give(const struct search *s, size_t first, size_t count, struct expansion *out,
    size_t max)
{
	const struct asked_word *words = s->asked.words;
	struct given all[MAX_GIVEN];
	size_t begin, end, i, n = 0, nout = 0;

	for (i = 0; i < s->nspans; i++) {
		const struct span *span = &s->spans[i];

		if (span->first != first || span->count != count)
			continue;
		if (span->spelling->kind->weight <= 0)
			return 0;
		n += give_row(s, span, all + n, MAX_GIVEN - n);
	}
	if (n == 0)
		return 0;
	begin = words[first].place;
	end = words[first + count - 1].place + 1;
	for (i = 0; i < n && nout < max; i++)
		if (!is_spare(all, n, i))
			out[nout++] = (struct expansion){ begin, end - begin,
			    all[i].spelling->text, all[i].is_same };
	return nout;
}

size_t
expander_find(const struct expander *e, const struct expand_word *words,
    size_t n, struct expansion *out, size_t max)
{
	struct search s = { .thesaurus = &e->thesaurus };
	size_t first, i, longest, nout = 0;

	asked_init(&s.asked, e->analyser, words, n);
	find_spans(&s);
	for (first = 0; first < s.asked.n; first += longest > 0 ? longest : 1) {
		longest = 0;
		for (i = 0; i < s.nspans; i++)
			if (s.spans[i].first == first &&
			    s.spans[i].count > longest)
				longest = s.spans[i].count;
		if (longest > 0)
			nout += give(&s, first, longest, out + nout,
			    max - nout);
	}
	asked_clear(&s.asked);
	free(s.spans);
	return nout;
}
