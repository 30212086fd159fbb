/*
 * The columns of a generation: what facets count, kept beside the database.
 */
#include <config.h>

#include "index/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "index/writer.h"
#include "model/doc.h"
#include "model/entry.h"
#include "model/lists.h"
#include "scratch.h"
#include "tap.h"

#define ID 12345

static struct analyser *analyser;

/* A database of documents, each of the soort that a letter stands for. */
static char *
make(const char *name, const char *letters)
{
	char *path = xasprintf("%s/%s", scratch, name);
	CLEAN(writer_free) struct writer *w = NULL;
	struct error err = ERROR_INIT;
	struct entry_builder *b;
	int rc = writer_create(path, &w, &err);

	entry_builder_open(analyser, &b);
	for (; *letters != '\0' && rc == 0; letters++) {
		CLEAN(doc_clear) struct doc d = { 0 };

		d.id = xasprintf("%p", (const void *)letters);
		d.pad = xasprintf("%s.txt", d.id);
		d.status = xstrdup("ok");
		doc_add(&d, FIELD_TITEL, "Titel", ORIGIN_TITLE);
		if (*letters != '-')
			doc_add(&d, FIELD_SOORT, *letters == 'w' ?
			    "werkinstructie" : "regelgeving", ORIGIN_TEXT);
		if (*letters == 'r')
			d.van_ymd = 20200101;
		rc = writer_put(w, &d, entry_build(b, &d), &err);
	}
	entry_builder_free(&b);
	rc |= writer_commit(w, &err);
	if (rc != 0)
		printf("# %s\n", err.msg);
	return path;
}

static struct xap_db *
open_db(const char *path)
{
	struct xap_db *db = NULL;
	struct xap_error xerr;

	if (xap_open(path, &db, &xerr) == -1)
		printf("# %s\n", xerr.msg);
	return db;
}

/* How the soorten of the documents stand in the values: "wr-" and the like. */
static bool
has_soorten(const struct columns *c, const char *letters)
{
	const struct xap_column *col = &columns_numbers(c)[COLUMN_FACETS];
	uint32_t id;

	if (col->docids != strlen(letters) + 1)
		return false;
	for (id = 1; id < col->docids; id++) {
		struct xap_str s = columns_value(c, COLUMN_FACETS,
		    col->numbers[id]);
		CLEAN(str_free) char *value = xstrndup(s.s, s.len);
		char got = strstr(value, "werkinstructie") != NULL ? 'w' :
		    strstr(value, "regelgeving") != NULL ? 'r' : '-';

		if (got != letters[id - 1])
			return false;
	}
	return true;
}

/* Change the last byte of the file. */
static void
damage(const char *dir)
{
	CLEAN(str_free) char *path = xasprintf("%s/facets", dir);
	FILE *f = fopen(path, "r+b");
	int c;

	fseek(f, -1, SEEK_END);
	c = fgetc(f);
	fseek(f, -1, SEEK_END);
	fputc(c ^ 1, f);
	fclose(f);
}

static void
test_columns(const char *one, const char *other)
{
	CLEAN(xap_db_free) struct xap_db *db = open_db(one);
	CLEAN(xap_db_free) struct xap_db *db2 = open_db(other);
	struct columns *c;
	struct error err = ERROR_INIT;

	ok(columns_open(one, ID, db) == NULL, "there may be no columns");
	ok(columns_write(one, ID, &err) == 0, "they are written %s", err.msg);
	c = columns_open(one, ID, db);
	ok(c != NULL && has_soorten(c, "wr-wwr"),
	    "each document has the number of its value");
	ok(c != NULL && columns_numbers(c)[COLUMN_PERIOD].values == 3,
	    "periods have numbers of their own");
	ok(columns_check(c, one, db, &err) == 0, "they say what slots do");
	ok(columns_check(c, one, db2, &err) == -1 && err.kind == ERROR_INDEX,
	    "it is found if they do not: %s", err.msg);
	columns_free(&c);
	ok(columns_open(one, ID + 1, db) == NULL, "those of others are not read");
	ok(columns_open(one, ID, db2) == NULL, "nor for another database");
	damage(one);
	ok(columns_open(one, ID, db) == NULL, "nor when they are damaged");
}

int
main(void)
{
	CLEAN(str_free) char *one = NULL, *other = NULL;
	struct error err = ERROR_INIT;

	if (lists_load(&err) == -1 || analyser_open(&analyser, &err) == -1)
		abort();
	scratch_make();
	one = make("one", "wr-wwr");
	other = make("other", "wrrwwr");
	test_columns(one, other);
	scratch_remove();
	analyser_free(&analyser);
	lists_free();
	return tap_done();
}
