/*
 * wholefile: files that are read whole and replaced whole.
 *
 * Used by model/, gather/, index/ and report/.
 */
#ifndef WHOLEFILE_H
#define WHOLEFILE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * Put n bytes in the place of what is in a file: written aside, PATH.tmp, and
 * renamed, so a reader sees the old ones or the new ones, whole.  They are on
 * disk when this returns 0.  What is no regular file (a device, a pipe) is written
 * to as it is.  Returns -1 with ERROR_SPACE; nothing is left aside then.
 */
int wholefile_write(const char *path, const void *bytes, size_t n,
    struct error *);

/*
 * Put n bytes in a file that nobody reads yet, new or not; they need not be on
 * disk when this returns 0.  Returns -1 with ERROR_SPACE.
 */
int wholefile_create(const char *path, const void *bytes, size_t n,
    struct error *);

/*
 * Append what is in a file.  Returns -1 with ERROR_ABSENT if there is none,
 * ERROR_IO if it cannot be read.
 */
int wholefile_read(const char *path, struct buf *out, struct error *);

#endif
