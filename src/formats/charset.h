/*
 * charset: from the bytes of a document to UTF-8.
 *
 * Converters beyond UTF-8, UTF-16 and windows-1252 are iconv's, which loads
 * them from files: charset_init() opens those worth having before the process
 * is confined, or asks them for all they know and closes them.  One that could not be opened reads as windows-1252.
 *
 * Used by the formats.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct charset;

/* Open the converters.  Once, before the process is confined. */
void charset_init(void);

/* By label ("ISO-8859-1", as browsers read it) or NULL; any case, trimmed. */
const struct charset *charset_find(const char *label, size_t len);
/* By the number Windows gives a code page, or NULL. */
const struct charset *charset_codepage(unsigned number);
/* UTF-8 here, windows-1252 there: pages that programs put together. */
#define CHARSET_MIXED	65099U
/*
 * What the bytes themselves say: a byte order mark, the zero bytes of UTF-16
 * and UTF-32, valid UTF-8, or much of it among other bytes; the letters within
 * Dutch words as DOS (850) or an old Macintosh wrote them; else windows-1252.
 * Never NULL.
 */
const struct charset *charset_detect(const char *s, size_t n);
/*
 * The charset of bytes that are said to be in one, or in none if said is NULL.
 * Labels are wrong so often that bytes which can only be UTF-8 or UTF-16 are,
 * and those that are said to be UTF-8 and are not, are windows-1252.
 */
const struct charset *charset_choose(const struct charset *said, const char *s,
    size_t n);
/* The same of a page of HTML or XML, with what it declares itself. */
const struct charset *charset_of_page(const char *s, size_t n);

/*
 * Append s to out as valid UTF-8 without NUL and byte order mark; what cannot
 * be read is U+FFFD.
 */
void charset_decode(const struct charset *, const char *s, size_t n,
    struct buf *out);

/*
 * The character of a unit of UTF-16 as Word writes it, one after the other, a
 * surrogate that waits for its other half in *high (0: none).  False if *c is
 * such.  A half without the other is U+FFFD or nothing, the marks of symbol
 * fonts are U+2022.
 */
bool charset_unit(uint32_t *c, uint32_t *high);

#endif
