#include <config.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/query.h"

/* A number of ours, as text. */
#define TEXT_OF(number)	TEXT_OF_(number)
#define TEXT_OF_(number) #number

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
 * A quote within the value of a field is typed twice.
 *
 * Nothing is an error: an operator without an operand is a word, in lower
 * case so that it stays one; an open bracket closes at the end; a quote or a
 * closing bracket without its other half is not there.
 */

#define DEFAULT_NEAR 10

struct parser {
	struct query *q;
	const char *at;
	unsigned depth, words;
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
 * The end of the chunk at s: a space, a quote, or a bracket whose other half
 * is not within it; 1(F) is one chunk.
 */
static const char *
chunk_end(const char *s)
{
	const char *opened = NULL;
	int open = 0;

	for (; *s != '\0' && !isspace((unsigned char)*s) && *s != '"'; s++) {
		if (*s == '(' && open++ == 0)
			opened = s;
		else if (*s == ')' && open-- == 0)
			return s;
	}
	return open > 0 ? opened : s;
}

/* Which operator the chunk from s to end is; OP_NONE: it is a word. */
static enum operator
operator_of(const char *s, const char *end, uint32_t *window)
{
	size_t i, n;

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
		if (s + n == end)
			return operators[i].op;
	}
	return OP_NONE;
}

/*
 * Which operator stands here, and its length.  Those that need a right
 * operand are none at the end or before a closing bracket.
 */
static enum operator
peek_operator(struct parser *p, size_t *len, uint32_t *window)
{
	const char *end;
	enum operator op;

	skip_space(p);
	end = chunk_end(p->at);
	op = operator_of(p->at, end, window);
	*len = (size_t)(end - p->at);
	while (isspace((unsigned char)*end))
		end++;
	return *end == '\0' || *end == ')' ? OP_NONE : op;
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
		else if (utf8_is_word(c) && !utf8_is_mark(c))
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
			notes_add(&p->q->notes, NOTE_CUT,
			    TEXT_OF(QUERY_MAX_WORDS));
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

static void
note_short(struct query *q, const char *s, size_t n)
{
	CLEAN(str_free) char *typed = xstrndup(s, n);

	notes_add(&q->notes, NOTE_SHORT, TEXT_OF(QUERY_MIN_PREFIX), typed);
}

static struct node *
parse_word(struct parser *p, const struct field *f, const char *s, size_t n)
{
	struct node *node;
	uint32_t window;
	char *c;

	if (n > 1 && s[n - 1] == '*' && has_word(s, n - 1)) {
		if (utf8_count(s, n - 1) >= QUERY_MIN_PREFIX)
			return leaf(p, NODE_PREFIX, f, s, n - 1);
		note_short(p->q, s, n);
	}
	node = leaf(p, NODE_WORD, f, s, n);
	if (node != NULL && operator_of(s, s + n, &window) != OP_NONE)
		for (c = node->text; *c != '\0'; c++)
			*c = (char)tolower((unsigned char)*c);
	return node;
}

/* A value of a field; NULL if it is none: then it is words. */
static struct node *
parse_value(struct parser *p, const struct field *f, const char *value)
{
	struct error err = ERROR_INIT;
	struct filter filter;
	struct node *n, *group;

	if (filter_parse(f, value, &filter, &err) == -1) {
		notes_add_error(&p->q->notes, NOTE_NO_VALUE, &err);
		return NULL;
	}
	n = node_new(NODE_VALUE);
	n->value = filter;
	n->value.is_excluded = false;
	if (!filter.is_excluded)
		return n;
	/* land:!SY is (-land:SY) */
	n->need = NEED_NOT;
	group = node_new(NODE_GROUP);
	node_add(group, n);
	return group;
}

/*
 * The value between quotes at s, and in *end what is behind it; NULL if it has
 * no end.
 */
static char *
quoted_value(const char *s, const char **end)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	for (s++; *s != '\0'; s++) {
		if (*s == '"' && *++s != '"') {
			*end = s;
			return xstrdup(buf_str(&b));
		}
		buf_addc(&b, *s);
	}
	return NULL;
}

/* field:value, field:"value", titel:word; true if a field stands here. */
static bool
parse_field(struct parser *p, struct node **out)
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
	if (*value == '"')
		text = quoted_value(value, &end);
	if (text == NULL) {
		end = chunk_end(value);
		text = xstrndup(value, (size_t)(end - value));
	}
	if (*text == '\0' || (*out = parse_value(p, f, text)) == NULL)
		return false;
	p->at = end;
	return true;
}

static struct node *
parse_brackets(struct parser *p)
{
	struct node *n;

	p->at++;
	p->depth++;
	n = parse_or(p);
	p->depth--;
	skip_space(p);
	if (*p->at == ')')
		p->at++;
	return n;
}

/* One unit; NULL if what stands here says nothing, or the bracket ends. */
static struct node *
parse_unit(struct parser *p)
{
	const char *begin, *end;
	struct node *n = NULL;

	skip_space(p);
	if (*p->at == '(' && p->depth < QUERY_MAX_DEPTH)
		return parse_brackets(p);
	if (*p->at == '"')
		return parse_quoted(p, NULL);
	if (parse_field(p, &n))
		return n;
	begin = p->at;
	end = chunk_end(begin);
	if (*begin == ')' && p->depth > 0)
		return NULL;
	if (*begin == '(' || *begin == ')') {
		p->at++;	/* too deep, or closing what is not open */
		return NULL;
	}
	p->at = end;
	return parse_word(p, NULL, begin, (size_t)(end - begin));
}

/* ---- operators ---- */

static struct node *
parse_near(struct parser *p)
{
	struct node *first = parse_unit(p), *near, *kid;
	uint32_t window;

	while (first != NULL && take_operator(p, OP_NEAR, &window)) {
		if ((kid = parse_unit(p)) == NULL)
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

/* Is it what parse_value() makes of land:!SY? */
static bool
is_excluded_value(const struct node *n)
{
	return n->op == NODE_GROUP && n->nkids == 1 &&
	    n->kids[0]->op == NODE_VALUE && n->kids[0]->need == NEED_NOT;
}

static struct node *
parse_item(struct parser *p)
{
	enum need need = NEED_NONE;
	uint32_t window;
	struct node *n, *kid;

	if (take_operator(p, OP_NOT, &window))
		need = NEED_NOT;
	skip_space(p);
	if ((*p->at == '+' || *p->at == '-') && p->at[1] != '\0' &&
	    !isspace((unsigned char)p->at[1]))
		need = *p->at++ == '+' ? NEED_MUST : NEED_NOT;
	if ((n = parse_near(p)) == NULL)
		return NULL;
	if (need == NEED_NONE && is_excluded_value(n)) {
		kid = n->kids[0];
		n->nkids = 0;
		node_free(&n);
		return kid;
	}
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

/*
 * Make filters of the values that stand by themselves in the question, not
 * under EN, OF or with words in brackets: they narrow all of it.
 */
static struct node *
lift_values(struct query *q, struct node *root)
{
	struct node *kid;
	size_t i, n = 0;

	if (root == NULL || (root->op != NODE_GROUP && root->op != NODE_VALUE))
		return root;
	if (root->op == NODE_VALUE) {
		query_add_filter(q, &root->value);
		node_free(&root);
		return NULL;
	}
	for (i = 0; i < root->nkids; i++) {
		kid = root->kids[i];
		if (kid->op == NODE_VALUE) {
			kid->value.is_excluded = kid->need == NEED_NOT;
			query_add_filter(q, &kid->value);
			node_free(&kid);
		} else
			root->kids[n++] = kid;
	}
	if (n == root->nkids)
		return root;
	root->nkids = n;
	return lift_values(q, node_simplify(root));
}

void
query_parse(struct query *q, const char *text)
{
	struct parser p = { .q = q, .at = text };

	q->text = lift_values(q, parse_or(&p));
}

struct node *
query_parse_words(struct query *q, const struct field *f, const char *words)
{
	CLEAN(str_free) char *text = xstrdup(words);
	struct parser p = { .q = q, .at = text };
	char *begin = text, *end;

	while ((end = strchr(text, '"')) != NULL)
		*end = ' ';
	while (isspace((unsigned char)*begin))
		begin++;
	for (end = begin + strlen(begin); end > begin &&
	    isspace((unsigned char)end[-1]); end--)
		;
	*end = '\0';
	if (chunk_end(begin) == end)
		return parse_word(&p, f, begin, (size_t)(end - begin));
	return leaf(&p, NODE_PHRASE, f, begin, (size_t)(end - begin));
}
