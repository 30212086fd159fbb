/*
 * sru: answers of SRU (Search/Retrieve via URL), versions 1.1 and 1.2, with
 * records in Dublin Core.
 *
 * Used by cgi/sru.c; sruexplain.c is a part of it.
 */
#ifndef SRU_H
#define SRU_H

#include "base/buf.h"
#include "show/output.h"

#define SRU_TYPE	"text/xml; charset=utf-8"
#define SRU_SCHEMA	"info:srw/schema/1/dc-v1.1"
#define SRU_SCHEMA_NAME	"dc"

/* Diagnostics of the protocol, by their numbers in info:srw/diagnostic/1. */
enum {
	SRU_OPERATION = 4,
	SRU_VERSION = 5,
	SRU_VALUE = 6,
	SRU_MISSING = 7,
	SRU_PARAMETER = 8,
	SRU_LENGTH = 12,
	SRU_QUERY_FEATURE = 48,
	SRU_POSITION = 61,
	SRU_UNKNOWN_SCHEMA = 66,
	SRU_PACKING = 71,
	SRU_XPATH = 72,
	SRU_STYLESHEET = 110,
};

/* What went wrong; details is UTF-8, "" for none. */
struct sru_diagnostic {
	unsigned code;
	const char *details;
};

/* A search as it was asked for, which is said again in the answer. */
struct sru_search {
	const char *version;	/* "1.1" or "1.2" */
	const char *query;	/* NULL: none was given */
	const char *sort_keys;	/* the same */
	unsigned start, maximum;
	unsigned last_start;	/* the greatest start one may ask for */
};

/*
 * Append the answer to a search: what the view has found, or (view NULL) why
 * there is nothing.
 */
void sru_print_answer(const struct sru_search *, const struct view *,
    const struct sru_diagnostic *, struct buf *out);

/* What an explanation says of the place. */
struct sru_place {
	const struct site *site;
	const char *version;	/* of the answer */
	const char *contact;	/* NULL: none */
	unsigned count, max_count;	/* records of an answer: default, most */
};
/* Append the explanation of what can be asked; diagnostic may be NULL. */
void sru_print_explain(const struct sru_place *, const struct sru_diagnostic *,
    struct buf *out);

/* Append <diagnostics>; nothing for NULL. */
void sru_print_diagnostic(const struct sru_diagnostic *, struct buf *out);

#endif
