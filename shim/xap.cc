#include <config.h>

#include "xap.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <dirent.h>

#include "xap-int.h"

using xap::guard;
using xap::release;

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

/* What the system refuses, for no fault of the database. */
static const struct {
	int number;
	enum xap_code code;
} refusals[] = {
	{ ENOMEM, XAP_NOMEM }, { ENOSPC, XAP_NOSPACE },
	{ EDQUOT, XAP_NOSPACE }, { EFBIG, XAP_NOSPACE }, { EIO, XAP_IO },
	{ EROFS, XAP_IO }, { EACCES, XAP_IO }, { EMFILE, XAP_IO },
	{ ENFILE, XAP_IO },
};

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
	for (const auto &r : refusals)
		if (strcmp(why, strerror(r.number)) == 0)
			return r.code;
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

bool
xap::was_refused(int number, struct xap_error *err) noexcept
{
	for (const auto &r : refusals)
		if (number == r.number) {
			fill(err, r.code, strerror(number), nullptr);
			return true;
		}
	return false;
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

void
xap_set_no_memory(void (*end)(void)) noexcept
{
	std::set_new_handler(end);
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
xap_join(struct xap_db *db, const char *path, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		Xapian::Database more;

		xap::open(more, path, 0);
		db->rep.add_database(more);
	});
}

/* Of several databases each has every n-th document id (Xapian's docs). */
int
xap_hide(struct xap_db *db, const char *uuid, size_t shard, size_t nshards,
    const uint32_t *docids, size_t n, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		xap::hidden h;

		h.uuid = uuid;
		h.local.assign(docids, docids + n);
		h.ids.reserve(n);
		for (uint32_t id : h.local)
			h.ids.push_back(static_cast<uint32_t>(
			    (id - 1) * nshards + shard + 1));
		db->hidden = std::move(h);
	});
}

int
xap_uuid(const struct xap_db *db, struct xap_bytes **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = new xap_bytes{db->rep.get_uuid()};
	});
}

int
xap_stats(const struct xap_db *db, struct xap_stats *out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		*out = {db->rep.get_doccount() -
		    static_cast<uint32_t>(db->hidden.ids.size()),
		    db->rep.get_lastdocid(), db->rep.get_avlength()};
	});
}

static uint32_t
count_seen(const struct xap_db *db, const std::string &term)
{
	uint32_t n = 0;

	for (auto i = db->rep.postlist_begin(term);
	    i != db->rep.postlist_end(term); ++i)
		n += !db->hidden.has(*i);
	return n;
}

int
xap_term_freq(const struct xap_db *db, const char *term, size_t len,
    uint32_t *out, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const std::string name = xap::str(term, len);
		uint32_t n = db->rep.get_termfreq(name);

		/* So few may all be hidden, and that is asked for. */
		if (n > 0 && n <= db->hidden.ids.size())
			n = count_seen(db, name);
		*out = n;
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
		for (auto i = db->rep.postlist_begin(name);
		    i != db->rep.postlist_end(name); ++i)
			if (!db->hidden.has(*i))
				list->rep.push_back(*i);
		*out = list.release();
	});
}

int
xap_terms_with_prefix(const struct xap_db *db, const char *prefix, size_t len,
    size_t max, struct xap_terms **out, struct xap_error *err) noexcept
{
	return xap_terms_after(db, prefix, len, nullptr, 0, max, out, err);
}

int
xap_terms_after(const struct xap_db *db, const char *prefix, size_t len,
    const char *after, size_t nafter, size_t max, struct xap_terms **out,
    struct xap_error *err) noexcept
{
	return guard(err, [&] {
		const std::string start = xap::str(prefix, len);
		const std::string last = xap::str(after, nafter);
		const auto end = db->rep.allterms_end(start);
		auto i = db->rep.allterms_begin(start);
		auto terms = std::make_unique<xap_terms>();

		if (!last.empty() && i != end)
			i.skip_to(last);
		if (!last.empty() && i != end && *i == last)
			++i;
		for (; i != end; ++i) {
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
