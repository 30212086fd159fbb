/*
 * sniff: what kind of text a text is.
 *
 * Used by format.c and text.c.
 */
#ifndef SNIFF_H
#define SNIFF_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The name of the format of text in UTF-8, from its first bytes: "html",
 * "svg", "xml", "eml", "mhtml"; NULL: it is plain text as far as can be seen.
 */
const char *sniff_text(const char *, size_t);

/* Too many control bytes for text in any charset but UTF-16. */
bool sniff_is_binary(const char *, size_t);

#endif
