/*
 * fields: what one can ask about.  The table is fields.def.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include <stdint.h>

/* The four ways a value behaves. */
enum field_kind {
	FIELD_TEXT,		/* analysed words */
	FIELD_KEYWORD,		/* an exact folded value */
	FIELD_DATE,		/* YYYYMMDD */
	FIELD_PERIOD,		/* from-until, asked as geldig, vervallen, ... */
};

enum {
	FIELD_SHOW = 1,		/* part of a hit */
	FIELD_FACET = 2,
	FIELD_MANY = 4,		/* a document may have several values */
	FIELD_SORT = 8,
	FIELD_CLOSED = 16,	/* its values are a table; others are an error */
	FIELD_YEAR = 32,	/* its values are years of four digits */
};

enum field_id {
#define FIELD(id, name, prefix, slot, kind, flags, label) FIELD_##id,
#include "model/fields.def"
#undef FIELD
	NFIELDS
};

struct field {
	enum field_id id;
	const char *name;	/* in queries; "" for the text itself */
	const char *prefix;	/* of its terms */
	uint32_t slot;		/* 0: none */
	enum field_kind kind;
	unsigned flags;
	const char *label;	/* for visitors, Dutch */
};

extern const struct field fields[NFIELDS];

/* The field of that name; NULL if there is none. */
const struct field *field_by_name(const char *name);
/* Hash of all rows: an index built with another table is refused. */
uint64_t fields_hash(void);

/*
 * Slots of the index that belong to no single field.  FACETS holds all facet
 * values of a document in one value (entryvalues.c), PERIOD begin and end.  The
 * text is kept in values too, because they can be read one by one, also from a
 * remote database, and go when their document goes.
 */
enum {
	SLOT_FACETS = 30,
	SLOT_PERIOD = 31,
	SLOT_VERSION = 32,	/* what a document says of its versions: versions.h */
	SLOT_LAYOUT = 99,	/* where things stand in the text: layout.h */
	SLOT_TEXT = 100,	/* chunk 0 of the text; chunk 1 in the next, ... */
};

#endif
