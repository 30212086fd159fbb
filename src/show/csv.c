#include <config.h>

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "show/output.h"

/*
 * One row a hit, with its best passage.  CSV is that of RFC 4180; a cell that
 * a spreadsheet would take for a formula gets an apostrophe in front.  TSV has
 * no quoting, so tabs and line ends become spaces.
 */
struct table {
	char sep;
	const char *eol;
	bool has_quotes;
};

static const struct table csv = { ',', "\r\n", true };
static const struct table tsv = { '\t', "\n", false };

static void
cell_rang(const struct hit *h, struct buf *out)
{
	buf_addf(out, "%u", h->rank);
}

static void
cell_score(const struct hit *h, struct buf *out)
{
	buf_addf(out, "%.4f", h->score);
}

static void
cell_id(const struct hit *h, struct buf *out)
{
	buf_adds(out, h->doc.id);
}

static void
cell_pad(const struct hit *h, struct buf *out)
{
	buf_adds(out, h->doc.pad);
}

static void
cell_url(const struct hit *h, struct buf *out)
{
	buf_adds(out, h->doc.url != NULL ? h->doc.url : "");
}

static void
first(const struct hit *h, enum field_id f, struct buf *out)
{
	const char *s = doc_first(&h->doc, f);

	buf_adds(out, s != NULL ? s : "");
}

static void
cell_titel(const struct hit *h, struct buf *out)
{
	first(h, FIELD_TITEL, out);
}

static void
cell_soort(const struct hit *h, struct buf *out)
{
	first(h, FIELD_SOORT, out);
}

static void
cell_kenmerk(const struct hit *h, struct buf *out)
{
	first(h, FIELD_KENMERK, out);
}

static void
cell_landen(const struct hit *h, struct buf *out)
{
	const struct doc_values *v = &h->doc.values[FIELD_LAND];
	size_t i;

	for (i = 0; i < v->count; i++)
		buf_addf(out, "%s%s", i > 0 ? ";" : "", v->items[i].text);
}

static void
day(int ymd, struct buf *out)
{
	if (ymd != DATE_NONE && ymd != DATE_OPEN_BEGIN && ymd != DATE_OPEN_END)
		date_print(ymd, out);
}

static void
cell_datum(const struct hit *h, struct buf *out)
{
	day(h->doc.datum_ymd, out);
}

static void
cell_van(const struct hit *h, struct buf *out)
{
	day(h->doc.van_ymd, out);
}

static void
cell_tot(const struct hit *h, struct buf *out)
{
	day(h->doc.tot_ymd, out);
}

static void
cell_geldigheid(const struct hit *h, struct buf *out)
{
	buf_adds(out, validity_name(h->validity));
}

static void
cell_formaat(const struct hit *h, struct buf *out)
{
	first(h, FIELD_FORMAAT, out);
}

static void
cell_taal(const struct hit *h, struct buf *out)
{
	first(h, FIELD_TAAL, out);
}

static void
cell_pagina(const struct hit *h, struct buf *out)
{
	if (h->npassages > 0 && h->passages[0].page != 0)
		buf_addf(out, "%u", h->passages[0].page);
}

static void
cell_kop(const struct hit *h, struct buf *out)
{
	if (h->npassages > 0 && h->passages[0].heading != NULL)
		buf_adds(out, h->passages[0].heading);
}

static void
cell_fragment(const struct hit *h, struct buf *out)
{
	if (h->npassages > 0)
		buf_adds(out, h->passages[0].text);
}

static const struct {
	const char *name;
	void (*print)(const struct hit *, struct buf *);
} columns[] = {
	{ "rang", cell_rang },
	{ "score", cell_score },
	{ "id", cell_id },
	{ "pad", cell_pad },
	{ "url", cell_url },
	{ "titel", cell_titel },
	{ "soort", cell_soort },
	{ "kenmerk", cell_kenmerk },
	{ "landen", cell_landen },
	{ "datum", cell_datum },
	{ "geldigVan", cell_van },
	{ "geldigTot", cell_tot },
	{ "geldigheid", cell_geldigheid },
	{ "formaat", cell_formaat },
	{ "taal", cell_taal },
	{ "pagina", cell_pagina },
	{ "kop", cell_kop },
	{ "fragment", cell_fragment },
};

static void
add_quoted(const char *s, struct buf *out)
{
	bool needs = strpbrk(s, ",\"\r\n") != NULL;

	if (needs)
		buf_addc(out, '"');
	if (*s != '\0' && strchr("=+-@\t\r", *s) != NULL)
		buf_addc(out, '\'');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			buf_addc(out, '"');
		buf_addc(out, *s);
	}
	if (needs)
		buf_addc(out, '"');
}

static void
add_plain(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++)
		buf_addc(out, *s == '\t' || *s == '\n' || *s == '\r' ? ' ' : *s);
}

static void
render(const struct table *t, const struct result *r, struct buf *out)
{
	CLEAN(buf_clear) struct buf cell = BUF_INIT, clean = BUF_INIT;
	size_t i, c;

	for (c = 0; c < NELEM(columns); c++) {
		if (c > 0)
			buf_addc(out, t->sep);
		buf_adds(out, columns[c].name);
	}
	buf_adds(out, t->eol);
	for (i = 0; i < r->nhits; i++) {
		for (c = 0; c < NELEM(columns); c++) {
			buf_cut(&cell, 0);
			buf_cut(&clean, 0);
			columns[c].print(&r->hits[i], &cell);
			utf8_clean(buf_str(&cell), cell.len, &clean);
			if (c > 0)
				buf_addc(out, t->sep);
			if (t->has_quotes)
				add_quoted(buf_str(&clean), out);
			else
				add_plain(buf_str(&clean), out);
		}
		buf_adds(out, t->eol);
	}
}

void
out_csv(const struct view *v, struct buf *out)
{
	render(&csv, v->result, out);
}

void
out_tsv(const struct view *v, struct buf *out)
{
	render(&tsv, v->result, out);
}
