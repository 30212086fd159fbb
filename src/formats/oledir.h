/*
 * oledir: what is at the top of a compound file (OLE2), the container of old
 * Office documents and of Outlook messages.
 *
 * Used by format.c.
 */
#ifndef OLEDIR_H
#define OLEDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/format.h"

/*
 * Is there a stream or storage of that name (ASCII; a '*' at its end stands
 * for any rest) directly below the root?  False for a damaged file as well.
 */
bool ole_has(const struct input *, const char *name);

#endif
