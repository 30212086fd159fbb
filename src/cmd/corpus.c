#include <config.h>

#include "cmd/corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/percent.h"
#include "base/tsv.h"
#include "cmd/copies.h"
#include "gather/extract.h"

int64_t
corpus_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- contents ---- */

/* Larger files are not read at all, so their stat() has to do. */
static bool
is_readable(const struct walk_entry *e)
{
	return e->kind == WALK_FILE &&
	    e->stamp.size_bytes <= extract_limits_default.file_bytes;
}

static void
read_content(const struct corpus *c, const struct walk_entry *e,
    struct content *out)
{
	int fd = is_readable(e) ? walk_open(&c->walk, e->path, &out->stamp) : -1;

	out->digest[0] = '\0';
	out->day = 0;
	if (fd == -1)
		return;		/* who reads it will say why */
	if (digest_fd(fd, out->digest) == -1)
		out->digest[0] = '\0';
	out->day = seen_day(&out->stamp, corpus_now_ns());
	close(fd);
}

void
corpus_read_content(const struct corpus *c, struct corpus_file *f)
{
	/* What lies within files is told by whoever opens them. */
	if (f->content.digest[0] == '\0' && f->within == NULL)
		read_content(c, f->entry, &f->content);
}

/*
 * What is known of each file from its stat(); what has to be compared with an
 * earlier content is read.  Entries and what was seen are in the same order.
 */
static void
load_contents(struct corpus *c, const struct seen *seen)
{
	struct content *of_entry = xcalloc(c->walk.count + 1, sizeof *of_entry);
	uint32_t today = (uint32_t)(corpus_now_ns() /
	    (INT64_C(86400) * 1000000000));
	size_t i, s = 0;

	for (i = 0; i < c->walk.count; i++) {
		const struct walk_entry *e = &c->walk.entries[i];

		while (s < seen->count && strcmp(seen->items[s].path, e->path) < 0)
			s++;
		if (e->kind == WALK_FILE && s < seen->count &&
		    strcmp(seen->items[s].path, e->path) == 0 &&
		    seen_is_good(&seen->items[s], &e->stamp, today))
			of_entry[i] = seen->items[s].content;
	}
	for (i = 0; i < c->count; i++) {
		struct corpus_file *f = &c->files[i];

		f->content = of_entry[f->entry - c->walk.entries];
		if (f->old != NULL)
			corpus_read_content(c, f);
		if (f->sidecar == NULL)
			continue;
		f->sidecar_content = of_entry[f->sidecar - c->walk.entries];
		if (f->sidecar_content.digest[0] == '\0')
			read_content(c, f->sidecar, &f->sidecar_content);
	}
	free(of_entry);
}

void
corpus_seen(const struct corpus *c, struct seen *out)
{
	const struct content **of_entry = xcalloc(c->walk.count + 1,
	    sizeof *of_entry);
	size_t i;

	for (i = 0; i < c->count; i++) {
		const struct corpus_file *f = &c->files[i];

		if (f->within != NULL)
			continue;
		of_entry[f->entry - c->walk.entries] = &f->content;
		if (f->sidecar != NULL)
			of_entry[f->sidecar - c->walk.entries] =
			    &f->sidecar_content;
	}
	for (i = 0; i < c->walk.count; i++)
		if (of_entry[i] != NULL && of_entry[i]->digest[0] != '\0')
			seen_add(out, c->walk.entries[i].path, of_entry[i]);
	free(of_entry);
}

/* ---- stamps ---- */

static uint64_t
hash_content(uint64_t h, const struct walk_entry *e, const struct content *c)
{
	const uint64_t parts[] = {
		e->stamp.size_bytes, e->stamp.inode,
		(uint64_t)e->stamp.mtime_ns, (uint64_t)e->stamp.ctime_ns
	};

	if (c->digest[0] != '\0')
		return hash_str(h, c->digest);
	/* What cannot be read is as its stat() is. */
	return hash_bytes(h, parts, sizeof parts);
}

static void
set_read_stamp(const struct corpus *c, struct corpus_file *f)
{
	uint64_t h = hash_bytes(HASH_INIT + (uint64_t)f->entry->kind,
	    &c->version, sizeof c->version);

	h = hash_content(h, f->entry, &f->content);
	if (f->sidecar != NULL)
		h = hash_content(h, f->sidecar, &f->sidecar_content);
	f->read_stamp = h;
}

uint64_t
corpus_group(const struct corpus *c, const struct corpus_file *f)
{
	uint64_t h = HASH_INIT;
	size_t i;

	if (f->copy_of != CORPUS_NONE)
		h = hash_str(h, c->files[f->copy_of].entry->path);
	for (i = 0; i < f->ncopies; i++)
		h = hash_str(h, c->files[f->copies[i]].entry->path);
	return h;
}

static void
set_stamps(struct corpus *c)
{
	uint64_t group;
	size_t i;

	for (i = 0; i < c->count; i++) {
		struct corpus_file *f = &c->files[i];

		set_read_stamp(c, f);
		group = corpus_group(c, f);
		f->stamp = hash_bytes(f->read_stamp, &group, sizeof group);
	}
}

void
corpus_recall(const struct corpus *c, struct corpus_file *f)
{
	set_read_stamp(c, f);
	f->has_textid = f->old != NULL &&
	    f->old->read_stamp == f->read_stamp &&
	    textid_parse(f->old->textid, &f->textid);
}

/* ---- the files ---- */

static void
list_files(struct corpus *c, const struct files *known)
{
	const struct walk_entry *all = c->walk.entries;
	size_t i, k = 0;

	c->cap = c->walk.count + 1;
	c->files = xcalloc(c->cap, sizeof *c->files);
	for (i = 0; i < c->walk.count; i++) {
		struct corpus_file *f = &c->files[c->count];

		if (all[i].kind == WALK_UNKNOWN)
			c->nunreadable++;
		if (all[i].kind == WALK_UNKNOWN || all[i].is_sidecar)
			continue;
		f->entry = &all[i];
		if (all[i].sidecar != WALK_NONE)
			f->sidecar = &all[all[i].sidecar];
		f->copy_of = CORPUS_NONE;
		while (k < known->count &&
		    strcmp(known->items[k].path, all[i].path) < 0)
			k++;
		if (k < known->count &&
		    strcmp(known->items[k].path, all[i].path) == 0)
			f->old = &known->items[k];
		c->count++;
	}
}

/* ---- all of it ---- */

int
corpus_read(const char *root, const struct files *known,
    const struct seen *seen, const struct portal *p, uint64_t version,
    struct corpus *out, struct error *err)
{
	struct corpus c = { .version = version, .known = known };
	size_t i;

	if (walk_tree(root, &c.walk, err) == -1) {
		err->kind = ERROR_REFUSED;
		return -1;
	}
	list_files(&c, known);
	load_contents(&c, seen);
	for (i = 0; i < c.count; i++)
		corpus_recall(&c, &c.files[i]);
	c.nsorted = c.count;
	corpus_sort(&c);
	copies_find(&c, p);
	set_stamps(&c);
	*out = c;
	return 0;
}

void
corpus_regroup(struct corpus *c, const struct portal *p)
{
	size_t i;

	for (i = 0; i < c->count; i++) {
		c->files[i].copy_of = CORPUS_NONE;
		c->files[i].ncopies = 0;
	}
	copies_find(c, p);
	set_stamps(c);
}

void
corpus_clear(struct corpus *c)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		free(c->files[i].copies);
	free(c->files);
	for (i = 0; i < c->ninner; i++) {
		free(c->inner[i]->entry.path);
		free(c->inner[i]);
	}
	free(c->inner);
	if (c->walk.entries != NULL)
		walk_clear(&c->walk);
	*c = (struct corpus){ 0 };
}

bool
corpus_is_unknown(const struct corpus *c, const char *path)
{
	size_t i, n;

	for (i = 0; c->nunreadable > 0 && i < c->walk.count; i++) {
		const struct walk_entry *e = &c->walk.entries[i];

		n = strlen(e->path);
		if (e->kind == WALK_UNKNOWN &&
		    strncmp(path, e->path, n) == 0 &&
		    (path[n] == '/' || path[n] == '\0'))
			return true;
	}
	return false;
}

/* No more of them are named than one reads. */
#define MAX_TOLD 10

void
corpus_tell_unlisted(const struct corpus *c)
{
	size_t i, told = 0;

	for (i = 0; i < c->walk.count; i++) {
		const struct walk_entry *e = &c->walk.entries[i];
		CLEAN(buf_clear) struct buf path = BUF_INIT;

		if (e->kind != WALK_UNKNOWN || told++ >= MAX_TOLD)
			continue;
		percent_encode(e->path, &path);
		fprintf(stderr, "naslag: cannot read %s: %s\n", buf_str(&path),
		    strerror(e->error));
	}
	if (told > MAX_TOLD)
		fprintf(stderr, "naslag: nor %zu others\n", told - MAX_TOLD);
}
