/*
 * options: a command's long options and words.
 *
 * Not getopt_long(): a word of a question may begin with a hyphen (-dublin
 * excludes it), so only what begins with two is an option.  Options and words
 * may be mixed; behind "--" everything is a word.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct option {
	const char *name;	/* without the hyphens */
	const char *value;	/* what its value is, for help; NULL: none */
	const char *help;	/* one line, without a full stop */
};

/* One option or word as given. */
struct argument {
	const char *name;	/* NULL: a word */
	const char *value;	/* NULL: an option without a value */
};

struct arguments {
	struct argument *items;
	size_t count, cap;
};

/*
 * Read argv[1..argc-1].  Options are those of the tables, each ended by a
 * NULL name.  Returns -1 with ERROR_QUERY for an unknown option, a missing or
 * a superfluous value.  Free with arguments_clear(); strings are argv's.
 */
int options_read(const struct option *const *tables, size_t ntables, int argc,
    char **argv, struct arguments *out, struct error *);
void arguments_clear(struct arguments *);

/* The value of the last option of that name; NULL if it was not given. */
const char *argument_value(const struct arguments *, const char *name);
bool argument_given(const struct arguments *, const char *name);
/* Word number i; NULL behind the last. */
const char *argument_word(const struct arguments *, size_t i);

#endif
