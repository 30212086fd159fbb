/*
 * writer: makes databases: shards from documents, one from many.
 *
 * A shard is a database of its own, written in one commit; shards are
 * compacted into a generation (generation.h).
 *
 * Used by cmd/builder.c, merge.c and reread.c: naslag.cgi has no writer.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/doc.h"
#include "model/entry.h"

struct writer;

/* Create a shard at path, which must not exist. */
int writer_create(const char *path, struct writer **out, struct error *);
/* Open a database that no one reads yet, to change it. */
int writer_open(const char *path, struct writer **out, struct error *);
/* The same for a copy of our own, which is lost if this ends badly. */
int writer_open_private(const char *path, struct writer **out, struct error *);
/* Close; what was not committed is lost. */
void writer_free(struct writer **);

int writer_put(struct writer *, const struct doc *, const struct entry *,
    struct error *);
/* Delete the document at a path; it need not be there. */
int writer_delete(struct writer *, const char *pad, struct error *);
/* The same by the number of the document, which has to be there. */
int writer_delete_docid(struct writer *, uint32_t docid, struct error *);
int writer_set_fact(struct writer *, const char *key, const char *value,
    struct error *);
int writer_commit(struct writer *, struct error *);

/*
 * Compact n databases into one, documents in the order of the sources.  Facts
 * of the first source stay.  With is_single out is one file, which can be
 * read and no more.
 */
int writer_compact(const char *const *sources, size_t n, const char *out,
    bool is_single, struct error *);

#endif
