#include <config.h>

#include "index/store.h"

#include <stdlib.h>
#include <string.h>

#include "dutch/cite.h"
#include "model/entry.h"
#include "xap.h"

/* ---- documents ---- */

/* Of what is stored with a document. */
static int
damaged(const struct store *s, uint32_t docid, struct error *err)
{
	return error_set(err, err->kind, "%s: document %u: %s", store_path(s),
	    docid, err->msg);
}

/* The documents with a term; -1 with *err set only when reading failed. */
static int
find_term(const struct store *s, const struct buf *term, uint32_t **docids,
    struct error *err)
{
	struct xap_list *list = NULL;
	struct xap_error xerr;
	size_t n;

	if (xap_postings(store_db(s), buf_str(term), term->len, &list, &xerr) == -1)
		return store_error(&xerr, store_path(s), err);
	n = xap_list_count(list);
	if (n > 0) {
		*docids = xmalloc(n * sizeof **docids);
		memcpy(*docids, xap_list_items(list), n * sizeof **docids);
	}
	xap_list_free(&list);
	return (int)n;
}

/* By a number in any spelling: WI2021-13, ECLI:NL:RVS:2019:1234. */
static int
find_number(const struct store *s, const char *name, uint32_t **docids,
    struct error *err)
{
	CLEAN(citations_clear) struct citations found = { 0 };
	CLEAN(buf_clear) struct buf term = BUF_INIT;

	citations_find(analyser_citer(store_analyser(s)), name, strlen(name),
	    NULL, &found);
	if (found.count == 0 || found.items[0].begin != 0 ||
	    found.items[0].end != strlen(name))
		return 0;
	buf_adds(&term, ENTRY_PREFIX_OWN);
	buf_add(&term, found.strings.s + found.items[0].key,
	    found.items[0].nkey);
	return find_term(s, &term, docids, err);
}

int
store_find(const struct store *s, const char *name, uint32_t **docids,
    struct error *err)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	int n;

	entry_bytes_term(ENTRY_PREFIX_ID, name, &term);
	if ((n = find_term(s, &term, docids, err)) != 0)
		return n;
	buf_cut(&term, 0);
	entry_bytes_term(ENTRY_PREFIX_PATH, name, &term);
	if ((n = find_term(s, &term, docids, err)) != 0)
		return n;
	buf_cut(&term, 0);
	entry_keyword_term(fields[FIELD_KENMERK].prefix, name, &term);
	if ((n = find_term(s, &term, docids, err)) != 0)
		return n;
	if ((n = find_number(s, name, docids, err)) != 0)
		return n;
	return error_set(err, ERROR_ABSENT,
	    "er is geen document met id, pad of kenmerk ‘%s’", name);
}

int
store_documents(const struct store *s, uint32_t **docids, size_t *n,
    struct error *err)
{
	const struct buf every = BUF_INIT;
	uint32_t *found = NULL;
	int count = find_term(s, &every, &found, err);

	if (count == -1)
		return -1;
	*docids = found;
	*n = (size_t)count;
	return 0;
}

int
store_doc(const struct store *s, uint32_t docid, struct doc *out,
    struct error *err)
{
	struct xap_bytes *bytes = NULL;
	struct xap_error xerr;
	struct xap_str data;
	int rc;

	if (xap_data(store_db(s), docid, &bytes, &xerr) == -1)
		return store_error(&xerr, store_path(s), err);
	data = xap_bytes_get(bytes);
	rc = doc_record_parse(data.s, data.len, out, err);
	xap_bytes_free(&bytes);
	return rc == -1 ? damaged(s, docid, err) : 0;
}

static int
get_value(const struct store *s, uint32_t docid, uint32_t slot,
    struct xap_bytes **out, struct error *err)
{
	struct xap_error xerr;

	if (xap_value(store_db(s), docid, slot, out, &xerr) == -1)
		return store_error(&xerr, store_path(s), err);
	return 0;
}

int
store_layout(const struct store *s, uint32_t docid, struct layout *out,
    struct error *err)
{
	struct xap_bytes *bytes = NULL;
	struct xap_str packed;
	int rc = 0;

	if (get_value(s, docid, SLOT_LAYOUT, &bytes, err) == -1)
		return -1;
	packed = xap_bytes_get(bytes);
	if (packed.len == 0)
		*out = (struct layout){ 0 };
	else
		rc = layout_parse(packed.s, packed.len, out, err);
	xap_bytes_free(&bytes);
	return rc == -1 ? damaged(s, docid, err) : 0;
}

/* No chunk is near this: it bounds what damage can make us allocate. */
#define MAX_CHUNK ((size_t)64 << 20)

int
store_text(const struct store *s, uint32_t docid, size_t first, size_t last,
    struct buf *out, struct error *err)
{
	size_t i;

	for (i = first; i <= last; i++) {
		struct xap_bytes *bytes = NULL;
		struct xap_str packed;
		int rc;

		if (get_value(s, docid, SLOT_TEXT + (uint32_t)i, &bytes,
		    err) == -1)
			return -1;
		packed = xap_bytes_get(bytes);
		rc = chunk_unpack(packed.s, packed.len, MAX_CHUNK, out, err);
		xap_bytes_free(&bytes);
		if (rc == -1)
			return damaged(s, docid, err);
	}
	return 0;
}
