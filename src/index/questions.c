#include <config.h>

#include "index/questions.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "index/compile.h"
#include "index/explain.h"
#include "index/search.h"
#include "model/query.h"

/*
 * So many documents are asked for, from as many equal parts of the database;
 * each takes half a millisecond.
 */
#define SAMPLES 200
/*
 * Where there is a delta its base is known by its digests, and answered when
 * it was made: ask whether both are there, and about what is new.
 */
#define SAMPLES_OF_BOTH		24
#define SAMPLES_OF_DELTA	100

/* In each part so many are tried for one with words to ask. */
#define MAX_TRIES 200

/* Consecutive words of a text. */
#define PHRASE_WORDS 6

/* ---- names ---- */

static int
ask_name(const struct store *s, uint32_t docid, const char *name,
    const char *what, struct error *err)
{
	uint32_t *docids = NULL;
	int n = store_find(s, name, &docids, err), i;

	for (i = 0; i < n && docids[i] != docid; i++)
		;
	free(docids);
	if (n == -1 && err->kind != ERROR_ABSENT)
		return -1;
	if (n == -1 || i == n)
		return error_set(err, ERROR_INDEX,
		    "%s: document %u is not found by its %s '%s'",
		    store_path(s), docid, what, name);
	return 0;
}

static int
ask_names(const struct store *s, uint32_t docid, struct error *err)
{
	CLEAN(doc_clear) struct doc doc = { 0 };

	if (store_doc(s, docid, &doc, err) == -1)
		return -1;
	if (doc.pad == NULL || doc.id == NULL)
		return error_set(err, ERROR_INDEX,
		    "%s: document %u has no path or no id", store_path(s),
		    docid);
	if (ask_name(s, docid, doc.pad, "path", err) == -1)
		return -1;
	return ask_name(s, docid, doc.id, "id", err);
}

/* ---- words in order ---- */

/* The words of a run, and where it stands in the text. */
struct run {
	word_id words[PHRASE_WORDS];
	size_t n, begin, end;
};

/* By itself, too, it is these words and nothing more. */
static bool
is_itself(struct analyser *a, const char *text, const struct run *r)
{
	struct tokens t;
	struct token token;
	size_t n = 0;

	tokens_init(&t, a, text + r->begin, r->end - r->begin);
	for (; tokens_next(&t, &token); n++)
		if (n == r->n || token.is_extra || token.word != r->words[n])
			return false;
	return n == r->n;
}

/*
 * Words that stand apart by one space each, from the second half of the text
 * if it has such: elsewhere one cannot be sure that a visitor's quotes are
 * read as the text was.
 */
static bool
find_run(struct analyser *a, const char *text, size_t len, struct run *out)
{
	struct run r = { .n = 0 };
	struct tokens t;
	struct token token;
	bool found = false;

	tokens_init(&t, a, text, len);
	while (tokens_next(&t, &token) && (!found || out->begin < len / 2)) {
		if (r.n > 0 && (token.begin != r.end + 1 || text[r.end] != ' '))
			r.n = 0;
		if (token.is_extra || token.word == WORD_NONE) {
			r.n = 0;
			continue;
		}
		if (r.n == 0)
			r.begin = token.begin;
		r.words[r.n++] = token.word;
		r.end = token.end;
		if (r.n < PHRASE_WORDS)
			continue;
		if (is_itself(a, text, &r)) {
			*out = r;
			found = true;
		}
		r.n = 0;
	}
	return found;
}

/* A phrase that stands in the document, in quotes; empty if none is sure. */
static int
find_phrase(const struct store *s, uint32_t docid, struct buf *out,
    struct error *err)
{
	CLEAN(layout_clear) struct layout l = { 0 };
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct run r;
	size_t chunk;

	if (store_layout(s, docid, &l, err) == -1)
		return -1;
	if (l.nchunks == 0)
		return 0;
	/* Another chunk of each document. */
	chunk = docid % l.nchunks;
	if (store_text(s, docid, chunk, chunk, &text, err) == -1)
		return -1;
	if (find_run(store_analyser(s), buf_str(&text), text.len, &r)) {
		buf_addc(out, '"');
		buf_add(out, text.s + r.begin, r.end - r.begin);
		buf_addc(out, '"');
	}
	return 0;
}

/* Is the document in the answer to a question? */
static int
is_hit(const struct store *s, const struct query *q, const char *pad,
    bool *out, struct error *err)
{
	CLEAN(compiled_clear) struct compiled c = { 0 };
	double ignored;

	return compile_words(s, q, &c, err) == -1 ? -1 :
	    explain_weight(s, pad, c.words, out, &ignored, err);
}

/* Sets *is_asked to false if the document has no words to ask for. */
static int
ask_phrase(const struct store *s, uint32_t docid, bool *is_asked,
    struct error *err)
{
	CLEAN(buf_clear) struct buf phrase = BUF_INIT;
	CLEAN(query_clear) struct query q;
	CLEAN(doc_clear) struct doc doc = { 0 };
	bool found = false;

	query_init(&q, 20000101);
	if (find_phrase(s, docid, &phrase, err) == -1)
		return -1;
	*is_asked = phrase.len > 0;
	if (!*is_asked)
		return 0;
	q.is_literal = true;
	/* It is asked of one document, so no part is worked out for all. */
	q.limits.light = UINT32_MAX;
	if (query_set(&q, "q", phrase.s, err) == -1 ||
	    store_doc(s, docid, &doc, err) == -1 ||
	    is_hit(s, &q, doc.pad, &found, err) == -1)
		return -1;
	return found ? 0 : error_set(err, ERROR_INDEX,
	    "%s: %s has the words %s and is not found by them", store_path(s),
	    doc.pad, phrase.s);
}

/* ---- what the database implies ---- */

/* Ask of the documents ids[0..n), which are one part of all. */
static int
ask_part(const struct store *s, const uint32_t *ids, size_t n,
    struct error *err)
{
	bool is_asked = false;
	size_t i;

	if (ask_names(s, ids[0], err) == -1)
		return -1;
	for (i = 0; i < n && i < MAX_TRIES && !is_asked; i++)
		if (ask_phrase(s, ids[i], &is_asked, err) == -1)
			return -1;
	return 0;
}

static int
ask_parts(const struct store *s, const uint32_t *ids, size_t n,
    size_t samples, struct error *err)
{
	size_t i;

	for (i = 0; i < samples; i++) {
		size_t first = i * n / samples, end = (i + 1) * n / samples;

		if (first < end &&
		    ask_part(s, ids + first, end - first, err) == -1)
			return -1;
	}
	return 0;
}

/*
 * Xapian numbers the documents of two databases in turn: those of the delta,
 * which is the first (database.h), are the odd ones.
 */
static size_t
keep_delta(uint32_t *ids, size_t n)
{
	size_t kept = 0, i;

	for (i = 0; i < n; i++)
		if (ids[i] % 2 == 1)
			ids[kept++] = ids[i];
	return kept;
}

int
questions_implied(const struct store *s, struct error *err)
{
	struct store_facts f;
	uint32_t *ids;
	size_t n;
	int rc;

	if (store_documents(s, &ids, &n, err) == -1)
		return -1;
	store_facts(s, &f);
	rc = ask_parts(s, ids, n, f.has_delta ? SAMPLES_OF_BOTH : SAMPLES, err);
	if (rc == 0 && f.has_delta)
		rc = ask_parts(s, ids, keep_delta(ids, n), SAMPLES_OF_DELTA,
		    err);
	free(ids);
	return rc;
}

/* ---- canaries ---- */

/* Sets *rank to that of the first hit that is one of the documents, or 0. */
static int
find_rank(const struct store *s, const struct canary *c, unsigned count,
    int today_ymd, const struct doc *docs, size_t ndocs, unsigned *rank,
    struct error *err)
{
	CLEAN(query_clear) struct query q;
	CLEAN(result_clear) struct result r = { 0 };
	size_t i, k;

	query_init(&q, today_ymd);
	if (query_set(&q, "q", c->question, err) == -1)
		return -1;
	q.aantal = count;
	if (search(s, &q, &r, err) == -1)
		return -1;
	*rank = 0;
	for (i = 0; i < r.nhits && *rank == 0; i++)
		for (k = 0; k < ndocs; k++)
			if (strcmp(r.hits[i].doc.pad, docs[k].pad) == 0)
				*rank = r.hits[i].rank;
	return 0;
}

static int
refuse(const struct canaries *l, const struct canary *c, unsigned rank,
    struct error *err)
{
	if (rank > 0)
		return error_set(err, ERROR_REFUSED, "%s:%u: the question '%s' "
		    "finds '%s' at rank %u, not among the first %u", l->path,
		    c->line, c->question, c->document, rank, c->rank);
	return error_set(err, ERROR_REFUSED, "%s:%u: the question '%s' does not "
	    "find '%s', which has to be among the first %u", l->path, c->line,
	    c->question, c->document, c->rank);
}

static int
ask_for(const struct store *s, const struct canaries *l,
    const struct canary *c, int today_ymd, const struct doc *docs, size_t ndocs,
    struct error *err)
{
	unsigned rank;

	if (find_rank(s, c, c->rank, today_ymd, docs, ndocs, &rank, err) == -1)
		return -1;
	if (rank > 0)
		return 0;
	/* For the message: how far away is it? */
	if (find_rank(s, c, QUERY_MAX_COUNT, today_ymd, docs, ndocs, &rank,
	    err) == -1)
		return -1;
	return refuse(l, c, rank, err);
}

static int
ask_canary(const struct store *s, const struct canaries *l,
    const struct canary *c, int today_ymd, struct error *err)
{
	uint32_t *docids = NULL;
	int n = store_find(s, c->document, &docids, err), i, rc = 0;
	struct doc *docs;

	if (n == -1 && err->kind == ERROR_ABSENT)
		return error_set(err, ERROR_REFUSED, "%s:%u: there is no document "
		    "'%s', which '%s' has to find among the first %u", l->path,
		    c->line, c->document, c->question, c->rank);
	if (n == -1)
		return -1;
	docs = xcalloc((size_t)n, sizeof *docs);
	for (i = 0; i < n && rc == 0; i++)
		rc = store_doc(s, docids[i], &docs[i], err);
	if (rc == 0)
		rc = ask_for(s, l, c, today_ymd, docs, (size_t)n, err);
	for (i = 0; i < n; i++)
		doc_clear(&docs[i]);
	free(docs);
	free(docids);
	return rc;
}

int
questions_canaries(const struct store *s, const struct canaries *l,
    int today_ymd, struct error *err)
{
	size_t i;

	for (i = 0; i < l->count; i++)
		if (ask_canary(s, l, &l->items[i], today_ymd, err) == -1)
			return -1;
	return 0;
}
