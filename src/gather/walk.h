/*
 * walk: the files of a corpus, sorted.
 *
 * Files are opened beneath the root only, by openat2() without following any
 * symbolic link.  Names are bytes: newlines, invalid UTF-8, 255-byte names
 * survive.
 *
 * Used by cmd/ and gather/seen.c.
 */
#ifndef WALK_H
#define WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/stamp.h"

enum walk_kind {
	WALK_FILE,		/* a regular file */
	WALK_LINK,		/* a symbolic link: not followed */
	WALK_SPECIAL,		/* a pipe, socket or device */
	WALK_UNKNOWN,		/* what is there, or below it, cannot be seen */
};

struct walk_entry {
	char *path;		/* relative to the root, no "./" */
	enum walk_kind kind;
	struct stamp stamp;	/* of a WALK_FILE */
	size_t sidecar;		/* index of its sidecar's entry, or WALK_NONE */
	bool is_sidecar;	/* NAME.metadata.xml of a NAME that exists */
	int error;		/* errno of a WALK_UNKNOWN */
};

#define WALK_NONE ((size_t)-1)

struct walk {
	int root_fd;		/* O_PATH */
	uint64_t device;	/* of the root; 0 if unknown */
	uint64_t fsid;		/* of its file system; 0 if it has none */
	struct walk_entry *entries;	/* sorted by strcmp of path */
	size_t count, cap;
};

/*
 * List everything below root.  Hidden files and directories (".x") are left
 * out.  Of a file and its sidecar, both are unknown if one is.  Returns -1 with
 * ERROR_IO if root is not a directory that can be listed.  Free with
 * walk_clear().
 */
int walk_tree(const char *root, struct walk *out, struct error *);
void walk_clear(struct walk *);

/*
 * Open a file of the walk for reading.  Returns the descriptor, which the
 * caller closes, or -1 with errno set: ELOOP or EXDEV for a link or an
 * escape, EACCES, ENOENT, EINVAL if it is no regular file.  *now gets the
 * stamp of what was opened.
 */
int walk_open(const struct walk *, const char *path, struct stamp *now);

/* Where the sidecar of a file would be; the caller frees it. */
char *walk_sidecar_path(const char *path);
/* Of the path of a sidecar the bytes that are its file's; 0: it is none. */
size_t walk_sidecar_of(const char *path);

#endif
