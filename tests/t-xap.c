/*
 * The shim, from C: every entry point, every kind of error, and the faults
 * of xapian-core 1.4 that it must keep from its callers.
 */
#include <config.h>

#include "xapw.h"

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <ftw.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

static struct xap_error err;
static char scratch[4000];

/* Where things are: four names may be in use at a time. */
static const char *
at(const char *name)
{
	static char paths[4][4096];
	static size_t next;
	char *p = paths[next++ % 4];

	snprintf(p, sizeof paths[0], "%s/%s", scratch, name);
	return p;
}

/* The call went well; if not, say why. */
static int
fine(int rc)
{
	if (rc == -1)
		printf("# code %d: %s\n", (int)err.code, err.msg);
	return rc == 0;
}

static int
refused(int rc, enum xap_code code)
{
	if (rc == -1 && err.code != code)
		printf("# code %d: %s\n", (int)err.code, err.msg);
	return rc == -1 && err.code == code && err.msg[0] != '\0';
}

static int
is_str(struct xap_str s, const char *want)
{
	return s.len == strlen(want) && memcmp(s.s, want, s.len) == 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* ---- making databases ---- */

static struct xapw_db *
create(const char *name)
{
	struct xapw_db *w = NULL;

	if (!fine(xapw_create(at(name), &w, &err)))
		exit(99);
	return w;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * Add a document with the words of text at positions 1 and up, its text as
 * data, and a value in slot 0 and in slot 1 if given.
 */
static int
add(struct xapw_db *w, const char *text, const char *v0, const char *v1)
{
	struct xapw_term terms[64];
	uint32_t positions[64];
	struct xapw_value values[2];
	struct xapw_doc doc = { .terms = terms, .positions = positions,
	    .values = values, .data = text, .ndata = strlen(text) };
	char copy[512], *words[64], *sorted[64], *save = NULL;
	size_t n = 0;

	snprintf(copy, sizeof copy, "%s", text);
	for (char *s = strtok_r(copy, " ", &save); s != NULL && n < 64;
	    s = strtok_r(NULL, " ", &save))
		words[n++] = s;
	memcpy(sorted, words, n * sizeof *words);
	qsort(sorted, n, sizeof *sorted, by_bytes);
	for (size_t i = 0; i < n; i++) {
		struct xapw_term *t = &terms[doc.nterms];

		if (i > 0 && strcmp(sorted[i], sorted[i - 1]) == 0)
			continue;
		*t = (struct xapw_term){ .s = sorted[i], .len = strlen(sorted[i]) };
		for (size_t k = 0; k < n; k++)
			if (strcmp(words[k], sorted[i]) == 0) {
				positions[doc.npositions++] = (uint32_t)k + 1;
				t->npos++;
			}
		t->wdf = t->npos;
		doc.nterms++;
	}
	if (v0 != NULL)
		values[doc.nvalues++] = (struct xapw_value){ 0, v0, strlen(v0) };
	if (v1 != NULL)
		values[doc.nvalues++] = (struct xapw_value){ 1, v1, strlen(v1) };
	return xapw_add(w, &doc, NULL, &err);
}

static void
finish(struct xapw_db **w)
{
	if (!fine(xapw_commit(*w, &err)))
		exit(99);
	xapw_free(w);
}

static struct xap_db *
reader(const char *name)
{
	struct xap_db *db = NULL;

	if (!fine(xap_open(at(name), &db, &err)))
		exit(99);
	return db;
}

static struct xap_db *
reader_anew(struct xap_db *db, const char *name)
{
	xap_db_free(&db);
	return reader(name);
}

static void
write_file(const char *name, const char *fmt, ...)
{
	FILE *f = fopen(at(name), "w");
	va_list ap;

	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
}

/* ---- making queries ---- */

static struct xap_query *
term(const char *s)
{
	struct xap_query *q = NULL;

	if (!fine(xap_query_term(s, strlen(s), &q, &err)))
		exit(99);
	return q;
}

/* Combine the given queries, up to NULL, and free them. */
static struct xap_query *
combine(enum xap_op op, uint32_t window, ...)
{
	struct xap_query *parts[16], *q = NULL;
	size_t n = 0;
	va_list ap;

	va_start(ap, window);
	while ((parts[n] = va_arg(ap, struct xap_query *)) != NULL)
		n++;
	va_end(ap);
	if (!fine(xap_query_op(op, (const struct xap_query *const *)parts, n,
	    window, &q, &err)))
		exit(99);
	for (size_t i = 0; i < n; i++)
		xap_query_free(&parts[i]);
	return q;
}

static const struct xap_want want = {
	.count = 10, .k1 = 1.2, .b = 0.75, .k3 = 1, .min_normlen = 0.5
};

/* Match, free the query. */
static struct xap_match *
find(const struct xap_db *db, struct xap_query *q, const struct xap_want *w)
{
	struct xap_match *m = NULL;

	if (!fine(xap_match(db, q, w, &m, &err)))
		exit(99);
	xap_query_free(&q);
	return m;
}

/* The docids of the hits in order, as in "3 1 2". */
static int
finds(const struct xap_db *db, struct xap_query *q, const char *docids)
{
	struct xap_match *m = find(db, q, &want);
	char got[256] = "";
	size_t len = 0;

	for (size_t i = 0; i < xap_match_count(m); i++)
		len += (size_t)snprintf(got + len, sizeof got - len, "%s%u",
		    i > 0 ? " " : "", xap_match_hits(m)[i].docid);
	xap_match_free(&m);
	if (strcmp(got, docids) != 0)
		printf("# got '%s', want '%s'\n", got, docids);
	return strcmp(got, docids) == 0;
}

static uint32_t
total(const struct xap_db *db, struct xap_query *q)
{
	struct xap_match *m = find(db, q, &want);
	uint32_t n = xap_match_total(m);

	xap_match_free(&m);
	return n;
}

/* ---- reading what was written ---- */

static int
is_list(const struct xap_list *l, size_t n, const uint32_t *want_items)
{
	return xap_list_count(l) == n && (n == 0 ||
	    memcmp(xap_list_items(l), want_items, n * sizeof *want_items) == 0);
}

static void
test_reading(void)
{
	struct xapw_db *w = create("plain");
	struct xap_db *db;
	struct xap_stats stats;
	struct xap_bytes *bytes = NULL, *untouched;
	struct xap_list *list = NULL;
	struct xap_terms *terms = NULL;
	uint32_t freq = 99;

	add(w, "de wet op de rechtspraak", "wet", NULL);
	add(w, "de vreemdelingenwet", NULL, NULL);
	ok(fine(xapw_set_metadata(w, "sleutel", 7, "waarde", 6, &err)) &&
	    fine(xapw_set_metadata(w, "weg", 3, "x", 1, &err)) &&
	    fine(xapw_set_metadata(w, "weg", 3, NULL, 0, &err)),
	    "metadata are set, and removed by an empty value");
	finish(&w);
	ok(w == NULL, "freeing leaves NULL");
	xapw_free(&w);
	ok(w == NULL, "freeing NULL is allowed");
	db = reader("plain");
	ok(fine(xap_stats(db, &stats, &err)) && stats.documents == 2 &&
	    stats.last_docid == 2 && fabs(stats.average_length - 3.5) < 1e-9,
	    "the statistics are those of the documents");
	ok(fine(xap_term_freq(db, "de", 2, &freq, &err)) && freq == 2 &&
	    fine(xap_term_freq(db, "nooit", 5, &freq, &err)) && freq == 0,
	    "a term has the number of its documents, an unknown term 0");
	ok(fine(xap_metadata(db, "sleutel", 7, &bytes, &err)) &&
	    is_str(xap_bytes_get(bytes), "waarde"), "metadata read back");
	xap_bytes_free(&bytes);
	ok(fine(xap_metadata(db, "weg", 3, &bytes, &err)) &&
	    xap_bytes_get(bytes).len == 0, "a removed key is empty");
	xap_bytes_free(&bytes);
	ok(fine(xap_data(db, 2, &bytes, &err)) &&
	    is_str(xap_bytes_get(bytes), "de vreemdelingenwet"),
	    "document data read back");
	untouched = bytes;
	ok(refused(xap_data(db, 3, &bytes, &err), XAP_ABSENT) &&
	    refused(xap_value(db, 3, 0, &bytes, &err), XAP_ABSENT) &&
	    refused(xap_terms_of(db, 3, &terms, &err), XAP_ABSENT) &&
	    bytes == untouched && terms == NULL,
	    "no such document is XAP_ABSENT and leaves the output alone");
	xap_bytes_free(&bytes);
	ok(refused(xap_data(db, 0, &bytes, &err), XAP_INVALID),
	    "document 0 is XAP_INVALID");
	ok(fine(xap_value(db, 1, 0, &bytes, &err)) &&
	    is_str(xap_bytes_get(bytes), "wet"), "a value reads back");
	xap_bytes_free(&bytes);
	ok(fine(xap_value(db, 2, 0, &bytes, &err)) &&
	    xap_bytes_get(bytes).len == 0, "an unset value is empty");
	xap_bytes_free(&bytes);
	ok(fine(xap_positions(db, 1, "de", 2, &list, &err)) &&
	    is_list(list, 2, (uint32_t[]){ 1, 4 }), "positions read back");
	xap_list_free(&list);
	ok(fine(xap_positions(db, 1, "nooit", 5, &list, &err)) &&
	    is_list(list, 0, NULL), "an absent term stands nowhere");
	xap_list_free(&list);
	ok(fine(xap_postings(db, "de", 2, &list, &err)) &&
	    is_list(list, 2, (uint32_t[]){ 1, 2 }), "postings read back");
	xap_list_free(&list);
	ok(fine(xap_postings(db, "", 0, &list, &err)) &&
	    is_list(list, 2, (uint32_t[]){ 1, 2 }),
	    "the empty term stands in all documents");
	xap_list_free(&list);
	ok(fine(xap_terms_of(db, 1, &terms, &err)) &&
	    xap_terms_count(terms) == 4 &&
	    is_str(xap_terms_items(terms)[0].term, "de") &&
	    xap_terms_items(terms)[0].freq == 2 &&
	    is_str(xap_terms_items(terms)[3].term, "wet"),
	    "a document has its terms in byte order, each with its frequency");
	xap_terms_free(&terms);
	ok(fine(xap_terms_with_prefix(db, "", 0, 2, &terms, &err)) &&
	    xap_terms_count(terms) == 2 &&
	    is_str(xap_terms_items(terms)[1].term, "op"),
	    "the first terms are given when not all are wanted");
	xap_terms_free(&terms);
	ok(fine(xap_terms_with_prefix(db, "v", 1, 0, &terms, &err)) &&
	    xap_terms_count(terms) == 1 &&
	    is_str(xap_terms_items(terms)[0].term, "vreemdelingenwet"),
	    "a prefix limits the terms");
	xap_terms_free(&terms);
	ok(fine(xap_terms_after(db, "", 0, "op", 2, 1, &terms, &err)) &&
	    xap_terms_count(terms) == 1 &&
	    strncmp(xap_terms_items(terms)[0].term.s, "op", 3) > 0,
	    "terms go on behind the one that was last");
	xap_terms_free(&terms);
	ok(fine(xap_terms_after(db, "v", 1, "vreemdelingenwet", 16, 0, &terms,
	    &err)) && xap_terms_count(terms) == 0, "none is behind the last");
	xap_terms_free(&terms);
	xap_db_free(&db);
}

/* ---- writing ---- */

static void
test_writing(void)
{
	struct xapw_db *w = create("written"), *second = NULL;
	char longest[246];
	uint32_t position = 1, docid = 0;
	struct xapw_term t = { longest, 245, 1, 1 };
	struct xapw_doc doc = { .terms = &t, .nterms = 1,
	    .positions = &position, .npositions = 1 };
	struct xap_terms *terms = NULL;
	struct xap_list *list = NULL;
	struct xap_stats stats;
	struct xap_db *db;

	memset(longest, 'x', sizeof longest);
	ok(fine(xapw_add(w, &doc, &docid, &err)) && docid == 1,
	    "a term of 245 bytes is stored");
	t.len = 246;
	docid = 99;
	ok(refused(xapw_add(w, &doc, &docid, &err), XAP_INVALID) &&
	    strstr(err.msg, "xxx") != NULL && docid == 99,
	    "a term of 246 bytes is XAP_INVALID and named");
	t.len = 200;
	memset(longest, 0, 60);
	ok(refused(xapw_add(w, &doc, NULL, &err), XAP_INVALID),
	    "zero bytes in a term count double");
	t.len = 0;
	ok(refused(xapw_add(w, &doc, NULL, &err), XAP_INVALID),
	    "the empty term is XAP_INVALID");
	t = (struct xapw_term){ "veel", 4, 7, 2 };
	ok(refused(xapw_add(w, &doc, NULL, &err), XAP_INVALID),
	    "positions that are not there are XAP_INVALID");
	t.npos = 1;
	ok(fine(xapw_add(w, &doc, NULL, &err)), "wdf may differ from npos");
	t = (struct xapw_term){ "geen", 4, 3, 0 };
	doc.npositions = 0;
	ok(fine(xapw_add(w, &doc, NULL, &err)) && add(w, "", NULL, NULL) == 0,
	    "a term without positions and a document without terms are stored");
	ok(refused(xapw_open(at("written"), &second, &err), XAP_BUSY) &&
	    second == NULL, "a second writer gets XAP_BUSY");
	ok(refused(xapw_create(at("written"), &second, &err), XAP_INVALID),
	    "creating what exists is XAP_INVALID");
	ok(refused(xapw_create(at("none/written"), &second, &err), XAP_IO),
	    "creating where nothing is is XAP_IO");
	ok(fine(xapw_commit(w, &err)), "a refused document does not spoil the batch");
	xapw_free(&w);

	db = reader("written");
	ok(fine(xap_stats(db, &stats, &err)) && stats.documents == 4,
	    "what was accepted is stored");
	ok(fine(xap_terms_of(db, 2, &terms, &err)) &&
	    xap_terms_items(terms)[0].freq == 7 &&
	    fine(xap_positions(db, 2, "veel", 4, &list, &err)) &&
	    xap_list_count(list) == 1, "a frequency is stored as given");
	xap_list_free(&list);
	xap_terms_free(&terms);
	ok(fine(xap_terms_of(db, 4, &terms, &err)) &&
	    xap_terms_count(terms) == 0, "a document may have no terms");
	xap_terms_free(&terms);
	xap_db_free(&db);
}

/* 12,000 documents are more than Xapian keeps back by itself. */
static void
test_commit(void)
{
	struct xapw_db *w = create("commit");
	struct xap_stats stats;
	struct xap_db *db;

	for (int i = 0; i < 12000; i++)
		add(w, "een", NULL, NULL);
	db = reader("commit");
	ok(fine(xap_stats(db, &stats, &err)) && stats.documents == 0,
	    "nothing is committed before xapw_commit");
	ok(fine(xapw_commit(w, &err)) &&
	    (db = reader_anew(db, "commit")) != NULL &&
	    fine(xap_stats(db, &stats, &err)) && stats.documents == 12000,
	    "a later reader sees what was committed");
	add(w, "twee", NULL, NULL);
	ok(fine(xapw_delete_term(w, "een", 3, &err)), "documents are deleted");
	xapw_free(&w);
	db = reader_anew(db, "commit");
	ok(fine(xap_stats(db, &stats, &err)) && stats.documents == 12000,
	    "closing does not commit");
	ok(fine(xapw_open(at("commit"), &w, &err)) &&
	    fine(xapw_delete_term(w, "een", 3, &err)) &&
	    fine(xapw_delete_term(w, "nooit", 5, &err)) &&
	    fine(xapw_commit(w, &err)) &&
	    (db = reader_anew(db, "commit")) != NULL &&
	    fine(xap_stats(db, &stats, &err)) && stats.documents == 0,
	    "all documents with a term are deleted, and none is no error");
	ok(refused(xapw_delete_term(w, "", 0, &err), XAP_INVALID),
	    "deleting by the empty term is XAP_INVALID");
	xapw_free(&w);
	xap_db_free(&db);
}

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

/* ---- matching ---- */

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

/* ---- compaction ---- */

static void
test_compact(void)
{
	struct xapw_db *w[2] = { create("first"), create("second") };
	char first[4096], second[4096];
	const char *sources[] = { first, second };
	struct xap_bytes *bytes = NULL;
	struct xap_list *list = NULL;
	struct xap_db *db;

	add(w[0], "weg", NULL, NULL);
	add(w[0], "een twee", "v", NULL);
	add(w[1], "twee een", "w", NULL);
	xapw_delete_term(w[0], "weg", 3, &err);
	xapw_set_metadata(w[0], "a", 1, "eerste", 6, &err);
	xapw_set_metadata(w[1], "a", 1, "tweede", 6, &err);
	xapw_set_metadata(w[1], "b", 1, "tweede", 6, &err);
	finish(&w[0]);
	finish(&w[1]);
	snprintf(first, sizeof first, "%s", at("first"));
	snprintf(second, sizeof second, "%s", at("second"));
	ok(fine(xapw_compact(sources, 2, at("compact"), false, &err)),
	    "two databases are compacted into one");
	ok(refused(xapw_compact(sources, 2, at("compact"), false, &err), XAP_INVALID),
	    "compacting onto what exists is XAP_INVALID");
	ok(refused(xapw_compact(sources, 0, at("nothing"), false, &err), XAP_INVALID),
	    "compacting nothing is XAP_INVALID");
	snprintf(second, sizeof second, "%s", at("nooit"));
	ok(refused(xapw_compact(sources, 2, at("nothing"), false, &err), XAP_NOINDEX) &&
	    access(at("nothing"), F_OK) == -1,
	    "compacting what is not there is XAP_NOINDEX and makes nothing");
	db = reader("compact");
	ok(fine(xap_metadata(db, "a", 1, &bytes, &err)) &&
	    is_str(xap_bytes_get(bytes), "eerste"),
	    "of metadata with one key the first wins");
	xap_bytes_free(&bytes);
	ok(fine(xap_metadata(db, "b", 1, &bytes, &err)) &&
	    is_str(xap_bytes_get(bytes), "tweede"), "the others are kept");
	xap_bytes_free(&bytes);
	ok(fine(xap_postings(db, "", 0, &list, &err)) &&
	    xap_list_count(list) == 2, "deleted documents stay away");
	ok(fine(xap_data(db, xap_list_items(list)[0], &bytes, &err)) &&
	    is_str(xap_bytes_get(bytes), "een twee"),
	    "documents keep the order of the sources");
	xap_bytes_free(&bytes);
	ok(total(db, combine(XAP_PHRASE, 0, term("twee"), term("een"), NULL))
	    == 1, "positions are compacted too");
	xap_list_free(&list);
	xap_db_free(&db);
}

/* ---- what can go wrong ---- */

static int
open_refused(const char *name, enum xap_code code)
{
	struct xap_db *db = NULL;

	return refused(xap_open(at(name), &db, &err), code) && db == NULL;
}

static void
test_opening(void)
{
	struct xapw_db *w = NULL;

	ok(open_refused("nooit", XAP_NOINDEX) && strstr(err.msg, "nooit") &&
	    refused(xapw_open(at("nooit"), &w, &err), XAP_NOINDEX) && w == NULL,
	    "nothing there is XAP_NOINDEX, and named");
	mkdir(at("empty"), 0777);
	ok(open_refused("empty", XAP_NOINDEX), "so is an empty directory");
	mkdir(at("other"), 0777);
	write_file("other/file", "x");
	ok(open_refused("other", XAP_CORRUPT),
	    "a directory with something else is XAP_CORRUPT");
	write_file("nothing-listed", "%s", "");
	ok(open_refused("nothing-listed", XAP_CORRUPT),
	    "a stub that lists nothing is XAP_CORRUPT");
	write_file("half-listed", "auto %s\nauto %s\n", at("both"), at("nooit"));
	ok(open_refused("half-listed", XAP_CORRUPT),
	    "a stub that lists what is not there is XAP_CORRUPT");
	write_file("no-stub", "hallo hallo\n");
	ok(open_refused("no-stub", XAP_CORRUPT),
	    "a file that is no stub is XAP_CORRUPT");
	write_file("unreachable", "remote :/bin/false x\n");
	ok(open_refused("unreachable", XAP_IO),
	    "a remote database that does not answer is XAP_IO");
}

static void
make_small(const char *name)
{
	struct xapw_db *w = create(name);

	for (int i = 0; i < 3000; i++)
		add(w, i % 2 ? "een twee drie" : "vier vijf zes", "v", NULL);
	finish(&w);
}

/* Read through all of it; the code of the first error. */
static enum xap_code
read_all(const char *name)
{
	struct xap_db *db = NULL;
	struct xap_list *list = NULL;
	struct xap_bytes *bytes = NULL;
	enum xap_code code = XAP_OK;

	if (xap_open(at(name), &db, &err) == -1)
		return err.code;
	if (xap_postings(db, "een", 3, &list, &err) == -1)
		code = err.code;
	for (uint32_t i = 1; code == XAP_OK && i <= 3000; i++) {
		if (xap_data(db, i, &bytes, &err) == -1)
			code = err.code;
		xap_bytes_free(&bytes);
	}
	xap_list_free(&list);
	xap_db_free(&db);
	return code;
}

static int
is_damage(enum xap_code code)
{
	if (code != XAP_CORRUPT && code != XAP_MODIFIED && code != XAP_IO)
		printf("# code %d: %s\n", (int)code, err.msg);
	return code == XAP_CORRUPT || code == XAP_MODIFIED || code == XAP_IO;
}

static void
test_damage(void)
{
	static const char *const tables[] = { "postlist", "docdata" };
	char name[64];

	for (size_t i = 0; i < 2; i++) {
		make_small(tables[i]);
		snprintf(name, sizeof name, "%s/%s.glass", tables[i], tables[i]);
		ok(read_all(tables[i]) == XAP_OK && truncate(at(name), 8192) == 0 &&
		    is_damage(read_all(tables[i])),
		    "a truncated %s table is an error", tables[i]);
	}
	make_small("version");
	ok(truncate(at("version/iamglass"), 7) == 0 &&
	    read_all("version") == XAP_CORRUPT,
	    "a truncated version file is XAP_CORRUPT");
	make_small("older");
	write_file("older/iamglass", "%-100s", "\x0f\x0dXapian Glass\x01\x02");
	ok(read_all("older") == XAP_CORRUPT,
	    "a version that is not ours is XAP_CORRUPT");
}

static void
test_modified(void)
{
	struct xapw_db *w = create("modified");
	struct xap_match *m = NULL;
	struct xap_query *q = term("woord");
	enum xap_code code = XAP_OK;
	struct xap_db *db;

	for (int i = 0; i < 2000; i++)
		add(w, "woord een", "v", NULL);
	xapw_commit(w, &err);
	db = reader("modified");
	for (int i = 0; i < 4; i++) {
		xapw_delete_term(w, "woord", 5, &err);
		for (int k = 0; k < 2000; k++)
			add(w, "woord twee", "w", NULL);
		xapw_commit(w, &err);
	}
	if (xap_match(db, q, &want, &m, &err) == -1)
		code = err.code;
	ok(code == XAP_MODIFIED && m == NULL,
	    "reading what was overwritten is XAP_MODIFIED");
	db = reader_anew(db, "modified");
	ok(fine(xap_match(db, q, &want, &m, &err)) &&
	    xap_match_total(m) == 2000, "opening it anew mends it");
	xap_match_free(&m);
	xap_query_free(&q);
	xapw_free(&w);
	xap_db_free(&db);
}

/*
 * Fill a small file system, in a child with mounts of its own: 0 if the
 * error was XAP_NOSPACE, 77 if this system does not let us mount.
 */
static int
fill_disk(void)
{
	struct xapw_db *w = NULL;
	int rc = 0;

	if (unshare(CLONE_NEWNS) == -1 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, "") == -1 ||
	    mount("none", scratch, "tmpfs", 0, "size=400k") == -1)
		return 77;
	rc = xapw_create(at("full"), &w, &err);
	for (int i = 0; rc == 0 && i < 200; i++) {
		for (int k = 0; rc == 0 && k < 50; k++)
			rc = add(w, "een twee drie vier vijf zes", "v", NULL);
		if (rc == 0)
			rc = xapw_commit(w, &err);
	}
	rc = refused(rc, XAP_NOSPACE) ? 0 : 1;
	xapw_free(&w);
	return rc;
}

static void
test_full(void)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	if ((child = fork()) == 0)
		_exit(fill_disk());
	waitpid(child, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		ok(1, "a full disk # SKIP may not mount");
	else
		ok(status == 0, "a full disk is XAP_NOSPACE");
}

static void
told_end(const char *path, const struct xap_error *x)
{
	_exit(x->code == XAP_NOSPACE && strcmp(path, at("cut")) == 0 ? 0 : 1);
}

/*
 * In a child: no file may grow beyond so many blocks.  0 if that was told as
 * XAP_NOSPACE, 77 if all that was to be written is less.
 */
static int
write_within(rlim_t blocks)
{
	struct rlimit limit = { blocks * 8192, blocks * 8192 };
	struct xapw_db *w = NULL;
	int rc = 0;

	xapw_set_end(told_end);
	w = create("cut");
	for (int i = 0; rc == 0 && i < 3000; i++) {
		char text[100];

		snprintf(text, sizeof text, "een twee drie vier w%d", i);
		rc = add(w, text, "v", NULL);
	}
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	if (rc == 0 && (rc = xapw_commit(w, &err)) == 0)
		return 77;
	rc = refused(rc, XAP_NOSPACE) ? 0 : 1;
	xapw_free(&w);
	return rc;
}

/* Where writing stops, Xapian's tidying up may end the program. */
static void
test_cut(void)
{
	int bad = 0, cut = 0;

	fflush(stdout);
	for (rlim_t blocks = 0; blocks < 40; blocks++) {
		int status = 0;
		pid_t child = fork();

		if (child == 0)
			_exit(write_within(blocks));
		waitpid(child, &status, 0);
		nftw(at("cut"), remove_one, 16, FTW_DEPTH | FTW_PHYS);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
			break;
		cut++;
		bad += status != 0;
	}
	ok(bad == 0 && cut > 3, "wherever writing stops, it is told: %d of %d "
	    "times not", bad, cut);
}

/* In a child: 0 if what opens with so few descriptors has all its tables. */
static int
open_within(rlim_t files)
{
	struct rlimit limit = { files, files };
	struct xap_db *db = NULL;
	struct xap_list *list = NULL;

	setrlimit(RLIMIT_NOFILE, &limit);
	if (xap_open(at("few"), &db, &err) == -1)
		return err.code == XAP_IO || err.code == XAP_CORRUPT ? 77 : 1;
	return xap_positions(db, 1, "twee", 4, &list, &err) == -1 ||
	    xap_list_count(list) != 1;
}

static void
test_few_descriptors(void)
{
	struct xapw_db *w = create("few");
	int bad = 0, refused_at = 0;

	add(w, "een twee", "v", NULL);
	xapw_commit(w, &err);
	xapw_free(&w);
	fflush(stdout);
	for (rlim_t files = 3; files < 40; files++) {
		int status = 0;
		pid_t child = fork();

		if (child == 0)
			_exit(open_within(files));
		waitpid(child, &status, 0);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
			refused_at++;
		else
			bad += status != 0;
	}
	ok(bad == 0 && refused_at > 0 && refused_at < 37,
	    "a table that cannot be opened is not taken for an empty one");
}

/* The message ends at 239 bytes: try every way the cut can fall. */
static void
test_message(void)
{
	char name[600];
	struct xap_db *db = NULL;
	int good = 0;

	for (size_t shift = 0; shift < 3; shift++) {
		size_t n = 0, len;

		memset(name, 'x', shift);
		for (n = shift; n < 590; n += 3)
			memcpy(name + n, "\xe2\x82\xac", 3);	/* euro */
		name[n] = '\0';
		if (xap_open(name, &db, &err) == 0)
			continue;
		len = strlen(err.msg);
		good += len >= 236 && len <= 239 &&
		    memcmp(err.msg + len - 3, "\xe2\x82\xac", 3) == 0;
	}
	ok(good == 3, "a long message is cut between characters");
}

int
main(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(scratch, sizeof scratch, "%s/t-xap.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(scratch) == NULL)
		return 99;
	test_reading();
	test_writing();
	test_commit();
	test_queries();
	test_spread();
	test_weights();
	test_random();
	test_compact();
	test_opening();
	test_damage();
	test_modified();
	test_full();
	test_cut();
	test_few_descriptors();
	test_message();
	nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return tap_done();
}
