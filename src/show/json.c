#include <config.h>

#include <jansson.h>

#include "model/lists.h"
#include "model/paginering.h"
#include "show/jsonval.h"
#include "show/output.h"
#include "show/said.h"

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
		filter_print_value(f, &b);
		json_array_append_new(values, jsonval_text(buf_str(&b)));
	}
	return o;
}

static json_t *
question(const struct query *q)
{
	CLEAN(buf_clear) struct buf read = BUF_INIT;
	json_t *o = json_object();

	query_print(q, &read);
	json_object_set_new(o, "q",
	    jsonval_text(q->like == NULL ? q->q : NULL));
	json_object_set_new(o, "gelezenAls", jsonval_text(buf_str(&read)));
	json_object_set_new(o, "peildatum", jsonval_day(q->peil_ymd));
	json_object_set_new(o, "filters", filters(q));
	json_object_set_new(o, "sorteer", jsonval_text(query_sort_name(q->sort)));
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
		char label[PAGINERING_BYTES];

		for (j = 0; j < p->nmarks; j++)
			json_array_append_new(marks, json_pack("[ii]",
			    (int)p->marks[j].begin, (int)p->marks[j].end));
		json_object_set_new(o, "tekst", jsonval_text(p->text));
		json_object_set_new(o, "treffers", marks);
		json_object_set_new(o, "pagina", jsonval_number(p->page));
		json_object_set_new(o, "paginalabel", jsonval_text(
		    paginering_label(h->doc.paginering, p->page, label) ?
		    label : NULL));
		json_object_set_new(o, "kop", jsonval_text(p->heading));
		json_array_append_new(all, o);
	}
	return all;
}

/* Only when it was asked for: it is no part of the contract. */
static json_t *
reasons(const struct hit *h)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < h->nreasons; i++) {
		json_t *o = json_object();

		json_object_set_new(o, "soort", jsonval_text(h->reasons[i].kind));
		json_object_set_new(o, "tekst", jsonval_text(h->reasons[i].text));
		json_object_set_new(o, "gewicht",
		    json_real(h->reasons[i].weight));
		json_array_append_new(all, o);
	}
	return all;
}

/* With a site that serves pages, a hit has links. */
static json_t *
hit(const struct hit *h, const struct site *site)
{
	json_t *o = json_object();

	json_object_set_new(o, "rang", json_integer(h->rank));
	json_object_set_new(o, "score", json_real(h->score));
	jsonval_put_doc(o, &h->doc, validity_name(h->validity));
	json_object_set_new(o, "fragmenten", passages(h));
	if (h->nreasons > 0)
		json_object_set_new(o, "uitleg", reasons(h));
	if (site != NULL)
		json_object_set_new(o, "_links",
		    jsonval_doc_links(&h->doc, site));
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

			json_object_set_new(value, "waarde", jsonval_text(v->value));
			json_object_set_new(value, "label",
			    jsonval_text(list_label(f->field->id, v->value)));
			json_object_set_new(value, "aantal",
			    json_integer(v->docs));
			json_object_set_new(value, "gekozen",
			    json_boolean(v->is_chosen));
			json_array_append_new(values, value);
		}
		json_object_set_new(o, "veld", jsonval_text(f->field->name));
		json_object_set_new(o, "label", jsonval_text(f->field->label));
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

		json_object_set_new(o, "soort", jsonval_text(found[i]->soort));
		json_object_set_new(o, "tekst", jsonval_text(found[i]->tekst));
		json_array_append_new(all, o);
	}
	return all;
}

static void
put_page(json_t *links, const char *rel, const struct view *v, unsigned vanaf)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;

	site_url_at(v->site, "/v1/documenten", v->query, vanaf, true, &url);
	jsonval_put_link(links, rel, url.s);
}

/* Of this answer, and of those before and behind it. */
static json_t *
paging(const struct view *v)
{
	const struct query *q = v->query;
	json_t *links = json_object();
	unsigned next = q->vanaf + q->aantal;

	put_page(links, "self", v, q->vanaf);
	put_page(links, "first", v, 0);
	if (q->vanaf > 0 && q->aantal > 0)
		put_page(links, "prev", v,
		    q->vanaf > q->aantal ? q->vanaf - q->aantal : 0);
	if (q->aantal > 0 && next < v->result->total && next <= QUERY_SITE_RANK)
		put_page(links, "next", v, next);
	return links;
}

void
out_json(const struct view *v, struct buf *out)
{
	const struct result *r = v->result;
	json_t *o = json_object(), *hits = json_array(), *coverage;
	size_t i;

	for (i = 0; i < r->nhits; i++)
		json_array_append_new(hits, hit(&r->hits[i], v->site));
	coverage = json_object();
	json_object_set_new(coverage, "documenten",
	    json_integer(r->coverage_documents));
	json_object_set_new(coverage, "nietDoorzoekbaar",
	    json_integer(r->coverage_unsearchable));
	json_object_set_new(o, "versie", json_integer(JSONVAL_VERSION));
	json_object_set_new(o, "vraag", question(v->query));
	json_object_set_new(o, "totaal", json_integer(r->total));
	json_object_set_new(o, "metAlleWoorden", json_integer(r->with_all_words));
	json_object_set_new(o, "correctie", jsonval_text(r->correction));
	json_object_set_new(o, "meldingen", jsonval_notes(&r->notes));
	json_object_set_new(o, "resultaten", hits);
	json_object_set_new(o, "facetten", facets(r));
	json_object_set_new(o, "disclaimers", disclaimers(r));
	json_object_set_new(o, "dekking", coverage);
	json_object_set_new(o, "generatie", json_integer(r->generation));
	if (v->site != NULL)
		json_object_set_new(o, "_links", paging(v));
	jsonval_print(o, JSON_INDENT(1), out);
}

/* One hit a line; nothing when there are none. */
void
out_jsonl(const struct view *v, struct buf *out)
{
	size_t i;

	for (i = 0; i < v->result->nhits; i++)
		jsonval_print(hit(&v->result->hits[i], v->site), JSON_COMPACT, out);
}
