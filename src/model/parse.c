#include <config.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/query.h"

/*
 * The grammar, loosest first:
 *
 *    or    = and { OF and }
 *    and   = group { EN group }
 *    group = item { item }
 *    item  = [ + | - | NIET ] near
 *    near  = unit { NABIJ[/n] unit }
 *    unit  = ( or ) | "words" | [ field: ] ( word | word* | "words" )
 *
 * Nothing is an error: an operator without an operand is a word, a bracket or
 * quote without its other half is not there.
 */

#define MAX_DEPTH 8
#define DEFAULT_NEAR 10

struct parser {
	struct query *q;
	const char *at;
	unsigned depth, words;
	bool is_top;		/* not within brackets, EN or OF: filters count */
	bool is_cut;		/* too many words: said once */
};

enum operator { OP_NONE, OP_AND, OP_OR, OP_NOT, OP_NEAR };

static const struct {
	const char *word;
	enum operator op;
} operators[] = {
	{ "EN", OP_AND }, { "AND", OP_AND },
	{ "OF", OP_OR }, { "OR", OP_OR },
	{ "NIET", OP_NOT }, { "NOT", OP_NOT },
	{ "NABIJ", OP_NEAR }, { "NEAR", OP_NEAR },
};

static struct node *parse_or(struct parser *);

/* ---- nodes ---- */

static struct node *
node_new(enum node_op op)
{
	struct node *n = xcalloc(1, sizeof *n);

	n->op = op;
	return n;
}

static void
node_add(struct node *parent, struct node *kid)
{
	if (kid == NULL)
		return;
	GROW(parent->kids, parent->nkids, parent->cap_kids);
	parent->kids[parent->nkids++] = kid;
}

/* A parent of one that says nothing of its own is its kid; of none, nothing. */
static struct node *
node_simplify(struct node *n)
{
	struct node *kid;

	if (n->nkids == 0) {
		node_free(&n);
		return NULL;
	}
	if (n->nkids > 1 || n->kids[0]->need != NEED_NONE)
		return n;
	kid = n->kids[0];
	n->nkids = 0;
	node_free(&n);
	return kid;
}

/* ---- lexer ---- */

static void
skip_space(struct parser *p)
{
	while (isspace((unsigned char)*p->at))
		p->at++;
}

/*
 * The end of the chunk at s: a space, a quote, or a bracket that was not
 * opened within it, as in 1(F).
 */
static const char *
chunk_end(const char *s)
{
	int open = 0;

	for (; *s != '\0' && !isspace((unsigned char)*s) && *s != '"'; s++) {
		if (*s == '(')
			open++;
		else if (*s == ')' && open-- == 0)
			break;
	}
	return s;
}

/*
 * Which operator stands here, and its length.  Those that need a right
 * operand are none at the end or before a closing bracket.
 */
static enum operator
peek_operator(struct parser *p, size_t *len, uint32_t *window)
{
	const char *end, *s, *rest;
	size_t i, n;

	skip_space(p);
	s = p->at;
	end = chunk_end(s);
	for (i = 0; i < NELEM(operators); i++) {
		n = strlen(operators[i].word);
		if ((size_t)(end - s) < n || memcmp(s, operators[i].word, n) != 0)
			continue;
		*window = DEFAULT_NEAR;
		if (operators[i].op == OP_NEAR && s[n] == '/' &&
		    isdigit((unsigned char)s[n + 1])) {
			char *after;
			unsigned long v = strtoul(s + n + 1, &after, 10);

			*window = v < 1 ? 1 : v > 100 ? 100 : (uint32_t)v;
			n = (size_t)(after - s);
		}
		if (s + n != end)
			continue;
		rest = end;
		while (isspace((unsigned char)*rest))
			rest++;
		if (*rest == '\0' || *rest == ')')
			return OP_NONE;
		*len = n;
		return operators[i].op;
	}
	return OP_NONE;
}

static bool
take_operator(struct parser *p, enum operator op, uint32_t *window)
{
	size_t len;

	if (peek_operator(p, &len, window) != op)
		return false;
	p->at += len;
	return true;
}

/* ---- units ---- */

static bool
has_word(const char *s, size_t n)
{
	size_t len;
	uint32_t c;

	for (; n > 0; s += len, n -= len) {
		if ((len = utf8_decode(s, n, &c)) == 0)
			len = 1;
		else if (utf8_is_word(c))
			return true;
	}
	return false;
}

/* A leaf of the n bytes at s; NULL if no letter or digit is in them. */
static struct node *
leaf(struct parser *p, enum node_op op, const struct field *f, const char *s,
    size_t n)
{
	struct node *node;

	if (!has_word(s, n))
		return NULL;
	if (++p->words > QUERY_MAX_WORDS) {
		if (!p->is_cut)
			query_note(p->q, "Alleen de eerste %d woorden zijn gebruikt.",
			    QUERY_MAX_WORDS);
		p->is_cut = true;
		return NULL;
	}
	node = node_new(op);
	node->field = f;
	node->text = xstrndup(s, n);
	return node;
}

/* The words between quotes at p->at; NULL and nothing taken if no end. */
static struct node *
parse_quoted(struct parser *p, const struct field *f)
{
	const char *begin = p->at + 1, *end = strchr(begin, '"');

	if (end == NULL) {
		p->at++;
		return NULL;
	}
	p->at = end + 1;
	return leaf(p, NODE_PHRASE, f, begin, (size_t)(end - begin));
}

static struct node *
parse_word(struct parser *p, const struct field *f, const char *s, size_t n)
{
	if (n > 1 && s[n - 1] == '*' && has_word(s, n - 1)) {
		if (utf8_count(s, n - 1) >= QUERY_MIN_PREFIX)
			return leaf(p, NODE_PREFIX, f, s, n - 1);
		query_note(p->q, "Vóór een sterretje zijn ten minste %d tekens "
		    "nodig; ‘%.*s’ is als gewoon woord gelezen.",
		    QUERY_MIN_PREFIX, (int)n, s);
	}
	return leaf(p, NODE_WORD, f, s, n);
}

/*
 * A value of a field: a filter of the whole question where nothing stands
 * around it, else a node.  Returns false if it is none; then it is words.
 */
static bool
parse_value(struct parser *p, const struct field *f, const char *value,
    enum need need, struct node **out)
{
	CLEAN(str_free) char *signed_value = NULL;
	struct filter filter;
	struct error err = ERROR_INIT;

	signed_value = xasprintf("%s%s", need == NEED_NOT ? "!" : "", value);
	if (filter_parse(f, signed_value, &filter, &err) == -1) {
		query_note(p->q, "%s; als gewone woorden gelezen.", err.msg);
		return false;
	}
	if (p->is_top) {
		query_add_filter(p->q, &filter);
		*out = NULL;
		return true;
	}
	filter.is_excluded = false;
	*out = node_new(NODE_VALUE);
	(*out)->value = filter;
	return true;
}

/* field:value, field:"value", titel:word; true if a field stands here. */
static bool
parse_field(struct parser *p, enum need need, struct node **out)
{
	const char *end = chunk_end(p->at), *colon, *value;
	CLEAN(str_free) char *name = NULL, *text = NULL;
	const struct field *f;

	colon = memchr(p->at, ':', (size_t)(end - p->at));
	if (colon == NULL)
		return false;
	name = xstrndup(p->at, (size_t)(colon - p->at));
	value = colon + 1;
	if ((f = field_by_name(name)) == NULL)
		return false;
	if (f->kind == FIELD_TEXT) {
		if (*value == '"') {
			p->at = value;
			*out = parse_quoted(p, f);
			return true;
		}
		if (value == end)
			return false;
		p->at = end;
		*out = parse_word(p, f, value, (size_t)(end - value));
		return true;
	}
	if (*value == '"' && (end = strchr(value + 1, '"')) != NULL) {
		text = xstrndup(value + 1, (size_t)(end - value - 1));
		end++;
	} else {
		end = chunk_end(value);
		text = xstrndup(value, (size_t)(end - value));
	}
	if (*text == '\0' || !parse_value(p, f, text, need, out))
		return false;
	p->at = end;
	return true;
}

static struct node *
parse_brackets(struct parser *p)
{
	bool was_top = p->is_top;
	struct node *n;

	p->at++;
	p->depth++;
	p->is_top = false;
	n = parse_or(p);
	p->is_top = was_top;
	p->depth--;
	skip_space(p);
	if (*p->at == ')')
		p->at++;
	return n;
}

/* One unit; NULL if what stands here says nothing (it is taken all the same). */
static struct node *
parse_unit(struct parser *p, enum need need)
{
	const char *begin, *end;
	struct node *n = NULL;

	skip_space(p);
	if (*p->at == '(' && p->depth < MAX_DEPTH)
		return parse_brackets(p);
	if (*p->at == '"')
		return parse_quoted(p, NULL);
	if (parse_field(p, need, &n))
		return n;
	begin = p->at;
	end = chunk_end(begin);
	if (end == begin) {
		/* A closing bracket too many, or nothing more. */
		p->at += *p->at != '\0';
		return NULL;
	}
	p->at = end;
	return parse_word(p, NULL, begin, (size_t)(end - begin));
}

/* ---- operators ---- */

static struct node *
parse_near(struct parser *p, enum need need)
{
	struct node *first = parse_unit(p, need), *near, *kid;
	uint32_t window;

	while (first != NULL && take_operator(p, OP_NEAR, &window)) {
		if ((kid = parse_unit(p, NEED_NONE)) == NULL)
			break;
		if (first->op == NODE_NEAR && first->window == window) {
			node_add(first, kid);
			continue;
		}
		near = node_new(NODE_NEAR);
		near->window = window;
		node_add(near, first);
		node_add(near, kid);
		first = near;
	}
	return first;
}

static bool
at_group_end(struct parser *p)
{
	uint32_t window;
	size_t len;
	enum operator op;

	skip_space(p);
	if (*p->at == '\0' || (*p->at == ')' && p->depth > 0))
		return true;
	op = peek_operator(p, &len, &window);
	return op == OP_AND || op == OP_OR;
}

static struct node *
parse_item(struct parser *p)
{
	enum need need = NEED_NONE;
	uint32_t window;
	struct node *n;

	if (take_operator(p, OP_NOT, &window))
		need = NEED_NOT;
	skip_space(p);
	if ((*p->at == '+' || *p->at == '-') && p->at[1] != '\0' &&
	    !isspace((unsigned char)p->at[1]))
		need = *p->at++ == '+' ? NEED_MUST : NEED_NOT;
	if ((n = parse_near(p, need)) != NULL)
		n->need = need;
	return n;
}

static struct node *
parse_group(struct parser *p)
{
	struct node *group = node_new(NODE_GROUP);
	const char *before;

	/* The first item may be an operator that has nothing to its left. */
	do {
		before = p->at;
		node_add(group, parse_item(p));
		if (p->at == before)
			break;
	} while (!at_group_end(p));
	return node_simplify(group);
}

static struct node *
parse_list(struct parser *p, enum operator op, enum node_op node_op,
    struct node *(*operand)(struct parser *))
{
	struct node *list = node_new(node_op);
	uint32_t window;

	node_add(list, operand(p));
	while (take_operator(p, op, &window))
		node_add(list, operand(p));
	return node_simplify(list);
}

static struct node *
parse_and(struct parser *p)
{
	return parse_list(p, OP_AND, NODE_AND, parse_group);
}

static struct node *
parse_or(struct parser *p)
{
	return parse_list(p, OP_OR, NODE_OR, parse_and);
}

/* Does EN or OF stand outside brackets and quotes? */
static bool
has_list_operator(const char *text)
{
	struct parser p = { .at = text };
	size_t len;
	uint32_t window;
	int open = 0;

	while (skip_space(&p), *p.at != '\0') {
		enum operator op = peek_operator(&p, &len, &window);
		const char *end;

		if (open == 0 && (op == OP_AND || op == OP_OR))
			return true;
		if (*p.at == '"' && (end = strchr(p.at + 1, '"')) != NULL)
			p.at = end + 1;
		else if (*p.at == '(' || *p.at == ')')
			open += *p.at++ == '(' ? 1 : open > 0 ? -1 : 0;
		else
			p.at = chunk_end(p.at) > p.at ? chunk_end(p.at) : p.at + 1;
	}
	return false;
}

void
query_parse(struct query *q, const char *text)
{
	struct parser p = { .q = q, .at = text };

	p.is_top = !has_list_operator(text);
	q->text = parse_or(&p);
}
