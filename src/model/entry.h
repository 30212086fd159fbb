/*
 * entry: what goes into the index for one document.  This is the schema.
 *
 *    term                  is
 *    word                  a folded word of title or text, with positions
 *    Zstem                 a stem that differs from the word, with positions;
 *                          the stem of a part of a compound (Dutch only)
 *    Sword, ZSstem         the same for the title alone
 *    XCITkey, XNRkey       what it cites, with all that this is a part of; what
 *                          it is itself, by number or place (cite.h), with
 *                          positions
 *    XEIGENkey             the law or number that it is as a whole (cite.h)
 *    XNAAMkey              its title and short title, as keys (docname.h)
 *    XAFKkey, XRAFKkey     what laws, and other regulations, are called for
 *                          short (docname.h)
 *    XSOORTwerkinstructie  a value of a KEYWORD field: prefix, folded value
 *    XGELDonbekend         no validity is known
 *    Qpath                 the document by its own path: one in the index
 *    XIDid, XPADpath       by its id; by each path it can be found under
 *    XSTATUSscan           why its text is not searchable
 *    XFAMkey               what versions of it share (version_key())
 *    XVERVwi 2014/13       it replaced that one, or was replaced by it
 *
 * A word that is its own stem stands once, under itself: the stem asiel is
 * found as asiel or Zasiel.  That keeps quoted words exact, at two thirds of
 * the size of indexing every word and every stem.
 *
 *    slot                  holds
 *    11 titel              folded title, for sorting
 *    16 datum              YYYYMMDD
 *    17, 18 geldigheid     first and last day, YYYYMMDD; none if onbekend
 *    30 facets             all facet values: fields separated by 0x1E in the
 *                          order of fields.def, values by 0x1F
 *    31 period             first and last day in one value, "-" if onbekend
 *    32 version            what it says of its versions (versions.h)
 *
 * Positions: the title from 1 on, a short title SHORT_GAP behind it, the text
 * TEXT_GAP behind those.
 * Text, layout and record are kept by writer.c.
 */
#ifndef ENTRY_H
#define ENTRY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "dutch/analyse.h"
#include "model/doc.h"
#include "model/layout.h"

/* How far title and text stand apart, so that no phrase spans them. */
#define TEXT_GAP 100

/* How far title and short title do. */
#define SHORT_GAP 20

/* A word of the title counts as often as this many of the text. */
#define TITLE_WDF 5

struct entry_term {
	const char *s;
	size_t len;
	uint32_t wdf;
	uint32_t npos;
};

struct entry_value {
	uint32_t slot;
	char *s;
	size_t len;
};

struct entry {
	struct entry_term *terms;	/* ascending, no doubles */
	size_t nterms;
	const uint32_t *positions;	/* npos of the first term, then ... */
	size_t npositions;
	struct entry_value *values;
	size_t nvalues, cap_values;
	struct layout layout;
};

/* Reused from document to document: the memory of the work is kept. */
struct entry_builder;

void entry_builder_open(struct analyser *, struct entry_builder **out);
void entry_builder_free(struct entry_builder **);

/*
 * Build the entry of a document.  The result belongs to the builder and lasts
 * until its next call.
 */
const struct entry *entry_build(struct entry_builder *, const struct doc *);

/*
 * Append the term of a KEYWORD value: prefix and folded value; a hash stands
 * for the end of values that would not fit.
 */
void entry_keyword_term(const char *prefix, const char *value, struct buf *out);
/* The same for what is no text, ids and paths: bytes as they are. */
void entry_bytes_term(const char *prefix, const char *bytes, struct buf *out);

#define ENTRY_PREFIX_CITED	"XCIT"	/* that of FIELD_CITEERT */
#define ENTRY_PREFIX_OWN	"XNR"
#define ENTRY_PREFIX_WHOLE	"XEIGEN"
#define ENTRY_PREFIX_NAME	"XNAAM"
#define ENTRY_PREFIX_ACRONYM	"XAFK"
#define ENTRY_PREFIX_ACRONYM_OTHER "XRAFK"
#define ENTRY_PREFIX_UNIQUE	"Q"
#define ENTRY_PREFIX_ID		"XID"
#define ENTRY_PREFIX_PATH	"XPAD"
#define ENTRY_PREFIX_STATUS	"XSTATUS"
#define ENTRY_PREFIX_FAMILY	"XFAM"
#define ENTRY_PREFIX_REPLACED	"XVERV"
#define ENTRY_VALUE_UNKNOWN	"onbekend"
#define ENTRY_FIELD_SEP		'\x1E'
#define ENTRY_VALUE_SEP		'\x1F'

#endif
