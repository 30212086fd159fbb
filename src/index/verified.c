#include <config.h>

#include "index/verified.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/wholefile.h"
#include "index/generation.h"
#include "index/spare.h"

#define NAME "verified"
#define LINE "%" SCNu64 " %" SCNu64 " %" SCNd64 " %" SCNd64 " %" SCNd64 "\n"
#define LINE_OUT "%" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " %" PRId64 "\n"

void
verified_clear(struct verified *v)
{
	free(v->items);
	*v = (struct verified){ 0 };
}

/* ---- files ---- */

/* Call fn for each regular file in dir, until it returns false. */
static bool
each_file(const char *dir, int (*wanted)(const char *name),
    bool (*fn)(void *arg, const struct stamp *), void *arg)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;
	bool good = d != NULL;

	while (good && (e = readdir(d)) != NULL) {
		struct stamp now;

		if (*e->d_name == '.' || (wanted != NULL && !wanted(e->d_name)))
			continue;
		good = fstatat(dirfd(d), e->d_name, &st,
		    AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
		now = stamp_of(&st);
		good = good && fn(arg, &now);
	}
	if (d != NULL)
		closedir(d);
	return good;
}

/* The same for all generations in root, and the spare. */
static void
each_file_of_all(const char *root,
    bool (*fn)(void *arg, const struct stamp *), void *arg)
{
	CLEAN(str_free) char *spare = spare_path(root), *memory = NULL;
	struct error ignored;
	uint32_t *numbers;
	size_t n, i;

	if (generation_list(root, &numbers, &n, &ignored) == -1)
		return;
	memory = (char *)numbers;
	for (i = 0; i < n; i++) {
		CLEAN(str_free) char *dir = generation_path(root, numbers[i]);

		each_file(dir, NULL, fn, arg);
	}
	each_file(spare, NULL, fn, arg);
}

/* By its inode: a file of several generations has one. */
static const struct verified_file *
find(const struct verified *v, const struct stamp *now)
{
	size_t i;

	for (i = 0; i < v->count; i++)
		if (v->items[i].stamp.inode == now->inode)
			return &v->items[i];
	return NULL;
}

/* But for the time of change, which making and removing links sets, too. */
static bool
is_alike(const struct stamp *a, const struct stamp *b)
{
	return a->size_bytes == b->size_bytes && a->mtime_ns == b->mtime_ns;
}

static void
add(struct verified *v, const struct verified_file *f)
{
	GROW(v->items, v->count, v->cap);
	v->items[v->count++] = *f;
}

/* ---- reading ---- */

struct reading {
	const struct verified *read;
	struct verified *out;
	int64_t now_s;
};

static bool
keep_unchanged(void *varg, const struct stamp *now)
{
	struct reading *r = varg;
	const struct verified_file *then = find(r->read, now);

	if (then != NULL && stamp_equal(&then->stamp, now) &&
	    then->when_s <= r->now_s && r->now_s - then->when_s < VERIFIED_S &&
	    find(r->out, now) == NULL)
		add(r->out, then);
	return true;
}

void
verified_read(const char *root, int64_t now_s, struct verified *out)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, NAME);
	CLEAN(verified_clear) struct verified read = { 0 };
	struct reading r = { &read, out, now_s };
	struct verified_file f;
	FILE *in = fopen(path, "re");

	*out = (struct verified){ 0 };
	if (in == NULL)
		return;
	while (fscanf(in, LINE, &f.stamp.inode, &f.stamp.size_bytes,
	    &f.stamp.mtime_ns, &f.stamp.ctime_ns, &f.when_s) == 5)
		add(&read, &f);
	fclose(in);
	each_file_of_all(root, keep_unchanged, &r);
}

/* ---- asking and noting ---- */

struct asking {
	const struct verified *v;
	size_t n;
};

static bool
is_believed(void *varg, const struct stamp *now)
{
	struct asking *a = varg;
	const struct verified_file *then = find(a->v, now);

	a->n++;
	return then != NULL && is_alike(&then->stamp, now);
}

bool
verified_has(const struct verified *v, const char *dir,
    int (*wanted)(const char *name))
{
	struct asking a = { .v = v };

	return each_file(dir, wanted, is_believed, &a) && a.n > 0;
}

struct noting {
	struct verified *v;
	int64_t now_s;
};

static bool
note(void *varg, const struct stamp *now)
{
	struct noting *n = varg;
	struct verified_file f = { *now, n->now_s };
	const struct verified_file *then = find(n->v, now);

	if (then == NULL)
		add(n->v, &f);
	else if (!is_alike(&then->stamp, now))	/* another file of that inode */
		n->v->items[then - n->v->items] = f;
	return true;
}

void
verified_note(struct verified *v, const char *dir, int64_t now_s)
{
	struct noting n = { v, now_s };

	each_file(dir, NULL, note, &n);
	v->is_new = true;
}

/* ---- writing ---- */

struct writing {
	const struct verified *v;
	struct verified written;	/* an inode once */
	struct buf out;
};

static bool
print(void *varg, const struct stamp *now)
{
	struct writing *w = varg;
	const struct verified_file *then = find(w->v, now);

	if (then == NULL || !is_alike(&then->stamp, now) ||
	    find(&w->written, now) != NULL)
		return true;
	add(&w->written, then);
	buf_addf(&w->out, LINE_OUT, now->inode, now->size_bytes, now->mtime_ns,
	    now->ctime_ns, then->when_s);
	return true;
}

int
verified_write(const struct verified *v, const char *root, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, NAME);
	struct writing w = { .v = v, .out = BUF_INIT };
	int rc;

	each_file_of_all(root, print, &w);
	rc = wholefile_write(path, buf_str(&w.out), w.out.len, err);
	verified_clear(&w.written);
	buf_clear(&w.out);
	return rc;
}
