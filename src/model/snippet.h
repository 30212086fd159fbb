/*
 * snippet: a stretch of stored text as one line, with what was asked for
 * marked.
 */
#ifndef SNIPPET_H
#define SNIPPET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dutch/analyse.h"
#include "model/passage.h"
#include "model/result.h"

/* A snippet has about this many characters. */
#define SNIPPET_CHARS 280

/*
 * What to mark: words the question asks for by their stem, literal words, and
 * beginnings of words.
 */
struct highlight {
	word_id *stems;
	size_t nstems, cap_stems;
	word_id *words;
	size_t nwords, cap_words;
	char **prefixes;	/* folded */
	size_t nprefixes, cap_prefixes;
};

void highlight_add_stem(struct highlight *, word_id);
void highlight_add_word(struct highlight *, word_id);
void highlight_add_prefix(struct highlight *, const char *folded, size_t n);
void highlight_clear(struct highlight *);
/*
 * Does the question ask for this token, or for parts of the compound that it
 * is?  Sets the bytes of text to mark.
 */
bool highlight_find(const struct highlight *, struct analyser *,
    const char *text, const struct token *, size_t *begin, size_t *end);

/*
 * Cut a snippet around a stretch out of text, whose first word stands at
 * position first_pos.  *out gets text and marks; page and heading are the
 * caller's to add.  is_begin, is_end: does the text begin (end) where the
 * document does?  Else dots show that more precedes (follows).
 */
void snippet_make(struct analyser *, const char *text, size_t len,
    uint32_t first_pos, const struct stretch *, const struct highlight *,
    bool is_begin, bool is_end, struct passage *out);

#endif
