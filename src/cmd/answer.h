/*
 * answer: how the answer to a question is printed.
 *
 * Used by cmd/search.c and cmd/similar.c.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "base/buf.h"
#include "cmd/options.h"
#include "index/store.h"
#include "show/output.h"

/* The options of it, for a command's table. */
#define ANSWER_OPTIONS \
	{ "vorm", "FORM", "tekst, json, jsonl, csv, tsv, html or atom" }, \
	{ "uitleg", NULL, "say what each hit was found by" }

/* The form asked for.  Returns -1 with ERROR_QUERY. */
int answer_form(const struct arguments *, const struct output **out,
    struct error *);
/* Append an answer; the exit status. */
int answer_print(const struct output *, const struct store *,
    const struct query *, const struct result *, struct buf *out);

#endif
