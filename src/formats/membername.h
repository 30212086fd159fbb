/*
 * membername: names of files within files, from whatever their writer put
 * there to paths that mean no harm.
 *
 * Used by archive.c, mailfiles.c, msgfiles.c and unpack.c.
 */
#ifndef MEMBERNAME_H
#define MEMBERNAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Append a name as UTF-8: what it is, if it is valid; else in the charset that
 * makes the likeliest name of it (Shift-JIS, the code pages of DOS, that of
 * Windows).  Archives do not say which it is, and if they do they may lie.
 */
void membername_decode(const char *, size_t, struct buf *);

/*
 * Append a name in UTF-8 as a relative path: what leads out of its folder, a
 * drive, controls and empty segments go, '\' is '/', and what is too long is
 * cut before its extension.  Nothing may be left of it.
 */
void membername_clean(const char *, size_t, struct buf *);

/* Cut a path to its last segment: where a sender had it says nothing. */
void membername_base(struct buf *);
/* Make one segment of a title: what would part it becomes '_'. */
void membername_flatten(struct buf *);

/* Does a clean name belong to the system that packed it, and not to people? */
bool membername_is_hidden(const char *);

/* Where the extension begins in the last segment ('.'), or its end. */
const char *membername_extension(const char *);

#endif
