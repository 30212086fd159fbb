#include <config.h>

#include "cmd/copies.h"

#include <stdlib.h>
#include <string.h>

#include "gather/sametext.h"

/* ---- the same bytes ---- */

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

/* Two files with one content are one document unless sidecars disagree. */
static int
is_copy(const struct corpus_file *a, const struct corpus_file *b)
{
	if (a->content.digest[0] == '\0' ||
	    strcmp(a->content.digest, b->content.digest) != 0)
		return 0;
	if (a->sidecar == NULL || b->sidecar == NULL)
		return 1;
	return a->sidecar_content.digest[0] != '\0' &&
	    strcmp(a->sidecar_content.digest, b->sidecar_content.digest) == 0;
}

/*
 * How well placed a file is: one that can be opened as it is, then one with a
 * sidecar, then one whose folder says what it is (not an archive), whatever
 * its own name says.
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
	return 4 * (CORPUS_DEPTH - (int)corpus_depth(f)) +
	    2 * (f->sidecar != NULL) + has_soort;
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
find_copies_among(struct corpus *c, const struct portal *p, const size_t *same,
    size_t n)
{
	size_t *group = xcalloc(n, sizeof *group);
	char *is_taken = xcalloc(n, 1);
	size_t i, j, k;

	for (i = 0; i < n; i++)
		corpus_read_content(c, &c->files[same[i]]);
	for (i = 0; i < n; i++) {
		if (is_taken[i])
			continue;
		k = 0;
		group[k++] = same[i];
		for (j = i + 1; j < n; j++)
			if (!is_taken[j] && is_copy(&c->files[same[i]],
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
find_copies(struct corpus *c, const struct portal *p)
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
			find_copies_among(c, p, by_size + i, run);
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

void
copies_find(struct corpus *c, const struct portal *p)
{
	find_copies(c, p);
	join_texts(c);
}
