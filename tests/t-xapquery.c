/*
 * Queries, from C: what each kind finds, in which order, and whether that is
 * what a plain scan of the documents finds.
 */
#include <config.h>

#include "xap.h"

#include <math.h>

#include "xapdb.h"

/* ---- queries ---- */

static void
test_queries(void)
{
	struct xapw_db *w = create("queries");
	struct xap_query *q = NULL, *none, *all, *three[3];
	struct xap_match *m;
	struct xap_db *db;

	add(w, "a b c", "m", NULL);
	add(w, "a x b", "z", NULL);
	add(w, "b a", NULL, NULL);
	add(w, "a a", NULL, NULL);
	add(w, "c d", "a", NULL);
	add(w, "aap c", "b", NULL);
	finish(&w);
	db = reader("queries");

	xap_query_all(&all, &err);
	xap_query_none(&none, &err);
	ok(finds(db, all, "1 2 3 4 5 6") && finds(db, none, ""),
	    "all is all, in order of document id, and none is none");
	ok(finds(db, combine(XAP_AND, 0, term("a"), term("b"), term("c"),
	    NULL), "1"), "AND wants all of many");
	ok(total(db, combine(XAP_OR, 0, term("c"), term("x"), NULL)) == 4,
	    "OR wants any");
	ok(finds(db, combine(XAP_AND_NOT, 0, term("a"), term("b"), term("c"),
	    NULL), "4"), "AND_NOT wants the first and none of the others");
	ok(total(db, combine(XAP_AND_MAYBE, 0, term("a"), term("c"), term("x"),
	    NULL)) == 4, "AND_MAYBE wants the first only");
	ok(finds(db, combine(XAP_FILTER, 0, term("a"), term("b"), term("c"),
	    NULL), "1"), "FILTER wants all");
	ok(finds(db, combine(XAP_PHRASE, 0, term("a"), term("b"), NULL), "1") &&
	    total(db, combine(XAP_PHRASE, 3, term("a"), term("b"), NULL)) == 2,
	    "PHRASE keeps the order, in a window of n unless given");
	ok(total(db, combine(XAP_NEAR, 0, term("a"), term("b"), NULL)) == 2 &&
	    total(db, combine(XAP_NEAR, 3, term("a"), term("b"), NULL)) == 3,
	    "NEAR takes any order");
	ok(finds(db, combine(XAP_PHRASE, 0, term("a"), term("a"), NULL), "4"),
	    "a word twice in a phrase must stand there twice");
	ok(finds(db, combine(XAP_PHRASE, 0, term("b"), combine(XAP_SYNONYM, 0,
	    term("a"), combine(XAP_OR, 0, term("c"), term("d"), NULL), NULL),
	    NULL), "1 3"), "a phrase takes SYNONYM and OR of terms");
	ok(finds(db, combine(XAP_AND, 0, NULL), ""), "no subquery at all is none");

	xap_query_prefix("a", 1, 0, &q, &err);
	ok(total(db, q) == 5, "a prefix finds the terms that begin with it");
	xap_query_prefix("a", 1, 1, &q, &err);
	ok(total(db, q) == 4, "a prefix takes the first terms, at most max");
	q = NULL;
	ok(refused(xap_query_term("", 0, &q, &err), XAP_INVALID) &&
	    refused(xap_query_term(NULL, 3, &q, &err), XAP_INVALID) &&
	    refused(xap_query_prefix("", 0, 9, &q, &err), XAP_INVALID) &&
	    q == NULL, "an empty term or prefix is XAP_INVALID");

	xap_query_range(0, "b", 1, "m", 1, &q, &err);
	ok(finds(db, q, "1 6"), "a range includes both ends");
	xap_query_range(0, "m", 1, NULL, 0, &q, &err);
	ok(finds(db, q, "1 2"), "a range may be open at the end");
	xap_query_range(0, "", 0, "b", 1, &q, &err);
	ok(finds(db, q, "5 6"), "an unset value lies before no end");
	xap_query_range(0, "z", 1, "a", 1, &q, &err);
	ok(finds(db, q, ""), "a range that ends before it begins is empty");

	for (int i = 0; i < 3; i++)
		three[i] = term("a");
	q = NULL;
	ok(refused(xap_query_op(XAP_MAX, (const struct xap_query *const *)three,
	    3, 0, &q, &err), XAP_INVALID) && q == NULL,
	    "MAX takes no more than two");
	ok(refused(xap_query_scale(three[0], -1, &q, &err), XAP_INVALID) &&
	    refused(xap_query_scale(three[0], NAN, &q, &err), XAP_INVALID),
	    "a factor below 0 or none at all is XAP_INVALID");
	xap_query_free(&three[2]);
	three[2] = combine(XAP_AND_MAYBE, 0, term("a"), term("b"), NULL);
	ok(refused(xap_query_op(XAP_PHRASE,
	    (const struct xap_query *const *)three, 3, 0, &q, &err),
	    XAP_INVALID) && refused(xap_query_op(XAP_SYNONYM,
	    (const struct xap_query *const *)three, 3, 0, &q, &err),
	    XAP_INVALID), "what has no positions is refused in a phrase");
	xap_query_scale(three[0], 0, &q, &err);
	m = find(db, q, &want);
	ok(xap_match_total(m) == 4 && xap_match_hits(m)[0].weight == 0 &&
	    xap_match_hits(m)[0].docid == 1,
	    "scaled to 0 is a filter without weight");
	xap_match_free(&m);
	for (int i = 0; i < 3; i++)
		xap_query_free(&three[i]);
	xap_db_free(&db);
}


static void
test_weights(void)
{
	struct xapw_db *w = create("weights");
	struct xap_want odd = want;
	struct xap_match *m, *untouched = NULL;
	struct xap_query *q, *scaled;
	struct xap_db *db;
	double once, twice;

	add(w, "a b", NULL, NULL);
	add(w, "a c c c", NULL, NULL);
	add(w, "c", NULL, NULL);
	finish(&w);
	db = reader("weights");
	ok(finds(db, term("c"), "2 3"), "more of a word weighs more");
	odd.k1 = 0;
	m = find(db, term("c"), &odd);
	ok(xap_match_hits(m)[0].weight == xap_match_hits(m)[1].weight,
	    "the parameters of BM25 are ours to choose");
	xap_match_free(&m);
	q = term("a");
	xap_query_scale(q, 2, &scaled, &err);
	m = find(db, q, &want);
	once = xap_match_hits(m)[0].weight;
	xap_match_free(&m);
	m = find(db, scaled, &want);
	twice = xap_match_hits(m)[0].weight;
	xap_match_free(&m);
	ok(once > 0 && fabs(twice - 2 * once) < 1e-9, "weights scale");
	q = term("c");
	xap_query_fixed(q, 7, &scaled, &err);
	xap_query_free(&q);
	m = find(db, scaled, &want);
	ok(xap_match_total(m) == 2 && xap_match_hits(m)[0].weight == 7 &&
	    xap_match_hits(m)[1].weight == 7,
	    "a fixed weight is the same for all that match");
	xap_match_free(&m);
	q = term("c");
	ok(refused(xap_query_fixed(q, NAN, &scaled, &err), XAP_INVALID),
	    "and is a number");
	xap_query_free(&q);
	m = find(db, combine(XAP_FILTER, 0, term("a"), term("c"), NULL), &want);
	ok(fabs(xap_match_hits(m)[0].weight - once) < once,
	    "what filters adds no weight");
	xap_match_free(&m);
	odd.b = NAN;
	q = term("a");
	ok(refused(xap_match(db, q, &odd, &untouched, &err), XAP_INVALID) &&
	    untouched == NULL, "a parameter that is no number is XAP_INVALID");
	xap_query_free(&q);
	xap_db_free(&db);
}

/* ---- against a plain scan ---- */

enum { RANDOM_DOCS = 120, RANDOM_WORDS = 12 };

static char random_text[RANDOM_DOCS][2 * RANDOM_WORDS];

static void
make_random(void)
{
	struct xapw_db *w[2] = { create("even"), create("odd") };

	srand(1);
	for (int d = 0; d < RANDOM_DOCS; d++) {
		for (int i = 0; i < RANDOM_WORDS; i++) {
			random_text[d][2 * i] = (char)('a' + rand() % 7);
			random_text[d][2 * i + 1] = ' ';
		}
		random_text[d][2 * RANDOM_WORDS - 1] = '\0';
		add(w[d % 2], random_text[d], NULL, NULL);
	}
	finish(&w[0]);
	finish(&w[1]);
	write_file("random", "auto %s\nauto %s\n", at("even"), at("odd"));
}

/* Documents with a or b directly followed by c. */
static uint32_t
scan_phrase(char a, char b, char c)
{
	uint32_t n = 0;

	for (int d = 0; d < RANDOM_DOCS; d++) {
		const char *t = random_text[d];
		int found = 0;

		for (int i = 0; i + 1 < RANDOM_WORDS; i++)
			found |= (t[2 * i] == a || t[2 * i] == b) &&
			    t[2 * i + 2] == c;
		n += (uint32_t)found;
	}
	return n;
}

/* Documents with a or b at less than window from c, at another position. */
static uint32_t
scan_near(char a, char b, char c, int window)
{
	uint32_t n = 0;

	for (int d = 0; d < RANDOM_DOCS; d++) {
		const char *t = random_text[d];
		int found = 0;

		for (int i = 0; i < RANDOM_WORDS; i++)
			for (int k = 0; k < RANDOM_WORDS; k++)
				found |= i != k && abs(i - k) < window &&
				    (t[2 * i] == a || t[2 * i] == b) &&
				    t[2 * k] == c;
		n += (uint32_t)found;
	}
	return n;
}

static void
test_random(void)
{
	int phrases = 0, nears = 0, maxes = 0, n = 0;
	struct xap_db *db;

	make_random();
	db = reader("random");
	for (int i = 0; i < 7 * 7 * 7; i++) {
		char a[2] = { (char)('a' + i % 7), '\0' };
		char b[2] = { (char)('a' + i / 7 % 7), '\0' };
		char c[2] = { (char)('a' + i / 49), '\0' };
		uint32_t window = 2 + (uint32_t)i % 3;

		if (*a == *b || *a == *c || *b == *c)
			continue;
		n++;
		phrases += total(db, combine(XAP_PHRASE, 0, combine(XAP_SYNONYM,
		    0, term(a), term(b), NULL), term(c), NULL)) ==
		    scan_phrase(*a, *b, *c);
		nears += total(db, combine(XAP_NEAR, window, combine(XAP_OR,
		    0, term(a), term(b), NULL), term(c), NULL)) ==
		    scan_near(*a, *b, *c, (int)window);
		maxes += total(db, combine(XAP_OR, 0,
		    combine(XAP_MAX, 0, term(a), term(b), NULL),
		    combine(XAP_MAX, 0, term(b), term(c), NULL),
		    combine(XAP_MAX, 0, term(a), term("nooit"), NULL),
		    NULL)) == total(db, combine(XAP_OR, 0, term(a), term(b),
		    term(c), NULL));
	}
	ok(phrases == n, "%d phrases with alternatives match as a scan does", n);
	ok(nears == n, "%d NEARs with alternatives match as a scan does", n);
	ok(maxes == n, "%d ORs of three MAXes match as plain ORs do", n);
	xap_db_free(&db);
}

int
main(void)
{
	scratch_make();
	test_queries();
	test_weights();
	test_random();
	scratch_remove();
	return tap_done();
}
