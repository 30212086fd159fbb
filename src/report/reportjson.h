/*
 * reportjson: the report of a run as JSON.
 *
 * Used by report.c, metrics.c and status*.c.
 */
#ifndef REPORTJSON_H
#define REPORTJSON_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "report/report.h"

/* So many paths of one kind are named in a report; all are counted. */
#define REPORT_PATHS 1000

/*
 * A new object with everything about a run: its numbers and, with lists, the
 * paths of what changed and of what cannot be read.
 */
json_t *report_json(const struct report *, bool has_lists);

/* How the text of a file stands; several may be added up. */
enum readable {
	READABLE = 1,		/* it is in the index */
	READABLE_ONCE = 2,	/* its last good text is: it is stale */
	READABLE_NOT = 4
};
enum readable file_readable(const struct file *);

/* How many files of a list stand so. */
size_t files_readable(const struct files *, unsigned how);
/* How many for each status, by its name; a new object. */
json_t *files_by_reason(const struct files *, unsigned how);
/* The files that cannot be read, stale ones among them; a new array. */
json_t *files_failing(const struct files *);

#endif
