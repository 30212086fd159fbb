#include <config.h>

#include "xap.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <memory>
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
static void
match_all(const struct xap_db *db, const Xapian::Query &q,
    const struct xap_want *want, no_key *key, struct xap_match *out)
{
	const Xapian::doccount all = db->rep.get_doccount();
	const bool has_max = xap::contains(q, Xapian::Query::OP_MAX);
	std::deque<tally> tallies;
	Xapian::Enquire enquire(db->rep);

	set_weighting(enquire, want);
	if (want->count == 0 && want->ncount_slots == 0) {
		out->total = count_only(enquire, without_hidden(db, q),
		    has_max, all);
		return;
	}
	enquire.set_query(without_hidden(db, q));
	if (want->sort == XAP_SORT_VALUE)
		enquire.set_sort_by_value_then_relevance(want->sort_slot,
		    want->sort_reverse);
	else if (key != nullptr)
		enquire.set_sort_by_relevance_then_key(key, false);
	start_counting(enquire, want, tallies);
	out->total = take_hits(enquire, has_max, all, want, out->hits);
	if (want->sort == XAP_SORT_VALUE && has_remote(tallies)) {
		enquire.set_sort_by_relevance();
		start_counting(enquire, want, tallies);
		enquire.get_mset(0, has_max ? all : 0, all);
	}
	for (tally &t : tallies) {
		out->counts.emplace_back();
		t.counts(out->counts.back());
	}
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

void
xap_match_free(struct xap_match **m) noexcept
{
	release(m);
}
