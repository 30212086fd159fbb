/*
 * xap-int: what the files of the shim share.  C++, and for them only.
 *
 * Every entry point runs its body in guard(); fail() is the one place where
 * an exception becomes an error.
 */
#ifndef XAP_INT_H
#define XAP_INT_H

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <stdexcept>
#include <optional>
#include <string>
#include <vector>

#include <xapian.h>

#include "xap.h"

namespace xap {

/* Translate the exception being handled into *err; returns -1. */
int fail(struct xap_error *err) noexcept;

/*
 * If number, an errno, says that the system refused something, fill *err with
 * it.  Xapian does not always tell.
 */
bool was_refused(int number, struct xap_error *err) noexcept;

template <typename Body>
int
guard(struct xap_error *err, Body body) noexcept
{
	try {
		body();
		return 0;
	} catch (...) {
		return fail(err);
	}
}

/* Neither a file nor a directory with anything in it. */
bool is_nothing(const char *path) noexcept;

/* Becomes XAP_NOINDEX. */
struct nothing_there : std::runtime_error {
	using std::runtime_error::runtime_error;
};

/*
 * Open what exists, for reading or writing after what Database is.  A table
 * that may be missing is taken for missing whatever keeps it from being opened.
 */
template <typename Database>
void
open(Database &db, const char *path, int flags)
{
	struct xap_error refused;

	errno = 0;
	try {
		db = Database(path, flags);
	} catch (const Xapian::DatabaseError &) {
		if (is_nothing(path))
			throw nothing_there(std::string(path) +
			    ": no database there");
		throw;
	}
	if (was_refused(errno, &refused))
		throw Xapian::DatabaseError(std::string(path) +
		    ": a table cannot be opened", errno);
}

/* A caller's string; s may be NULL when it is empty. */
inline std::string
str(const char *s, size_t len)
{
	return len > 0 ? std::string(s, len) : std::string();
}

[[noreturn]] inline void
refuse(const std::string &why)
{
	throw Xapian::InvalidArgumentError(why);
}

/* Free what *p points at and leave NULL. */
template <typename T>
void
release(T **p) noexcept
{
	delete *p;
	*p = nullptr;
}

/* Documents that are there and are not to be seen. */
struct hidden {
	std::string uuid;		/* of the database that has them */
	std::vector<uint32_t> local;	/* their ids in it, ascending */
	std::vector<uint32_t> ids;	/* and among all databases */

	bool
	has(uint32_t id) const
	{
		return std::binary_search(ids.begin(), ids.end(), id);
	}
};

/* All that a query finds, weighed as xap_match() does. */
std::vector<struct xap_hit> all_hits(const struct xap_db *,
    const struct xap_query *, const struct xap_want *);

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

/* The order of bytes, shorter before longer. */
inline bool
before(const struct xap_count &a, const struct xap_count &b)
{
	const int order = memcmp(a.value.s, b.value.s,
	    std::min(a.value.len, b.value.len));

	return order != 0 ? order < 0 : a.value.len < b.value.len;
}

/* Whether a tree has an operator of that kind anywhere. */
bool contains(const Xapian::Query &, Xapian::Query::op type);

}

/* The handles of xap.h. */

struct xap_db {
	Xapian::Database rep;
	xap::hidden hidden;
};

struct xap_bytes {
	std::string rep;
};

struct xap_list {
	std::vector<uint32_t> rep;
};

struct xap_terms {
	xap::table<struct xap_term> rep;
};

struct xap_query {
	Xapian::Query rep;
	/*
	 * The same without what is settled, where there is such: SYNONYM asks
	 * for statistics, and what is settled has none.
	 */
	std::optional<Xapian::Query> raw = {};

	const Xapian::Query &
	unsettled() const
	{
		return raw ? *raw : rep;
	}
};

struct xap_match {
	uint32_t total;
	std::vector<struct xap_hit> hits;
	std::deque<xap::table<struct xap_count>> counts;
	std::vector<std::vector<uint32_t>> numbers;
};

#endif
