#include <config.h>

#include "index/pairs.h"

#include <stdlib.h>
#include <string.h>

/* Weights decided with the judged queries (make eval). */
#define NEAR_WEIGHT	0.4	/* neighbours in the question near each other */
#define PAIR_SHARE	0.3	/* of the documents, at most, have a word */

/* Within so many words, their own two included. */
#define NEAR_WORDS	8

/* Neighbours of which the nearness is looked at. */
#define MAX_PAIRS	3

/* The words of a pair written as one: asielzoeker for asiel zoeker. */
static struct leaf *
leaf_of_joined(struct compiler *c, const struct token *left,
    const struct token *right, struct buf *text)
{
	static const char *const links[] = { "", "s", "e", "en", "n", "er" };
	CLEAN(buf_clear) struct buf word = BUF_INIT;
	struct leaf *l = leaf_new(c);
	size_t i, n;

	for (i = 0; i < NELEM(links); i++) {
		word_id closed, stem;
		const char *s;

		buf_cut(&word, 0);
		buf_addf(&word, "%s%s%s",
		    word_string(c->analyser, left->word, NULL), links[i],
		    word_string(c->analyser, right->word, NULL));
		if (word.len > ANALYSE_MAX_WORD)
			continue;
		closed = word_intern(c->analyser, word.s, word.len);
		stem = word_stem(c->analyser, closed);
		s = word_string(c->analyser, stem, NULL);
		n = l->nterms;
		leaf_add(c, l, "Z", s);
		leaf_add(c, l, "", s);
		if (l->nterms == n)
			continue;
		highlight_add_stem(&c->out->marks, stem);
		if (text->len == 0)
			buf_adds(text, word.s);
	}
	return l;
}

/*
 * Neighbours in the question that are neighbours in the text, or one word
 * there: what BM25 cannot see in a long document.
 */
static void
add_pair(struct compiler *c, struct run *r, size_t first)
{
	const struct typed *a = &r->words[first], *b = a + 1;
	size_t nleaves = c->out->nleaves;
	CLEAN(buf_clear) struct buf joined = BUF_INIT, text = BUF_INIT;
	struct xap_query *near[2], *q, *closed;
	struct leaf *l;

	near[0] = leaf_query(c, leaf_of_stem(c, a->token.stem, NULL), XAP_OR);
	near[1] = leaf_query(c, leaf_of_stem(c, b->token.stem, NULL), XAP_OR);
	leaves_cut(c->out, nleaves);
	q = qb_op(&c->qb, XAP_NEAR, near, 2, NEAR_WORDS);
	buf_addf(&text, "%s %s", a->node->text, b->node->text);
	l = leaf_of_joined(c, &a->token, &b->token, &joined);
	if (l->nterms > 0) {
		closed = leaf_query(c, l, XAP_SYNONYM);
		q = qb_two(&c->qb, XAP_SYNONYM, q, qb_copy(&c->qb, closed));
		run_extend(c, r, first, 2, closed, NULL, SAME_WEIGHT, l->docs,
		    REASON_JOINED, joined.s);
	} else
		leaves_cut(c->out, c->out->nleaves - 1);
	unit_boost(c, a->unit, q, NEAR_WEIGHT, false, REASON_NEAR, text.s);
}

/* Long enough to be part of a compound, and no number. */
static bool
may_pair(struct compiler *c, const struct typed *t)
{
	const char *s;
	size_t n;

	if (t->token.word == WORD_NONE || t->is_cited)
		return false;
	s = word_string(c->analyser, t->token.word, &n);
	return n >= 3 && !word_is_function(c->analyser, t->token.word) &&
	    strpbrk(s, "0123456789.&") == NULL;
}

/*
 * Is one of two words in few enough documents for their nearness to say
 * something?  Positions are dear to compare, and of common words for nothing.
 */
static bool
is_telling(const struct compiler *c, const struct unit *a,
    const struct unit *b)
{
	return is_few(c, a->docs < b->docs ? a->docs : b->docs, PAIR_SHARE);
}

struct pair {
	size_t first;
	uint32_t docs;
};

static int
compare_pairs(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;

	if (a->docs != b->docs)
		return a->docs < b->docs ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

void
add_pairs(struct compiler *c, struct run *r)
{
	struct pair pairs[QUERY_MAX_WORDS];
	size_t i, n = 0;

	for (i = 0; i + 1 < r->count; i++) {
		const struct unit *a = r->words[i].unit;
		const struct unit *b = r->words[i + 1].unit;

		if (may_pair(c, &r->words[i]) &&
		    may_pair(c, &r->words[i + 1]) && is_telling(c, a, b))
			pairs[n++] = (struct pair){
				i, a->docs < b->docs ? a->docs : b->docs
			};
	}
	if (n > 1)
		qsort(pairs, n, sizeof *pairs, compare_pairs);
	for (i = 0; i < n && i < MAX_PAIRS; i++)
		add_pair(c, r, pairs[i].first);
}

/* In a question the verb is among so many first words, and so long. */
#define VERB_PLACE	3
#define VERB_LETTERS	4

static bool
may_be_verb(struct compiler *c, const struct typed *t)
{
	size_t n;

	if (t->token.word == WORD_NONE || t->is_cited)
		return false;
	word_string(c->analyser, t->token.word, &n);
	return n >= VERB_LETTERS;
}

/* Whole in the index, whatever is left of it when it is separated. */
static void
add_whole(struct compiler *c, struct run *r, size_t i, const char *particle)
{
	CLEAN(str_free) char *whole = xasprintf("%s%s", particle,
	    word_string(c->analyser, r->words[i].token.word, NULL));
	word_id word = word_intern(c->analyser, whole, strlen(whole));
	struct leaf *l;

	if (strlen(whole) > ANALYSE_MAX_WORD)
		return;
	l = leaf_of_stem(c, word_stem(c->analyser, word), NULL);
	if (l->nterms > 0)
		run_extend(c, r, i, 1, leaf_query(c, l, XAP_SYNONYM), NULL,
		    SAME_WEIGHT, l->docs, REASON_JOINED, whole);
	else
		leaves_cut(c->out, c->out->nleaves - 1);
}

void
add_separated(struct compiler *c, struct run *r)
{
	const struct typed *last = &r->words[r->count - 1];
	const char *particle;
	size_t i;

	if (r->count < 3 || last->token.word == WORD_NONE)
		return;
	if (!word_is_prefix(c->analyser, last->token.word))
		return;
	particle = word_string(c->analyser, last->token.word, NULL);
	for (i = 0; i + 1 < r->count && i < VERB_PLACE; i++)
		if (may_be_verb(c, &r->words[i]))
			add_whole(c, r, i, particle);
}
