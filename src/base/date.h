/*
 * date: calendar days as one number, YYYYMMDD.
 */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define DATE_NONE	0
#define DATE_OPEN_BEGIN	101		/* 0000-01-01: began before memory */
#define DATE_OPEN_END	99991231	/* no end */

bool date_is_valid(int ymd);
/*
 * Read a whole string as a date: 2014-07-01 (a time behind it is ignored),
 * 20140701, 01-07-2014, 1-7-2014, 1/7/2014, "1 juli 2014".
 * Returns DATE_NONE if it is none.
 */
int date_parse(const char *s);
/* The same, but only YYYY-MM-DD: what a visitor may type as a key's value. */
int date_parse_iso(const char *s);
/* The day after, and the day before; DATE_NONE beyond the years 1 and 9999. */
int date_after(int ymd);
int date_before(int ymd);
/* Append as 2014-07-01. */
void date_print(int ymd, struct buf *out);
/* Append as "1 juli 2014". */
void date_print_dutch(int ymd, struct buf *out);

#endif
