#include <config.h>

#include "index/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/compile.h"
#include "index/correct.h"
#include "index/explain.h"
#include "index/facetcount.h"
#include "index/families.h"
#include "index/familyrank.h"
#include "index/filters.h"
#include "index/passages.h"
#include "index/similar.h"
#include "xap.h"

/*
 * BM25 for whole documents, decided with the judged queries (make eval);
 * DUTCH.md 4 has the figures for sections.
 */
const struct xap_want search_ranking = {
	.k1 = 1.6, .k2 = 0, .k3 = 1, .b = 0.45, .min_normlen = 0.3,
};

/* So many other words are named to the visitor. */
#define MAX_ALSO	8

struct searcher {
	const struct store *store;
	const struct query *query;
	struct compiled compiled;
	struct families *families;
	struct result result;
	struct qb qb;
};

/* ---- matching ---- */

static int
match(struct searcher *s, struct xap_query *q, const struct xap_want *want,
    struct xap_match **out)
{
	struct xap_error x;
	int rc = -1;

	if (!s->qb.has_failed &&
	    (rc = xap_match(store_db(s->store), q, want, out, &x)) == -1)
		store_error(&x, store_path(s->store), s->qb.err);
	xap_query_free(&q);
	return rc;
}

/* The words, or all documents, narrowed to the filters except one field's. */
static struct xap_query *
whole_query(struct searcher *s, enum field_id except)
{
	struct xap_query *words = NULL;

	if (s->compiled.words != NULL)
		words = qb_copy(&s->qb, s->compiled.words);
	return filters_apply(&s->qb, words, s->query, except);
}

/* A facet that is filtered by is counted again, without its own filter. */
static int
count_filtered(struct searcher *s, struct facet *f)
{
	struct xap_want want = search_ranking;
	struct xap_match *m = NULL;
	size_t i;

	for (i = 0; i < f->nvalues; i++)
		f->values[i].docs = 0;
	facetcount_want(s->store, &want);
	if (match(s, whole_query(s, f->field->id), &want, &m) == -1)
		return -1;
	facetcount_add(s->store, m, f->field, s->query->peil_ymd, &s->result);
	xap_match_free(&m);
	return 0;
}

/* Chosen values are shown even where nothing has them. */
static void
mark_chosen(struct searcher *s)
{
	size_t i, j;

	for (i = 0; i < s->query->nfilters; i++) {
		const struct filter *filter = &s->query->filters[i];
		struct facet *f = result_facet(&s->result, filter->field->id);

		if (f == NULL || filter->value == NULL || filter->is_excluded)
			continue;
		facet_add(f, filter->value, strlen(filter->value), 0);
		for (j = 0; j < f->nvalues; j++)
			if (strcmp(f->values[j].value, filter->value) == 0)
				f->values[j].is_chosen = true;
	}
}

/* Values that only documents outside the answer have are not shown. */
static void
drop_zeroes(struct facet *f)
{
	size_t i, n = 0;

	if (f->field->kind == FIELD_PERIOD)
		return;
	for (i = 0; i < f->nvalues; i++) {
		if (f->values[i].docs > 0 || f->values[i].is_chosen)
			f->values[n++] = f->values[i];
		else
			free(f->values[i].value);
	}
	f->nvalues = n;
}

static int
count_facets(struct searcher *s, const struct xap_match *all)
{
	size_t i;

	result_init_facets(&s->result);
	facetcount_add(s->store, all, NULL, s->query->peil_ymd, &s->result);
	for (i = 0; i < s->result.nfacets; i++) {
		struct facet *f = &s->result.facets[i];

		if (filters_have(s->query, f->field->id) &&
		    count_filtered(s, f) == -1)
			return -1;
	}
	mark_chosen(s);
	for (i = 0; i < s->result.nfacets; i++)
		drop_zeroes(&s->result.facets[i]);
	result_sort_facets(&s->result);
	return 0;
}

static int
count_with_all_words(struct searcher *s)
{
	struct xap_want want = search_ranking;
	struct xap_match *m = NULL;
	struct xap_query *q;

	want.count = 0;
	if (s->compiled.words == NULL || s->compiled.is_all_words) {
		s->result.with_all_words = s->result.total;
		return 0;
	}
	if (s->compiled.all_words == NULL)
		return 0;
	q = filters_apply(&s->qb, qb_copy(&s->qb, s->compiled.all_words),
	    s->query, NFIELDS);
	if (match(s, q, &want, &m) == -1)
		return -1;
	s->result.with_all_words = xap_match_total(m);
	xap_match_free(&m);
	return 0;
}

/* ---- hits ---- */

/* What took the place of a hit, by its kenmerk or else its id. */
static int
add_successor(struct searcher *s, uint32_t docid, struct hit *hit)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	const char *name;

	if (families_successor(s->families, docid, &docid, s->qb.err) == -1)
		return -1;
	if (docid == 0)
		return 0;
	if (store_doc(s->store, docid, &doc, s->qb.err) == -1)
		return -1;
	name = doc_first(&doc, FIELD_KENMERK);
	hit->replaced_by = xstrdup(name != NULL ? name : doc.id);
	return 0;
}

/* The text of a document may be older than its file. */
static void
note_stale(struct searcher *s, const struct doc *d)
{
	if (d->verouderd != NULL)
		notes_add(&s->result.notes, NOTE_STALE, d->pad, d->verouderd);
}

static int
add_hit(struct searcher *s, const struct xap_hit *xhit)
{
	struct hit *hit = &s->result.hits[s->result.nhits];

	if (store_doc(s->store, xhit->docid, &hit->doc, s->qb.err) == -1)
		return -1;
	hit->rank = s->query->vanaf + (unsigned)s->result.nhits + 1;
	hit->score = xhit->weight;
	hit->validity = validity_on(hit->doc.van_ymd, hit->doc.tot_ymd,
	    s->query->peil_ymd);
	s->result.nhits++;
	note_stale(s, &hit->doc);
	if (add_successor(s, xhit->docid, hit) == -1)
		return -1;
	if (s->query->is_explained &&
	    explain_hit(s->store, &s->compiled, hit, s->qb.err) == -1)
		return -1;
	return passages_read(s->store, &s->compiled, xhit->docid, hit,
	    s->qb.err);
}

static int
add_hits(struct searcher *s, const struct xap_hit *hits, size_t n)
{
	size_t i;

	s->result.hits = xcalloc(n, sizeof *s->result.hits);
	for (i = 0; i < n; i++)
		if (add_hit(s, &hits[i]) == -1)
			return -1;
	return 0;
}

/* With nothing to weigh there is no relevance: then the newest come first. */
static struct xap_want
wanted(const struct query *q)
{
	struct xap_want want = search_ranking;
	enum query_sort sort = q->sort;

	if (q->text == NULL && q->like == NULL && sort == SORT_RELEVANCE)
		sort = SORT_DATE;
	want.first = q->vanaf;
	want.count = q->aantal;
	/* By relevance, hits go back behind versions of themselves. */
	if (sort == SORT_RELEVANCE) {
		want.first = 0;
		want.count += q->vanaf + FAMILIES_SPARE;
	}
	if (sort != SORT_RELEVANCE) {
		want.sort = XAP_SORT_VALUE;
		want.sort_slot = fields[sort == SORT_DATE ? FIELD_DATUM :
		    FIELD_TITEL].slot;
		want.sort_reverse = sort == SORT_DATE;
	}
	return want;
}

/* A version that was asked for by its number is what was meant. */
static bool
is_named(void *arg, const struct version *v)
{
	const struct compiled *c = arg;
	size_t i;

	for (i = 0; i < c->nnamed; i++)
		if (c->named[i] == v->docid)
			return true;
	return false;
}

/* The hits of the page asked for, out of the best ones. */
static int
add_page(struct searcher *s, const struct xap_match *m,
    const struct xap_want *want)
{
	struct xap_query *q;
	struct families_question fq = {
		.store = s->store, .want = want, .first = s->query->vanaf,
		.count = s->query->aantal, .keeps_place = is_named,
		.arg = &s->compiled,
	};
	struct xap_hit *hits = NULL;
	size_t n;
	int rc;

	if (want->sort != XAP_SORT_RELEVANCE)
		return add_hits(s, xap_match_hits(m), xap_match_count(m));
	fq.query = q = whole_query(s, NFIELDS);
	rc = s->qb.has_failed ? -1 :
	    families_rank(s->families, &fq, m, &hits, &n, s->qb.err);
	if (rc == 0)
		rc = add_hits(s, hits, n);
	xap_query_free(&q);
	free(hits);
	return rc;
}

/*
 * Facets that are filtered by are counted by a match each: then the words are
 * looked for once, not each time.
 */
static void
settle_words(struct searcher *s)
{
	size_t i;

	for (i = 0; i < s->query->nfilters; i++)
		if (fields[s->query->filters[i].field->id].flags & FIELD_FACET)
			break;
	if (i < s->query->nfilters && s->compiled.words != NULL)
		s->compiled.words = qb_settle(&s->qb, s->compiled.words);
}

static int
run(struct searcher *s)
{
	struct xap_want want = wanted(s->query);
	struct xap_match *m = NULL;
	int rc;

	settle_words(s);
	facetcount_want(s->store, &want);
	if (match(s, whole_query(s, NFIELDS), &want, &m) == -1)
		return -1;
	s->result.total = xap_match_total(m);
	rc = add_page(s, m, &want);
	if (rc == 0)
		rc = count_facets(s, m);
	xap_match_free(&m);
	return rc == 0 ? count_with_all_words(s) : -1;
}

/* What was looked for beside the words typed, for the visitor to see. */
static void
note_also(struct searcher *s)
{
	CLEAN(buf_clear) struct buf words = BUF_INIT;
	const struct compiled *c = &s->compiled;
	char more[24];
	size_t i;

	if (c->nalso == 0)
		return;
	for (i = 0; i < c->nalso && i < MAX_ALSO; i++)
		buf_addf(&words, "%s%s", i > 0 ? ", " : "", c->also[i]);
	if (c->nalso <= MAX_ALSO) {
		notes_add(&s->result.notes, NOTE_ALSO, words.s);
		return;
	}
	snprintf(more, sizeof more, "%zu", c->nalso - MAX_ALSO);
	notes_add(&s->result.notes, NOTE_ALSO_MORE, words.s, more);
}

/*
 * Answer the question as it was probably meant, and say so.  All else that was
 * asked, such as a title given as a key, stays as it was.
 */
static int
search_corrected(const struct store *store, const struct query *q,
    const struct compiled *c, struct result *out, struct error *err)
{
	CLEAN(query_clear) struct query meant;
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	CLEAN(str_free) char *words = NULL;
	struct query corrected = *q;
	struct result r;

	node_print(q->text, &text);
	if ((words = correct_question(c, buf_str(&text))) == NULL)
		return 0;
	query_init(&meant, q->peil_ymd);
	if (query_set(&meant, "q", words, err) == -1)
		return -1;
	corrected.text = meant.text;
	corrected.is_corrected = true;
	if (search(store, &corrected, &r, err) == -1)
		return -1;
	if (r.total == 0) {
		result_clear(&r);
		return 0;
	}
	notes_add(&r.notes, NOTE_CORRECTED, q->q, out->correction);
	free(r.correction);
	r.correction = out->correction;
	out->correction = NULL;
	result_clear(out);
	*out = r;
	return 0;
}

/* The answer to what is compiled, which it takes over. */
static int
answer(const struct store *store, const struct query *q,
    struct compiled *compiled, struct result *out, struct error *err)
{
	struct searcher s = {
		.store = store, .query = q, .compiled = *compiled,
		.qb = { err, false, store },
	};
	struct store_facts facts;
	int rc;

	store_facts(store, &facts);
	s.result.coverage_documents = facts.files;
	s.result.coverage_unsearchable = facts.unsearchable;
	s.result.generation = facts.generation;
	notes_copy(&s.result.notes, &q->notes);
	notes_copy(&s.result.notes, &s.compiled.notes);
	note_also(&s);
	s.result.correction = correct_question(&s.compiled, q->q);
	families_open(store, q->peil_ymd, &s.families);
	rc = run(&s);
	families_free(&s.families);
	if (rc == 0 && s.result.total == 0 && s.result.correction != NULL &&
	    !q->is_corrected)
		rc = search_corrected(store, q, &s.compiled, &s.result, err);
	compiled_clear(&s.compiled);
	if (rc == -1) {
		result_clear(&s.result);
		return -1;
	}
	*out = s.result;
	return 0;
}

int
search(const struct store *store, const struct query *q, struct result *out,
    struct error *err)
{
	struct compiled compiled;

	if (compile_words(store, q, &compiled, err) == -1)
		return -1;
	return answer(store, q, &compiled, out, err);
}

int
search_similar(const struct store *store, const struct query *q,
    const uint32_t *docids, size_t n, struct result *out, struct error *err)
{
	struct compiled compiled;

	if (similar_compile(store, q, docids, n, &compiled, err) == -1)
		return -1;
	return answer(store, q, &compiled, out, err);
}
