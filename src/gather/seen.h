/*
 * seen: what was seen of the files of a corpus when their content was last
 * read.
 *
 * The content of a file decides whether its document has to be made anew, and
 * reading it all each night is too much; so stat() stands in for it as long
 * as size, inode and both times are equal, not merely not newer.  Two things
 * bound that trust: a file that was written so shortly before it was read
 * that a second change could bear the same times is read again, and every
 * file is read again within SEEN_DAYS nights, a part of them each night.
 *
 *    INDEX/seen     a line a file, sidecars too; a cache: without it all
 *                   files are read
 *
 * Used by cmd/.
 */
#ifndef SEEN_H
#define SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "gather/walk.h"

/* Within so many nights the content of every file is read again. */
#define SEEN_DAYS 7

/* The content of a file when it was last read. */
struct content {
	struct stamp stamp;	/* of what was read */
	char digest[DIGEST_HEX + 1];	/* "": it could not be read */
	uint32_t day;		/* since 1970; 0: to be read again next time */
};

struct seen_file {
	char *path;
	struct content content;
};

struct seen {
	struct seen_file *items;	/* by path */
	size_t count, cap;
};

/* Without a list, or with a damaged one, *out is empty. */
void seen_read(const char *index, struct seen *out);
/* Returns -1 with ERROR_SPACE. */
int seen_write(const struct seen *, const char *index, struct error *);
/* Append; the list has to be sorted by path when it is written. */
void seen_add(struct seen *, const char *path, const struct content *);
void seen_clear(struct seen *);

/* The day that content is said to be read on that was read at time now. */
uint32_t seen_day(const struct stamp *, int64_t now_ns);

/*
 * Whether what was seen of a file is still taken for its content: the stamps
 * are equal and it is not this file's turn to be read again today.
 */
bool seen_is_good(const struct seen_file *, const struct stamp *now,
    uint32_t today);

#endif
