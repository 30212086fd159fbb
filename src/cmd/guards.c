#include <config.h>

#include <string.h>
#include <sys/stat.h>

#include "cmd/job.h"

/*
 * More deletions than this share of the files, or more files that could be
 * read and cannot any more, are taken for an accident (RELIABILITY F10).
 */
#define MAX_DELETED_PERCENT	10
#define MAX_FAILING_PERCENT	2
/* So few are none: in a small corpus one file is more than two percent. */
#define MIN_FAILING		3

/* ---- before the walk ---- */

static int
guard_sentinel(const struct job *j, struct error *err)
{
	const char *name = j->settings->sentinel;
	CLEAN(str_free) char *path = NULL;
	struct stat st;

	if (name == NULL)
		return 0;
	path = xasprintf("%s/%s", j->root, name);
	if (lstat(path, &st) == 0)
		return 0;
	return error_errno(err, ERROR_REFUSED, "the corpus %s lacks its sentinel "
	    "%s, so nothing was changed", j->root, name);
}

int
guard_corpus(const struct job *j, struct error *err)
{
	struct stat st;

	if (stat(j->root, &st) == -1)
		return error_errno(err, ERROR_REFUSED, "cannot find the corpus "
		    "%s, so nothing was changed", j->root);
	if (!S_ISDIR(st.st_mode))
		return error_set(err, ERROR_REFUSED, "the corpus %s is no "
		    "directory, so nothing was changed", j->root);
	return guard_sentinel(j, err);
}

/* ---- the plan ---- */

/*
 * A file system bears another device number after a reboot, perhaps, but not
 * another id as well; where ids are not given the number has to do.
 */
bool
guard_is_same_place(const struct job *j)
{
	const struct walk *w = &j->corpus.walk;
	const struct files *old = &j->known;

	if (old->device == 0 || old->device == w->device)
		return true;
	return old->fsid != 0 && old->fsid == w->fsid;
}

/* How many files of the live generation are neither there nor elsewhere. */
static size_t
count_gone(const struct job *j)
{
	size_t gone = 0, d = 0, i;

	for (i = 0; i < j->known.count; i++) {
		const char *path = j->known.items[i].path;

		/* What lay within files went with them. */
		if (j->known.items[i].within > 0)
			continue;
		while (d < j->corpus.count &&
		    strcmp(j->corpus.files[d].entry->path, path) < 0)
			d++;
		if (d == j->corpus.count ||
		    strcmp(j->corpus.files[d].entry->path, path) != 0)
			gone += !corpus_is_unknown(&j->corpus, path);
	}
	return gone > j->report.renamed ? gone - j->report.renamed : 0;
}

/* Files of the live generation that lie where nothing can be seen. */
static size_t
count_unknown(const struct job *j, const char **example)
{
	size_t n = 0, i;

	for (i = 0; i < j->known.count; i++)
		if (corpus_is_unknown(&j->corpus, j->known.items[i].path)) {
			if (n++ == 0)
				*example = j->known.items[i].path;
		}
	return n;
}

int
guard_plan(const struct job *j, struct error *err)
{
	size_t all = j->known.count, gone, unknown;
	const char *example = NULL;

	if (j->corpus.count == 0 && j->corpus.nunreadable == 0)
		return error_set(err, ERROR_REFUSED, "the corpus %s holds no "
		    "files, so nothing was changed", j->root);
	if (j->is_accepted)
		return 0;
	if (!guard_is_same_place(j))
		return error_set(err, ERROR_REFUSED, "%s lies on another file "
		    "system than when it was last indexed: is something not "
		    "mounted?  Nothing was changed; --accept takes the corpus "
		    "as it is now", j->root);
	unknown = count_unknown(j, &example);
	if (unknown > 0)
		return error_set(err, ERROR_REFUSED, "%zu of %zu files lie in "
		    "directories of %s that cannot be listed (such as %s), so "
		    "nothing was changed; --accept %s", unknown, all, j->root,
		    example, j->is_rebuild ? "builds the index without them" :
		    "keeps them as they are and updates the rest");
	gone = count_gone(j);
	if (gone * 100 > all * MAX_DELETED_PERCENT)
		return error_set(err, ERROR_REFUSED, "%zu of %zu files are gone "
		    "from %s, so nothing was changed; --accept deletes them from "
		    "the index", gone, all, j->root);
	return 0;
}

/* ---- what was read ---- */

static bool
was_readable(const struct corpus_file *f)
{
	return f->old != NULL && f->old->copy_of == NULL &&
	    f->old->failed_ymd == 0;
}

int
guard_failures(struct job *j, struct error *err)
{
	size_t failing = 0, readable = 0, i;
	const char *example = NULL;

	for (i = 0; i < j->corpus.count; i++) {
		const struct corpus_file *f = &j->corpus.files[i];
		const struct built *b = f->built;

		readable += was_readable(f);
		if (b == NULL || b->reading.status == EXTRACT_OK ||
		    !was_readable(f))
			continue;
		example = f->entry->path;
		failing++;
	}
	j->report.newly_failing = failing;
	if (j->is_accepted || failing < MIN_FAILING ||
	    failing * 100 <= readable * MAX_FAILING_PERCENT)
		return 0;
	return error_set(err, ERROR_REFUSED, "%zu of %zu files that could be read "
	    "cannot be read any more (such as %s), so nothing was changed; "
	    "--accept publishes their last good text", failing, readable,
	    example);
}
