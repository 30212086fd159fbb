/*
 * extract: run naslag-extract on files and take in what it says.
 *
 * An extractor is one naslag-extract process that outlives many files; each
 * file is parsed by a confined child of it that dies with the file.  Nothing
 * it says is believed before it is checked: lengths, UTF-8, order.
 *
 * Used by cmd/index.c.
 */
#ifndef EXTRACT_H
#define EXTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "formats/format.h"

struct extract_meta {
	char *name;
	char *value;
};

/* A page or heading that begins at byte offset at of text. */
struct extract_mark {
	size_t at;
	uint32_t page;		/* a page: its number, from 1; else 0 */
	uint32_t level;		/* a heading: 1 to 6; else 0 */
	uint32_t len;		/* a heading: bytes of text it takes at at */
};

/* What a file holds.  Strings are valid UTF-8 without controls. */
struct extracted {
	enum extract_status status;
	char reason[160];	/* English, "" if there is nothing to add */
	char format[16];	/* "pdf", "" if unknown */
	struct extract_meta *meta;
	size_t nmeta, cap_meta;
	struct extract_mark *marks;	/* ascending by at */
	size_t nmarks, cap_marks;
	struct buf text;	/* paragraphs and headings, each ended by '\n' */
	uint32_t pages;		/* 0 if the format has no pages */
};

void extracted_clear(struct extracted *);

/* The limits of RELIABILITY 5; extract_limits_default has them. */
struct extract_limits {
	unsigned wall_ms;	/* 30000 */
	unsigned cpu_s;		/* 20 */
	size_t memory_bytes;	/* 512 MiB */
	size_t output_bytes;	/* 32 MiB */
	size_t file_bytes;	/* 64 MiB */
};
extern const struct extract_limits extract_limits_default;

struct extractor;

/*
 * Start an extractor.  program is the absolute path of naslag-extract.  It
 * ends with the thread that starts it, which is also the one to use it.
 * Returns -1 with ERROR_CONFIG if it cannot be started.  Close with
 * extractor_free(), which also ends the process.
 */
int extractor_start(const char *program, const struct extract_limits *,
    struct extractor **out, struct error *);
void extractor_free(struct extractor **);
/* False on a kernel without Landlock: seccomp stands alone; say so, once. */
bool extractor_has_landlock(const struct extractor *);

/*
 * Read one file, open at fd, and its sidecar, open at sidecar_fd or -1 if it
 * has none.  With fd -1, a document that could not be opened, the sidecar
 * alone is read and the status is EMPTY.  The descriptors stay the caller's.
 * What went wrong with the file is a status in *out, not an error; -1 means
 * that no extractor can be started any more.  A file that changes while it is
 * read is read once more.  The caller clears *out with extracted_clear().
 */
int extractor_read(struct extractor *, int fd, int sidecar_fd,
    struct extracted *out, struct error *);

/* The version of the extractor program: changes when its text may change. */
const char *extractor_version(void);

#endif
