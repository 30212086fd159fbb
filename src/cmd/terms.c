#include <config.h>

#include <string.h>

#include "base/utf8.h"
#include "cmd/command.h"
#include "dutch/analyse.h"

/* The stems of a word, in order, each before those of its smallest parts. */
static void
print_terms(struct analyser *a, const char *word, struct buf *out)
{
	struct tokens tokens;
	struct token t;
	struct word_parts parts;
	const char *sep = "";
	size_t i;

	buf_addf(out, "%s\t", word);
	tokens_init(&tokens, a, word, strlen(word));
	while (tokens_next(&tokens, &t)) {
		if (t.word == WORD_NONE)
			continue;
		buf_addf(out, "%s%s", sep, word_string(a, t.stem, NULL));
		sep = " ";
		parts = word_parts(a, t.word);
		for (i = 0; i < parts.nsmallest && !t.is_extra; i++)
			buf_addf(out, " %s", word_string(a,
			    parts.items[i].stem, NULL));
	}
	buf_addc(out, '\n');
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	const char *word;
	size_t i;

	(void)settings;
	if (argument_word(args, 0) == NULL)
		return error_set(err, ERROR_QUERY,
		    "noem een of meer woorden: naslag terms WOORD...");
	if (analyser_open(&a, err) == -1)
		return -1;
	for (i = 0; (word = argument_word(args, i)) != NULL; i++) {
		if (!utf8_valid(word, strlen(word)))
			return error_set(err, ERROR_QUERY,
			    "woord %zu is geen UTF-8", i + 1);
		print_terms(a, word, out);
	}
	return 0;
}

const struct command cmd_terms = {
	.name = "terms",
	.usage = "WORD...",
	.summary = "show what words become in the index",
	.run = run,
};
