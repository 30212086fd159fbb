#include <config.h>

#include "index/columns.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tsv.h"
#include "index/database.h"
#include "index/mapped.h"
#include "index/store.h"
#include "model/fields.h"

#define NAME "facets"

/* Raise it when the parts, or what stands in them, change. */
#define FILE_VERSION 1

/* Which database it is, then for each column the numbers and the values. */
enum { PART_DATABASE, PART_COLUMNS, PARTS_OF_COLUMN = 3 };
enum { NUMBERS, OFFSETS, STRINGS };
enum { NPARTS = PART_COLUMNS + NCOLUMNS * PARTS_OF_COLUMN };

_Static_assert(NPARTS <= MAPPED_PARTS, "a file has room for the columns");

const uint32_t column_slots[NCOLUMNS] = {
	[COLUMN_FACETS] = SLOT_FACETS,
	[COLUMN_PERIOD] = SLOT_PERIOD,
};

/* The values of a column: those from number 1 on, one behind the other. */
struct values {
	const uint32_t *offsets;	/* one more than there are values */
	const char *strings;
	size_t bytes;
};

struct columns {
	struct mapped *file;
	struct xap_column numbers[NCOLUMNS];
	struct values values[NCOLUMNS];
};

static uint64_t
file_id(uint64_t id)
{
	uint64_t parts[] = { id, FILE_VERSION };

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

/* What tells a database from others: UUIDs, documents, the last of them. */
static int
name_database(const struct xap_db *db, struct buf *out, struct xap_error *xerr)
{
	struct xap_bytes *uuid;
	struct xap_stats stats;
	struct xap_str s;

	if (xap_stats(db, &stats, xerr) == -1 ||
	    xap_uuid(db, &uuid, xerr) == -1)
		return -1;
	s = xap_bytes_get(uuid);
	buf_addf(out, "%.*s %u %u", (int)s.len, s.s, stats.documents,
	    stats.last_docid);
	xap_bytes_free(&uuid);
	return 0;
}

/* ---- writing ---- */

/* What is kept of a slot, before it is written. */
struct column {
	struct xap_slot *slot;
	uint32_t *offsets;
	struct buf strings;
};

static void
make_column(struct column *c)
{
	size_t n, i;
	const struct xap_count *values = xap_slot_values(c->slot, &n);

	c->offsets = xcalloc(n + 1, sizeof *c->offsets);
	for (i = 0; i < n; i++) {
		buf_add(&c->strings, values[i].value.s, values[i].value.len);
		c->offsets[i + 1] = (uint32_t)c->strings.len;
	}
}

static void
set_parts(const struct column *c, struct mapped_part *parts)
{
	size_t ndocids, nvalues;
	const uint32_t *numbers = xap_slot_numbers(c->slot, &ndocids);

	xap_slot_values(c->slot, &nvalues);
	parts[NUMBERS] = (struct mapped_part){ numbers,
		ndocids * sizeof *numbers };
	parts[OFFSETS] = (struct mapped_part){ c->offsets,
		(nvalues + 1) * sizeof *c->offsets };
	parts[STRINGS] = (struct mapped_part){ buf_str(&c->strings),
		c->strings.len };
}

static int
make_columns(const struct xap_db *db, struct column *columns, struct buf *name,
    struct xap_error *xerr)
{
	size_t i;

	if (name_database(db, name, xerr) == -1)
		return -1;
	for (i = 0; i < NCOLUMNS; i++) {
		if (xap_slot_read(db, column_slots[i], &columns[i].slot,
		    xerr) == -1)
			return -1;
		make_column(&columns[i]);
	}
	return 0;
}

int
columns_write(const char *dir, uint64_t id, struct error *err)
{
	CLEAN(xap_db_free) struct xap_db *db = NULL;
	CLEAN(buf_clear) struct buf name = BUF_INIT;
	struct column columns[NCOLUMNS] = { { .slot = NULL } };
	struct mapped_part parts[NPARTS];
	struct xap_error xerr;
	size_t i;
	int rc;

	if (database_open(dir, &db, err) == -1)
		return -1;
	if (make_columns(db, columns, &name, &xerr) == -1)
		rc = store_error(&xerr, dir, err);
	else {
		parts[PART_DATABASE] = (struct mapped_part){ buf_str(&name),
			name.len };
		for (i = 0; i < NCOLUMNS; i++)
			set_parts(&columns[i],
			    parts + PART_COLUMNS + i * PARTS_OF_COLUMN);
		rc = mapped_write(dir, NAME, file_id(id), parts, NPARTS, err);
	}
	for (i = 0; i < NCOLUMNS; i++) {
		xap_slot_free(&columns[i].slot);
		free(columns[i].offsets);
		buf_clear(&columns[i].strings);
	}
	return rc;
}

/* ---- reading ---- */

static void
take_parts(struct columns *c, size_t i)
{
	size_t first = PART_COLUMNS + i * PARTS_OF_COLUMN;
	struct mapped_part numbers = mapped_part(c->file, first + NUMBERS);
	struct mapped_part offsets = mapped_part(c->file, first + OFFSETS);
	struct mapped_part strings = mapped_part(c->file, first + STRINGS);

	c->numbers[i] = (struct xap_column){ numbers.at,
		(uint32_t)(numbers.bytes / sizeof(uint32_t)),
		(uint32_t)(offsets.bytes / sizeof(uint32_t)) };
	c->values[i] = (struct values){ offsets.at, strings.at,
		strings.bytes };
}

static bool
is_of(const struct columns *c, const struct xap_db *db)
{
	CLEAN(buf_clear) struct buf name = BUF_INIT;
	struct mapped_part own = mapped_part(c->file, PART_DATABASE);
	struct xap_error ignored;

	return name_database(db, &name, &ignored) == 0 &&
	    own.bytes == name.len && memcmp(own.at, name.s, name.len) == 0;
}

struct columns *
columns_open(const char *dir, uint64_t id, const struct xap_db *db)
{
	CLEAN(columns_free) struct columns *c = xcalloc(1, sizeof *c);
	struct columns *out;
	size_t i;

	c->file = mapped_open(dir, NAME, file_id(id), NPARTS);
	if (c->file == NULL || !is_of(c, db))
		return NULL;
	for (i = 0; i < NCOLUMNS; i++)
		take_parts(c, i);
	out = c;
	c = NULL;
	return out;
}

void
columns_free(struct columns **cp)
{
	if (*cp == NULL)
		return;
	mapped_free(&(*cp)->file);
	free(*cp);
	*cp = NULL;
}

const struct xap_column *
columns_numbers(const struct columns *c)
{
	return c->numbers;
}

struct xap_str
columns_value(const struct columns *c, size_t column, uint32_t number)
{
	const struct values *v = &c->values[column];
	uint32_t begin = v->offsets[number - 1], end = v->offsets[number];

	if (begin > end || end > v->bytes)
		return (struct xap_str){ "", 0 };
	return (struct xap_str){ v->strings + begin, end - begin };
}

/* ---- checking ---- */

static bool
is_slot(const struct columns *c, size_t column, const struct xap_slot *slot)
{
	const struct xap_column *own = &c->numbers[column];
	size_t ndocids, nvalues, i;
	const uint32_t *numbers = xap_slot_numbers(slot, &ndocids);
	const struct xap_count *values = xap_slot_values(slot, &nvalues);

	if (own->docids != ndocids || own->values != nvalues + 1 ||
	    memcmp(own->numbers, numbers, ndocids * sizeof *numbers) != 0)
		return false;
	for (i = 0; i < nvalues; i++) {
		struct xap_str s = columns_value(c, column, (uint32_t)i + 1);

		if (s.len != values[i].value.len ||
		    memcmp(s.s, values[i].value.s, s.len) != 0)
			return false;
	}
	return true;
}

int
columns_check(const struct columns *c, const char *dir,
    const struct xap_db *db, struct error *err)
{
	struct xap_error xerr;
	size_t i;

	for (i = 0; i < NCOLUMNS; i++) {
		CLEAN(xap_slot_free) struct xap_slot *slot = NULL;

		if (xap_slot_read(db, column_slots[i], &slot, &xerr) == -1)
			return store_error(&xerr, dir, err);
		if (!is_slot(c, i, slot))
			return error_set(err, ERROR_INDEX, "%s/" NAME
			    ": says of documents what they do not", dir);
	}
	return 0;
}
