/*
 * entryvalues: the values of a document in the index, slot by slot: what it is
 * sorted, counted and limited in time by.  The slots are in entry.h.
 *
 * Used by entry.c.
 */
#ifndef ENTRYVALUES_H
#define ENTRYVALUES_H

#include "model/doc.h"
#include "model/entry.h"

/* Make the values of a document those of its entry, in place of what it had. */
void entry_values_set(struct entry *, const struct doc *);
void entry_values_clear(struct entry *);

#endif
