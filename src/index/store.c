#include <config.h>

#include "index/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"
#include "dutch/cite.h"
#include "dutch/expand.h"
#include "index/columns.h"
#include "index/database.h"
#include "index/suggest.h"
#include "index/vocabulary.h"
#include "model/entry.h"
#include "xap.h"

/* Raise it when the shape of what is stored changes. */
#define STORE_VERSION 3

#define OPEN_TRIES 3

/* What is opened when first asked for. */
struct lazy {
	struct expander *expander;
	char *dir;		/* of the generation */
	bool has_asked_words, has_asked_suggestions, has_asked_columns;
	struct columns *columns;
	struct vocabulary *words;
	struct suggestions *suggestions;
};

struct store {
	struct xap_db *db;
	struct analyser *analyser;
	struct store_facts facts;
	struct lazy *lazy;
};

static const enum error_kind kinds[] = {
	[XAP_OK] = ERROR_BUG,
	[XAP_BUSY] = ERROR_BUSY,
	[XAP_MODIFIED] = ERROR_INDEX,
	[XAP_NOINDEX] = ERROR_NOINDEX,
	[XAP_CORRUPT] = ERROR_INDEX,
	[XAP_ABSENT] = ERROR_ABSENT,
	[XAP_INVALID] = ERROR_BUG,
	[XAP_NOSPACE] = ERROR_SPACE,
	[XAP_IO] = ERROR_IO,
	[XAP_NOMEM] = ERROR_BUG,
	[XAP_BUG] = ERROR_BUG,
};

int
store_error(const struct xap_error *xerr, const char *what, struct error *err)
{
	if (xerr->code == XAP_NOMEM)
		out_of_memory();
	return error_set(err, kinds[xerr->code], "%s: %s", what, xerr->msg);
}

uint64_t
store_fingerprint(struct analyser *a)
{
	uint64_t parts[] = {
		STORE_VERSION, analyser_fingerprint(a), fields_hash()
	};

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

/* ---- opening ---- */

/* A fact is metadata of the database at path; "" if it has no such. */
static int
get_text(const struct store *s, const char *path, const char *key, char *out,
    size_t size, struct error *err)
{
	struct xap_bytes *bytes = NULL;
	struct xap_error xerr;
	struct xap_str text;
	size_t n;

	if (xap_metadata(s->db, key, strlen(key), &bytes, &xerr) == -1)
		return store_error(&xerr, path, err);
	text = xap_bytes_get(bytes);
	n = text.len < size - 1 ? text.len : size - 1;
	if (n > 0)
		memcpy(out, text.s, n);
	out[n] = '\0';
	xap_bytes_free(&bytes);
	return 0;
}

static int
get_number(const struct store *s, const char *path, const char *key,
    uint32_t *out, struct error *err)
{
	char text[24];

	if (get_text(s, path, key, text, sizeof text, err) == -1)
		return -1;
	*out = (uint32_t)strtoul(text, NULL, 10);
	return 0;
}

/* index is the directory to name in the remedy. */
static int
read_facts(struct store *s, const char *path, const char *index,
    struct error *err)
{
	struct store_facts *f = &s->facts;
	char want[20], has[20], hidden[24];
	struct xap_stats stats;
	struct xap_error xerr;

	if (xap_stats(s->db, &stats, &xerr) == -1)
		return store_error(&xerr, path, err);
	snprintf(want, sizeof want, "%016llx",
	    (unsigned long long)store_fingerprint(s->analyser));
	if (get_text(s, path, "fingerprint", has, sizeof has, err) == -1)
		return -1;
	if (strcmp(has, want) != 0)
		return error_set(err, ERROR_INDEX, "%s: made with other analysis "
		    "or fields; make it anew with: naslag index --rebuild "
		    "--index=%s CORPUS", path, index);
	if (get_number(s, path, "generatie", &f->generation, err) == -1 ||
	    get_number(s, path, "documenten", &f->files, err) == -1 ||
	    get_number(s, path, "ondoorzoekbaar", &f->unsearchable, err) == -1 ||
	    get_text(s, path, "gemaakt", f->made, sizeof f->made, err) == -1 ||
	    get_text(s, path, "corpus", f->corpus, sizeof f->corpus,
	    err) == -1 ||
	    get_text(s, path, "verborgen", hidden, sizeof hidden, err) == -1)
		return -1;
	f->has_delta = *hidden != '\0';
	return 0;
}

/* dir is the generation's directory; index that to name in a remedy. */
static int
take_database(struct store *s, const char *dir, const char *index,
    struct error *err)
{
	struct xap_stats stats;
	struct xap_error xerr;

	s->lazy->dir = xstrdup(dir);
	if (s->facts.has_delta && database_hide(s->db, dir, err) == -1)
		return -1;
	if (xap_stats(s->db, &stats, &xerr) == -1)
		return store_error(&xerr, index, err);
	s->facts.documents = stats.documents;
	return 0;
}

static struct store *
new_store(struct analyser *a)
{
	struct store *s = xcalloc(1, sizeof *s);

	xap_set_no_memory(out_of_memory);
	s->analyser = a;
	s->lazy = xcalloc(1, sizeof *s->lazy);
	return s;
}

int
store_open(const char *path, struct analyser *a, struct store **out,
    struct error *err)
{
	CLEAN(str_free) char *stub = xasprintf("%s/%s", path, STORE_CURRENT);
	CLEAN(str_free) char *dir = NULL;
	CLEAN(store_free) struct store *s = new_store(a);
	struct xap_error xerr = { XAP_OK, "" };
	int try;

	/* A generation may be published, and an old one removed, meanwhile. */
	for (try = 0; try < OPEN_TRIES; try++)
		if (xap_open(stub, &s->db, &xerr) == 0)
			break;
	if (s->db == NULL && xerr.code == XAP_NOINDEX)
		return error_set(err, ERROR_NOINDEX, "%s: there is no index; make "
		    "one with: naslag index --index=%s CORPUS", path, path);
	if (s->db == NULL)
		return store_error(&xerr, path, err);
	if (read_facts(s, path, path, err) == -1)
		return -1;
	dir = xasprintf("%s/gen-%u", path, s->facts.generation);
	if (take_database(s, dir, path, err) == -1)
		return -1;
	*out = s;
	s = NULL;
	return 0;
}

int
store_open_database(const char *dir, struct analyser *a, struct store **out,
    struct error *err)
{
	CLEAN(store_free) struct store *s = new_store(a);

	if (database_open(dir, &s->db, err) == -1 ||
	    read_facts(s, dir, "INDEX", err) == -1 ||
	    take_database(s, dir, dir, err) == -1)
		return -1;
	*out = s;
	s = NULL;
	return 0;
}

static void
lazy_free(struct lazy *lazy)
{
	if (lazy == NULL)
		return;
	expander_free(&lazy->expander);
	columns_free(&lazy->columns);
	vocabulary_free(&lazy->words);
	suggestions_free(&lazy->suggestions);
	free(lazy->dir);
	free(lazy);
}

void
store_free(struct store **sp)
{
	if (*sp == NULL)
		return;
	xap_db_free(&(*sp)->db);
	lazy_free((*sp)->lazy);
	free(*sp);
	*sp = NULL;
}

void
store_facts(const struct store *s, struct store_facts *out)
{
	*out = s->facts;
}

const struct xap_db *
store_db(const struct store *s)
{
	return s->db;
}

struct analyser *
store_analyser(const struct store *s)
{
	return s->analyser;
}

const char *
store_path(const struct store *s)
{
	return s->lazy->dir;
}

const struct expander *
store_expander(const struct store *s, struct error *err)
{
	struct lazy *lazy = s->lazy;

	if (lazy->expander == NULL &&
	    expander_open(s->analyser, &lazy->expander, err) == -1)
		return NULL;
	return lazy->expander;
}

const struct vocabulary *
store_vocabulary(const struct store *s)
{
	struct lazy *lazy = s->lazy;

	if (!lazy->has_asked_words)
		lazy->words = vocabulary_open(lazy->dir,
		    store_fingerprint(s->analyser));
	lazy->has_asked_words = true;
	return lazy->words;
}

const struct suggestions *
store_suggestions(const struct store *s)
{
	struct lazy *lazy = s->lazy;

	if (!lazy->has_asked_suggestions)
		lazy->suggestions = suggestions_open(lazy->dir,
		    store_fingerprint(s->analyser));
	lazy->has_asked_suggestions = true;
	return lazy->suggestions;
}

const struct columns *
store_columns(const struct store *s)
{
	struct lazy *lazy = s->lazy;

	if (!lazy->has_asked_columns)
		lazy->columns = columns_open(lazy->dir,
		    store_fingerprint(s->analyser), s->db);
	lazy->has_asked_columns = true;
	return lazy->columns;
}

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

	if (xap_postings(s->db, buf_str(term), term->len, &list, &xerr) == -1)
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

	citations_find(analyser_citer(s->analyser), name, strlen(name), NULL,
	    &found);
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

	if (xap_data(s->db, docid, &bytes, &xerr) == -1)
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

	if (xap_value(s->db, docid, slot, out, &xerr) == -1)
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
