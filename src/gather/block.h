/*
 * block: the block of labels and values that stands at the head of a text.
 *
 * Used by gather/head.c.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "gather/labels.h"

/* A label, with what stands behind or below it; all are bytes of the text. */
struct block_pair {
	size_t row;		/* of the label, in the table */
	size_t value, len;
	size_t at, end;		/* what the pair takes, a whole line if it can */
	size_t label_at, label_end;	/* the label's own line, if it stands
				 * alone above the value; else both 0 */
};

struct block {
	struct block_pair *pairs;
	size_t count, cap;
};

/* Whether a value can be what a label promises; see value_accepts(). */
typedef bool block_accepts(void *arg, enum target, const char *, size_t,
    bool is_sure);

/*
 * Find the block at the head of a text of paragraphs, each ended by a
 * newline: "Kenmerk: WI 2014/60", "Kenmerk<tab>WI 2014/60", "Kenmerk WI
 * 2014/60", or the label and its value in two paragraphs; also several pairs
 * with colons in one paragraph, and a date that runs into the text behind it.
 * A pair that stands alone counts if it has a colon and its value is sure.  A
 * block that says two things of the same label is a list, and none.
 * The caller clears *out with block_clear().
 */
void block_find(const struct labels *, const char *text, size_t n,
    block_accepts *, void *arg, struct block *out);
void block_clear(struct block *);

#endif
