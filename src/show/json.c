#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/date.h"
#include "base/utf8.h"
#include "model/lists.h"
#include "show/output.h"
#include "show/said.h"

/* The version of the shape, "versie": DESIGN.md 3. */
#define JSON_VERSION 1

/* A string, or null for NULL.  Paths may be any bytes: they are cleaned. */
static json_t *
text(const char *s)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;

	if (s == NULL)
		return json_null();
	if (utf8_valid(s, strlen(s)))
		return json_string(s);
	utf8_clean(s, strlen(s), &clean);
	return json_stringn(buf_str(&clean), clean.len);
}

static json_t *
texts(char *const *strings, size_t n)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(a, text(strings[i]));
	return a;
}

/* A day, or null for none and for an open end. */
static json_t *
day(int ymd)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	if (ymd == DATE_NONE || ymd == DATE_OPEN_BEGIN || ymd == DATE_OPEN_END)
		return json_null();
	date_print(ymd, &b);
	return json_string(b.s);
}

static json_t *
number_or_null(uint32_t n)
{
	return n != 0 ? json_integer(n) : json_null();
}

static json_t *
filters(const struct query *q)
{
	json_t *o = json_object(), *values;
	size_t i;

	for (i = 0; i < q->nfilters; i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;
		const struct filter *f = &q->filters[i];

		if ((values = json_object_get(o, f->field->name)) == NULL) {
			values = json_array();
			json_object_set_new(o, f->field->name, values);
		}
		if (f->is_excluded)
			buf_addc(&b, '!');
		if (f->value != NULL)
			buf_adds(&b, f->value);
		else
			span_print(f->from_ymd, f->to_ymd, &b);
		json_array_append_new(values, text(buf_str(&b)));
	}
	return o;
}

static json_t *
question(const struct query *q)
{
	CLEAN(buf_clear) struct buf read = BUF_INIT;
	json_t *o = json_object();

	query_print(q, &read);
	json_object_set_new(o, "q", text(q->q));
	json_object_set_new(o, "gelezenAls", text(buf_str(&read)));
	json_object_set_new(o, "peildatum", day(q->peil_ymd));
	json_object_set_new(o, "filters", filters(q));
	json_object_set_new(o, "sorteer", text(query_sort_name(q->sort)));
	json_object_set_new(o, "vanaf", json_integer(q->vanaf));
	json_object_set_new(o, "aantal", json_integer(q->aantal));
	return o;
}

static json_t *
passages(const struct hit *h)
{
	json_t *all = json_array();
	size_t i, j;

	for (i = 0; i < h->npassages; i++) {
		const struct passage *p = &h->passages[i];
		json_t *o = json_object(), *marks = json_array();

		for (j = 0; j < p->nmarks; j++)
			json_array_append_new(marks, json_pack("[ii]",
			    (int)p->marks[j].begin, (int)p->marks[j].end));
		json_object_set_new(o, "tekst", text(p->text));
		json_object_set_new(o, "treffers", marks);
		json_object_set_new(o, "pagina", number_or_null(p->page));
		json_object_set_new(o, "kop", text(p->heading));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
values_of(const struct doc *d, enum field_id f)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < d->values[f].count; i++)
		json_array_append_new(a, text(d->values[f].items[i].text));
	return a;
}

/* Only when it was asked for: it is no part of the contract. */
static json_t *
reasons(const struct hit *h)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < h->nreasons; i++) {
		json_t *o = json_object();

		json_object_set_new(o, "soort", text(h->reasons[i].kind));
		json_object_set_new(o, "tekst", text(h->reasons[i].text));
		json_object_set_new(o, "gewicht",
		    json_real(h->reasons[i].weight));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
hit(const struct hit *h)
{
	const struct doc *d = &h->doc;
	json_t *o = json_object();

	json_object_set_new(o, "rang", json_integer(h->rank));
	json_object_set_new(o, "score", json_real(h->score));
	json_object_set_new(o, "id", text(d->id));
	json_object_set_new(o, "pad", text(d->pad));
	json_object_set_new(o, "url", text(d->url));
	json_object_set_new(o, "titel", text(doc_first(d, FIELD_TITEL)));
	json_object_set_new(o, "soort", text(doc_first(d, FIELD_SOORT)));
	json_object_set_new(o, "kenmerk", text(doc_first(d, FIELD_KENMERK)));
	json_object_set_new(o, "landen", values_of(d, FIELD_LAND));
	json_object_set_new(o, "datum", day(d->datum_ymd));
	json_object_set_new(o, "geldigVan", day(d->van_ymd));
	json_object_set_new(o, "geldigTot", day(d->tot_ymd));
	json_object_set_new(o, "geldigheid", text(validity_name(h->validity)));
	json_object_set_new(o, "formaat", text(doc_first(d, FIELD_FORMAAT)));
	json_object_set_new(o, "taal", text(doc_first(d, FIELD_TAAL)));
	json_object_set_new(o, "paginas", number_or_null(d->paginas));
	json_object_set_new(o, "ookAls", texts(d->ook_als, d->nook_als));
	json_object_set_new(o, "fragmenten", passages(h));
	if (h->nreasons > 0)
		json_object_set_new(o, "uitleg", reasons(h));
	return o;
}

static json_t *
facets(const struct result *r)
{
	json_t *all = json_array();
	size_t i, j;

	for (i = 0; i < r->nfacets; i++) {
		const struct facet *f = &r->facets[i];
		json_t *o = json_object(), *values = json_array();

		for (j = 0; j < f->nvalues; j++) {
			const struct facet_value *v = &f->values[j];
			json_t *value = json_object();

			json_object_set_new(value, "waarde", text(v->value));
			json_object_set_new(value, "label",
			    text(list_label(f->field->id, v->value)));
			json_object_set_new(value, "aantal",
			    json_integer(v->docs));
			json_object_set_new(value, "gekozen",
			    json_boolean(v->is_chosen));
			json_array_append_new(values, value);
		}
		json_object_set_new(o, "veld", text(f->field->name));
		json_object_set_new(o, "label", text(f->field->label));
		json_object_set_new(o, "waarden", values);
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
disclaimers(const struct result *r)
{
	const struct disclaimer *found[SHOW_MAX_DISCLAIMERS];
	size_t n = disclaimers_of(r, found, NELEM(found)), i;
	json_t *all = json_array();

	for (i = 0; i < n; i++) {
		json_t *o = json_object();

		json_object_set_new(o, "soort", text(found[i]->soort));
		json_object_set_new(o, "tekst", text(found[i]->tekst));
		json_array_append_new(all, o);
	}
	return all;
}

static void
dump(json_t *o, size_t flags, struct buf *out)
{
	char *s = json_dumps(o, flags | JSON_REAL_PRECISION(6));

	/* All strings are UTF-8 and all numbers finite, so only memory fails. */
	if (s == NULL)
		abort();
	buf_adds(out, s);
	buf_addc(out, '\n');
	free(s);
	json_decref(o);
}

void
out_json(const struct view *v, struct buf *out)
{
	const struct result *r = v->result;
	json_t *o = json_object(), *hits = json_array(), *coverage;
	size_t i;

	for (i = 0; i < r->nhits; i++)
		json_array_append_new(hits, hit(&r->hits[i]));
	coverage = json_object();
	json_object_set_new(coverage, "documenten",
	    json_integer(r->coverage_documents));
	json_object_set_new(coverage, "nietDoorzoekbaar",
	    json_integer(r->coverage_unsearchable));
	json_object_set_new(o, "versie", json_integer(JSON_VERSION));
	json_object_set_new(o, "vraag", question(v->query));
	json_object_set_new(o, "totaal", json_integer(r->total));
	json_object_set_new(o, "metAlleWoorden", json_integer(r->with_all_words));
	json_object_set_new(o, "correctie", text(r->correction));
	json_object_set_new(o, "meldingen", texts(r->notes, r->nnotes));
	json_object_set_new(o, "resultaten", hits);
	json_object_set_new(o, "facetten", facets(r));
	json_object_set_new(o, "disclaimers", disclaimers(r));
	json_object_set_new(o, "dekking", coverage);
	json_object_set_new(o, "generatie", json_integer(r->generation));
	dump(o, JSON_INDENT(1), out);
}

/* One hit a line; nothing when there are none. */
void
out_jsonl(const struct view *v, struct buf *out)
{
	size_t i;

	for (i = 0; i < v->result->nhits; i++)
		dump(hit(&v->result->hits[i]), JSON_COMPACT, out);
}
