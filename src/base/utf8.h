/*
 * utf8: code points, validity, folding.  Over utf8proc.
 *
 * Inside naslag all text is valid UTF-8; bytes from outside pass through
 * utf8_clean() once, at the edge.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Decode the character at s, of at most n > 0 bytes.  Returns its length in
 * bytes and sets *c; 0 if the bytes are not a UTF-8 character (overlong
 * forms, surrogates and values above U+10FFFF are none).
 */
size_t utf8_decode(const char *s, size_t n, uint32_t *c);
bool utf8_valid(const char *s, size_t n);
/*
 * Append s to out as clean text: bytes that are not UTF-8 become U+FFFD;
 * controls (C0, C1) become spaces except newline and tab; noncharacters and
 * bidirectional overrides (U+202A-202E, U+2066-2069) vanish.
 */
void utf8_clean(const char *s, size_t n, struct buf *out);
/* The number of code points in valid UTF-8. */
size_t utf8_count(const char *s, size_t n);
/*
 * Append the folded form of s: NFKC, case folded, marks removed (Syriërs
 * becomes syriers), soft hyphens and zero-width characters dropped, the
 * ligature IJ two letters.  This is how words are compared everywhere.
 */
void utf8_fold(const char *s, size_t n, struct buf *out);
/* A letter, a digit or a mark: what words are made of. */
bool utf8_is_word(uint32_t c);
bool utf8_is_digit(uint32_t c);
bool utf8_is_letter(uint32_t c);
/* Is there a letter in it, before anything that is no UTF-8? */
bool utf8_has_letter(const char *, size_t);
bool utf8_is_mark(uint32_t c);
bool utf8_is_upper(uint32_t c);
bool utf8_is_space(uint32_t c);
/* Characters within a word that are not there: U+00AD, U+200B-200D, U+2060,
 * U+FEFF. */
bool utf8_is_ignorable(uint32_t c);

/* How many of the first bytes at s are ASCII; eight at a time. */
size_t utf8_ascii_run(const char *s, size_t n);

#endif
