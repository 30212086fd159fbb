/*
 * Matching, from C: totals, pages, orders and counts, however the documents
 * are spread over databases.
 */
#include <config.h>

#include "xap.h"

#include <math.h>
#include <unistd.h>

#include "xapdb.h"

/* "value=docs value=docs" for the i-th counted slot. */
static int
counts(const struct xap_match *m, size_t i, const char *want_counts)
{
	const struct xap_count *c;
	char got[256] = "";
	size_t n, len = 0;

	c = xap_match_counts(m, i, &n);
	for (size_t k = 0; k < n; k++)
		len += (size_t)snprintf(got + len, sizeof got - len,
		    "%s%.*s=%u", k > 0 ? " " : "", (int)c[k].value.len,
		    c[k].value.s, c[k].docs);
	if (strcmp(got, want_counts) != 0)
		printf("# got '%s', want '%s'\n", got, want_counts);
	return strcmp(got, want_counts) == 0;
}

/*
 * 300 documents over two databases and over one: every third has "zelden",
 * of every five one has no value in slot 0; slot 1 orders them otherwise
 * than their ids do.
 */
static void
make_pair(void)
{
	struct xapw_db *both = create("both");
	struct xapw_db *half[2] = { create("left"), create("right") };
	char order[8];

	for (int i = 0; i < 300; i++) {
		const char *text = i % 3 == 0 ? "vaak zelden" : "vaak";
		const char *value = i % 5 == 0 ? NULL : i % 2 ? "een" : "twee";

		snprintf(order, sizeof order, "%03d", i * 7 % 300);
		add(both, text, value, order);
		add(half[i % 2], text, value, order);
	}
	finish(&both);
	finish(&half[0]);
	finish(&half[1]);
	write_file("stub", "auto %s\nauto %s\n", at("left"), at("right"));
}

/* What has to be so however the 300 documents are spread. */
static void
test_pair(const char *name, const char *how)
{
	static const uint32_t slots[] = { 0, 0 };
	struct xap_want w = want;
	struct xap_db *db = reader(name);
	struct xap_match *m;
	struct xap_query *none;

	w.count_slots = slots;
	w.ncount_slots = 2;
	m = find(db, term("zelden"), &w);
	ok(xap_match_total(m) == 100 && xap_match_count(m) == 10 &&
	    xap_match_hits(m)[0].docid == 1 && xap_match_hits(m)[9].docid == 28,
	    "%s: the total is exact, equals go by document id", how);
	ok(counts(m, 0, "een=40 twee=40") && counts(m, 1, "een=40 twee=40"),
	    "%s: the counts are of all matches, not of the hits", how);
	xap_match_free(&m);
	w.count = 0;
	m = find(db, term("vaak"), &w);
	ok(xap_match_total(m) == 300 && xap_match_count(m) == 0 &&
	    counts(m, 0, "een=120 twee=120"),
	    "%s: totals and counts without hits", how);
	xap_match_free(&m);
	w.count = 10;
	w.first = 95;
	m = find(db, term("zelden"), &w);
	ok(xap_match_count(m) == 5 && xap_match_hits(m)[4].docid == 298,
	    "%s: a page may be the last", how);
	xap_match_free(&m);
	w.first = UINT32_MAX;
	w.count = UINT32_MAX;
	m = find(db, term("zelden"), &w);
	ok(xap_match_total(m) == 100 && xap_match_count(m) == 0,
	    "%s: a page may lie beyond the end", how);
	xap_match_free(&m);
	w.first = 0;
	w.count = 5;
	w.sort = XAP_SORT_VALUE;
	w.sort_slot = 1;
	m = find(db, term("zelden"), &w);
	/* i * 7 % 300 is 0, 3 and 6 for these. */
	ok(xap_match_hits(m)[0].docid == 1 && xap_match_hits(m)[1].docid == 130 &&
	    xap_match_hits(m)[2].docid == 259, "%s: sorted by value", how);
	ok(xap_match_total(m) == 100 && counts(m, 0, "een=40 twee=40"),
	    "%s: exact when sorted by value", how);
	xap_match_free(&m);
	w.sort_reverse = true;
	m = find(db, term("vaak"), &w);
	ok(xap_match_hits(m)[0].docid == 258 && xap_match_total(m) == 300 &&
	    counts(m, 1, "een=120 twee=120"),
	    "%s: sorted by value, greatest first", how);
	xap_match_free(&m);
	xap_query_none(&none, &err);
	m = find(db, none, &w);
	ok(xap_match_total(m) == 0 && counts(m, 0, ""), "%s: none is none", how);
	xap_match_free(&m);
	m = find(db, combine(XAP_OR, 0, combine(XAP_MAX, 0, term("vaak"),
	    term("zelden"), NULL), term("nooit"), NULL), &w);
	ok(xap_match_total(m) == 300 && xap_match_count(m) == 5 &&
	    xap_match_hits(m)[0].docid == 258,
	    "%s: MAX is sorted and cut like any other", how);
	xap_match_free(&m);
	xap_db_free(&db);
}

/* Do the numbers of a column count what the values of its slot do? */
static int
same_counts(const struct xap_match *m, const struct xap_slot *slot)
{
	const struct xap_count *values, *c;
	const uint32_t *docs;
	size_t nvalues, ndocs, n, i, k = 0;

	values = xap_slot_values(slot, &nvalues);
	docs = xap_match_numbers(m, 0, &ndocs);
	c = xap_match_counts(m, 0, &n);
	for (i = 0; i < nvalues && ndocs == nvalues + 1; i++) {
		if (docs[i + 1] == 0)
			continue;
		if (k == n || c[k].docs != docs[i + 1] ||
		    c[k].value.len != values[i].value.len ||
		    memcmp(c[k].value.s, values[i].value.s, c[k].value.len) != 0)
			return 0;
		k++;
	}
	return k == n && ndocs == nvalues + 1;
}

static void
test_columns(const char *name, const char *how)
{
	static const uint32_t slots[] = { 0 };
	struct xap_db *db = reader(name);
	struct xap_slot *slot = NULL;
	struct xap_column column;
	struct xap_want w = want;
	struct xap_query *q = NULL;
	struct xap_match *m;
	const struct xap_count *values;
	size_t n, nvalues;

	ok(fine(xap_slot_read(db, 0, &slot, &err)), "%s: a slot is read", how);
	values = xap_slot_values(slot, &nvalues);
	column.numbers = xap_slot_numbers(slot, &n);
	column.docids = (uint32_t)n;
	column.values = (uint32_t)nvalues + 1;
	ok(nvalues == 2 && values[0].docs == 120 && values[1].docs == 120 &&
	    memcmp(values[0].value.s, "een", 3) == 0 &&
	    memcmp(values[1].value.s, "twee", 4) == 0,
	    "%s: its values, with how many have them", how);
	/* In both ways the documents lie, 1 has none and 2 has "een". */
	ok(n == 301 && column.numbers[1] == 0 && column.numbers[2] == 1,
	    "%s: the number of each document's value", how);
	w.count_slots = slots;
	w.ncount_slots = 1;
	w.columns = &column;
	w.ncolumns = 1;
	m = find(db, term("zelden"), &w);
	ok(counts(m, 0, "een=40 twee=40") && same_counts(m, slot),
	    "%s: numbers are counted as values are", how);
	xap_match_free(&m);
	w.sort = XAP_SORT_VALUE;
	w.sort_slot = 1;
	m = find(db, term("vaak"), &w);
	ok(counts(m, 0, "een=120 twee=120") && same_counts(m, slot),
	    "%s: sorted by value, too", how);
	xap_match_free(&m);
	w.sort = XAP_SORT_RELEVANCE;
	fine(xap_query_range(0, "een", 3, "een", 3, &q, &err));
	m = find(db, q, &w);
	ok(counts(m, 0, "een=120") && same_counts(m, slot),
	    "%s: those of the documents that match", how);
	xap_match_free(&m);
	column.docids = 3;
	column.values = 1;
	m = find(db, term("vaak"), &w);
	xap_match_numbers(m, 0, &n);
	ok(n == 1, "%s: a column that ends early is read to its end", how);
	xap_match_free(&m);
	xap_slot_free(&slot);
	xap_db_free(&db);
}

static struct xap_query *
copy(const struct xap_query *q)
{
	struct xap_query *c = NULL;

	if (!fine(xap_query_scale(q, 1, &c, &err)))
		exit(99);
	return c;
}

/* The same hits with the same weights; frees both. */
static int
are_same(struct xap_match *a, struct xap_match *b)
{
	size_t n = xap_match_count(a), i;
	int same = xap_match_total(a) == xap_match_total(b) &&
	    n == xap_match_count(b);

	for (i = 0; same && i < n; i++)
		same = xap_match_hits(a)[i].docid == xap_match_hits(b)[i].docid &&
		    fabs(xap_match_hits(a)[i].weight -
		    xap_match_hits(b)[i].weight) < 1e-9;
	xap_match_free(&a);
	xap_match_free(&b);
	return same;
}

/* What is settled is found as before, within other queries, too; frees q. */
static int
settles(const struct xap_db *db, struct xap_query *q)
{
	struct xap_query *settled = NULL;
	int same = fine(xap_query_settle(db, q, &want, &settled, &err)) &&
	    are_same(find(db, copy(q), &want), find(db, copy(settled), &want)) &&
	    are_same(find(db, combine(XAP_AND, 0, copy(q), term("zelden"),
		NULL), &want), find(db, combine(XAP_AND, 0, copy(settled),
		term("zelden"), NULL), &want)) &&
	    are_same(find(db, combine(XAP_SYNONYM, 0, copy(q), term("vaak"),
		NULL), &want), find(db, combine(XAP_SYNONYM, 0, copy(settled),
		term("vaak"), NULL), &want)) &&
	    are_same(find(db, combine(XAP_AND_NOT, 0, term("vaak"), copy(q),
		NULL), &want), find(db, combine(XAP_AND_NOT, 0, term("vaak"),
		copy(settled), NULL), &want));

	xap_query_free(&settled);
	xap_query_free(&q);
	return same;
}

static void
test_settle(const char *name, const char *how)
{
	struct xap_db *db = reader(name);
	struct xap_query *none;

	xap_query_none(&none, &err);
	ok(settles(db, term("zelden")) && settles(db, combine(XAP_OR, 0,
	    term("zelden"), term("vaak"), NULL)) && settles(db, none),
	    "%s: what is settled is found as before", how);
	xap_db_free(&db);
}

static void
test_spread(void)
{
	static const char progsrv[] = "/usr/bin/xapian-progsrv";
	struct xap_db *one, *two;
	struct xap_match *a, *b;
	int same = 1;

	make_pair();
	test_pair("both", "one database");
	test_pair("stub", "a stub of two");
	test_columns("both", "one database");
	test_columns("stub", "a stub of two");
	test_settle("both", "one database");
	test_settle("stub", "a stub of two");
	one = reader("both");
	two = reader("stub");
	a = find(one, term("zelden"), &want);
	b = find(two, term("zelden"), &want);
	for (size_t i = 0; i < xap_match_count(a); i++)
		same &= xap_match_hits(a)[i].docid == xap_match_hits(b)[i].docid &&
		    fabs(xap_match_hits(a)[i].weight -
		    xap_match_hits(b)[i].weight) < 1e-12;
	ok(same, "a stub of two weighs like one database");
	xap_match_free(&a);
	xap_match_free(&b);
	xap_db_free(&one);
	xap_db_free(&two);
	if (access(progsrv, X_OK) == -1) {
		ok(1, "remote databases # SKIP no xapian-progsrv");
		return;
	}
	write_file("remote", "remote :%s %s\n", progsrv, at("both"));
	write_file("mixed", "auto %s\nremote :%s %s\n", at("left"), progsrv,
	    at("right"));
	test_pair("remote", "a remote database");
	test_pair("mixed", "a local and a remote database");
	test_settle("remote", "a remote database");
	test_settle("mixed", "a local and a remote database");
}
int
main(void)
{
	scratch_make();
	test_spread();
	scratch_remove();
	return tap_done();
}
