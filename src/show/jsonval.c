#include <config.h>

#include "show/jsonval.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

json_t *
jsonval_text(const char *s)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;

	if (s == NULL)
		return json_null();
	if (utf8_valid(s, strlen(s)))
		return json_string(s);
	utf8_clean(s, strlen(s), &clean);
	return json_stringn(buf_str(&clean), clean.len);
}

json_t *
jsonval_texts(char *const *strings, size_t n)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(a, jsonval_text(strings[i]));
	return a;
}

json_t *
jsonval_notes(const struct notes *notes)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < notes->count; i++) {
		CLEAN(buf_clear) struct buf text = BUF_INIT;

		note_print(&notes->items[i], &text);
		json_array_append_new(a, jsonval_text(text.s));
	}
	return a;
}

json_t *
jsonval_day(int ymd)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	if (ymd == DATE_NONE || ymd == DATE_OPEN_BEGIN || ymd == DATE_OPEN_END)
		return json_null();
	date_print(ymd, &b);
	return json_string(b.s);
}

json_t *
jsonval_number(uint32_t n)
{
	return n != 0 ? json_integer(n) : json_null();
}

json_t *
jsonval_values(const struct doc *d, enum field_id f)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < d->values[f].count; i++)
		json_array_append_new(a,
		    jsonval_text(d->values[f].items[i].text));
	return a;
}

void
jsonval_put_doc(json_t *o, const struct doc *d, const char *geldigheid)
{
	static const struct {
		const char *key;
		enum field_id field;
	} singles[] = {
		{ "titel", FIELD_TITEL }, { "soort", FIELD_SOORT },
		{ "kenmerk", FIELD_KENMERK },
	};
	size_t i;

	json_object_set_new(o, "id", jsonval_text(d->id));
	json_object_set_new(o, "pad", jsonval_text(d->pad));
	json_object_set_new(o, "url", jsonval_text(d->url));
	for (i = 0; i < NELEM(singles); i++)
		json_object_set_new(o, singles[i].key,
		    jsonval_text(doc_first(d, singles[i].field)));
	json_object_set_new(o, "landen", jsonval_values(d, FIELD_LAND));
	json_object_set_new(o, "datum", jsonval_day(d->datum_ymd));
	json_object_set_new(o, "geldigVan", jsonval_day(d->van_ymd));
	json_object_set_new(o, "geldigTot", jsonval_day(d->tot_ymd));
	json_object_set_new(o, "geldigheid", jsonval_text(geldigheid));
	json_object_set_new(o, "formaat",
	    jsonval_text(doc_first(d, FIELD_FORMAAT)));
	json_object_set_new(o, "taal", jsonval_text(doc_first(d, FIELD_TAAL)));
	json_object_set_new(o, "paginas", jsonval_number(d->paginas));
	json_object_set_new(o, "ookAls",
	    jsonval_texts(d->ook_als, d->nook_als));
	json_object_set_new(o, "tekstherkenning", jsonval_text(d->herkend));
}

void
jsonval_put_link(json_t *links, const char *rel, const char *url)
{
	json_t *link = json_object();

	json_object_set_new(link, "href", jsonval_text(url));
	json_object_set_new(links, rel, link);
}

/* An id as part of a path; the slashes of one that is a path stay. */
static void
add_id(const char *id, struct buf *out)
{
	for (; *id != '\0'; id++) {
		if (isalnum((unsigned char)*id) || strchr("-._~/", *id) != NULL)
			buf_addc(out, *id);
		else
			buf_addf(out, "%%%02X", (unsigned char)*id);
	}
}

json_t *
jsonval_doc_links(const struct doc *d, const struct site *site)
{
	CLEAN(buf_clear) struct buf url = BUF_INIT;
	json_t *links = json_object();

	site_url(site, "/v1/documenten/", NULL, true, &url);
	add_id(d->id, &url);
	jsonval_put_link(links, "self", buf_str(&url));
	buf_cut(&url, 0);
	site_document_url(site, d, 0, &url);
	if (url.len > 0)
		jsonval_put_link(links, "document", url.s);
	return links;
}

void
jsonval_print(json_t *o, size_t flags, struct buf *out)
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
