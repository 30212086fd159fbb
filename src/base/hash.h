/*
 * hash: uthash, for tables by any key.  Without memory it ends the program, as
 * xmalloc() does.
 */
#ifndef HASH_H
#define HASH_H

#include "base/mem.h"

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

#endif
