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

int
output_find(const char *name, const struct output **out, struct error *err)
{
	CLEAN(buf_clear) struct buf names = BUF_INIT;
	size_t i;

	if ((*out = output_by_name(name)) != NULL)
		return 0;
	for (i = 0; i < noutputs; i++)
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", outputs[i].name);
	return error_set(err, ERROR_QUERY,
	    "vorm ‘%s’ bestaat niet; mogelijk is: %s", name, buf_str(&names));
}
