#include <config.h>

#include "index/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "index/filters.h"
#include "index/qb.h"
#include "index/search.h"
#include "model/entry.h"
#include "model/lists.h"

static const char *const kinds[NREASONS] = {
	[REASON_WORD] = "woord",
	[REASON_TYPED] = "precies zo",
	[REASON_TITLE] = "in de titel",
	[REASON_PARTS] = "delen",
	[REASON_JOINED] = "aaneen",
	[REASON_PHRASE] = "woorden na elkaar",
	[REASON_PREFIX] = "begin van woord",
	[REASON_NEAR] = "dicht bijeen",
	[REASON_CITED] = "verwijzing",
	[REASON_NAME] = "zo heet het",
	[REASON_SYNONYM] = "ander woord",
	[REASON_SPELLING] = "andere spelling",
	[REASON_COUNTRY] = "zelfde land",
};

int
explain_weight(const struct store *s, const char *pad,
    const struct xap_query *q, bool *matches, double *weight,
    struct error *err)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	struct qb qb = { err, false, s };
	struct xap_match *m = NULL;
	struct xap_want want = search_ranking;
	struct xap_query *narrowed;
	struct xap_error x;
	int rc = 0;

	entry_bytes_term(ENTRY_PREFIX_UNIQUE, pad, &term);
	narrowed = qb_two(&qb, XAP_FILTER, qb_copy(&qb, q),
	    qb_term(&qb, buf_str(&term)));
	if (qb.has_failed)
		return -1;
	want.count = 1;
	if (xap_match(store_db(s), narrowed, &want, &m, &x) == -1)
		rc = store_error(&x, store_path(s), err);
	else {
		*matches = xap_match_count(m) > 0;
		*weight = *matches ? xap_match_hits(m)[0].weight : 0;
	}
	xap_match_free(&m);
	xap_query_free(&narrowed);
	return rc;
}

/* ---- why ---- */

/* Reasons of one kind and text count together. */
static void
add_reason(struct hit *h, const char *kind, const char *text, double weight)
{
	size_t i;

	for (i = 0; i < h->nreasons; i++)
		if (strcmp(h->reasons[i].kind, kind) == 0 &&
		    strcmp(h->reasons[i].text, text) == 0) {
			h->reasons[i].weight += weight;
			return;
		}
	h->reasons = xrealloc(h->reasons,
	    (h->nreasons + 1) * sizeof *h->reasons);
	h->reasons[h->nreasons++] = (struct hit_reason){
		kind, xstrdup(text), weight
	};
}

static int
compare_reasons(const void *va, const void *vb)
{
	const struct hit_reason *a = va, *b = vb;

	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return strcmp(a->text, b->text);
}

int
explain_hit(const struct store *s, const struct compiled *c, struct hit *h,
    struct error *err)
{
	double weight;
	bool matches;
	size_t i;

	for (i = 0; i < c->nreasons; i++) {
		const struct reason *r = &c->reasons[i];

		if (explain_weight(s, h->doc.pad, r->query, &matches, &weight,
		    err) == -1)
			return -1;
		if (matches && weight > 0)
			add_reason(h, kinds[r->kind], r->text, weight);
	}
	if (h->nreasons > 1)
		qsort(h->reasons, h->nreasons, sizeof *h->reasons,
		    compare_reasons);
	return 0;
}

/* ---- why not ---- */

/* What a document has in a field, as people read it. */
static void
print_values(const struct doc *d, const struct field *f, int peil_ymd,
    struct buf *out)
{
	size_t i;

	if (f->kind == FIELD_PERIOD) {
		buf_adds(out, validity_name(validity_on(d->van_ymd, d->tot_ymd,
		    peil_ymd)));
		return;
	}
	if (f->kind == FIELD_DATE) {
		if (d->datum_ymd == DATE_NONE)
			buf_adds(out, "niets");
		else
			date_print(d->datum_ymd, out);
		return;
	}
	for (i = 0; i < d->values[f->id].count; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", list_label(f->id,
		    d->values[f->id].items[i].text));
	if (i == 0)
		buf_adds(out, "niets");
}

/* The first filter that leaves the document out; *is_out if there is one. */
static int
check_filters(const struct store *s, const struct query *q,
    const struct doc *d, bool *is_out, struct buf *out, struct error *err)
{
	struct qb qb = { err, false, s };
	enum field_id f;
	double ignored;
	bool matches;
	int rc;

	*is_out = false;
	for (f = 0; f < NFIELDS && !*is_out; f++) {
		struct xap_query *only;

		if (!filters_have(q, f))
			continue;
		only = filters_only(&qb, q, f);
		rc = qb.has_failed ? -1 :
		    explain_weight(s, d->pad, only, &matches, &ignored, err);
		xap_query_free(&only);
		if (rc == -1)
			return -1;
		if (matches)
			continue;
		*is_out = true;
		buf_addf(out, "het filter op %s laat het weg: het document heeft ",
		    fields[f].name);
		print_values(d, &fields[f], q->peil_ymd, out);
	}
	return 0;
}

struct found {
	bool *has;		/* of each part of the question */
	double have, all;	/* weight of optional parts */
	size_t nmust;
};

static int
find_parts(const struct store *s, const struct compiled *c, const char *pad,
    struct found *f, struct error *err)
{
	double ignored;
	size_t i;

	f->has = xcalloc(c->nparts, sizeof *f->has);
	for (i = 0; i < c->nparts; i++) {
		const struct part *p = &c->parts[i];

		if (explain_weight(s, pad, p->query, &f->has[i], &ignored,
		    err) == -1)
			return -1;
		f->nmust += p->need == NEED_MUST;
		if (p->need != NEED_NONE)
			continue;
		f->all += p->weight;
		f->have += f->has[i] ? p->weight : 0;
	}
	return 0;
}

static void
print_lacking(const struct compiled *c, const struct found *f, bool has,
    struct buf *out)
{
	const char *sep = "";
	size_t i;

	for (i = 0; i < c->nparts; i++)
		if (c->parts[i].need != NEED_NOT && f->has[i] == has) {
			buf_addf(out, "%s‘%s’", sep, c->parts[i].text);
			sep = ", ";
		}
	if (*sep == '\0')
		buf_adds(out, "niets");
}

/* What of the question's words is the matter. */
static void
print_words(const struct compiled *c, const struct found *f, struct buf *out)
{
	size_t i;

	for (i = 0; i < c->nparts; i++) {
		const struct part *p = &c->parts[i];

		if (p->need == NEED_NOT && f->has[i]) {
			buf_addf(out, "het bevat ‘%s’, dat er niet in mag staan",
			    p->text);
			return;
		}
		if (p->need == NEED_MUST && !f->has[i]) {
			buf_addf(out, "het bevat ‘%s’ niet, dat erin moet staan",
			    p->text);
			return;
		}
	}
	buf_adds(out, "het heeft te weinig van de vraag: wel ");
	print_lacking(c, f, true, out);
	buf_adds(out, ", niet ");
	print_lacking(c, f, false, out);
	if (f->all > 0)
		buf_addf(out, " (gewicht %.0f %%, nodig %.0f %%)",
		    100 * f->have / f->all, 100 * c->enough);
}

/* The rank of a document that is a hit; 0 if it lies beyond what is counted. */
static int
find_rank(const struct store *s, const struct query *q, const char *pad,
    unsigned *rank, struct error *err)
{
	struct query all = *q;
	struct result r = { 0 };
	size_t i;

	all.vanaf = 0;
	all.aantal = QUERY_MAX_COUNT;
	if (search(s, &all, &r, err) == -1)
		return -1;
	*rank = 0;
	for (i = 0; i < r.nhits && *rank == 0; i++)
		if (strcmp(r.hits[i].doc.pad, pad) == 0)
			*rank = r.hits[i].rank;
	result_clear(&r);
	return 0;
}

static int
say_absence(const struct store *s, const struct query *q,
    const struct compiled *c, const struct doc *d, struct buf *out,
    struct error *err)
{
	struct found f = { 0 };
	bool is_out;
	int rc;

	if (check_filters(s, q, d, &is_out, out, err) == -1)
		return -1;
	if (is_out)
		return 0;
	rc = find_parts(s, c, d->pad, &f, err);
	if (rc == 0)
		print_words(c, &f, out);
	if (rc == 0 && strcmp(d->status, "ok") != 0)
		buf_addf(out, "; van dit document is de tekst niet doorzoekbaar "
		    "(%s)", d->status);
	free(f.has);
	return rc;
}

int
explain_absence(const struct store *s, const struct query *q, uint32_t docid,
    bool *is_hit, struct buf *out, struct error *err)
{
	CLEAN(doc_clear) struct doc d = { 0 };
	CLEAN(compiled_clear) struct compiled c = { 0 };
	struct qb qb = { err, false, s };
	struct xap_query *whole;
	double ignored;
	unsigned rank;
	int rc;

	if (store_doc(s, docid, &d, err) == -1 ||
	    compile_words(s, q, &c, err) == -1)
		return -1;
	whole = filters_apply(&qb, c.words != NULL ? qb_copy(&qb, c.words) :
	    NULL, q, NFIELDS);
	rc = qb.has_failed ? -1 :
	    explain_weight(s, d.pad, whole, is_hit, &ignored, err);
	xap_query_free(&whole);
	if (rc == -1)
		return -1;
	buf_addf(out, "%s: ", d.pad);
	if (!*is_hit)
		rc = say_absence(s, q, &c, &d, out, err);
	else if ((rc = find_rank(s, q, d.pad, &rank, err)) == 0) {
		if (rank > 0)
			buf_addf(out, "het staat in het antwoord, op plaats %u",
			    rank);
		else
			buf_addf(out, "het staat in het antwoord, voorbij plaats "
			    "%d", QUERY_MAX_COUNT);
	}
	if (rc == 0)
		buf_adds(out, ".\n");
	return rc;
}
