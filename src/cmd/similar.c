#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "cmd/answer.h"
#include "cmd/command.h"
#include "cmd/request.h"
#include "index/search.h"
#include "index/store.h"

static const struct option similar_options[] = {
	ANSWER_OPTIONS,
	{ NULL, NULL, NULL },
};

/* The request keys but those that are about words typed. */
static const struct option *
narrowing_options(void)
{
	static struct option options[NFIELDS + 8];
	const struct option *o;
	size_t n = 0;

	for (o = request_options(); o->name != NULL; o++)
		if (strcmp(o->name, "q") != 0 &&
		    strcmp(o->name, "uitbreiden") != 0 &&
		    n + 1 < NELEM(options))
			options[n++] = *o;
	options[n] = (struct option){ NULL, NULL, NULL };
	return options;
}

/* What the answers are to be like, for them to say. */
static int
set_like(const struct store *s, const uint32_t *docids, int n,
    const char *name, struct query *q, struct error *err)
{
	CLEAN(doc_clear) struct doc d = { 0 };

	if (store_doc(s, docids[0], &d, err) == -1)
		return -1;
	q->like = xstrdup(n == 1 ? d.id : name);
	return 0;
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	CLEAN(query_clear) struct query q;
	CLEAN(result_clear) struct result r = { 0 };
	const char *name = argument_word(args, 0);
	const struct output *form;
	uint32_t *docids = NULL;
	int n, rc;

	query_init(&q, settings->today_ymd);
	q.is_explained = argument_given(args, "uitleg");
	if (name == NULL || argument_word(args, 1) != NULL)
		return error_set(err, ERROR_QUERY,
		    "noem één document: een id, een pad of een kenmerk");
	if (answer_form(args, &form, err) == -1 ||
	    request_read(args, 1, &q, err) == -1 ||
	    analyser_open(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1 ||
	    (n = store_find(s, name, &docids, err)) == -1)
		return -1;
	rc = set_like(s, docids, n, name, &q, err);
	if (rc == 0)
		rc = search_similar(s, &q, docids, (size_t)n, &r, err);
	free(docids);
	return rc == -1 ? -1 : answer_print(form, s, &q, &r, out);
}

const struct command cmd_similar = {
	.name = "similar",
	.usage = "[--KEY=VALUE]... ID",
	.summary = "find documents like one, by id, path or kenmerk",
	.options = similar_options,
	.more_options = narrowing_options,
	.run = run,
};
