/*
 * copies: files of a corpus that hold one document: the same bytes, or the
 * same text in another format.
 *
 * Used by cmd/corpus.c.
 */
#ifndef COPIES_H
#define COPIES_H

#include "cmd/corpus.h"
#include "gather/portal.h"

/*
 * Set copy_of and copies of all files.  Files that have the size of another
 * are read if their content is not known.
 */
void copies_find(struct corpus *, const struct portal *);

#endif
