#include <config.h>

#include "target.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "model/lists.h"
#include "show/translate.h"

#define ROW(name) { #name, fuzz_##name }

const struct fuzz_target fuzz_targets[] = {
	ROW(archive),
	ROW(decoders),
	ROW(html),
	ROW(language),
	ROW(mail),
	ROW(ole),
	ROW(outputs),
	ROW(package),
	ROW(pdflines),
	ROW(picture),
	ROW(plain),
	ROW(query),
	ROW(records),
	ROW(request),
	ROW(rtf),
	ROW(stored),
	ROW(streams),
	ROW(worker),
	ROW(xml),
};
const size_t nfuzz_targets = NELEM(fuzz_targets);

const struct fuzz_target *
fuzz_target(const char *name)
{
	size_t i;

	for (i = 0; i < nfuzz_targets; i++)
		if (strcmp(fuzz_targets[i].name, name) == 0)
			return &fuzz_targets[i];
	return NULL;
}

void
fuzz_init(void)
{
	struct error err = ERROR_INIT;

	if (lists_load(&err) == -1 || translate_load(&err) == -1) {
		fprintf(stderr, "fuzz: %s\n", err.msg);
		exit(2);
	}
	formats_init();
}

void
fuzz_run(const struct fuzz_target *t, const void *bytes, size_t n)
{
	char *copy = xmalloc(n + 1);

	if (n > 0)
		memcpy(copy, bytes, n);
	copy[n] = '\0';
	t->run(copy, n);
	free(copy);
}

void
fuzz_check(bool holds, const char *claim)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz: it is not so that %s\n", claim);
	abort();
}

void
fuzz_check_path(const char *s)
{
	size_t n;

	for (;; s += n + 1) {
		n = strcspn(s, "/");
		fuzz_check(n > 0 && strcspn(s, "\\\n") >= n &&
		    !(n == 1 && s[0] == '.') &&
		    !(n == 2 && s[0] == '.' && s[1] == '.'),
		    "a path leads down");
		if (s[n] == '\0')
			return;
	}
}

/* ---- files ---- */

static char *dir;

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static void
remove_dir(void)
{
	if (dir != NULL)
		nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(dir);
	dir = NULL;
}

const char *
fuzz_dir(void)
{
	const char *top = getenv("TMPDIR");

	if (dir != NULL)
		return dir;
	dir = xasprintf("%s/naslag-fuzz.XXXXXX", top != NULL ? top : "/tmp");
	fuzz_check(mkdtemp(dir) != NULL, "a directory can be made");
	atexit(remove_dir);
	return dir;
}

void
fuzz_put(const char *name, const void *bytes, size_t n)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", fuzz_dir(), name);
	FILE *f = fopen(path, "wbe");

	fuzz_check(f != NULL && fwrite(bytes, 1, n, f) == n && fclose(f) == 0,
	    "a file can be written");
}

bool
fuzz_section(const char **at, const char *end, struct fuzz_section *s)
{
	static const char mark[] = "--- ";
	const size_t len = sizeof mark - 1;
	const char *line, *next;

	if ((size_t)(end - *at) < len || memcmp(*at, mark, len) != 0 ||
	    (line = memchr(*at, '\n', (size_t)(end - *at))) == NULL)
		return false;
	s->name = *at + len;
	s->name_len = (size_t)(line - s->name);
	s->bytes = line + 1;
	next = memmem(line, (size_t)(end - line), "\n--- ", 5);
	*at = next != NULL ? next + 1 : end;
	s->len = (size_t)((next != NULL ? next : end) - s->bytes);
	if (next == line)		/* an empty one */
		s->len = 0;
	return true;
}
