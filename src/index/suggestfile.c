#include <config.h>

#include "index/suggestfile.h"

#include <stdlib.h>
#include <stdbool.h>
#include <string.h>

#include "base/hash.h"
#include "base/tsv.h"
#include "dutch/phrases.h"
#include "index/database.h"
#include "index/store.h"
#include "index/suggest.h"
#include "model/doc.h"
#include "model/fields.h"
#include "model/layout.h"
#include "xap.h"

/* Raise it when the parts, or what stands in them, change. */
#define FILE_VERSION 1

/* Longer titles are sentences: nobody completes them. */
#define MAX_TEXT 250

/* Of a document; a law may have thousands. */
#define MAX_HEADINGS 300

uint64_t
suggest_file_id(uint64_t id)
{
	uint64_t parts[] = { id, FILE_VERSION };

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

/* A suggestion while they are counted; its key begins with its kind. */
struct item {
	UT_hash_handle hh;
	char *text;
	struct suggest_entry entry;
	char key[];
};

struct gathered {
	const char *dir;	/* of the database, for messages */
	const struct xap_db *db;
	struct item *items;
	struct phrases *phrases;
};

static void
gathered_clear(struct gathered *g)
{
	struct item *i, *next;

	HASH_ITER(hh, g->items, i, next) {
		HASH_DEL(g->items, i);
		free(i->text);
		free(i);
	}
	phrases_free(&g->phrases);
}

static void
add_item(struct gathered *g, enum suggest_kind kind, const char *text,
    uint32_t documents)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	size_t n = strlen(text);
	struct item *i;

	if (n > MAX_TEXT)
		return;
	buf_addc(&key, (char)('0' + kind));
	suggest_key(text, n, &key);
	if (key.len > 1 && key.s[key.len - 1] == ' ')
		buf_cut(&key, key.len - 1);
	if (key.len == 1)
		return;
	HASH_FIND(hh, g->items, key.s, key.len, i);
	if (i == NULL) {
		i = xcalloc(1, sizeof *i + key.len + 1);
		memcpy(i->key, key.s, key.len + 1);
		i->text = xstrdup(text);
		i->entry.kind = kind;
		HASH_ADD(hh, g->items, key[0], key.len, i);
	} else if (strcmp(text, i->text) > 0) {
		/* Not in capitals, if some document writes it otherwise. */
		free(i->text);
		i->text = xstrdup(text);
	}
	i->entry.documents += documents;
}

/* ---- reading the documents ---- */

static int
damaged(const struct gathered *g, uint32_t docid, struct error *err)
{
	return error_set(err, err->kind, "%s: document %u: %s", g->dir, docid,
	    err->msg);
}

static int
read_fields(struct gathered *g, uint32_t docid, struct error *err)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	struct xap_bytes *bytes;
	struct xap_error xerr;
	struct xap_str data;
	const char *title, *kenmerk;
	int rc;

	if (xap_data(g->db, docid, &bytes, &xerr) == -1)
		return store_error(&xerr, g->dir, err);
	data = xap_bytes_get(bytes);
	rc = doc_record_parse(data.s, data.len, &doc, err);
	xap_bytes_free(&bytes);
	if (rc == -1)
		return damaged(g, docid, err);
	if ((title = doc_first(&doc, FIELD_TITEL)) != NULL) {
		add_item(g, SUGGEST_TITEL, title, 1);
		phrases_add(g->phrases, docid, title, strlen(title));
	}
	if ((kenmerk = doc_first(&doc, FIELD_KENMERK)) != NULL)
		add_item(g, SUGGEST_KENMERK, kenmerk, 1);
	return 0;
}

static int
read_headings(struct gathered *g, uint32_t docid, struct error *err)
{
	CLEAN(layout_clear) struct layout l = { 0 };
	struct xap_bytes *bytes;
	struct xap_error xerr;
	struct xap_str packed;
	size_t i;
	int rc = 0;

	if (xap_value(g->db, docid, SLOT_LAYOUT, &bytes, &xerr) == -1)
		return store_error(&xerr, g->dir, err);
	packed = xap_bytes_get(bytes);
	if (packed.len > 0)
		rc = layout_parse(packed.s, packed.len, &l, err);
	xap_bytes_free(&bytes);
	if (rc == -1)
		return damaged(g, docid, err);
	for (i = 0; i < l.nheadings && i < MAX_HEADINGS; i++)
		phrases_add(g->phrases, docid, l.headings[i].text,
		    strlen(l.headings[i].text));
	return 0;
}

static int
gather(struct gathered *g, struct error *err)
{
	const struct phrase *phrases;
	struct xap_list *docs;
	struct xap_error xerr;
	size_t i, n;
	int rc = 0;

	if (xap_postings(g->db, "", 0, &docs, &xerr) == -1)
		return store_error(&xerr, g->dir, err);
	for (i = 0; rc == 0 && i < xap_list_count(docs); i++) {
		uint32_t docid = xap_list_items(docs)[i];

		if (read_fields(g, docid, err) == -1 ||
		    read_headings(g, docid, err) == -1)
			rc = -1;
	}
	xap_list_free(&docs);
	if (rc == -1)
		return -1;
	phrases = phrases_list(g->phrases, &n);
	for (i = 0; i < n; i++)
		add_item(g, SUGGEST_WOORDGROEP, phrases[i].text,
		    phrases[i].documents);
	return 0;
}

/* ---- writing ---- */

struct parts {
	struct buf texts, keys, entries;
	struct suggest_place *places;
	size_t nplaces, cap_places;
};

static void
parts_clear(struct parts *p)
{
	buf_clear(&p->texts);
	buf_clear(&p->keys);
	buf_clear(&p->entries);
	free(p->places);
}

static int
compare_items(const struct item *a, const struct item *b)
{
	return strcmp(a->key, b->key);
}

static const char *sort_keys;

static int
compare_places(const void *va, const void *vb)
{
	const struct suggest_place *a = va, *b = vb;
	int c = strcmp(sort_keys + a->key, sort_keys + b->key);

	return c != 0 ? c : (a->key > b->key) - (a->key < b->key);
}

static void
add_place(struct parts *p, size_t key, uint32_t entry)
{
	GROW(p->places, p->nplaces, p->cap_places);
	p->places[p->nplaces++] = (struct suggest_place){
		(uint32_t)key, entry
	};
}

/* The words of the key, and what compounds among them end in. */
static void
add_places(struct parts *p, struct analyser *a, const char *key, uint32_t at,
    uint32_t entry)
{
	const char *word, *end;
	uint8_t i;

	for (word = key; *word != '\0'; word = end + (*end == ' ')) {
		struct word_parts parts;

		end = strchrnul(word, ' ');
		add_place(p, at + (size_t)(word - key), entry);
		if (end - word > ANALYSE_MAX_WORD)
			continue;
		parts = word_parts(a, word_intern(a, word,
		    (size_t)(end - word)));
		for (i = 1; i < parts.nsmallest; i++)
			add_place(p, at + (size_t)(word - key) +
			    parts.items[i].begin, entry);
	}
}

static void
lay_out(struct gathered *g, struct analyser *a, struct parts *p)
{
	uint32_t n = 0;
	struct item *i;

	/* In one order, however they were found: the same corpus, the same file. */
	HASH_SRT(hh, g->items, compare_items);
	for (i = g->items; i != NULL; i = i->hh.next) {
		const char *key = i->key + 1;

		i->entry.text = (uint32_t)p->texts.len;
		i->entry.key = (uint32_t)p->keys.len;
		add_places(p, a, key, i->entry.key, n++);
		buf_add(&p->texts, i->text, strlen(i->text) + 1);
		buf_add(&p->keys, key, strlen(key) + 1);
		buf_add(&p->entries, &i->entry, sizeof i->entry);
	}
	sort_keys = buf_str(&p->keys);
	if (p->nplaces > 0)
		qsort(p->places, p->nplaces, sizeof *p->places, compare_places);
}

/* Of the documents of one database. */
static int
write_file(const char *dir, const char *name, struct xap_db *db,
    struct analyser *a, struct error *err)
{
	CLEAN(gathered_clear) struct gathered g = { .dir = dir, .db = db };
	CLEAN(parts_clear) struct parts p = { 0 };
	struct mapped_part parts[NSUGGEST_PARTS];

	if (phrases_open(&g.phrases, err) == -1 || gather(&g, err) == -1)
		return -1;
	lay_out(&g, a, &p);
	parts[SUGGEST_PART_TEXTS] = (struct mapped_part){
		buf_str(&p.texts), p.texts.len
	};
	parts[SUGGEST_PART_KEYS] = (struct mapped_part){
		buf_str(&p.keys), p.keys.len
	};
	parts[SUGGEST_PART_ENTRIES] = (struct mapped_part){
		buf_str(&p.entries), p.entries.len
	};
	parts[SUGGEST_PART_PLACES] = (struct mapped_part){
		p.places, p.nplaces * sizeof *p.places
	};
	return mapped_write(dir, name, suggest_file_id(store_fingerprint(a)),
	    parts, NSUGGEST_PARTS, err);
}

int
suggestions_write(const char *dir, struct analyser *a, struct error *err)
{
	CLEAN(str_free) char *delta = xasprintf("%s/%s", dir, DATABASE_DELTA);
	bool has_delta = database_has_delta(dir);
	CLEAN(xap_db_free) struct xap_db *db = NULL;
	struct xap_error xerr;

	if (xap_open(has_delta ? delta : dir, &db, &xerr) == -1)
		return store_error(&xerr, dir, err);
	return write_file(dir, has_delta ? SUGGEST_DELTA_FILE : SUGGEST_FILE,
	    db, a, err);
}
