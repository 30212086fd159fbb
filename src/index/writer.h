/*
 * writer: makes databases: shards from documents, one from many.
 *
 * A shard is a database of its own, written in one commit; shards are
 * compacted into a generation (generation.h).  Beside its terms and values a
 * document has data (the key of its text, then its record) and, as metadata,
 * its layout and the chunks of its text.
 *
 * Used by cmd/index.c only: naslag.cgi has no writer.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/doc.h"
#include "model/entry.h"

struct writer;
struct store;

/*
 * Create a shard at path, which must not exist.  run and shard make the keys
 * of its texts unique for ever: run is the number of the generation that is
 * being built.
 */
int writer_create(const char *path, uint32_t run, uint32_t shard,
    struct writer **out, struct error *);
/* Open a copy of a generation, to delete from it. */
int writer_open(const char *path, struct writer **out, struct error *);
/* Close; what was not committed is lost. */
void writer_free(struct writer **);

int writer_put(struct writer *, const struct doc *, const struct entry *,
    struct error *);
/* Delete the document at a path, with its text, which is looked up in store. */
int writer_delete(struct writer *, const struct store *, const char *pad,
    struct error *);
int writer_set_fact(struct writer *, const char *key, const char *value,
    struct error *);
int writer_commit(struct writer *, struct error *);

/* Compact n databases into one; facts of the first win. */
int writer_compact(const char *const *sources, size_t n, const char *out,
    struct error *);

#endif
