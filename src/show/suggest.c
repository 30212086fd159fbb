#include <config.h>

#include "show/suggest.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

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
	json_t *all = json_array(), *root;
	char *text;
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(all, json_pack("{s:s, s:s, s:i}",
		    "tekst", s[i].text, "soort", suggest_kind_name(s[i].kind),
		    "aantal", (int)s[i].documents));
	root = json_pack("{s:i, s:s, s:o}", "versie", JSON_VERSION, "q", typed,
	    "suggesties", all);
	text = json_dumps(root, JSON_INDENT(2));
	buf_adds(out, text);
	buf_addc(out, '\n');
	free(text);
	json_decref(root);
}
