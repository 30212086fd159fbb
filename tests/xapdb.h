/*
 * xapdb: databases to write and read through the shim, and questions to them.
 *
 * For the tests of the shim; the databases lie in scratch.
 */
#ifndef XAPDB_H
#define XAPDB_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "tap.h"
#include "xapw.h"

static struct xap_error err;

/* The call went well; if not, say why. */
static inline int
fine(int rc)
{
	if (rc == -1)
		printf("# code %d: %s\n", (int)err.code, err.msg);
	return rc == 0;
}

static inline int
refused(int rc, enum xap_code code)
{
	if (rc == -1 && err.code != code)
		printf("# code %d: %s\n", (int)err.code, err.msg);
	return rc == -1 && err.code == code && err.msg[0] != '\0';
}

/* ---- making databases ---- */

static inline struct xapw_db *
create(const char *name)
{
	struct xapw_db *w = NULL;

	if (!fine(xapw_create(at(name), &w, &err)))
		exit(99);
	return w;
}

static inline int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * Add a document with the words of text at positions 1 and up, its text as
 * data, and a value in slot 0 and in slot 1 if given.
 */
static inline int
add(struct xapw_db *w, const char *text, const char *v0, const char *v1)
{
	struct xapw_term terms[64];
	uint32_t positions[64];
	struct xapw_value values[2];
	struct xapw_doc doc = { .terms = terms, .positions = positions,
	    .values = values, .data = text, .ndata = strlen(text) };
	char copy[512], *words[64], *sorted[64], *save = NULL;
	size_t n = 0;

	snprintf(copy, sizeof copy, "%s", text);
	for (char *s = strtok_r(copy, " ", &save); s != NULL && n < 64;
	    s = strtok_r(NULL, " ", &save))
		words[n++] = s;
	memcpy(sorted, words, n * sizeof *words);
	qsort(sorted, n, sizeof *sorted, by_bytes);
	for (size_t i = 0; i < n; i++) {
		struct xapw_term *t = &terms[doc.nterms];

		if (i > 0 && strcmp(sorted[i], sorted[i - 1]) == 0)
			continue;
		*t = (struct xapw_term){ .s = sorted[i], .len = strlen(sorted[i]) };
		for (size_t k = 0; k < n; k++)
			if (strcmp(words[k], sorted[i]) == 0) {
				positions[doc.npositions++] = (uint32_t)k + 1;
				t->npos++;
			}
		t->wdf = t->npos;
		doc.nterms++;
	}
	if (v0 != NULL)
		values[doc.nvalues++] = (struct xapw_value){ 0, v0, strlen(v0) };
	if (v1 != NULL)
		values[doc.nvalues++] = (struct xapw_value){ 1, v1, strlen(v1) };
	return xapw_add(w, &doc, NULL, &err);
}

static inline void
finish(struct xapw_db **w)
{
	if (!fine(xapw_commit(*w, &err)))
		exit(99);
	xapw_free(w);
}

static inline struct xap_db *
reader(const char *name)
{
	struct xap_db *db = NULL;

	if (!fine(xap_open(at(name), &db, &err)))
		exit(99);
	return db;
}

static inline struct xap_db *
reader_anew(struct xap_db *db, const char *name)
{
	xap_db_free(&db);
	return reader(name);
}

static inline void
write_file(const char *name, const char *fmt, ...)
{
	FILE *f = fopen(at(name), "w");
	va_list ap;

	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
}

/* ---- making queries ---- */

static inline struct xap_query *
term(const char *s)
{
	struct xap_query *q = NULL;

	if (!fine(xap_query_term(s, strlen(s), &q, &err)))
		exit(99);
	return q;
}

/* Combine the given queries, up to NULL, and free them. */
static inline struct xap_query *
combine(enum xap_op op, uint32_t window, ...)
{
	struct xap_query *parts[16], *q = NULL;
	size_t n = 0;
	va_list ap;

	va_start(ap, window);
	while ((parts[n] = va_arg(ap, struct xap_query *)) != NULL)
		n++;
	va_end(ap);
	if (!fine(xap_query_op(op, (const struct xap_query *const *)parts, n,
	    window, &q, &err)))
		exit(99);
	for (size_t i = 0; i < n; i++)
		xap_query_free(&parts[i]);
	return q;
}

static const struct xap_want want = {
	.count = 10, .k1 = 1.2, .b = 0.75, .k3 = 1, .min_normlen = 0.5
};

/* Match, free the query. */
static inline struct xap_match *
find(const struct xap_db *db, struct xap_query *q, const struct xap_want *w)
{
	struct xap_match *m = NULL;

	if (!fine(xap_match(db, q, w, &m, &err)))
		exit(99);
	xap_query_free(&q);
	return m;
}

/* The docids of the hits in order, as in "3 1 2". */
static inline int
finds(const struct xap_db *db, struct xap_query *q, const char *docids)
{
	struct xap_match *m = find(db, q, &want);
	char got[256] = "";
	size_t len = 0;

	for (size_t i = 0; i < xap_match_count(m); i++)
		len += (size_t)snprintf(got + len, sizeof got - len, "%s%u",
		    i > 0 ? " " : "", xap_match_hits(m)[i].docid);
	xap_match_free(&m);
	if (strcmp(got, docids) != 0)
		printf("# got '%s', want '%s'\n", got, docids);
	return strcmp(got, docids) == 0;
}

static inline uint32_t
total(const struct xap_db *db, struct xap_query *q)
{
	struct xap_match *m = find(db, q, &want);
	uint32_t n = xap_match_total(m);

	xap_match_free(&m);
	return n;
}

#endif
