/*
 * stem: Dutch words to stems.
 *
 * Snowball's Porter stemmer for Dutch (libstemmer "dutch" before Snowball 3,
 * "dutch_porter" since) behind corrections that are data: DUTCH.md chapter 1.
 *
 * Used by dutch/analyse.c only.
 */
#ifndef STEM_H
#define STEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct stemmer;

/*
 * Returns -1 with ERROR_CONFIG if libstemmer has no Porter stemmer for Dutch,
 * or a table in data/ cannot be read.
 */
int stemmer_open(struct stemmer **out, struct error *);
void stemmer_free(struct stemmer **);

/*
 * The stem of a folded word (utf8_fold) of n bytes.  Returns its length and
 * sets *stem, which is valid until the next call.  Words without a letter,
 * and words over 64 bytes, are their own stems.
 */
size_t stemmer_stem(struct stemmer *, const char *word, size_t n, const char **stem);

/*
 * Is a folded word one that stands before verbs and is written as one word
 * with them: aan, af (voorvoegsels.tsv)?
 */
bool stemmer_is_prefix(const struct stemmer *, const char *word);

/*
 * What the stems depend on: the library's algorithm (by the stems of probe
 * words) and the tables.  An index made with another fingerprint is refused.
 */
uint64_t stemmer_fingerprint(struct stemmer *);

#endif
