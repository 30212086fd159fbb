/*
 * metrics: the state of an index for monitoring, in Prometheus' text format.
 *
 * Used by statustext.c; report_metrics() stands in report.h.
 */
#ifndef METRICS_H
#define METRICS_H

#include "base/buf.h"
#include "report/history.h"

/*
 * Append them: how the newest run ended, what the newest good one found, and
 * what the published generation is like.  Each may be NULL: not known; a
 * moment that is not known is 0.  Every status of a document has its line, so
 * that graphs and alarms know it before it occurs.
 */
void metrics_print(const struct past_run *newest, const struct past_run *good,
    const struct past_run *live, struct buf *out);

#endif
