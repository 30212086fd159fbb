/*
 * prose: lines as they were printed, back to paragraphs.
 *
 * Plain text and PDF have lines, not paragraphs.  What can be said of a line
 * by reading it alone stands here; what its place on the page says is the
 * format's.
 *
 * Used by formats/pdf*.c, slide.c and text.c.
 */
#ifndef PROSE_H
#define PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Append a line to a paragraph: with a space between, or without one where a
 * word was broken at the line end (verblijfs- / vergunning; but in- / en
 * uitreis, niet- / begeleide and REAN- / programma keep their hyphens).
 * Where the text breaks no words, every hyphen is one of its own.
 */
void prose_join(struct buf *para, const char *line, size_t len,
    bool breaks_words);

/*
 * Does a text break words at line ends?  From its number of lines, and of
 * those that end with a hyphen where the next begins with a small letter.
 */
bool prose_breaks_words(size_t lines, size_t hyphens);

/* The line ends with a hyphen, behind a letter. */
bool prose_has_hyphen(const char *line, size_t len);

/*
 * A line that is a numbered heading by its form ("3.4 Bekeerlingen",
 * "Artikel 12", "Hoofdstuk 3 Toegang"): its level, 1 to 6; else 0.
 */
unsigned prose_heading(const char *line, size_t len);

/* The bytes of the mark a list item begins with ("- ", "a. "), 0 if none. */
size_t prose_bullet(const char *line, size_t len);

/* The line is such a mark and nothing more, a space behind it or not. */
bool prose_is_bullet(const char *line, size_t len);

/* The line ends as a sentence does: . ! ? : ; perhaps within quotes. */
bool prose_is_ended(const char *line, size_t len);

/* The first word of the line, in bytes. */
size_t prose_first_word(const char *line, size_t len);

#endif
