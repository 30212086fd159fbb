/*
 * translate: what pages say, in English.
 *
 * The Dutch text in the source is the key, as with gettext, and data/en.po is
 * the catalogue, with the labels of the lists in data/ too.  It is read as it
 * is and not through libintl, which finds a language by the locale of the
 * process: one that serves both languages, is locked down and has no locales
 * could not.  tools/en.po.sh brings the catalogue up to date with the source.
 *
 * Used by cgi/main.c and the page.
 */
#ifndef TRANSLATE_H
#define TRANSLATE_H

#include <stdbool.h>

#include "base/error.h"

/*
 * Read the catalogue.  A second call does nothing.  A program that can open no
 * files later calls this before; else the first translation does.  Returns -1
 * with ERROR_CONFIG if it cannot be read, or is none.
 */
int translate_load(struct error *);
void translate_free(void);

/*
 * A text as it is in English, or as it is if is_english is false; itself if it
 * has no translation.  Borrowed, from the caller or the catalogue.
 */
const char *translate(bool is_english, const char *dutch);

#endif
