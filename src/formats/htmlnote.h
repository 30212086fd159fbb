/*
 * htmlnote: the marks of footnotes in a page, which are no part of the word
 * they stand behind.
 *
 * A mark is a number, a letter or a sign in a link that leads to a note, or
 * back from it.  Programs say so in different ways: by a role (EPUB,
 * DPUB-ARIA), by the name of the place it leads to (Word, LibreOffice, Pandoc),
 * or by raising the letters.  The notes themselves are text where they stand.
 *
 * Used by html.c.
 */
#ifndef HTMLNOTE_H
#define HTMLNOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* What may be a mark, for as long as it lasts; begins as { 0 }. */
struct html_note {
	size_t depth;		/* of its element; 0: there is none */
	bool is_said;		/* by a role */
	bool is_named;		/* by the place it leads to */
	bool is_raised, is_link;
	struct buf text;
};

/*
 * An element that is part of a line begins, with its attributes as libxml2 has
 * them: perhaps a mark, or more about the one that it is in.
 */
void html_note_begin(struct html_note *, const char *name,
    const unsigned char **attrs, size_t depth);
/* Text of it.  Returns false if it is too long for a mark. */
bool html_note_text(struct html_note *, const char *, size_t);
/*
 * It is complete, and is one; is_apart: there is text before it, and white
 * space between, so that without a role or raised letters it is a word of the
 * sentence ("zie noot 3").
 */
bool html_note_is_mark(const struct html_note *, bool is_apart);
/*
 * It is a raised number, "3" or "2)", right behind that text, which ends with a
 * word: the mark of a note without a link, or of a unit that is written in full.
 */
bool html_note_is_number(const struct html_note *, const struct buf *before);
/* There is none any more; the text is gone. */
void html_note_end(struct html_note *);

#endif
