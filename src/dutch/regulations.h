/*
 * regulations: the laws, decrees, treaties and EU rules of regelingen.tsv,
 * under all their names.
 *
 * Used by dutch/cite*.c and model/entry.c.
 */
#ifndef REGULATIONS_H
#define REGULATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "dutch/names.h"

struct regulations;

enum { REGULATION_NONE = -1, REGULATION_KEY_BYTES = 48 };

/* How articles are numbered. */
enum numbering {
	NUMBERING_ANY,
	NUMBERING_PLAIN,	/* 29, 30a */
	NUMBERING_DOT,		/* 3.51 */
	NUMBERING_COLON,	/* 3:2 */
	NUMBERING_PLACE,	/* C2/4.4 */
};

struct regulation {
	const char *key;
	const char *name;
	const char *abbreviation;	/* the first, or "" */
	const char *called;		/* "wet=vw2000;besluit=vb2000" */
	enum numbering numbering;
	bool has_letter_parts;		/* 15c is article 15, c */
	bool is_article;		/* the key is of an article: 1F */
	char kind;			/* 'w' wet, 'b' besluit, ... */
};

/* What is asked of a name. */
enum name_use {
	USE_ALONE,			/* names the regulation as a whole */
	USE_BESIDE,			/* stands beside an article */
	USE_TITLE,			/* is what a document is called */
};

/*
 * Read the table and add its names to *names, as values from 0 up.  names
 * must live as long as the regulations.  Returns -1 with ERROR_CONFIG, also
 * when two regulations share a name.
 */
int regulations_load(struct names *, struct regulations **out,
    struct error *);
void regulations_free(struct regulations **);
uint64_t regulations_hash(const struct regulations *);

const struct regulation *regulation(const struct regulations *, int row);
/* The regulation with a key of n bytes, or REGULATION_NONE. */
int regulation_by_key(const struct regulations *, const char *key, size_t n);
/* The one with a number "BWBR0011823", in either case. */
int regulation_by_bwb(const struct regulations *, const char *s);
/* Whether a name may be used so where it is written as s, of n bytes. */
bool regulation_name_is(const struct regulations *, int value, const char *s,
    size_t n, enum name_use, int *row);
/* Whether that name is an abbreviation. */
bool regulation_name_is_short(const struct regulations *, int value);
/*
 * What a regulation calls another: called is "wet", "besluit", or the form of
 * a number without its own name, "1", "1.1", "1:1".
 */
int regulation_called(const struct regulations *, int row, const char *called,
    size_t n);

#endif
