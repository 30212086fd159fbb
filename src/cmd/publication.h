/*
 * publication: a new generation out of the shards of a run and what stays of
 * the live generation.
 *
 * One database is compacted from them in the work directory, with all that
 * belongs to it beside it, and then put in the place of the live one.
 *
 * Used by cmd/index.c.
 */
#ifndef PUBLICATION_H
#define PUBLICATION_H

#include <stddef.h>

#include "base/error.h"
#include "dutch/analyse.h"
#include "index/files.h"
#include "index/generation.h"
#include "model/plan.h"

struct publication {
	struct generation *generation;
	const struct plan *plan;
	const struct files *live;	/* list of the live generation, in which
					 * the plan counts; NULL: nothing stays */
	size_t nshards;			/* in the work directory, from 0 on */
	const struct files *files;	/* list of the new generation */
	struct analyser *analyser;
	const char *corpus_path;	/* absolute */
};

/* Build the generation and publish it. */
int publication_make(const struct publication *, struct error *);

#endif
