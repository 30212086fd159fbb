/*
 * numfmt: the numbers of a spreadsheet as their cells show them.
 *
 * A date is a number of days, a percentage a fraction: only the format of its
 * cell says so.  Formats are codes like "#,##0.00" and "d mmmm yyyy"; they are
 * shown as a Dutch program does: 1.234,56 and 3 mei 2015.
 *
 * Used by oleprops.c, sheets.c, xls.c, xlsx.c; numfmts.c is its table.
 */
#ifndef NUMFMT_H
#define NUMFMT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* The formats of a workbook, and the cell styles that refer to them. */
struct numfmts {
	struct numfmt {
		unsigned id;
		char *code;
	} *own;
	size_t nown, cap_own;
	const char **styles;	/* codes, NULL: general */
	size_t nstyles, cap_styles;
	bool from_1904;		/* day 0 is 1 January 1904 */
};

void numfmts_clear(struct numfmts *);

/* A format of the workbook's own.  All of them before the styles. */
void numfmts_add(struct numfmts *, unsigned id, const char *code, size_t len);
/* The next cell style has the format with that number. */
void numfmts_add_style(struct numfmts *, unsigned id);

/* Append what a cell of that style shows for the value. */
void numfmts_show(const struct numfmts *, size_t style, double value,
    struct buf *);
/* The same for one code, NULL: general. */
void numfmt_show(const char *code, double value, bool from_1904,
    struct buf *);

#endif
