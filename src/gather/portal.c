#include <config.h>

#include "gather/portal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "gather/claims.h"
#include "gather/head.h"
#include "gather/heard.h"
#include "gather/shorttitle.h"
#include "gather/value.h"
#include "model/lists.h"

struct portal {
	struct tables tables;
	struct short_titles *short_titles;
};

int
portal_load(struct portal **out, struct error *err)
{
	CLEAN(portal_free) struct portal *p = xcalloc(1, sizeof *p);

	if (lists_load(err) == -1 ||
	    numbers_load(&p->tables.numbers, err) == -1 ||
	    labels_load(&p->tables.labels, err) == -1 ||
	    titles_load(&p->tables.titles, err) == -1 ||
	    soorten_load(&p->tables.soorten, err) == -1 ||
	    languages_load(&p->tables.languages, err) == -1 ||
	    replaces_load(&p->tables.replaces, err) == -1 ||
	    short_titles_load(&p->short_titles, err) == -1)
		return -1;
	*out = p;
	p = NULL;
	return 0;
}

void
portal_free(struct portal **p)
{
	if (*p == NULL)
		return;
	numbers_free(&(*p)->tables.numbers);
	labels_free(&(*p)->tables.labels);
	titles_free(&(*p)->tables.titles);
	soorten_free(&(*p)->tables.soorten);
	languages_free(&(*p)->tables.languages);
	replaces_free(&(*p)->tables.replaces);
	short_titles_free(&(*p)->short_titles);
	free(*p);
	*p = NULL;
}

uint64_t
portal_hash(const struct portal *p)
{
	uint64_t parts[] = {
		lists_hash(), numbers_hash(p->tables.numbers),
		labels_hash(p->tables.labels), titles_hash(p->tables.titles),
		soorten_hash(p->tables.soorten),
		replaces_hash(p->tables.replaces),
		short_titles_hash(p->short_titles),
	};

	return hash_bytes(HASH_INIT, parts, sizeof parts);
}

static void
move_text(struct extracted *ex, struct doc *doc)
{
	size_t i;

	doc->text = ex->text;
	ex->text = (struct buf)BUF_INIT;
	doc->marks = xcalloc(ex->nmarks + 1, sizeof *doc->marks);
	for (i = 0; i < ex->nmarks; i++)
		doc->marks[i] = (struct doc_mark){ ex->marks[i].at,
		    ex->marks[i].page, ex->marks[i].level, ex->marks[i].len };
	doc->nmarks = ex->nmarks;
	free(ex->marks);
	ex->marks = NULL;
	ex->nmarks = ex->cap_marks = 0;
}

/* ---- what follows from other things ---- */

/* What a file is called whose name says nothing: _.png. */
static void
take_bare_name(struct doc *doc)
{
	CLEAN(buf_clear) struct buf name = BUF_INIT;
	const char *base = strrchr(doc->pad, '/'), *title;

	base = base != NULL ? base + 1 : doc->pad;
	utf8_clean(base, strlen(base), &name);
	title = buf_str(&name) + strspn(buf_str(&name), " \t\n");
	doc_add(doc, FIELD_TITEL, *title != '\0' ? title : "naamloos",
	    ORIGIN_NAME);
}

/* Every document has a title. */
static void
take_title(const struct tables *t, struct doc *doc)
{
	CLEAN(buf_clear) struct buf title = BUF_INIT;

	if (doc_first(doc, FIELD_TITEL) != NULL)
		return;
	if (title_of_text(t->titles, t->numbers, doc, &title)) {
		doc_add(doc, FIELD_TITEL, buf_str(&title), ORIGIN_TEXT);
		return;
	}
	title_of_name(t->numbers, doc->pad, &title);
	if (title.len > 0)
		doc_add(doc, FIELD_TITEL, buf_str(&title), ORIGIN_NAME);
	else
		take_bare_name(doc);
}

/* What is read from a title that the file name gave comes from the name. */
static enum origin
title_origin(const struct doc *doc)
{
	enum origin origin = doc->values[FIELD_TITEL].items[0].origin;

	return origin > ORIGIN_TITLE ? origin : ORIGIN_TITLE;
}

/* heard is NULL where a number may be of another document. */
static void
take_number(const struct tables *t, const char *s, size_t n,
    enum origin origin, struct heard *heard, struct doc *doc)
{
	struct number number;

	if (!numbers_find(t->numbers, s, n, &number))
		return;
	if (!number.is_id) {
		if (heard != NULL)
			heard_say(heard, FIELD_KENMERK, number.text,
			    origin_name(origin));
		doc_add(doc, FIELD_KENMERK, number.text, origin);
	} else if (doc->id == NULL)
		doc->id = xstrdup(number.text);
}

/* A title that is a line of the text may be a sentence. */
static void
take_title_number(const struct tables *t, struct heard *heard,
    struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	struct number number;
	size_t n;

	if (title == NULL)
		return;
	n = strlen(title);
	if (doc->values[FIELD_TITEL].items[0].origin == ORIGIN_TEXT &&
	    numbers_match(t->numbers, title, n, &number) &&
	    !number_leads(&number, title, n))
		return;
	take_number(t, title, n, title_origin(doc), heard, doc);
}

/* The kenmerk, read as a number of a series; false if it is none. */
static bool
kenmerk_number(const struct tables *t, const struct doc *doc,
    struct number *out)
{
	const char *kenmerk = doc_first(doc, FIELD_KENMERK);

	return kenmerk != NULL &&
	    numbers_match(t->numbers, kenmerk, strlen(kenmerk), out) &&
	    kenmerk[out->end] == '\0';
}

static void
add_if(struct doc *doc, enum field_id field, const char *value,
    enum origin origin)
{
	if (value != NULL && *value != '\0')
		doc_add(doc, field, value, origin);
}

static void
take_short_title(const struct portal *p, struct doc *doc)
{
	CLEAN(buf_clear) struct buf title = BUF_INIT;

	if (short_title_of(p->short_titles, doc, &title))
		doc->citeertitel = buf_steal(&title);
}

/* The name of the file without folders, extension and id. */
struct name {
	const char *stem;
	size_t n;
};

static void
derive_soort(const struct tables *t, const struct name *name,
    const struct extracted *ex, const struct claims *claims,
    struct heard *heard, struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	struct number number;

	/* What said it outright is not replaced by what follows. */
	if (doc_first(doc, FIELD_SOORT) != NULL)
		return;
	if (kenmerk_number(t, doc, &number))
		add_if(doc, FIELD_SOORT, number.soort,
		    doc->values[FIELD_KENMERK].items[0].origin);
	if (title != NULL)
		add_if(doc, FIELD_SOORT, soort_by_title(t->soorten, title,
		    strlen(title)), title_origin(doc));
	add_if(doc, FIELD_SOORT, soort_by_title(t->soorten, name->stem,
	    name->n), ORIGIN_NAME);
	add_if(doc, FIELD_SOORT, folder_says(t->soorten, doc->pad,
	    FOLDER_SOORT), ORIGIN_FOLDER);
	if (doc_first(doc, FIELD_SOORT) != NULL)
		return;
	claims_put(claims, t, CLAIMS_SOORT, heard, doc);
	if (title != NULL)
		add_if(doc, FIELD_SOORT, soort_by_weak_word(t->soorten, title,
		    strlen(title)), ORIGIN_DERIVED);
	add_if(doc, FIELD_SOORT, soort_by_format(t->soorten, ex->format),
	    ORIGIN_DERIVED);
	doc_add(doc, FIELD_SOORT, SOORT_OVERIG, ORIGIN_DERIVED);
}

static void
derive_land(const struct tables *t, const struct name *name, struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	struct number number;

	if (doc_first(doc, FIELD_LAND) != NULL ||
	    !soort_has_countries(t->soorten, doc_first(doc, FIELD_SOORT)))
		return;
	if (title != NULL)
		value_put_countries(doc, title, strlen(title),
		    title_origin(doc));
	if (doc_first(doc, FIELD_LAND) == NULL &&
	    kenmerk_number(t, doc, &number))
		add_if(doc, FIELD_LAND, number.land,
		    doc->values[FIELD_KENMERK].items[0].origin);
	if (doc_first(doc, FIELD_LAND) == NULL)
		value_put_countries(doc, name->stem, name->n, ORIGIN_NAME);
}

/* ---- what sources say that were not asked ---- */

static void
hear_kenmerk(const struct tables *t, struct heard *heard,
    const struct doc *doc)
{
	CLEAN(str_free) char *source = NULL;
	struct number number;

	if (!kenmerk_number(t, doc, &number))
		return;
	source = xasprintf("kenmerk %s", number.text);
	heard_say(heard, FIELD_SOORT, number.soort, source);
	heard_say(heard, FIELD_LAND, number.land, source);
}

static void
hear_countries(struct heard *heard, const char *s, size_t n,
    enum origin origin)
{
	CLEAN(doc_clear) struct doc own = { 0 };

	value_put_countries(&own, s, n, origin);
	heard_say_all(heard, FIELD_LAND, &own.values[FIELD_LAND],
	    origin_name(origin));
}

static void
hear_land(const struct tables *t, const struct name *name,
    struct heard *heard, const struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);

	if (!soort_has_countries(t->soorten, doc_first(doc, FIELD_SOORT)))
		return;
	if (title != NULL)
		hear_countries(heard, title, strlen(title), title_origin(doc));
	hear_countries(heard, name->stem, name->n, ORIGIN_NAME);
}

/*
 * Treaties have a translation behind them: both ends have to agree.  Most texts
 * are what they say, and show that soon.
 */
static void
hear_taal(const struct tables *t, struct heard *heard, const struct doc *doc)
{
	enum { GLANCE_BYTES = 1024, END_BYTES = 4096 };
	const char *text = buf_str(&doc->text);
	size_t n = doc->text.len, skip = n > END_BYTES ? n - END_BYTES : 0;
	const char *taal = doc_first(doc, FIELD_TAAL), *begin, *end;

	if (taal == NULL)
		return;
	begin = language_of(t->languages, text,
	    n < GLANCE_BYTES ? n : GLANCE_BYTES);
	if (begin == NULL || strcmp(begin, taal) == 0)
		return;
	begin = language_of(t->languages, text, n);
	end = language_of(t->languages, text + skip, n - skip);
	if (begin != NULL && end != NULL && strcmp(begin, end) == 0)
		heard_say(heard, FIELD_TAAL, begin, origin_name(ORIGIN_TEXT));
}

static void
hear_rest(const struct tables *t, const struct name *name,
    struct heard *heard, const struct doc *doc)
{
	const char *said = folder_says(t->soorten, doc->pad, FOLDER_SOORT);

	if (said != NULL && strcmp(said, SOORT_OVERIG) != 0)
		heard_say(heard, FIELD_SOORT, said,
		    origin_name(ORIGIN_FOLDER));
	hear_kenmerk(t, heard, doc);
	hear_land(t, name, heard, doc);
	hear_taal(t, heard, doc);
}

/* ---- what follows from the rest ---- */

/* A period that ends before it begins says nothing. */
static void
derive_period(struct doc *doc)
{
	if (doc->van_ymd != DATE_NONE && doc->tot_ymd != DATE_NONE &&
	    doc->tot_ymd < doc->van_ymd)
		doc->van_ymd = doc->tot_ymd = DATE_NONE;
	if (doc->van_ymd != DATE_NONE && doc->tot_ymd == DATE_NONE) {
		doc->tot_ymd = DATE_OPEN_END;
		doc->tot_origin = doc->van_origin;
	} else if (doc->tot_ymd != DATE_NONE && doc->van_ymd == DATE_NONE) {
		doc->van_ymd = DATE_OPEN_BEGIN;
		doc->van_origin = doc->tot_origin;
	}
}

static void
derive_year(const struct tables *t, struct doc *doc)
{
	char year[8] = "";
	struct number number;

	if (doc->datum_ymd != DATE_NONE)
		snprintf(year, sizeof year, "%04d", doc->datum_ymd / 10000);
	else if (doc->van_ymd > DATE_OPEN_BEGIN)
		snprintf(year, sizeof year, "%04d", doc->van_ymd / 10000);
	else if (kenmerk_number(t, doc, &number))
		memcpy(year, number.jaar, sizeof number.jaar);
	add_if(doc, FIELD_JAAR, year, ORIGIN_DERIVED);
}

static void
derive_rest(const struct tables *t, struct doc *doc)
{
	const char *said = folder_says(t->soorten, doc->pad, FOLDER_SOORT);

	add_if(doc, FIELD_THEMA, folder_says(t->soorten, doc->pad,
	    FOLDER_THEMA), ORIGIN_FOLDER);
	/* The folder of a law has that law's number, for its parts only. */
	if (said != NULL && strcmp(said, doc_first(doc, FIELD_SOORT)) == 0)
		add_if(doc, FIELD_KENMERK, folder_says(t->soorten, doc->pad,
		    FOLDER_KENMERK), ORIGIN_FOLDER);
	if (doc_first(doc, FIELD_TAAL) == NULL)
		add_if(doc, FIELD_TAAL, language_of(t->languages,
		    buf_str(&doc->text), doc->text.len), ORIGIN_DERIVED);
	derive_period(doc);
	derive_year(t, doc);
	if (doc->id == NULL)
		doc->id = xstrdup(doc->pad);
}

/* Pages with a text; what is on the others was not recognised either. */
static uint32_t
count_full_pages(const struct extracted *ex)
{
	uint32_t n = 0;
	size_t last = ex->text.len, i;

	for (i = ex->nmarks; i > 0; i--) {
		if (ex->marks[i - 1].page == 0)
			continue;
		n += ex->marks[i - 1].at < last;
		last = ex->marks[i - 1].at;
	}
	return n;
}

/* How much of the text was recognised; NULL if none.  The caller frees it. */
static char *
how_recognised(const struct extracted *ex)
{
	if (ex->recognised == 0)
		return NULL;
	return xstrdup(ex->recognised < count_full_pages(ex) ?
	    "gedeeltelijk" : "geheel");
}

/* What the extractor says of page labels; NULL: nothing. */
static char *
how_numbered(const struct extracted *ex)
{
	size_t i;

	for (i = 0; i < ex->nmeta; i++)
		if (strcmp(ex->meta[i].name, "pdf:PageLabels") == 0)
			return xstrdup(ex->meta[i].value);
	return NULL;
}

/*
 * The order is that of the origins, best first, so that what is known need
 * not be looked for again:
 *
 *   1. properties: the sidecar's, then the file's own
 *   2. the label block at the head of the text, then a number there
 *   3. the title, once it is known, then the name
 *   4. what follows from those and from the folders
 *
 * What contradicts a better source changes nothing but is heard.
 */
void
portal_fill(const struct portal *p, const char *path, struct extracted *ex,
    struct doc *doc)
{
	const struct tables *t = &p->tables;
	CLEAN(claims_clear) struct claims claims = { 0 };
	const char *base = strrchr(path, '/');
	CLEAN(heard_clear) struct heard heard = { 0 };
	struct name name;
	bool is_about;

	*doc = (struct doc){ .pad = xstrdup(path), .paginas = ex->pages,
	    .status = xstrdup(extract_status_name(ex->status)) };
	doc->herkend = how_recognised(ex);
	doc->paginering = how_numbered(ex);
	add_if(doc, FIELD_FORMAAT, ex->format, ORIGIN_DERIVED);
	move_text(ex, doc);
	claims_make(t->labels, ex, &claims);
	claims_put(&claims, t, CLAIMS_FIRST, &heard, doc);
	/* Slides and sheets with a number on them are about that document. */
	is_about = soort_by_format(t->soorten, ex->format) != NULL;
	if (!is_about) {
		head_take_block(t, &heard, doc);
		head_take_number(t, &heard, doc);
	}
	take_title(t, doc);
	if (!is_about) {
		take_title_number(t, &heard, doc);
		claims_put(&claims, t, CLAIMS_NUMBER, &heard, doc);
	}
	title_stem(t->numbers, path, &name.stem, &name.n);
	take_number(t, name.stem, name.n, ORIGIN_NAME,
	    is_about ? NULL : &heard, doc);
	base = base != NULL ? base + 1 : path;
	if (doc->id == NULL)
		take_number(t, base, strlen(base), ORIGIN_NAME, NULL, doc);
	derive_soort(t, &name, ex, &claims, &heard, doc);
	take_short_title(p, doc);
	derive_land(t, &name, doc);
	hear_rest(t, &name, &heard, doc);
	heard_judge(&heard, doc);
	heard_damage(ex, doc);
	derive_rest(t, doc);
	replaces_find(t->replaces, t->numbers, doc);
	textprint_make(buf_str(&doc->text), doc->text.len, &doc->print);
}
