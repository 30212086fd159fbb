#include <config.h>

#include "model/cqlint.h"

#include <stdlib.h>

/* ---- joining ---- */

static bool
is_all(const struct node *n)
{
	return n->op == NODE_GROUP && n->nkids == 0;
}

static struct node *
wrap(enum node_op op, struct node *kid)
{
	struct node *n = node_new(op);

	node_add(n, kid);
	return n;
}

/* A list of one operator, flat: the kids of both. */
static struct node *
join_list(enum node_op op, struct node *a, struct node *b)
{
	size_t i;

	if (is_all(a) != is_all(b)) {
		/* With AND the other one is left, with OR all records. */
		struct node **gone = is_all(a) == (op == NODE_AND) ? &a : &b;
		struct node *left = gone == &a ? b : a;

		node_free(gone);
		return left;
	}
	if (a->op != op)
		a = wrap(op, a);
	if (b->op != op) {
		node_add(a, b);
		return a;
	}
	for (i = 0; i < b->nkids; i++)
		node_add(a, b->kids[i]);
	b->nkids = 0;
	node_free(&b);
	return a;
}

/* Groups are made here only, so one that is there has the same shape. */
static struct node *
join_not(struct node *a, struct node *b)
{
	if (a->op != NODE_GROUP) {
		a->need = NEED_MUST;
		a = wrap(NODE_GROUP, a);
	}
	b->need = NEED_NOT;
	node_add(a, b);
	return a;
}

/* Words only: near words there is no other kind of thing. */
static struct node *
join_near(struct cql *c, struct node *a, struct node *b, uint32_t distance)
{
	bool is_near = a->op == NODE_NEAR && a->window == distance;

	if ((a->op != NODE_WORD && !is_near) || b->op != NODE_WORD) {
		node_free(&a);
		node_free(&b);
		return cql_fail(c, CQL_PROXIMITY, "prox");
	}
	if (!is_near)
		a = wrap(NODE_NEAR, a);
	a->window = distance;
	node_add(a, b);
	return a;
}

struct node *
cql_join(struct cql *c, enum cql_boolean op, uint32_t distance,
    struct node *a, struct node *b)
{
	/* All but all records is nothing, which cannot be said. */
	if (is_all(b) && (op == CQL_NOT || op == CQL_PROX)) {
		node_free(&a);
		node_free(&b);
		return cql_fail(c, CQL_UNSUPPORTED, "cql.allRecords");
	}
	switch (op) {
	case CQL_AND:
		return join_list(NODE_AND, a, b);
	case CQL_OR:
		return join_list(NODE_OR, a, b);
	case CQL_NOT:
		return join_not(a, b);
	case CQL_PROX:
	case CQL_NBOOLEANS:
		break;
	}
	return join_near(c, a, b, distance);
}

/* ---- filters ---- */

/* Take the days of b from a, in which those of both are left. */
static bool
narrow_days(struct filter *a, const struct filter *b)
{
	int from = a->from_ymd > b->from_ymd ? a->from_ymd : b->from_ymd;
	int to = a->to_ymd < b->to_ymd ? a->to_ymd : b->to_ymd;

	if (from > to)
		return false;
	a->from_ymd = from;
	a->to_ymd = to;
	return true;
}

static size_t
count_values(const struct node *root, const struct field *f)
{
	size_t i, n = 0;

	for (i = 0; i < root->nkids; i++)
		n += root->kids[i] != NULL &&
		    root->kids[i]->op == NODE_VALUE &&
		    root->kids[i]->need != NEED_NOT &&
		    root->kids[i]->value.field == f;
	return n;
}

/* Make of the i-th filter a value beside kid, which has to be so as well. */
static void
join_filter(struct query *q, size_t i, struct node *kid)
{
	struct node *value = node_new(NODE_VALUE), *filter =
	    node_new(NODE_VALUE);

	value->value = kid->value;
	filter->value = q->filters[i];
	*kid = (struct node){ .op = NODE_AND, .need = kid->need };
	node_add(kid, filter);
	node_add(kid, value);
	for (q->nfilters--; i < q->nfilters; i++)
		q->filters[i] = q->filters[i + 1];
}

/*
 * Make a filter of a value that narrows the whole question.  Filters of one
 * field are alternatives, so two values that both have to be so stay in the
 * text; days can be made one range.
 */
static bool
lift_value(struct query *q, const struct node *root, struct node *kid,
    bool *is_joined)
{
	struct filter *v = &kid->value;
	size_t i;

	v->is_excluded = kid->need == NEED_NOT;
	for (i = 0; i < q->nfilters && !v->is_excluded; i++)
		if (q->filters[i].field == v->field &&
		    !q->filters[i].is_excluded) {
			if (v->field->kind == FIELD_DATE &&
			    narrow_days(&q->filters[i], v))
				return true;
			join_filter(q, i, kid);
			*is_joined = true;
			return false;
		}
	if (!v->is_excluded && v->field->kind != FIELD_DATE &&
	    count_values(root, v->field) > 1)
		return false;
	query_add_filter(q, v);
	return true;
}

/*
 * Lift what can be lifted out of the list root; returns what is left, and
 * whether that has what was lifted before in it again.
 */
static struct node *
lift_kids(struct query *q, struct node *root, bool *is_joined)
{
	size_t kept = 0, i;
	struct node *kid;

	for (i = 0; i < root->nkids; i++) {
		kid = root->kids[i];
		if (kid->op == NODE_VALUE && lift_value(q, root, kid,
		    is_joined))
			node_free(&root->kids[i]);
		else {
			kid->value.is_excluded = false;
			root->kids[kept++] = kid;
		}
		/* So that those lifted are counted no more, nor read. */
		if (kept <= i)
			root->kids[i] = NULL;
	}
	root->nkids = kept;
	return root;
}

struct node *
cql_lift(struct query *q, struct node *root)
{
	struct node *kid;
	size_t before;
	bool is_joined = false;

	while (root != NULL) {
		if (root->op == NODE_VALUE) {
			root->need = NEED_MUST;
			root = wrap(NODE_GROUP, root);
		}
		if (root->op != NODE_AND && root->op != NODE_GROUP)
			return root;
		before = root->nkids;
		root = lift_kids(q, root, &is_joined);
		if (root->nkids == 0)
			node_free(&root);
		else if (root->nkids == 1 && root->kids[0]->need != NEED_NOT &&
		    root->kids[0]->op != NODE_VALUE) {
			kid = root->kids[0];
			root->nkids = 0;
			node_free(&root);
			root = kid;
			root->need = NEED_NONE;
		} else if (root->nkids == before || root->op == NODE_GROUP)
			return root;
		if (is_joined)
			return root;
	}
	return NULL;
}
