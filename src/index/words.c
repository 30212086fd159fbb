#include <config.h>

#include "index/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/entry.h"

/* Weight of the word as typed beside that of its stem: DUTCH.md 4. */
#define TYPED_WEIGHT	0.2

/* An asterisk stands for at most this many words. */
#define MAX_EXPANSION	10000

static uint32_t
term_docs(struct compiler *c, const char *term)
{
	struct xap_error x;
	uint32_t n = 0;

	if (xap_term_freq(store_db(c->store), term, strlen(term), &n, &x) == -1)
		qb_fail(&c->qb, &x);
	return n;
}

/* Inverse document frequency of Robertson and Sparck Jones, above zero. */
double
word_weight(const struct compiler *c, uint32_t docs)
{
	double n = c->documents;

	return log(1 + (n - docs + 0.5) / (docs + 0.5));
}

static struct leaf *
leaf_new(struct compiler *c)
{
	struct compiled *o = c->out;

	GROW(o->leaves, o->nleaves, o->cap_leaves);
	o->leaves[o->nleaves] = (struct leaf){ 0 };
	return &o->leaves[o->nleaves++];
}

/* Add a term to a leaf, if any document has it. */
static void
leaf_add(struct compiler *c, struct leaf *l, const char *prefix, word_id word)
{
	char *term = xasprintf("%s%s", prefix,
	    word_string(c->analyser, word, NULL));
	uint32_t docs = term_docs(c, term);

	if (docs == 0) {
		free(term);
		return;
	}
	GROW(l->terms, l->nterms, l->cap_terms);
	l->terms[l->nterms++] = term;
	l->docs += docs;
	if (l->docs > c->documents)
		l->docs = c->documents;
}

/*
 * The terms that are a stem: entry.h says why there may be two.  Title words
 * have their prefix before either.
 */
static struct leaf *
leaf_of_stem(struct compiler *c, word_id stem, const struct field *f)
{
	bool is_title = f != NULL;
	struct leaf *l = leaf_new(c);

	leaf_add(c, l, is_title ? "ZS" : "Z", stem);
	if (word_stem(c->analyser, stem) == stem)
		leaf_add(c, l, is_title ? "S" : "", stem);
	l->weight = word_weight(c, l->docs);
	highlight_add_stem(&c->out->marks, stem);
	return l;
}

static struct leaf *
leaf_of_word(struct compiler *c, word_id word, const struct field *f)
{
	struct leaf *l = leaf_new(c);

	leaf_add(c, l, f != NULL ? "S" : "", word);
	l->weight = word_weight(c, l->docs);
	highlight_add_word(&c->out->marks, word);
	return l;
}

static struct xap_query *
q_leaf(struct compiler *c, const struct leaf *l, enum xap_op op)
{
	struct xap_query *parts[2];
	size_t i;

	if (l->nterms == 0)
		return qb_none(&c->qb);
	for (i = 0; i < l->nterms; i++)
		parts[i] = qb_term(&c->qb, l->terms[i]);
	return qb_op(&c->qb, op, parts, l->nterms, 0);
}

static struct unit
unit_of_leaf(struct compiler *c, const struct leaf *l)
{
	return (struct unit){ q_leaf(c, l, XAP_SYNONYM), l->docs, l->weight };
}

/* A word by its stem; the word as typed weighs a little more. */
static struct unit
unit_of_stem(struct compiler *c, const struct token *t, const struct field *f)
{
	struct unit u = unit_of_leaf(c, leaf_of_stem(c, t->stem, f));
	char *typed;

	if (u.docs == 0 || t->word == t->stem)
		return u;
	typed = xasprintf("%s%s", f != NULL ? "S" : "",
	    word_string(c->analyser, t->word, NULL));
	if (term_docs(c, typed) > 0)
		u.query = qb_two(&c->qb, XAP_AND_MAYBE, u.query,
		    qb_scale(&c->qb, qb_term(&c->qb, typed), TYPED_WEIGHT));
	free(typed);
	return u;
}

/* The tokens of a leaf's text; returns how many. */
static size_t
tokenise(struct compiler *c, const char *text, struct token *out, size_t max)
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

/* Literal words, or stems, next to each other in this order. */
static struct unit
unit_of_sequence(struct compiler *c, const struct token *t, size_t n,
    const struct field *f, bool is_literal)
{
	struct xap_query *parts[QUERY_MAX_WORDS];
	struct unit u = { NULL, c->documents, 0 };
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		struct leaf *l;

		if (t[i].is_extra)
			continue;
		l = is_literal ? leaf_of_word(c, t[i].word, f) :
		    leaf_of_stem(c, t[i].stem, f);
		parts[k++] = q_leaf(c, l, XAP_OR);
		if (l->docs < u.docs)
			u.docs = l->docs;
	}
	u.query = qb_op(&c->qb, XAP_PHRASE, parts, k, 0);
	u.weight = word_weight(c, u.docs);
	return u;
}

static bool
has_digit(const char *s)
{
	return strpbrk(s, "0123456789") != NULL;
}

/* Any of the tokens: each word by itself. */
static struct unit
unit_of_any(struct compiler *c, const struct token *t, size_t n,
    const struct field *f)
{
	struct xap_query *parts[QUERY_MAX_WORDS];
	struct unit u = { NULL, 0, 0 }, v;
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		v = unit_of_stem(c, &t[i], f);
		parts[k++] = v.query;
		u.docs = v.docs > u.docs ? v.docs : u.docs;
		u.weight = v.weight > u.weight ? v.weight : u.weight;
	}
	u.query = qb_op(&c->qb, XAP_OR, parts, k, 0);
	return u;
}

/* niet-begeleide: the words next to each other, or the closed form. */
static struct unit
unit_of_hyphenated(struct compiler *c, const struct token *t, size_t n,
    const struct field *f)
{
	struct token closed[QUERY_MAX_WORDS];
	struct unit u = unit_of_sequence(c, t, n, f, false), v;
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (t[i].is_extra)
			closed[k++] = t[i];
	if (k == 0)
		return u;
	v = unit_of_any(c, closed, k, f);
	u.docs = v.docs > u.docs ? v.docs : u.docs;
	u.query = qb_two(&c->qb, XAP_OR, u.query, v.query);
	return u;
}

/* What a chunk of typed text with several words in it means. */
static struct unit
unit_of_chunk(struct compiler *c, const struct node *node,
    const struct token *t, size_t n)
{
	/* 2014/60, C2/4.4: the parts belong together. */
	if (has_digit(node->text))
		return unit_of_sequence(c, t, n, node->field, false);
	if (strchr(node->text, '-') != NULL)
		return unit_of_hyphenated(c, t, n, node->field);
	return unit_of_any(c, t, n, node->field);
}

struct unit
unit_of_word(struct compiler *c, const struct node *node)
{
	struct token t[QUERY_MAX_WORDS];
	size_t n = tokenise(c, node->text, t, NELEM(t));

	if (n == 0)
		return (struct unit){ qb_none(&c->qb), 0, 0 };
	if (n == 1)
		return unit_of_stem(c, &t[0], node->field);
	return unit_of_chunk(c, node, t, n);
}

struct unit
unit_of_phrase(struct compiler *c, const struct node *node)
{
	struct token t[QUERY_MAX_WORDS];
	size_t n = tokenise(c, node->text, t, NELEM(t));

	if (n == 0)
		return (struct unit){ qb_none(&c->qb), 0, 0 };
	return unit_of_sequence(c, t, n, node->field, true);
}

struct unit
unit_of_prefix(struct compiler *c, const struct node *node)
{
	CLEAN(buf_clear) struct buf prefix = BUF_INIT, folded = BUF_INIT;
	struct unit u = { NULL, 0, 0 };
	struct xap_terms *terms = NULL;
	struct xap_error x;
	struct leaf *l;
	size_t i;

	utf8_fold(node->text, strlen(node->text), &folded);
	buf_addf(&prefix, "%s%s", node->field != NULL ? "S" : "",
	    buf_str(&folded));
	u.query = qb_prefix(&c->qb, prefix.s, MAX_EXPANSION);
	if (xap_terms_with_prefix(store_db(c->store), prefix.s, prefix.len,
	    MAX_EXPANSION, &terms, &x) == -1) {
		qb_fail(&c->qb, &x);
		return u;
	}
	highlight_add_prefix(&c->out->marks, buf_str(&folded), folded.len);
	l = leaf_new(c);
	for (i = 0; i < xap_terms_count(terms); i++) {
		const struct xap_term *t = &xap_terms_items(terms)[i];

		GROW(l->terms, l->nterms, l->cap_terms);
		l->terms[l->nterms++] = xstrndup(t->term.s, t->term.len);
		l->docs += t->freq;
	}
	xap_terms_free(&terms);
	if (l->docs > c->documents)
		l->docs = c->documents;
	l->weight = word_weight(c, l->docs);
	u.docs = l->docs;
	u.weight = l->weight;
	return u;
}

struct xap_query *
near_of_word(struct compiler *c, const struct node *node)
{
	struct token t[2];

	if (node->op != NODE_WORD || tokenise(c, node->text, t, 2) != 1)
		return NULL;
	return q_leaf(c, leaf_of_stem(c, t[0].stem, node->field), XAP_OR);
}

void
leaves_cut(struct compiled *o, size_t n)
{
	size_t i;

	while (o->nleaves > n) {
		struct leaf *l = &o->leaves[--o->nleaves];

		for (i = 0; i < l->nterms; i++)
			free(l->terms[i]);
		free(l->terms);
	}
}
