/*
 * xap: the part of Xapian we use, in C.  Reading side; for writing see xapw.h.
 *
 * Conventions
 *  1. Handles are opaque.  xap_X_free(&x) releases one and sets it to NULL;
 *     it accepts a pointer to NULL.
 *  2. Strings are bytes with a length.  The callee copies; nothing is kept.
 *  3. What can fail returns 0 or -1 and takes a struct xap_error last: filled
 *     on failure, untouched on success.  Outputs are untouched on failure.
 *  4. No exception leaves this library.
 *  5. Pointers inside a result live as long as the result.
 *  6. One handle, one thread.
 */
#ifndef XAP_H
#define XAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define XAP_NOEXCEPT noexcept
/* xap_stats and xap_match are both a struct and a function, as C allows. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
extern "C" {
#else
#define XAP_NOEXCEPT
#endif

enum xap_code {
	XAP_OK,
	XAP_BUSY,		/* another writer holds the lock */
	XAP_MODIFIED,		/* changed while read: reopen and try again */
	XAP_NOINDEX,		/* nothing there to open */
	XAP_CORRUPT,		/* something is there, but damaged or unreadable */
	XAP_ABSENT,		/* no such document */
	XAP_INVALID,		/* the caller asked for what cannot be */
	XAP_NOSPACE,		/* the disk is full */
	XAP_IO,			/* another failure to read or write */
	XAP_NOMEM,
	XAP_BUG,
};

struct xap_error {		/* the caller's; nothing to free */
	enum xap_code code;
	char msg[240];
};

struct xap_str {
	const char *s;
	size_t len;
};

/*
 * Without memory C++ throws, and Xapian does not survive that everywhere.  So
 * end() is called first; it must not return.
 */
void xap_set_no_memory(void (*end)(void)) XAP_NOEXCEPT;

/* ---- database ---- */

struct xap_db;

/* Open a database directory or a stub file (which may list several). */
int xap_open(const char *path, struct xap_db **out, struct xap_error *) XAP_NOEXCEPT;
void xap_db_free(struct xap_db **) XAP_NOEXCEPT;
/* Open another database behind those that are open. */
int xap_join(struct xap_db *, const char *path, struct xap_error *) XAP_NOEXCEPT;
/*
 * Hide documents of one of the databases that are open: from postings, counts
 * of documents and matches; but the statistics of a match go on counting them.
 * The database is number shard, from 0, of nshards, and has that UUID; docids
 * are its own, ascending.
 */
int xap_hide(struct xap_db *, const char *uuid, size_t shard, size_t nshards,
    const uint32_t *docids, size_t n, struct xap_error *) XAP_NOEXCEPT;

struct xap_stats {
	uint32_t documents;
	uint32_t last_docid;
	double average_length;	/* in terms */
};
int xap_stats(const struct xap_db *, struct xap_stats *,
    struct xap_error *) XAP_NOEXCEPT;
/* The number of documents that hold the term; 0 if none does. */
int xap_term_freq(const struct xap_db *, const char *term, size_t len,
    uint32_t *out, struct xap_error *) XAP_NOEXCEPT;

/*
 * Bytes, as a handle of their own: metadata, document data, UUIDs.
 */
struct xap_bytes;
struct xap_str xap_bytes_get(const struct xap_bytes *) XAP_NOEXCEPT;
void xap_bytes_free(struct xap_bytes **) XAP_NOEXCEPT;

/* The UUID of a database, as text. */
int xap_uuid(const struct xap_db *, struct xap_bytes **out,
    struct xap_error *) XAP_NOEXCEPT;
/* The value of a metadata key; empty if it is not set.  Of several databases
 * in a stub the first is asked. */
int xap_metadata(const struct xap_db *, const char *key, size_t len,
    struct xap_bytes **out, struct xap_error *) XAP_NOEXCEPT;
/* The data of a document; -1 with XAP_ABSENT if there is none. */
int xap_data(const struct xap_db *, uint32_t docid, struct xap_bytes **out,
    struct xap_error *) XAP_NOEXCEPT;
/* A value slot of a document; empty if not set. */
int xap_value(const struct xap_db *, uint32_t docid, uint32_t slot,
    struct xap_bytes **out, struct xap_error *) XAP_NOEXCEPT;

/*
 * A flat list of numbers: positions or document ids, ascending.
 */
struct xap_list;
size_t xap_list_count(const struct xap_list *) XAP_NOEXCEPT;
const uint32_t *xap_list_items(const struct xap_list *) XAP_NOEXCEPT;
void xap_list_free(struct xap_list **) XAP_NOEXCEPT;

/*
 * A value slot of all documents: the number of the value that each has, by
 * document id from 0 on (0 where it has none, or there is no document), and
 * the values, in byte order, from number 1 on, with how many have each.
 * Documents that are hidden are among them.
 */
struct xap_slot;
struct xap_count;
int xap_slot_read(const struct xap_db *, uint32_t slot, struct xap_slot **out,
    struct xap_error *) XAP_NOEXCEPT;
const uint32_t *xap_slot_numbers(const struct xap_slot *, size_t *n) XAP_NOEXCEPT;
const struct xap_count *xap_slot_values(const struct xap_slot *,
    size_t *n) XAP_NOEXCEPT;
void xap_slot_free(struct xap_slot **) XAP_NOEXCEPT;

/* Where a term stands in a document; empty if it does not, or has no positions. */
int xap_positions(const struct xap_db *, uint32_t docid, const char *term,
    size_t len, struct xap_list **out, struct xap_error *) XAP_NOEXCEPT;
/* The documents that hold a term; the empty term: all documents. */
int xap_postings(const struct xap_db *, const char *term, size_t len,
    struct xap_list **out, struct xap_error *) XAP_NOEXCEPT;

/*
 * Terms in byte order, each with a number: the terms that begin with prefix
 * (the number is how many documents hold it), or those of one document (the
 * number is the frequency within the document).
 */
struct xap_terms;
struct xap_term {
	struct xap_str term;
	uint32_t freq;
};
/* At most max terms, 0 for all; those that come first. */
int xap_terms_with_prefix(const struct xap_db *, const char *prefix, size_t len,
    size_t max, struct xap_terms **out, struct xap_error *) XAP_NOEXCEPT;
/*
 * The same, from the first term behind the term after on ("": from the first),
 * so that all of them can be read in turn without being in memory at once.
 */
int xap_terms_after(const struct xap_db *, const char *prefix, size_t len,
    const char *after, size_t nafter, size_t max, struct xap_terms **out,
    struct xap_error *) XAP_NOEXCEPT;
int xap_terms_of(const struct xap_db *, uint32_t docid, struct xap_terms **out,
    struct xap_error *) XAP_NOEXCEPT;
size_t xap_terms_count(const struct xap_terms *) XAP_NOEXCEPT;
const struct xap_term *xap_terms_items(const struct xap_terms *) XAP_NOEXCEPT;
void xap_terms_free(struct xap_terms **) XAP_NOEXCEPT;

/* ---- queries ---- */

/*
 * A query is a tree.  Constructors that take queries copy them (cheaply:
 * trees are shared inside), so the parts are still the caller's to free.
 */
struct xap_query;

enum xap_op {
	XAP_AND,
	XAP_OR,
	XAP_AND_NOT,		/* the first, and none of the others */
	XAP_AND_MAYBE,		/* the first; the others only add weight */
	XAP_FILTER,		/* all; only the first has weight */
	XAP_NEAR,		/* all within a window, in any order */
	XAP_PHRASE,		/* all within a window, in this order */
	XAP_SYNONYM,		/* any; weighted as if they were one term */
	XAP_MAX,		/* any; the greatest weight counts */
};

int xap_query_term(const char *term, size_t len, struct xap_query **out,
    struct xap_error *) XAP_NOEXCEPT;
int xap_query_all(struct xap_query **out, struct xap_error *) XAP_NOEXCEPT;
int xap_query_none(struct xap_query **out, struct xap_error *) XAP_NOEXCEPT;
/*
 * Combine n queries; none of them match nothing.  window counts for XAP_NEAR
 * and XAP_PHRASE only; 0 is n.  XAP_NEAR and XAP_PHRASE take terms, or XAP_OR
 * or XAP_SYNONYM of terms; XAP_SYNONYM takes no XAP_AND_MAYBE, which below it
 * reads what was never set in xapian-core 1.4.22; XAP_MAX takes at most two.
 * Anything else is refused with XAP_INVALID.
 */
int xap_query_op(enum xap_op, const struct xap_query *const *, size_t n,
    uint32_t window, struct xap_query **out, struct xap_error *) XAP_NOEXCEPT;
/* Documents whose value in slot lies in begin..end, bytes compared, both
 * included; end NULL is without end.  A document without a value there lies
 * in no range, save the one with an empty begin and no end, which is all. */
int xap_query_range(uint32_t slot, const char *begin, size_t nbegin,
    const char *end, size_t nend, struct xap_query **out,
    struct xap_error *) XAP_NOEXCEPT;
/* Any term that begins with prefix, at most max of them, as a synonym. */
int xap_query_prefix(const char *prefix, size_t len, uint32_t max,
    struct xap_query **out, struct xap_error *) XAP_NOEXCEPT;
/* The weights of q times factor (0: a filter without weight). */
int xap_query_scale(const struct xap_query *q, double factor,
    struct xap_query **out, struct xap_error *) XAP_NOEXCEPT;
/* What q matches, each document with the same weight, whatever its length. */
int xap_query_fixed(const struct xap_query *q, double weight,
    struct xap_query **out, struct xap_error *) XAP_NOEXCEPT;
void xap_query_free(struct xap_query **) XAP_NOEXCEPT;

/* ---- matching ---- */

enum xap_sort {
	XAP_SORT_RELEVANCE,
	XAP_SORT_VALUE,		/* by sort_slot, then relevance */
};

/*
 * A number for each document, as xap_slot_numbers() has them, kept elsewhere:
 * counting these is faster than reading values.
 */
struct xap_column {
	const uint32_t *numbers;	/* by document id */
	uint32_t docids;		/* how many there are */
	uint32_t values;		/* numbers are below it */
};

struct xap_want {
	uint32_t first;		/* rank of the first hit wanted, from 0 */
	uint32_t count;		/* hits wanted; 0: totals and counts only */
	enum xap_sort sort;
	uint32_t sort_slot;
	bool sort_reverse;	/* greatest value first */
	double k1, k2, k3, b, min_normlen;	/* BM25 */
	/* Value slots to count over all matches, exactly. */
	const uint32_t *count_slots;
	size_t ncount_slots;
	/* And numbers; not of a remote database. */
	const struct xap_column *columns;
	size_t ncolumns;
};

struct xap_hit {
	uint32_t docid;
	double weight;
};

struct xap_count {
	struct xap_str value;	/* as stored in the slot; never empty */
	uint32_t docs;
};

/*
 * The answer: hits in order (equals by document id), the exact number of
 * matches, and for each slot of count_slots its values with the number of
 * matching documents.
 */
struct xap_match;

int xap_match(const struct xap_db *, const struct xap_query *,
    const struct xap_want *, struct xap_match **out, struct xap_error *) XAP_NOEXCEPT;
uint32_t xap_match_total(const struct xap_match *) XAP_NOEXCEPT;
size_t xap_match_count(const struct xap_match *) XAP_NOEXCEPT;
const struct xap_hit *xap_match_hits(const struct xap_match *) XAP_NOEXCEPT;
/* The counts of count_slots[i], in byte order of the values; *n is set to
 * their number. */
const struct xap_count *xap_match_counts(const struct xap_match *, size_t i,
    size_t *n) XAP_NOEXCEPT;
/* How many matching documents have each number of columns[i]; *n of them. */
const uint32_t *xap_match_numbers(const struct xap_match *, size_t i,
    size_t *n) XAP_NOEXCEPT;
void xap_match_free(struct xap_match **) XAP_NOEXCEPT;

/*
 * Settle a query: the documents that it finds in db, with the weights that
 * want (of which only the BM25 parameters count) gives them, are worked out
 * now and kept, so that whatever is asked with *out does not do so again.  *out
 * may be used as q, but for matches in db only.  Where a part of db is remote,
 * or occurs twice, and below XAP_SYNONYM, it is q itself.
 */
int xap_query_settle(const struct xap_db *, const struct xap_query *q,
    const struct xap_want *want, struct xap_query **out,
    struct xap_error *) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#pragma GCC diagnostic pop
#endif

#endif
