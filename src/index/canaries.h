/*
 * canaries: questions of the operator's own with documents that they have to
 * find.  A generation that does not is not published.
 *
 * A file of lines "question TAB document [TAB rank]": the question as a
 * visitor types it, the document by its id, path or kenmerk, the worst rank
 * that will do (10 if it is not given).  '#' begins a comment line.
 *
 * Used by cmd/, questions.c and verify.c.
 */
#ifndef CANARIES_H
#define CANARIES_H

#include <stddef.h>

#include "base/error.h"

struct canary {
	char *question;
	char *document;
	unsigned rank;		/* from 1 */
	unsigned line;		/* in the file */
};

struct canaries {
	struct canary *items;
	size_t count, cap;
	char *path;		/* of the file, for messages */
};

/* Returns -1 with ERROR_CONFIG and the line at fault. */
int canaries_read(const char *path, struct canaries *out, struct error *);
void canaries_clear(struct canaries *);

#endif
