/*
 * chart: how a number went, as a small picture (SVG within HTML).
 *
 * It has a title and says in words what it shows, each point too, for who
 * cannot see it.  Colours are those of the page's style sheet, by class:
 * chart, chart-grid, chart-line, chart-area, chart-dot, chart-bar, chart-bad.
 *
 * Used by report/statusruns.c.
 */
#ifndef CHART_H
#define CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct chart_point {
	double value;		/* 0 or more */
	const char *place;	/* on the x axis, short: "22 Nov" */
	const char *says;	/* the point in words */
	bool is_bad;		/* to be seen as such */
};

struct chart {
	const char *id;		/* [a-z]+, the only one of the page */
	const char *title;
	const char *x_label;
	const char *y_label;	/* the unit: "MB" */
	bool is_bars;		/* else a line, whose axis need not begin at 0 */
	bool is_whole;		/* the values are whole numbers */
	const struct chart_point *points;	/* from left to right */
	size_t npoints;		/* 1 or more */
};

void chart_print(const struct chart *, struct buf *out);

#endif
