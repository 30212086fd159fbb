/*
 * disk: what is on a disk for sure, and what only perhaps.
 *
 * A tree of directories and files, each with what was done to it since it was
 * last synced.  One disk; it begins with an empty root directory.
 *
 * Used by replay.c.
 */
#ifndef DISK_H
#define DISK_H

#include <stddef.h>

#include "base/mem.h"
#include "log.h"

struct bytes {
	char *s;
	size_t len, cap;
};

/* Make it longer, with zeroes, or shorter. */
void bytes_resize(struct bytes *, size_t len);

/* Do one operation of a log.  data stays in use. */
void disk_apply(const struct log_head *, const char *path, const char *to,
    const char *data);

/* Choose what a power loss leaves, by random(); or leave it all. */
void disk_lose(void);
void disk_keep(void);
/* Make in directory path what was chosen. */
void disk_make(const char *path);

/* A random number below n; 0 if that is 0. */
size_t below(size_t n);

_Noreturn void die(const char *fmt, ...) PRINTF(1, 2);

#endif
