#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/request.h"
#include "index/search.h"
#include "index/store.h"
#include "show/output.h"

#define DEFAULT_WIDTH	100
#define MAX_WIDTH	120
#define MIN_WIDTH	40

static const struct option search_options[] = {
	{ "vorm", "FORM", "tekst, json, jsonl, csv, tsv, html or atom" },
	{ "uitleg", NULL, "say what each hit was found by" },
	{ NULL, NULL, NULL },
};

static unsigned
terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == -1 || size.ws_col == 0)
		return DEFAULT_WIDTH;
	return size.ws_col < MIN_WIDTH ? MIN_WIDTH :
	    size.ws_col > MAX_WIDTH ? MAX_WIDTH : size.ws_col;
}

static int
find_output(const struct arguments *args, const struct output **out,
    struct error *err)
{
	const char *name = argument_value(args, "vorm");
	CLEAN(buf_clear) struct buf names = BUF_INIT;
	size_t i, n = 0;

	for (i = 0; i < args->count; i++)
		n += args->items[i].name != NULL &&
		    strcmp(args->items[i].name, "vorm") == 0;
	if (n > 1)
		return error_set(err, ERROR_QUERY,
		    "vorm is meer dan eens gegeven");
	*out = output_by_name(name != NULL ? name : "tekst");
	if (*out != NULL)
		return 0;
	output_names(&names);
	return error_set(err, ERROR_QUERY,
	    "vorm ‘%s’ bestaat niet; mogelijk is: %s", name, buf_str(&names));
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	CLEAN(query_clear) struct query q;
	CLEAN(result_clear) struct result r = { 0 };
	const char *no_color = getenv("NO_COLOR");
	const struct output *output;
	struct store_facts facts;
	struct view view;

	query_init(&q, settings->today_ymd);
	q.is_explained = argument_given(args, "uitleg");
	if (find_output(args, &output, err) == -1 ||
	    request_read(args, 0, &q, err) == -1 ||
	    analyser_open_for_questions(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1 ||
	    search(s, &q, &r, err) == -1)
		return -1;
	store_facts(s, &facts);
	view = (struct view){
		.made = facts.made,
		.query = &q, .result = &r, .width = terminal_width(),
		.has_color = isatty(STDOUT_FILENO) &&
		    (no_color == NULL || *no_color == '\0'),
	};
	output->render(&view, out);
	return r.total > 0 ? 0 : 1;
}

const struct command cmd_search = {
	.name = "search",
	.usage = "[--KEY=VALUE]... [WORD]...",
	.summary = "search the index",
	.options = search_options,
	.more_options = request_options,
	.run = run,
};
