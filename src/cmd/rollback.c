#include <config.h>

#include <stdlib.h>
#include <time.h>

#include "cmd/command.h"
#include "index/generation.h"
#include "index/verify.h"
#include "report/report.h"

/*
 * A search for the newest generation to go back to: older than the live one,
 * or any if none is live.
 */
struct search {
	const struct settings *settings;
	struct analyser *analyser;
	uint32_t live;
	uint32_t found;		/* 0: none */
	struct error why;	/* the newest one was passed over */
};

/* What was passed over stands in *out, a line each. */
static void
try(struct search *s, uint32_t number, struct buf *out)
{
	CLEAN(str_free) char *dir = generation_path(s->settings->index, number);
	CLEAN(damages_clear) struct damages damages = { 0 };
	struct verify v = { .dir = dir, .today_ymd = s->settings->today_ymd };
	struct manifest_facts facts;
	struct error err;

	if (verify_generation(&v, s->analyser, &facts, &damages, &err) == 0) {
		s->found = number;
		return;
	}
	buf_addf(out, "generation %u is passed over: %s\n", number, err.msg);
	if (s->why.kind == ERROR_NONE)
		s->why = err;
}

static int
find(struct search *s, struct buf *out, struct error *err)
{
	const char *index = s->settings->index;
	CLEAN(str_free) char *memory = NULL;
	uint32_t *numbers;
	size_t n, i;

	if (generation_list(index, &numbers, &n, err) == -1)
		return -1;
	memory = (char *)numbers;
	for (i = 0; i < n && s->found == 0; i++)
		if (s->live == 0 || numbers[i] < s->live)
			try(s, numbers[i], out);
	if (s->found != 0)
		return 0;
	if (s->why.kind == ERROR_NONE)
		return error_set(err, ERROR_NOINDEX, "%s: there is no older "
		    "generation; make a new one with: naslag index --rebuild "
		    "--index=%s CORPUS", index, index);
	return error_set(err, ERROR_INDEX, "%s: no older generation is whole; "
	    "make a new one with: naslag index --rebuild --index=%s CORPUS (%s)",
	    index, index, s->why.msg);
}

/* That it cannot be written down does not undo it. */
static void
record(const struct search *s)
{
	struct report r = {
		.begun = time(NULL), .generation = s->found,
		.is_published = true, .rolled_back_from = s->live,
	};
	struct error ignored;

	if (s->live != 0)
		report_record(&r, s->settings->index, &ignored);
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(generation_end) struct generation g = { .lock_fd = -1 };
	CLEAN(analyser_free) struct analyser *a = NULL;
	struct search s = { .settings = settings };

	if (argument_word(args, 0) != NULL)
		return error_set(err, ERROR_QUERY,
		    "naslag rollback heeft geen argumenten");
	if (generation_lock(settings->index, &g, err) == -1 ||
	    analyser_open(&a, err) == -1)
		return -1;
	s.analyser = a;
	s.live = g.live;
	if (find(&s, out, err) == -1 ||
	    generation_switch(&g, s.found, err) == -1)
		return -1;
	record(&s);
	buf_addf(out, "generation %u is published; before it was ", s.found);
	if (s.live != 0)
		buf_addf(out, "generation %u\n", s.live);
	else
		buf_adds(out, "none\n");
	return 0;
}

const struct command cmd_rollback = {
	.name = "rollback",
	.usage = "",
	.summary = "publish the last good generation before the present one",
	.run = run,
};
