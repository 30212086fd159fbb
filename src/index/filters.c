#include <config.h>

#include "index/filters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "dutch/cite.h"
#include "index/store.h"
#include "model/entry.h"
#include "model/validity.h"

struct day {
	char s[12];
};

static struct day
day(int ymd)
{
	struct day d;

	snprintf(d.s, sizeof d.s, "%08d", ymd);
	return d;
}

/* Documents with any period at all have a first day, if only an open one. */
static struct xap_query *
validity_query(struct qb *b, enum validity v, int peil_ymd)
{
	uint32_t from = fields[FIELD_GELDIGHEID].slot, to = from + 1;
	struct day begin = day(DATE_OPEN_BEGIN), peil = day(peil_ymd);
	struct day before = day(peil_ymd - 1), after = day(peil_ymd + 1);

	switch (v) {
	case VALIDITY_GELDIG:
		return qb_two(b, XAP_AND, qb_range(b, from, begin.s, peil.s),
		    qb_range(b, to, peil.s, NULL));
	case VALIDITY_VERVALLEN:
		return qb_range(b, to, begin.s, before.s);
	case VALIDITY_TOEKOMSTIG:
		return qb_two(b, XAP_AND, qb_range(b, from, after.s, NULL),
		    qb_range(b, to, peil.s, NULL));
	case VALIDITY_ONBEKEND:
	case NVALIDITIES:
		break;
	}
	return NULL;
}

/* What is cited, in any spelling; false if the value is no citation. */
static bool
citation_term(const struct citer *citer, const char *value, struct buf *term)
{
	CLEAN(citations_clear) struct citations found = { 0 };

	citations_find(citer, value, strlen(value), NULL, &found);
	if (found.count == 0 || found.items[0].begin != 0 ||
	    found.items[0].end != strlen(value))
		return false;
	buf_adds(term, ENTRY_PREFIX_CITED);
	buf_add(term, found.strings.s + found.items[0].key,
	    found.items[0].nkey);
	return true;
}

static struct xap_query *
keyword_query(struct qb *b, const struct filter *f)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;

	if (f->field->id != FIELD_CITEERT || !citation_term(
	    analyser_citer(store_analyser(b->store)), f->value, &term))
		entry_keyword_term(f->field->prefix, f->value, &term);
	return qb_term(b, buf_str(&term));
}

struct xap_query *
filter_query(struct qb *b, const struct filter *f, int peil_ymd)
{
	struct xap_query *q = NULL;

	if (f->field->kind == FIELD_PERIOD)
		q = validity_query(b, validity_by_name(f->value), peil_ymd);
	else if (f->field->kind == FIELD_DATE)
		q = qb_range(b, f->field->slot, day(f->from_ymd).s,
		    day(f->to_ymd).s);
	if (q == NULL)
		q = keyword_query(b, f);
	return qb_scale(b, q, 0);
}

/* The alternatives for one field, or what it excludes; NULL if none. */
static struct xap_query *
field_query(struct qb *b, const struct query *q, enum field_id field,
    bool is_excluded)
{
	struct xap_query **parts = xcalloc(q->nfilters, sizeof *parts);
	struct xap_query *any = NULL;
	size_t i, n = 0;

	for (i = 0; i < q->nfilters; i++)
		if (q->filters[i].field->id == field &&
		    q->filters[i].is_excluded == is_excluded)
			parts[n++] = filter_query(b, &q->filters[i],
			    q->peil_ymd);
	if (n > 0)
		any = qb_op(b, XAP_OR, parts, n, 0);
	free(parts);
	return any;
}

struct xap_query *
filters_apply(struct qb *b, struct xap_query *words, const struct query *q,
    enum field_id except)
{
	enum field_id f;

	if (words == NULL)
		words = qb_scale(b, qb_all(b), 0);
	for (f = 0; f < NFIELDS; f++)
		if (f != except && filters_have(q, f))
			words = qb_two(b, XAP_FILTER, words,
			    filters_only(b, q, f));
	return words;
}

struct xap_query *
filters_only(struct qb *b, const struct query *q, enum field_id f)
{
	struct xap_query *words = qb_scale(b, qb_all(b), 0), *part;

	if ((part = field_query(b, q, f, false)) != NULL)
		words = qb_two(b, XAP_FILTER, words, part);
	if ((part = field_query(b, q, f, true)) != NULL)
		words = qb_two(b, XAP_AND_NOT, words, part);
	return words;
}

bool
filters_have(const struct query *q, enum field_id field)
{
	size_t i;

	for (i = 0; i < q->nfilters; i++)
		if (q->filters[i].field->id == field)
			return true;
	return false;
}
