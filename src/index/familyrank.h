/*
 * familyrank: answers in which no older version stands before the one to be
 * preferred.
 *
 * Which of two versions is to be preferred is decided in model/versions.h.  A
 * hit goes back to directly behind the last of those that are preferred to it
 * and are hits as well; everything else keeps its place.  That holds over all
 * pages, so pages of any size are parts of one order.
 *
 * Used by search.c.
 */
#ifndef FAMILYRANK_H
#define FAMILYRANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "index/families.h"
#include "index/store.h"
#include "model/versions.h"
#include "xap.h"

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
	const struct store *store;
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
