#include <config.h>

#include "xapw.h"

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <string>

#include <sys/stat.h>

#include "xap-int.h"

using xap::guard;

/* What a term may be long; Xapian finds out half way, and drops the batch. */
enum { TERM_MAX_BYTES = 245 };

struct xapw_db {
	std::string path;
	Xapian::WritableDatabase rep;
};

/* ---- the end of the program ---- */

static void (*end_fn)(const char *, const struct xap_error *);
static const char *written;

void
xapw_set_end(void (*end)(const char *path, const struct xap_error *)) noexcept
{
	end_fn = end;
}

[[noreturn]] static void
terminate()
{
	struct xap_error err = { XAP_BUG, "ended by C++" };

	/* What was thrown last only says that there was no way back. */
	if (!xap::was_refused(errno, &err) &&
	    std::current_exception() != nullptr)
		xap::fail(&err);
	if (end_fn != nullptr)
		end_fn(written, &err);
	abort();
}

/* As long as it lives, a database is being written. */
struct writing {
	const std::terminate_handler before;

	explicit writing(const char *path)
	    : before(std::set_terminate(terminate))
	{
		written = path;
		errno = 0;
	}

	~writing()
	{
		std::set_terminate(before);
	}

	writing(const writing &) = delete;
	void operator=(const writing &) = delete;
};

/* guard() around what writes the database at path. */
template <typename Body>
static int
guard_writing(const char *path, struct xap_error *err, Body body) noexcept
{
	const writing w(path);
	int rc = guard(err, body);

	if (rc == -1 && err->code == XAP_CORRUPT)
		xap::was_refused(errno, err);
	return rc;
}

/* ---- opening and closing ---- */

/*
 * Xapian commits by itself after so many changes, by default 10,000; here
 * only xapw_commit() does.  1.4 listens to nothing but the environment.
 */
static void
commit_when_told()
{
	if (setenv("XAPIAN_FLUSH_THRESHOLD", "2147483647", 1) == -1)
		throw std::bad_alloc();
}

static void
refuse_existing(const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		xap::refuse(std::string(path) + ": exists");
}

int
xapw_create(const char *path, struct xapw_db **out,
    struct xap_error *err) noexcept
{
	return guard_writing(path, err, [&] {
		auto db = std::make_unique<xapw_db>();

		commit_when_told();
		refuse_existing(path);
		db->path = path;
		db->rep = Xapian::WritableDatabase(path, Xapian::DB_CREATE |
		    Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC);
		*out = db.release();
	});
}

static int
open_existing(const char *path, int flags, struct xapw_db **out,
    struct xap_error *err) noexcept
{
	return guard_writing(path, err, [&] {
		auto db = std::make_unique<xapw_db>();

		commit_when_told();
		db->path = path;
		xap::open(db->rep, path, Xapian::DB_OPEN |
		    Xapian::DB_NO_SYNC | flags);
		*out = db.release();
	});
}

int
xapw_open(const char *path, struct xapw_db **out,
    struct xap_error *err) noexcept
{
	return open_existing(path, 0, out, err);
}

int
xapw_open_private(const char *path, struct xapw_db **out,
    struct xap_error *err) noexcept
{
	return open_existing(path, Xapian::DB_DANGEROUS, out, err);
}

/*
 * Left to itself Xapian commits when a database is closed; but a transaction
 * that is open then is cancelled, with all that was not committed before it.
 */
void
xapw_free(struct xapw_db **db) noexcept
{
	struct xap_error ignored;

	if (*db == nullptr)
		return;
	const std::string path = std::move((*db)->path);

	guard_writing(path.c_str(), &ignored, [&] {
		(*db)->rep.begin_transaction(false);
	});
	guard_writing(path.c_str(), &ignored, [&] { delete *db; });
	*db = nullptr;
}

/* ---- writing ---- */

/* Zero bytes count double: that is how they are stored in a key. */
static bool
is_storable(const struct xapw_term &t)
{
	size_t zeros = 0;

	for (size_t i = 0; i < t.len; i++)
		zeros += t.s[i] == '\0';
	return t.len > 0 && t.len + zeros <= TERM_MAX_BYTES;
}

/*
 * What Xapian would find half way through a document, when it can only drop
 * all that was added since the last commit.
 */
static void
check(const struct xapw_doc *doc)
{
	size_t npositions = 0;

	for (size_t i = 0; i < doc->nterms; i++) {
		const struct xapw_term &t = doc->terms[i];

		if (!is_storable(t))
			xap::refuse("a term of " + std::to_string(t.len) +
			    " bytes: " + xap::str(t.s, t.len));
		npositions += t.npos;
	}
	if (npositions != doc->npositions)
		xap::refuse("terms own " + std::to_string(npositions) +
		    " positions of " + std::to_string(doc->npositions));
}

static Xapian::Document
build(const struct xapw_doc *doc)
{
	const uint32_t *position = doc->positions;
	Xapian::Document out;
	std::string term;

	for (size_t i = 0; i < doc->nterms; i++) {
		const struct xapw_term &t = doc->terms[i];

		term.assign(t.s, t.len);
		if (t.npos == 0) {
			out.add_term(term, t.wdf);
			continue;
		}
		out.add_posting(term, *position++, t.wdf);
		for (uint32_t k = 1; k < t.npos; k++)
			out.add_posting(term, *position++, 0);
	}
	for (size_t i = 0; i < doc->nvalues; i++)
		out.add_value(doc->values[i].slot,
		    xap::str(doc->values[i].s, doc->values[i].len));
	out.set_data(xap::str(doc->data, doc->ndata));
	return out;
}

int
xapw_add(struct xapw_db *db, const struct xapw_doc *doc, uint32_t *docid,
    struct xap_error *err) noexcept
{
	return guard_writing(db->path.c_str(), err, [&] {
		check(doc);
		const Xapian::docid id = db->rep.add_document(build(doc));

		if (docid != nullptr)
			*docid = id;
	});
}

int
xapw_delete_term(struct xapw_db *db, const char *term, size_t len,
    struct xap_error *err) noexcept
{
	return guard_writing(db->path.c_str(), err, [&] {
		db->rep.delete_document(xap::str(term, len));
	});
}

int
xapw_delete(struct xapw_db *db, uint32_t docid, struct xap_error *err) noexcept
{
	return guard_writing(db->path.c_str(), err, [&] {
		db->rep.delete_document(docid);
	});
}

int
xapw_set_metadata(struct xapw_db *db, const char *key, size_t nkey,
    const char *value, size_t nvalue, struct xap_error *err) noexcept
{
	return guard_writing(db->path.c_str(), err, [&] {
		db->rep.set_metadata(xap::str(key, nkey),
		    xap::str(value, nvalue));
	});
}

int
xapw_commit(struct xapw_db *db, struct xap_error *err) noexcept
{
	return guard_writing(db->path.c_str(), err, [&] { db->rep.commit(); });
}

/* FULL is as small as it gets; FULLER has bugs in 1.4. */
int
xapw_compact(const char *const *sources, size_t n, const char *out,
    bool is_single, struct xap_error *err) noexcept
{
	return guard_writing(out, err, [&] {
		Xapian::Database all, source;

		if (n == 0)
			xap::refuse("nothing to compact");
		refuse_existing(out);
		for (size_t i = 0; i < n; i++) {
			xap::open(source, sources[i], 0);
			all.add_database(source);
		}
		all.compact(out, static_cast<unsigned>(Xapian::Compactor::FULL) |
		    (is_single ? Xapian::DBCOMPACT_SINGLE_FILE : 0));
	});
}

#ifdef SANITIZERS
/* Xapian's check frees what it opened by the size of a base class of it. */
extern "C" const char *__asan_default_options(void);
extern "C" const char *
__asan_default_options(void)
{
	return "new_delete_type_mismatch=0";
}
#endif

int
xap_check(const char *path, size_t *errors, struct xap_error *err) noexcept
{
	return guard(err, [&] {
		try {
			*errors = Xapian::Database::check(path, 0, nullptr);
		} catch (const Xapian::DatabaseError &) {
			if (xap::is_nothing(path))
				throw xap::nothing_there(std::string(path) +
				    ": nothing there to check");
			throw;
		}
	});
}
