#include <config.h>

#include "cmd/privacy.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/percent.h"
#include "index/store.h"
#include "model/personal.h"

/* What stands in the cell of the page: where there are none; of a title. */
#define NO_PAGE		"-"
#define IN_TITLE	"title"

struct privacy {
	const struct store *store;
	struct personal *tables;
	uint32_t *docids;
	size_t ndocs, without_text, with_findings;
	size_t counts[NPERSONAL];
	struct buf *out;
};

/* A document, and what was found in it already. */
struct gone_through {
	const struct doc *doc;
	char **seen;		/* page and key; values in full, not to be kept */
	size_t nseen, cap_seen;
};

static void
seen_clear(struct gone_through *g)
{
	while (g->nseen > 0)
		free(g->seen[--g->nseen]);
	free(g->seen);
	g->seen = NULL;
}

/* One line says that a value stands on a page, however often it does. */
static bool
is_seen(struct gone_through *g, const char *page, const char *key)
{
	char *s = xasprintf("%s %s", page, key);
	size_t i;

	for (i = g->nseen; i > 0; i--)
		if (strcmp(g->seen[i - 1], s) == 0) {
			free(s);
			return true;
		}
	GROW(g->seen, g->nseen, g->cap_seen);
	g->seen[g->nseen++] = s;
	return false;
}

static void
add_finding(struct privacy *p, struct gone_through *g, const char *page,
    const char *text, const struct personal_finding *f)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;

	personal_key(f->kind, text + f->at, f->len, &key);
	if (is_seen(g, page, buf_str(&key)))
		return;
	buf_addf(p->out, "%s\t", personal_name(f->kind));
	percent_encode(g->doc->pad, p->out);
	buf_addf(p->out, "\t%s\t", page);
	personal_mask(f->kind, buf_str(&key), p->out);
	buf_addc(p->out, '\n');
	p->counts[f->kind]++;
}

static void
scan_title(struct privacy *p, struct gone_through *g)
{
	const char *title = doc_first(g->doc, FIELD_TITEL);
	struct personal_scan scan;
	struct personal_finding f;

	if (title == NULL)
		return;
	personal_scan_init(&scan, p->tables, title, strlen(title));
	while (personal_scan_next(&scan, &f))
		add_finding(p, g, IN_TITLE, title, &f);
}

/* The page on which a byte stands, from page number *i on. */
static const char *
page_of(const struct layout *l, size_t at, size_t *i, char *name, size_t size)
{
	if (l->npages == 0 || at < l->pages[0].at)
		return NO_PAGE;
	while (*i + 1 < l->npages && l->pages[*i + 1].at <= at)
		++*i;
	snprintf(name, size, "%u", l->pages[*i].number);
	return name;
}

static int
scan_text(struct privacy *p, struct gone_through *g, uint32_t docid,
    struct error *err)
{
	CLEAN(layout_clear) struct layout l = { 0 };
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct personal_scan scan;
	struct personal_finding f;
	char name[16];
	size_t page = 0;

	if (store_layout(p->store, docid, &l, err) == -1)
		return -1;
	if (l.nchunks == 0) {
		p->without_text++;
		return 0;
	}
	if (store_text(p->store, docid, 0, l.nchunks - 1, &text, err) == -1)
		return -1;
	personal_scan_init(&scan, p->tables, buf_str(&text), text.len);
	while (personal_scan_next(&scan, &f))
		add_finding(p, g, page_of(&l, f.at, &page, name, sizeof name),
		    text.s, &f);
	return 0;
}

/* They show the same, on pages of their own. */
static void
add_copies(struct privacy *p, const struct doc *doc)
{
	size_t i;

	for (i = 0; i < doc->nook_als; i++) {
		buf_adds(p->out, "copy\t");
		percent_encode(doc->ook_als[i], p->out);
		buf_adds(p->out, "\t" NO_PAGE "\t");
		percent_encode(doc->pad, p->out);
		buf_addc(p->out, '\n');
	}
}

static int
scan_document(struct privacy *p, uint32_t docid, struct error *err)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	CLEAN(seen_clear) struct gone_through g = { .doc = &doc };
	size_t before = p->out->len;

	if (store_doc(p->store, docid, &doc, err) == -1)
		return -1;
	scan_title(p, &g);
	if (scan_text(p, &g, docid, err) == -1)
		return -1;
	if (p->out->len > before) {
		p->with_findings++;
		add_copies(p, &doc);
	}
	return 0;
}

static void
add_summary(struct privacy *p)
{
	struct store_facts facts;
	enum personal_kind i;

	store_facts(p->store, &facts);
	buf_addf(p->out, "summary\tgen-%u\t" NO_PAGE "\t%zu of %zu documents "
	    "show personal data:", facts.generation, p->with_findings, p->ndocs);
	for (i = 0; i < NPERSONAL; i++)
		buf_addf(p->out, "%s %s %zu", i > 0 ? "," : "",
		    personal_name(i), p->counts[i]);
	buf_addf(p->out, "; %zu have no text to look at\n", p->without_text);
}

static void
privacy_clear(struct privacy *p)
{
	personal_free(&p->tables);
	free(p->docids);
}

int
privacy_list(const struct settings *settings, struct buf *out,
    struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	CLEAN(privacy_clear) struct privacy p = { .out = out };
	size_t i;

	if (personal_open(settings->known, &p.tables, err) == -1 ||
	    analyser_open(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1 ||
	    store_documents(s, &p.docids, &p.ndocs, err) == -1)
		return -1;
	p.store = s;
	for (i = 0; i < p.ndocs; i++)
		if (scan_document(&p, p.docids[i], err) == -1)
			return -1;
	add_summary(&p);
	return 0;
}
