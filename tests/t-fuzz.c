/*
 * t-fuzz: what fuzzing started from and what it once found, again: each file
 * of tests/fuzz/seeds and tests/fuzz/regressions through its target.  A file
 * that breaks something ends the program, which names it first.
 */
#include <config.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/wholefile.h"
#include "fuzz/target.h"
#include "tap.h"

static int
is_file(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* Returns how many files there were. */
static int
replay(const char *top, const char *kind, const struct fuzz_target *t)
{
	CLEAN(str_free) char *dir = xasprintf("%s/tests/fuzz/%s/%s", top, kind,
	    t->name);
	struct dirent **files;
	struct error err = ERROR_INIT;
	int n = scandir(dir, &files, is_file, alphasort), i;

	for (i = 0; i < n; i++) {
		CLEAN(str_free) char *path = xasprintf("%s/%s", dir,
		    files[i]->d_name);
		CLEAN(buf_clear) struct buf b = BUF_INIT;

		printf("# %s\n", path + strlen(top) + 1);
		fflush(stdout);
		if (wholefile_read(path, &b, &err) == 0)
			fuzz_run(t, buf_str(&b), b.len);
		free(files[i]);
	}
	if (n >= 0)
		free(files);
	return n > 0 ? n : 0;
}

int
main(void)
{
	const char *top = getenv("srcdir");
	size_t i;

	if (top == NULL)
		top = ".";
	fuzz_init();
	for (i = 0; i < nfuzz_targets; i++) {
		const struct fuzz_target *t = &fuzz_targets[i];
		int seeds = replay(top, "seeds", t);
		int found = replay(top, "regressions", t);

		ok(seeds > 0, "%s: %d seeds, %d regressions", t->name, seeds,
		    found);
	}
	return tap_done();
}
