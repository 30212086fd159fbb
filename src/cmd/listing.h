/*
 * listing: the list of the files of a new generation, in which each file of
 * the corpus stands with what became of it.
 *
 * Used by cmd/job.c.
 */
#ifndef LISTING_H
#define LISTING_H

#include "cmd/builder.h"
#include "cmd/corpus.h"
#include "index/files.h"
#include "model/plan.h"

/*
 * Make the list: what was read is as came of that, what stays is as known
 * says, the list of the live generation.  Copies share the status of their
 * document.  The plan's steps are in the order of the list.
 */
void listing_make(const struct plan *, const struct files *known,
    const struct corpus *, int today_ymd, struct files *out);

#endif
