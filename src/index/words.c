#include <config.h>

#include "index/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "dutch/compound.h"

/*
 * Weights beside that of a word's stem, decided with the judged queries (make
 * eval); DUTCH.md 2 and 4 have the figures to start from.
 */
#define TYPED_WEIGHT	0.2	/* the word exactly as typed */
#define PARTS_WEIGHT	0.5	/* all parts of a compound near each other */

/* A compound that more of the documents have needs no other words for it. */
#define PARTS_SHARE	0.02

/* Parts of a compound are near each other within this many words more. */
#define PARTS_GAP	6

static const char *
string(struct compiler *c, word_id word)
{
	return word_string(c->analyser, word, NULL);
}

/*
 * The parts of a compound as words of their own: besnijdenis van vrouwen for
 * vrouwenbesnijdenis; anywhere, if no document has the compound.
 */
static void
add_parts(struct compiler *c, struct unit *u, const struct token *t,
    const struct field *f)
{
	struct xap_query *parts_q[COMPOUND_MAX_PARTS];
	struct word_parts parts = word_parts(c->analyser, t->word);
	size_t nleaves = c->out->nleaves, i;
	uint32_t docs = c->documents;

	if (parts.nsmallest == 0 || !is_few(c, u->docs, PARTS_SHARE))
		return;
	for (i = 0; i < parts.nsmallest; i++) {
		struct leaf *l = leaf_of_stem(c, parts.items[i].stem, f);

		l->weight *= PARTS_WEIGHT;
		if (l->docs < docs)
			docs = l->docs;
	}
	if (docs == 0) {
		leaves_cut(c->out, nleaves);
		return;
	}
	for (i = 0; i < parts.nsmallest; i++)
		parts_q[i] = leaf_query(c, &c->out->leaves[nleaves + i], XAP_OR);
	if (u->main != NULL)
		unit_add(c, u, qb_op(&c->qb, XAP_NEAR, parts_q, i,
		    (uint32_t)i + PARTS_GAP), NULL, PARTS_WEIGHT, 0,
		    REASON_PARTS, string(c, t->word));
	else
		unit_add(c, u, qb_op(&c->qb, XAP_AND, parts_q, i, 0), NULL,
		    PARTS_WEIGHT, docs, REASON_PARTS, string(c, t->word));
}

/* Exactly as it was typed weighs a little more. */
static void
add_typed(struct compiler *c, struct unit *u, const struct token *t,
    const struct field *f)
{
	CLEAN(str_free) char *typed = NULL;

	if (t->word == t->stem)
		return;
	typed = xasprintf("%s%s", f != NULL ? "S" : "", string(c, t->word));
	if (term_docs(c, typed) > 0)
		unit_boost(c, u, qb_term(&c->qb, typed), TYPED_WEIGHT, false,
		    REASON_TYPED, string(c, t->word));
}

/* A stem in titles; NULL if it is in none. */
static struct xap_query *
title_query(struct compiler *c, word_id stem)
{
	size_t nleaves = c->out->nleaves;
	const struct leaf *l = leaf_of_stem(c, stem, &fields[FIELD_TITEL]);
	struct xap_query *q = NULL;

	if (l->nterms > 0)
		q = leaf_query(c, l, XAP_SYNONYM);
	leaves_cut(c->out, nleaves);
	return q;
}

/* A word by its stem. */
static struct unit
unit_of_token(struct compiler *c, const struct token *t, const struct field *f)
{
	const struct leaf *l = leaf_of_stem(c, t->stem, f);
	struct unit u = unit_new(c, l->nterms > 0 ?
	    leaf_query(c, l, XAP_SYNONYM) : NULL, l->docs, REASON_WORD,
	    string(c, t->word));

	add_parts(c, &u, t, f);
	if (f == NULL && word_is_function(c->analyser, t->word))
		u.is_function = true;
	else {
		add_typed(c, &u, t, f);
		if (f == NULL)
			u.title = title_query(c, t->stem);
	}
	return u;
}

size_t
typed_tokens(struct compiler *c, const char *text, struct token *out,
    size_t max)
{
	struct tokens tokens;
	struct token t;
	size_t n = 0;

	tokens_init(&tokens, c->analyser, text, strlen(text));
	while (n < max && tokens_next(&tokens, &t))
		if (t.word != WORD_NONE)
			out[n++] = t;
	return n;
}

/* Words, or stems, next to each other in this order. */
static struct xap_query *
sequence(struct compiler *c, const struct token *t, size_t n,
    const struct field *f, bool is_literal, uint32_t window, uint32_t *docs)
{
	struct xap_query *parts[QUERY_MAX_WORDS];
	size_t i, k = 0;

	*docs = c->documents;
	for (i = 0; i < n && k < NELEM(parts); i++) {
		struct leaf *l;

		if (t[i].is_extra)
			continue;
		l = is_literal ? leaf_of_word(c, t[i].word, f) :
		    leaf_of_stem(c, t[i].stem, f);
		parts[k++] = leaf_query(c, l, XAP_OR);
		if (l->docs < *docs)
			*docs = l->docs;
	}
	if (k == 1)
		return parts[0];
	return qb_op(&c->qb, XAP_PHRASE, parts, k,
	    window > k ? window : (uint32_t)k);
}

/*
 * A part of the question that takes so much work.  Much is done once, as it is
 * asked for several times: for hits, totals, counts.
 */
static struct xap_query *
laborious(struct compiler *c, struct xap_query *q, uint32_t work)
{
	if (work < c->limits.light)
		return q;
	c->work += work;
	if (++c->workers > 1 && c->work > c->limits.work &&
	    !c->qb.has_failed) {
		error_set(c->qb.err, ERROR_QUERY, "de vraag is te zwaar: er "
		    "staan te veel sterretjes, aanhalingstekens of NABIJ in "
		    "bij woorden die vaak voorkomen; laat er een weg");
		c->qb.has_failed = true;
	}
	return qb_settle(&c->qb, q);
}

struct xap_query *
compared_query(struct compiler *c, struct xap_query *q, uint32_t docs)
{
	return laborious(c, q, docs);
}

struct xap_query *
stems_query(struct compiler *c, const struct token *t, size_t n,
    const struct field *f, uint32_t window, uint32_t *docs)
{
	return sequence(c, t, n, f, false, window, docs);
}

static struct unit
unit_of_sequence(struct compiler *c, const struct token *t, size_t n,
    const struct field *f, bool is_literal, const char *text)
{
	uint32_t docs;
	struct xap_query *q = sequence(c, t, n, f, is_literal, 0, &docs);

	if (docs == 0)
		xap_query_free(&q);
	else if (n > 1)
		q = compared_query(c, q, docs);
	return unit_new(c, q, docs, REASON_PHRASE, text);
}

static bool
has_digit(const char *s)
{
	return strpbrk(s, "0123456789") != NULL;
}

/* Tokens that count as much as what the unit began with, by their stems. */
static void
add_tokens(struct compiler *c, struct unit *u, const struct node *node,
    const struct token *t, size_t n, bool only_extra)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct leaf *l;

		if (only_extra && !t[i].is_extra)
			continue;
		l = leaf_of_stem(c, t[i].stem, node->field);
		if (l->nterms > 0)
			unit_add(c, u, leaf_query(c, l, XAP_SYNONYM), NULL, 1,
			    l->docs, REASON_WORD, string(c, t[i].word));
	}
}

/* Any of the tokens: each word by itself. */
static struct unit
unit_of_any(struct compiler *c, const struct node *node,
    const struct token *t, size_t n)
{
	struct unit u = unit_new(c, NULL, 0, REASON_WORD, node->text);

	add_tokens(c, &u, node, t, n, false);
	return u;
}

/* niet-begeleide: the words next to each other, or the closed form. */
static struct unit
unit_of_hyphenated(struct compiler *c, const struct node *node,
    const struct token *t, size_t n)
{
	struct unit u = unit_of_sequence(c, t, n, node->field, false,
	    node->text);

	add_tokens(c, &u, node, t, n, true);
	return u;
}

/* What a chunk of typed text with several words in it means. */
static struct unit
unit_of_chunk(struct compiler *c, const struct node *node,
    const struct token *t, size_t n)
{
	/* 2014/60, C2/4.4: the parts belong together. */
	if (has_digit(node->text))
		return unit_of_sequence(c, t, n, node->field, false,
		    node->text);
	if (strchr(node->text, '-') != NULL)
		return unit_of_hyphenated(c, node, t, n);
	return unit_of_any(c, node, t, n);
}

struct unit
unit_of_word(struct compiler *c, const struct node *node)
{
	struct token t[QUERY_MAX_WORDS];
	size_t n = typed_tokens(c, node->text, t, NELEM(t));

	if (n == 0)
		return unit_new(c, NULL, 0, REASON_WORD, node->text);
	if (n == 1)
		return unit_of_token(c, &t[0], node->field);
	return unit_of_chunk(c, node, t, n);
}

struct unit
unit_of_phrase(struct compiler *c, const struct node *node)
{
	struct token t[QUERY_MAX_WORDS];
	size_t n = typed_tokens(c, node->text, t, NELEM(t));

	if (n == 0)
		return unit_new(c, NULL, 0, REASON_WORD, node->text);
	return unit_of_sequence(c, t, n, node->field, true, node->text);
}

/* The words that begin so; fails if they are more than may be looked for. */
static struct xap_terms *
words_with_prefix(struct compiler *c, const struct buf *prefix,
    const struct node *node)
{
	uint32_t max = c->limits.expansion;
	struct xap_terms *terms = NULL;
	struct xap_error x;

	if (xap_terms_with_prefix(store_db(c->store), prefix->s, prefix->len,
	    (size_t)max + 1, &terms, &x) == -1)
		qb_fail(&c->qb, &x);
	else if (xap_terms_count(terms) > max) {
		if (!c->qb.has_failed)
			error_set(c->qb.err, ERROR_QUERY, "met ‘%s’ beginnen "
			    "meer dan %u woorden: typ meer letters vóór het "
			    "sterretje", node->text, max);
		c->qb.has_failed = true;
		xap_terms_free(&terms);
	}
	return terms;
}

struct unit
unit_of_prefix(struct compiler *c, const struct node *node)
{
	CLEAN(buf_clear) struct buf prefix = BUF_INIT, folded = BUF_INIT;
	struct xap_terms *terms;
	struct xap_query *q;
	struct leaf *l;
	size_t i, n;

	utf8_fold(node->text, strlen(node->text), &folded);
	buf_addf(&prefix, "%s%s", node->field != NULL ? "S" : "",
	    buf_str(&folded));
	if ((terms = words_with_prefix(c, &prefix, node)) == NULL)
		return unit_new(c, NULL, 0, REASON_PREFIX, node->text);
	highlight_add_prefix(&c->out->marks, buf_str(&folded), folded.len);
	l = leaf_new(c);
	n = xap_terms_count(terms);
	for (i = 0; i < n; i++) {
		const struct xap_term *t = &xap_terms_items(terms)[i];

		GROW(l->terms, l->nterms, l->cap_terms);
		l->terms[l->nterms++] = xstrndup(t->term.s, t->term.len);
		l->docs += t->freq;
	}
	xap_terms_free(&terms);
	if (l->docs > c->documents)
		l->docs = c->documents;
	l->weight = unit_weight(c, l->docs);
	q = laborious(c, qb_prefix(&c->qb, prefix.s, c->limits.expansion),
	    QUERY_WORD_WORK * (uint32_t)n);
	return unit_new(c, q, l->docs, REASON_PREFIX, node->text);
}

struct xap_query *
near_of_word(struct compiler *c, const struct node *node, uint32_t *docs)
{
	const struct leaf *l;
	struct token t[2];

	if (node->op != NODE_WORD || typed_tokens(c, node->text, t, 2) != 1)
		return NULL;
	l = leaf_of_stem(c, t[0].stem, node->field);
	if (l->docs < *docs)
		*docs = l->docs;
	return leaf_query(c, l, XAP_OR);
}
