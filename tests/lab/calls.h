/*
 * calls: the calls by which a program changes or reads files, intercepted.
 *
 * calls.c, reads.c and streams.c stand between a program and its C library
 * (LD_PRELOAD) and look at files at or below $LAB_BELOW only, a list of
 * absolute paths with colons between them.  Two functions decide what is done:
 * fault.c makes a call fail; record.c writes down what was done.
 */
#ifndef CALLS_H
#define CALLS_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

enum call_kind {
	CALL_OPEN,		/* for writing, or making a file */
	CALL_WRITE,
	CALL_COPY,		/* copy_file_range, FICLONE */
	CALL_TRUNCATE,
	CALL_SYNC,		/* fsync, fdatasync; of directories, too */
	CALL_CLOSE,		/* of a file open for writing */
	CALL_MKDIR,
	CALL_RENAME,
	CALL_LINK,
	CALL_REMOVE,		/* of a file or directory */
	CALL_LOOK,		/* open for reading */
	CALL_READ,
	CALL_LIST,		/* the names in a directory */
	CALL_STAT,
	CALL_MEMORY,		/* malloc and its like, see memory.c */
	CALL_FORK,
	NCALLS
};

/* Their names in $LAB_KINDS. */
extern const char *const call_names[NCALLS];

struct call {
	enum call_kind kind;
	int fd;			/* -1: made by path */
	char path[PATH_MAX];	/* absolute */
	char to[PATH_MAX];	/* of a rename or link */
	const void *data;	/* of a write */
	size_t size;		/* of a write, or to truncate to */
	off_t at;		/* where in the file: of a write or copy */
	bool is_new;		/* an open that makes the file */
	bool is_cut;		/* an open that empties it */
	bool is_clone;		/* a copy of a whole file by reference */
};

/*
 * Before a call is made.  Returns -1 with errno set if it has to fail instead;
 * may lower the size of a write.  What is done with files here and in
 * call_after() is not intercepted.
 */
int call_before(struct call *);
/* After it, unless it had to fail; rc is what it returned. */
void call_after(struct call *, long rc);

#endif
