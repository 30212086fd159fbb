/*
 * columns: what facets count, as a number for each document.
 *
 * Reading a value of each match takes longer than finding it.  So a generation
 * has a file, facets, with the numbers of the values that its documents have
 * in the slots of facets, and those values.  It is made of the whole database,
 * delta and hidden documents included, and of that one only: another one is
 * known by its UUIDs, its documents and its last document.  Without the file,
 * or with one of another database, the slots are read: the counts are the same.
 *
 * Used by store.c, facetcount.c, verify.c and the commands.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "xap.h"

struct columns;

/* The slots, in the order of their columns. */
enum { COLUMN_FACETS, COLUMN_PERIOD, NCOLUMNS };
extern const uint32_t column_slots[NCOLUMNS];

/*
 * Make the columns of the database of the generation in directory dir and
 * write them there.  id is store_fingerprint().
 */
int columns_write(const char *dir, uint64_t id, struct error *);

/* Open those of a database; NULL if there are none, or they are damaged. */
struct columns *columns_open(const char *dir, uint64_t id,
    const struct xap_db *);
void columns_free(struct columns **);

/* The NCOLUMNS columns; they live as long as these. */
const struct xap_column *columns_numbers(const struct columns *);
/* The value that a number, from 1 on, stands for in a column. */
struct xap_str columns_value(const struct columns *, size_t column,
    uint32_t number);

/*
 * Do the columns say what the slots of the database do?  Returns -1 with
 * ERROR_INDEX if not; dir is to name in the message.
 */
int columns_check(const struct columns *, const char *dir,
    const struct xap_db *, struct error *);

#endif
