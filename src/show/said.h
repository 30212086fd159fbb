/*
 * said: what has to be said with an answer, whatever its form.
 */
#ifndef SAID_H
#define SAID_H

#include "model/lists.h"
#include "model/result.h"

#define SHOW_MAX_DISCLAIMERS 16

/* The disclaimers of the soorten among the hits, once each; how many. */
size_t disclaimers_of(const struct result *, const struct disclaimer **out,
    size_t max);

#endif
