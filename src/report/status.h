/*
 * status: the state of an index, for its operator.
 *
 * It is read once, from whatever is there - an old index has no history, a
 * damaged one no facts - and shown in one of several forms.
 *
 * Used by cmd/status.c.
 */
#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/error.h"
#include "report/history.h"
#include "index/files.h"
#include "index/store.h"

/* A night and two hours: then a run was missed (RELIABILITY F33). */
#define STATUS_OLD_HOURS 26

enum status_state {
	STATUS_GOOD,
	STATUS_OLD,		/* too long since a run ended well */
	STATUS_FAILED,		/* the last run did not end well */
	STATUS_DAMAGED		/* the index cannot be used */
};

struct status {
	const char *index;	/* its directory, borrowed */
	time_t now;
	struct error problem;	/* why it is damaged; ERROR_NONE: it is not */
	uint32_t generation;	/* 0: not known */
	uint64_t index_bytes;
	uint64_t fingerprint;	/* of the analysis in use now */
	bool has_facts, has_files;
	struct store_facts facts;
	struct files files;
	struct history history;
	json_t *report;		/* of the run that made the generation, or NULL */
	struct past_run live;	/* what the generation is like; its record is
				 * NULL if that is not known */
	const struct past_run *last;	/* the newest run that was not turned
					 * away by another; NULL: not known */
	const struct past_run *good;	/* the newest that ended well, or NULL */
	time_t fresh;		/* when the index was last known to be up to
				 * date; 0: never */
	enum status_state state;
};

/*
 * Read it.  Returns -1 with ERROR_NOINDEX if there is no index, ERROR_CONFIG
 * if the tables cannot be read; that the index is damaged is no error but
 * the answer.  Free with status_clear().
 */
int status_read(const char *index, time_t now, struct status *out,
    struct error *);
void status_clear(struct status *);

/* From what was read, set last, good, fresh and state. */
void status_find_state(struct status *);
/* A moment as an index says it, 2026-11-22T02:00:00Z; 0 if it is none. */
time_t status_moment(const char *);

/* ---- how it is shown ---- */

void status_print_text(const struct status *, struct buf *out);
void status_print_json(const struct status *, struct buf *out);
void status_print_html(const struct status *, struct buf *out);
void status_print_metrics(const struct status *, struct buf *out);
/* The files that cannot be read, a line each, cells separated by tabs. */
void status_print_failures(const struct status *, struct buf *out);
/* The documents by the quality of their text, the worst first, as lines. */
void status_print_quality(const struct status *, struct buf *out);

/* Parts of those forms: the documents whose text is broken. */
void status_text_quality(const struct status *, struct buf *out);
json_t *status_json_quality(const struct status *);
/* Any bytes as one cell of one line. */
void status_add_cell(const char *, struct buf *out);

/* ---- in words, without a full stop ---- */

/* "good", "old", "failed", "damaged" */
const char *status_state_name(enum status_state);
/* Why the state is what it is: "the last run ended well 3 hours ago". */
void status_say_state(const struct status *, struct buf *out);
/* How a run ended: "published generation 12", "was refused: ...". */
void status_say_end(const struct past_run *, struct buf *out);
/* What the status of a file means: "pages are pictures"; "" if not known. */
const char *status_meaning(const char *status);

/* "just now", "12 minutes ago", "3.2 hours ago", "5 days ago" */
void say_age(time_t then, time_t now, struct buf *out);
/* 20,412 */
void say_count(uint64_t, struct buf *out);
/* Three digits: "812 MB", "1.81 MB". */
void say_bytes(double bytes, struct buf *out);
/* "0.2 s", "14.2 s", "3.5 min", "1.5 h" */
void say_seconds(double seconds, struct buf *out);

/* The style sheet of the page. */
extern const char status_style[];

#endif
