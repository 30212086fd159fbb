/*
 * officeart: the drawings of Office 97 to 2003.
 *
 * Used by ppt.c.
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

#endif
