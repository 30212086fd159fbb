#include <config.h>

#include "show/output.h"

#include <string.h>

const struct output outputs[] = {
	{ "tekst", "text/plain; charset=utf-8",			out_terminal },
	{ "json",  "application/json",				out_json },
	{ "jsonl", "application/jsonl",				out_jsonl },
	{ "csv",   "text/csv; charset=utf-8; header=present",	out_csv },
	{ "tsv",   "text/tab-separated-values; charset=utf-8",	out_tsv },
	{ "html",  "text/html; charset=utf-8",			out_html },
	{ "atom",  "application/atom+xml; charset=utf-8",	out_atom },
};

const size_t noutputs = NELEM(outputs);

const struct output *
output_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < noutputs; i++)
		if (strcmp(outputs[i].name, name) == 0)
			return &outputs[i];
	return NULL;
}

void
output_names(struct buf *out)
{
	size_t i;

	for (i = 0; i < noutputs; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", outputs[i].name);
}
