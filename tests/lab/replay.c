/*
 * replay: what a disk may hold after the power failed.
 *
 *    replay LOG mark TEXT      add a remark to a log of record.so
 *    replay LOG count          how many operations it has
 *    replay LOG whole DIR      make in DIR what the log ends in
 *    replay LOG lose SEED DIR  make there what a power loss may have left;
 *                              print the operation before which it came, and
 *                              the last remark before that
 *
 * What was synced is there: the bytes of a file up to its fsync, names up to
 * the fsync of their directory.  Of the rest a random part is: for each file
 * none or some of the writes, the last one torn, or any of the blocks; for
 * each directory the first so many changes since its last fsync.  A rename is
 * one change, even between directories.
 */
#include <config.h>

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"

static struct bytes log_bytes;

static void
read_log(const char *path)
{
	FILE *f = fopen(path, "rbe");
	size_t n;

	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	do {
		n = log_bytes.len;
		bytes_resize(&log_bytes, n + (1 << 20));
		log_bytes.len = n + fread(log_bytes.s + n, 1, 1 << 20, f);
	} while (log_bytes.len > n);
	fclose(f);
}

/* The record at *at, which moves on.  Returns false at the end. */
static bool
next(size_t *at, struct log_head *h, char **path, char **to,
    const char **data)
{
	const char *p = log_bytes.s + *at;

	if (log_bytes.len - *at < sizeof *h)
		return false;
	memcpy(h, p, sizeof *h);
	p += sizeof *h;
	*path = xstrndup(p, h->npath);
	*to = xstrndup(p + h->npath, h->nto);
	*data = p + h->npath + h->nto;
	*at = (size_t)(*data - log_bytes.s) + h->ndata;
	return true;
}

/*
 * Do the first n operations; 0: only count them.  *mark gets the last remark
 * before the next one, *syncs how many of the operations (of all, if n is 0)
 * make something durable.
 */
static size_t
run(size_t n, char **mark, size_t *syncs)
{
	struct log_head h;
	char *path, *to;
	const char *data;
	size_t at = 0, done = 0;

	*mark = xstrdup("");
	*syncs = 0;
	while (next(&at, &h, &path, &to, &data)) {
		if (h.what == LOG_MARK) {
			str_free(mark);
			*mark = xstrdup(path);
		} else if (n > 0 && done == n)
			break;
		else {
			if (n > 0)
				disk_apply(&h, path, to, data);
			done++;
			*syncs += h.what == LOG_SYNC_DIR ||
			    h.what == LOG_RENAME;
		}
		free(path);
		free(to);
	}
	return done;
}

/* The number of the operation that is the k-th sync of a directory or rename. */
static size_t
sync_number(size_t k)
{
	struct log_head h;
	char *path, *to;
	const char *data;
	size_t at = 0, done = 0;

	while (next(&at, &h, &path, &to, &data)) {
		free(path);
		free(to);
		if (h.what == LOG_MARK)
			continue;
		done++;
		if ((h.what == LOG_SYNC_DIR || h.what == LOG_RENAME) &&
		    k-- == 0)
			break;
	}
	return done;
}

static void
mark(const char *path, const char *text)
{
	struct log_head h = {
		.what = LOG_MARK, .npath = (uint32_t)strlen(text)
	};
	FILE *f = fopen(path, "abe");

	if (f == NULL || fwrite(&h, sizeof h, 1, f) != 1 ||
	    fwrite(text, 1, h.npath, f) != h.npath || fclose(f) == EOF)
		die("%s: %s", path, strerror(errno));
}

int
main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[2] : "";
	size_t all, syncs, at;
	char *said;

	if (argc == 4 && strcmp(what, "mark") == 0) {
		mark(argv[1], argv[3]);
		return 0;
	}
	if (argc > 2)
		read_log(argv[1]);
	if (argc == 3 && strcmp(what, "count") == 0)
		printf("%zu\n", run(0, &said, &syncs));
	else if (argc == 4 && strcmp(what, "whole") == 0) {
		run(SIZE_MAX, &said, &syncs);
		disk_keep();
		disk_make(argv[3]);
	} else if (argc == 5 && strcmp(what, "lose") == 0) {
		srandom((unsigned)strtoul(argv[3], NULL, 10));
		all = run(0, &said, &syncs);
		/* Half of the time where it matters most. */
		at = random() % 2 == 0 || syncs == 0 ? 1 + below(all) :
		    sync_number(below(syncs)) + below(4);
		run(at < all ? at : all, &said, &syncs);
		disk_lose();
		disk_make(argv[4]);
		printf("%zu %s\n", at, said);
	} else
		die("usage: replay LOG mark TEXT | count | whole DIR | "
		    "lose SEED DIR");
	return 0;
}
