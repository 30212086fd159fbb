/*
 * head: what the first lines of a text say about the document.
 *
 * Used by gather/portal.c.
 */
#ifndef HEAD_H
#define HEAD_H

#include "gather/heard.h"
#include "gather/value.h"
#include "model/doc.h"

/*
 * Put what a block of labels at the head of the text says in *doc, where it
 * is not known yet, and cut the block from the text and its marks.  A single
 * label stays where it is.
 */
void head_take_block(const struct tables *, struct heard *, struct doc *);

/* Put a number that one of the first lines, or a heading, begins with in *doc. */
void head_take_number(const struct tables *, struct heard *, struct doc *);

#endif
