#include <config.h>

#include "index/families.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "model/entry.h"
#include "xap.h"

/* Documents that may be versions of one another. */
struct group {
	struct version *members;
	size_t count;
};

/* Where a document is known from. */
struct known {
	uint32_t docid;
	struct group *group;	/* NULL: it has no versions */
	size_t member;
	UT_hash_handle hh;
};

struct families {
	const struct store *store;
	int peil_ymd;
	bool has_replaced;	/* any document says that it replaces one */
	bool is_counted;
	struct known *known;
	struct group **groups;
	size_t ngroups, cap_groups;
};

void
families_open(const struct store *s, int peil_ymd, struct families **out)
{
	struct families *f = xcalloc(1, sizeof *f);

	f->store = s;
	f->peil_ymd = peil_ymd;
	*out = f;
}

static void
group_free(struct group *g)
{
	size_t i;

	for (i = 0; i < g->count; i++)
		version_clear(&g->members[i]);
	free(g->members);
	free(g);
}

void
families_free(struct families **fp)
{
	struct families *f = *fp;
	struct known *k, *next;
	size_t i;

	if (f == NULL)
		return;
	HASH_ITER(hh, f->known, k, next) {
		HASH_DEL(f->known, k);
		free(k);
	}
	for (i = 0; i < f->ngroups; i++)
		group_free(f->groups[i]);
	free(f->groups);
	free(f);
	*fp = NULL;
}

static int
read_version(const struct families *f, uint32_t docid, struct version *out,
    struct error *err)
{
	struct xap_bytes *bytes = NULL;
	struct xap_error x;
	struct xap_str s;

	if (xap_value(store_db(f->store), docid, SLOT_VERSION, &bytes, &x) == -1)
		return store_error(&x, store_path(f->store), err);
	s = xap_bytes_get(bytes);
	if (!version_parse(s.s, s.len, out))
		*out = (struct version){ .bytes = xstrdup(""), .key = NULL };
	out->docid = docid;
	xap_bytes_free(&bytes);
	return 0;
}

static int
find_replaced(struct families *f, struct error *err)
{
	struct xap_terms *terms = NULL;
	struct xap_error x;

	if (f->is_counted)
		return 0;
	if (xap_terms_with_prefix(store_db(f->store), ENTRY_PREFIX_REPLACED,
	    strlen(ENTRY_PREFIX_REPLACED), 1, &terms, &x) == -1)
		return store_error(&x, store_path(f->store), err);
	f->has_replaced = xap_terms_count(terms) > 0;
	f->is_counted = true;
	xap_terms_free(&terms);
	return 0;
}

/* A group under construction; its members are in the order of finding. */
struct search {
	struct families *families;
	struct group *group;
	size_t cap;
	struct error *err;
};

static int
add_member(struct search *s, uint32_t docid)
{
	struct group *g = s->group;
	struct version v;
	size_t i;

	for (i = 0; i < g->count; i++)
		if (g->members[i].docid == docid)
			return 0;
	if (g->count >= FAMILIES_MAX)
		return 0;
	if (read_version(s->families, docid, &v, s->err) == -1)
		return -1;
	if (v.key == NULL) {
		version_clear(&v);
		return 0;
	}
	GROW(g->members, g->count, s->cap);
	g->members[g->count++] = v;
	return 0;
}

/* Add the documents of a term, unless they are too many. */
static int
add_postings(struct search *s, const struct buf *term)
{
	const struct xap_db *db = store_db(s->families->store);
	struct xap_list *list = NULL;
	struct xap_error x;
	uint32_t n;
	size_t i;
	int rc = 0;

	if (xap_term_freq(db, buf_str(term), term->len, &n, &x) == -1)
		return store_error(&x, store_path(s->families->store),
		    s->err);
	if (n == 0 || n > FAMILIES_MAX)
		return 0;
	if (xap_postings(db, buf_str(term), term->len, &list, &x) == -1)
		return store_error(&x, store_path(s->families->store),
		    s->err);
	for (i = 0; i < xap_list_count(list) && rc == 0; i++)
		rc = add_member(s, xap_list_items(list)[i]);
	xap_list_free(&list);
	return rc;
}

/* Add the documents with a prefix before each kenmerk of a list. */
static int
add_listed(struct search *s, const char *prefix, const char *list)
{
	const char *end;

	for (; (end = strchr(list, '\n')) != NULL; list = end + 1) {
		CLEAN(str_free) char *kenmerk = xstrndup(list,
		    (size_t)(end - list));
		CLEAN(buf_clear) struct buf term = BUF_INIT;

		entry_keyword_term(prefix, kenmerk, &term);
		if (add_postings(s, &term) == -1)
			return -1;
	}
	return 0;
}

/* Add what a member leads to. */
static int
follow(struct search *s, size_t member)
{
	CLEAN(buf_clear) struct buf family = BUF_INIT, replaced = BUF_INIT;
	const char *own = fields[FIELD_KENMERK].prefix;
	const struct version v = s->group->members[member];

	entry_bytes_term(ENTRY_PREFIX_FAMILY, v.key, &family);
	if (add_postings(s, &family) == -1 ||
	    add_listed(s, own, v.vervangt) == -1 ||
	    add_listed(s, own, v.vervangen_door) == -1)
		return -1;
	if (*v.kenmerk == '\0' || !s->families->has_replaced)
		return 0;
	entry_keyword_term(ENTRY_PREFIX_REPLACED, v.kenmerk, &replaced);
	return add_postings(s, &replaced);
}

static struct known *
remember(struct families *f, uint32_t docid, struct group *g, size_t member)
{
	struct known *k = xcalloc(1, sizeof *k);

	*k = (struct known){ .docid = docid, .group = g, .member = member };
	HASH_ADD(hh, f->known, docid, sizeof k->docid, k);
	return k;
}

/* Keep a group, unless its only member is alone. */
static struct known *
keep_group(struct families *f, struct group *g, uint32_t docid)
{
	struct known *k, *found = NULL;
	size_t i;

	if (g->count < 2) {
		group_free(g);
		return remember(f, docid, NULL, 0);
	}
	versions_order(g->members, g->count, f->peil_ymd);
	GROW(f->groups, f->ngroups, f->cap_groups);
	f->groups[f->ngroups++] = g;
	for (i = 0; i < g->count; i++) {
		uint32_t id = g->members[i].docid;

		HASH_FIND(hh, f->known, &id, sizeof id, k);
		if (k == NULL)
			k = remember(f, id, g, i);
		if (id == docid)
			found = k;
	}
	return found != NULL ? found : remember(f, docid, NULL, 0);
}

/* What is known of a document; NULL when the index cannot be read. */
static const struct known *
look_up(struct families *f, uint32_t docid, struct error *err)
{
	struct search s = { .families = f, .err = err };
	struct known *k;
	size_t i;

	HASH_FIND(hh, f->known, &docid, sizeof docid, k);
	if (k != NULL)
		return k;
	if (find_replaced(f, err) == -1)
		return NULL;
	s.group = xcalloc(1, sizeof *s.group);
	if (add_member(&s, docid) == -1) {
		group_free(s.group);
		return NULL;
	}
	for (i = 0; i < s.group->count; i++)
		if (follow(&s, i) == -1) {
			group_free(s.group);
			return NULL;
		}
	return keep_group(f, s.group, docid);
}

int
families_of(struct families *f, uint32_t docid,
    const struct version **members, size_t *n, struct error *err)
{
	const struct known *k = look_up(f, docid, err);

	if (k == NULL)
		return -1;
	*n = 0;
	*members = NULL;
	if (k->group != NULL && !k->group->members[k->member].is_alone) {
		*members = k->group->members;
		*n = k->group->count;
	}
	return 0;
}

int
families_relatives(struct families *f, uint32_t docid, struct relatives *out,
    struct error *err)
{
	const struct known *k = look_up(f, docid, err);

	if (k == NULL)
		return -1;
	*out = (struct relatives){ NULL, 0, 0 };
	if (k->group != NULL)
		*out = (struct relatives){
			k->group->members, k->group->count, k->member
		};
	return 0;
}

int
families_successor(struct families *f, uint32_t docid, uint32_t *successor,
    struct error *err)
{
	const struct known *k = look_up(f, docid, err);
	const struct version *own, *v, *best = NULL;
	size_t i;

	if (k == NULL)
		return -1;
	for (i = 0; k->group != NULL && i < k->group->count; i++) {
		own = &k->group->members[k->member];
		v = &k->group->members[i];
		if (version_is_newer(v, own) && version_precedes(v, own) &&
		    v->van_ymd <= f->peil_ymd &&
		    (best == NULL || version_precedes(v, best)))
			best = v;
	}
	*successor = best != NULL ? best->docid : 0;
	return 0;
}
