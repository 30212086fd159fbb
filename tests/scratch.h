/*
 * scratch: a directory of a test's own, and files in it.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char scratch[4000];

/* Make it.  A test that can have none ends. */
static inline void
scratch_make(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(scratch, sizeof scratch, "%s/naslag-test.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(scratch) == NULL) {
		perror(scratch);
		exit(99);
	}
}

/* Where things are in it: four names may be in use at a time. */
static inline const char *
at(const char *name)
{
	static char paths[4][sizeof scratch + 300];
	static size_t next;
	char *p = paths[next++ % 4];

	snprintf(p, sizeof paths[0], "%s/%s", scratch, name);
	return p;
}

static inline void
put_file(const char *name, const void *bytes, size_t n)
{
	FILE *f = fopen(at(name), "we");

	if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) == EOF)
		abort();
}

static inline void
put_text(const char *name, const char *text)
{
	put_file(name, text, strlen(text));
}

static inline int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* A path with all that is below it. */
static inline void
remove_all(const char *path)
{
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		printf("# %s is left behind\n", path);
}

static inline void
scratch_remove(void)
{
	remove_all(scratch);
}

#endif
