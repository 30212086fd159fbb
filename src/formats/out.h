/*
 * out: the records a document becomes.
 *
 * A record is `NAME LENGTH\n`, that many bytes, `\n`: readable with cat.  In
 * this order, each at most once unless it says so:
 *
 *    meta NAME=VALUE    any number; before and after `format`
 *    format             the name of the format
 *    page N             any number, N ascending; a page begins here
 *    headingL TEXT      any number, L from 1 to 6
 *    text TEXT          any number
 *    members N          how many files are within
 *    pictures N         how many pages are pictures, without text
 *    recognised N       how many pages had theirs recognised
 *    status             extract_status_name(); always
 *    reason
 *    end                empty; always
 *
 * When the files within it are asked for, its records are
 *
 *    member NAME STATUS BYTES   any number; parted by line ends
 *    status
 *    reason
 *    end
 *
 * where NAME is a path (gather/members.h has its rules) and STATUS says why
 * BYTES are not there, if it is not ok.
 *
 * Text is valid UTF-8 on one line, white space folded: one space, or one tab
 * where there was a tab (between the cells of a table row).  Limits are in
 * wire.h.
 *
 * The functions a format calls are in format.h; these are for extractor.c.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/format.h"

struct out {
	int fd;			/* -1: keep everything in records */
	struct buf records;	/* not yet written */
	struct buf scratch;
	struct buf reason;
	bool has_failed;	/* writing did; the rest is swallowed */
	bool has_text;
	bool is_part;		/* of a document: its own properties are dropped */
	bool is_unpacking;	/* records are those of members */
	unsigned last_page;
	unsigned metas, sidecar_metas, headings;
};

void out_init(struct out *, int fd);
void out_clear(struct out *);
void out_format(struct out *, const char *name);
/* The bytes are written at once, without a copy. */
void out_member(struct out *, const char *name, enum extract_status,
    const char *bytes, size_t len);
/* Write what is kept.  Returns -1 if this or an earlier write failed. */
int out_flush(struct out *);
/*
 * The last records: status, reason, end; then out_flush().  OK without any
 * text becomes EMPTY.
 */
int out_end(struct out *, enum extract_status);

#endif
