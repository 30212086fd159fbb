/*
 * incident: answers that say what went wrong, and the line in the log that
 * says why.
 *
 * An answer has a number that stands in the log as well, so that whoever asks
 * about it can be helped; what is outside never tells a path, a version or
 * what a library said.
 */
#ifndef INCIDENT_H
#define INCIDENT_H

#include <stdbool.h>

#include "base/error.h"
#include "cgi/response.h"
#include "show/site.h"

struct incident {
	char number[40];	/* a random UUID */
	bool is_api;		/* problem+json, not a page */
	const struct site *site;	/* borrowed, as is */
	const char *typed;	/* what was looked for; NULL: not known */
};

void incident_init(struct incident *, bool is_api, const struct site *);

/*
 * Make r the answer that has status; *err (may be NULL) is told to the visitor
 * if it is an ERROR_QUERY or ERROR_ABSENT, and to nobody else.
 */
void incident_answer(const struct incident *, int status,
    const struct error *, struct response *r);

#endif
