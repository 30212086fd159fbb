/*
 * statuspage: the parts of the page of naslag status.
 *
 * Used by statushtml.c and what it consists of.
 */
#ifndef STATUSPAGE_H
#define STATUSPAGE_H

#include <time.h>

#include "base/buf.h"
#include "report/status.h"

/* A moment where the machine stands, format as for strftime(). */
void page_moment(time_t, const char *format, struct buf *out);

/* Where all of a list are that is cut: the option of naslag status. */
void page_all_of_them(const char *option, struct buf *out);

/* Sections; nothing where there is nothing to tell. */
void page_growth(const struct status *, struct buf *out);
void page_runs(const struct status *, struct buf *out);
void page_failures(const struct status *, struct buf *out);
void page_stale(const struct status *, struct buf *out);
void page_quality(const struct status *, struct buf *out);

#endif
