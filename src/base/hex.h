/*
 * hex: bytes that are written as two hexadecimal digits: %41 in URLs, =41 in
 * mail, \'41 in RTF.
 *
 * Used by whoever undoes such an escape.
 */
#ifndef HEX_H
#define HEX_H

#include <stddef.h>

/* The byte at s, which has n characters; -1 if it does not begin with two
 * digits, in either case. */
int hex_byte(const char *s, size_t n);

#endif
