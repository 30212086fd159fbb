/*
 * log: what was done with files, as record.c writes it and replay.c reads it.
 *
 * Records follow each other: a head, the path, the other path, the data, each
 * without a terminator.  Paths are relative to $LAB_BELOW.
 */
#ifndef LOG_H
#define LOG_H

#include <stdint.h>

enum log_what {
	LOG_CREATE,		/* a new file, empty */
	LOG_WRITE,
	LOG_TRUNCATE,
	LOG_MKDIR,
	LOG_RENAME,
	LOG_LINK,		/* path gets the other name, too */
	LOG_REMOVE,
	LOG_SYNC_FILE,
	LOG_SYNC_DIR,
	LOG_MARK,		/* path is what the driver had to say */
	NLOGS
};

struct log_head {
	uint32_t what;
	uint32_t npath, nto;
	uint32_t ndata;		/* bytes that follow, of a write */
	uint64_t inode;		/* of the file, where there is one */
	uint64_t at;		/* of a write; size of a truncation */
};

#endif
