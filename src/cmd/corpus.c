#include <config.h>

#include "cmd/corpus.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tsv.h"

static uint64_t
hash_stamp(uint64_t h, const struct stamp *s)
{
	uint64_t parts[] = {
		s->size_bytes, s->inode, (uint64_t)s->mtime_ns,
		(uint64_t)s->ctime_ns
	};

	return hash_bytes(h, parts, sizeof parts);
}

/* ---- copies ---- */

static const struct corpus *sort_corpus;

static int
compare_sizes(const void *va, const void *vb)
{
	const size_t *a = va, *b = vb;
	uint64_t sa = sort_corpus->files[*a].entry->stamp.size_bytes;
	uint64_t sb = sort_corpus->files[*b].entry->stamp.size_bytes;

	if (sa != sb)
		return sa < sb ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

static void
digest_entry(const struct corpus *c, const struct walk_entry *e,
    char hex[DIGEST_HEX + 1])
{
	struct stamp now;
	int fd = walk_open(&c->walk, e->path, &now);

	hex[0] = '\0';
	if (fd == -1)
		return;		/* who reads it will say why */
	if (digest_fd(fd, hex) == -1)
		hex[0] = '\0';
	close(fd);
}

/* The digest of a file: the known one if the file did not change. */
static void
digest_file(const struct corpus *c, const struct files *known,
    struct corpus_file *f)
{
	const struct file *old = files_find(known, f->entry->path);

	if (f->digest[0] != '\0')
		return;
	if (old != NULL && old->raw_stamp == f->raw_stamp &&
	    old->digest[0] != '\0')
		memcpy(f->digest, old->digest, sizeof f->digest);
	else
		digest_entry(c, f->entry, f->digest);
}

/* Two files with one content are one document unless sidecars disagree. */
static int
is_copy(const struct corpus *c, const struct corpus_file *a,
    const struct corpus_file *b)
{
	char da[DIGEST_HEX + 1], db[DIGEST_HEX + 1];

	if (a->digest[0] == '\0' || strcmp(a->digest, b->digest) != 0)
		return 0;
	if (a->sidecar == NULL || b->sidecar == NULL)
		return 1;
	digest_entry(c, a->sidecar, da);
	digest_entry(c, b->sidecar, db);
	return da[0] != '\0' && strcmp(da, db) == 0;
}

/*
 * How well placed a file is: one with a sidecar, then one whose folder says
 * what it is (not an archive), whatever its own name says.
 */
static int
merit(const struct portal *p, const struct corpus_file *f)
{
	const char *slash = strrchr(f->entry->path, '/');
	CLEAN(str_free) char *nameless = xasprintf("%.*s/-", slash == NULL ? 0 :
	    (int)(slash - f->entry->path), f->entry->path);
	struct extracted none = { 0 };
	struct doc doc = { 0 };
	int has_soort;

	portal_fill(p, nameless, &none, &doc);
	has_soort = doc.values[FIELD_SOORT].count > 0 &&
	    doc.values[FIELD_SOORT].items[0].origin == ORIGIN_FOLDER;
	doc_clear(&doc);
	extracted_clear(&none);
	return 2 * (f->sidecar != NULL) + has_soort;
}

static void
add_copy(struct corpus *c, size_t of, size_t copy)
{
	struct corpus_file *f = &c->files[of];

	c->files[copy].copy_of = of;
	GROW(f->copies, f->ncopies, f->cap_copies);
	f->copies[f->ncopies++] = copy;
}

/* Make the best of a group of equals the document, the others its copies. */
static void
join_copies(struct corpus *c, const struct portal *p, const size_t *group,
    size_t n)
{
	size_t best = group[0], i;

	for (i = 1; i < n; i++)
		if (merit(p, &c->files[group[i]]) > merit(p, &c->files[best]))
			best = group[i];
	for (i = 0; i < n; i++)
		if (group[i] != best)
			add_copy(c, best, group[i]);
}

/* Files of one size: find those of one content among them. */
static void
find_copies_among(struct corpus *c, const struct portal *p,
    const struct files *known, size_t *same, size_t n)
{
	size_t *group = xcalloc(n, sizeof *group);
	char *is_taken = xcalloc(n, 1);
	size_t i, j, k;

	for (i = 0; i < n; i++)
		digest_file(c, known, &c->files[same[i]]);
	for (i = 0; i < n; i++) {
		if (is_taken[i])
			continue;
		k = 0;
		group[k++] = same[i];
		for (j = i + 1; j < n; j++)
			if (!is_taken[j] && is_copy(c, &c->files[same[i]],
			    &c->files[same[j]])) {
				is_taken[j] = 1;
				group[k++] = same[j];
			}
		if (k > 1)
			join_copies(c, p, group, k);
	}
	free(group);
	free(is_taken);
}

static void
find_copies(struct corpus *c, const struct portal *p, const struct files *known)
{
	size_t *by_size = xcalloc(c->count, sizeof *by_size);
	size_t n = 0, i, run;

	for (i = 0; i < c->count; i++)
		if (c->files[i].entry->kind == WALK_FILE &&
		    c->files[i].entry->stamp.size_bytes > 0)
			by_size[n++] = i;
	sort_corpus = c;
	if (n > 0)
		qsort(by_size, n, sizeof *by_size, compare_sizes);
	for (i = 0; i < n; i += run) {
		uint64_t size = c->files[by_size[i]].entry->stamp.size_bytes;

		for (run = 1; i + run < n && c->files[by_size[i + run]].entry->
		    stamp.size_bytes == size; run++)
			;
		if (run > 1)
			find_copies_among(c, p, known, by_size + i, run);
	}
	free(by_size);
}

/* ---- the same text ---- */

static int
compare_numbers(const void *va, const void *vb)
{
	size_t a = *(const size_t *)va, b = *(const size_t *)vb;

	return (a > b) - (a < b);
}

/* Files of one text: the copies of each become copies of the best. */
static void
join_texts(struct corpus *c)
{
	const struct textid **ids = xcalloc(c->count + 1, sizeof *ids);
	size_t *leader = xcalloc(c->count + 1, sizeof *leader), i, j;

	for (i = 0; i < c->count; i++)
		if (c->files[i].has_textid &&
		    c->files[i].copy_of == CORPUS_NONE)
			ids[i] = &c->files[i].textid;
	sametext_group(ids, c->count, leader);
	for (i = 0; i < c->count; i++) {
		struct corpus_file *f = &c->files[i];

		if (leader[i] == i)
			continue;
		add_copy(c, leader[i], i);
		for (j = 0; j < f->ncopies; j++)
			add_copy(c, leader[i], f->copies[j]);
		f->ncopies = 0;
	}
	for (i = 0; i < c->count; i++)
		if (c->files[i].ncopies > 1)
			qsort(c->files[i].copies, c->files[i].ncopies,
			    sizeof *c->files[i].copies, compare_numbers);
	free(ids);
	free(leader);
}

/* What an earlier job knew of files that did not change since. */
static void
recall_texts(struct corpus *c, const struct files *known)
{
	const struct file *old;
	size_t i;

	for (i = 0; i < c->count; i++) {
		struct corpus_file *f = &c->files[i];

		old = files_find(known, f->entry->path);
		f->has_textid = old != NULL &&
		    old->read_stamp == f->read_stamp &&
		    textid_parse(old->textid, &f->textid);
	}
}

/* ---- stamps ---- */

static void
stamp_files(struct corpus *c)
{
	size_t i, j;

	for (i = 0; i < c->count; i++) {
		struct corpus_file *f = &c->files[i];
		uint64_t h = f->read_stamp;

		if (f->copy_of != CORPUS_NONE)
			h = hash_str(h, c->files[f->copy_of].entry->path);
		for (j = 0; j < f->ncopies; j++)
			h = hash_str(h, c->files[f->copies[j]].entry->path);
		f->stamp = h;
	}
}

static void
list_files(struct corpus *c, uint64_t version)
{
	const struct walk_entry *all = c->walk.entries;
	size_t i;

	c->files = xcalloc(c->walk.count, sizeof *c->files);
	for (i = 0; i < c->walk.count; i++) {
		struct corpus_file *f = &c->files[c->count];

		if (all[i].kind == WALK_UNREADABLE_DIR)
			c->nunreadable++;
		if (all[i].kind == WALK_UNREADABLE_DIR || all[i].is_sidecar)
			continue;
		f->entry = &all[i];
		if (all[i].sidecar != WALK_NONE)
			f->sidecar = &all[all[i].sidecar];
		f->copy_of = CORPUS_NONE;
		f->raw_stamp = hash_stamp(HASH_INIT + (uint64_t)all[i].kind,
		    &all[i].stamp);
		f->read_stamp = hash_bytes(hash_bytes(HASH_INIT, &version,
		    sizeof version), &f->raw_stamp, sizeof f->raw_stamp);
		if (f->sidecar != NULL)
			f->read_stamp = hash_stamp(f->read_stamp,
			    &f->sidecar->stamp);
		c->count++;
	}
}

int
corpus_check(const char *root, struct error *err)
{
	struct stat st;

	if (stat(root, &st) == -1)
		return error_errno(err, ERROR_REFUSED,
		    "cannot find the corpus %s, so nothing was changed", root);
	if (!S_ISDIR(st.st_mode))
		return error_set(err, ERROR_REFUSED,
		    "the corpus %s is no directory, so nothing was changed",
		    root);
	return 0;
}

int
corpus_read(const char *root, const struct files *known,
    const struct portal *p, uint64_t version, struct corpus *out,
    struct error *err)
{
	struct corpus c = { 0 };

	if (walk_tree(root, &c.walk, err) == -1)
		return -1;
	list_files(&c, version);
	recall_texts(&c, known);
	find_copies(&c, p, known);
	join_texts(&c);
	stamp_files(&c);
	*out = c;
	return 0;
}

void
corpus_regroup(struct corpus *c, const struct portal *p)
{
	struct files none = { 0 };
	size_t i;

	for (i = 0; i < c->count; i++) {
		c->files[i].copy_of = CORPUS_NONE;
		c->files[i].ncopies = 0;
	}
	find_copies(c, p, &none);
	join_texts(c);
	stamp_files(c);
}

void
corpus_clear(struct corpus *c)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		free(c->files[i].copies);
	free(c->files);
	if (c->walk.entries != NULL)
		walk_clear(&c->walk);
	*c = (struct corpus){ 0 };
}

int
corpus_is_unknown(const struct corpus *c, const char *path)
{
	size_t i, n;

	for (i = 0; c->nunreadable > 0 && i < c->walk.count; i++) {
		const struct walk_entry *e = &c->walk.entries[i];

		n = strlen(e->path);
		if (e->kind == WALK_UNREADABLE_DIR &&
		    strncmp(path, e->path, n) == 0 && path[n] == '/')
			return 1;
	}
	return 0;
}
