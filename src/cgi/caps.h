/*
 * caps: how much one question may ask of the endpoint.
 *
 * The terminal may ask more: it is its user's own time.  The numbers are
 * those of RELIABILITY.md 6.
 */
#ifndef CAPS_H
#define CAPS_H

#include "base/error.h"
#include "model/query.h"

#define CAPS_TERMS	32	/* distinct words */
#define CAPS_PHRASE	16	/* words between quotes */
#define CAPS_NEAR	10	/* words between two of NABIJ */
#define CAPS_PREFIXES	2	/* words with an asterisk */
#define CAPS_DEPTH	8	/* brackets within brackets */
#define CAPS_FILTERS	32	/* values of fields */
#define CAPS_EXPANSION	4000	/* words for one asterisk */
#define CAPS_WORK	22000	/* of "...", NABIJ and asterisks together */

/*
 * Returns -1 with ERROR_QUERY, in Dutch, if it asks too much, and leaves the
 * limits of what only search() can know in the query.  For every query of a
 * visitor, however it was made.
 */
int caps_check(struct query *, struct error *);
/* The words that it has, all of them: for the log. */
size_t caps_words(const struct query *);

#endif
