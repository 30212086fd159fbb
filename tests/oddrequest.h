/*
 * oddrequest: requests as nobody should make them.
 *
 * For fuzz-endpoint.c.
 */
#ifndef ODDREQUEST_H
#define ODDREQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ASKED_BYTES	4096	/* of a variable */

enum { ASKED_METHOD, ASKED_PATH, ASKED_STRING, ASKED_TAGS, ASKED_VARIABLES };

/* The variables of one request; in memory that may outlive a process. */
struct asked {
	unsigned long number;
	bool is_set[ASKED_VARIABLES];
	char text[ASKED_VARIABLES][ASKED_BYTES];
};

/*
 * Read what requests grow out of, from the source directory dir.  To be done
 * once.  Returns how much there is; of nothing no request is made.
 */
size_t asked_begin(const char *dir);
/* Make request number, from it and seed alone. */
void asked_make(struct asked *, uint64_t seed, unsigned long number);
/* The value of a variable of the environment, or NULL; arg is the request. */
const char *asked_variable(const char *name, void *arg);
/* Print it, as a remark of a test. */
void asked_print(const struct asked *);

#endif
