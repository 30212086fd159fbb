/*
 * error: what went wrong, for whom.
 *
 * A kind exists only where a caller acts on it; each has one exit status and
 * one HTTP status, in the table in error.c.  Messages name the thing and the
 * cause, without a full stop.  ERROR_QUERY and ERROR_ABSENT speak Dutch (a
 * visitor reads them), the others English (an operator does).
 */
#ifndef ERROR_H
#define ERROR_H

#include "base/mem.h"

enum error_kind {
	ERROR_NONE,
	ERROR_QUERY,		/* the question or the usage is wrong */
	ERROR_ABSENT,		/* no such document */
	ERROR_DOCUMENT,		/* this file cannot be read */
	ERROR_REFUSED,		/* a guard stands in the way */
	ERROR_NOINDEX,		/* there is no index */
	ERROR_INDEX,		/* damaged, or made with other analysis or fields */
	ERROR_BUG,		/* cannot happen, and did */
	ERROR_SPACE,		/* cannot create, or no space */
	ERROR_IO,		/* input or output failed */
	ERROR_BUSY,		/* another writer holds the lock */
	ERROR_CONFIG,		/* the configuration is wrong */
};

struct error {
	enum error_kind kind;
	char msg[512];		/* UTF-8, cut at a character if need be */
	/*
	 * What a visitor reads can be said in another language: the format,
	 * and what is filled in, each ended by a NUL.  NULL: only as it is.
	 */
	const char *format;
	char arguments[512];
};

#define ERROR_INIT { .kind = ERROR_NONE }

/*
 * Fill *err and return -1, so that `return error_set(...)` is one line.  The
 * format lives on: a literal.
 */
int error_set(struct error *, enum error_kind, const char *fmt, ...) PRINTF(3, 4);
/*
 * The same with ": " and the text of errno behind the message.  Without memory
 * the kind is ERROR_BUG: nothing is wrong with what was asked for.
 */
int error_errno(struct error *, enum error_kind, const char *fmt, ...) PRINTF(3, 4);

/*
 * The end of a process that cannot go on: a line on standard error, and the
 * exit status of the kind.  One that works for another process tells it
 * instead, which says it then: tell() returns 0 if it was taken in.
 */
_Noreturn void error_end(const struct error *);
void error_end_tells(int (*tell)(const struct error *));

int error_exit_status(enum error_kind);
int error_http_status(enum error_kind);

#endif
