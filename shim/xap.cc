#include <config.h>

#include "xap.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <deque>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include <dirent.h>

#include "xap-int.h"

using xap::guard;

/*
 * Strings with a number each.  A deque, because it leaves its strings where
 * they are when it grows, so that the items may point at them; for the same
 * reason a table stays where it was made.
 */
template <typename Item>
struct table {
	std::deque<std::string> text;
	std::vector<Item> items;

	table() = default;
	table(const table &) = delete;
	void operator=(const table &) = delete;

	void
	add(std::string s, uint32_t n)
	{
		text.push_back(std::move(s));
		items.push_back(Item{{text.back().data(), text.back().size()}, n});
	}
};

struct xap_db {
	Xapian::Database rep;
};

struct xap_bytes {
	std::string rep;
};

struct xap_list {
	std::vector<uint32_t> rep;
};

struct xap_terms {
	table<struct xap_term> rep;
};

struct xap_query {
	Xapian::Query rep;
};

struct xap_match {
	uint32_t total;
	std::vector<struct xap_hit> hits;
	std::deque<table<struct xap_count>> counts;
};

/* ---- errors ---- */

/* Without allocation: the error may be that there is no memory. */
static int
fill(struct xap_error *err, enum xap_code code, const char *what,
    const char *why) noexcept
{
	size_t n = sizeof err->msg - 1;
	int full;

	err->code = code;
	full = snprintf(err->msg, sizeof err->msg, "%s%s%s", what,
	    why != nullptr ? ": " : "", why != nullptr ? why : "");
	if (full >= 0 && (size_t)full <= n)
		return -1;
	while (n > 0 && (err->msg[n - 1] & 0xc0) == 0x80)
		n--;
	if (n > 0 && (err->msg[n - 1] & 0x80) != 0)
		n--;
	err->msg[n] = '\0';
	return -1;
}

/* The text of the errno behind an error, if there is one. */
static const char *
cause(const Xapian::Error &e) noexcept
{
	try {
		return e.get_error_string();
	} catch (...) {
		return nullptr;
	}
}

static int
fill(struct xap_error *err, enum xap_code code, const Xapian::Error &e) noexcept
{
	const char *what = e.get_msg().c_str();

	if (!e.get_context().empty())		/* which remote database */
		return fill(err, code, e.get_context().c_str(), what);
	return fill(err, code, what, cause(e));
}

/*
 * Xapian keeps the errno of an error to itself and tells its text; without
 * one, it was not the system that failed but what was read made no sense.
 */
static enum xap_code
failure(const Xapian::DatabaseError &e) noexcept
{
	const char *why = cause(e);

	if (why == nullptr)
		return XAP_CORRUPT;
	if (strcmp(why, strerror(ENOSPC)) == 0 ||
	    strcmp(why, strerror(EDQUOT)) == 0)
		return XAP_NOSPACE;
	return XAP_IO;
}

/*
 * A lock can also fail because the file system is read-only or lacks locks;
 * the message is the only place where 1.4 tells them apart.
 */
static bool
is_locked(const Xapian::Error &e) noexcept
{
	return strstr(e.get_msg().c_str(), ": already locked") != nullptr;
}

int
xap::fail(struct xap_error *err) noexcept
{
	try {
		throw;
	} catch (const xap::nothing_there &e) {
		return fill(err, XAP_NOINDEX, e.what(), nullptr);
	} catch (const Xapian::DatabaseLockError &e) {
		return fill(err, is_locked(e) ? XAP_BUSY : XAP_IO, e);
	} catch (const Xapian::DatabaseModifiedError &e) {
		return fill(err, XAP_MODIFIED, e);
	} catch (const Xapian::DatabaseOpeningError &e) {
		return fill(err, XAP_CORRUPT, e);
	} catch (const Xapian::DatabaseError &e) {
		return fill(err, failure(e), e);
	} catch (const Xapian::NetworkError &e) {
		return fill(err, XAP_IO, e);
	} catch (const Xapian::FeatureUnavailableError &e) {
		return fill(err, XAP_CORRUPT, e);
	} catch (const Xapian::DocNotFoundError &e) {
		return fill(err, XAP_ABSENT, e);
	} catch (const Xapian::InvalidArgumentError &e) {
		return fill(err, XAP_INVALID, e);
	} catch (const Xapian::InvalidOperationError &e) {
		return fill(err, XAP_INVALID, e);
	} catch (const Xapian::UnimplementedError &e) {
		return fill(err, XAP_INVALID, e);
	} catch (const Xapian::Error &e) {
		return fill(err, XAP_BUG, e.get_type(), e.get_msg().c_str());
	} catch (const std::bad_alloc &) {
		return fill(err, XAP_NOMEM, "out of memory", nullptr);
	} catch (const std::length_error &e) {
		/* A length that was read from a damaged table. */
		return fill(err, XAP_CORRUPT, e.what(), nullptr);
	} catch (const std::exception &e) {
		return fill(err, XAP_BUG, e.what(), nullptr);
	} catch (...) {
		return fill(err, XAP_BUG, "unknown exception", nullptr);
	}
}

bool
xap::is_nothing(const char *path) noexcept
{
	const struct dirent *entry;
	bool is_empty = true;
	DIR *dir;

	if ((dir = opendir(path)) == nullptr)
		return errno == ENOENT;
	while (is_empty && (entry = readdir(dir)) != nullptr)
		is_empty = strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0;
	closedir(dir);
	return is_empty;
}

/* ---- handles ---- */

/* Free what *p points at and leave NULL. */
template <typename T>
static void
release(T **p) noexcept
{
	delete *p;
	*p = nullptr;
}

void
xap_db_free(struct xap_db **db) noexcept
{
	release(db);
}

void
xap_bytes_free(struct xap_bytes **b) noexcept
{
	release(b);
}

void
xap_list_free(struct xap_list **l) noexcept
{
	release(l);
}

void
xap_terms_free(struct xap_terms **t) noexcept
{
	release(t);
}

void
xap_query_free(struct xap_query **q) noexcept
{
	release(q);
}

void
xap_match_free(struct xap_match **m) noexcept
{
	release(m);
}

struct xap_str
xap_bytes_get(const struct xap_bytes *b) noexcept
{
	return {b->rep.data(), b->rep.size()};
}

size_t
xap_list_count(const struct xap_list *l) noexcept
{
	return l->rep.size();
}

const uint32_t *
xap_list_items(const struct xap_list *l) noexcept
{
	return l->rep.data();
}

size_t
xap_terms_count(const struct xap_terms *t) noexcept
{
	return t->rep.items.size();
}

const struct xap_term *
xap_terms_items(const struct xap_terms *t) noexcept
{
	return t->rep.items.data();
}

/* ---- database ---- */

/*
 * Xapian takes a stub file that lists nothing for an empty database; to us it
 * is a stub that was lost half way.  A database has a UUID, nothing has none.
 */
int
xap_open(const char *path, struct xap_db **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		auto db = std::make_unique<xap_db>();

		xap::open(db->rep, path, 0);
		if (db->rep.get_uuid().empty())
			throw Xapian::DatabaseCorruptError(std::string(path) +
			    ": lists no database");
		*out = db.release();
	});
}

int
xap_reopen(struct xap_db *db, struct xap_error *err) noexcept
{
	return guard(err, [&] { db->rep.reopen(); });
}

int
xap_stats(const struct xap_db *db, struct xap_stats *out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = {db->rep.get_doccount(), db->rep.get_lastdocid(),
		    db->rep.get_avlength()};
	});
}

int
xap_term_freq(const struct xap_db *db, const char *term, size_t len,
    uint32_t *out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = db->rep.get_termfreq(xap::str(term, len));
	});
}

int
xap_metadata(const struct xap_db *db, const char *key, size_t len,
    struct xap_bytes **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = new xap_bytes{db->rep.get_metadata(xap::str(key, len))};
	});
}

int
xap_data(const struct xap_db *db, uint32_t docid, struct xap_bytes **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = new xap_bytes{db->rep.get_document(docid).get_data()};
	});
}

int
xap_value(const struct xap_db *db, uint32_t docid, uint32_t slot,
    struct xap_bytes **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = new xap_bytes{
		    db->rep.get_document(docid).get_value(slot)};
	});
}

int
xap_positions(const struct xap_db *db, uint32_t docid, const char *term,
    size_t len, struct xap_list **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const std::string name = xap::str(term, len);
		auto list = std::make_unique<xap_list>();

		list->rep.assign(db->rep.positionlist_begin(docid, name),
		    db->rep.positionlist_end(docid, name));
		*out = list.release();
	});
}

int
xap_postings(const struct xap_db *db, const char *term, size_t len,
    struct xap_list **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const std::string name = xap::str(term, len);
		auto list = std::make_unique<xap_list>();

		list->rep.reserve(db->rep.get_termfreq(name));
		list->rep.assign(db->rep.postlist_begin(name),
		    db->rep.postlist_end(name));
		*out = list.release();
	});
}

int
xap_terms_with_prefix(const struct xap_db *db, const char *prefix, size_t len,
    size_t max, struct xap_terms **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const std::string start = xap::str(prefix, len);
		const auto end = db->rep.allterms_end(start);
		auto terms = std::make_unique<xap_terms>();

		for (auto i = db->rep.allterms_begin(start); i != end; ++i) {
			terms->rep.add(*i, i.get_termfreq());
			if (terms->rep.items.size() == max)
				break;
		}
		*out = terms.release();
	});
}

int
xap_terms_of(const struct xap_db *db, uint32_t docid, struct xap_terms **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const auto end = db->rep.termlist_end(docid);
		auto terms = std::make_unique<xap_terms>();

		for (auto i = db->rep.termlist_begin(docid); i != end; ++i)
			terms->rep.add(*i, i.get_wdf());
		*out = terms.release();
	});
}

/* ---- queries ---- */

/* In the order of enum xap_op. */
static const struct {
	Xapian::Query::op op;
	bool is_positional;
	size_t max;		/* subqueries; 0: any number */
} ops[] = {
	{ Xapian::Query::OP_AND, false, 0 },
	{ Xapian::Query::OP_OR, false, 0 },
	{ Xapian::Query::OP_AND_NOT, false, 0 },
	{ Xapian::Query::OP_AND_MAYBE, false, 0 },
	{ Xapian::Query::OP_FILTER, false, 0 },
	{ Xapian::Query::OP_NEAR, true, 0 },
	{ Xapian::Query::OP_PHRASE, true, 0 },
	{ Xapian::Query::OP_SYNONYM, false, 0 },
	{ Xapian::Query::OP_MAX, false, 2 },
};
static_assert(sizeof ops / sizeof *ops == XAP_MAX + 1, "a row for each xap_op");

static int
leaf(Xapian::Query (*make)(), struct xap_query **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] { *out = new xap_query{make()}; });
}

int
xap_query_all(struct xap_query **out, struct xap_error *err) noexcept
{
	return leaf([] { return Xapian::Query(std::string()); }, out, err);
}

int
xap_query_none(struct xap_query **out, struct xap_error *err) noexcept
{
	return leaf([] { return Xapian::Query(); }, out, err);
}

/* The empty term is Xapian's way to say all documents; not ours. */
static std::string
term_name(const char *s, size_t len)
{
	if (s == nullptr || len == 0)
		xap::refuse("a query for the empty term");
	return std::string(s, len);
}

int
xap_query_term(const char *term, size_t len, struct xap_query **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = new xap_query{Xapian::Query(term_name(term, len))};
	});
}

static bool
contains(const Xapian::Query &q, Xapian::Query::op type)
{
	if (q.get_type() == type)
		return true;
	for (size_t i = 0; i < q.get_num_subqueries(); i++)
		if (contains(q.get_subquery(i), type))
			return true;
	return false;
}

/* Below NEAR and PHRASE Xapian 1.4 knows terms and OR, but no SYNONYM. */
static Xapian::Query
positional(const Xapian::Query &q)
{
	std::vector<Xapian::Query> parts;

	switch (q.get_type()) {
	case Xapian::Query::LEAF_TERM:
	case Xapian::Query::LEAF_MATCH_NOTHING:
		return q;
	case Xapian::Query::OP_OR:
	case Xapian::Query::OP_SYNONYM:
		for (size_t i = 0; i < q.get_num_subqueries(); i++)
			parts.push_back(positional(q.get_subquery(i)));
		return Xapian::Query(Xapian::Query::OP_OR, parts.begin(),
		    parts.end());
	default:
		xap::refuse("NEAR and PHRASE take terms, or OR or SYNONYM of terms");
	}
}

int
xap_query_op(enum xap_op op, const struct xap_query *const *queries, size_t n,
    uint32_t window, struct xap_query **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		std::vector<Xapian::Query> parts;

		if (ops[op].max != 0 && n > ops[op].max)
			xap::refuse("too many subqueries for this operator");
		parts.reserve(n);
		for (size_t i = 0; i < n; i++) {
			const Xapian::Query &q = queries[i]->rep;

			if (op == XAP_SYNONYM &&
			    contains(q, Xapian::Query::OP_AND_MAYBE))
				xap::refuse("AND_MAYBE below SYNONYM");
			parts.push_back(ops[op].is_positional ?
			    positional(q) : q);
		}
		*out = new xap_query{Xapian::Query(ops[op].op, parts.begin(),
		    parts.end(), window)};
	});
}

int
xap_query_range(uint32_t slot, const char *begin, size_t nbegin,
    const char *end, size_t nend, struct xap_query **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const std::string low = xap::str(begin, nbegin);

		*out = new xap_query{end == nullptr ?
		    Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, low) :
		    Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, low,
			std::string(end, nend))};
	});
}

int
xap_query_prefix(const char *prefix, size_t len, uint32_t max,
    struct xap_query **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = new xap_query{Xapian::Query(Xapian::Query::OP_WILDCARD,
		    term_name(prefix, len), max,
		    Xapian::Query::WILDCARD_LIMIT_FIRST,
		    Xapian::Query::OP_SYNONYM)};
	});
}

int
xap_query_scale(const struct xap_query *q, double factor,
    struct xap_query **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		if (!std::isfinite(factor) || factor < 0)
			xap::refuse("a weight is scaled by a factor from 0 up");
		*out = new xap_query{Xapian::Query(
		    Xapian::Query::OP_SCALE_WEIGHT, q->rep, factor)};
	});
}

/* ---- matching ---- */

/*
 * Counts the values of a slot.  A remote server has only the spy this one is
 * derived from; it runs that, and the parent gathers what the servers send.
 */
class tally : public Xapian::ValueCountMatchSpy {
	Xapian::valueno slot;
	std::unordered_map<std::string, uint32_t> docs;

public:
	explicit tally(Xapian::valueno n)
	    : Xapian::ValueCountMatchSpy(n), slot(n)
	{
	}

	void
	operator()(const Xapian::Document &doc, double) override
	{
		std::string value = doc.get_value(slot);

		if (!value.empty())
			docs[std::move(value)]++;
	}

	/* In byte order of the values. */
	void
	counts(table<struct xap_count> &out)
	{
		for (auto i = values_begin(); i != values_end(); ++i)
			docs[*i] += i.get_termfreq();
		for (const auto &i : docs)
			out.add(i.first, i.second);
		std::sort(out.items.begin(), out.items.end(), before);
	}

private:
	static bool
	before(const struct xap_count &a, const struct xap_count &b)
	{
		const int order = memcmp(a.value.s, b.value.s,
		    std::min(a.value.len, b.value.len));

		return order != 0 ? order < 0 : a.value.len < b.value.len;
	}
};

static void
set_weighting(Xapian::Enquire &enquire, const struct xap_want *want)
{
	for (double p : { want->k1, want->k2, want->k3, want->b,
	    want->min_normlen })
		if (!std::isfinite(p))
			xap::refuse("a BM25 parameter is no number");
	enquire.set_weighting_scheme(Xapian::BM25Weight(want->k1, want->k2,
	    want->k3, want->b, want->min_normlen));
}

/*
 * Every match is looked at, which makes the total exact.
 *
 * In 1.4.22 a tree with OP_MAX reads freed memory when maximum weights are
 * worked out again after a part of it has ended.  The matcher does so when
 * it prunes, which it does not as long as all is looked at, and when there
 * are more matches than it was asked for: so ask for all.
 */
static uint32_t
take_hits(Xapian::Enquire &enquire, bool has_max, Xapian::doccount all,
    const struct xap_want *want, std::vector<struct xap_hit> &out)
{
	const Xapian::MSet set = enquire.get_mset(has_max ? 0 : want->first,
	    has_max ? all : want->count, all);

	for (Xapian::doccount i = has_max ? want->first : 0;
	    i < set.size() && out.size() < want->count; i++)
		out.push_back({*set[i], set[i].get_weight()});
	return set.get_matches_estimated();
}

/* Count from nothing in the match to come. */
static void
start_counting(Xapian::Enquire &enquire, const struct xap_want *want,
    std::deque<tally> &tallies)
{
	enquire.clear_matchspies();
	tallies.clear();
	for (size_t i = 0; i < want->ncount_slots; i++) {
		tallies.emplace_back(want->count_slots[i]);
		enquire.add_matchspy(&tallies.back());
	}
}

/* Only what a server sent is counted in the parent of a tally. */
static bool
has_remote(const std::deque<tally> &tallies)
{
	return !tallies.empty() && tallies.front().get_total() > 0;
}

/*
 * Hits, total and counts in one match; but 1.4.22 counts some documents of a
 * remote database twice when hits are sorted by value: then count again.
 */
int
xap_match(const struct xap_db *db, const struct xap_query *q,
    const struct xap_want *want, struct xap_match **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const Xapian::doccount all = db->rep.get_doccount();
		const bool has_max = contains(q->rep, Xapian::Query::OP_MAX);
		std::deque<tally> tallies;
		Xapian::Enquire enquire(db->rep);
		auto match = std::make_unique<struct xap_match>();

		set_weighting(enquire, want);
		enquire.set_query(q->rep);
		if (want->sort == XAP_SORT_VALUE)
			enquire.set_sort_by_value_then_relevance(
			    want->sort_slot, want->sort_reverse);
		start_counting(enquire, want, tallies);
		match->total = take_hits(enquire, has_max, all, want,
		    match->hits);
		if (want->sort == XAP_SORT_VALUE && has_remote(tallies)) {
			enquire.set_sort_by_relevance();
			start_counting(enquire, want, tallies);
			enquire.get_mset(0, has_max ? all : 0, all);
		}
		for (tally &t : tallies) {
			match->counts.emplace_back();
			t.counts(match->counts.back());
		}
		*out = match.release();
	});
}

uint32_t
xap_match_total(const struct xap_match *m) noexcept
{
	return m->total;
}

size_t
xap_match_count(const struct xap_match *m) noexcept
{
	return m->hits.size();
}

const struct xap_hit *
xap_match_hits(const struct xap_match *m) noexcept
{
	return m->hits.data();
}

const struct xap_count *
xap_match_counts(const struct xap_match *m, size_t i, size_t *n) noexcept
{
	*n = m->counts[i].items.size();
	return m->counts[i].items.data();
}
