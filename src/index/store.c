#include <config.h>

#include "index/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/stamp.h"
#include "base/tsv.h"
#include "dutch/expand.h"
#include "index/columns.h"
#include "index/database.h"
#include "index/generation.h"
#include "index/suggest.h"
#include "index/vocabulary.h"
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

/* dir is the generation's directory. */
static int
take_database(struct store *s, const char *dir, struct error *err)
{
	struct xap_stats stats;
	struct xap_error xerr;

	s->lazy->dir = xstrdup(dir);
	if (xap_stats(s->db, &stats, &xerr) == -1)
		return store_error(&xerr, dir, err);
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

/* index is the directory to name in a remedy. */
static int
open_database(const char *dir, const char *index, struct analyser *a,
    struct store **out, struct error *err)
{
	CLEAN(store_free) struct store *s = new_store(a);

	if (database_open(dir, &s->db, err) == -1 ||
	    read_facts(s, dir, index, err) == -1 ||
	    take_database(s, dir, err) == -1)
		return -1;
	*out = s;
	s = NULL;
	return 0;
}

int
store_open_database(const char *dir, struct analyser *a, struct store **out,
    struct error *err)
{
	return open_database(dir, "INDEX", a, out, err);
}

/* ---- opening what is published ---- */

/* A list of databases, or remote ones: the operator's. */
static int
open_listed(const char *path, struct analyser *a, struct store **out,
    struct error *err)
{
	CLEAN(str_free) char *stub = xasprintf("%s/%s", path, STORE_CURRENT);
	CLEAN(str_free) char *dir = NULL;
	CLEAN(store_free) struct store *s = new_store(a);
	struct xap_error xerr;

	if (xap_open(stub, &s->db, &xerr) == -1)
		return store_error(&xerr, path, err);
	if (read_facts(s, path, path, err) == -1)
		return -1;
	dir = generation_path(path, s->facts.generation);
	if ((s->facts.has_delta && database_hide(s->db, dir, err) == -1) ||
	    take_database(s, dir, err) == -1)
		return -1;
	*out = s;
	s = NULL;
	return 0;
}

/* As long as it stays the same, nothing in the directory came or went. */
static int
stamp_of_dir(const char *dir, struct stamp *out)
{
	struct stat st;

	if (stat(dir, &st) == -1)
		return -1;
	*out = stamp_of(&st);
	return 0;
}

int
store_open(const char *path, struct analyser *a, struct store **out,
    struct error *err)
{
	int try;

	/*
	 * A generation may be published, and one be removed, meanwhile.
	 * Files that are opened one after the other belong together if their
	 * directory is the same before and after.
	 */
	for (try = 0; try < OPEN_TRIES; try++) {
		CLEAN(store_free) struct store *s = NULL;
		CLEAN(str_free) char *dir = NULL;
		struct stamp before, after;
		uint32_t number;
		int rc;

		if (generation_find(path, &dir, &number, err) == -1)
			return err->kind == ERROR_NOINDEX ? -1 :
			    open_listed(path, a, out, err);
		if (stamp_of_dir(dir, &before) == -1) {
			error_errno(err, ERROR_INDEX, "%s", dir);
			continue;
		}
		rc = open_database(dir, path, a, &s, err);
		if (stamp_of_dir(dir, &after) == -1 ||
		    !stamp_equal(&before, &after)) {
			error_set(err, ERROR_INDEX, "%s: is removed while it "
			    "is opened", dir);
			continue;
		}
		*out = s;
		s = NULL;
		return rc;
	}
	return -1;
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
