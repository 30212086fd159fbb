#include <config.h>

#include "model/cql.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/cqlint.h"

/*
 * The grammar of CQL 1.2, without the assignment of prefixes:
 *
 *    query  = clause { boolean { modifier } clause } [ sortby { key } ]
 *    clause = ( query ) | [ index relation { modifier } ] term
 *    key    = index { modifier }
 */

#define MAX_DEPTH 8
#define MAX_DISTANCE 100

enum token { TOKEN_END, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_SLASH, TOKEN_COMPARE,
    TOKEN_WORD, TOKEN_QUOTED };

struct parser {
	struct cql cql;
	const char *at;		/* behind the token */
	enum token token;
	char *text;		/* of the token, without quotes */
	unsigned depth;
	bool is_open;		/* a quote that is not closed */
};

static const char *const booleans[CQL_NBOOLEANS] = { "and", "or", "not", "prox" };

static const struct {
	const char *set, *name;
	enum query_sort sort;
	bool is_ascending;
} sorts[] = {
	{ "cql", "relevance", SORT_RELEVANCE, false },
	{ "naslag", "relevantie", SORT_RELEVANCE, false },
	{ "dc", "date", SORT_DATE, false },
	{ "naslag", "datum", SORT_DATE, false },
	{ "dc", "title", SORT_TITLE, true },
	{ "naslag", "titel", SORT_TITLE, true },
};

static struct node *parse_booleans(struct parser *);

/* ---- lexer ---- */

static void
take(struct parser *p, enum token token, const char *s, size_t n)
{
	free(p->text);
	p->text = xstrndup(s, n);
	p->token = token;
}

static void
take_quoted(struct parser *p)
{
	const char *begin = ++p->at;

	for (; *p->at != '\0' && *p->at != '"'; p->at++)
		if (*p->at == '\\' && p->at[1] != '\0')
			p->at++;
	take(p, TOKEN_QUOTED, begin, (size_t)(p->at - begin));
	if (*p->at == '"')
		p->at++;
	else
		p->is_open = true;
}

static void
take_compare(struct parser *p)
{
	size_t n = p->at[1] == '=' || (p->at[0] == '<' && p->at[1] == '>') ?
	    2 : 1;

	take(p, TOKEN_COMPARE, p->at, n);
	p->at += n;
}

static void
advance(struct parser *p)
{
	static const char marks[] = "()/";
	static const enum token tokens[] = { TOKEN_OPEN, TOKEN_CLOSE,
	    TOKEN_SLASH };
	const char *mark;
	size_t n;

	while (isspace((unsigned char)*p->at))
		p->at++;
	if (*p->at == '\0') {
		take(p, TOKEN_END, "", 0);
	} else if ((mark = strchr(marks, *p->at)) != NULL) {
		take(p, tokens[mark - marks], p->at++, 1);
	} else if (*p->at == '"') {
		take_quoted(p);
	} else if (strchr("=<>", *p->at) != NULL) {
		take_compare(p);
	} else {
		n = strcspn(p->at, " \t\n\r\v\f()=<>\"/");
		take(p, TOKEN_WORD, p->at, n);
		p->at += n;
	}
}

/* The text of the token, which the next takes the place of. */
static char *
taken(struct parser *p)
{
	char *text = xstrdup(p->text);

	advance(p);
	return text;
}

static bool
is_term(const struct parser *p)
{
	return p->token == TOKEN_WORD || p->token == TOKEN_QUOTED;
}

static enum cql_boolean
boolean_of(const struct parser *p)
{
	unsigned b = 0;

	if (p->token != TOKEN_WORD)
		return CQL_NBOOLEANS;
	while (b < CQL_NBOOLEANS && strcasecmp(booleans[b], p->text) != 0)
		b++;
	return (enum cql_boolean)b;
}

static bool
is_sortby(const struct parser *p)
{
	return p->token == TOKEN_WORD && strcasecmp(p->text, "sortby") == 0;
}

static struct node *
syntax_error(struct parser *p)
{
	return p->is_open ? cql_fail(&p->cql, CQL_QUOTES, "\"") :
	    cql_fail(&p->cql, CQL_SYNTAX, "%s", p->text);
}

/* ---- modifiers ---- */

struct modifier {
	char *name, *compare, *value;	/* the last two NULL: none */
};

static void
modifier_clear(struct modifier *m)
{
	free(m->name);
	free(m->compare);
	free(m->value);
	*m = (struct modifier){ 0 };
}

/* Take one; returns 0 if there is none, -1 if it is none. */
static int
take_modifier(struct parser *p, struct modifier *out)
{
	modifier_clear(out);
	if (p->token != TOKEN_SLASH)
		return 0;
	advance(p);
	if (p->token != TOKEN_WORD) {
		syntax_error(p);
		return -1;
	}
	out->name = taken(p);
	if (p->token != TOKEN_COMPARE)
		return 1;
	out->compare = taken(p);
	if (!is_term(p)) {
		syntax_error(p);
		return -1;
	}
	out->value = taken(p);
	return 1;
}

/* Refuse any that stands here. */
static int
no_modifiers(struct parser *p, unsigned code)
{
	CLEAN(modifier_clear) struct modifier m = { 0 };
	int rc = take_modifier(p, &m);

	if (rc == 1)
		cql_fail(&p->cql, code, "%s", m.name);
	return rc == 0 ? 0 : -1;
}

/* distance<=3, of which the default is 1. */
static int
read_distance(struct parser *p, const struct modifier *m, uint32_t *out)
{
	const char *value = m->value != NULL ? m->value : "";
	unsigned long n = strtoul(value, NULL, 10);
	bool is_less = m->compare != NULL && strcmp(m->compare, "<") == 0;

	n -= is_less && n > 0;
	if (m->compare == NULL || (!is_less && strcmp(m->compare, "<=") != 0 &&
	    !(strcmp(m->compare, "=") == 0 && n == 1))) {
		cql_fail(&p->cql, CQL_PROXIMITY_RELATION, "%s",
		    m->compare != NULL ? m->compare : "");
		return -1;
	}
	if (value[strspn(value, "0123456789")] != '\0' || n < 1 ||
	    n > MAX_DISTANCE) {
		cql_fail(&p->cql, CQL_PROXIMITY_DISTANCE, "%s", value);
		return -1;
	}
	*out = (uint32_t)n;
	return 0;
}

static int
read_proximity(struct parser *p, uint32_t *distance)
{
	CLEAN(modifier_clear) struct modifier m = { 0 };
	int rc;

	*distance = 1;
	while ((rc = take_modifier(p, &m)) == 1) {
		if (cql_name_is(m.name, "cql", "distance")) {
			if (read_distance(p, &m, distance) == -1)
				return -1;
		} else if (cql_name_is(m.name, "cql", "unit")) {
			if (m.value != NULL && strcasecmp(m.value, "word") == 0)
				continue;
			cql_fail(&p->cql, CQL_PROXIMITY_UNIT, "%s",
			    m.value != NULL ? m.value : "");
			return -1;
		} else if (cql_name_is(m.name, "cql", "ordered")) {
			cql_fail(&p->cql, CQL_PROXIMITY_ORDER, "%s", m.name);
			return -1;
		} else if (!cql_name_is(m.name, "cql", "unordered")) {
			cql_fail(&p->cql, CQL_BOOLEAN_MODIFIER, "%s", m.name);
			return -1;
		}
	}
	return rc;
}

/* ---- clauses ---- */

static struct node *
parse_brackets(struct parser *p)
{
	struct node *n;

	if (p->depth == MAX_DEPTH)
		return cql_fail(&p->cql, CQL_BRACKETS, "%d", MAX_DEPTH);
	advance(p);
	p->depth++;
	n = parse_booleans(p);
	p->depth--;
	if (n == NULL)
		return NULL;
	if (p->token != TOKEN_CLOSE) {
		node_free(&n);
		return p->is_open ? syntax_error(p) :
		    cql_fail(&p->cql, CQL_BRACKETS, "(");
	}
	advance(p);
	return n;
}

/* What follows an index: a relation and a term. */
static struct node *
parse_relation(struct parser *p, const char *index)
{
	CLEAN(str_free) char *name = taken(p), *term = NULL;
	enum cql_relation relation = cql_relation_by_name(name);

	if (relation == CQL_NO_RELATION && (is_term(p) ||
	    p->token == TOKEN_SLASH || strcmp(name, "<>") == 0))
		return cql_fail(&p->cql, CQL_RELATION, "%s", name);
	if (relation == CQL_NO_RELATION)
		return cql_fail(&p->cql, CQL_SYNTAX, "%s", name);
	if (no_modifiers(p, CQL_RELATION_MODIFIER) == -1)
		return NULL;
	if (!is_term(p))
		return syntax_error(p);
	term = taken(p);
	if (p->is_open)
		return syntax_error(p);
	return cql_clause(&p->cql, index, relation, term);
}

static struct node *
parse_clause(struct parser *p)
{
	CLEAN(str_free) char *first = NULL;
	bool was_quoted = p->token == TOKEN_QUOTED;

	if (p->token == TOKEN_OPEN)
		return parse_brackets(p);
	if (p->token == TOKEN_COMPARE && strcmp(p->text, ">") == 0)
		return cql_fail(&p->cql, CQL_UNSUPPORTED, ">");
	if (p->token == TOKEN_CLOSE)
		return cql_fail(&p->cql, CQL_BRACKETS, ")");
	if (!is_term(p))
		return syntax_error(p);
	first = taken(p);
	if (p->is_open)
		return syntax_error(p);
	if (p->token == TOKEN_COMPARE || (!was_quoted &&
	    p->token == TOKEN_WORD && boolean_of(p) == CQL_NBOOLEANS &&
	    !is_sortby(p)))
		return parse_relation(p, first);
	return cql_clause(&p->cql, NULL, CQL_EQUAL, first);
}

static struct node *
parse_booleans(struct parser *p)
{
	struct node *left = parse_clause(p), *right;
	uint32_t distance = 1;
	enum cql_boolean op;

	while (left != NULL && (op = boolean_of(p)) != CQL_NBOOLEANS) {
		advance(p);
		if ((op == CQL_PROX ? read_proximity(p, &distance) :
		    no_modifiers(p, CQL_BOOLEAN_MODIFIER)) == -1 ||
		    (right = parse_clause(p)) == NULL) {
			node_free(&left);
			return NULL;
		}
		left = cql_join(&p->cql, op, distance, left, right);
	}
	return left;
}

/* ---- order ---- */

/* direction: 1 ascending, -1 descending, 0 as it comes. */
static int
set_sort(struct cql *c, const char *name, int direction)
{
	size_t i;

	for (i = 0; i < NELEM(sorts); i++)
		if (cql_name_is(name, sorts[i].set, sorts[i].name))
			break;
	if (i == NELEM(sorts)) {
		cql_fail(c, CQL_NO_SORT, "%s", name);
		return -1;
	}
	if (direction != 0 && (direction > 0) != sorts[i].is_ascending) {
		cql_fail(c, CQL_SORT_DIRECTION, "%s", name);
		return -1;
	}
	c->q->sort = sorts[i].sort;
	return 0;
}

static int
parse_sort(struct parser *p)
{
	CLEAN(modifier_clear) struct modifier m = { 0 };
	CLEAN(str_free) char *name = NULL;
	int rc, direction = 0;

	advance(p);
	if (!is_term(p)) {
		syntax_error(p);
		return -1;
	}
	name = taken(p);
	while ((rc = take_modifier(p, &m)) == 1) {
		if (cql_name_is(m.name, "sort", "ascending"))
			direction = 1;
		else if (cql_name_is(m.name, "sort", "descending"))
			direction = -1;
		else {
			cql_fail(&p->cql, CQL_NO_SORT, "%s", m.name);
			return -1;
		}
	}
	if (rc == -1)
		return -1;
	if (is_term(p)) {
		cql_fail(&p->cql, CQL_SORT_KEYS, "1");
		return -1;
	}
	return set_sort(&p->cql, name, direction);
}

/* path, schema, ascending, case, missing: of which the first and third count. */
int
cql_sort_keys(const char *keys, struct query *out, struct cql_fault *fault)
{
	CLEAN(str_free) char *copy = xstrdup(keys);
	struct cql c = { .q = out, .fault = fault };
	char *rest = copy, *parts[3] = { NULL }, *last = NULL;
	size_t i;

	for (i = 0; i < NELEM(parts); i++)
		if ((parts[i] = strsep(&rest, ",")) != NULL)
			last = parts[i];
	if (strchr(copy, ' ') != NULL || strchr(last, ' ') != NULL) {
		cql_fail(&c, CQL_SORT_KEYS, "1");
		return -1;
	}
	return set_sort(&c, parts[0], parts[2] == NULL || *parts[2] == '\0' ?
	    0 : strcmp(parts[2], "0") == 0 ? -1 : 1);
}

/*
 * Booleans that are all as strong need no brackets here; where they are printed
 * they do, and may have no more than typed text.
 */
static int
check_depth(struct cql *c)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	query_print(c->q, &b);
	if (query_depth(buf_str(&b)) <= QUERY_MAX_DEPTH)
		return 0;
	cql_fail(c, CQL_TOO_MANY, "%d", QUERY_MAX_DEPTH);
	return -1;
}

int
cql_parse(const char *text, struct query *out, struct cql_fault *fault)
{
	struct parser p = { .cql = { .q = out, .fault = fault }, .at = text };
	struct node *root = NULL;
	int rc = -1;

	if (strlen(text) > QUERY_MAX_BYTES)
		cql_fail(&p.cql, CQL_TOO_LONG, "%d", QUERY_MAX_BYTES);
	else {
		advance(&p);
		root = parse_booleans(&p);
	}
	if (root != NULL && (!is_sortby(&p) || parse_sort(&p) == 0)) {
		if (p.token == TOKEN_END)
			rc = 0;
		else if (p.token == TOKEN_CLOSE)
			cql_fail(&p.cql, CQL_BRACKETS, ")");
		else
			syntax_error(&p);
	}
	if (rc == 0) {
		free(out->q);
		out->q = xstrdup(text);
		out->text = cql_lift(out, root);
		rc = check_depth(&p.cql);
	} else
		node_free(&root);
	free(p.text);
	return rc;
}
