/*
 * doc: one portal document: its fields' values, each with its origin, and its
 * text.
 *
 * Values of KEYWORD fields are in their stored form: a soort is its value
 * ("vdl-factsheet"), a land its ISO code in capitals ("SY"), a thema its name
 * as the portal writes it, a taal its ISO 639-1 code, a kenmerk as the portal
 * writes it ("WI 2014/60").
 */
#ifndef DOC_H
#define DOC_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "model/fields.h"
#include "model/textprint.h"

/* Where a value comes from, best first. */
enum origin {
	ORIGIN_SIDECAR,		/* NAME.EXT.metadata.xml */
	ORIGIN_EMBEDDED,	/* meta tags, label list, RDF, properties */
	ORIGIN_TEXT,		/* a label block or number at the head of the text */
	ORIGIN_TITLE,		/* read from the title */
	ORIGIN_NAME,		/* the file name */
	ORIGIN_FOLDER,
	ORIGIN_DERIVED,		/* computed from another field or the whole text */
	NORIGINS
};

const char *origin_name(enum origin);	/* "sidecar": for naslag show */

struct doc_value {
	char *text;
	enum origin origin;
};

struct doc_values {
	struct doc_value *items;
	size_t count, cap;
};

/* A page or heading; see struct extract_mark, whose shape this is. */
struct doc_mark {
	size_t at;		/* byte offset in text */
	uint32_t page;		/* number of the page that begins, else 0 */
	uint32_t level;		/* level of the heading that begins, else 0 */
	uint32_t len;		/* bytes of the heading's text */
};

struct doc {
	char *id;		/* PUC_5880_1, or the path */
	char *pad;		/* path relative to the corpus */
	char *bestand;		/* path of the file that it lies in, an archive or
				 * message; NULL: it is a file itself */
	char *url;		/* NULL if none is known */
	char *citeertitel;	/* the short title of a regulation; NULL if it
				 * has none beside its title */
	struct doc_values values[NFIELDS];	/* TITEL, SOORT, KENMERK, LAND, THEMA,
				 * JAAR, FORMAAT, TAAL, CITEERT; not TEKST */
	int datum_ymd;		/* DATE_NONE if unknown */
	enum origin datum_origin;
	int van_ymd, tot_ymd;	/* validity; both DATE_NONE: onbekend; one open:
				 * DATE_OPEN_BEGIN, DATE_OPEN_END */
	enum origin van_origin, tot_origin;
	char *status;		/* "ok", or why the text is not searchable */
	char *verouderd;	/* the day, YYYY-MM-DD, since which the file cannot
				 * be read: the text is that of before; or NULL */
	char *herkend;		/* how much of the text was recognised in a scan,
				 * "geheel" or "gedeeltelijk"; NULL: none */
	uint32_t paginas;	/* 0 if the format has no pages */
	char *paginering;	/* how they are numbered: paginering.h; NULL: from
				 * 1 on */
	char **ook_als;		/* paths of the same document elsewhere */
	size_t nook_als;
	char **vervangt;	/* kenmerken that it says it replaces */
	size_t nvervangt;
	char **vervangen_door;	/* and that it says it is replaced by */
	size_t nvervangen_door;
	char **conflicts;	/* where its sources contradict each other, ready
				 * to print: "datum: 2019-07-01 (sidecar),
				 * 2019-07-10 (text)" */
	size_t nconflicts;
	struct textprint print;	/* of the text; not in the record */
	struct buf text;
	struct doc_mark *marks;
	size_t nmarks;
};

void doc_clear(struct doc *);
/*
 * Add a value unless the field has that value already, or has (and is not
 * MANY) a value of a better or equal origin.  A better origin replaces what
 * worse ones said, for MANY fields too: origins are not mixed.
 */
void doc_add(struct doc *, enum field_id, const char *value, enum origin);
/* Append a string, which it takes over, to one of the lists of strings. */
void doc_list_add(char ***items, size_t *n, char *s);
/* The first value; NULL if there is none. */
const char *doc_first(const struct doc *, enum field_id);

/*
 * The record kept in the index: everything except text, marks and layout, as
 * lines "name=value".  doc_record_parse() is the inverse; it returns -1 with
 * ERROR_INDEX when the bytes are no record.
 */
void doc_record_print(const struct doc *, struct buf *out);
int doc_record_parse(const char *bytes, size_t n, struct doc *out, struct error *);

#endif
