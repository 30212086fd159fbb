/*
 * The shim, from C: what is written is what is read.
 */
#include <config.h>

#include "xapw.h"

#include <math.h>
#include <unistd.h>

#include "xapdb.h"

static int
is_str(struct xap_str s, const char *text)
{
	return s.len == strlen(text) && memcmp(s.s, text, s.len) == 0;
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

int
main(void)
{
	scratch_make();
	test_reading();
	test_writing();
	test_commit();
	test_compact();
	scratch_remove();
	return tap_done();
}
