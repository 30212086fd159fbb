#include <config.h>

#include "model/result.h"

#include <stdlib.h>
#include <string.h>

#include "model/entry.h"

static void
passage_clear(struct passage *p)
{
	free(p->text);
	free(p->marks);
	free(p->heading);
}

void
result_clear(struct result *r)
{
	size_t i, j;

	for (i = 0; i < r->nhits; i++) {
		doc_clear(&r->hits[i].doc);
		for (j = 0; j < r->hits[i].npassages; j++)
			passage_clear(&r->hits[i].passages[j]);
		free(r->hits[i].passages);
		for (j = 0; j < r->hits[i].nreasons; j++)
			free(r->hits[i].reasons[j].text);
		free(r->hits[i].reasons);
		free(r->hits[i].replaced_by);
	}
	free(r->hits);
	for (i = 0; i < r->nfacets; i++) {
		for (j = 0; j < r->facets[i].nvalues; j++)
			free(r->facets[i].values[j].value);
		free(r->facets[i].values);
	}
	free(r->facets);
	free(r->correction);
	notes_clear(&r->notes);
	*r = (struct result){ 0 };
}

void
result_init_facets(struct result *r)
{
	enum field_id f;
	enum validity v;

	r->facets = xcalloc(NFIELDS, sizeof *r->facets);
	for (f = 0; f < NFIELDS; f++) {
		if (!(fields[f].flags & FIELD_FACET))
			continue;
		r->facets[r->nfacets].field = &fields[f];
		/* All validities are shown, those without documents too. */
		for (v = 0; fields[f].kind == FIELD_PERIOD && v < NVALIDITIES; v++)
			facet_add(&r->facets[r->nfacets], validity_name(v),
			    strlen(validity_name(v)), 0);
		r->nfacets++;
	}
}

struct facet *
result_facet(struct result *r, enum field_id f)
{
	size_t i;

	for (i = 0; i < r->nfacets; i++)
		if (r->facets[i].field->id == f)
			return &r->facets[i];
	return NULL;
}

void
facet_add(struct facet *f, const char *value, size_t n, uint32_t docs)
{
	size_t i;

	for (i = 0; i < f->nvalues; i++)
		if (strlen(f->values[i].value) == n &&
		    memcmp(f->values[i].value, value, n) == 0) {
			f->values[i].docs += docs;
			return;
		}
	GROW(f->values, f->nvalues, f->cap_values);
	f->values[f->nvalues++] = (struct facet_value){
		.value = xstrndup(value, n), .docs = docs
	};
}

void
result_count_packed(struct result *r, const struct field *only,
    const char *packed, size_t n, uint32_t docs)
{
	const char *p = packed, *end = packed + n;
	enum field_id f;

	for (f = 0; f < NFIELDS && p < end; f++) {
		const char *stop, *next;

		if (fields[f].kind != FIELD_KEYWORD ||
		    !(fields[f].flags & FIELD_FACET))
			continue;
		stop = memchr(p, ENTRY_FIELD_SEP, (size_t)(end - p));
		if (stop == NULL)
			stop = end;
		while (p < stop) {
			next = memchr(p, ENTRY_VALUE_SEP, (size_t)(stop - p));
			if (next == NULL)
				next = stop;
			if (only == NULL || only->id == f)
				facet_add(result_facet(r, f), p,
				    (size_t)(next - p), docs);
			p = next < stop ? next + 1 : stop;
		}
		p = stop + 1;
	}
}

static int
eight_digits(const char *s)
{
	int i, v = 0;

	for (i = 0; i < 8; i++)
		v = v * 10 + (s[i] - '0');
	return v;
}

void
result_count_period(struct result *r, const char *packed, size_t n,
    uint32_t docs, int peil_ymd)
{
	enum validity v = n == 16 ? validity_on(eight_digits(packed),
	    eight_digits(packed + 8), peil_ymd) : VALIDITY_ONBEKEND;

	facet_add(result_facet(r, FIELD_GELDIGHEID), validity_name(v),
	    strlen(validity_name(v)), docs);
}

static int
compare_values(const void *va, const void *vb)
{
	const struct facet_value *a = va, *b = vb;

	if (a->docs != b->docs)
		return a->docs > b->docs ? -1 : 1;
	return strcmp(a->value, b->value);
}

void
result_sort_facets(struct result *r)
{
	size_t i;

	for (i = 0; i < r->nfacets; i++)
		if (r->facets[i].field->kind != FIELD_PERIOD &&
		    r->facets[i].nvalues > 0)
			qsort(r->facets[i].values, r->facets[i].nvalues,
			    sizeof *r->facets[i].values, compare_values);
}
