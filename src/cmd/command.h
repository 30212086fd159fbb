/*
 * command: a subcommand of naslag.
 *
 * A command is cmd/NAME.c, one struct and its row in commands[] (naslag.c).
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "cmd/settings.h"
#include "cmd/options.h"

struct command {
	const char *name;
	const char *usage;	/* what follows "naslag NAME" */
	const char *summary;	/* one line */
	bool is_long;		/* runs for seconds, with much memory */
	const struct option *options;	/* ended by a NULL name; may be NULL */
	/* More options, found at run time; NULL if there are none. */
	const struct option *(*more_options)(void);
	/*
	 * Run; what is to be printed on stdout goes to out, so that an error
	 * never follows half an answer.  Returns the exit status, or -1 with
	 * *err set.
	 */
	int (*run)(const struct settings *, const struct arguments *,
	    struct buf *out, struct error *);
};

extern const struct command cmd_index;
extern const struct command cmd_search;
extern const struct command cmd_show;
extern const struct command cmd_similar;
extern const struct command cmd_suggest;
extern const struct command cmd_terms;
extern const struct command cmd_fields;
extern const struct command cmd_status;
extern const struct command cmd_check;
extern const struct command cmd_rollback;
extern const struct command cmd_whynot;

#endif
