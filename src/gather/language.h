/*
 * language: in which language a text is, by its most frequent words.
 *
 * Used by gather/portal.c.
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include <stddef.h>

#include "base/error.h"

struct languages;

/* Reads talen.tsv.  Returns -1 with ERROR_CONFIG. */
int languages_load(struct languages **out, struct error *);
void languages_free(struct languages **);

/*
 * The ISO 639-1 code of the language of a text, borrowed from the table; NULL
 * if there is too little text to tell, or it is mixed.
 */
const char *language_of(const struct languages *, const char *text, size_t n);

#endif
