#include <config.h>

#include "model/cqlint.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/utf8.h"

/* In a term: an asterisk that masks, not one that was escaped. */
#define MASK '\x01'

const struct cql_set cql_sets[] = {
	{ "cql", "info:srw/cql-context-set/1/cql-v1.2" },
	{ "dc", "info:srw/cql-context-set/1/dc-v1.1" },
	{ "naslag", "urn:naslag:cql" },
	{ "sort", "info:srw/cql-context-set/1/sort-v1.0" },
};
const size_t ncql_sets = NELEM(cql_sets);

const struct cql_index cql_indexes[] = {
	{ "cql", "serverChoice", FIELD_TEKST },
	{ "cql", "anywhere", FIELD_TEKST },
	{ "dc", "title", FIELD_TITEL },
	{ "dc", "type", FIELD_SOORT },
	{ "dc", "date", FIELD_DATUM },
	{ "dc", "subject", FIELD_THEMA },
	{ "dc", "coverage", FIELD_LAND },
	{ "dc", "language", FIELD_TAAL },
	{ "dc", "format", FIELD_FORMAAT },
	{ "naslag", "text", FIELD_TEKST },
	{ "naslag", "tekst", FIELD_TEKST },
};
const size_t ncql_indexes = NELEM(cql_indexes);

static const struct {
	const char *name;
	enum cql_relation relation;
} relations[] = {
	{ "=", CQL_EQUAL }, { "scr", CQL_EQUAL }, { "adj", CQL_EQUAL },
	{ "==", CQL_EXACT }, { "exact", CQL_EXACT },
	{ "all", CQL_ALL }, { "any", CQL_ANY },
	{ "<", CQL_LESS }, { "<=", CQL_LESS_EQUAL },
	{ ">", CQL_MORE }, { ">=", CQL_MORE_EQUAL },
	{ "within", CQL_WITHIN },
};

struct node *
cql_fail(struct cql *c, unsigned code, const char *fmt, ...)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;
	struct cql_fault *f = c->fault;
	char all[sizeof f->details];
	size_t n;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(all, sizeof all, fmt, ap);
	va_end(ap);
	f->code = code;
	/*
	 * What was cut within a character, or masked, is text again; that may
	 * have made it longer.
	 */
	utf8_clean(all, strlen(all), &clean);
	n = clean.len;
	if (n >= sizeof f->details)
		n = sizeof f->details - 1;
	while (n < clean.len && (clean.s[n] & 0xC0) == 0x80)
		n--;
	memcpy(f->details, buf_str(&clean), n);
	f->details[n] = '\0';
	return NULL;
}

/* ---- names ---- */

bool
cql_name_is(const char *name, const char *set, const char *part)
{
	size_t n = strlen(set);

	return strcasecmp(name, part) == 0 || (strncasecmp(name, set, n) == 0 &&
	    name[n] == '.' && strcasecmp(name + n + 1, part) == 0);
}

enum cql_relation
cql_relation_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < NELEM(relations); i++)
		if (cql_name_is(name, "cql", relations[i].name))
			return relations[i].relation;
	return CQL_NO_RELATION;
}

static bool
is_set(const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < NELEM(cql_sets); i++)
		if (strncasecmp(cql_sets[i].name, name, n) == 0 &&
		    cql_sets[i].name[n] == '\0')
			return true;
	return false;
}

/* The field of an index; NULL with the fault set if there is none. */
static const struct field *
field_of(struct cql *c, const char *name)
{
	const char *dot = strchr(name, '.');
	size_t i;

	for (i = 0; i < NELEM(cql_indexes); i++)
		if (cql_name_is(name, cql_indexes[i].set, cql_indexes[i].name))
			return &fields[cql_indexes[i].field];
	for (i = 0; i < NFIELDS; i++)
		if (*fields[i].name != '\0' &&
		    cql_name_is(name, "naslag", fields[i].name))
			return &fields[i];
	if (dot != NULL && !is_set(name, (size_t)(dot - name)))
		cql_fail(c, CQL_SET, "%.*s", (int)(dot - name), name);
	else
		cql_fail(c, CQL_INDEX, "%s", name);
	return NULL;
}

/* ---- terms ---- */

/*
 * A term without its escapes.  What was escaped is a character and nothing
 * more, so it says nothing where words are looked for: a space.
 */
static int
unescape(struct cql *c, const char *term, struct buf *out)
{
	const char *s;

	for (s = term; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0' && strchr("*?^\"\\", s[1])) {
			s++;
			buf_addc(out, ' ');
		} else if (*s == '\\') {
			cql_fail(c, CQL_ESCAPE, "%s", s);
			return -1;
		} else if (*s == '?' || *s == '^') {
			cql_fail(c, *s == '?' ? CQL_MASK : CQL_ANCHOR, "%c", *s);
			return -1;
		} else
			buf_addc(out, *s == '*' ? MASK : *s);
	}
	if (strspn(buf_str(out), " \t\n\r\v\f") < out->len)
		return 0;
	cql_fail(c, CQL_EMPTY_TERM, "%s", term);
	return -1;
}

/* One more leaf of the question. */
static bool
may_grow(struct cql *c)
{
	if (++c->words <= QUERY_MAX_WORDS)
		return true;
	cql_fail(c, CQL_TOO_MANY, "%d", QUERY_MAX_WORDS);
	return false;
}

/* Would the word be read as a field and its value where it is typed? */
static bool
is_field_value(const char *word)
{
	CLEAN(str_free) char *name = xstrndup(word, strcspn(word, ":"));

	return word[strlen(name)] == ':' && field_by_name(name) != NULL;
}

static struct node *
words_node(struct cql *c, const struct field *f, const char *words,
    bool is_literal)
{
	struct node *n;

	if (!may_grow(c))
		return NULL;
	if (strlen(words) > QUERY_MAX_VALUE)
		return cql_fail(c, CQL_TOO_LONG, "%d", QUERY_MAX_VALUE);
	words += strspn(words, "+- ");
	if ((n = query_parse_words(c->q, f, words)) == NULL)
		return cql_fail(c, CQL_EMPTY_TERM, "%s", words);
	if (is_literal || (f == NULL && is_field_value(words)))
		n->op = NODE_PHRASE;
	return n;
}

/* A single word, which may be the beginning of one. */
static struct node *
word_node(struct cql *c, const struct field *f, char *word)
{
	size_t n = strlen(word);
	char *mask = strchr(word, MASK);

	if (mask == NULL)
		return words_node(c, f, word, false);
	if (mask + 1 != word + n)
		return cql_fail(c, CQL_MASK_PLACE, "*");
	if (utf8_count(word, n - 1) < QUERY_MIN_PREFIX)
		return cql_fail(c, CQL_MASK_SHORT, "%d", QUERY_MIN_PREFIX);
	*mask = '*';
	return words_node(c, f, word, false);
}

static struct node *
phrase_node(struct cql *c, const struct field *f, const char *words)
{
	if (strchr(words, MASK) != NULL)
		return cql_fail(c, CQL_MASK_IN_PHRASE, "*");
	return words_node(c, f, words, true);
}

/* ---- values ---- */

static struct node *
value_node(struct cql *c, const struct field *f, const char *value)
{
	struct error err = ERROR_INIT;
	struct filter filter;
	struct node *n;

	if (!may_grow(c))
		return NULL;
	if (strchr(value, MASK) != NULL)
		return cql_fail(c, CQL_MASK, "*");
	/* An exclamation mark excludes in typed text, not here. */
	if (*value == '!')
		return cql_fail(c, CQL_TERM, "%s", value);
	if (filter_parse(f, value, &filter, &err) == -1)
		return cql_fail(c, CQL_TERM, "%s", err.msg);
	n = node_new(NODE_VALUE);
	n->value = filter;
	return n;
}

static struct node *
date_node(struct cql *c, const struct field *f, enum cql_relation relation,
    const char *value)
{
	struct node *n = value_node(c, f, value);
	struct filter *v;

	if (n == NULL || relation == CQL_EQUAL)
		return n;
	v = &n->value;
	if (relation == CQL_LESS)
		v->to_ymd = date_before(v->from_ymd);
	else if (relation == CQL_MORE)
		v->from_ymd = date_after(v->to_ymd);
	if (relation == CQL_LESS || relation == CQL_LESS_EQUAL)
		v->from_ymd = DATE_OPEN_BEGIN;
	else
		v->to_ymd = DATE_OPEN_END;
	/* Behind the last day and before the first there is nothing. */
	if (v->from_ymd != DATE_NONE && v->to_ymd != DATE_NONE &&
	    strstr(value, "..") == NULL)
		return n;
	node_free(&n);
	return cql_fail(c, CQL_TERM, "%s", value);
}

/* From the first of two dates to the second. */
static struct node *
within_node(struct cql *c, const struct field *f, const char *value)
{
	size_t n = strcspn(value, " ");
	CLEAN(str_free) char *range = xasprintf("%.*s..%s", (int)n, value,
	    value + n + strspn(value + n, " "));

	if (value[n] == '\0' || strstr(value, "..") != NULL)
		return cql_fail(c, CQL_TERM, "%s", value);
	return date_node(c, f, CQL_EQUAL, range);
}

/* ---- clauses ---- */

static struct node *
one_node(struct cql *c, const struct field *f, char *word)
{
	if (f == NULL || f->kind == FIELD_TEXT)
		return word_node(c, f, word);
	return value_node(c, f, word);
}

/* Each word or value of the term. */
static struct node *
list_node(struct cql *c, const struct field *f, enum node_op op, char *term)
{
	struct node *list = node_new(op), *kid;
	char *word;

	while ((word = strsep(&term, " \t\n\r\v\f")) != NULL) {
		if (*word == '\0')
			continue;
		if ((kid = one_node(c, f, word)) == NULL) {
			node_free(&list);
			return NULL;
		}
		node_add(list, kid);
	}
	if (list->nkids > 1)
		return list;
	kid = list->kids[0];
	list->nkids = 0;
	node_free(&list);
	return kid;
}

static struct node *
text_clause(struct cql *c, const struct field *f, enum cql_relation relation,
    char *term)
{
	if (relation == CQL_EXACT ||
	    term[strcspn(term, " \t\n\r\v\f")] != '\0')
		return phrase_node(c, f, term);
	return word_node(c, f, term);
}

/* Spaces at the ends are no part of a term. */
static char *
trim(char *s)
{
	char *end;

	s += strspn(s, " \t\n\r\v\f");
	for (end = s + strlen(s); end > s && isspace((unsigned char)end[-1]);
	    end--)
		;
	*end = '\0';
	return s;
}

struct node *
cql_clause(struct cql *c, const char *index, enum cql_relation relation,
    const char *term)
{
	CLEAN(buf_clear) struct buf unescaped = BUF_INIT;
	const struct field *f = &fields[FIELD_TEKST];
	bool is_date;
	char *text;

	if (index != NULL && cql_name_is(index, "cql", "allRecords"))
		return node_new(NODE_GROUP);
	if (index != NULL && (f = field_of(c, index)) == NULL)
		return NULL;
	if (unescape(c, term, &unescaped) == -1)
		return NULL;
	text = trim(unescaped.s);
	is_date = f->kind == FIELD_DATE;
	if (f->id == FIELD_TEKST)
		f = NULL;
	if (relation == CQL_ANY || relation == CQL_ALL)
		return list_node(c, f, relation == CQL_ANY ? NODE_OR : NODE_AND,
		    text);
	if (relation == CQL_EQUAL || relation == CQL_EXACT)
		return f == NULL || f->kind == FIELD_TEXT ?
		    text_clause(c, f, relation, text) :
		    value_node(c, f, text);
	if (!is_date)
		return cql_fail(c, CQL_RELATION_OF_INDEX, "%s",
		    index != NULL ? index : "cql.serverChoice");
	return relation == CQL_WITHIN ? within_node(c, f, text) :
	    date_node(c, f, relation, text);
}
