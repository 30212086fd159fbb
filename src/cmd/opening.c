#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "cmd/job.h"
#include "cmd/reading.h"

/* What files that lie in one file of a directory may still be together. */
struct budget {
	const struct walk_entry *top;
	size_t left;		/* bytes */
};

/* Those who nest archives in archives spend one budget. */
static size_t
left_for(struct budget *b, const struct corpus_file *f)
{
	const struct walk_entry *top = f->entry;
	const struct within *w;

	for (w = f->within; w != NULL; w = w->outer)
		top = w->container;
	if (b->top != top)
		*b = (struct budget){ top, UNPACKING_BYTES };
	return b->left;
}

/* Was it read just now, and does or did something lie within it? */
static bool
is_to_open(const struct corpus *c, const struct corpus_file *f)
{
	enum extract_status status = f->built != NULL ?
	    f->built->reading.status : EXTRACT_CHANGED;

	return (status == EXTRACT_OK || status == EXTRACT_SCAN) &&
	    f->copy_of == CORPUS_NONE && !f->is_opened &&
	    corpus_depth(f) < CORPUS_DEPTH &&
	    (f->built->reading.members > 0 || corpus_has_inner(c, f));
}

/*
 * The file was read, and what lies within it cannot be.  What is known of that
 * stays as it was; the file is listed among the failures.
 */
static void
set_failed(struct corpus_file *f, const struct unpacked *u)
{
	struct reading *r = &f->built->reading;

	r->status = u->status;
	snprintf(r->reason, sizeof r->reason, "files within it: %.140s",
	    *u->reason != '\0' ? u->reason : "not unpacked");
	r->text_key[0] = '\0';
}

/* A sidecar of a sidecar is a file like any other. */
static bool
is_sidecar(const struct members *l, const char *name)
{
	size_t n = walk_sidecar_of(name);
	const struct member *of = n > 0 ? unpacked_find(l, name, n) : NULL;

	return of != NULL && !is_sidecar(l, of->name);
}

static const struct member *
sidecar_of(const struct members *l, const char *name)
{
	CLEAN(str_free) char *sidecar = walk_sidecar_path(name);

	return unpacked_find(l, sidecar, strlen(sidecar));
}

static void
digest(const struct members *l, const struct member *m,
    char out[DIGEST_HEX + 1])
{
	if (m->status == EXTRACT_OK)
		digest_bytes(buf_str(&l->bytes) + m->at, m->len, out);
}

static void
tell(struct corpus *c, size_t file, const struct members *from)
{
	struct corpus_member *to = xcalloc(from->count + 1, sizeof *to);
	const struct member *sidecar;
	size_t n = 0, i;

	for (i = 0; i < from->count; i++) {
		const struct member *m = &from->items[i];

		if (is_sidecar(from, m->name))
			continue;
		to[n] = (struct corpus_member){
			.name = m->name, .size_bytes = m->len,
		};
		digest(from, m, to[n].digest);
		if ((sidecar = sidecar_of(from, m->name)) != NULL)
			digest(from, sidecar, to[n].sidecar);
		n++;
	}
	corpus_open(c, file, to, n);
	free(to);
}

static int
open_one(struct job *j, struct reader *r, struct budget *budget, size_t file,
    struct error *err)
{
	struct corpus_file *f = &j->corpus.files[file];
	const struct unpacked *u;

	if (unpacker_list(&r->unpacker, f->entry, f->within,
	    left_for(budget, f), &u, err) == -1)
		return -1;
	if (u->status != EXTRACT_OK) {
		set_failed(f, u);
		return 0;
	}
	budget->left -= u->members.bytes.len < budget->left ?
	    u->members.bytes.len : budget->left;
	tell(&j->corpus, file, &u->members);
	return 1;
}

int
job_open(struct job *j, bool *has_opened, struct error *err)
{
	CLEAN(reader_close) struct reader r = { 0 };
	struct budget budget = { NULL, 0 };
	size_t n = j->corpus.count, i;
	int rc;

	*has_opened = false;
	for (i = 0; i < n; i++) {
		if (!is_to_open(&j->corpus, &j->corpus.files[i]))
			continue;
		if (r.light == NULL && reader_open(&j->corpus,
		    job_extractor(), j->texts_dir, false, &r, err) == -1)
			return -1;
		if ((rc = open_one(j, &r, &budget, i, err)) == -1)
			return -1;
		*has_opened |= rc > 0;
	}
	if (*has_opened) {
		corpus_sort(&j->corpus);
		corpus_regroup(&j->corpus, j->portal);
	}
	return 0;
}
