/*
 * families: the versions of a document in the index, and answers in which no
 * older version stands before the one to be preferred.
 *
 * Which of two versions is to be preferred is decided in model/versions.h.  A
 * hit goes back to directly behind the last of those that are preferred to it
 * and are hits as well; everything else keeps its place.  That holds over all
 * pages, so pages of any size are parts of one order.
 *
 * Used by search.c and cmd/show.c.
 */
#ifndef FAMILIES_H
#define FAMILIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/store.h"
#include "model/versions.h"
#include "xap.h"

/* What was found out for one question. */
struct families;

void families_open(const struct store *, int peil_ymd, struct families **out);
void families_free(struct families **);

/*
 * The documents of which some are versions of a document, itself included:
 * those whose family is its own.  *members is borrowed, and NULL with *n 0 if
 * it has no versions.
 */
int families_of(struct families *, uint32_t docid,
    const struct version **members, size_t *n, struct error *);
/*
 * The version that took the place of a document by the date of reference; 0
 * if none did.
 */
int families_successor(struct families *, uint32_t docid, uint32_t *successor,
    struct error *);

/*
 * So many hits more than asked for are fetched, which is seldom enough for
 * those that go back to make a second match necessary.
 */
#define FAMILIES_SPARE 16

/*
 * Hits first to first + count of an answer by relevance.  match holds the best
 * first + count + FAMILIES_SPARE hits of query, from rank 0, in the order of
 * want, which is asked again if they are not enough.  keeps_place, if not
 * NULL, says which hits stay where they are.  The caller frees *out; a hit's
 * weight is that of the hit it stands behind.
 */
struct families_question {
	const struct xap_query *query;
	const struct xap_want *want;
	uint32_t first, count;
	bool (*keeps_place)(void *arg, const struct version *);
	void *arg;
};
int families_rank(struct families *, const struct families_question *,
    const struct xap_match *match, struct xap_hit **out, size_t *n,
    struct error *);

#endif
