/*
 * texts: what was extracted from files, kept by their content.
 *
 * No file is parsed twice by one version of the extractor: a rebuild, a
 * renamed file and a run after a crash take the text from here.  It is a
 * cache: an entry that is missing, cut or damaged is as good as none.
 *
 *    DIR/ab/KEY     one entry; KEY begins with ab
 *
 * Used by cmd/.
 */
#ifndef TEXTS_H
#define TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "gather/extract.h"

/* Digest of the content, '-', 16 hexadecimal digits of the version; NUL. */
#define TEXTS_KEY (DIGEST_HEX + 1 + 16 + 1)

/* The key of a file's content as read by a version of the extractor. */
void texts_key(const char digest[DIGEST_HEX + 1], const char *version,
    char key[TEXTS_KEY]);

/*
 * Take in the entry of a key.  Returns false if there is none, or none that
 * is whole; *out is then untouched.  The caller clears it.
 */
bool texts_get(const char *dir, const char *key, struct extracted *out);
/* Whether there is an entry of that name, whole or not. */
bool texts_has(const char *dir, const char *key);

/*
 * Keep what was extracted from a file (without what its sidecar said).  Done
 * by renaming, so that several processes may keep the same at once.  Returns
 * -1 with errno set if it cannot be written; nothing is left behind then.
 */
int texts_put(const char *dir, const char *key, const struct extracted *);

/*
 * Remove every entry whose key is not among the n sorted ones, and what
 * stopped writers left.  Returns how many entries went.
 */
size_t texts_prune(const char *dir, const char *const *keys, size_t n);

/*
 * The properties that come from the sidecar, and those that do not: a sidecar
 * may change when its file does not.
 */
bool texts_is_sidecar(const struct extract_meta *);

#endif
