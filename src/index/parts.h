/*
 * parts: the files that a generation consists of, as they lie in its
 * directory, with their digests.
 *
 * Used by manifest.c.
 */
#ifndef PARTS_H
#define PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "index/manifest.h"

/* A file of the generation, as it is or as it should be. */
struct part {
	char *name;		/* percent-encoded */
	char *path;		/* NULL in a manifest that was read */
	uint64_t size_bytes;
	char digest[DIGEST_HEX + 1];
	int error;		/* errno of hashing it; 0: none */
	uint64_t inode;
	bool is_seen;
};

struct parts {
	struct part *items;
	size_t count, cap;
};

void parts_clear(struct parts *);
/* By its percent-encoded name; NULL if it is not there.  They are sorted. */
struct part *parts_find(const struct parts *, char *name);
/* Keep those that wanted() approves of, if there is such a function. */
void parts_keep(struct parts *, int (*wanted)(const char *name));

/*
 * The files that lie in dir, sorted.  What is no regular file is added to
 * *odd.  Returns -1 with errno set if the directory cannot be read.
 */
int parts_list(const char *dir, struct parts *out, struct damages *odd);
/*
 * Fill in the digests that are not known, by several threads; where a file
 * cannot be read, its error.
 */
void parts_hash(struct parts *);

#endif
