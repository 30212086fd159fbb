/*
 * tsv: the tables in data/.
 *
 * One row a line, cells separated by one tab, '#' begins a comment line.  The
 * first row that is no comment names the columns and is not a row.
 */
#ifndef TSV_H
#define TSV_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

struct tsv {
	char *bytes;		/* the file, cells made NUL-terminated in place */
	char **cells;		/* nrow * ncol */
	size_t nrow;
	size_t ncol;
	uint64_t hash;		/* of the file as it was: its version, or 0 */
};

/*
 * Read data file NAME from the data directory: $NASLAG_DATA if set, else the
 * one naslag was installed with.  Each row must have ncol cells or fewer;
 * missing ones are "".  Returns -1 with ERROR_CONFIG.  Free with tsv_clear().
 */
int tsv_load(const char *name, size_t ncol, struct tsv *out, struct error *);
/*
 * The same without the hash, which takes longer than all else: for a table
 * that decides nothing about an index.
 */
int tsv_load_unhashed(const char *name, size_t ncol, struct tsv *out,
    struct error *);
const char *tsv_cell(const struct tsv *, size_t row, size_t col);
void tsv_clear(struct tsv *);

/* The data directory itself; no slash at its end. */
const char *data_dir(void);
/*
 * Append the whole of data file NAME to *out.  Returns -1 with ERROR_CONFIG if
 * it cannot be read.
 */
int data_read(const char *name, struct buf *out, struct error *);

/* FNV-1a over bytes, seeded with an earlier hash or HASH_INIT. */
#define HASH_INIT UINT64_C(0xcbf29ce484222325)
uint64_t hash_bytes(uint64_t seed, const void *, size_t);
uint64_t hash_str(uint64_t seed, const char *);

#endif
