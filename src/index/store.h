/*
 * store: the published index, for reading.
 *
 * An index is a directory with a stub file, current, that names the published
 * generation (or several databases, local or remote).  What store keeps in
 * Xapian beyond terms and values:
 *
 *    metadata fingerprint   of analysis and fields; another one is refused
 *    metadata generatie, documenten, ondoorzoekbaar, gemaakt, verborgen
 *    value 99, 100, ...     layout and chunks of the text of a document
 *    document data          doc's record
 *
 * Used by all of index/ that reads, and the programs.
 */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "dutch/analyse.h"
#include "model/doc.h"
#include "model/layout.h"

struct columns;			/* columns.h */
struct store;
struct suggestions;		/* suggest.h */
struct vocabulary;		/* vocabulary.h */

#define STORE_CURRENT	"current"	/* the stub's name within an index */

/*
 * Open the index in directory path.  Returns -1 with ERROR_NOINDEX if there
 * is none, ERROR_INDEX if it is damaged or was made with other analysis or
 * fields.  The analyser is borrowed.  Free with store_free().
 */
int store_open(const char *path, struct analyser *, struct store **out,
    struct error *);
/*
 * The same of one database, such as a generation, published or not.  Returns
 * -1 with ERROR_INDEX if there is none, too.
 */
int store_open_database(const char *dir, struct analyser *, struct store **out,
    struct error *);
void store_free(struct store **);

/* What store_open() compares: analysis and fields. */
uint64_t store_fingerprint(struct analyser *);

struct store_facts {
	uint32_t generation;
	uint32_t documents;	/* in the index */
	uint32_t files;		/* of the corpus, copies included */
	uint32_t unsearchable;	/* documents whose text is not searchable */
	char made[32];		/* UTC, ISO 8601 */
	char corpus[512];	/* the directory that was indexed */
	bool has_delta;		/* see database.h */
};
void store_facts(const struct store *, struct store_facts *);

/*
 * Find documents by what a user calls them: id, path, kenmerk, or a number in
 * any spelling (cite.h), tried in that order.  Sets *docids (the caller frees
 * it) and returns how many, or -1 with ERROR_ABSENT.
 */
int store_find(const struct store *, const char *name, uint32_t **docids,
    struct error *);

/*
 * All documents, in the order of their numbers.  Sets *docids, which the
 * caller frees, and *n.
 */
int store_documents(const struct store *, uint32_t **docids, size_t *n,
    struct error *);

/* A document as it was indexed, without text.  The caller clears *out. */
int store_doc(const struct store *, uint32_t docid, struct doc *out,
    struct error *);
/* The layout of a document's text; all zeroes if it has none. */
int store_layout(const struct store *, uint32_t docid, struct layout *out,
    struct error *);
/* Append chunks first to last of a document's text. */
int store_text(const struct store *, uint32_t docid, size_t first, size_t last,
    struct buf *out, struct error *);

/*
 * The words of the published generation, opened when first asked for.  NULL if
 * it has none, or they are damaged: then nothing is corrected.
 */
const struct vocabulary *store_vocabulary(const struct store *);
/* The same of what visitors may be typing. */
const struct suggestions *store_suggestions(const struct store *);
/* The same of what facets count; NULL, and slots have to be read. */
const struct columns *store_columns(const struct store *);

/* For search.c. */
struct expander;
struct xap_db;
struct xap_error;
const struct xap_db *store_db(const struct store *);
struct analyser *store_analyser(const struct store *);
/*
 * Other words for those of a question, opened when first asked for.  NULL
 * with ERROR_CONFIG if a table in data/ cannot be read.
 */
const struct expander *store_expander(const struct store *, struct error *);
/* The directory of the generation, to name in messages. */
const char *store_path(const struct store *);
/* Returns -1.  Out of memory ends the program, as for xmalloc(). */
int store_error(const struct xap_error *, const char *what, struct error *);

#endif
