#include <config.h>

#include "index/families.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/utf8.h"
#include "index/qb.h"
#include "model/entry.h"

/*
 * A title that more documents share tells nothing about versions, and each of
 * them would be compared with each.
 */
#define MAX_MEMBERS 48

/* Documents that may be versions of one another. */
struct group {
	struct version *members;
	size_t count;
};

/* Where a document is known from. */
struct known {
	uint32_t docid;
	struct group *group;	/* NULL: it has no versions */
	size_t member;
	UT_hash_handle hh;
};

struct families {
	const struct store *store;
	int peil_ymd;
	bool has_replaced;	/* any document says that it replaces one */
	bool is_counted;
	struct known *known;
	struct group **groups;
	size_t ngroups, cap_groups;
};

void
families_open(const struct store *s, int peil_ymd, struct families **out)
{
	struct families *f = xcalloc(1, sizeof *f);

	f->store = s;
	f->peil_ymd = peil_ymd;
	*out = f;
}

static void
group_free(struct group *g)
{
	size_t i;

	for (i = 0; i < g->count; i++)
		version_clear(&g->members[i]);
	free(g->members);
	free(g);
}

void
families_free(struct families **fp)
{
	struct families *f = *fp;
	struct known *k, *next;
	size_t i;

	if (f == NULL)
		return;
	HASH_ITER(hh, f->known, k, next) {
		HASH_DEL(f->known, k);
		free(k);
	}
	for (i = 0; i < f->ngroups; i++)
		group_free(f->groups[i]);
	free(f->groups);
	free(f);
	*fp = NULL;
}

/* ---- reading ---- */

static int
read_version(const struct families *f, uint32_t docid, struct version *out,
    struct error *err)
{
	struct xap_bytes *bytes = NULL;
	struct xap_error x;
	struct xap_str s;

	if (xap_value(store_db(f->store), docid, SLOT_VERSION, &bytes, &x) == -1)
		return store_error(&x, "index", err);
	s = xap_bytes_get(bytes);
	if (!version_parse(s.s, s.len, out))
		*out = (struct version){ .bytes = xstrdup(""), .key = NULL };
	out->docid = docid;
	xap_bytes_free(&bytes);
	return 0;
}

static int
find_replaced(struct families *f, struct error *err)
{
	struct xap_terms *terms = NULL;
	struct xap_error x;

	if (f->is_counted)
		return 0;
	if (xap_terms_with_prefix(store_db(f->store), ENTRY_PREFIX_REPLACED,
	    strlen(ENTRY_PREFIX_REPLACED), 1, &terms, &x) == -1)
		return store_error(&x, "index", err);
	f->has_replaced = xap_terms_count(terms) > 0;
	f->is_counted = true;
	xap_terms_free(&terms);
	return 0;
}

/* A group under construction; its members are in the order of finding. */
struct search {
	struct families *families;
	struct group *group;
	size_t cap;
	struct error *err;
};

static int
add_member(struct search *s, uint32_t docid)
{
	struct group *g = s->group;
	struct version v;
	size_t i;

	for (i = 0; i < g->count; i++)
		if (g->members[i].docid == docid)
			return 0;
	if (g->count >= MAX_MEMBERS)
		return 0;
	if (read_version(s->families, docid, &v, s->err) == -1)
		return -1;
	if (v.key == NULL) {
		version_clear(&v);
		return 0;
	}
	GROW(g->members, g->count, s->cap);
	g->members[g->count++] = v;
	return 0;
}

/* Add the documents of a term, unless they are too many. */
static int
add_postings(struct search *s, const struct buf *term)
{
	const struct xap_db *db = store_db(s->families->store);
	struct xap_list *list = NULL;
	struct xap_error x;
	uint32_t n;
	size_t i;
	int rc = 0;

	if (xap_term_freq(db, buf_str(term), term->len, &n, &x) == -1)
		return store_error(&x, "index", s->err);
	if (n == 0 || n > MAX_MEMBERS)
		return 0;
	if (xap_postings(db, buf_str(term), term->len, &list, &x) == -1)
		return store_error(&x, "index", s->err);
	for (i = 0; i < xap_list_count(list) && rc == 0; i++)
		rc = add_member(s, xap_list_items(list)[i]);
	xap_list_free(&list);
	return rc;
}

/* Add the documents with a prefix before each kenmerk of a list. */
static int
add_listed(struct search *s, const char *prefix, const char *list)
{
	const char *end;

	for (; (end = strchr(list, '\n')) != NULL; list = end + 1) {
		CLEAN(str_free) char *kenmerk = xstrndup(list,
		    (size_t)(end - list));
		CLEAN(buf_clear) struct buf term = BUF_INIT;

		entry_keyword_term(prefix, kenmerk, &term);
		if (add_postings(s, &term) == -1)
			return -1;
	}
	return 0;
}

/* Add what a member leads to. */
static int
follow(struct search *s, size_t member)
{
	CLEAN(buf_clear) struct buf family = BUF_INIT, replaced = BUF_INIT;
	const char *own = fields[FIELD_KENMERK].prefix;
	const struct version v = s->group->members[member];

	entry_bytes_term(ENTRY_PREFIX_FAMILY, v.key, &family);
	if (add_postings(s, &family) == -1 ||
	    add_listed(s, own, v.vervangt) == -1 ||
	    add_listed(s, own, v.vervangen_door) == -1)
		return -1;
	if (*v.kenmerk == '\0' || !s->families->has_replaced)
		return 0;
	entry_keyword_term(ENTRY_PREFIX_REPLACED, v.kenmerk, &replaced);
	return add_postings(s, &replaced);
}

static struct known *
remember(struct families *f, uint32_t docid, struct group *g, size_t member)
{
	struct known *k = xcalloc(1, sizeof *k);

	*k = (struct known){ .docid = docid, .group = g, .member = member };
	HASH_ADD(hh, f->known, docid, sizeof k->docid, k);
	return k;
}

/* Keep a group, unless its only member is alone. */
static struct known *
keep_group(struct families *f, struct group *g, uint32_t docid)
{
	struct known *k, *found = NULL;
	size_t i;

	if (g->count < 2) {
		group_free(g);
		return remember(f, docid, NULL, 0);
	}
	versions_order(g->members, g->count, f->peil_ymd);
	GROW(f->groups, f->ngroups, f->cap_groups);
	f->groups[f->ngroups++] = g;
	for (i = 0; i < g->count; i++) {
		uint32_t id = g->members[i].docid;

		HASH_FIND(hh, f->known, &id, sizeof id, k);
		if (k == NULL)
			k = remember(f, id, g, i);
		if (id == docid)
			found = k;
	}
	return found != NULL ? found : remember(f, docid, NULL, 0);
}

/* What is known of a document; NULL when the index cannot be read. */
static const struct known *
look_up(struct families *f, uint32_t docid, struct error *err)
{
	struct search s = { .families = f, .err = err };
	struct known *k;
	size_t i;

	HASH_FIND(hh, f->known, &docid, sizeof docid, k);
	if (k != NULL)
		return k;
	if (find_replaced(f, err) == -1)
		return NULL;
	s.group = xcalloc(1, sizeof *s.group);
	if (add_member(&s, docid) == -1) {
		group_free(s.group);
		return NULL;
	}
	for (i = 0; i < s.group->count; i++)
		if (follow(&s, i) == -1) {
			group_free(s.group);
			return NULL;
		}
	return keep_group(f, s.group, docid);
}

int
families_of(struct families *f, uint32_t docid,
    const struct version **members, size_t *n, struct error *err)
{
	const struct known *k = look_up(f, docid, err);

	if (k == NULL)
		return -1;
	*n = 0;
	*members = NULL;
	if (k->group != NULL && !k->group->members[k->member].is_alone) {
		*members = k->group->members;
		*n = k->group->count;
	}
	return 0;
}

int
families_successor(struct families *f, uint32_t docid, uint32_t *successor,
    struct error *err)
{
	const struct known *k = look_up(f, docid, err);
	const struct version *own, *v, *best = NULL;
	size_t i;

	if (k == NULL)
		return -1;
	for (i = 0; k->group != NULL && i < k->group->count; i++) {
		own = &k->group->members[k->member];
		v = &k->group->members[i];
		if (version_is_newer(v, own) && version_precedes(v, own) &&
		    v->van_ymd <= f->peil_ymd &&
		    (best == NULL || version_precedes(v, best)))
			best = v;
	}
	*successor = best != NULL ? best->docid : 0;
	return 0;
}

/* ---- ranking ---- */

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
is_unfetched(const struct ranker *r, const struct group *g,
    const struct version *own)
{
	size_t i, place;

	for (i = 0; i < g->count; i++)
		if (version_precedes(&g->members[i], own) &&
		    !place_of(r, g->members[i].docid, &place))
			return true;
	return false;
}

static void
want_group(struct ranker *r, const struct group *g, struct wanted *w)
{
	size_t i, j;

	for (i = 0; i < g->count; i++) {
		CLEAN(buf_clear) struct buf term = BUF_INIT;

		for (j = 0; j < i; j++)
			if (strcmp(g->members[j].key, g->members[i].key) == 0)
				break;
		if (j < i)
			continue;
		entry_bytes_term(ENTRY_PREFIX_FAMILY, g->members[i].key, &term);
		GROW(w->terms, w->count, w->cap);
		w->terms[w->count++] = qb_term(&r->qb, buf_str(&term));
	}
	w->docs += (uint32_t)g->count;
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
	want.count = w->docs + (uint32_t)MAX_MEMBERS * (uint32_t)w->count;
	want.ncount_slots = 0;
	rc = xap_match(store_db(r->families->store), q, &want, &m, &x);
	xap_query_free(&q);
	if (rc == -1)
		return store_error(&x, "query", r->err);
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
	struct group **seen = xcalloc(r->nhits + 1, sizeof *seen);
	size_t nseen = 0, i, j;
	int rc = 0;

	free(r->others);
	r->others = NULL;
	r->nothers = 0;
	for (i = 0; i < r->nhits && rc == 0 && !r->has_all; i++) {
		const struct known *k = look_up(r->families, r->hits[i].docid,
		    r->err);

		if (k == NULL)
			rc = -1;
		if (k == NULL || k->group == NULL || !is_unfetched(r, k->group,
		    &k->group->members[k->member]))
			continue;
		for (j = 0; j < nseen && seen[j] != k->group; j++)
			;
		if (j < nseen)
			continue;
		seen[nseen++] = k->group;
		want_group(r, k->group, &w);
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
	const struct known *k = look_up(r->families, r->hits[i].docid, r->err);
	const struct families_question *q = r->question;
	const struct version *own;
	size_t j, place;

	if (k == NULL)
		return -1;
	*out = (struct placed){ r->hits[i].docid, i, i, NULL };
	if (k->group == NULL)
		return 0;
	own = out->version = &k->group->members[k->member];
	if (q->keeps_place != NULL && q->keeps_place(q->arg, own))
		return 0;
	for (j = 0; j < k->group->count; j++) {
		const struct version *v = &k->group->members[j];

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
	want.ncount_slots = 0;
	if (xap_match(store_db(r->families->store), r->question->query, &want,
	    &m, &x) == -1)
		return store_error(&x, "query", r->err);
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
		.families = f, .question = q, .qb = { .err = err }, .err = err,
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
