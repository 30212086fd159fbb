#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "cmd/corpus.h"

static int
compare(const void *va, const void *vb)
{
	const struct corpus_file *a = va, *b = vb;
	int rc = strcmp(a->entry->path, b->entry->path);

	return rc != 0 ? rc : (int)b->is_told - (int)a->is_told;
}

static int
compare_path(const void *path, const void *f)
{
	return strcmp(path, ((const struct corpus_file *)f)->entry->path);
}

static int
compare_begin(const void *vbegin, const void *f)
{
	const char *begin = vbegin;

	return strncmp(begin, ((const struct corpus_file *)f)->entry->path,
	    strlen(begin));
}

static struct corpus_file *
find_among(const struct corpus *c, size_t n, const char *path)
{
	return n == 0 ? NULL :
	    bsearch(path, c->files, n, sizeof *c->files, compare_path);
}

struct corpus_file *
corpus_find(const struct corpus *c, const char *path)
{
	return find_among(c, c->nsorted, path);
}

bool
corpus_has_inner(const struct corpus *c, const struct corpus_file *f)
{
	CLEAN(str_free) char *begin = xasprintf("%s/", f->entry->path);

	return c->nsorted > 0 && bsearch(begin, c->files, c->nsorted,
	    sizeof *c->files, compare_begin) != NULL;
}

unsigned
corpus_depth(const struct corpus_file *f)
{
	const struct within *w;
	unsigned n = 0;

	for (w = f->within; w != NULL; w = w->outer)
		n++;
	return n;
}

/* ---- coming in ---- */

/* It takes the path over. */
static struct within *
new_within(struct corpus *c, size_t container, char *path, uint64_t size_bytes)
{
	struct within *w = xcalloc(1, sizeof *w);

	*w = (struct within){
		.entry = { .path = path, .kind = WALK_FILE,
		    .stamp = { .size_bytes = size_bytes },
		    .sidecar = WALK_NONE },
		.container = c->files[container].entry,
		.outer = c->files[container].within,
	};
	GROW(c->inner, c->ninner, c->cap_inner);
	return c->inner[c->ninner++] = w;
}

/* Put a file in, with its sidecar; of m the name does not matter. */
static struct corpus_file *
add(struct corpus *c, size_t container, const char *path,
    const struct corpus_member *m)
{
	struct within *w = new_within(c, container, xstrdup(path),
	    m->size_bytes);
	struct corpus_file *f;

	GROW(c->files, c->count, c->cap);
	f = &c->files[c->count++];
	*f = (struct corpus_file){
		.entry = &w->entry, .within = w, .copy_of = CORPUS_NONE,
		.old = files_find(c->known, path),
	};
	memcpy(f->content.digest, m->digest, sizeof m->digest);
	if (*m->sidecar != '\0') {
		w->sidecar = new_within(c, container,
		    walk_sidecar_path(path), 0);
		f->sidecar = &w->sidecar->entry;
		memcpy(f->sidecar_content.digest, m->sidecar,
		    sizeof m->sidecar);
	}
	corpus_recall(c, f);
	return f;
}

void
corpus_open(struct corpus *c, size_t container, const struct corpus_member *m,
    size_t n)
{
	const char *path = c->files[container].entry->path;
	size_t i;

	c->files[container].is_opened = true;
	for (i = 0; i < n; i++) {
		CLEAN(str_free) char *below = xasprintf("%s/%s", path,
		    m[i].name);

		add(c, container, below, &m[i])->is_told = true;
	}
}

static void
add_as_known(struct corpus *c, size_t container, const struct file *k)
{
	struct corpus_member m = { .size_bytes = k->size_bytes };

	memcpy(m.digest, k->digest, sizeof m.digest);
	memcpy(m.sidecar, k->sidecar, sizeof m.sidecar);
	add(c, container, k->path, &m);
}

/* What is known to lie within files that this job did not open. */
static void
add_known(struct corpus *c)
{
	const struct files *known = c->known;
	size_t i;

	for (i = 0; i < known->count; i++) {
		const struct file *k = &known->items[i];
		CLEAN(str_free) char *path = NULL;
		const struct corpus_file *container;

		if (k->within == 0 || corpus_find(c, k->path) != NULL)
			continue;
		path = xstrndup(k->path, k->within);
		container = corpus_find(c, path);
		if (container != NULL && !container->is_opened &&
		    container->entry->kind == WALK_FILE)
			add_as_known(c, (size_t)(container - c->files), k);
	}
}

/* ---- order ---- */

/* Whether a file among n that are in order, or behind them, is no more. */
static bool
is_gone(const struct corpus *c, size_t n, const struct corpus_file *f)
{
	const struct corpus_file *container;

	if (f->within == NULL)
		return false;
	if (n > 0 &&
	    strcmp(c->files[n - 1].entry->path, f->entry->path) == 0)
		return true;	/* told, and known besides */
	container = find_among(c, n, f->within->container->path);
	return container == NULL || (container->is_opened && !f->is_told);
}

static void
put_in_order(struct corpus *c)
{
	size_t n = 0, i;

	qsort(c->files, c->count, sizeof *c->files, compare);
	/* A container stands before all that lies within it. */
	for (i = 0; i < c->count; i++) {
		if (is_gone(c, n, &c->files[i]))
			free(c->files[i].copies);
		else
			c->files[n++] = c->files[i];
	}
	c->count = c->nsorted = n;
}

void
corpus_sort(struct corpus *c)
{
	do {
		if (c->nsorted < c->count)
			put_in_order(c);
		/* Those within those that came in come in next. */
		add_known(c);
	} while (c->nsorted < c->count);
}
