/*
 * title: what is a title, and what only stands where titles stand.
 *
 * Programs fill in "Microsoft Word - x" and "untitled", web sites put their
 * name behind, and many files have no title at all.  The rules are data, in
 * titels.tsv.
 *
 * Used by gather/portal.c and value.c.
 */
#ifndef TITLE_H
#define TITLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "gather/numbers.h"
#include "model/doc.h"

struct titles;

/* Returns -1 with ERROR_CONFIG. */
int titles_load(struct titles **out, struct error *);
void titles_free(struct titles **);
uint64_t titles_hash(const struct titles *);

/*
 * Append the title that a property of n bytes holds, without what is no part
 * of it; returns false, and appends nothing, if it holds none.
 */
bool title_clean(const struct titles *, const struct numbers *, const char *s,
    size_t n, struct buf *out);
/* The same, but also of what is no title: without the name of a program. */
void title_strip(const struct titles *, const char **s, size_t *n);

/*
 * Append the title a text has: its first heading, or its first line.  Returns
 * false if it has none.
 */
bool title_of_text(const struct titles *, const struct numbers *,
    const struct doc *, struct buf *out);
/* Append a file name as a title: "WI 2014/60 Verwesterde schoolgaande ...". */
void title_of_name(const struct numbers *, const char *path, struct buf *out);

/* The name of a file without folders, extension and portal id. */
void title_stem(const struct numbers *, const char *path, const char **stem,
    size_t *n);

#endif
