#include <config.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/utf8.h"
#include "cmd/command.h"
#include "index/files.h"
#include "index/generation.h"
#include "index/store.h"

static const struct option status_options[] = {
	{ "failures", NULL, "list the files whose text is not searchable" },
	{ NULL, NULL, NULL },
};

static unsigned long long
directory_bytes(const char *dir)
{
	unsigned long long sum = 0;
	struct dirent *e;
	DIR *d = opendir(dir);
	struct stat st;

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL)
		if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode))
			sum += (unsigned long long)st.st_size;
	closedir(d);
	return sum;
}

static void
print_age(const char *made, struct buf *out)
{
	struct tm tm = { 0 };
	double hours;

	if (strptime(made, "%Y-%m-%dT%H:%M:%SZ", &tm) == NULL)
		return;
	hours = difftime(time(NULL), timegm(&tm)) / 3600;
	if (hours < 48)
		buf_addf(out, " (%.1f hours ago)", hours);
	else
		buf_addf(out, " (%.0f days ago)", hours / 24);
}

static int
compare(const void *va, const void *vb)
{
	return strcmp(*(char *const *)va, *(char *const *)vb);
}

/* How many files have each status other than ok, by status. */
static void
print_reasons(const struct files *l, struct buf *out)
{
	char **names = xcalloc(l->count, sizeof *names);
	size_t n = 0, i, run;

	for (i = 0; i < l->count; i++)
		if (strcmp(l->items[i].status, "ok") != 0)
			names[n++] = l->items[i].status;
	qsort(names, n, sizeof *names, compare);
	for (i = 0; i < n; i += run) {
		for (run = 1; i + run < n &&
		    strcmp(names[i], names[i + run]) == 0; run++)
			;
		buf_addf(out, "  %-18s%zu\n", names[i], run);
	}
	free(names);
}

static void
print_failures(const struct files *l, struct buf *out)
{
	size_t i;

	for (i = 0; i < l->count; i++) {
		const struct file *f = &l->items[i];
		CLEAN(buf_clear) struct buf path = BUF_INIT;
		char *p;

		if (strcmp(f->status, "ok") == 0)
			continue;
		/* One line a file, whatever its name. */
		utf8_clean(f->path, strlen(f->path), &path);
		for (p = path.s; *p != '\0'; p++)
			if (*p == '\n' || *p == '\t')
				*p = ' ';
		buf_addf(out, "%s\t%s\t%s\n", f->status, path.s, f->reason);
	}
}

static size_t
count_copies(const struct files *l)
{
	size_t n = 0, i;

	for (i = 0; i < l->count; i++)
		n += l->items[i].copy_of != NULL;
	return n;
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	CLEAN(files_clear) struct files l = { 0 };
	CLEAN(str_free) char *dir = NULL;
	struct store_facts f;
	uint32_t number;

	if (argument_word(args, 0) != NULL)
		return error_set(err, ERROR_QUERY,
		    "naslag status heeft geen argumenten");
	if (generation_find(settings->index, &dir, &number, err) == -1 ||
	    files_read(dir, &l, err) == -1)
		return -1;
	if (argument_given(args, "failures")) {
		print_failures(&l, out);
		return 0;
	}
	if (analyser_open(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1)
		return -1;
	store_facts(s, &f);
	buf_addf(out, "index               %s\n", settings->index);
	buf_addf(out, "generation          %u\n", f.generation);
	buf_addf(out, "made                %s", f.made);
	print_age(f.made, out);
	buf_addf(out, "\ncorpus              %s\n", f.corpus);
	buf_addf(out, "files               %zu\n", l.count);
	buf_addf(out, "documents           %u\n", f.documents);
	buf_addf(out, "copies              %zu\n", count_copies(&l));
	buf_addf(out, "not searchable      %u\n", f.unsearchable);
	print_reasons(&l, out);
	buf_addf(out, "analyser            %016llx\n",
	    (unsigned long long)store_fingerprint(a));
	buf_addf(out, "size                %.1f MB\n",
	    (double)directory_bytes(dir) / 1e6);
	return 0;
}

const struct command cmd_status = {
	.name = "status",
	.usage = "[--failures]",
	.summary = "tell about the published index",
	.options = status_options,
	.run = run,
};
