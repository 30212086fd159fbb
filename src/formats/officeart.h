/*
 * officeart: the drawings of Office 97 to 2003.
 *
 * Used by doc.c and ppt.c.
 */
#ifndef OFFICEART_H
#define OFFICEART_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The letters that are drawn as a picture ("WordArt"), in the n properties of a
 * shape, which are the record of len bytes at s: UTF-16, not ended.  False if
 * there are none.
 */
bool officeart_letters(const char *s, size_t len, size_t n,
    const char **letters, size_t *letters_len);

/*
 * The same, of all shapes in the drawings of a Word file, each by a call of
 * put(): of those in its headers, or of those in its text.
 */
void officeart_word(const char *s, size_t len, bool in_headers,
    void (*put)(void *arg, const char *letters, size_t), void *arg);

#endif
