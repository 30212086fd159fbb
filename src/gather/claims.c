#include <config.h>

#include "gather/claims.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A property with a row of labels.tsv that it has. */
struct claim {
	size_t row;
	size_t meta;
};

static void
add_claim(void *arg, size_t row)
{
	struct claims *c = arg;

	GROW(c->items, c->count, c->cap);
	c->items[c->count++] = (struct claim){ row, c->meta };
}

static int
compare_claims(const void *va, const void *vb)
{
	const struct claim *a = va, *b = vb;

	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return (a->meta > b->meta) - (a->meta < b->meta);
}

void
claims_clear(struct claims *c)
{
	free(c->items);
	*c = (struct claims){ 0 };
}

void
claims_make(const struct labels *labels, const struct extracted *ex,
    struct claims *c)
{
	*c = (struct claims){ .ex = ex };
	for (c->meta = 0; c->meta < ex->nmeta; c->meta++)
		labels_of(labels, ex->meta[c->meta].name, add_claim, c);
	if (c->count > 1)
		qsort(c->items, c->count, sizeof *c->items, compare_claims);
}

static enum claims_turn
turn_of(enum target target)
{
	if (target == TARGET_NUMMER_ZWAK)
		return CLAIMS_NUMBER;
	return target == TARGET_SOORT_ZWAK ? CLAIMS_SOORT : CLAIMS_FIRST;
}

void
claims_put(const struct claims *c, const struct tables *t,
    enum claims_turn turn, struct heard *heard, struct doc *doc)
{
	const struct label *label;
	bool is_known = false;
	size_t i;

	for (i = 0; i < c->count; i++) {
		const char *value = c->ex->meta[c->items[i].meta].value;

		label = labels_row(t->labels, c->items[i].row);
		if (i == 0 || c->items[i].row != c->items[i - 1].row)
			is_known = value_is_known(doc, label->target);
		if (turn_of(label->target) != turn)
			continue;
		heard_value(heard, t, label, value, strlen(value),
		    label->origin);
		if (!is_known)
			value_put(t, doc, label->target, value, strlen(value),
			    label->origin);
	}
}
