/*
 * builder: documents to shards, by several processes side by side.
 *
 * The documents are cut into shards of bounded size, in order, so that the
 * same corpus always gives the same shards.  Each worker process takes shards
 * from a common counter, reads their documents with an extractor of its own
 * and writes one database a shard.  Workers tell the parent what became of
 * each document through a pipe.
 *
 * Used by cmd/job.c, guards.c, listing.c, merge.c and reread.c.
 */
#ifndef BUILDER_H
#define BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "cmd/corpus.h"
#include "cmd/reading.h"
#include "gather/portal.h"
#include "gather/sametext.h"
#include "model/quality.h"

/* What became of a document. */
struct built {
	struct reading reading;
	char id[256];		/* cut if longer */
	/* Not in the shard: the live generation has its last good text. */
	bool is_kept;
	uint64_t text_bytes;
	size_t shard;		/* that it lies in */
	struct textid textid;	/* no words if there is no text */
	struct quality quality;	/* nor here */
};

struct build {
	const struct corpus *corpus;
	const size_t *files;	/* which files of the corpus, in order */
	size_t nfiles;
	const struct portal *portal;
	const char *work_dir;
	size_t first_shard;	/* number of the first shard to make */
	unsigned jobs;
	const char *extractor;	/* path of naslag-extract */
	const char *texts_dir;	/* see texts.h */
	bool is_ocr;		/* recognise scans */
	bool has_live;		/* what stays of the live generation will do */
	int today_ymd;
	/* Called after each document; may be NULL. */
	void (*progress)(size_t done, size_t all);
};

/*
 * Build the shards work_dir/shard-N, from first_shard on: *nshards of them.
 * out has room for nfiles.  Returns -1 when a worker failed; what went wrong with a
 * document is in out, not an error.
 */
int build_shards(const struct build *, struct built *out, size_t *nshards,
    struct error *);

/* The path of a shard; the caller frees it. */
char *shard_path(const char *work_dir, size_t shard);

#endif
