#include <config.h>

#include "model/entrykeys.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "dutch/cite.h"
#include "dutch/docname.h"
#include "model/entry.h"
#include "model/version.h"

static void
add_bytes(struct termlist *l, const char *prefix, const char *bytes)
{
	termlist_add(l, prefix, bytes, strlen(bytes), TERMLIST_NO_KEY);
}

static void
add_folded(struct termlist *l, const char *prefix, const char *value)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;

	utf8_fold(value, strlen(value), &folded);
	termlist_add(l, prefix, buf_str(&folded), folded.len, TERMLIST_NO_KEY);
}

/* ---- what it is ---- */

static void
add_fields(struct termlist *l, const struct doc *doc)
{
	enum field_id f;
	size_t i;

	for (f = 0; f < NFIELDS; f++) {
		const struct doc_values *v = &doc->values[f];

		if (fields[f].kind != FIELD_KEYWORD)
			continue;
		for (i = 0; i < v->count; i++)
			add_folded(l, fields[f].prefix, v->items[i].text);
	}
	if (doc->van_ymd == DATE_NONE && doc->tot_ymd == DATE_NONE)
		add_bytes(l, fields[FIELD_GELDIGHEID].prefix,
		    ENTRY_VALUE_UNKNOWN);
}

static void
add_places(struct termlist *l, const struct doc *doc)
{
	size_t i;

	add_bytes(l, ENTRY_PREFIX_UNIQUE, doc->pad);
	add_bytes(l, ENTRY_PREFIX_ID, doc->id);
	add_bytes(l, ENTRY_PREFIX_PATH, doc->pad);
	for (i = 0; i < doc->nook_als; i++)
		add_bytes(l, ENTRY_PREFIX_PATH, doc->ook_als[i]);
	add_bytes(l, ENTRY_PREFIX_STATUS, doc->status);
}

/* By what its versions are found. */
static void
add_versions(struct termlist *l, const struct doc *doc)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	size_t i;

	if (doc_first(doc, FIELD_TITEL) == NULL)
		return;
	version_key(doc, &key);
	add_bytes(l, ENTRY_PREFIX_FAMILY, buf_str(&key));
	for (i = 0; i < doc->nvervangt; i++)
		add_folded(l, ENTRY_PREFIX_REPLACED, doc->vervangt[i]);
	for (i = 0; i < doc->nvervangen_door; i++)
		add_folded(l, ENTRY_PREFIX_REPLACED, doc->vervangen_door[i]);
}

/* ---- what it is called ---- */

/* A law or number that is the whole of a text, save for what is in brackets. */
static void
add_whole(struct termlist *l, const struct citer *citer, const char *text)
{
	CLEAN(citations_clear) struct citations c = { 0 };
	const char *rest;

	citations_find(citer, text, strlen(text), NULL, &c);
	if (c.count != 1 || c.items[0].begin != 0)
		return;
	rest = text + c.items[0].end;
	if (*rest == '\0' || strncmp(rest, " (", 2) == 0)
		termlist_add(l, ENTRY_PREFIX_WHOLE,
		    c.strings.s + c.items[0].key, c.items[0].nkey,
		    TERMLIST_NO_KEY);
}

/* A term for each of the keys, which end in NUL. */
static void
add_each(struct termlist *l, const char *prefix, const struct buf *keys)
{
	const char *s = buf_str(keys), *end = s + keys->len;

	for (; s < end; s += strlen(s) + 1)
		add_bytes(l, prefix, s);
}

static void
add_names(struct termlist *l, struct analyser *a, const struct doc *doc)
{
	const char *called[] = {
		doc_first(doc, FIELD_TITEL), doc->citeertitel,
		doc_first(doc, FIELD_KENMERK),
	};
	CLEAN(docnames_clear) struct docnames names = { 0 };
	size_t i;

	for (i = 0; i < NELEM(called); i++) {
		if (called[i] == NULL)
			continue;
		add_whole(l, analyser_citer(a), called[i]);
		docnames_of_title(analyser_namer(a), a, called[i], &names);
	}
	add_each(l, ENTRY_PREFIX_NAME, &names.titles);
	add_each(l, ENTRY_PREFIX_ACRONYM, &names.acronyms);
	add_each(l, ENTRY_PREFIX_ACRONYM_OTHER, &names.others);
}

void
entry_keys_add(struct analyser *a, const struct doc *doc, struct termlist *l)
{
	add_fields(l, doc);
	add_places(l, doc);
	add_versions(l, doc);
	add_names(l, a, doc);
}
