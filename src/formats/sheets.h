/*
 * sheets: the cells of a workbook, out as rows below the names of its sheets.
 *
 * Used by xls.c, xlsx.c.
 */
#ifndef SHEETS_H
#define SHEETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/flow.h"
#include "formats/format.h"
#include "formats/numfmt.h"
#include "formats/running.h"

/* What someone remarked on a cell. */
struct sheets_comment {
	unsigned row;		/* from 0 */
	size_t at, len;		/* in the texts of them all */
};

struct sheets {
	struct flow flow;	/* where rows and their text go */
	struct numfmts formats;
	struct buf strings;	/* that cells share, one behind the other */
	size_t *ends;		/* where each ends in it */
	size_t nstrings, cap_strings;
	struct buf remarks;	/* texts of the comments of this sheet */
	struct sheets_comment *comments;
	size_t ncomments, cap_comments;
	size_t next;		/* the first comment that is not yet out */
	struct running running;
	struct out *out;
};

void sheets_init(struct sheets *, struct out *);
/* Emits nothing. */
void sheets_clear(struct sheets *);

/* What was added to strings since the last is the next shared string. */
void sheets_end_string(struct sheets *);

/* A sheet begins. */
void sheets_name(struct sheets *, const char *name, size_t len);
/* The sheet ends, whatever it was in. */
void sheets_end(struct sheets *);

/* A comment of the sheet that begins; all of them before its first row. */
void sheets_comment(struct sheets *, unsigned row, const char *, size_t);
/* A row begins or ends; rows from 0.  Its comments follow it. */
void sheets_row(struct sheets *, unsigned row);
void sheets_row_end(struct sheets *, unsigned row);

/*
 * The header or footer of a sheet, as Excel has it: "&L&12VERTROUWELIJK&RPagina
 * &P".
 */
void sheets_running(struct sheets *, const char *, size_t);

/* The next cell of the row, by what is in it. */
void sheets_number(struct sheets *, size_t style, double value);
void sheets_shared(struct sheets *, size_t string);
void sheets_text(struct sheets *, const char *, size_t);
void sheets_boolean(struct sheets *, bool);

#endif
