#include <config.h>

#include "index/facetcount.h"

#include "index/columns.h"

/* Where what was counted goes. */
struct counter {
	const struct field *only;
	int peil_ymd;
	struct result *result;
};

/* So many documents have a value of a column. */
static void
add(const struct counter *c, size_t column, struct xap_str value,
    uint32_t docs)
{
	if (column == COLUMN_PERIOD)
		result_count_period(c->result, value.s, value.len, docs,
		    c->peil_ymd);
	else
		result_count_packed(c->result, c->only, value.s, value.len,
		    docs);
}

static void
add_numbers(const struct counter *c, const struct columns *columns,
    const struct xap_match *m, size_t column)
{
	size_t n, i;
	const uint32_t *docs = xap_match_numbers(m, column, &n);

	for (i = 1; i < n; i++)
		if (docs[i] > 0)
			add(c, column, columns_value(columns, column,
			    (uint32_t)i), docs[i]);
}

static void
add_values(const struct counter *c, const struct xap_match *m, size_t column)
{
	size_t n, i;
	const struct xap_count *values = xap_match_counts(m, column, &n);

	for (i = 0; i < n; i++)
		add(c, column, values[i].value, values[i].docs);
}

void
facetcount_want(const struct store *s, struct xap_want *want)
{
	const struct columns *columns = store_columns(s);

	if (columns != NULL) {
		want->columns = columns_numbers(columns);
		want->ncolumns = NCOLUMNS;
	} else {
		want->count_slots = column_slots;
		want->ncount_slots = NCOLUMNS;
	}
}

void
facetcount_add(const struct store *s, const struct xap_match *m,
    const struct field *only, int peil_ymd, struct result *result)
{
	const struct counter c = { only, peil_ymd, result };
	const struct columns *columns = store_columns(s);
	size_t i;

	for (i = 0; i < NCOLUMNS; i++) {
		if (only != NULL &&
		    (only->kind == FIELD_PERIOD) != (i == COLUMN_PERIOD))
			continue;
		if (columns != NULL)
			add_numbers(&c, columns, m, i);
		else
			add_values(&c, m, i);
	}
}
