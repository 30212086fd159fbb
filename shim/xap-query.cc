#include <config.h>

#include "xap.h"

#include <cmath>
#include <string>
#include <vector>

#include "xap-int.h"

using xap::guard;
using xap::release;

void
xap_query_free(struct xap_query **q) noexcept
{
	release(q);
}

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

bool
xap::contains(const Xapian::Query &q, Xapian::Query::op type)
{
	if (q.get_type() == type)
		return true;
	for (size_t i = 0; i < q.get_num_subqueries(); i++)
		if (xap::contains(q.get_subquery(i), type))
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
		std::vector<Xapian::Query> parts, raws;
		bool has_raw = false;

		if (ops[op].max != 0 && n > ops[op].max)
			xap::refuse("too many subqueries for this operator");
		parts.reserve(n);
		raws.reserve(n);
		for (size_t i = 0; i < n; i++) {
			const Xapian::Query &q = op == XAP_SYNONYM ?
			    queries[i]->unsettled() : queries[i]->rep;

			if (op == XAP_SYNONYM &&
			    xap::contains(q, Xapian::Query::OP_AND_MAYBE))
				xap::refuse("AND_MAYBE below SYNONYM");
			parts.push_back(ops[op].is_positional ?
			    positional(q) : q);
			raws.push_back(queries[i]->unsettled());
			has_raw |= queries[i]->raw.has_value();
		}
		*out = new xap_query{Xapian::Query(ops[op].op, parts.begin(),
		    parts.end(), window)};
		if (has_raw && op != XAP_SYNONYM)
			(*out)->raw = Xapian::Query(ops[op].op, raws.begin(),
			    raws.end(), window);
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
		if (q->raw)
			(*out)->raw = Xapian::Query(
			    Xapian::Query::OP_SCALE_WEIGHT, *q->raw, factor);
	});
}

int
xap_query_fixed(const struct xap_query *q, double weight,
    struct xap_query **out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		if (!std::isfinite(weight) || weight < 0)
			xap::refuse("a weight is a number from 0 up");
		const Xapian::Query all(
		    (new Xapian::FixedWeightPostingSource(weight))->release());
		*out = new xap_query{Xapian::Query(
		    Xapian::Query::OP_FILTER, all, q->rep)};
		if (q->raw)
			(*out)->raw = Xapian::Query(
			    Xapian::Query::OP_FILTER, all, *q->raw);
	});
}
