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

/*
 * A file that lies within another: a member of an archive, or what is sent
 * with a message.  Its path is that of its container, '/', and its name there.
 */
struct within {
	struct walk_entry entry;	/* as if it lay in a directory */
	const struct walk_entry *container;
	const struct within *outer;	/* of the container, if that lies within
					 * another file; or NULL */
	const struct within *sidecar;	/* beside it in there; or NULL */
};

/* So deep files are looked for within others. */
#define CORPUS_DEPTH 2

struct corpus_file {
	const struct walk_entry *entry;
	const struct within *within;	/* NULL: it lies in a directory */
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
	bool is_opened;		/* corpus_open() told what lies within it */
	bool is_told;		/* by that of its container */
	struct built *built;	/* what came of reading it in this job; borrowed,
				 * NULL if it was not read */
};

struct corpus {
	struct walk walk;
	struct corpus_file *files;	/* by path; no sidecars, no directories */
	size_t count, cap;
	size_t nsorted;		/* those before are by path */
	size_t nunreadable;	/* places that could not be looked at */
	struct within **inner;	/* what lies within files, as it came up */
	size_t ninner, cap_inner;
	const struct files *known;
	uint64_t version;
};

/*
 * Walk the tree at root.  known is the list of the live generation (empty if
 * there is none), seen what was seen of the files; both are borrowed.  Known
 * files whose stat() is not believed are read.  What lies within files is as
 * it is known until they are opened.  version stands for everything
 * else that documents depend on.  Returns -1 with ERROR_REFUSED if root cannot
 * be listed.  Free with corpus_clear().
 */
int corpus_read(const char *root, const struct files *known,
    const struct seen *seen, const struct portal *, uint64_t version,
    struct corpus *out, struct error *);
void corpus_clear(struct corpus *);

/* Nanoseconds since 1970, as stamps have them. */
int64_t corpus_now_ns(void);

/* The file with that path; NULL if there is none. */
struct corpus_file *corpus_find(const struct corpus *, const char *path);
/* Whether any file of the corpus lies within it. */
bool corpus_has_inner(const struct corpus *, const struct corpus_file *);
/* How many files a file lies within. */
unsigned corpus_depth(const struct corpus_file *);

/* A file found within another. */
struct corpus_member {
	const char *name;
	uint64_t size_bytes;
	char digest[DIGEST_HEX + 1];	/* "": its bytes cannot be had */
	char sidecar[DIGEST_HEX + 1];	/* digest of its sidecar; "": it has none */
};

/*
 * The files within a file are these n now, and no others.  When all is told,
 * corpus_sort() puts the corpus in order: its files have other places then, and
 * corpus_regroup() has to find copies again.
 */
void corpus_open(struct corpus *, size_t file, const struct corpus_member *,
    size_t n);
void corpus_sort(struct corpus *);
/* Set its stamp of reading, and what an earlier job knew of its text. */
void corpus_recall(const struct corpus *, struct corpus_file *);

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
/*
 * Name on standard error what could not be seen: what lies there is new, or
 * kept as it was, and nothing else would say so.
 */
void corpus_tell_unlisted(const struct corpus *);

#endif
