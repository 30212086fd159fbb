#include <config.h>

#include "index/database.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/wholefile.h"
#include "index/store.h"
#include "model/entry.h"
#include "xap.h"

/* How many follow, and the UUID of the base. */
#define HEAD "# naslag hidden 1 %zu %39s\n"
#define HEAD_OUT "# naslag hidden 1 %zu %s\n"

#define POSITIONS "position.glass"

/* The base is the second of two. */
#define BASE_SHARD	1
#define SHARDS		2

bool
database_has_delta(const char *dir)
{
	CLEAN(str_free) char *delta = xasprintf("%s/%s", dir, DATABASE_DELTA);

	return access(delta, F_OK) == 0;
}

/* ---- hidden documents ---- */

void
hidden_clear(struct hidden *h)
{
	free(h->docids);
	*h = (struct hidden){ 0 };
}

int
hidden_write(const struct hidden *h, const char *dir, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, DATABASE_HIDDEN);
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	buf_addf(&b, HEAD_OUT, h->count, h->uuid);
	for (i = 0; i < h->count; i++)
		buf_addf(&b, "%u\n", h->docids[i]);
	return wholefile_write(path, b.s, b.len, err);
}

static int
read_docids(FILE *f, struct hidden *h)
{
	size_t count;

	if (fscanf(f, HEAD, &count, h->uuid) != 2)
		return -1;
	while (h->count < count) {
		uint32_t *last;

		GROW(h->docids, h->count, h->cap);
		last = &h->docids[h->count];
		if (fscanf(f, "%u\n", last) != 1 || *last == 0 ||
		    (h->count > 0 && *last <= last[-1]))
			return -1;
		h->count++;
	}
	return fgetc(f) == EOF ? 0 : -1;
}

int
hidden_read(const char *dir, struct hidden *out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, DATABASE_HIDDEN);
	CLEAN(hidden_clear) struct hidden h = { 0 };
	FILE *f = fopen(path, "re");
	int rc;

	if (f == NULL)
		return error_errno(err, ERROR_INDEX, "cannot open %s", path);
	rc = read_docids(f, &h);
	fclose(f);
	if (rc == -1)
		return error_set(err, ERROR_INDEX, "%s is damaged", path);
	*out = h;
	h = (struct hidden){ 0 };
	return 0;
}

int
database_hide(struct xap_db *db, const char *dir, struct error *err)
{
	CLEAN(hidden_clear) struct hidden h = { 0 };
	struct xap_error xerr;

	if (hidden_read(dir, &h, err) == -1)
		return -1;
	if (h.count > 0 && xap_hide(db, h.uuid, BASE_SHARD, SHARDS, h.docids,
	    h.count, &xerr) == -1)
		return store_error(&xerr, dir, err);
	return 0;
}

static int
compare_docids(const void *va, const void *vb)
{
	uint32_t a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return (a > b) - (a < b);
}

static void
sort_docids(struct hidden *h)
{
	size_t n = 0, i;

	if (h->count > 0)
		qsort(h->docids, h->count, sizeof *h->docids, compare_docids);
	for (i = 0; i < h->count; i++)
		if (n == 0 || h->docids[i] != h->docids[n - 1])
			h->docids[n++] = h->docids[i];
	h->count = n;
}

/* Append the documents of a database that have a path. */
static int
find_path(struct xap_db *db, const char *dir, const char *path,
    struct hidden *out, struct error *err)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	struct xap_error xerr;
	struct xap_list *docs;
	size_t i;

	entry_bytes_term(ENTRY_PREFIX_UNIQUE, path, &term);
	if (xap_postings(db, term.s, term.len, &docs, &xerr) == -1)
		return store_error(&xerr, dir, err);
	for (i = 0; i < xap_list_count(docs); i++) {
		GROW(out->docids, out->count, out->cap);
		out->docids[out->count++] = xap_list_items(docs)[i];
	}
	xap_list_free(&docs);
	return 0;
}

int
hidden_find(const char *dir, const char *const *paths, size_t n,
    struct hidden *out, struct error *err)
{
	CLEAN(xap_db_free) struct xap_db *base = NULL;
	struct xap_bytes *uuid;
	struct xap_error xerr;
	size_t i;

	if (database_has_delta(dir) && hidden_read(dir, out, err) == -1)
		return -1;
	if (xap_open(dir, &base, &xerr) == -1 ||
	    xap_uuid(base, &uuid, &xerr) == -1)
		return store_error(&xerr, dir, err);
	snprintf(out->uuid, sizeof out->uuid, "%.*s",
	    (int)xap_bytes_get(uuid).len, xap_bytes_get(uuid).s);
	xap_bytes_free(&uuid);
	for (i = 0; i < n; i++)
		if (find_path(base, dir, paths[i], out, err) == -1)
			return -1;
	sort_docids(out);
	return 0;
}

int
delta_count_others(const char *dir, const char *const *paths, size_t n,
    size_t *out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, DATABASE_DELTA);
	CLEAN(xap_db_free) struct xap_db *delta = NULL;
	CLEAN(hidden_clear) struct hidden found = { 0 };
	struct xap_stats stats;
	struct xap_error xerr;
	size_t i;

	*out = 0;
	if (!database_has_delta(dir))
		return 0;
	if (xap_open(path, &delta, &xerr) == -1 ||
	    xap_stats(delta, &stats, &xerr) == -1)
		return store_error(&xerr, path, err);
	for (i = 0; i < n; i++)
		if (find_path(delta, path, paths[i], &found, err) == -1)
			return -1;
	sort_docids(&found);
	*out = stats.documents - found.count;
	return 0;
}

/* ---- the database ---- */

/*
 * Returns -1 with ERROR_INDEX if the base has lost its table of positions.
 * Xapian takes that for an empty one, and finds the words of a phrase wherever
 * they stand.
 */
static int
check_positions(const char *dir, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, POSITIONS);
	CLEAN(xap_db_free) struct xap_db *base = NULL;
	struct xap_stats stats;
	struct xap_error xerr;

	if (access(path, R_OK) == 0)
		return 0;
	error_errno(err, ERROR_INDEX, "%s", path);
	/* There is none if no document has words. */
	if (xap_open(dir, &base, &xerr) == -1 ||
	    xap_stats(base, &stats, &xerr) == -1)
		return store_error(&xerr, dir, err);
	return stats.average_length > 0 ? -1 : 0;
}

int
database_open(const char *dir, struct xap_db **out, struct error *err)
{
	CLEAN(str_free) char *delta = xasprintf("%s/%s", dir, DATABASE_DELTA);
	CLEAN(xap_db_free) struct xap_db *db = NULL;
	struct xap_error xerr;

	if (check_positions(dir, err) == -1)
		return -1;
	if (!database_has_delta(dir)) {
		if (xap_open(dir, &db, &xerr) == -1)
			return store_error(&xerr, dir, err);
	} else if (xap_open(delta, &db, &xerr) == -1 ||
	    xap_join(db, dir, &xerr) == -1)
		return store_error(&xerr, dir, err);
	else if (database_hide(db, dir, err) == -1)
		return -1;
	*out = db;
	db = NULL;
	return 0;
}
