#include <config.h>

#include "cmd/answer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH	100
#define MAX_WIDTH	120
#define MIN_WIDTH	40

static unsigned
terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == -1 || size.ws_col == 0)
		return DEFAULT_WIDTH;
	return size.ws_col < MIN_WIDTH ? MIN_WIDTH :
	    size.ws_col > MAX_WIDTH ? MAX_WIDTH : size.ws_col;
}

int
answer_form(const struct arguments *args, const struct output **out,
    struct error *err)
{
	const char *name = argument_value(args, "vorm");
	size_t i, n = 0;

	for (i = 0; i < args->count; i++)
		n += args->items[i].name != NULL &&
		    strcmp(args->items[i].name, "vorm") == 0;
	if (n > 1)
		return error_set(err, ERROR_QUERY,
		    "vorm is meer dan eens gegeven");
	return output_find(name != NULL ? name : "tekst", out, err);
}

int
answer_print(const struct output *form, const struct store *s,
    const struct query *q, const struct result *r, struct buf *out)
{
	const char *no_color = getenv("NO_COLOR");
	struct store_facts facts;
	struct view view;

	store_facts(s, &facts);
	view = (struct view){
		.made = facts.made,
		.query = q, .result = r, .width = terminal_width(),
		.has_color = isatty(STDOUT_FILENO) &&
		    (no_color == NULL || *no_color == '\0'),
	};
	form->render(&view, out);
	return r->total > 0 ? 0 : 1;
}
