#include <config.h>

#include "xap.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "xap-int.h"

using xap::guard;

namespace {

struct found {
	uint32_t id;		/* in its own database */
	double weight;
};

/* What a query finds, for each database of a stub. */
struct settled_docs {
	std::vector<std::string> uuids;
	std::vector<std::vector<found>> docs;	/* ascending */
	double greatest = 0;
};

/*
 * The documents of one database.  The matcher gives each a clone of its own,
 * which learns in init() which one that is.
 */
class settled_source : public Xapian::PostingSource {
	std::shared_ptr<const settled_docs> all;
	const std::vector<found> *docs;
	size_t at = 0;
	bool is_begun = false;

public:
	explicit settled_source(std::shared_ptr<const settled_docs> s)
	    : all(std::move(s)), docs(&all->docs[0])
	{
	}

	Xapian::PostingSource *
	clone() const override
	{
		return new settled_source(all);
	}

	void
	init(const Xapian::Database &db) override
	{
		const auto i = std::find(all->uuids.begin(), all->uuids.end(),
		    db.get_uuid());

		if (i == all->uuids.end())
			xap::refuse("a settled query for another database");
		docs = &all->docs[static_cast<size_t>(i - all->uuids.begin())];
		at = 0;
		is_begun = false;
		set_maxweight(all->greatest);
	}

	Xapian::doccount
	get_termfreq_min() const override
	{
		return static_cast<Xapian::doccount>(docs->size());
	}

	Xapian::doccount
	get_termfreq_est() const override
	{
		return get_termfreq_min();
	}

	Xapian::doccount
	get_termfreq_max() const override
	{
		return get_termfreq_min();
	}

	double get_weight() const override { return (*docs)[at].weight; }
	Xapian::docid get_docid() const override { return (*docs)[at].id; }
	bool at_end() const override { return is_begun && at >= docs->size(); }

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
		at = static_cast<size_t>(std::lower_bound(docs->begin() +
		    static_cast<std::ptrdiff_t>(at), docs->end(), to,
		    [](const found &f, Xapian::docid id) { return f.id < id; }) -
		    docs->begin());
	}

	std::string
	get_description() const override
	{
		return "settled query";
	}
};

/*
 * The UUIDs of the databases of a stub, in the order in which they share the
 * document ids out; none where they do not tell the databases apart.
 */
std::vector<std::string>
uuids_of(const Xapian::Database &db)
{
	const std::string all = db.get_uuid();
	std::vector<std::string> uuids;
	size_t begin = 0, end;

	if (all.empty())
		return uuids;
	do {
		end = all.find(':', begin);
		std::string one = all.substr(begin, end - begin);
		if (std::find(uuids.begin(), uuids.end(), one) != uuids.end())
			return {};
		uuids.push_back(std::move(one));
		begin = end + 1;
	} while (end != std::string::npos);
	return uuids;
}

/* Not where a part is remote: servers know no source of ours. */
bool
can_match(const Xapian::Database &db, const Xapian::Query &q)
{
	Xapian::Enquire enquire(db);

	enquire.set_query(q);
	try {
		enquire.get_mset(0, 0);
	} catch (const Xapian::UnimplementedError &) {
		return false;
	}
	return true;
}

}

/* Of n databases each has every n-th document id. */
int
xap_query_settle(const struct xap_db *db, const struct xap_query *q,
    const struct xap_want *want, struct xap_query **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		auto all = std::make_shared<settled_docs>();
		size_t n;

		all->uuids = uuids_of(db->rep);
		if ((n = all->uuids.size()) == 0) {
			*out = new xap_query{q->rep, q->raw};
			return;
		}
		all->docs.resize(n);
		for (const struct xap_hit &hit : xap::all_hits(db, q, want)) {
			all->docs[(hit.docid - 1) % n].push_back({
			    static_cast<uint32_t>((hit.docid - 1) / n + 1),
			    hit.weight});
			all->greatest = std::max(all->greatest, hit.weight);
		}
		for (auto &docs : all->docs)
			std::sort(docs.begin(), docs.end(),
			    [](const found &a, const found &b) {
				return a.id < b.id;
			    });
		const Xapian::Query settled((new settled_source(all))->release());
		*out = can_match(db->rep, settled) ?
		    new xap_query{settled, q->unsettled()} :
		    new xap_query{q->rep, q->raw};
	});
}
