#include <config.h>

#include "index/enough.h"

#include <assert.h>
#include <stdlib.h>

/* So many of the rarest words decide; the others only add to the score. */
#define ENOUGH_WORDS	6

static int
compare_units(const void *va, const void *vb)
{
	const struct unit *a = va, *b = vb;

	return (a->weight < b->weight) - (a->weight > b->weight);
}

/*
 * Documents whose words carry at least need, of the n units from u on, the
 * heaviest first.  NULL stands for all documents, with *is_none for no one.
 */
static struct xap_query *
q_enough(struct compiler *c, const struct unit *u, size_t n, double need,
    bool *is_none)
{
	struct xap_query *with, *without;
	bool no_with, no_without;
	double rest = 0;
	size_t i;

	*is_none = false;
	if (need <= 1e-9 || c->qb.has_failed)
		return NULL;
	for (i = 0; i < n; i++)
		rest += u[i].weight;
	if (rest < need - 1e-9) {
		*is_none = true;
		return NULL;
	}
	with = q_enough(c, u + 1, n - 1, need - u->weight, &no_with);
	without = q_enough(c, u + 1, n - 1, need, &no_without);
	assert(!no_with && (no_without || without != NULL));
	with = with == NULL ? qb_copy(&c->qb, unit_match(u)) :
	    qb_two(&c->qb, XAP_AND, qb_copy(&c->qb, unit_match(u)), with);
	return no_without ? with : qb_two(&c->qb, XAP_OR, with, without);
}

/*
 * Whether each of the units that count is enough by itself: then what has any
 * of them has enough.
 */
static bool
is_any_enough(const struct unit *u, size_t n, double need)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (u[i].weight > 0 && u[i].weight < need)
			return false;
	return true;
}

struct xap_query *
enough_query(struct compiler *c, struct unit *units, size_t n)
{
	struct xap_query **parts = xcalloc(n, sizeof *parts), *any, *enough;
	size_t i, k = n < ENOUGH_WORDS ? n : ENOUGH_WORDS;
	double total = 0;
	bool is_none;

	enough = NULL;
	qsort(units, n, sizeof *units, compare_units);
	for (i = 0; i < k; i++)
		total += units[i].weight;
	if (n > k || !is_any_enough(units, n, ENOUGH_SHARE * total))
		enough = q_enough(c, units, k, ENOUGH_SHARE * total, &is_none);
	for (i = k = 0; i < n; i++) {
		if (units[i].weight > 0 || total <= 0)
			parts[k++] = unit_take(&units[i]);
		else
			unit_clear(&units[i]);
	}
	any = qb_op(&c->qb, XAP_OR, parts, k, 0);
	free(parts);
	return enough == NULL ? any : qb_two(&c->qb, XAP_FILTER, any, enough);
}
