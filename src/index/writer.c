#include <config.h>

#include "index/writer.h"

#include <stdlib.h>
#include <string.h>

#include "index/store.h"
#include "xapw.h"

/* A value that lies in packed, and moves with it. */
struct packed_value {
	uint32_t slot;
	size_t at, len;
};

struct writer {
	struct xapw_db *db;
	char *path;
	struct xapw_term *terms;
	size_t cap_terms;
	struct xapw_value *values;
	size_t cap_values;
	struct packed_value *chunks;
	size_t nchunks, cap_chunks;
	struct buf data, packed;
};

static void
end(const char *path, const struct xap_error *xerr)
{
	struct error err;

	store_error(xerr, path, &err);
	error_end(&err);
}

static void
set_ends(void)
{
	xapw_set_end(end);
	xap_set_no_memory(out_of_memory);
}

static int
open_with(int (*open_fn)(const char *, struct xapw_db **, struct xap_error *),
    const char *path, struct writer **out, struct error *err)
{
	CLEAN(writer_free) struct writer *w = xcalloc(1, sizeof *w);
	struct xap_error xerr;

	set_ends();
	if (open_fn(path, &w->db, &xerr) == -1)
		return store_error(&xerr, path, err);
	w->path = xstrdup(path);
	*out = w;
	w = NULL;
	return 0;
}

int
writer_create(const char *path, struct writer **out, struct error *err)
{
	return open_with(xapw_create, path, out, err);
}

int
writer_open(const char *path, struct writer **out, struct error *err)
{
	return open_with(xapw_open, path, out, err);
}

int
writer_open_private(const char *path, struct writer **out, struct error *err)
{
	return open_with(xapw_open_private, path, out, err);
}

void
writer_free(struct writer **wp)
{
	struct writer *w = *wp;

	if (w == NULL)
		return;
	xapw_free(&w->db);
	free(w->path);
	free(w->terms);
	free(w->values);
	free(w->chunks);
	buf_clear(&w->data);
	buf_clear(&w->packed);
	free(w);
	*wp = NULL;
}

static void
begin_chunk(struct writer *w, uint32_t slot)
{
	GROW(w->chunks, w->nchunks, w->cap_chunks);
	w->chunks[w->nchunks++] = (struct packed_value){
		slot, w->packed.len, 0
	};
}

static void
end_chunk(struct writer *w)
{
	struct packed_value *v = &w->chunks[w->nchunks - 1];

	v->len = w->packed.len - v->at;
}

/* Layout and chunks, packed. */
static void
pack_text(struct writer *w, const struct doc *doc, const struct layout *l)
{
	size_t i, begin, end;

	buf_cut(&w->packed, 0);
	w->nchunks = 0;
	if (l->nchunks == 0)
		return;
	begin_chunk(w, SLOT_LAYOUT);
	layout_print(l, &w->packed);
	end_chunk(w);
	for (i = 0; i < l->nchunks; i++) {
		begin = l->chunks[i].at;
		end = i + 1 < l->nchunks ? l->chunks[i + 1].at : doc->text.len;
		begin_chunk(w, SLOT_TEXT + (uint32_t)i);
		chunk_pack(doc->text.s + begin, end - begin, &w->packed);
		end_chunk(w);
	}
}

static size_t
copy_values(struct writer *w, const struct entry *e)
{
	size_t n = 0, i;

	if (e->nvalues + w->nchunks > w->cap_values) {
		w->cap_values = 2 * (e->nvalues + w->nchunks);
		w->values = xrealloc(w->values,
		    w->cap_values * sizeof *w->values);
	}
	for (i = 0; i < e->nvalues; i++)
		w->values[n++] = (struct xapw_value){
			e->values[i].slot, e->values[i].s, e->values[i].len
		};
	for (i = 0; i < w->nchunks; i++)
		w->values[n++] = (struct xapw_value){
			w->chunks[i].slot, w->packed.s + w->chunks[i].at,
			w->chunks[i].len
		};
	return n;
}

static void
copy_terms(struct writer *w, const struct entry *e)
{
	size_t i;

	if (e->nterms > w->cap_terms) {
		w->cap_terms = e->nterms + e->nterms / 2;
		w->terms = xrealloc(w->terms, w->cap_terms * sizeof *w->terms);
	}
	for (i = 0; i < e->nterms; i++)
		w->terms[i] = (struct xapw_term){
			e->terms[i].s, e->terms[i].len, e->terms[i].wdf,
			e->terms[i].npos
		};
}

int
writer_put(struct writer *w, const struct doc *doc, const struct entry *e,
    struct error *err)
{
	struct xap_error xerr;
	struct xapw_doc xdoc;

	buf_cut(&w->data, 0);
	doc_record_print(doc, &w->data);
	copy_terms(w, e);
	pack_text(w, doc, &e->layout);
	xdoc = (struct xapw_doc){
		.terms = w->terms, .nterms = e->nterms,
		.positions = e->positions, .npositions = e->npositions,
		.nvalues = copy_values(w, e),
		.data = w->data.s, .ndata = w->data.len,
	};
	xdoc.values = w->values;
	if (xapw_add(w->db, &xdoc, NULL, &xerr) == -1) {
		CLEAN(str_free) char *what = xasprintf("%s: %s", w->path,
		    doc->pad);

		return store_error(&xerr, what, err);
	}
	return 0;
}

int
writer_delete(struct writer *w, const char *pad, struct error *err)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	struct xap_error xerr;

	entry_bytes_term(ENTRY_PREFIX_UNIQUE, pad, &term);
	if (xapw_delete_term(w->db, term.s, term.len, &xerr) == -1)
		return store_error(&xerr, w->path, err);
	return 0;
}

int
writer_delete_docid(struct writer *w, uint32_t docid, struct error *err)
{
	struct xap_error xerr;

	if (xapw_delete(w->db, docid, &xerr) == -1)
		return store_error(&xerr, w->path, err);
	return 0;
}

int
writer_set_fact(struct writer *w, const char *key, const char *value,
    struct error *err)
{
	struct xap_error xerr;

	if (xapw_set_metadata(w->db, key, strlen(key), value, strlen(value),
	    &xerr) == -1)
		return store_error(&xerr, w->path, err);
	return 0;
}

int
writer_commit(struct writer *w, struct error *err)
{
	struct xap_error xerr;

	if (xapw_commit(w->db, &xerr) == -1)
		return store_error(&xerr, w->path, err);
	return 0;
}

int
writer_compact(const char *const *sources, size_t n, const char *out,
    bool is_single, struct error *err)
{
	struct xap_error xerr;

	set_ends();
	if (xapw_compact(sources, n, out, is_single, &xerr) == -1)
		return store_error(&xerr, out, err);
	return 0;
}
