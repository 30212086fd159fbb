/*
 * entrykeys: the terms of a document that are not words of it and have no
 * positions: values of its fields, where it lies, of what it is a version, and
 * the names by which it is called.  The prefixes are in entry.h.
 *
 * Used by entry.c.
 */
#ifndef ENTRYKEYS_H
#define ENTRYKEYS_H

#include "dutch/analyse.h"
#include "model/doc.h"
#include "model/termlist.h"

/* Add them; the analyser reads numbers, laws and names in titles. */
void entry_keys_add(struct analyser *, const struct doc *, struct termlist *);

#endif
