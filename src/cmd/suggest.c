#include <config.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cmd/command.h"
#include "dutch/analyse.h"
#include "index/store.h"
#include "index/vocabulary.h"
#include "show/suggest.h"

#define DEFAULT_COUNT 10

static const struct option suggest_options[] = {
	{ "aantal", "N", "suggest N at most [10]" },
	{ "vorm", "FORM", "tsv or json [tsv]" },
	{ NULL, NULL, NULL },
};

static int
read_count(const struct arguments *args, size_t *out, struct error *err)
{
	const char *s = argument_value(args, "aantal");
	char *end;

	*out = DEFAULT_COUNT;
	if (s == NULL)
		return 0;
	*out = strtoul(s, &end, 10);
	if (!isdigit((unsigned char)*s) || *end != '\0' || *out < 1 ||
	    *out > SUGGEST_MAX)
		return error_set(err, ERROR_QUERY, "ongeldig getal ‘%s’ voor "
		    "aantal; mogelijk is: 1 tot en met %d", s, SUGGEST_MAX);
	return 0;
}

static int
read_form(const struct arguments *args, bool *is_json, struct error *err)
{
	const char *s = argument_value(args, "vorm");

	*is_json = s != NULL && strcmp(s, "json") == 0;
	if (s == NULL || *is_json || strcmp(s, "tsv") == 0)
		return 0;
	return error_set(err, ERROR_QUERY,
	    "vorm ‘%s’ bestaat niet; mogelijk is: tsv, json", s);
}

/* What was typed may have spaces: words are put together again. */
static int
read_typed(const struct arguments *args, struct buf *out, struct error *err)
{
	const char *w;
	size_t i;

	for (i = 0; (w = argument_word(args, i)) != NULL; i++)
		buf_addf(out, "%s%s", i > 0 ? " " : "", w);
	if (i == 0)
		return error_set(err, ERROR_QUERY,
		    "noem het begin van een woord: naslag suggest BEGIN");
	if (!utf8_valid(out->s, out->len))
		return error_set(err, ERROR_QUERY, "het begin is geen UTF-8");
	return 0;
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	CLEAN(buf_clear) struct buf typed = BUF_INIT;
	struct suggestion found[SUGGEST_MAX];
	const struct vocabulary *words;
	size_t max, n;
	bool is_json;

	if (read_count(args, &max, err) == -1 ||
	    read_form(args, &is_json, err) == -1 ||
	    read_typed(args, &typed, err) == -1 ||
	    analyser_open(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1)
		return -1;
	words = store_vocabulary(s);
	n = suggestions_find(store_suggestions(s),
	    words != NULL ? vocabulary_words(words) : NULL, typed.s, found,
	    max);
	if (is_json)
		suggest_print_json(typed.s, found, n, out);
	else
		suggest_print_tsv(found, n, out);
	return n > 0 ? 0 : 1;
}

const struct command cmd_suggest = {
	.name = "suggest",
	.usage = "[--aantal=N] [--vorm=FORM] PREFIX",
	.summary = "complete what a visitor is typing",
	.options = suggest_options,
	.run = run,
};
