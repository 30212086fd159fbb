/*
 * rar5: which files of an archive of RAR 5 are encrypted.
 *
 * libarchive 3.6 reads such files as if they were not.
 *
 * Used by archive.c.
 */
#ifndef RAR5_H
#define RAR5_H

#include "base/buf.h"
#include "formats/format.h"

/*
 * Append a byte for each file or folder, in their order: not zero, if it is
 * encrypted.  Nothing for what is no RAR 5; what is damaged ends it.
 */
void rar5_encrypted(const struct input *, struct buf *flags);

#endif
