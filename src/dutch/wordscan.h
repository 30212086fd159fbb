/*
 * wordscan: where words begin and end in a text.
 *
 * The rules are those of analyse.h: runs of letters and digits, and what may
 * join them.  What the words are is not looked at here.
 *
 * Used by analyse.c and model/snippet.c.
 */
#ifndef WORDSCAN_H
#define WORDSCAN_H

#include <stdbool.h>
#include <stddef.h>

struct wordscan {
	size_t begin, end;	/* bytes in the text */
	bool is_dotted;		/* a letter-dot run: a.m.v. */
};

/*
 * The first word at byte at or behind it, in a text of len bytes of UTF-8;
 * false if there is none.
 */
bool wordscan_next(const char *text, size_t len, size_t at,
    struct wordscan *out);
/* Whether a letter stands at byte at; none does behind the end. */
bool wordscan_is_letter(const char *text, size_t len, size_t at);

#endif
