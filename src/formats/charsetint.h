/*
 * charsetint: what charset.c and charsetseen.c share.
 */
#ifndef CHARSETINT_H
#define CHARSETINT_H

#include <stddef.h>

/*
 * SINGLE: each byte is a character.  These become tables, as the module of a
 * converter that stays open is five mappings more for every fork to copy.
 */
enum how { UTF8, UTF16LE, UTF16BE, UTF32LE, UTF32BE, WINDOWS, SINGLE, ICONV, MIXED };

struct charset {
	enum how how;
	unsigned codepage;	/* 0: it has no number */
	const char *name;	/* iconv's name for it */
};

/*
 * The length of a character of UTF-8 that no text in windows-1252 has: accented
 * letters, and the quotes and dashes of a printed page.  0 if there is none.
 */
size_t charset_western(const char *s, size_t n);

/* By a byte order mark; NULL if there is none. */
const struct charset *charset_by_mark(const char *s, size_t n);

#endif
