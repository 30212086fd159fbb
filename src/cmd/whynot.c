#include <config.h>

#include <stdlib.h>

#include "cmd/command.h"
#include "cmd/request.h"
#include "index/explain.h"
#include "index/store.h"

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	CLEAN(query_clear) struct query q;
	const char *name = argument_word(args, 0);
	uint32_t *docids = NULL;
	bool is_hit, is_any = false;
	int n, i, rc = 0;

	query_init(&q, settings->today_ymd);
	if (name == NULL)
		return error_set(err, ERROR_QUERY,
		    "noem een document en een vraag: naslag why-not ID VRAAG");
	if (request_read(args, 1, &q, err) == -1 ||
	    analyser_open(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1 ||
	    (n = store_find(s, name, &docids, err)) == -1)
		return -1;
	for (i = 0; i < n && rc == 0; i++) {
		rc = explain_absence(s, &q, docids[i], &is_hit, out, err);
		is_any |= rc == 0 && is_hit;
	}
	free(docids);
	return rc == -1 ? -1 : is_any ? 0 : 1;
}

const struct command cmd_whynot = {
	.name = "why-not",
	.usage = "[--KEY=VALUE]... ID [WORD]...",
	.summary = "say why a document is not in an answer",
	.more_options = request_options,
	.run = run,
};
