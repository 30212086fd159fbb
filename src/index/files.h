/*
 * files: the list of the corpus' files that a generation was built from.
 *
 * One line a file, sorted by path, tabs between the cells, paths percent-
 * encoded: what the next run compares the corpus with, and what naslag status
 * tells about files that are not searchable.
 */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "model/quality.h"

struct file {
	char *path;
	uint64_t stamp;		/* of all that its document depends on */
	char digest[DIGEST_HEX + 1];	/* of its content; "" if it cannot be read */
	char sidecar[DIGEST_HEX + 1];	/* of that of its sidecar, if both lie
					 * within a file; "" else */
	uint64_t size_bytes;
	size_t within;		/* bytes of path that are the file in which this
				 * one lies; 0: it lies in a directory */
	char *copy_of;		/* path of the document it is a copy of, or NULL */
	char *status;		/* "ok", or why its text is not searchable */
	char *reason;		/* English, "" if there is nothing to add */
	char *id;		/* of its document */
	uint64_t read_stamp;	/* of the contents of the file and its sidecar,
				 * and of the program */
	char *textid;		/* what its text is like, see sametext.h; "" */
	char *text_key;		/* of what its document's text came from, see
				 * texts.h; "" if it has no text */
	struct quality quality;	/* of that text; no words if it has none */
	uint32_t pictures;	/* its pages that have no text but are pictures */
	uint32_t recognised;	/* pages of it that were recognised */
	uint32_t attempts;	/* how often this content could not be read */
	int failed_ymd;		/* the first day that it could not; 0: it can */
};

/*
 * A file that cannot be read any more and whose document has its last good
 * text: status and reason say what is the matter now.
 */
bool file_is_stale(const struct file *);

struct files {
	struct file *items;
	size_t count, cap;
	uint64_t device, fsid;	/* of the corpus' root, see walk.h; 0: unknown */
};

/* Append a copy of *f; its strings may be NULL. */
void files_add(struct files *, const struct file *);
/* The file with that path; NULL if there is none.  The list is sorted. */
const struct file *files_find(const struct files *, const char *path);
/* How many of them lie within others; the others lie in directories. */
size_t files_within(const struct files *);
void files_clear(struct files *);

/* Write the list into directory dir, or read it from there. */
int files_write(const struct files *, const char *dir, struct error *);
/* Returns -1 with ERROR_INDEX if the list is missing or damaged. */
int files_read(const char *dir, struct files *out, struct error *);

#endif
