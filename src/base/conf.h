/*
 * conf: the file naslag.conf, as text.
 *
 * A line is NAME = VALUE; blanks around both play no part, and empty lines and
 * lines that begin with '#' are left out.  All names are known here, once;
 * what a value means, its reader decides.
 *
 * Used by cmd/settings.c and cgi/settings.c.
 */
#ifndef CONF_H
#define CONF_H

#include <stdbool.h>

#include "base/error.h"

enum conf_key {
	CONF_CANARIES,
	CONF_CONTACT,
	CONF_DELTA,
	CONF_DOCUMENTS,
	CONF_INDEX,
	CONF_JOBS,
	CONF_KNOWN,
	CONF_METRICS,
	CONF_SENTINEL,
	CONF_URL,
	NCONF
};

struct conf_value {
	char *text;		/* of the last line that sets it; NULL: none */
	unsigned line;
};

struct conf {
	char *path;
	struct conf_value values[NCONF];
};

/*
 * Read the file.  Without one, a conf in which nothing is set, unless it
 * must_exist.  Returns -1 with ERROR_CONFIG if it cannot be read, or a line
 * has no value or a name that is not known.  Free with conf_clear().
 */
int conf_read(const char *path, bool must_exist, struct conf *out,
    struct error *);
void conf_clear(struct conf *);

/* The text of a value; NULL if it is not set. */
const char *conf_text(const struct conf *, enum conf_key);
/* Fill *err: the value of that key is impossible.  Returns -1. */
int conf_refuse(const struct conf *, enum conf_key, struct error *);

#endif
