/*
 * log: what we keep of a request: a line on stderr.
 *
 * When (to the minute), the status, how long it took, how many hits roughly,
 * how many words the question had, and the generation.  Never the question,
 * an address, or what kind of program asked.
 */
#ifndef LOG_H
#define LOG_H

#include "base/buf.h"
#include "base/error.h"
#include "cgi/response.h"

struct log_entry {
	int status;
	long ms;
	const struct response *response;	/* NULL: none was made */
	unsigned generation;	/* 0: no index was opened */
	const char *incident;	/* its number; NULL: nothing went wrong */
	const struct error *err;	/* why; ERROR_NONE: nothing to tell */
	bool has_question;	/* err may quote what was asked */
};

/* The line, ended by a newline; the clock is read. */
void log_line(const struct log_entry *, struct buf *out);

#endif
