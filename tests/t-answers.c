/*
 * What an answer says of a small index: facets, totals, pages and passages must
 * agree with each other and with the documents that were put in.
 */
#include <config.h>

#include "index/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "smallindex.h"
#include "tap.h"

/* ---- validity ---- */

/* On each day: the hits of a value have it, the others do not. */
static void
test_validity(void)
{
	static const char *const on[] = { "2009-12-31", "2010-01-01",
	    "2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01",
	    "9999-12-31" };
	size_t i, k, n;
	enum validity v;
	int good = 1, facets = 1;

	for (i = 0; i < NELEM(on); i++)
		for (v = 0; v < NVALIDITIES; v++) {
			CLEAN(str_free) char *keys = xasprintf("geldigheid=%s&"
			    "peildatum=%s", validity_name(v), on[i]);
			struct result r;
			struct facet *f;

			ask("", keys, &r);
			for (k = 0, n = 0; k < NDOCS; k++) {
				bool want = validity_on(docs[k].van_ymd,
				    docs[k].tot_ymd, date_parse_iso(on[i])) == v;

				n += want;
				good &= is_hit(&r, &docs[k]) == want;
			}
			for (k = 0; k < r.nhits; k++)
				good &= r.hits[k].validity == v;
			f = result_facet(&r, FIELD_GELDIGHEID);
			for (k = 0; k < f->nvalues; k++)
				if (strcmp(f->values[k].value,
				    validity_name(v)) == 0)
					facets &= f->values[k].docs == n &&
					    f->values[k].is_chosen;
			result_clear(&r);
		}
	ok(good, "on any day geldigheid finds what has it, and only that");
	ok(facets, "and the facet counts the same");
}

/* ---- facets ---- */

/* A facet's count is what you see after clicking it. */
static bool
facets_hold(const char *text, const char *keys)
{
	struct result r;
	size_t i, k;
	bool good = true;

	ask(text, keys, &r);
	for (i = 0; i < r.nfacets; i++)
		for (k = 0; k < r.facets[i].nvalues; k++) {
			const struct facet_value *v = &r.facets[i].values[k];
			CLEAN(str_free) char *clicked = NULL;

			/* One more value of what is chosen would widen it. */
			if (strstr(keys, r.facets[i].field->name) != NULL ||
			    strstr(text, r.facets[i].field->name) != NULL)
				continue;
			clicked = xasprintf("%s%s%s=%s", keys,
			    *keys != '\0' ? "&" : "", r.facets[i].field->name,
			    v->value);
			if (total(text, clicked) != v->docs) {
				printf("# '%s' %s: %u\n", text, clicked, v->docs);
				good = false;
			}
		}
	result_clear(&r);
	return good;
}

static void
test_facets(void)
{
	static const char *const texts[] = { "", "asiel", "asiel toets bekering",
	    "-asiel", "asiel OF toets", "zeegras", "soort:uitspraak asiel" };
	static const char *const keys[] = { "", "soort=uitspraak", "land=SY",
	    "land=!SY", "soort=uitspraak&land=IR&land=AF", "geldigheid=geldig",
	    "datum=2024&peildatum=2010-01-01" };
	struct result one, both;
	struct facet *f, *g;
	size_t i, k;
	int good = 1;

	for (i = 0; i < NELEM(texts); i++)
		for (k = 0; k < NELEM(keys); k++)
			good &= facets_hold(texts[i], keys[k]);
	ok(good, "a facet's count is what is found after choosing it");
	ask("asiel", "", &one);
	ask("asiel", "soort=uitspraak&soort=landenrapport", &both);
	f = result_facet(&one, FIELD_SOORT);
	g = result_facet(&both, FIELD_SOORT);
	for (i = 0, good = f->nvalues == g->nvalues; good && i < f->nvalues; i++)
		good &= strcmp(f->values[i].value, g->values[i].value) == 0 &&
		    f->values[i].docs == g->values[i].docs &&
		    g->values[i].is_chosen ==
		    (strcmp(g->values[i].value, "werkinstructie") != 0);
	ok(good, "a facet keeps its numbers when it is chosen from");
	result_clear(&one);
	result_clear(&both);
	ask("zeegras", "soort=uitspraak", &one);
	f = result_facet(&one, FIELD_SOORT);
	ok(f->nvalues == 1 && f->values[0].docs == 0 && f->values[0].is_chosen,
	    "what is chosen is shown even where nothing has it");
	result_clear(&one);
}

/* ---- hits ---- */

static void
test_pages(void)
{
	struct result all, page;
	size_t i, n = 0;
	unsigned from;
	int good = 1;

	ask("asiel toets bekering", "", &all);
	for (from = 0; from < all.total + 7; from += 7) {
		CLEAN(query_clear) struct query q;
		struct error err = ERROR_INIT;

		query_init(&q, TODAY);
		q.vanaf = from;
		q.aantal = 7;
		if (query_set(&q, "q", "asiel toets bekering", &err) == -1 ||
		    search(store, &q, &page, &err) == -1)
			abort();
		good &= page.total == all.total;
		for (i = 0; i < page.nhits; i++, n++)
			good &= n < all.nhits &&
			    page.hits[i].rank == n + 1 && strcmp(
			    page.hits[i].doc.id, all.hits[n].doc.id) == 0;
		result_clear(&page);
	}
	ok(good && n == all.total && n > 14, "pages together are the answer");
	for (i = 1, good = 1; i < all.nhits; i++)
		good &= all.hits[i].score <= all.hits[i - 1].score;
	ok(good, "the best come first");
	ok(all.with_all_words <= all.total &&
	    all.with_all_words == total("+asiel +toets +bekering", ""),
	    "those with all words are counted");
	result_clear(&all);
	ask("", "sorteer=datum", &all);
	for (i = 1; i < all.nhits; i++)
		good &= all.hits[i].doc.datum_ymd <= all.hits[i - 1].doc.datum_ymd;
	ok(good && all.nhits == NDOCS, "by date the newest come first, those "
	    "without one last");
	result_clear(&all);
}

static bool
passage_holds(const struct passage *p, const struct doc *d)
{
	size_t n = utf8_count(p->text, strlen(p->text)), i;

	for (i = 0; i < p->nmarks; i++)
		if (p->marks[i].begin >= p->marks[i].end || p->marks[i].end > n)
			return false;
	return p->nmarks > 0 || !has(d, "asiel");
}

static void
test_passages(void)
{
	struct result r;
	size_t i, k, n = 0;
	int marked = 1, none = 1;

	ask("asiel", "", &r);
	for (i = 0; i < r.nhits; i++) {
		const struct hit *h = &r.hits[i];
		const struct doc *d = &docs[atoi(h->doc.id + 4)];

		if (d->text.len == 0)
			none &= h->npassages == 0;
		else if (strstr(d->text.s, "asiel") != NULL)
			for (k = 0; k < h->npassages; k++, n++)
				marked &= passage_holds(&h->passages[k], d);
		else
			none &= h->npassages == 1 && h->passages[0].nmarks == 0;
	}
	ok(marked && n > 30, "each of %zu passages has a word marked", n);
	ok(none, "where only the title has it the beginning is shown");
	result_clear(&r);
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (small_open(&err) == -1 || small_make(&err) == -1) {
		printf("# %s\n", err.msg);
		return 99;
	}
	test_validity();
	test_facets();
	test_pages();
	test_passages();
	small_free();
	return tap_done();
}
