/*
 * corpus: the files of a corpus, and on what each one's document depends.
 *
 * What a document depends on is contents, not times: a file that was touched,
 * copied or restored is as it was.  seen.h says when stat() is believed.
 *
 * A file is a copy of another if it has the same bytes, or the same text in
 * another format (sametext.h): then the other's document names it and it has
 * none of its own.
 *
 * Used by cmd/.
 */
#ifndef CORPUS_H
#define CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "gather/portal.h"
#include "gather/sametext.h"
#include "gather/seen.h"
#include "gather/walk.h"
#include "index/files.h"

#define CORPUS_NONE ((size_t)-1)

struct built;			/* of builder.h */

struct corpus_file {
	const struct walk_entry *entry;
	const struct walk_entry *sidecar;	/* NULL: none */
	const struct file *old;	/* in the list of the live generation; or NULL */
	struct content content;	/* digest "": not read yet, or not readable */
	struct content sidecar_content;
	uint64_t read_stamp;	/* of both contents and the version */
	uint64_t stamp;		/* of all that its document depends on */
	size_t copy_of;		/* the file it is a copy of, or CORPUS_NONE */
	size_t *copies;		/* the copies of this one */
	size_t ncopies, cap_copies;
	bool has_textid;
	struct textid textid;	/* of what was read, now or by an earlier job */
	uint64_t group;		/* corpus_group() that its document stands by */
	const struct built *built;	/* what came of reading it in this job;
					 * borrowed, NULL if it was not read */
};

struct corpus {
	struct walk walk;
	struct corpus_file *files;	/* by path; no sidecars, no directories */
	size_t count;
	size_t nunreadable;	/* places that could not be looked at */
	uint64_t version;
};

/*
 * Walk the tree at root.  known is the list of the live generation (empty if
 * there is none), seen what was seen of the files; both are borrowed.  Known
 * files whose stat() is not believed are read.  version stands for everything
 * else that documents depend on.  Returns -1 with ERROR_REFUSED if root cannot
 * be listed.  Free with corpus_clear().
 */
int corpus_read(const char *root, const struct files *known,
    const struct seen *seen, const struct portal *, uint64_t version,
    struct corpus *out, struct error *);
void corpus_clear(struct corpus *);

/* Read the content of a file, if it is not known yet, to compare it. */
void corpus_read_content(const struct corpus *, struct corpus_file *);

/*
 * Find the copies again, now that more contents and textids are known, and
 * set the stamps that depend on them.
 */
void corpus_regroup(struct corpus *, const struct portal *);
/* Changes when the copies of a file do, or whose copy it is. */
uint64_t corpus_group(const struct corpus *, const struct corpus_file *);

/* What is known now of the files' contents, for the next job. */
void corpus_seen(const struct corpus *, struct seen *out);

/* Does path lie at or below a place that could not be looked at? */
bool corpus_is_unknown(const struct corpus *, const char *path);

#endif
