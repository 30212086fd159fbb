/*
 * corpus: the files of a corpus, and on what each one's document depends.
 *
 * A file is a copy of another if it has the same bytes, or the same text in
 * another format (sametext.h): then the other's document names it and it has
 * none of its own.
 *
 * Used by cmd/index.c and cmd/listing.c.
 */
#ifndef CORPUS_H
#define CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "gather/portal.h"
#include "gather/sametext.h"
#include "gather/walk.h"
#include "index/files.h"

#define CORPUS_NONE ((size_t)-1)

struct corpus_file {
	const struct walk_entry *entry;
	const struct walk_entry *sidecar;	/* NULL: none */
	uint64_t raw_stamp;	/* of the file itself */
	uint64_t read_stamp;	/* and of its sidecar and the version */
	uint64_t stamp;		/* of all that its document depends on */
	char digest[DIGEST_HEX + 1];	/* "" unless another file is as long */
	size_t copy_of;		/* the file it is a copy of, or CORPUS_NONE */
	size_t *copies;		/* the copies of this one */
	size_t ncopies, cap_copies;
	bool has_textid;
	struct textid textid;	/* of what was read, now or by an earlier job */
};

struct corpus {
	struct walk walk;
	struct corpus_file *files;	/* by path; no sidecars, no directories */
	size_t count;
	size_t nunreadable;	/* directories that could not be listed */
};

/* Returns -1 with ERROR_REFUSED if root is not there or no directory. */
int corpus_check(const char *root, struct error *);

/*
 * Walk the tree at root.  known is the list of the live generation (empty if
 * there is none): files that did not change are not read to compare them.
 * version stands for everything else that documents depend on.  Free with
 * corpus_clear().
 */
int corpus_read(const char *root, const struct files *known,
    const struct portal *, uint64_t version, struct corpus *out, struct error *);
void corpus_clear(struct corpus *);

/*
 * Find the copies again, now that more textids are known, and set the stamps
 * that depend on them.
 */
void corpus_regroup(struct corpus *, const struct portal *);

/* Does path lie below a directory that could not be listed? */
int corpus_is_unknown(const struct corpus *, const char *path);

#endif
