#include <config.h>

#include "index/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/store.h"
#include "xapw.h"

struct writer {
	struct xapw_db *db;
	char *path;
	uint32_t run, shard, serial;
	struct xapw_term *terms;
	size_t cap_terms;
	struct buf data, key, packed;
};

static int
open_with(int (*open_fn)(const char *, struct xapw_db **, struct xap_error *),
    const char *path, uint32_t run, uint32_t shard, struct writer **out,
    struct error *err)
{
	CLEAN(writer_free) struct writer *w = xcalloc(1, sizeof *w);
	struct xap_error xerr;

	if (open_fn(path, &w->db, &xerr) == -1)
		return store_error(&xerr, path, err);
	w->path = xstrdup(path);
	w->run = run;
	w->shard = shard;
	*out = w;
	w = NULL;
	return 0;
}

int
writer_create(const char *path, uint32_t run, uint32_t shard,
    struct writer **out, struct error *err)
{
	return open_with(xapw_create, path, run, shard, out, err);
}

int
writer_open(const char *path, struct writer **out, struct error *err)
{
	return open_with(xapw_open, path, 0, 0, out, err);
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
	buf_clear(&w->data);
	buf_clear(&w->key);
	buf_clear(&w->packed);
	free(w);
	*wp = NULL;
}

static int
put_metadata(struct writer *w, const struct buf *key, const struct buf *value,
    struct error *err)
{
	struct xap_error xerr;

	if (xapw_set_metadata(w->db, buf_str(key), key->len, buf_str(value),
	    value->len, &xerr) == -1)
		return store_error(&xerr, w->path, err);
	return 0;
}

/* Layout and chunks; keys ascend, so that the table grows at its end. */
static int
put_text(struct writer *w, const char *text_key, const struct doc *doc,
    const struct layout *l, struct error *err)
{
	size_t i, begin, end;

	buf_cut(&w->key, 0);
	buf_cut(&w->packed, 0);
	store_text_key(text_key, 0, &w->key);
	layout_print(l, &w->packed);
	if (put_metadata(w, &w->key, &w->packed, err) == -1)
		return -1;
	for (i = 0; i < l->nchunks; i++) {
		begin = l->chunks[i].at;
		end = i + 1 < l->nchunks ? l->chunks[i + 1].at : doc->text.len;
		buf_cut(&w->key, 0);
		buf_cut(&w->packed, 0);
		store_text_key(text_key, i + 1, &w->key);
		chunk_pack(doc->text.s + begin, end - begin, &w->packed);
		if (put_metadata(w, &w->key, &w->packed, err) == -1)
			return -1;
	}
	return 0;
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
	struct xapw_value values[16];
	struct xap_error xerr;
	struct xapw_doc xdoc;
	char text_key[32] = "";
	size_t i;

	if (e->layout.nchunks > 0) {
		snprintf(text_key, sizeof text_key, "%06x%04x%06x",
		    w->run & 0xFFFFFF, w->shard & 0xFFFF,
		    w->serial++ & 0xFFFFFF);
		if (put_text(w, text_key, doc, &e->layout, err) == -1)
			return -1;
	}
	buf_cut(&w->data, 0);
	buf_addf(&w->data, "%s\n", text_key);
	doc_record_print(doc, &w->data);
	copy_terms(w, e);
	for (i = 0; i < e->nvalues && i < NELEM(values); i++)
		values[i] = (struct xapw_value){
			e->values[i].slot, e->values[i].s, e->values[i].len
		};
	xdoc = (struct xapw_doc){
		.terms = w->terms, .nterms = e->nterms,
		.positions = e->positions, .npositions = e->npositions,
		.values = values, .nvalues = i,
		.data = w->data.s, .ndata = w->data.len,
	};
	if (xapw_add(w->db, &xdoc, NULL, &xerr) == -1)
		return store_error(&xerr, doc->pad, err);
	return 0;
}

static int
delete_text(struct writer *w, const struct store *s, uint32_t docid,
    struct error *err)
{
	static const struct buf nothing = BUF_INIT;
	CLEAN(buf_clear) struct buf text_key = BUF_INIT;
	CLEAN(layout_clear) struct layout l = { 0 };
	CLEAN(doc_clear) struct doc doc = { 0 };
	size_t i;

	if (store_doc(s, docid, &doc, &text_key, err) == -1)
		return -1;
	if (text_key.len == 0)
		return 0;
	if (store_layout(s, buf_str(&text_key), &l, err) == -1)
		return -1;
	for (i = 0; i <= l.nchunks; i++) {
		buf_cut(&w->key, 0);
		store_text_key(buf_str(&text_key), i, &w->key);
		if (put_metadata(w, &w->key, &nothing, err) == -1)
			return -1;
	}
	return 0;
}

int
writer_delete(struct writer *w, const struct store *s, const char *pad,
    struct error *err)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	struct xap_list *list = NULL;
	struct xap_error xerr;
	size_t i;
	int rc = 0;

	entry_bytes_term(ENTRY_PREFIX_UNIQUE, pad, &term);
	if (xap_postings(store_db(s), term.s, term.len, &list, &xerr) == -1)
		return store_error(&xerr, w->path, err);
	for (i = 0; i < xap_list_count(list) && rc == 0; i++)
		rc = delete_text(w, s, xap_list_items(list)[i], err);
	xap_list_free(&list);
	if (rc == 0 && xapw_delete_term(w->db, term.s, term.len, &xerr) == -1)
		rc = store_error(&xerr, w->path, err);
	return rc;
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
    struct error *err)
{
	struct xap_error xerr;

	if (xapw_compact(sources, n, out, &xerr) == -1)
		return store_error(&xerr, out, err);
	return 0;
}
