#include <config.h>

#include "show/suggest.h"

#include <stdlib.h>

#include <jansson.h>

#include "model/query.h"
#include "show/jsonval.h"

/* The version of the shape, "versie". */
#define JSON_VERSION 1

void
suggest_print_tsv(const struct suggestion *s, size_t n, struct buf *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		size_t at = out->len;

		buf_adds(out, s[i].text);
		for (; at < out->len; at++)
			if (out->s[at] == '\t' || out->s[at] == '\n')
				out->s[at] = ' ';
		buf_addf(out, "\t%s\t%u\n", suggest_kind_name(s[i].kind),
		    s[i].documents);
	}
}

void
suggest_print_json(const char *typed, const struct suggestion *s, size_t n,
    struct buf *out)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(all, json_pack("{s:o, s:s, s:i}",
		    "tekst", jsonval_text(s[i].text), "soort",
		    suggest_kind_name(s[i].kind), "aantal",
		    (int)s[i].documents));
	jsonval_print(json_pack("{s:i, s:o, s:o}", "versie", JSON_VERSION, "q",
	    jsonval_text(typed), "suggesties", all), JSON_INDENT(2), out);
}

/* The search for a text as it is; what cannot be asked leads to the page. */
static json_t *
search_for(const struct site *site, const char *text)
{
	CLEAN(query_clear) struct query q;
	CLEAN(buf_clear) struct buf url = BUF_INIT;
	struct error ignored = ERROR_INIT;

	query_init(&q, 0);
	query_set(&q, "q", text, &ignored);
	site_url(site, "/", &q, true, &url);
	return jsonval_text(url.s);
}

void
suggest_print_opensearch(const struct site *site, const char *typed,
    const struct suggestion *s, size_t n, struct buf *out)
{
	json_t *texts = json_array(), *kinds = json_array();
	json_t *urls = json_array(), *all = json_array();
	size_t i;

	for (i = 0; i < n; i++) {
		json_array_append_new(texts, jsonval_text(s[i].text));
		json_array_append_new(kinds,
		    jsonval_text(suggest_kind_name(s[i].kind)));
		json_array_append_new(urls, search_for(site, s[i].text));
	}
	json_array_append_new(all, jsonval_text(typed));
	json_array_append_new(all, texts);
	json_array_append_new(all, kinds);
	json_array_append_new(all, urls);
	jsonval_print(all, JSON_COMPACT, out);
}
