#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "cmd/command.h"
#include "index/families.h"
#include "index/store.h"
#include "model/lists.h"
#include "model/validity.h"

static const struct option show_options[] = {
	{ "pagina", "N", "only the text of page N" },
	{ NULL, NULL, NULL },
};

static void
print_row(const char *name, const char *value, const char *label,
    const char *origin, struct buf *out)
{
	buf_addf(out, "%-11s ", name);
	utf8_clean(value, strlen(value), out);
	if (label != NULL && strcmp(label, value) != 0)
		buf_addf(out, " (%s)", label);
	if (origin != NULL)
		buf_addf(out, "  [%s]", origin);
	buf_addc(out, '\n');
}

static void
print_day(const char *name, int ymd, enum origin origin, struct buf *out)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	if (ymd == DATE_NONE || ymd == DATE_OPEN_BEGIN || ymd == DATE_OPEN_END)
		return;
	date_print(ymd, &b);
	print_row(name, b.s, NULL, origin_name(origin), out);
}

static void
print_values(const struct doc *d, struct buf *out)
{
	enum field_id f;
	size_t i;

	for (f = 0; f < NFIELDS; f++)
		for (i = 0; i < d->values[f].count; i++) {
			const struct doc_value *v = &d->values[f].items[i];

			print_row(fields[f].name, v->text,
			    list_label(f, v->text), origin_name(v->origin), out);
		}
}

static void
print_fields(const struct doc *d, int today_ymd, struct buf *out)
{
	size_t i;

	print_row("id", d->id, NULL, NULL, out);
	print_row("pad", d->pad, NULL, NULL, out);
	for (i = 0; i < d->nook_als; i++)
		print_row("ookAls", d->ook_als[i], NULL, NULL, out);
	if (d->bestand != NULL)
		print_row("bestand", d->bestand, NULL, NULL, out);
	if (d->url != NULL)
		print_row("url", d->url, NULL, NULL, out);
	print_values(d, out);
	if (d->citeertitel != NULL)
		print_row("citeertitel", d->citeertitel, NULL,
		    origin_name(ORIGIN_TEXT), out);
	print_day("datum", d->datum_ymd, d->datum_origin, out);
	print_day("geldigVan", d->van_ymd, d->van_origin, out);
	print_day("geldigTot", d->tot_ymd, d->tot_origin, out);
	print_row("geldigheid", validity_name(validity_on(d->van_ymd,
	    d->tot_ymd, today_ymd)), NULL, NULL, out);
	if (d->paginas > 0)
		buf_addf(out, "%-11s %u\n", "paginas", d->paginas);
	if (d->paginering != NULL)
		print_row("paginering", d->paginering, NULL, NULL, out);
	for (i = 0; i < d->nconflicts; i++)
		print_row("conflict", d->conflicts[i], NULL, NULL, out);
	if (d->verouderd != NULL)
		buf_addf(out, "%-11s het bestand is niet te lezen sinds %s; dit "
		    "is de tekst van een eerdere versie\n", "let op",
		    d->verouderd);
	if (d->herkend != NULL)
		print_row("herkend", d->herkend, NULL, "tekst uit een scan; er "
		    "kunnen fouten in staan", out);
	if (strcmp(d->status, "ok") != 0)
		print_row("doorzoekbaar", "nee", NULL, d->status, out);
}

/* The bytes of one page. */
static int
find_page(const struct layout *l, unsigned number, uint32_t *begin,
    uint32_t *end, struct error *err)
{
	size_t i;

	for (i = 0; i < l->npages; i++)
		if (l->pages[i].number == number) {
			*begin = l->pages[i].at;
			*end = i + 1 < l->npages ? l->pages[i + 1].at :
			    l->text_bytes;
			return 0;
		}
	if (l->npages == 0)
		return error_set(err, ERROR_ABSENT,
		    "dit document heeft geen pagina's");
	return error_set(err, ERROR_ABSENT, "pagina %u bestaat niet; er zijn "
	    "pagina's %u tot en met %u", number, l->pages[0].number,
	    l->pages[l->npages - 1].number);
}

static int
print_text(const struct store *s, uint32_t docid, unsigned page,
    struct buf *out, struct error *err)
{
	CLEAN(layout_clear) struct layout l = { 0 };
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	uint32_t begin = 0, end;
	size_t first;

	if (store_layout(s, docid, &l, err) == -1)
		return -1;
	end = l.text_bytes;
	if (page != 0 && find_page(&l, page, &begin, &end, err) == -1)
		return -1;
	if (end == begin)
		return 0;
	first = layout_chunk_of_byte(&l, begin);
	if (store_text(s, docid, first, layout_chunk_of_byte(&l, end - 1),
	    &text, err) == -1)
		return -1;
	begin -= l.chunks[first].at;
	end -= l.chunks[first].at;
	if (end > text.len)
		return error_set(err, ERROR_INDEX, "stored text is damaged");
	buf_add(out, text.s + begin, end - begin);
	return 0;
}

static int
page_wanted(const struct arguments *args, unsigned *page, struct error *err)
{
	const char *value = argument_value(args, "pagina");

	*page = 0;
	if (value == NULL)
		return 0;
	if (strlen(value) > 6 || strspn(value, "0123456789") != strlen(value) ||
	    (*page = (unsigned)atoi(value)) == 0)
		return error_set(err, ERROR_QUERY,
		    "ongeldige pagina ‘%s’; schrijf een getal vanaf 1", value);
	return 0;
}

/* A version of the document that is shown: its id, kenmerk and validity. */
static int
print_version(const struct store *s, const struct version *own,
    const struct version *other, int today_ymd, struct buf *out,
    struct error *err)
{
	CLEAN(doc_clear) struct doc d = { 0 };

	if (store_doc(s, other->docid, &d, err) == -1)
		return -1;
	print_row(version_is_newer(other, own) ? "opvolger" :
	    version_is_newer(own, other) ? "voorganger" : "versie",
	    d.id, doc_first(&d, FIELD_KENMERK), validity_name(validity_on(
	    d.van_ymd, d.tot_ymd, today_ymd)), out);
	return 0;
}

static int
print_versions(const struct store *s, uint32_t docid, int today_ymd,
    struct buf *out, struct error *err)
{
	CLEAN(families_free) struct families *f = NULL;
	const struct version *v, *own = NULL;
	size_t n, i;

	families_open(s, today_ymd, &f);
	if (families_of(f, docid, &v, &n, err) == -1)
		return -1;
	for (i = 0; i < n; i++)
		if (v[i].docid == docid)
			own = &v[i];
	for (i = 0; i < n; i++)
		if (&v[i] != own && v[i].family == own->family &&
		    print_version(s, own, &v[i], today_ymd, out, err) == -1)
			return -1;
	return 0;
}

static int
show(const struct settings *settings, const struct store *s, uint32_t docid,
    unsigned page, struct buf *out, struct error *err)
{
	CLEAN(doc_clear) struct doc d = { 0 };

	if (store_doc(s, docid, &d, err) == -1)
		return -1;
	if (page == 0) {
		print_fields(&d, settings->today_ymd, out);
		if (print_versions(s, docid, settings->today_ymd, out,
		    err) == -1)
			return -1;
		buf_addc(out, '\n');
	}
	return print_text(s, docid, page, out, err);
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(analyser_free) struct analyser *a = NULL;
	CLEAN(store_free) struct store *s = NULL;
	const char *name = argument_word(args, 0);
	uint32_t *docids = NULL;
	unsigned page;
	int n, i, rc = 0;

	if (name == NULL || argument_word(args, 1) != NULL)
		return error_set(err, ERROR_QUERY,
		    "noem één document: een id, een pad of een kenmerk");
	if (page_wanted(args, &page, err) == -1 ||
	    analyser_open(&a, err) == -1 ||
	    store_open(settings->index, a, &s, err) == -1 ||
	    (n = store_find(s, name, &docids, err)) == -1)
		return -1;
	/* A kenmerk may belong to several: then all are shown. */
	for (i = 0; i < n && rc == 0; i++) {
		if (i > 0)
			buf_adds(out, "\n");
		rc = show(settings, s, docids[i], page, out, err);
	}
	free(docids);
	return rc;
}

const struct command cmd_show = {
	.name = "show",
	.usage = "[--pagina=N] ID",
	.summary = "show one document, by id, path or kenmerk",
	.options = show_options,
	.run = run,
};
