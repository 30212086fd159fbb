#include <config.h>

#include "xap.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <memory>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "xap-int.h"

using xap::guard;
using xap::release;
using xap::table;

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
		std::sort(out.items.begin(), out.items.end(), xap::before);
	}
};

/*
 * The databases that were joined, by their UUIDs, and which of them the
 * matcher is at: it goes through one after the other.
 */
struct shards {
	std::vector<std::string> uuids;
	size_t at = 0;

	explicit shards(const Xapian::Database &db)
	{
		std::istringstream all(db.get_uuid());
		std::string uuid;

		while (std::getline(all, uuid, ':'))
			uuids.push_back(uuid);
	}
};

/*
 * Documents know their number in their own database, but not which one that
 * is.  So let this source, which has all documents, filter them: each database
 * gets a clone, and the one that is moved tells.
 */
class shard_marker : public Xapian::PostingSource {
	struct shards *shards;
	size_t own = 0;
	Xapian::docid id = 0, last = 0;
	Xapian::doccount count = 0;

	void
	move(Xapian::docid to)
	{
		id = std::max(id, to);
		shards->at = own;
	}

public:
	explicit shard_marker(struct shards *s)
	    : shards(s)
	{
	}

	Xapian::PostingSource *
	clone() const override
	{
		return new shard_marker(shards);
	}

	void
	init(const Xapian::Database &db) override
	{
		own = static_cast<size_t>(std::find(shards->uuids.begin(),
		    shards->uuids.end(), db.get_uuid()) -
		    shards->uuids.begin());
		id = 0;
		last = db.get_lastdocid();
		count = db.get_doccount();
	}

	Xapian::doccount get_termfreq_min() const override { return count; }
	Xapian::doccount get_termfreq_est() const override { return count; }
	Xapian::doccount get_termfreq_max() const override { return count; }
	Xapian::docid get_docid() const override { return id; }
	bool at_end() const override { return id > last; }
	void next(double) override { move(id + 1); }
	void skip_to(Xapian::docid to, double) override { move(to); }

	std::string
	get_description() const override
	{
		return "all documents";
	}
};

/* Counts the numbers of a column, wherever damage may have put them. */
class number_tally : public Xapian::MatchSpy {
	const struct xap_column &column;
	const struct shards &shards;
	std::vector<uint32_t> &docs;

public:
	number_tally(const struct xap_column &c, const struct shards &s,
	    std::vector<uint32_t> &out)
	    : column(c), shards(s), docs(out)
	{
	}

	void
	operator()(const Xapian::Document &doc, double) override
	{
		const size_t id = (size_t{doc.get_docid()} - 1) *
		    shards.uuids.size() + shards.at + 1;

		if (id < column.docids && column.numbers[id] < docs.size())
			docs[column.numbers[id]]++;
	}
};

/* What is counted over all matches. */
class counting {
	const struct xap_want *want;
	struct shards shards;
	std::deque<tally> slots;
	std::deque<number_tally> columns;

public:
	counting(const struct xap_want *w, const Xapian::Database &db)
	    : want(w), shards(db)
	{
	}

	/* The query of a match that is to be counted. */
	Xapian::Query
	of(const Xapian::Query &q)
	{
		if (want->ncolumns == 0 || shards.uuids.size() == 1)
			return q;
		return Xapian::Query(Xapian::Query::OP_FILTER, q,
		    Xapian::Query((new shard_marker(&shards))->release()));
	}

	/* Count from nothing in the match to come. */
	void
	start(Xapian::Enquire &enquire, struct xap_match *out)
	{
		enquire.clear_matchspies();
		slots.clear();
		columns.clear();
		out->numbers.assign(want->ncolumns, {});
		for (size_t i = 0; i < want->ncount_slots; i++) {
			slots.emplace_back(want->count_slots[i]);
			enquire.add_matchspy(&slots.back());
		}
		for (size_t i = 0; i < want->ncolumns; i++) {
			out->numbers[i].resize(want->columns[i].values);
			columns.emplace_back(want->columns[i], shards,
			    out->numbers[i]);
			enquire.add_matchspy(&columns.back());
		}
	}

	/* Only what a server sent is counted in the parent of a tally. */
	bool
	has_remote() const
	{
		return !slots.empty() && slots.front().get_total() > 0;
	}

	void
	finish(struct xap_match *out)
	{
		for (tally &t : slots) {
			out->counts.emplace_back();
			t.counts(out->counts.back());
		}
	}
};

/*
 * The hidden documents.  The matcher gives each database a clone of its own,
 * which learns in init() which one that is.
 */
class hidden_source : public Xapian::PostingSource {
	std::shared_ptr<const xap::hidden> all;
	size_t at = 0, count = 0;
	bool is_begun = false;

	uint32_t
	id() const
	{
		return all->local[at];
	}

public:
	explicit hidden_source(std::shared_ptr<const xap::hidden> h)
	    : all(std::move(h))
	{
	}

	Xapian::PostingSource *
	clone() const override
	{
		return new hidden_source(all);
	}

	void
	init(const Xapian::Database &db) override
	{
		at = 0;
		is_begun = false;
		count = db.get_uuid() == all->uuid ? all->local.size() : 0;
	}

	Xapian::doccount get_termfreq_min() const override { return count; }
	Xapian::doccount get_termfreq_est() const override { return count; }
	Xapian::doccount get_termfreq_max() const override { return count; }
	Xapian::docid get_docid() const override { return id(); }
	bool at_end() const override { return is_begun && at >= count; }

	void
	next(double) override
	{
		at += is_begun;
		is_begun = true;
	}

	void
	skip_to(Xapian::docid to, double) override
	{
		is_begun = true;
		at = static_cast<size_t>(std::lower_bound(
		    all->local.begin() + static_cast<std::ptrdiff_t>(at),
		    all->local.begin() + static_cast<std::ptrdiff_t>(count),
		    to) - all->local.begin());
	}

	std::string
	get_description() const override
	{
		return "hidden documents";
	}
};

static Xapian::Query
without_hidden(const struct xap_db *db, const Xapian::Query &q)
{
	if (db->hidden.ids.empty())
		return q;
	return Xapian::Query(Xapian::Query::OP_AND_NOT, q, Xapian::Query(
	    (new hidden_source(std::make_shared<const xap::hidden>(
	    db->hidden)))->release()));
}

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

/*
 * The total alone.  Nothing is weighed for it, and often the bounds that are
 * known beforehand are equal.
 */
static uint32_t
count_only(Xapian::Enquire &enquire, const Xapian::Query &q, bool has_max,
    Xapian::doccount all)
{
	const Xapian::doccount none = 0;

	enquire.set_query(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, q, 0.0));

	const Xapian::MSet bounds = enquire.get_mset(none, none, none);

	if (bounds.get_matches_lower_bound() ==
	    bounds.get_matches_upper_bound())
		return bounds.get_matches_upper_bound();
	return enquire.get_mset(none, has_max ? all : none, all)
	    .get_matches_estimated();
}

/*
 * A key that all documents share: sorted by relevance and then by it, hits
 * come as they do by relevance alone.  But only by relevance alone 1.4.22 puts
 * every match in its heap of the best ones, when all are looked at; this way
 * just those that belong there.
 */
class no_key : public Xapian::KeyMaker {
public:
	std::string
	operator()(const Xapian::Document &) const override
	{
		return std::string();
	}
};

std::vector<struct xap_hit>
xap::all_hits(const struct xap_db *db, const struct xap_query *q,
    const struct xap_want *want)
{
	const Xapian::doccount all = db->rep.get_doccount();
	std::vector<struct xap_hit> hits;
	Xapian::Enquire enquire(db->rep);

	set_weighting(enquire, want);
	enquire.set_query(without_hidden(db, q->rep));
	const Xapian::MSet set = enquire.get_mset(0, all, all);
	hits.reserve(set.size());
	for (Xapian::doccount i = 0; i < set.size(); i++)
		hits.push_back({*set[i], set[i].get_weight()});
	return hits;
}

/*
 * Hits, total and counts in one match; but 1.4.22 counts some documents of a
 * remote database twice when hits are sorted by value: then count again.
 */
static void
match_all(const struct xap_db *db, const Xapian::Query &q,
    const struct xap_want *want, no_key *key, struct xap_match *out)
{
	const Xapian::doccount all = db->rep.get_doccount();
	const bool has_max = xap::contains(q, Xapian::Query::OP_MAX);
	counting counts(want, db->rep);
	Xapian::Enquire enquire(db->rep);

	set_weighting(enquire, want);
	if (want->count == 0 && want->ncount_slots + want->ncolumns == 0) {
		out->total = count_only(enquire, without_hidden(db, q),
		    has_max, all);
		return;
	}
	enquire.set_query(counts.of(without_hidden(db, q)));
	if (want->sort == XAP_SORT_VALUE)
		enquire.set_sort_by_value_then_relevance(want->sort_slot,
		    want->sort_reverse);
	else if (key != nullptr)
		enquire.set_sort_by_relevance_then_key(key, false);
	counts.start(enquire, out);
	out->total = take_hits(enquire, has_max, all, want, out->hits);
	if (want->sort == XAP_SORT_VALUE && counts.has_remote()) {
		enquire.set_sort_by_relevance();
		counts.start(enquire, out);
		enquire.get_mset(0, has_max ? all : 0, all);
	}
	counts.finish(out);
}

int
xap_match(const struct xap_db *db, const struct xap_query *q,
    const struct xap_want *want, struct xap_match **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		auto match = std::make_unique<struct xap_match>();
		no_key key;

		try {
			match_all(db, q->rep, want, &key, match.get());
		} catch (const Xapian::UnimplementedError &) {
			/* A remote database takes no key of ours. */
			match_all(db, q->rep, want, nullptr, match.get());
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

const uint32_t *
xap_match_numbers(const struct xap_match *m, size_t i, size_t *n) noexcept
{
	*n = m->numbers[i].size();
	return m->numbers[i].data();
}

void
xap_match_free(struct xap_match **m) noexcept
{
	release(m);
}
