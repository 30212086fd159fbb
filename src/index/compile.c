#include <config.h>

#include "index/compile.h"

#include <math.h>
#include <stdlib.h>

#include "index/enough.h"
#include "index/filters.h"
#include "index/named.h"
#include "index/widen.h"
#include "index/words.h"

static struct unit compile_node(struct compiler *, const struct node *);
static struct unit compile_alone(struct compiler *, const struct node *);

/* ---- lists ---- */

static struct unit
compile_list(struct compiler *c, const struct node *node, enum xap_op op)
{
	struct xap_query **parts = xcalloc(node->nkids, sizeof *parts);
	struct unit u = { .docs = op == XAP_AND ? c->documents : 0 }, v;
	size_t i;

	for (i = 0; i < node->nkids; i++) {
		v = compile_alone(c, node->kids[i]);
		if (op == XAP_AND ? v.docs < u.docs : v.docs > u.docs)
			u.docs = v.docs;
		u.weight = v.weight > u.weight ? v.weight : u.weight;
		parts[i] = unit_take(&v);
	}
	u.query = qb_op(&c->qb, op, parts, node->nkids, 0);
	free(parts);
	return u;
}

static struct unit
compile_near(struct compiler *c, const struct node *node)
{
	struct xap_query **parts = xcalloc(node->nkids, sizeof *parts), *q;
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	uint32_t docs = c->documents;
	struct unit u;
	size_t i, k;

	for (k = 0; k < node->nkids; k++)
		if ((parts[k] = near_of_word(c, node->kids[k], &docs)) == NULL)
			break;
	if (k == node->nkids) {
		node_print(node, &text);
		/* Xapian's window counts the outer words too. */
		q = compared_query(c, qb_op(&c->qb, XAP_NEAR, parts, k,
		    node->window + (uint32_t)k - 1), docs);
		u = unit_new(c, q, c->documents, REASON_NEAR, buf_str(&text));
		u.weight = unit_weight(c, 1);
	} else {
		for (i = 0; i < k; i++)
			xap_query_free(&parts[i]);
		notes_add(&c->out->notes, NOTE_NEAR);
		u = compile_list(c, node, XAP_AND);
	}
	free(parts);
	return u;
}

/* ---- groups ---- */

static void
units_free(struct unit *u, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		unit_clear(&u[i]);
}

/* What must not occur adds no weight, is not marked nor looked for. */
static struct unit
compile_excluded(struct compiler *c, const struct node *node)
{
	size_t nleaves = c->out->nleaves, nreasons = c->out->nreasons;
	struct highlight kept = c->out->marks;
	struct unit u;

	c->out->marks = (struct highlight){ 0 };
	u = compile_node(c, node);
	unit_finish(c, &u);
	leaves_cut(c->out, nleaves);
	reasons_cut(c->out, nreasons);
	highlight_clear(&c->out->marks);
	c->out->marks = kept;
	return u;
}

/* The kids of a group as units, with what they mean together. */
static struct unit *
compile_kids(struct compiler *c, const struct node *node)
{
	struct unit *units = xcalloc(node->nkids, sizeof *units);
	bool all_function = true;
	size_t i;

	for (i = 0; i < node->nkids; i++)
		units[i] = node->kids[i]->need == NEED_NOT ?
		    compile_excluded(c, node->kids[i]) :
		    compile_node(c, node->kids[i]);
	widen(c, node, units);
	for (i = 0; i < node->nkids; i++)
		all_function &= units[i].is_function ||
		    node->kids[i]->need == NEED_NOT;
	for (i = 0; i < node->nkids; i++) {
		/* "wat", "een" count when nothing else is asked for. */
		if (units[i].is_function && !all_function &&
		    units[i].nextras == 0 && node->kids[i]->need == NEED_NONE)
			unit_drop_word(&units[i]);
		unit_finish(c, &units[i]);
	}
	return units;
}

/* Take over the units with one need that match something. */
static size_t
take_units(const struct node *node, struct unit *units, enum need need,
    struct unit *out, bool *has_empty)
{
	size_t i, n = 0;

	for (i = 0; i < node->nkids; i++) {
		if (node->kids[i]->need != need)
			continue;
		if (units[i].docs > 0)
			out[n++] = units[i];
		else {
			*has_empty = true;
			unit_clear(&units[i]);
		}
	}
	return n;
}

static struct xap_query *
q_list(struct compiler *c, enum xap_op op, struct unit *units, size_t n)
{
	struct xap_query **parts = xcalloc(n, sizeof *parts), *q;
	size_t i;

	for (i = 0; i < n; i++)
		parts[i] = unit_take(&units[i]);
	q = qb_op(&c->qb, op, parts, n, 0);
	free(parts);
	return q;
}

/* Every unit of two lists that says something; all documents if none does. */
static struct xap_query *
q_every(struct compiler *c, const struct unit *a, size_t na,
    const struct unit *b, size_t nb)
{
	struct xap_query **parts = xcalloc(na + nb, sizeof *parts), *q;
	size_t i, n = 0;

	for (i = 0; i < na; i++)
		parts[n++] = qb_copy(&c->qb, unit_match(&a[i]));
	for (i = 0; i < nb; i++)
		if (!b[i].is_dropped)
			parts[n++] = qb_copy(&c->qb, unit_match(&b[i]));
	q = n > 0 ? qb_op(&c->qb, XAP_AND, parts, n, 0) : qb_all(&c->qb);
	free(parts);
	return q;
}

/* Note the parts of the whole question. */
static void
keep_parts(struct compiler *c, const struct node *node,
    const struct unit *units)
{
	struct compiled *o = c->out;
	size_t i;

	for (i = 0; i < node->nkids; i++) {
		const struct node *kid = node->kids[i];
		CLEAN(buf_clear) struct buf text = BUF_INIT;

		node_print(kid, &text);
		GROW(o->parts, o->nparts, o->cap_parts);
		o->parts[o->nparts++] = (struct part){
			buf_steal(&text), qb_copy(&c->qb, unit_match(&units[i])),
			units[i].weight, kid->need
		};
	}
}

static double
greatest_weight(const struct unit *u, size_t n)
{
	double w = 0;
	size_t i;

	for (i = 0; i < n; i++)
		w = fmax(w, u[i].weight);
	return w;
}

/* Is what is found by a unit just what has its word? */
static bool
is_its_word(const struct unit *u)
{
	return !u->is_dropped && (u->match == NULL || u->main != NULL);
}

/* Does whatever a group finds have all its words? */
static bool
has_every(const struct unit *must, size_t nmust, const struct unit *may,
    size_t nmay)
{
	size_t i;

	if (nmay > (nmust == 0))
		return false;
	for (i = 0; i < nmust; i++)
		if (!is_its_word(&must[i]))
			return false;
	return nmay == 0 || is_its_word(may);
}

/*
 * Juxtaposed items: what must be there, what may be there (enough of it, when
 * nothing must), without what may not.  *every, if not NULL, gets the query
 * for documents that have all words; none can if it stays NULL.
 */
static struct unit
compile_group(struct compiler *c, const struct node *node,
    struct xap_query **every)
{
	struct unit *units = compile_kids(c, node);
	struct unit *must = xcalloc(node->nkids, sizeof *must);
	struct unit *may = xcalloc(node->nkids, sizeof *may);
	struct unit *not = xcalloc(node->nkids, sizeof *not);
	bool lacks_must = false, lacks_may = false, ignored;
	struct unit u = { .docs = c->documents };
	size_t nmust, nmay, nnot;

	if (every != NULL)
		keep_parts(c, node, units);
	nmust = take_units(node, units, NEED_MUST, must, &lacks_must);
	nmay = take_units(node, units, NEED_NONE, may, &lacks_may);
	nnot = take_units(node, units, NEED_NOT, not, &ignored);
	u.weight = fmax(greatest_weight(must, nmust), greatest_weight(may, nmay));
	if (every != NULL && !lacks_must && !lacks_may)
		*every = q_every(c, must, nmust, may, nmay);
	if (every != NULL)
		c->out->is_all_words &= has_every(must, nmust, may, nmay);
	if (lacks_must || (lacks_may && nmay == 0 && nmust == 0)) {
		units_free(must, nmust);
		units_free(may, nmay);
		u.query = qb_none(&c->qb);
		u.docs = 0;
	} else if (nmust > 0) {
		u.query = q_list(c, XAP_AND, must, nmust);
		if (nmay > 0)
			u.query = qb_two(&c->qb, XAP_AND_MAYBE, u.query,
			    q_list(c, XAP_OR, may, nmay));
	} else if (nmay > 0) {
		u.query = enough_query(c, may, nmay);
	} else
		u.query = qb_scale(&c->qb, qb_all(&c->qb), 0);
	if (nnot > 0) {
		struct xap_query *out = q_list(c, XAP_OR, not, nnot);

		if (every != NULL && *every != NULL)
			*every = qb_two(&c->qb, XAP_AND_NOT, *every,
			    qb_copy(&c->qb, out));
		u.query = qb_two(&c->qb, XAP_AND_NOT, u.query, out);
	}
	free(units);
	free(must);
	free(may);
	free(not);
	return u;
}

/* A word by itself may be called otherwise, too. */
static struct unit
compile_alone(struct compiler *c, const struct node *node)
{
	struct node *kids[] = { NULL };
	const struct node group = {
		.op = NODE_GROUP, .kids = kids, .nkids = NELEM(kids)
	};
	struct unit u = compile_node(c, node);

	kids[0] = (struct node *)(uintptr_t)node;
	widen(c, &group, &u);
	unit_finish(c, &u);
	return u;
}

static struct unit
compile_node(struct compiler *c, const struct node *node)
{
	switch (node->op) {
	case NODE_GROUP:
		return compile_group(c, node, NULL);
	case NODE_AND:
		return compile_list(c, node, XAP_AND);
	case NODE_OR:
		return compile_list(c, node, XAP_OR);
	case NODE_WORD:
		return unit_of_word(c, node);
	case NODE_PREFIX:
		return unit_of_prefix(c, node);
	case NODE_PHRASE:
		return unit_of_phrase(c, node);
	case NODE_NEAR:
		return compile_near(c, node);
	case NODE_VALUE:
		break;
	}
	return (struct unit){
		.query = filter_query(&c->qb, &node->value, c->peil_ymd),
		.docs = c->documents,
	};
}

/*
 * A question or a part of it that EN joins to others.  *every gets the query
 * for documents that have all its words; none can if it stays NULL.
 */
static struct xap_query *
compile_whole(struct compiler *c, const struct node *node,
    struct xap_query **every)
{
	struct xap_query **parts, **all, *q;
	bool lacks_word = false;
	size_t i;

	if (node->op == NODE_GROUP)
		return compile_group(c, node, every).query;
	if (node->op != NODE_AND) {
		struct node *kids[] = { (struct node *)(uintptr_t)node };
		const struct node group = {
			.op = NODE_GROUP, .kids = kids, .nkids = NELEM(kids)
		};

		return compile_group(c, &group, every).query;
	}
	parts = xcalloc(node->nkids, sizeof *parts);
	all = xcalloc(node->nkids, sizeof *all);
	for (i = 0; i < node->nkids; i++) {
		parts[i] = compile_whole(c, node->kids[i], &all[i]);
		lacks_word |= all[i] == NULL;
	}
	q = qb_op(&c->qb, XAP_AND, parts, node->nkids, 0);
	if (!lacks_word)
		*every = qb_op(&c->qb, XAP_AND, all, node->nkids, 0);
	for (i = 0; lacks_word && i < node->nkids; i++)
		xap_query_free(&all[i]);
	free(parts);
	free(all);
	return q;
}

void
compiler_init(struct compiler *c, const struct store *s, const struct query *q,
    struct compiled *out, struct error *err)
{
	struct store_facts facts;

	store_facts(s, &facts);
	*c = (struct compiler){
		.store = s, .analyser = store_analyser(s), .out = out,
		.documents = facts.documents, .peil_ymd = q->peil_ymd,
		.is_expanding = !q->is_literal, .limits = q->limits,
		.qb = { err, false, s },
	};
}

int
compile_words(const struct store *s, const struct query *q,
    struct compiled *out, struct error *err)
{
	struct compiled o = { 0 };
	struct compiler c;
	struct xap_query *words;

	compiler_init(&c, s, q, &o, err);
	o.enough = ENOUGH_SHARE;
	if (q->text != NULL) {
		o.is_all_words = true;
		words = compile_whole(&c, q->text, &o.all_words);
		o.words = add_named(&c, q->text, words);
		o.is_all_words &= o.words == words && o.all_words != NULL;
	}
	if (c.qb.has_failed) {
		compiled_clear(&o);
		return -1;
	}
	*out = o;
	return 0;
}

static void
free_strings(char **strings, size_t n)
{
	while (n > 0)
		free(strings[--n]);
	free(strings);
}

void
compiled_clear(struct compiled *o)
{
	size_t i;

	xap_query_free(&o->words);
	xap_query_free(&o->all_words);
	leaves_cut(o, 0);
	free(o->leaves);
	reasons_cut(o, 0);
	free(o->reasons);
	for (i = 0; i < o->nparts; i++) {
		free(o->parts[i].text);
		xap_query_free(&o->parts[i].query);
	}
	free(o->parts);
	highlight_clear(&o->marks);
	free_strings(o->also, o->nalso);
	for (i = 0; i < o->ncorrections; i++) {
		free(o->corrections[i].first);
		free(o->corrections[i].last);
		free(o->corrections[i].text);
	}
	free(o->corrections);
	free(o->named);
	notes_clear(&o->notes);
	*o = (struct compiled){ 0 };
}
