/*
 * extract: run naslag-extract on files and take in what it says.
 *
 * An extractor is one naslag-extract process that outlives many files; each
 * file is parsed by a confined child of it that dies with the file.  Nothing
 * it says is believed before it is checked: lengths, UTF-8, order.
 *
 * Used by cmd/.
 */
#ifndef EXTRACT_H
#define EXTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "formats/format.h"
#include "gather/members.h"

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
	uint32_t members;	/* files within it, that extractor_unpack() */
				/* gives; 0 */
	uint32_t pictures;	/* pages that have no text but are pictures */
	uint32_t recognised;	/* pages whose text was recognised in one */
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
/* Those of naslag-extract-ocr; formats/ocr.h says why. */
extern const struct extract_limits extract_limits_ocr;

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

/*
 * Take out the files within the one that is open at fd: members of an archive,
 * files sent with a message, attachments of a PDF; one level deep.
 * budget_bytes is what they may be together.  *status is EXTRACT_OK, perhaps
 * with no members, or says why *out has none: ENCRYPTED, BOMB (more than the
 * budget, more than 10,000 members, or refused as such), MALFORMED, LIMIT_*,
 * CRASHED and what else extractor_read() knows; reason then says more.  -1 is
 * as with extractor_read().  The caller clears *out with members_clear().
 */
int extractor_unpack(struct extractor *, int fd, size_t budget_bytes,
    struct members *out, enum extract_status *status, char reason[160],
    struct error *);

/* The version of the extractor program: changes when its text may change. */
const char *extractor_version(void);
/* The same of naslag-extract-ocr; NULL if naslag is built without it. */
const char *extractor_ocr_version(void);

#endif
