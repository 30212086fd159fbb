/*
 * report: what a run of naslag index did, as one line and as JSON.
 *
 * Used by cmd/index.c.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "index/files.h"
#include "model/plan.h"

struct report {
	const char *corpus;
	uint32_t generation;	/* published, or live if nothing was */
	bool is_published;
	size_t counts[NPLANS];	/* files, by what had to be done */
	const struct files *files;	/* as they are now */
	uint64_t text_bytes;	/* read in this run */
	double seconds;
};

/* One line, fit for a log. */
void report_line(const struct report *, struct buf *out);
/* Write it as JSON to a file, by renaming: it is whole or not there. */
int report_write(const struct report *, const char *path, struct error *);

#endif
