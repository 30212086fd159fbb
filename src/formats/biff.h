/*
 * biff: the records of an Excel 5 to 2003 workbook, and the strings in them.
 *
 * Used by xls.c.
 */
#ifndef BIFF_H
#define BIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/charset.h"

/* A flag of a string: two bytes a character. */
#define BIFF_WIDE 1

struct biff {
	struct buf stream;
	size_t at;		/* of the next record */
	bool is_old;		/* Excel 5 or 95: strings are bytes */
	const struct charset *charset;	/* of these */
};

struct biff_record {
	unsigned type;
	const char *s;
	size_t len;
};

/* The next record, as far as the stream has it; false if there is none. */
bool biff_next(struct biff *, struct biff_record *);
/* The same if it goes on with the record before; else it stays the next. */
bool biff_continued(struct biff *, struct biff_record *);

/* Append characters: two bytes each, or the lower byte of it. */
void biff_add_characters(const char *, size_t n, bool is_wide, struct buf *);
/*
 * Append a string of count characters at s, with its flags before it where
 * strings have them.  One cut short is as long as it is.
 */
void biff_add_string(const struct biff *, const char *s, size_t len,
    size_t count, struct buf *);
/* The same where the count, of so many bytes, stands before it. */
void biff_add_counted(const struct biff *, const char *s, size_t len,
    size_t bytes, struct buf *);

#endif
