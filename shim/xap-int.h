/*
 * xap-int: what xap.cc and xapw.cc share.  C++, and for these two only.
 *
 * Every entry point runs its body in guard(); fail() is the one place where
 * an exception becomes an error.
 */
#ifndef XAP_INT_H
#define XAP_INT_H

#include <stdexcept>
#include <string>

#include <xapian.h>

#include "xap.h"

namespace xap {

/* Translate the exception being handled into *err; returns -1. */
int fail(struct xap_error *err) noexcept;

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

/* Open what exists, for reading or writing after what Database is. */
template <typename Database>
void
open(Database &db, const char *path, int flags)
{
	try {
		db = Database(path, flags);
	} catch (const Xapian::DatabaseError &) {
		if (is_nothing(path))
			throw nothing_there(std::string(path) +
			    ": no database there");
		throw;
	}
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

}

#endif
