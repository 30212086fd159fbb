/*
 * stamp: everything that stat() says and that changes when a file does.
 *
 * Not even restoring its time of modification hides a change of a file, for
 * the time of change of the inode is the kernel's own.
 *
 * Used by whoever asks whether a file, or a directory, is what it was.
 */
#ifndef STAMP_H
#define STAMP_H

#include <stdbool.h>
#include <stdint.h>

struct stat;

struct stamp {
	uint64_t size_bytes;
	uint64_t inode;
	int64_t mtime_ns;
	int64_t ctime_ns;
};

struct stamp stamp_of(const struct stat *);
/* The stamp of what is open at fd.  Returns -1 with errno set. */
int stamp_read(int fd, struct stamp *);
bool stamp_equal(const struct stamp *, const struct stamp *);

#endif
