/*
 * xapw: the part of Xapian we use, in C.  Writing side.
 *
 * The conventions are those of xap.h.  Only one writer can have a database
 * open; a second gets XAP_BUSY.
 *
 * Nothing is committed but by xapw_commit() (to which end opening sets
 * XAPIAN_FLUSH_THRESHOLD in the environment), and nothing is synced: whoever
 * keeps a database has to fsync its files and its directory.
 */
#ifndef XAPW_H
#define XAPW_H

#include "xap.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xapw_db;

/*
 * When writing has failed, Xapian may fail again while it tidies up, in a way
 * that ends a C++ program.  Then end() is called, with the database that was
 * written and what failed first; it must not return, nor call anything here.
 */
void xapw_set_end(void (*end)(const char *path, const struct xap_error *))
    XAP_NOEXCEPT;

/*
 * One whole document, as flat arrays.  Terms are in ascending byte order,
 * without doubles, each at most 245 bytes; positions are one array in which
 * the i-th term owns the next npos of them, ascending.
 */
struct xapw_term {
	const char *s;
	size_t len;
	uint32_t wdf;		/* frequency within the document */
	uint32_t npos;
};

struct xapw_value {
	uint32_t slot;
	const char *s;
	size_t len;
};

struct xapw_doc {
	const struct xapw_term *terms;
	size_t nterms;
	const uint32_t *positions;
	size_t npositions;
	const struct xapw_value *values;
	size_t nvalues;
	const char *data;
	size_t ndata;
};

/* Create an empty database in directory path, which must not exist. */
int xapw_create(const char *path, struct xapw_db **out,
    struct xap_error *) XAP_NOEXCEPT;
/* Open an existing one for writing. */
int xapw_open(const char *path, struct xapw_db **out,
    struct xap_error *) XAP_NOEXCEPT;
/*
 * The same for one that nobody else reads and that is thrown away if it is
 * not finished: blocks are changed in place.
 */
int xapw_open_private(const char *path, struct xapw_db **out,
    struct xap_error *) XAP_NOEXCEPT;
/* Close; changes that were not committed are lost. */
void xapw_free(struct xapw_db **) XAP_NOEXCEPT;

/*
 * Add a document; docid may be NULL.  XAP_INVALID (a term that is empty or
 * too long, positions that do not add up) changes nothing; another failure
 * loses all that was not committed.
 */
int xapw_add(struct xapw_db *, const struct xapw_doc *, uint32_t *docid,
    struct xap_error *) XAP_NOEXCEPT;
/* Delete all documents that hold the term. */
int xapw_delete_term(struct xapw_db *, const char *term, size_t len,
    struct xap_error *) XAP_NOEXCEPT;
/* Delete a document; -1 with XAP_ABSENT if it is not there. */
int xapw_delete(struct xapw_db *, uint32_t docid, struct xap_error *) XAP_NOEXCEPT;
/* An empty value removes the key. */
int xapw_set_metadata(struct xapw_db *, const char *key, size_t nkey,
    const char *value, size_t nvalue, struct xap_error *) XAP_NOEXCEPT;
int xapw_commit(struct xapw_db *, struct xap_error *) XAP_NOEXCEPT;

/*
 * Compact n databases into one new one at path out; document ids are given
 * anew in the order of the sources.  Where two sources have one metadata key,
 * the first wins.  With is_single out is one file instead of a directory,
 * for reading only.  out must not exist; a failure may leave a part of it.
 */
int xapw_compact(const char *const *sources, size_t n, const char *out,
    bool is_single, struct xap_error *) XAP_NOEXCEPT;

/*
 * Xapian's own check of a database, or of one table (DIR/postlist.glass),
 * about 5 s a gigabyte.  Sets *errors to the number of faults found, 0 if all
 * is well; returns -1 if it could not be checked.  It prints nothing and
 * changes nothing, but wants to be able to write.
 *
 * A damaged table may end the process, and much damage is not found (there
 * are no checksums): call it in a child, and keep digests.
 */
int xap_check(const char *path, size_t *errors, struct xap_error *) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
