#include <config.h>

#include "gather/numbers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "dutch/series.h"
#include "model/lists.h"

struct numbers {
	struct series *series;
};

int
numbers_load(struct numbers **out, struct error *err)
{
	CLEAN(numbers_free) struct numbers *ns = xcalloc(1, sizeof *ns);
	size_t row;

	if (series_load(false, &ns->series, err) == -1)
		return -1;
	for (row = 0; row < series_rows(ns->series); row++) {
		const char *soort = series_cell(ns->series, row, SERIES_SOORT);

		if (*soort != '\0' && list_value(FIELD_SOORT, soort) == NULL)
			return error_set(err, ERROR_CONFIG,
			    "nummers.tsv: no soort '%s'", soort);
	}
	*out = ns;
	ns = NULL;
	return 0;
}

void
numbers_free(struct numbers **ns)
{
	if (*ns == NULL)
		return;
	series_free(&(*ns)->series);
	free(*ns);
	*ns = NULL;
}

uint64_t
numbers_hash(const struct numbers *ns)
{
	return series_hash(ns->series);
}

static bool
match_at(const struct numbers *ns, const char *s, size_t n, size_t at,
    bool is_begin, struct number *out)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	const struct series *ss = ns->series;
	struct series_match m;
	size_t len;

	if (!series_match(ss, s, n, at, is_begin ? 0 : SERIES_ANYWHERE, &m))
		return false;
	*out = (struct number){ .at = at, .end = m.end, .land = m.land,
	    .soort = series_cell(ss, m.row, SERIES_SOORT),
	    .is_id = strcmp(series_cell(ss, m.row, SERIES_VELD), "id") == 0,
	    .is_anywhere = strcmp(series_cell(ss, m.row, SERIES_WAAR),
	    "overal") == 0 };
	if (m.jaar != NULL)
		memcpy(out->jaar, m.jaar, 4);
	series_print(ss, s, &m, &text);
	len = text.len < sizeof out->text ? text.len : sizeof out->text - 1;
	memcpy(out->text, buf_str(&text), len);
	out->text[len] = '\0';
	return true;
}

bool
numbers_match(const struct numbers *ns, const char *s, size_t n,
    struct number *out)
{
	size_t at = series_gap(s, n);

	return at < n && match_at(ns, s, n, at, true, out);
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

bool
numbers_find(const struct numbers *ns, const char *s, size_t n,
    struct number *out)
{
	size_t at;

	if (numbers_match(ns, s, n, out))
		return true;
	for (at = 1; at < n; at++)
		if (is_alnum(s[at]) && !is_alnum(s[at - 1]) &&
		    match_at(ns, s, n, at, false, out))
			return true;
	return false;
}

bool
number_leads(const struct number *number, const char *s, size_t n)
{
	size_t at = number->end;

	at += series_gap(s + at, n - at);
	return at == n || s[at] < 'a' || s[at] > 'z';
}
