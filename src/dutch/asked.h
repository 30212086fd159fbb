/*
 * asked: the words of a question, in all the ways a table may write them.
 *
 * Used by dutch/expand.c only.
 */
#ifndef ASKED_H
#define ASKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dutch/expand.h"
#include "dutch/thesaurus.h"

enum { ASKED_JOINED = 4 };	/* words typed apart that a table writes as one */

struct asked_word {
	const char *typed;
	size_t ntyped;
	word_id word, stem;
	word_id bare;		/* the stem of amv, where amv's was typed */
	/* The stem of this word and the next k + 1 written as one. */
	word_id joined[ASKED_JOINED - 1];
	size_t place;		/* of the word of the question it is part of */
	bool can_skip;		/* may stand between the words of a term */
	bool is_plain;		/* lacks its capitals: a word like others */
};

struct asked {
	struct analyser *analyser;
	struct asked_word *words;
	size_t n, cap;
	bool is_shouted;	/* in capitals throughout: they tell nothing */
	uint8_t keys[SPELLING_KEYS / 8];	/* that may be asked for */
};

/* Read a question; its words outlive it.  Free with asked_clear(). */
void asked_init(struct asked *, struct analyser *,
    const struct expand_word *words, size_t n);
void asked_clear(struct asked *);

/* Is a spelling with these flags, of one word, typed with its capitals? */
bool asked_is_written(const struct asked *, size_t i, unsigned flags);
/* May a spelling with this key be asked for? */
bool asked_has_key(const struct asked *, uint16_t key);

#endif
