#include <config.h>

#include "index/familyrank.h"

#include <stdlib.h>
#include <string.h>

#include "index/qb.h"
#include "model/entry.h"

/* A hit, and the hit behind which it goes; its own place if it stays. */
struct placed {
	uint32_t docid;
	size_t own, anchor;	/* places by relevance, from 0 */
	const struct version *version;	/* NULL: it has no others */
};

#define UNSEEN SIZE_MAX		/* the place of a hit that was not fetched */

struct ranker {
	struct families *families;
	const struct families_question *question;
	struct qb qb;
	struct error *err;
	struct xap_match *again;	/* owned: when more had to be fetched */
	const struct xap_hit *hits;
	size_t nhits;
	bool has_all;			/* every hit is among them */
	uint32_t *by_docid;		/* of the fetched, ascending, and */
	size_t *places;			/* where they stand */
	uint32_t *others;		/* docids of hits not fetched, ascending */
	size_t nothers;
};

static const struct xap_hit *sort_hits;

static int
compare_places(const void *va, const void *vb)
{
	uint32_t a = sort_hits[*(const size_t *)va].docid;
	uint32_t b = sort_hits[*(const size_t *)vb].docid;

	return (a > b) - (a < b);
}

static int
compare_docids(const void *va, const void *vb)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return (a > b) - (a < b);
}

static void
take_hits(struct ranker *r, const struct xap_match *m)
{
	size_t i;

	r->hits = xap_match_hits(m);
	r->nhits = xap_match_count(m);
	r->has_all = r->nhits >= xap_match_total(m);
	free(r->places);
	free(r->by_docid);
	r->places = xcalloc(r->nhits + 1, sizeof *r->places);
	r->by_docid = xcalloc(r->nhits + 1, sizeof *r->by_docid);
	for (i = 0; i < r->nhits; i++)
		r->places[i] = i;
	sort_hits = r->hits;
	if (r->nhits > 0)
		qsort(r->places, r->nhits, sizeof *r->places, compare_places);
	for (i = 0; i < r->nhits; i++)
		r->by_docid[i] = r->hits[r->places[i]].docid;
}

/* The place of a document among the hits; false if it is no hit. */
static bool
place_of(const struct ranker *r, uint32_t docid, size_t *place)
{
	const uint32_t *p = bsearch(&docid, r->by_docid, r->nhits,
	    sizeof *r->by_docid, compare_docids);

	*place = UNSEEN;
	if (p != NULL) {
		*place = r->places[p - r->by_docid];
		return true;
	}
	return r->nothers > 0 && bsearch(&docid, r->others, r->nothers,
	    sizeof *r->others, compare_docids) != NULL;
}

/* A term for each family of which a preferred member was not fetched. */
struct wanted {
	struct xap_query **terms;
	size_t count, cap;
	uint32_t docs;
};

static bool
is_unfetched(const struct ranker *r, const struct relatives *l)
{
	size_t i, place;

	for (i = 0; i < l->count; i++)
		if (version_precedes(&l->items[i], &l->items[l->own]) &&
		    !place_of(r, l->items[i].docid, &place))
			return true;
	return false;
}

static void
want_families(struct ranker *r, const struct relatives *l, struct wanted *w)
{
	size_t i, j;

	for (i = 0; i < l->count; i++) {
		CLEAN(buf_clear) struct buf term = BUF_INIT;

		for (j = 0; j < i; j++)
			if (strcmp(l->items[j].key, l->items[i].key) == 0)
				break;
		if (j < i)
			continue;
		entry_bytes_term(ENTRY_PREFIX_FAMILY, l->items[i].key, &term);
		GROW(w->terms, w->count, w->cap);
		w->terms[w->count++] = qb_term(&r->qb, buf_str(&term));
	}
	w->docs += (uint32_t)l->count;
}

/* The documents of the wanted families that are hits. */
static int
match_others(struct ranker *r, struct wanted *w)
{
	struct xap_want want = *r->question->want;
	struct xap_match *m = NULL;
	struct xap_query *q;
	struct xap_error x;
	size_t i;
	int rc;

	q = qb_two(&r->qb, XAP_AND,
	    qb_scale(&r->qb, qb_op(&r->qb, XAP_OR, w->terms, w->count, 0), 0),
	    qb_scale(&r->qb, qb_copy(&r->qb, r->question->query), 0));
	if (r->qb.has_failed)
		return -1;
	want.first = 0;
	want.count = w->docs + (uint32_t)FAMILIES_MAX * (uint32_t)w->count;
	want.ncount_slots = want.ncolumns = 0;
	rc = xap_match(store_db(r->question->store), q, &want, &m, &x);
	xap_query_free(&q);
	if (rc == -1)
		return store_error(&x, store_path(r->question->store),
		    r->err);
	r->nothers = xap_match_count(m);
	r->others = xcalloc(r->nothers + 1, sizeof *r->others);
	for (i = 0; i < r->nothers; i++)
		r->others[i] = xap_match_hits(m)[i].docid;
	if (r->nothers > 0)
		qsort(r->others, r->nothers, sizeof *r->others, compare_docids);
	xap_match_free(&m);
	return 0;
}

/* Find out which versions of the hits that were not fetched are hits, too. */
static int
find_others(struct ranker *r)
{
	struct wanted w = { 0 };
	const struct version **seen = xcalloc(r->nhits + 1, sizeof *seen);
	size_t nseen = 0, i, j;
	int rc = 0;

	free(r->others);
	r->others = NULL;
	r->nothers = 0;
	for (i = 0; i < r->nhits && rc == 0 && !r->has_all; i++) {
		struct relatives l;

		rc = families_relatives(r->families, r->hits[i].docid, &l,
		    r->err);
		if (rc == -1 || !is_unfetched(r, &l))
			continue;
		for (j = 0; j < nseen && seen[j] != l.items; j++)
			;
		if (j < nseen)
			continue;
		seen[nseen++] = l.items;
		want_families(r, &l, &w);
	}
	if (rc == 0 && w.count > 0)
		rc = match_others(r, &w);
	else
		for (i = 0; i < w.count; i++)
			xap_query_free(&w.terms[i]);
	free(w.terms);
	free(seen);
	return rc;
}

/* The last of the hits that go before hit number i, itself included. */
static int
place_hit(struct ranker *r, size_t i, struct placed *out)
{
	const struct families_question *q = r->question;
	const struct version *own;
	struct relatives l;
	size_t j, place;

	if (families_relatives(r->families, r->hits[i].docid, &l, r->err) == -1)
		return -1;
	*out = (struct placed){ r->hits[i].docid, i, i, NULL };
	if (l.items == NULL)
		return 0;
	own = out->version = &l.items[l.own];
	if (q->keeps_place != NULL && q->keeps_place(q->arg, own))
		return 0;
	for (j = 0; j < l.count; j++) {
		const struct version *v = &l.items[j];

		if (version_precedes(v, own) && place_of(r, v->docid, &place) &&
		    place > out->anchor)
			out->anchor = place;
	}
	return 0;
}

static int
compare_placed(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;

	if (a->anchor != b->anchor)
		return a->anchor < b->anchor ? -1 : 1;
	/* Behind one hit: versions of it, and the hit itself. */
	if (a->anchor != UNSEEN && a->version != NULL && b->version != NULL) {
		if (a->version->is_valid != b->version->is_valid)
			return a->version->is_valid ? -1 : 1;
		if (a->version->age != b->version->age)
			return a->version->age > b->version->age ? -1 : 1;
	}
	return a->own < b->own ? -1 : 1;
}

/* Place all fetched hits; *n is how many stand before what was not fetched. */
static int
place_all(struct ranker *r, struct placed *placed, size_t *n)
{
	size_t i;

	if (find_others(r) == -1)
		return -1;
	for (i = 0, *n = 0; i < r->nhits; i++) {
		if (place_hit(r, i, &placed[i]) == -1)
			return -1;
		*n += placed[i].anchor != UNSEEN;
	}
	if (r->nhits > 0)
		qsort(placed, r->nhits, sizeof *placed, compare_placed);
	return 0;
}

static int
fetch_more(struct ranker *r, uint32_t total)
{
	struct xap_want want = *r->question->want;
	struct xap_match *m = NULL;
	struct xap_error x;

	want.first = 0;
	want.count = 2 * (uint32_t)r->nhits < total ? 2 * (uint32_t)r->nhits :
	    total;
	want.ncount_slots = want.ncolumns = 0;
	if (xap_match(store_db(r->question->store), r->question->query, &want,
	    &m, &x) == -1)
		return store_error(&x, store_path(r->question->store),
		    r->err);
	xap_match_free(&r->again);
	r->again = m;
	take_hits(r, m);
	return 0;
}

static void
copy_hits(const struct ranker *r, const struct placed *placed, size_t n,
    struct xap_hit **out, size_t *nout)
{
	const struct families_question *q = r->question;
	size_t i;

	*nout = n <= q->first ? 0 : n - q->first;
	if (*nout > q->count)
		*nout = q->count;
	*out = xcalloc(*nout + 1, sizeof **out);
	for (i = 0; i < *nout; i++) {
		const struct placed *p = &placed[q->first + i];

		(*out)[i] = (struct xap_hit){
			p->docid, r->hits[p->anchor].weight
		};
	}
}

static void
ranker_clear(struct ranker *r)
{
	xap_match_free(&r->again);
	free(r->by_docid);
	free(r->places);
	free(r->others);
}

int
families_rank(struct families *f, const struct families_question *q,
    const struct xap_match *match, struct xap_hit **out, size_t *n,
    struct error *err)
{
	CLEAN(ranker_clear) struct ranker r = {
		.families = f, .question = q, .err = err,
		.qb = { err, false, q->store },
	};
	struct placed *placed = NULL;
	size_t nplaced;
	int rc;

	take_hits(&r, match);
	for (;;) {
		placed = xrealloc(placed, (r.nhits + 1) * sizeof *placed);
		rc = place_all(&r, placed, &nplaced);
		if (rc == -1 || r.has_all ||
		    nplaced >= (size_t)q->first + q->count)
			break;
		if ((rc = fetch_more(&r, xap_match_total(match))) == -1)
			break;
	}
	if (rc == 0)
		copy_hits(&r, placed, nplaced, out, n);
	free(placed);
	return rc;
}
