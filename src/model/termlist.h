/*
 * termlist: the terms of one document while they are collected.
 *
 * Collected in any order, from words and from fields; put in the order of the
 * index once, at the end.
 *
 * Used by entry.c and entrykeys.c.
 */
#ifndef TERMLIST_H
#define TERMLIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A term that is no word of the document: it has no count or positions. */
#define TERMLIST_NO_KEY UINT32_MAX

struct listed_term {
	uint64_t head;		/* first 8 bytes, so that most comparisons are one */
	uint32_t key;		/* the caller's own, or TERMLIST_NO_KEY */
	uint32_t at, len;	/* in strings */
};

struct termlist {
	struct listed_term *items;
	size_t count, cap;
	struct buf strings;
};

/* Forget the terms and keep the room. */
void termlist_empty(struct termlist *);
void termlist_clear(struct termlist *);

/* Add the term of a prefix and n bytes: term_print(). */
void termlist_add(struct termlist *, const char *prefix, const char *s,
    size_t n, uint32_t key);
/* Sort by the bytes of the terms; of equal ones one stays. */
void termlist_sort(struct termlist *);

/*
 * Append a term to out: prefix and bytes; a hash stands for the end of bytes
 * that would not fit.
 */
void term_print(const char *prefix, const char *s, size_t n, struct buf *out);

#endif
