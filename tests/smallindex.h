/*
 * smallindex: a small index in scratch, with documents that are known, and
 * questions to it.
 */
#ifndef SMALLINDEX_H
#define SMALLINDEX_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "index/generation.h"
#include "index/search.h"
#include "index/writer.h"
#include "model/entry.h"
#include "model/lists.h"
#include "scratch.h"

#define NDOCS 120
#define TODAY 20240630

static struct analyser *analyser;
static struct store *store;
static struct doc docs[NDOCS];

/* ---- documents ---- */

static const char *const words[] = { "asiel", "bekering", "christen",
    "verblijf", "vergunning", "niet-begeleide", "a.m.v.", "Syri\xC3\xABrs",
    "foto's", "toets" };
static const char *const soorten[] = { "werkinstructie", "uitspraak",
    "landenrapport" };
static const char *const landen[] = { "SY", "IR", "AF" };
static const int days[] = { DATE_NONE, 20100101, 20231231, 20240629, 20240630,
    20240701, 20300101 };

#define PICK(a) ((a)[(size_t)rand() % NELEM(a)])

static inline void
make_doc(struct doc *d, int number)
{
	int n;

	d->id = xasprintf("PUC_%d_1", number);
	d->pad = xasprintf("map/%d.txt", number);
	d->status = xstrdup("ok");
	doc_add(d, FIELD_TITEL, PICK(words), ORIGIN_TITLE);
	if (rand() % 8)
		doc_add(d, FIELD_SOORT, PICK(soorten), ORIGIN_TEXT);
	for (n = rand() % 3; n > 0; n--)
		doc_add(d, FIELD_LAND, PICK(landen), ORIGIN_TEXT);
	d->datum_ymd = PICK(days);
	d->van_ymd = PICK(days);
	d->tot_ymd = PICK(days);
	/* Some have no text, some several chunks. */
	for (n = rand() % 8 == 0 ? 0 : rand() % 12 + (number % 30 == 0) * 4000;
	    n > 0; n--) {
		buf_adds(&d->text, PICK(words));
		buf_adds(&d->text, rand() % 9 ? " " : ".\n");
	}
}

/* The tables, and scratch.  Returns -1 with ERROR_CONFIG. */
static inline int
small_open(struct error *err)
{
	if (lists_load(err) == -1 || analyser_open(&analyser, err) == -1)
		return -1;
	scratch_make();
	srand(13);
	return 0;
}

/* Put the documents in, and open the store.  Returns -1 with an error. */
static inline int
small_make(struct error *err)
{
	CLEAN(writer_free) struct writer *w = NULL;
	CLEAN(str_free) char *built = NULL;
	struct entry_builder *b;
	struct generation g;
	char print[20];
	int i, rc;

	rc = generation_begin(scratch, false, &g, err);
	built = xasprintf("%s/db", g.work_dir);
	rc |= writer_create(built, &w, err);
	entry_builder_open(analyser, &b);
	for (i = 0; i < NDOCS && rc == 0; i++) {
		make_doc(&docs[i], i);
		rc |= writer_put(w, &docs[i], entry_build(b, &docs[i]), err);
	}
	entry_builder_free(&b);
	snprintf(print, sizeof print, "%016llx",
	    (unsigned long long)store_fingerprint(analyser));
	rc |= writer_set_fact(w, "fingerprint", print, err);
	rc |= writer_commit(w, err);
	writer_free(&w);
	rc |= generation_publish(&g, built,
	    time(NULL) + 2 * GENERATION_KEPT_S, err);
	generation_end(&g);
	rc |= store_open(scratch, analyser, &store, err);
	return rc;
}

static inline void
small_free(void)
{
	size_t i;

	store_free(&store);
	for (i = 0; i < NDOCS; i++)
		doc_clear(&docs[i]);
	analyser_free(&analyser);
	lists_free();
	scratch_remove();
}

/* ---- asking ---- */

/* Ask typed text and further keys, key=value&key=value. */
static inline void
ask(const char *text, const char *keys, struct result *out)
{
	CLEAN(query_clear) struct query q;
	CLEAN(str_free) char *copy = xstrdup(keys);
	char *rest = copy, *pair, *value;
	struct error err = ERROR_INIT;
	int rc;

	query_init(&q, TODAY);
	rc = query_set(&q, "q", text, &err);
	rc |= query_set(&q, "aantal", "1000", &err);
	while (*rest != '\0' && (pair = strsep(&rest, "&")) != NULL) {
		if ((value = strchr(pair, '=')) == NULL)
			abort();
		*value++ = '\0';
		rc |= query_set(&q, pair, value, &err);
		if (rest == NULL)
			break;
	}
	if (rc != 0 || search(store, &q, out, &err) == -1) {
		printf("# '%s' %s: %s\n", text, keys, err.msg);
		*out = (struct result){ .total = UINT32_MAX };
	}
}

static inline uint32_t
total(const char *text, const char *keys)
{
	struct result r;
	uint32_t n;

	ask(text, keys, &r);
	n = r.total;
	result_clear(&r);
	return n;
}

static inline bool
is_hit(const struct result *r, const struct doc *d)
{
	size_t i;

	for (i = 0; i < r->nhits; i++)
		if (strcmp(r->hits[i].doc.id, d->id) == 0)
			return true;
	return false;
}

static inline bool
has(const struct doc *d, const char *word)
{
	return strstr(buf_str(&d->text), word) != NULL ||
	    strcmp(doc_first(d, FIELD_TITEL), word) == 0;
}

#endif
