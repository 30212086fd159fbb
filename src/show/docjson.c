#include <config.h>

#include "show/docjson.h"

#include <string.h>

#include <jansson.h>

#include "base/date.h"
#include "model/fields.h"
#include "model/validity.h"
#include "show/jsonval.h"

static const char *
validity_of(const struct doc *d, int peil_ymd)
{
	return validity_name(validity_on(d->van_ymd, d->tot_ymd, peil_ymd));
}

static void
put_origin_of_day(json_t *o, const char *key, int ymd, enum origin origin)
{
	if (ymd != DATE_NONE && ymd != DATE_OPEN_BEGIN && ymd != DATE_OPEN_END)
		json_object_set_new(o, key, jsonval_text(origin_name(origin)));
}

/* Key of a field's value -> where it comes from. */
static json_t *
origins(const struct doc *d)
{
	json_t *o = json_object();
	enum field_id f;

	for (f = 0; f < NFIELDS; f++)
		if (d->values[f].count > 0)
			json_object_set_new(o, fields[f].name, jsonval_text(
			    origin_name(d->values[f].items[0].origin)));
	put_origin_of_day(o, "datum", d->datum_ymd, d->datum_origin);
	put_origin_of_day(o, "geldigVan", d->van_ymd, d->van_origin);
	put_origin_of_day(o, "geldigTot", d->tot_ymd, d->tot_origin);
	return o;
}

static json_t *
versions_of(const struct docjson_version *v, size_t n, int peil_ymd,
    const struct site *site)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < n; i++) {
		const struct doc *d = &v[i].doc;
		json_t *o = json_object();

		json_object_set_new(o, "id", jsonval_text(d->id));
		json_object_set_new(o, "kenmerk",
		    jsonval_text(doc_first(d, FIELD_KENMERK)));
		json_object_set_new(o, "titel",
		    jsonval_text(doc_first(d, FIELD_TITEL)));
		json_object_set_new(o, "geldigheid",
		    jsonval_text(validity_of(d, peil_ymd)));
		json_object_set_new(o, "relatie", jsonval_text(v[i].relation));
		if (site != NULL)
			json_object_set_new(o, "_links",
			    jsonval_doc_links(d, site));
		json_array_append_new(all, o);
	}
	return all;
}

void
docjson_print(const struct doc *d, const struct docjson_version *versions,
    size_t nversions, int peil_ymd, uint32_t generation,
    const struct site *site, struct buf *out)
{
	json_t *o = json_object();
	int is_searchable = strcmp(d->status, "ok") == 0;

	json_object_set_new(o, "versie", json_integer(JSONVAL_VERSION));
	jsonval_put_doc(o, d, validity_of(d, peil_ymd));
	json_object_set_new(o, "peildatum", jsonval_day(peil_ymd));
	json_object_set_new(o, "citeertitel", jsonval_text(d->citeertitel));
	json_object_set_new(o, "themas", jsonval_values(d, FIELD_THEMA));
	json_object_set_new(o, "jaar",
	    jsonval_text(doc_first(d, FIELD_JAAR)));
	json_object_set_new(o, "citeert", jsonval_values(d, FIELD_CITEERT));
	json_object_set_new(o, "vervangt",
	    jsonval_texts(d->vervangt, d->nvervangt));
	json_object_set_new(o, "vervangenDoor",
	    jsonval_texts(d->vervangen_door, d->nvervangen_door));
	json_object_set_new(o, "versies",
	    versions_of(versions, nversions, peil_ymd, site));
	json_object_set_new(o, "doorzoekbaar", json_boolean(is_searchable));
	json_object_set_new(o, "reden",
	    jsonval_text(is_searchable ? NULL : d->status));
	json_object_set_new(o, "verouderdSinds", jsonval_text(d->verouderd));
	json_object_set_new(o, "herkomst", origins(d));
	json_object_set_new(o, "tegenstrijdigheden",
	    jsonval_texts(d->conflicts, d->nconflicts));
	json_object_set_new(o, "generatie", json_integer(generation));
	if (site != NULL)
		json_object_set_new(o, "_links", jsonval_doc_links(d, site));
	jsonval_print(o, JSON_INDENT(1), out);
}
