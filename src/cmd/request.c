#include <config.h>

#include "cmd/request.h"

#include "base/buf.h"

/* Help for the keys that are no field; a field's label is its own help. */
static const struct {
	const char *name, *value, *help;
} key_help[] = {
	{ "q", "TEXT", "the question; words are the same" },
	{ "peildatum", "YYYY-MM-DD", "date of reference for validity [today]" },
	{ "sorteer", "ORDER", "relevantie, datum or titel" },
	{ "vanaf", "N", "skip N hits" },
	{ "aantal", "N", "show N hits [10]" },
	{ "uitbreiden", "ja|nee", "also look for other words that mean the same [ja]" },
};

const struct option *
request_options(void)
{
	static struct option options[NELEM(key_help) + NFIELDS + 1];
	size_t n = 0, i;

	for (i = 0; i < NELEM(key_help); i++)
		options[n++] = (struct option){
			key_help[i].name, key_help[i].value, key_help[i].help
		};
	for (i = 0; i < NFIELDS; i++)
		if (*fields[i].name != '\0')
			options[n++] = (struct option){
				fields[i].name, "VALUE", fields[i].label
			};
	return options;
}

/* Words are the question, unless --q gave it. */
static int
set_words(const struct arguments *args, size_t first, struct query *q,
    struct error *err)
{
	CLEAN(buf_clear) struct buf words = BUF_INIT;
	const char *w;
	size_t i;

	for (i = first; (w = argument_word(args, i)) != NULL; i++)
		buf_addf(&words, "%s%s", i > first ? " " : "", w);
	if (i == first)
		return 0;
	return query_set(q, "q", buf_str(&words), err);
}

int
request_read(const struct arguments *args, size_t first, struct query *q,
    struct error *err)
{
	size_t i;

	for (i = 0; i < args->count; i++) {
		const struct argument *a = &args->items[i];

		if (a->name != NULL && query_key_exists(a->name) &&
		    query_set(q, a->name, a->value, err) == -1)
			return -1;
	}
	return set_words(args, first, q, err);
}
