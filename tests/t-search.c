/*
 * Searching a small index: totals, facets and hits must agree with each other
 * and with the documents that were put in.
 */
#include <config.h>

#include "index/search.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/utf8.h"
#include "index/generation.h"
#include "index/writer.h"
#include "model/entry.h"
#include "model/lists.h"
#include "scratch.h"
#include "tap.h"

#define NDOCS 120
#define TODAY 20240630

static struct analyser *analyser;
static struct store *store;
static struct doc docs[NDOCS];

/* ---- documents ---- */

static const char *const words[] = { "asiel", "bekering", "christen",
    "verblijf", "vergunning", "niet-begeleide", "a.m.v.", "Syri\xC3\xABrs",
    "foto's", "toets" };
static const char *const soorten[] = { "werkinstructie", "uitspraak",
    "landenrapport" };
static const char *const landen[] = { "SY", "IR", "AF" };
static const int days[] = { DATE_NONE, 20100101, 20231231, 20240629, 20240630,
    20240701, 20300101 };

#define PICK(a) ((a)[(size_t)rand() % NELEM(a)])

static void
make_doc(struct doc *d, int number)
{
	int n;

	d->id = xasprintf("PUC_%d_1", number);
	d->pad = xasprintf("map/%d.txt", number);
	d->status = xstrdup("ok");
	doc_add(d, FIELD_TITEL, PICK(words), ORIGIN_TITLE);
	if (rand() % 8)
		doc_add(d, FIELD_SOORT, PICK(soorten), ORIGIN_TEXT);
	for (n = rand() % 3; n > 0; n--)
		doc_add(d, FIELD_LAND, PICK(landen), ORIGIN_TEXT);
	d->datum_ymd = PICK(days);
	d->van_ymd = PICK(days);
	d->tot_ymd = PICK(days);
	/* Some have no text, some several chunks. */
	for (n = rand() % 8 == 0 ? 0 : rand() % 12 + (number % 30 == 0) * 4000;
	    n > 0; n--)
		buf_addf(&d->text, "%s%s", PICK(words), rand() % 9 ? " " : ".\n");
}

static void
make_index(void)
{
	CLEAN(writer_free) struct writer *w = NULL;
	CLEAN(str_free) char *built = NULL;
	struct entry_builder *b;
	struct generation g;
	struct error err = ERROR_INIT;
	char print[20];
	int i, rc;

	rc = generation_begin(scratch, false, &g, &err);
	built = xasprintf("%s/db", g.work_dir);
	rc |= writer_create(built, &w, &err);
	entry_builder_open(analyser, &b);
	for (i = 0; i < NDOCS && rc == 0; i++) {
		make_doc(&docs[i], i);
		rc |= writer_put(w, &docs[i], entry_build(b, &docs[i]), &err);
	}
	entry_builder_free(&b);
	snprintf(print, sizeof print, "%016llx",
	    (unsigned long long)store_fingerprint(analyser));
	rc |= writer_set_fact(w, "fingerprint", print, &err);
	rc |= writer_commit(w, &err);
	writer_free(&w);
	rc |= generation_publish(&g, built,
	    time(NULL) + 2 * GENERATION_KEPT_S, &err);
	generation_end(&g);
	rc |= store_open(scratch, analyser, &store, &err);
	ok(rc == 0, "an index of %d documents is made %s", NDOCS, err.msg);
}

/* ---- asking ---- */

/* Ask typed text and further keys, key=value&key=value. */
static void
ask(const char *text, const char *keys, struct result *out)
{
	CLEAN(query_clear) struct query q;
	CLEAN(str_free) char *copy = xstrdup(keys);
	char *rest = copy, *pair, *value;
	struct error err = ERROR_INIT;
	int rc;

	query_init(&q, TODAY);
	rc = query_set(&q, "q", text, &err);
	rc |= query_set(&q, "aantal", "1000", &err);
	while (*rest != '\0' && (pair = strsep(&rest, "&")) != NULL) {
		if ((value = strchr(pair, '=')) == NULL)
			abort();
		*value++ = '\0';
		rc |= query_set(&q, pair, value, &err);
		if (rest == NULL)
			break;
	}
	if (rc != 0 || search(store, &q, out, &err) == -1) {
		printf("# '%s' %s: %s\n", text, keys, err.msg);
		*out = (struct result){ .total = UINT32_MAX };
	}
}

static uint32_t
total(const char *text, const char *keys)
{
	struct result r;
	uint32_t n;

	ask(text, keys, &r);
	n = r.total;
	result_clear(&r);
	return n;
}

static bool
is_hit(const struct result *r, const struct doc *d)
{
	size_t i;

	for (i = 0; i < r->nhits; i++)
		if (strcmp(r->hits[i].doc.id, d->id) == 0)
			return true;
	return false;
}

/* Are the hits just the documents that the rule holds for? */
static bool
hits_are(const char *text, const char *keys, bool (*rule)(const struct doc *))
{
	struct result r;
	size_t i, n = 0;
	bool good = true;

	ask(text, keys, &r);
	for (i = 0; i < NDOCS; i++) {
		good &= is_hit(&r, &docs[i]) == rule(&docs[i]);
		n += rule(&docs[i]);
	}
	good &= r.total == n && r.nhits == n;
	result_clear(&r);
	return good && n > 0 && n < NDOCS;
}

static bool
has(const struct doc *d, const char *word)
{
	return strstr(buf_str(&d->text), word) != NULL ||
	    strcmp(doc_first(d, FIELD_TITEL), word) == 0;
}

static bool
has_land(const struct doc *d, const char *land)
{
	size_t i;

	for (i = 0; i < d->values[FIELD_LAND].count; i++)
		if (strcmp(d->values[FIELD_LAND].items[i].text, land) == 0)
			return true;
	return false;
}

/* ---- the documents that were put in ---- */

static bool
rule_asiel(const struct doc *d)
{
	return has(d, "asiel");
}

static bool
rule_both(const struct doc *d)
{
	return has(d, "asiel") && has(d, "toets");
}

static bool
rule_either(const struct doc *d)
{
	return has(d, "asiel") || has(d, "toets");
}

static bool
rule_not(const struct doc *d)
{
	return has(d, "asiel") && !has(d, "toets");
}

static bool
rule_without(const struct doc *d)
{
	return !has(d, "asiel");
}

static bool
rule_phrase(const struct doc *d)
{
	return strstr(buf_str(&d->text), "asiel toets") != NULL ||
	    strstr(buf_str(&d->text), "asiel.\ntoets") != NULL;
}

static bool
rule_title(const struct doc *d)
{
	return strcmp(doc_first(d, FIELD_TITEL), "asiel") == 0;
}

static bool
rule_prefix(const struct doc *d)
{
	return has(d, "verblijf") || has(d, "vergunning");
}

static bool
rule_land(const struct doc *d)
{
	return has_land(d, "SY") || has_land(d, "IR");
}

static bool
rule_no_land(const struct doc *d)
{
	return !has_land(d, "SY") && has(d, "asiel");
}

static bool
rule_date(const struct doc *d)
{
	return d->datum_ymd >= 20240101 && d->datum_ymd <= 20241231;
}

static void
test_rules(void)
{
	static const struct {
		const char *text, *keys;
		bool (*rule)(const struct doc *);
		const char *claim;
	} cases[] = {
		{ "asiel", "", rule_asiel, "a word finds what has it" },
		{ "ASI\xC3\x89L", "", rule_asiel, "however it is written" },
		{ "asielen", "", rule_asiel, "in any form" },
		{ "+asiel +toets", "", rule_both, "what must be there is" },
		{ "asiel EN toets", "", rule_both, "EN asks for both" },
		{ "asiel OF toets", "", rule_either, "OF for either" },
		{ "asiel -toets", "", rule_not, "what must not is not" },
		{ "asiel NIET toets", "", rule_not, "NIET says the same" },
		{ "-asiel", "", rule_without, "an exclusion may stand alone" },
		{ "\"asiel toets\"", "", rule_phrase, "a phrase is literal" },
		{ "titel:asiel", "", rule_title, "titel: looks there only" },
		{ "", "titel=asiel", rule_title, "as a key, too" },
		{ "ver*", "", rule_prefix, "an asterisk finds beginnings" },
		{ "land:SY land:IR", "", rule_land,
		    "values of a field are alternatives" },
		{ "", "land=SY&land=IR", rule_land, "as keys, too" },
		{ "asiel", "land=!SY", rule_no_land, "an excluded value" },
		{ "asiel -land:SY", "", rule_no_land, "as it is typed" },
		{ "", "datum=2024", rule_date, "a year is all its days" },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++)
		ok(hits_are(cases[i].text, cases[i].keys, cases[i].rule), "%s",
		    cases[i].claim);
	ok(total("", "") == NDOCS, "no question finds all");
	ok(total("zeegras", "") == 0 && total("+asiel +zeegras", "") == 0,
	    "a word that is nowhere finds nothing");
	ok(total("-zeegras", "") == NDOCS, "and excludes nothing");
	ok(total("\xCC\x88", "") == total("", ""),
	    "a mark without a letter is no word");
}

/* ---- limits ---- */

/* Ask within limits; -1: refused, with *says, which the caller frees. */
static int
ask_within(const char *text, struct query_limits limits, uint32_t *n,
    char **says)
{
	CLEAN(query_clear) struct query q;
	CLEAN(result_clear) struct result r = { 0 };
	struct error err = ERROR_INIT;

	query_init(&q, TODAY);
	q.limits = limits;
	if (query_set(&q, "q", text, &err) == -1 ||
	    search(store, &q, &r, &err) == -1) {
		*says = xstrdup(err.msg);
		return err.kind == ERROR_QUERY ? -1 : -2;
	}
	*n = r.total;
	return 0;
}

static void
test_limits(void)
{
	static const struct {
		const char *text;
		struct query_limits limits;
		const char *says;	/* NULL: it is answered */
		const char *claim;
	} cases[] = {
		{ "ver*", { 2, 0, 1 }, NULL, "as many words as may be" },
		{ "ver*", { 1, 1000, 1 },
		    "met ‘ver’ beginnen meer dan 1 woorden: typ meer letters",
		    "one word more is refused, not left out" },
		{ "titel:ver*", { 1, 1000, 1 }, "typ meer letters",
		    "in titles, too" },
		{ "asiel -ver*", { 1, 1000, 1 }, "typ meer letters",
		    "and where they must not be" },
		{ "zeegras*", { 1, 0, 1 }, NULL, "of no word there is nothing" },
		{ "\"asiel toets\"", { 9, 0, 1 }, NULL,
		    "one phrase is always answered" },
		{ "asiel NABIJ/3 toets", { 9, 0, 1 }, NULL, "one NABIJ, too" },
		{ "\"asiel toets\" OF \"toets asiel\"", { 9, 20, 1 },
		    "te zwaar", "two may be too much" },
		{ "\"asiel toets\" OF \"toets asiel\"", { 9, 2 * NDOCS, 1 },
		    NULL, "or may not" },
		{ "\"asiel toets\" OF \"toets asiel\"", { 9, 20, NDOCS + 1 },
		    NULL, "and count for nothing when they are light" },
		{ "\"asiel toets\" (toets NABIJ/2 asiel)", { 9, 20, 1 },
		    "te zwaar", "a phrase and a NABIJ" },
		{ "ver* \"asiel toets\"", { 9, 4, 1 }, "te zwaar",
		    "an asterisk and a phrase" },
		{ "-ver* -\"asiel toets\"", { 9, 4, 1 }, "te zwaar",
		    "excluded" },
	};
	const struct query_limits none = { 1000, 1000000, 1000000 };
	uint32_t n = 0, same = 0;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		CLEAN(str_free) char *says = NULL, *ignored = NULL;
		int rc = ask_within(cases[i].text, cases[i].limits, &n, &says);

		if (cases[i].says != NULL)
			ok(rc == -1 && strstr(says, cases[i].says) != NULL,
			    "limits: %s", cases[i].claim);
		else
			ok(rc == 0 && ask_within(cases[i].text, none, &same,
			    &ignored) == 0 && n == same, "limits: %s",
			    cases[i].claim);
	}
}

/* What is worked out once is found with the same score. */
static void
test_once(void)
{
	static const char *const questions[] = { "ver*", "\"asiel toets\"",
	    "asiel NABIJ/3 toets", "ver* \"asiel toets\" bekering",
	    "+christen -\"asiel toets\"", "titel:ver* OF asiel" };
	struct query_limits once = { 1000, 1000000, 1 };
	struct error err = ERROR_INIT;
	size_t i, k;

	for (i = 0; i < NELEM(questions); i++) {
		CLEAN(query_clear) struct query q;
		CLEAN(result_clear) struct result a = { 0 }, b = { 0 };
		bool same;

		query_init(&q, TODAY);
		query_set(&q, "q", questions[i], &err);
		query_set(&q, "aantal", "1000", &err);
		same = search(store, &q, &a, &err) == 0;
		q.limits = once;
		same = same && search(store, &q, &b, &err) == 0 &&
		    a.nhits > 0 && a.nhits == b.nhits &&
		    a.with_all_words == b.with_all_words;
		for (k = 0; same && k < a.nhits; k++)
			same = strcmp(a.hits[k].doc.id, b.hits[k].doc.id) == 0 &&
			    fabs(a.hits[k].score - b.hits[k].score) < 1e-9;
		ok(same, "once or more times, the same hits: %s", questions[i]);
	}
}

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
	size_t i;

	if (!ok(lists_load(&err) == 0 && analyser_open(&analyser, &err) == 0,
	    "it opens %s", err.msg))
		return 1;
	scratch_make();
	srand(13);
	make_index();
	test_rules();
	test_limits();
	test_once();
	test_validity();
	test_facets();
	test_pages();
	test_passages();
	store_free(&store);
	for (i = 0; i < NDOCS; i++)
		doc_clear(&docs[i]);
	analyser_free(&analyser);
	lists_free();
	scratch_remove();
	return tap_done();
}
