/*
 * lists: the values a field can have, as tables in data/: how visitors spell
 * them and how visitors read them.
 *
 * The tables are read once, at the start of a program, and then constant,
 * like fields[]: any thread may look things up.
 *
 * Used by gather/, index/, the query parser, the outputs and the programs.
 */
#ifndef LISTS_H
#define LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "model/fields.h"

/*
 * Read the tables.  A second call does nothing.  Returns -1 with ERROR_CONFIG
 * if a table cannot be read, has an empty value, or has one twice.
 */
int lists_load(struct error *);
void lists_free(void);

/*
 * The stored value that a typed one means ("Syrië", "syrie", "SY" and "SYR"
 * give "SY"; "WI" gives "werkinstructie"), or NULL if the list has no such
 * spelling, or the field no list.  Case, accents and punctuation of typed
 * play no part.
 */
const char *list_value(enum field_id, const char *typed);

/* What a spelling is: a mask to look for some only. */
enum {
	LIST_CODE = 1,		/* "SY": short, and a word by accident */
	LIST_NAME = 2,		/* "Syrië", "Tsjetsjenië" */
	LIST_RELATED = 4,	/* "Syrisch", "Syriërs" */
	LIST_ANY = 7
};
/* The same among some kinds of spelling; typed has n bytes. */
const char *list_find(enum field_id, const char *typed, size_t n,
    unsigned kinds);

/* What a visitor reads for a stored value; the value itself if unknown. */
const char *list_label(enum field_id, const char *value);

/* Walk a list in its order: NULL behind the end, or without a list. */
const char *list_item(enum field_id, size_t i);
/* Append the values of a list, at most max: "geldig, vervallen, ...". */
void list_print(enum field_id, size_t max, struct buf *out);

/* What has to be said about every document of a soort; texts are Dutch. */
struct disclaimer {
	const char *soort;
	const char *kort;	/* one sentence, for the terminal */
	const char *tekst;	/* the portal's own text */
};
/* NULL if nothing has to be said about that soort. */
const struct disclaimer *list_disclaimer(const char *soort);

/* Changes when a list does. */
uint64_t lists_hash(void);

/*
 * Append the form in which spellings are compared: folded, and runs of what
 * is neither letter nor digit as one space, none at the ends.
 */
void list_key(const char *s, size_t n, struct buf *out);

#endif
