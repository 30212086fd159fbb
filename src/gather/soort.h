/*
 * soort: what kind a document is, when nothing says so outright: from its
 * title, its name, its folders, its format, by data/soorten.tsv and
 * data/mappen.tsv.
 *
 * Used by gather/portal.c and value.c.
 */
#ifndef SOORT_H
#define SOORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* The soort of what is none of the others. */
#define SOORT_OVERIG "overig"

struct soorten;

/* lists_load() comes first.  Returns -1 with ERROR_CONFIG. */
int soorten_load(struct soorten **out, struct error *);
void soorten_free(struct soorten **);
uint64_t soorten_hash(const struct soorten *);

/* Each returns a stored value, borrowed from the tables, or NULL. */

/* By the words that a title, or the stem of a name, begins with. */
const char *soort_by_title(const struct soorten *, const char *s, size_t n);
/* By a general word: "webpagina"; of a title its first word. */
const char *soort_by_weak_word(const struct soorten *, const char *s, size_t n);
const char *soort_by_format(const struct soorten *, const char *format);

/* Whether titles of that soort name the countries that it is about. */
bool soort_has_countries(const struct soorten *, const char *soort);

/* What the folders of a path say; the deepest that says something counts. */
enum folder_column { FOLDER_SOORT = 1, FOLDER_THEMA, FOLDER_KENMERK };
const char *folder_says(const struct soorten *, const char *path,
    enum folder_column);

#endif
