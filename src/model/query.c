#include <config.h>

#include "model/query.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

static const char *const sorts[] = {
	[SORT_RELEVANCE] = "relevantie",
	[SORT_DATE] = "datum",
	[SORT_TITLE] = "titel",
};

/* ---- life ---- */

void
query_init(struct query *q, int today_ymd)
{
	*q = (struct query){
		.peil_ymd = today_ymd, .aantal = 10,
		.limits = { QUERY_MAX_EXPANSION, QUERY_MAX_WORK,
		    QUERY_LIGHT_WORK },
	};
	q->q = xstrdup("");
}

void
query_clear(struct query *q)
{
	size_t i;

	free(q->q);
	free(q->like);
	node_free(&q->text);
	for (i = 0; i < q->nfilters; i++)
		free(q->filters[i].value);
	free(q->filters);
	notes_clear(&q->notes);
	*q = (struct query){ 0 };
}

void
query_add_filter(struct query *q, struct filter *f)
{
	size_t i;

	for (i = 0; i < q->nfilters; i++) {
		if (filter_equal(&q->filters[i], f)) {
			free(f->value);
			f->value = NULL;
			return;
		}
	}
	GROW(q->filters, q->nfilters, q->cap_filters);
	q->filters[q->nfilters++] = *f;
	f->value = NULL;
}

/* ---- nodes ---- */

static struct node *
node_of(enum node_op op, struct node *kid)
{
	struct node *n = node_new(op);

	node_add(n, kid);
	return n;
}

/* The text, and n besides. */
static void
narrow(struct query *q, struct node *n)
{
	if (q->text == NULL)
		q->text = n;
	else {
		if (q->text->op != NODE_AND)
			q->text = node_of(NODE_AND, q->text);
		node_add(q->text, n);
	}
}

/* ---- keys ---- */

static int
set_q(struct query *q, const char *value, struct error *err)
{
	struct node *before = q->text;

	if (strlen(value) > QUERY_MAX_BYTES)
		return error_set(err, ERROR_QUERY,
		    "de vraag is te lang: %zu bytes, hoogstens %d",
		    strlen(value), QUERY_MAX_BYTES);
	free(q->q);
	q->q = xstrdup(value);
	query_parse(q, value);
	if (before != NULL)
		narrow(q, before);
	return 0;
}

static int
set_peildatum(struct query *q, const char *value, struct error *err)
{
	int ymd = date_parse_iso(value);

	if (ymd == DATE_NONE)
		return error_set(err, ERROR_QUERY,
		    "ongeldige datum ‘%s’ voor peildatum; schrijf JJJJ-MM-DD",
		    value);
	q->peil_ymd = ymd;
	return 0;
}

static int
set_sorteer(struct query *q, const char *value, struct error *err)
{
	size_t i;

	for (i = 0; i < NELEM(sorts); i++)
		if (strcmp(sorts[i], value) == 0) {
			q->sort = (enum query_sort)i;
			return 0;
		}
	return error_set(err, ERROR_QUERY, "sorteer ‘%s’ bestaat niet; mogelijk "
	    "is: relevantie, datum, titel", value);
}

static int
number_parse(const char *key, const char *value, unsigned max, unsigned *out,
    struct error *err)
{
	size_t n = strlen(value);

	if (n == 0 || n > 6 || strspn(value, "0123456789") != n ||
	    strtoul(value, NULL, 10) > max)
		return error_set(err, ERROR_QUERY,
		    "ongeldig getal ‘%s’ voor %s; mogelijk is: 0 tot en met %u",
		    value, key, max);
	*out = (unsigned)strtoul(value, NULL, 10);
	return 0;
}

static int
set_vanaf(struct query *q, const char *value, struct error *err)
{
	return number_parse("vanaf", value, QUERY_MAX_RANK, &q->vanaf, err);
}

static int
set_aantal(struct query *q, const char *value, struct error *err)
{
	return number_parse("aantal", value, QUERY_MAX_COUNT, &q->aantal, err);
}

static int
set_uitbreiden(struct query *q, const char *value, struct error *err)
{
	if (strcmp(value, "ja") != 0 && strcmp(value, "nee") != 0)
		return error_set(err, ERROR_QUERY,
		    "uitbreiden ‘%s’ bestaat niet; mogelijk is: ja, nee", value);
	q->is_literal = strcmp(value, "nee") == 0;
	return 0;
}

/* The keys that are no field; each may be given once. */
static const struct {
	const char *name;
	int (*set)(struct query *, const char *, struct error *);
} single_keys[] = {
	{ "q", set_q },
	{ "peildatum", set_peildatum },
	{ "sorteer", set_sorteer },
	{ "vanaf", set_vanaf },
	{ "aantal", set_aantal },
	{ "uitbreiden", set_uitbreiden },
};

const char *const *
query_keys(void)
{
	static const char *names[NELEM(single_keys) + NFIELDS + 1];
	size_t n = 0, i;

	if (names[0] != NULL)
		return names;
	for (i = 0; i < NELEM(single_keys); i++)
		names[n++] = single_keys[i].name;
	for (i = 0; i < NFIELDS; i++)
		if (*fields[i].name != '\0')
			names[n++] = fields[i].name;
	return names;
}

bool
query_key_exists(const char *key)
{
	const char *const *k;

	for (k = query_keys(); *k != NULL; k++)
		if (strcmp(*k, key) == 0)
			return true;
	return false;
}

static int
unknown_key(const char *key, struct error *err)
{
	CLEAN(buf_clear) struct buf all = BUF_INIT;
	const char *const *k;

	for (k = query_keys(); *k != NULL; k++)
		buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", *k);
	return error_set(err, ERROR_QUERY,
	    "sleutel ‘%s’ bestaat niet; mogelijk is: %s", key, buf_str(&all));
}

/*
 * titel=word as a key narrows the answer: the first one is the first of the
 * alternatives, further ones join it; what is excluded stands by itself.
 */
static int
set_text_field(struct query *q, const struct field *f, const char *value,
    struct error *err)
{
	bool is_excluded = *value == '!';
	struct node *n, *first;

	value += is_excluded;
	if (filter_check_length(f, value, err) == -1)
		return -1;
	if ((n = query_parse_words(q, f, value)) == NULL)
		return error_set(err, ERROR_QUERY, "%s ‘%s’ bevat geen woord",
		    f->name, value);
	if (is_excluded) {
		n->need = NEED_NOT;
		narrow(q, node_of(NODE_GROUP, n));
	} else if (q->titles == NULL) {
		q->titles = n;
		narrow(q, n);
	} else if (q->titles->op == NODE_OR) {
		node_add(q->titles, n);
	} else {
		first = xmalloc(sizeof *first);
		*first = *q->titles;
		*q->titles = (struct node){ .op = NODE_OR };
		node_add(q->titles, first);
		node_add(q->titles, n);
	}
	return 0;
}

static int
set_field(struct query *q, const struct field *f, const char *value,
    struct error *err)
{
	struct filter filter;

	if (f->kind == FIELD_TEXT)
		return set_text_field(q, f, value, err);
	if (filter_parse(f, value, &filter, err) == -1)
		return -1;
	query_add_filter(q, &filter);
	return 0;
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 && !isspace((unsigned char)*s))
			return true;
	return false;
}

int
query_set(struct query *q, const char *key, const char *value, struct error *err)
{
	const struct field *f;
	size_t i;

	if (!utf8_valid(key, strlen(key)))
		return error_set(err, ERROR_QUERY, "een sleutel is geen UTF-8");
	if (!utf8_valid(value, strlen(value)))
		return error_set(err, ERROR_QUERY,
		    "de waarde van %s is geen UTF-8", key);
	if (has_control(value))
		return error_set(err, ERROR_QUERY,
		    "de waarde van %s bevat stuurtekens", key);
	for (i = 0; i < NELEM(single_keys); i++) {
		if (strcmp(single_keys[i].name, key) != 0)
			continue;
		if (q->keys_seen & (1U << i))
			return error_set(err, ERROR_QUERY,
			    "%s is meer dan eens gegeven", key);
		q->keys_seen |= 1U << i;
		return single_keys[i].set(q, value, err);
	}
	if ((f = field_by_name(key)) != NULL)
		return set_field(q, f, value, err);
	return unknown_key(key, err);
}

void
query_print(const struct query *q, struct buf *out)
{
	size_t i;
	bool needs_brackets = q->text != NULL && q->nfilters > 0 &&
	    (q->text->op == NODE_AND || q->text->op == NODE_OR);

	if (needs_brackets)
		buf_addc(out, '(');
	if (q->text != NULL)
		node_print(q->text, out);
	if (needs_brackets)
		buf_addc(out, ')');
	if (q->like != NULL)
		buf_addf(out, "%slijkt op %s", out->len > 0 ? " " : "", q->like);
	for (i = 0; i < q->nfilters; i++) {
		if (out->len > 0)
			buf_addc(out, ' ');
		filter_print(&q->filters[i], out);
	}
}

unsigned
query_depth(const char *s)
{
	unsigned depth = 0, most = 0;
	bool in_quotes = false;

	for (; *s != '\0'; s++) {
		in_quotes ^= *s == '"';
		if (in_quotes)
			continue;
		if (*s == '(' && ++depth > most)
			most = depth;
		else if (*s == ')' && depth > 0)
			depth--;
	}
	return most;
}

const char *
query_sort_name(enum query_sort sort)
{
	return sorts[sort];
}
