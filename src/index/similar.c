#include <config.h>

#include "index/similar.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "index/families.h"
#include "index/search.h"
#include "index/unit.h"
#include "model/entry.h"
#include "model/lists.h"

/* What more of the documents have than this says nothing of one. */
#define COMMON_SHARE	0.25

/* Shorter words are of all texts: abbreviations, names of chapters. */
#define MIN_CHARS	3

/* Two of so many of the heaviest make a hit. */
#define DECIDING_WORDS	10

/*
 * What a country in common weighs, as a share of all words in common.  A list
 * of more countries than some is about none of them.
 */
#define COUNTRY_SHARE	0.3
#define COUNTRIES	3

/* A stem of the documents. */
struct stem {
	word_id id;
	uint32_t wdf;		/* how often it stands in them */
	double weight;
};

struct stems {
	struct stem *items;
	size_t count, cap;
	double length;		/* of the documents, in terms */
};

static void
stems_clear(struct stems *l)
{
	free(l->items);
	*l = (struct stems){ 0 };
}

/* ---- the words of a document ---- */

/*
 * The stem that a term stands for (entry.h): Zstem, or a word that is its own.
 * What has another prefix begins with another capital; a stem with a digit is a
 * number, a place in a law or a year.
 */
static word_id
stem_of_term(struct compiler *c, const struct xap_str *term)
{
	bool has_prefix = term->len > 0 && *term->s == 'Z';
	const char *s = term->s + has_prefix;
	size_t n = term->len - has_prefix, i;
	word_id id;

	if (n == 0 || utf8_count(s, n) < MIN_CHARS)
		return WORD_NONE;
	for (i = 0; i < n; i++)
		if (isdigit((unsigned char)s[i]) || isupper((unsigned char)s[i]))
			return WORD_NONE;
	id = word_intern(c->analyser, s, n);
	if (word_is_function(c->analyser, id) ||
	    (!has_prefix && word_stem(c->analyser, id) != id))
		return WORD_NONE;
	return id;
}

static void
add_stems(struct compiler *c, uint32_t docid, struct stems *l)
{
	struct xap_terms *terms = NULL;
	struct xap_error x;
	size_t i;

	if (xap_terms_of(store_db(c->store), docid, &terms, &x) == -1) {
		qb_fail(&c->qb, &x);
		return;
	}
	for (i = 0; i < xap_terms_count(terms); i++) {
		const struct xap_term *t = &xap_terms_items(terms)[i];
		word_id id = stem_of_term(c, &t->term);

		l->length += t->freq;
		if (id == WORD_NONE)
			continue;
		GROW(l->items, l->count, l->cap);
		l->items[l->count++] = (struct stem){ id, t->freq, 0 };
	}
	xap_terms_free(&terms);
}

static int
compare_ids(const void *va, const void *vb)
{
	const struct stem *a = va, *b = vb;

	return (a->id > b->id) - (a->id < b->id);
}

/* A stem may come from two terms, and from each of the documents. */
static void
join_stems(struct stems *l)
{
	size_t i, n = 0;

	if (l->count > 1)
		qsort(l->items, l->count, sizeof *l->items, compare_ids);
	for (i = 0; i < l->count; i++) {
		if (n > 0 && l->items[n - 1].id == l->items[i].id)
			l->items[n - 1].wdf += l->items[i].wdf;
		else
			l->items[n++] = l->items[i];
	}
	l->count = n;
}

/* ---- their weights ---- */

static uint32_t
stem_docs(struct compiler *c, word_id id)
{
	const char *s = word_string(c->analyser, id, NULL);
	CLEAN(str_free) char *term = xasprintf("Z%s", s);
	uint32_t docs = term_docs(c, term);

	if (word_stem(c->analyser, id) == id)
		docs += term_docs(c, s);
	return docs < c->documents ? docs : c->documents;
}

/*
 * Words that no other document has find nothing; those that many have, too
 * much.  Among few documents, one other is not many.
 */
static bool
is_telling(const struct compiler *c, uint32_t docs, size_t own)
{
	return docs > own && (docs == own + 1 ||
	    docs <= COMMON_SHARE * c->documents);
}

static void
weigh_stems(struct compiler *c, struct stems *l, size_t own, double average)
{
	const struct xap_want *r = &search_ranking;
	double norm = 1 - r->b + r->b * l->length / average;
	size_t i;

	for (i = 0; i < l->count; i++) {
		struct stem *s = &l->items[i];
		uint32_t docs = stem_docs(c, s->id);
		double share = s->wdf / (s->wdf + r->k1 * norm);

		s->weight = is_telling(c, docs, own) ?
		    share * unit_weight(c, docs) : 0;
	}
}

static int
compare_weights(const void *va, const void *vb)
{
	const struct stem *a = va, *b = vb;

	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return compare_ids(a, b);
}

/* The heaviest stems come first.  Returns how many are asked for. */
static size_t
choose(struct compiler *c, const uint32_t *docids, size_t n, struct stems *l)
{
	struct xap_stats stats;
	struct xap_error x;
	size_t i, k;

	for (i = 0; i < n; i++)
		add_stems(c, docids[i], l);
	join_stems(l);
	if (xap_stats(store_db(c->store), &stats, &x) == -1) {
		qb_fail(&c->qb, &x);
		return 0;
	}
	weigh_stems(c, l, n, stats.average_length);
	if (l->count > 1)
		qsort(l->items, l->count, sizeof *l->items, compare_weights);
	for (k = 0; k < l->count && k < SIMILAR_WORDS; k++)
		if (l->items[k].weight <= 0)
			break;
	return k;
}

/* ---- notes ---- */

/* What the answers are like, by title; or that nothing can be. */
static int
add_notes(struct compiler *c, const uint32_t *docids, size_t n, size_t nwords,
    struct error *err)
{
	size_t i;

	for (i = 0; i < n; i++) {
		CLEAN(doc_clear) struct doc doc = { 0 };
		const char *title;

		if (store_doc(c->store, docids[i], &doc, err) == -1)
			return -1;
		title = doc_first(&doc, FIELD_TITEL);
		notes_add(&c->out->notes, NOTE_LIKE,
		    title != NULL ? title : doc.id);
	}
	if (nwords == 0)
		notes_add(&c->out->notes, NOTE_LIKE_NONE);
	return 0;
}

/* ---- the query ---- */

static struct unit
unit_of_stem(struct compiler *c, const struct stem *s)
{
	struct leaf *l = leaf_of_stem(c, s->id, NULL);
	struct unit u = unit_new(c, leaf_query(c, l, XAP_SYNONYM), l->docs,
	    REASON_WORD, word_string(c->analyser, s->id, NULL));

	u.factor = s->weight / u.weight;
	u.weight = l->weight = s->weight;
	unit_finish(c, &u);
	return u;
}

/*
 * Documents with two of n units: the first with any of the others, or the
 * second with any of those behind it, ...  Of one unit, those that have it.
 */
static struct xap_query *
two_of(struct compiler *c, const struct unit *u, size_t n)
{
	struct xap_query *later = qb_copy(&c->qb, unit_match(&u[n - 1]));
	struct xap_query *two = NULL, *pair;
	size_t i;

	for (i = n - 1; i > 0; i--) {
		pair = qb_two(&c->qb, XAP_AND,
		    qb_copy(&c->qb, unit_match(&u[i - 1])),
		    qb_copy(&c->qb, later));
		two = two == NULL ? pair : qb_two(&c->qb, XAP_OR, two, pair);
		later = qb_two(&c->qb, XAP_OR, later,
		    qb_copy(&c->qb, unit_match(&u[i - 1])));
	}
	if (n == 1)
		return later;
	xap_query_free(&later);
	return two;
}

/* Any of the words, but enough; *every gets those that have all. */
static struct xap_query *
words_query(struct compiler *c, const struct stems *l, size_t n,
    struct xap_query **every)
{
	struct unit units[SIMILAR_WORDS];
	struct xap_query *all[SIMILAR_WORDS], *any, *enough;
	size_t i;

	if (n == 0)
		return qb_none(&c->qb);
	for (i = 0; i < n; i++) {
		units[i] = unit_of_stem(c, &l->items[i]);
		all[i] = qb_copy(&c->qb, unit_match(&units[i]));
	}
	*every = qb_op(&c->qb, XAP_AND, all, n, 0);
	enough = two_of(c, units, n < DECIDING_WORDS ? n : DECIDING_WORDS);
	for (i = 0; i < n; i++)
		all[i] = unit_take(&units[i]);
	any = qb_op(&c->qb, XAP_OR, all, n, 0);
	return qb_two(&c->qb, XAP_FILTER, any, enough);
}

static struct xap_query *
country_query(struct compiler *c, const char *country, double weight)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	struct compiled *o = c->out;
	struct xap_query *q;

	entry_keyword_term(fields[FIELD_LAND].prefix, country, &term);
	q = qb_fixed(&c->qb, qb_term(&c->qb, buf_str(&term)), weight);
	GROW(o->reasons, o->nreasons, o->cap_reasons);
	o->reasons[o->nreasons++] = (struct reason){ REASON_COUNTRY,
	    xstrdup(list_label(FIELD_LAND, country)), qb_copy(&c->qb, q) };
	return q;
}

/* What q matches, with more weight for a country in common. */
static struct xap_query *
with_countries(struct compiler *c, struct xap_query *q, uint32_t docid,
    const struct stems *l, size_t n)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	const struct doc_values *v = &doc.values[FIELD_LAND];
	double weight = 0;
	size_t i;

	if (store_doc(c->store, docid, &doc, c->qb.err) == -1) {
		c->qb.has_failed = true;
		return q;
	}
	for (i = 0; i < n; i++)
		weight += l->items[i].weight * COUNTRY_SHARE;
	for (i = 0; i < v->count && v->count <= COUNTRIES; i++)
		q = qb_two(&c->qb, XAP_AND_MAYBE, q, country_query(c,
		    v->items[i].text, weight / (double)v->count));
	return q;
}

static struct xap_query *
document_query(struct compiler *c, uint32_t docid)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	CLEAN(buf_clear) struct buf term = BUF_INIT;

	if (store_doc(c->store, docid, &doc, c->qb.err) == -1) {
		c->qb.has_failed = true;
		return NULL;
	}
	entry_bytes_term(ENTRY_PREFIX_UNIQUE, doc.pad, &term);
	return qb_term(&c->qb, buf_str(&term));
}

/*
 * A report on a country is made anew each time: what says something else than
 * the one before is worth knowing, though it is a version of it.
 */
static bool
is_same(const struct version *own, const struct version *v)
{
	return v->family == own->family &&
	    (!v->has_country || version_is_like(own, v));
}

/* q without a document and its versions. */
static struct xap_query *
without(struct compiler *c, struct xap_query *q, struct families *f,
    uint32_t docid)
{
	const struct version *v, *own = NULL;
	size_t n, i;

	if (families_of(f, docid, &v, &n, c->qb.err) == -1) {
		c->qb.has_failed = true;
		n = 0;
	}
	q = qb_two(&c->qb, XAP_AND_NOT, q, document_query(c, docid));
	for (i = 0; i < n; i++)
		if (v[i].docid == docid)
			own = &v[i];
	for (i = 0; i < n; i++)
		if (&v[i] != own && is_same(own, &v[i]))
			q = qb_two(&c->qb, XAP_AND_NOT, q,
			    document_query(c, v[i].docid));
	return q;
}

/* What the words of the query, such as those of titles, leave of q. */
static struct xap_query *
narrowed(struct compiler *c, struct xap_query *q, struct xap_query **words)
{
	struct xap_query *by = *words;

	*words = NULL;
	return by == NULL ? q : qb_two(&c->qb, XAP_FILTER, q, by);
}

int
similar_compile(const struct store *s, const struct query *q,
    const uint32_t *docids, size_t n, struct compiled *out, struct error *err)
{
	CLEAN(families_free) struct families *families = NULL;
	CLEAN(stems_clear) struct stems stems = { 0 };
	CLEAN(compiled_clear) struct compiled o = { 0 };
	struct xap_query *words, *every = NULL;
	struct compiler c;
	size_t i, k;

	if (compile_words(s, q, &o, err) == -1)
		return -1;
	compiler_init(&c, s, q, &o, err);
	families_open(s, q->peil_ymd, &families);
	k = choose(&c, docids, n, &stems);
	words = words_query(&c, &stems, k, &every);
	for (i = 0; i < n; i++)
		words = with_countries(&c, words, docids[i], &stems, k);
	for (i = 0; i < n; i++)
		words = without(&c, words, families, docids[i]);
	for (i = 0; i < n && every != NULL; i++)
		every = without(&c, every, families, docids[i]);
	o.words = narrowed(&c, words, &o.words);
	o.is_all_words = false;
	o.all_words = every == NULL ? NULL :
	    narrowed(&c, every, &o.all_words);
	if (c.qb.has_failed || add_notes(&c, docids, n, k, err) == -1)
		return -1;
	*out = o;
	o = (struct compiled){ 0 };
	return 0;
}
