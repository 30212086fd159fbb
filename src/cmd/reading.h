/*
 * reading: one file of the corpus, out of the cache of texts or through an
 * extractor.
 *
 * A file that cannot be read any more gives its last good text, if that is in
 * the cache.
 *
 * A text that was recognised is kept under a key of its own and goes before one
 * that was not, whether this job recognises or not: what a night of recognising
 * found is not lost by a job without.
 *
 * Used by cmd/builder.c, job.c and opening.c.
 */
#ifndef READING_H
#define READING_H

#include <stdbool.h>

#include "base/error.h"
#include "cmd/corpus.h"
#include "cmd/unpacking.h"
#include "gather/extract.h"
#include "gather/seen.h"
#include "gather/texts.h"

struct reader {
	const struct corpus *corpus;
	const char *texts_dir;
	const char *program;	/* path of naslag-extract */
	struct extractor *light;	/* of all but PDF, where there is one */
	struct extractor *full;	/* NULL until the first PDF */
	bool is_ocr;		/* scans are to be recognised */
	struct extractor *ocr;	/* NULL until the first scan */
	struct unpacker unpacker;
};

/* What became of a file. */
struct reading {
	enum extract_status status;	/* of the file as it is now */
	char reason[160];
	struct content content;	/* of what was read */
	/* The key of the text that was taken, see texts.h; "" if there is none. */
	char text_key[TEXTS_KEY];
	bool is_parsed;		/* an extractor read it, now */
	bool is_stale;		/* the text is its last good one */
	bool is_lost;		/* it had a good text that is not in the cache */
	uint32_t members;	/* files within it */
	uint32_t pictures, recognised;	/* pages; see struct extracted */
};

/*
 * program and texts_dir are borrowed; with is_ocr, what pages show that are
 * pictures is recognised.  Close with reader_close().
 */
int reader_open(const struct corpus *, const char *program,
    const char *texts_dir, bool is_ocr, struct reader *, struct error *);
void reader_close(struct reader *);
/*
 * Whether scans can be recognised at all.  Returns -1 with ERROR_CONFIG if naslag
 * was built without that, or its languages are not installed.
 */
int reader_check_ocr(const char *program, struct error *);
/* See extractor_has_landlock(). */
bool reader_has_landlock(const struct reader *);

/*
 * Read a file and its sidecar.  What is the matter with the file is in
 * *reading, not an error; -1 means that no extractor can be started any more.
 * The caller clears *ex.
 */
int reader_read(struct reader *, const struct corpus_file *,
    struct extracted *ex, struct reading *, struct error *);

#endif
