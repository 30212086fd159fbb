/*
 * request: a question as options and words.
 *
 * Every request key is an option of the commands that take a question.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "cmd/options.h"
#include "model/query.h"

/* The request keys as options; ended by a NULL name. */
const struct option *request_options(void);

/*
 * Set the keys that were given, and the words from number first on as q.
 * Returns -1 with ERROR_QUERY.
 */
int request_read(const struct arguments *, size_t first, struct query *,
    struct error *);

#endif
