/*
 * correct: misspelt words of a question, by the vocabulary of the index.
 *
 * Used by widen.c and search.c.
 */
#ifndef CORRECT_H
#define CORRECT_H

#include "dutch/spell.h"
#include "index/widen.h"

/*
 * What words of a run may have been meant to be; nothing if the index has no
 * vocabulary.  Returns how many changes there are, at most max.
 */
size_t correct_words(struct compiler *, const struct typed *, size_t n,
    struct spell_change *out, size_t max);

/* Note a correction: text for the words typed from first to last. */
void correction_note(struct compiler *, const char *first, const char *last,
    const char *text);

/*
 * The question as typed, with its corrections; NULL if there are none.  The
 * caller frees it.
 */
char *correct_question(const struct compiled *, const char *q);

#endif
