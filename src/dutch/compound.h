/*
 * compound: Dutch compounds into their parts.
 *
 * verblijfsvergunning is verblijf + s + vergunning.  A split is the chain of
 * parts that is worth most by the frozen lexicon (data/samenstellingen.tsv),
 * which says what forms, with their linking letters, are parts of how many
 * compounds; what it has wrong stands in samenstellingen-uitzonderingen.tsv.
 *
 * Used by dutch/analyse.c; its limit by index/words.c.
 */
#ifndef COMPOUND_H
#define COMPOUND_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define COMPOUND_MAX_PARTS 8

struct compounds;

/* A part of a word, in bytes: its letters, then what links it to the next. */
struct compound_part {
	uint8_t begin;
	uint8_t base;		/* end of the part without linking letters */
	uint8_t end;		/* where the next part begins */
};

struct compound {
	struct compound_part parts[COMPOUND_MAX_PARTS];	/* the smallest ones */
	size_t nparts;		/* 0: not a compound; else from 2 on */
	/* Parts that are compounds themselves: arbeidsmarkt of
	 * arbeidsmarktaantekening. */
	struct compound_part larger[COMPOUND_MAX_PARTS];
	size_t nlarger;
};

/* Returns -1 with ERROR_CONFIG if a table in data/ cannot be read. */
int compounds_open(struct compounds **out, struct error *);
void compounds_free(struct compounds **);

/* Split a folded word (utf8_fold) of n bytes. */
void compounds_split(const struct compounds *, const char *word, size_t n,
    struct compound *out);

/* What splits depend on: the rules and the tables. */
uint64_t compounds_fingerprint(const struct compounds *);

#endif
