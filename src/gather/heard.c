#include <config.h>

#include "gather/heard.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "formats/wire.h"
#include "model/lists.h"

/* What sources can contradict each other in; titles and themas just differ. */
enum matter {
	MATTER_SOORT,
	MATTER_KENMERK,
	MATTER_LAND,
	MATTER_TAAL,
	MATTER_DATUM,
	MATTER_VAN,
	MATTER_TOT,
	NMATTERS
};

struct statement {
	size_t source;		/* one may name several values */
	enum matter matter;
	char *value;		/* stored form; a day as 2014-07-01 */
	char *said_by;
};

/* A day is no field's value; what is one has field NFIELDS. */
static const struct {
	const char *name;
	enum field_id field;
	size_t ymd, origin;	/* offsets in struct doc */
} matters[NMATTERS] = {
	[MATTER_SOORT] = { "soort", FIELD_SOORT, 0, 0 },
	[MATTER_KENMERK] = { "kenmerk", FIELD_KENMERK, 0, 0 },
	[MATTER_LAND] = { "land", FIELD_LAND, 0, 0 },
	[MATTER_TAAL] = { "taal", FIELD_TAAL, 0, 0 },
	[MATTER_DATUM] = { "datum", NFIELDS,
	    offsetof(struct doc, datum_ymd), offsetof(struct doc, datum_origin) },
	[MATTER_VAN] = { "geldigVan", NFIELDS,
	    offsetof(struct doc, van_ymd), offsetof(struct doc, van_origin) },
	[MATTER_TOT] = { "geldigTot", NFIELDS,
	    offsetof(struct doc, tot_ymd), offsetof(struct doc, tot_origin) },
};

#define MEMBER(doc, offset, type) \
	((type const *)(const void *)((const char *)(doc) + (offset)))

static size_t
value_count(const struct doc *doc, enum matter m)
{
	if (matters[m].field != NFIELDS)
		return doc->values[matters[m].field].count;
	return *MEMBER(doc, matters[m].ymd, int) != DATE_NONE;
}

static char *
value_at(const struct doc *doc, enum matter m, size_t i)
{
	struct buf day = BUF_INIT;

	if (matters[m].field != NFIELDS)
		return xstrdup(doc->values[matters[m].field].items[i].text);
	date_print(*MEMBER(doc, matters[m].ymd, int), &day);
	return buf_steal(&day);
}

/* Of the values that the document has; there is one, at least. */
static const char *
believed_origin(const struct doc *doc, enum matter m)
{
	if (matters[m].field != NFIELDS)
		return origin_name(doc->values[matters[m].field].items[0].
		    origin);
	return origin_name(*MEMBER(doc, matters[m].origin, enum origin));
}

/* ---- hearing ---- */

/* Takes over value. */
static void
add(struct heard *h, enum matter m, char *value, const char *said_by)
{
	GROW(h->items, h->count, h->cap);
	h->items[h->count++] = (struct statement){ h->sources, m, value,
	    xstrdup(said_by) };
}

void
heard_value(struct heard *h, const struct tables *t, const struct label *label,
    const char *s, size_t n, enum origin origin)
{
	CLEAN(doc_clear) struct doc own = { 0 };
	enum matter m;
	size_t i;

	if (!label->is_compared)
		return;
	value_put(t, &own, label->target, s, n, origin);
	h->sources += h->label != label;
	h->label = label;
	for (m = 0; m < NMATTERS; m++)
		for (i = 0; i < value_count(&own, m); i++)
			add(h, m, value_at(&own, m, i), origin_name(origin));
}

static enum matter
matter_of(enum field_id field)
{
	enum matter m = 0;

	while (m < NMATTERS && matters[m].field != field)
		m++;
	assert(m < NMATTERS);
	return m;
}

void
heard_say(struct heard *h, enum field_id field, const char *value,
    const char *source)
{
	h->sources++;
	h->label = NULL;
	if (value != NULL && *value != '\0')
		add(h, matter_of(field), xstrdup(value), source);
}

void
heard_say_all(struct heard *h, enum field_id field, const struct doc_values *v,
    const char *source)
{
	size_t i;

	h->sources++;
	h->label = NULL;
	for (i = 0; i < v->count; i++)
		add(h, matter_of(field), xstrdup(v->items[i].text), source);
}

void
heard_clear(struct heard *h)
{
	size_t i;

	for (i = 0; i < h->count; i++) {
		free(h->items[i].value);
		free(h->items[i].said_by);
	}
	free(h->items);
	*h = (struct heard){ 0 };
}

/* ---- judging ---- */

/* A number of days that grows by one a day. */
static long
day_number(const char *iso)
{
	int ymd = date_parse_iso(iso);
	struct tm tm = {
		.tm_year = ymd / 10000 - 1900,
		.tm_mon = ymd / 100 % 100 - 1,
		.tm_mday = ymd % 100,
	};

	return (long)(timegm(&tm) / 86400);
}

static bool
same_key(const char *a, const char *b)
{
	CLEAN(buf_clear) struct buf ka = BUF_INIT;
	CLEAN(buf_clear) struct buf kb = BUF_INIT;

	list_key(a, strlen(a), &ka);
	list_key(b, strlen(b), &kb);
	return strcmp(buf_str(&ka), buf_str(&kb)) == 0;
}

/*
 * Whether two values are one.  "Geldig tot" may name the first day that is not
 * included.
 */
static bool
is_same(enum matter m, const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return true;
	if (m == MATTER_TOT)
		return labs(day_number(a) - day_number(b)) <= 1;
	return m == MATTER_KENMERK && same_key(a, b);
}

static bool
doc_has(const struct doc *doc, enum matter m, const char *value)
{
	size_t i, n = value_count(doc, m);
	bool is_found = false;

	for (i = 0; i < n && !is_found; i++) {
		CLEAN(str_free) char *own = value_at(doc, m, i);

		is_found = is_same(m, own, value);
	}
	return is_found;
}

/* Whether the source of a statement agrees with the document about it. */
static bool
agrees(const struct heard *h, const struct doc *doc, const struct statement *s)
{
	size_t i;

	for (i = 0; i < h->count; i++)
		if (h->items[i].source == s->source &&
		    h->items[i].matter == s->matter &&
		    doc_has(doc, s->matter, h->items[i].value))
			return true;
	return false;
}

/* Whether what the document has was said by someone who is compared. */
static bool
is_said(const struct heard *h, const struct doc *doc, enum matter m)
{
	size_t i;

	for (i = 0; i < h->count; i++)
		if (h->items[i].matter == m &&
		    doc_has(doc, m, h->items[i].value))
			return true;
	return false;
}

/* Whether an earlier statement has that value, and that source if asked. */
static bool
is_repeated(const struct heard *h, size_t at, const char *said_by)
{
	const struct statement *s = &h->items[at];
	size_t i;

	for (i = 0; i < at; i++)
		if (h->items[i].matter == s->matter &&
		    strcmp(h->items[i].value, s->value) == 0 &&
		    (said_by == NULL ||
		    strcmp(h->items[i].said_by, said_by) == 0))
			return true;
	return false;
}

static void
print_believed(const struct doc *doc, enum matter m, struct buf *out)
{
	size_t i, n = value_count(doc, m);

	buf_addf(out, "%s:", matters[m].name);
	for (i = 0; i < n; i++) {
		CLEAN(str_free) char *value = value_at(doc, m, i);

		buf_addf(out, "%s %s", i > 0 ? "," : "", value);
	}
	buf_addf(out, " (%s)", believed_origin(doc, m));
}

/* A value, and who else says so: "WI 2014/61 (text, name)". */
static void
print_other(const struct heard *h, size_t at, struct buf *out)
{
	const struct statement *s = &h->items[at];
	size_t i;

	buf_addf(out, ", %s (%s", s->value, s->said_by);
	for (i = at + 1; i < h->count; i++)
		if (h->items[i].matter == s->matter &&
		    strcmp(h->items[i].value, s->value) == 0 &&
		    !is_repeated(h, i, h->items[i].said_by))
			buf_addf(out, ", %s", h->items[i].said_by);
	buf_addc(out, ')');
}

static void
judge(const struct heard *h, enum matter m, struct doc *doc)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < h->count; i++) {
		const struct statement *s = &h->items[i];

		if (s->matter != m || is_repeated(h, i, NULL) ||
		    agrees(h, doc, s))
			continue;
		if (b.len == 0)
			print_believed(doc, m, &b);
		print_other(h, i, &b);
	}
	if (b.len > 0)
		doc_list_add(&doc->conflicts, &doc->nconflicts, buf_steal(&b));
}

/* A period that ends before it begins contradicts itself. */
static void
judge_period(struct doc *doc)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(buf_clear) struct buf begin = BUF_INIT;

	if (doc->van_ymd == DATE_NONE || doc->tot_ymd == DATE_NONE ||
	    doc->tot_ymd >= doc->van_ymd)
		return;
	print_believed(doc, MATTER_TOT, &b);
	print_believed(doc, MATTER_VAN, &begin);
	buf_addf(&b, ", before %s", begin.s);
	doc_list_add(&doc->conflicts, &doc->nconflicts, buf_steal(&b));
}

void
heard_judge(const struct heard *h, struct doc *doc)
{
	enum matter m;

	for (m = 0; m < NMATTERS; m++)
		if (is_said(h, doc, m))
			judge(h, m, doc);
	judge_period(doc);
}

void
heard_damage(const struct extracted *ex, struct doc *doc)
{
	size_t i;

	for (i = 0; i < ex->nmeta; i++)
		if (strcmp(ex->meta[i].name,
		    WIRE_SIDECAR_PREFIX WIRE_SIDECAR_DAMAGE) == 0)
			doc_list_add(&doc->conflicts, &doc->nconflicts,
			    xasprintf("sidecar: damaged (%s)",
			    ex->meta[i].value));
}
