/*
 * manifest: what a generation consists of, so that damage is found.
 *
 * Xapian's tables have no checksums and xapian-check finds neither a missing
 * table nor most flipped bits (RELIABILITY 1.4).  So a generation has a file
 * MANIFEST with the size and SHA-256 of every other file in it except
 * Xapian's flintlock, and of itself.
 *
 * Used by verify.c, spare.c, cmd/ and report/; parts.c is a part of it.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define MANIFEST_NAME "MANIFEST"	/* its file in the generation */

struct manifest_facts {
	uint32_t generation;
	uint32_t documents;	/* in the database */
	uint64_t fingerprint;	/* of analysis and fields, see store.h */
	char made[32];		/* UTC, ISO 8601 */
	char extractor[96];	/* version of the extractor */
};

/*
 * Write the manifest of the files that lie in dir now.  Syncs nothing.  Files
 * that are hard links to those of generation twin, which has been verified,
 * are not read again; NULL: there is none.
 */
int manifest_write(const char *dir, const struct manifest_facts *,
    const char *twin, struct error *);

enum manifest_depth {
	MANIFEST_HEAD,		/* the manifest itself: is it whole? */
	MANIFEST_SIZES,		/* names and sizes: what stat() can tell */
	MANIFEST_CONTENTS	/* and SHA-256 of every byte */
};
/*
 * Compare dir with its manifest.  Returns -1 with ERROR_INDEX and a message
 * that names the file and what is wrong: missing, cut, other content, not
 * part of the generation, a damaged manifest.  *facts is filled when the
 * manifest itself is whole; it may be NULL.
 */
int manifest_verify(const char *dir, enum manifest_depth,
    struct manifest_facts *facts, struct error *);

/*
 * Compare the contents of those files of dir that wanted() approves of with
 * what the manifest of directory as says of them.  Returns as the above.
 */
int manifest_verify_as(const char *dir, const char *as,
    int (*wanted)(const char *name), struct error *);
/*
 * Whether two generations should have the same contents in those files, by
 * their manifests; false if there are no such files, or no whole manifests.
 */
bool manifest_is_twin(const char *dir, const char *other,
    int (*wanted)(const char *name));

/* One thing that is wrong; both are text of one line. */
struct damage {
	char *name;		/* of the file in the generation */
	char *what;
};

struct damages {
	struct damage *items;
	size_t count, cap;
};

/* The same, with all that is wrong; returns 0 or -1 as manifest_verify(). */
int manifest_check(const char *dir, enum manifest_depth,
    struct manifest_facts *facts, struct damages *out);
void damages_add(struct damages *, const char *name, const char *fmt, ...)
    PRINTF(3, 4);
void damages_clear(struct damages *);

#endif
