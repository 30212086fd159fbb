#include <config.h>

#include "index/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* So many documents cost nothing to look at, whatever their share. */
#define FEW_DOCS 50

/* Inverse document frequency of Robertson and Sparck Jones, above zero. */
double
unit_weight(const struct compiler *c, uint32_t docs)
{
	double n = c->documents;

	return log(1 + (n - docs + 0.5) / (docs + 0.5));
}

bool
is_few(const struct compiler *c, uint32_t docs, double share)
{
	return docs <= FEW_DOCS || docs <= share * c->documents;
}

struct unit
unit_new(struct compiler *c, struct xap_query *q, uint32_t docs,
    enum reason_kind kind, const char *text)
{
	return (struct unit){
		.main = q, .kind = kind, .text = xstrdup(text), .factor = 1,
		.docs = docs, .weight = unit_weight(c, docs),
	};
}

static void
has_docs(struct compiler *c, struct unit *u, uint32_t docs)
{
	if (docs <= u->docs)
		return;
	u->docs = docs;
	u->weight = unit_weight(c, docs);
}

void
unit_add(struct compiler *c, struct unit *u, struct xap_query *q,
    struct xap_query *title, double weight, uint32_t docs,
    enum reason_kind kind, const char *text)
{
	GROW(u->alternatives, u->nalternatives, u->cap_alternatives);
	u->alternatives[u->nalternatives++] = (struct alternative){
		q, title, weight, kind, xstrdup(text)
	};
	has_docs(c, u, docs);
}

void
unit_boost(struct compiler *c, struct unit *u, struct xap_query *q,
    double factor, bool is_match, enum reason_kind kind, const char *text)
{
	GROW(u->extras, u->nextras, u->cap_extras);
	u->extras[u->nextras++] = (struct extra){
		qb_scale(&c->qb, q, factor), is_match, kind, xstrdup(text)
	};
}

static void
record(struct compiler *c, const struct xap_query *q, enum reason_kind kind,
    const char *text)
{
	struct compiled *o = c->out;

	GROW(o->reasons, o->nreasons, o->cap_reasons);
	o->reasons[o->nreasons++] = (struct reason){
		kind, xstrdup(text), qb_copy(&c->qb, q)
	};
}

static int
compare_alternatives(const void *va, const void *vb)
{
	const struct alternative *a = va, *b = vb;

	return (a->weight < b->weight) - (a->weight > b->weight);
}

/* Put q, at a weight, under the others of *sum. */
static void
add_term(struct compiler *c, struct xap_query **sum, struct xap_query *q,
    double weight, enum reason_kind kind, const char *text)
{
	q = qb_scale(&c->qb, q, weight);
	record(c, q, kind, text);
	*sum = *sum == NULL ? q : qb_two(&c->qb, XAP_OR, *sum, q);
}

/*
 * The word and its first n alternatives, as one (op XAP_SYNONYM) or as
 * documents (XAP_OR); NULL if none is left.
 */
static struct xap_query *
any_of(struct compiler *c, const struct unit *u, size_t n, bool is_title,
    enum xap_op op)
{
	struct xap_query **parts = xcalloc(n + 1, sizeof *parts), *q = NULL;
	const struct xap_query *word = is_title ? u->title : u->main;
	size_t i, k = 0;

	if (word != NULL)
		parts[k++] = qb_copy(&c->qb, word);
	for (i = 0; i < n; i++) {
		const struct alternative *a = &u->alternatives[i];

		if (!is_title)
			parts[k++] = qb_copy(&c->qb, a->query);
		else if (a->title != NULL)
			parts[k++] = qb_copy(&c->qb, a->title);
	}
	if (k > 0)
		q = qb_op(&c->qb, op, parts, k, 0);
	free(parts);
	return q;
}

/*
 * The sum that unit.h explains, of the text or of titles, times factor.  The
 * alternatives are in order.
 */
static struct xap_query *
weighted_sum(struct compiler *c, const struct unit *u, bool is_title,
    double factor)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct xap_query *sum = NULL, *q;
	double weight = 1, next;
	enum reason_kind kind = u->kind;
	size_t i;

	buf_adds(&text, u->text);
	for (i = 0; i <= u->nalternatives; i++) {
		next = i < u->nalternatives ? u->alternatives[i].weight : 0;
		if (weight - next > 0.001 && (q = any_of(c, u, i, is_title,
		    XAP_SYNONYM)) != NULL)
			add_term(c, &sum, q, (weight - next) * factor,
			    is_title ? REASON_TITLE : kind, text.s);
		if (i == u->nalternatives)
			break;
		weight = next;
		kind = u->alternatives[i].kind;
		buf_addf(&text, ", %s", u->alternatives[i].text);
	}
	return sum;
}

static void
add_extra(struct compiler *c, struct unit *u, struct extra *e)
{
	record(c, e->query, e->kind, e->text);
	if (e->is_match)
		u->match = u->match == NULL ? qb_copy(&c->qb, e->query) :
		    qb_two(&c->qb, XAP_OR, u->match,
		    qb_copy(&c->qb, e->query));
	if (u->query == NULL)
		u->query = e->query;
	else
		u->query = qb_two(&c->qb, e->is_match ? XAP_OR : XAP_AND_MAYBE,
		    u->query, e->query);
	e->query = NULL;
}

static int
compare_extras(const void *va, const void *vb)
{
	const struct extra *a = va, *b = vb;

	return (int)b->is_match - (int)a->is_match;
}

/* The word, its alternatives and titles: what matches, and with what weight. */
static void
add_words(struct compiler *c, struct unit *u)
{
	struct xap_query *sum = NULL, *title = NULL;

	u->match = any_of(c, u, u->nalternatives, false, XAP_OR);
	if (u->factor > 0) {
		sum = weighted_sum(c, u, false, u->factor);
		title = weighted_sum(c, u, true, u->factor * TITLE_WEIGHT);
	} else if (u->match != NULL)
		sum = qb_scale(&c->qb, qb_copy(&c->qb, u->match), 0);
	if (sum != NULL && title != NULL)
		sum = qb_two(&c->qb, XAP_AND_MAYBE, sum, title);
	u->query = sum != NULL ? sum : title;
}

/* Of a citation only the whole matches; its words add weight to that. */
static void
add_cited_words(struct compiler *c, struct unit *u)
{
	struct xap_query *sum = weighted_sum(c, u, false, u->factor);

	if (sum != NULL)
		u->query = qb_two(&c->qb, XAP_AND_MAYBE, u->query, sum);
}

void
unit_finish(struct compiler *c, struct unit *u)
{
	size_t i;

	if (u->query != NULL)
		return;
	if (u->nalternatives > 1)
		qsort(u->alternatives, u->nalternatives,
		    sizeof *u->alternatives, compare_alternatives);
	if (!u->is_cited)
		add_words(c, u);
	/* What matches comes before what only adds weight to matches. */
	if (u->nextras > 1)
		qsort(u->extras, u->nextras, sizeof *u->extras, compare_extras);
	for (i = 0; i < u->nextras; i++)
		if (u->query != NULL || u->extras[i].is_match)
			add_extra(c, u, &u->extras[i]);
	if (u->is_cited)
		add_cited_words(c, u);
	if (u->query == NULL)
		u->query = qb_none(&c->qb);
	if (u->match == NULL)
		u->match = qb_none(&c->qb);
}

void
unit_drop_word(struct unit *u)
{
	u->is_dropped = true;
	if (u->nalternatives == 0) {
		u->factor = u->weight = 0;
		return;
	}
	xap_query_free(&u->main);
	xap_query_free(&u->title);
}

const struct xap_query *
unit_match(const struct unit *u)
{
	return u->match != NULL ? u->match : u->query;
}

struct xap_query *
unit_take(struct unit *u)
{
	struct xap_query *q = u->query;

	u->query = NULL;
	unit_clear(u);
	return q;
}

void
unit_clear(struct unit *u)
{
	size_t i;

	for (i = 0; i < u->nalternatives; i++) {
		xap_query_free(&u->alternatives[i].query);
		xap_query_free(&u->alternatives[i].title);
		free(u->alternatives[i].text);
	}
	for (i = 0; i < u->nextras; i++) {
		xap_query_free(&u->extras[i].query);
		free(u->extras[i].text);
	}
	xap_query_free(&u->query);
	xap_query_free(&u->match);
	xap_query_free(&u->main);
	xap_query_free(&u->title);
	free(u->alternatives);
	free(u->extras);
	free(u->text);
	*u = (struct unit){ 0 };
}

/* ---- leaves ---- */

uint32_t
term_docs(struct compiler *c, const char *term)
{
	struct xap_error x;
	uint32_t n = 0;

	if (xap_term_freq(store_db(c->store), term, strlen(term), &n, &x) == -1)
		qb_fail(&c->qb, &x);
	return n;
}

struct leaf *
leaf_new(struct compiler *c)
{
	struct compiled *o = c->out;

	GROW(o->leaves, o->nleaves, o->cap_leaves);
	o->leaves[o->nleaves] = (struct leaf){ 0 };
	return &o->leaves[o->nleaves++];
}

bool
leaf_add(struct compiler *c, struct leaf *l, const char *prefix, const char *s)
{
	char *term = xasprintf("%s%s", prefix, s);
	uint32_t docs = term_docs(c, term);

	if (docs == 0) {
		free(term);
		return false;
	}
	GROW(l->terms, l->nterms, l->cap_terms);
	l->terms[l->nterms++] = term;
	l->docs += docs;
	if (l->docs > c->documents)
		l->docs = c->documents;
	l->weight = unit_weight(c, l->docs);
	return true;
}

struct leaf *
leaf_of_stem(struct compiler *c, word_id stem, const struct field *f)
{
	bool is_title = f != NULL;
	struct leaf *l = leaf_new(c);
	const char *s = word_string(c->analyser, stem, NULL);

	leaf_add(c, l, is_title ? "ZS" : "Z", s);
	if (word_stem(c->analyser, stem) == stem)
		leaf_add(c, l, is_title ? "S" : "",
		    word_string(c->analyser, stem, NULL));
	highlight_add_stem(&c->out->marks, stem);
	return l;
}

struct leaf *
leaf_of_word(struct compiler *c, word_id word, const struct field *f)
{
	struct leaf *l = leaf_new(c);

	leaf_add(c, l, f != NULL ? "S" : "",
	    word_string(c->analyser, word, NULL));
	highlight_add_word(&c->out->marks, word);
	return l;
}

struct xap_query *
leaf_query(struct compiler *c, const struct leaf *l, enum xap_op op)
{
	struct xap_query **parts, *q;
	size_t i;

	if (l->nterms == 0)
		return qb_none(&c->qb);
	parts = xcalloc(l->nterms, sizeof *parts);
	for (i = 0; i < l->nterms; i++)
		parts[i] = qb_term(&c->qb, l->terms[i]);
	q = qb_op(&c->qb, op, parts, l->nterms, 0);
	free(parts);
	return q;
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

void
reasons_cut(struct compiled *o, size_t n)
{
	while (o->nreasons > n) {
		struct reason *r = &o->reasons[--o->nreasons];

		free(r->text);
		xap_query_free(&r->query);
	}
}
