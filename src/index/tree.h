/*
 * tree: directories of files as wholes: measured, copied, made durable,
 * removed.
 *
 * Used by generation.c, spare.c and cmd/.
 */
#ifndef TREE_H
#define TREE_H

#include <stdint.h>

#include "base/error.h"

/* Make a directory and those above it.  Returns -1 with ERROR_SPACE. */
int tree_make(const char *path, struct error *);
/* Remove a directory with all that is in it, as far as that is possible. */
void tree_remove(const char *path);
/*
 * Bytes of the regular files that lie in a directory, not below it, and that
 * wanted(), if there is one, approves of.
 */
uint64_t tree_bytes(const char *dir, int (*wanted)(const char *name));

/*
 * Make durable what lies in a directory: its files, then their names.  Files
 * may be made and renamed meanwhile.  Returns -1 with ERROR_IO.
 */
int tree_sync(const char *dir, struct error *);
/* The same for the names in a directory alone. */
int tree_sync_names(const char *dir, struct error *);

/*
 * Copy the files of directory from that wanted() approves of into directory
 * to, which is made.  They share blocks where the file system can do that.
 * Returns -1 with ERROR_SPACE.
 */
int tree_copy(const char *from, const char *to,
    int (*wanted)(const char *name), struct error *);
/* The same by hard links where there can be any: for what never changes. */
int tree_link(const char *from, const char *to,
    int (*wanted)(const char *name), struct error *);

#endif
