/*
 * unpacking: opening files that lie within others.
 *
 * A container is unpacked by an extractor into memory, all of it, and kept
 * until another one at that depth is asked for: files are read in the order of
 * their paths.
 *
 * Used by cmd/opening.c and reading.c.
 */
#ifndef UNPACKING_H
#define UNPACKING_H

#include "base/error.h"
#include "cmd/corpus.h"
#include "gather/extract.h"
#include "gather/members.h"

/* What the files within one file of a directory may be together. */
#define UNPACKING_BYTES ((size_t)256 << 20)

struct unpacked {
	const struct walk_entry *container;	/* NULL: nothing yet */
	enum extract_status status;
	char reason[160];
	struct members members;		/* by name */
};

struct unpacker {
	const struct walk *walk;
	/* Takes one open container apart; as extractor_unpack(). */
	int (*unpack)(void *arg, int fd, size_t budget_bytes,
	    struct members *out, enum extract_status *, char reason[160],
	    struct error *);
	void *arg;
	struct unpacked at[CORPUS_DEPTH];	/* by depth of the container */
};

void unpacker_clear(struct unpacker *);

/*
 * What lies within a file of the corpus: entry, which lies within outer or, if
 * that is NULL, in a directory.  Why it cannot be unpacked is in *out, which
 * stays good until the next call.  Returns -1 as unpack() does.
 */
int unpacker_list(struct unpacker *, const struct walk_entry *,
    const struct within *outer, size_t budget_bytes,
    const struct unpacked **out, struct error *);

/* The member of that name, n bytes of it; NULL if there is none. */
const struct member *unpacked_find(const struct members *, const char *name,
    size_t n);

/*
 * Open a file that lies within another: *fd is a file in memory, which the
 * caller closes, or -1 and *status and reason say why.  Returns -1 as unpack()
 * does.
 */
int unpacker_open(struct unpacker *, const struct within *, int *fd,
    enum extract_status *status, char reason[160], struct error *);

#endif
