#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "model/query.h"

/* The tree of typed text: parse.c and cql.c grow it. */

struct node *
node_new(enum node_op op)
{
	struct node *n = xcalloc(1, sizeof *n);

	n->op = op;
	return n;
}

void
node_add(struct node *parent, struct node *kid)
{
	if (kid == NULL)
		return;
	GROW(parent->kids, parent->nkids, parent->cap_kids);
	parent->kids[parent->nkids++] = kid;
}

void
node_free(struct node **np)
{
	struct node *n = *np;
	size_t i;

	if (n == NULL)
		return;
	for (i = 0; i < n->nkids; i++)
		node_free(&n->kids[i]);
	free(n->kids);
	free(n->text);
	free(n->value.value);
	free(n);
	*np = NULL;
}

static bool
is_list(const struct node *n)
{
	return n->op == NODE_GROUP || n->op == NODE_AND || n->op == NODE_OR;
}

/* Is it (-land:SY)?  That is land:!SY, which needs no brackets. */
static bool
is_excluded(const struct node *n)
{
	return n->op == NODE_GROUP && n->nkids == 1 &&
	    n->kids[0]->op == NODE_VALUE && n->kids[0]->need == NEED_NOT;
}

static void
print_excluded(const struct node *n, struct buf *out)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t name = strlen(n->kids[0]->value.field->name) + 1;

	filter_print(&n->kids[0]->value, &b);
	buf_add(out, b.s, name);
	/* The mark is part of the value. */
	if (b.s[name] == '"')
		buf_addc(out, b.s[name++]);
	buf_addc(out, '!');
	buf_adds(out, b.s + name);
}

static void
print_kid(const struct node *kid, bool needs_brackets, struct buf *out)
{
	if (kid->need == NEED_MUST)
		buf_addc(out, '+');
	else if (kid->need == NEED_NOT)
		buf_addc(out, '-');
	if (needs_brackets && is_excluded(kid)) {
		print_excluded(kid, out);
		return;
	}
	if (needs_brackets)
		buf_addc(out, '(');
	node_print(kid, out);
	if (needs_brackets)
		buf_addc(out, ')');
}

static void
print_kids(const struct node *n, const char *between, struct buf *out)
{
	size_t i;

	for (i = 0; i < n->nkids; i++) {
		const struct node *kid = n->kids[i];
		/* AND holds groups without brackets, OR holds both. */
		bool needs = is_list(kid) && (n->op >= NODE_NEAR ||
		    n->op <= kid->op || kid->need != NEED_NONE);

		/* NABIJ is read from left to right. */
		if (kid->op == NODE_NEAR && n->op == NODE_NEAR)
			needs = i > 0 || kid->window == n->window;
		if (i > 0)
			buf_adds(out, between);
		print_kid(kid, needs, out);
	}
}

void
node_print(const struct node *n, struct buf *out)
{
	CLEAN(str_free) char *near = NULL;

	if (n->field != NULL)
		buf_addf(out, "%s:", n->field->name);
	switch (n->op) {
	case NODE_GROUP:
		print_kids(n, " ", out);
		break;
	case NODE_AND:
		print_kids(n, " EN ", out);
		break;
	case NODE_OR:
		print_kids(n, " OF ", out);
		break;
	case NODE_NEAR:
		near = xasprintf(" NABIJ/%u ", n->window);
		print_kids(n, near, out);
		break;
	case NODE_WORD:
		buf_adds(out, n->text);
		break;
	case NODE_PREFIX:
		buf_addf(out, "%s*", n->text);
		break;
	case NODE_PHRASE:
		buf_addf(out, "\"%s\"", n->text);
		break;
	case NODE_VALUE:
		filter_print(&n->value, out);
		break;
	}
}
