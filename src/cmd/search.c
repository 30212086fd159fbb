#include <config.h>

#include "cmd/answer.h"
#include "cmd/command.h"
#include "cmd/request.h"
#include "index/search.h"
#include "index/store.h"

static const struct option search_options[] = {
	ANSWER_OPTIONS,
	{ NULL, NULL, NULL },
};

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	CLEAN(query_clear) struct query q;
	CLEAN(result_clear) struct result r = { 0 };
	const struct output *form;

	query_init(&q, settings->today_ymd);
	q.is_explained = argument_given(args, "uitleg");
	if (answer_form(args, &form, err) == -1 ||
	    request_read(args, 0, &q, err) == -1 ||
	    analyser_open_for_questions(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1 ||
	    search(s, &q, &r, err) == -1)
		return -1;
	return answer_print(form, s, &q, &r, out);
}

const struct command cmd_search = {
	.name = "search",
	.usage = "[--KEY=VALUE]... [WORD]...",
	.summary = "search the index",
	.options = search_options,
	.more_options = request_options,
	.run = run,
};
