#include <config.h>

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "model/lists.h"
#include "model/paginering.h"
#include "show/output.h"
#include "show/said.h"

/* Styles, by what they are for; nothing without a terminal. */
enum style { STYLE_TITLE, STYLE_MARK, STYLE_DIM, STYLE_WARN, STYLE_END };
static const char *const codes[] = {
	[STYLE_TITLE] = "\033[1m",
	[STYLE_MARK] = "\033[1;33m",
	[STYLE_DIM] = "\033[2m",
	[STYLE_WARN] = "\033[31m",
	[STYLE_END] = "\033[0m",
};

#define INDENT		4
#define LABEL_COLUMNS	18
#define MAX_FACET_VALUES 12
#define DOT		" \xC2\xB7 "	/* a middle dot */

static void
style(const struct view *v, enum style s, struct buf *out)
{
	if (v->has_color)
		buf_adds(out, codes[s]);
}

static void
styled(const struct view *v, enum style s, const char *text, struct buf *out)
{
	style(v, s, out);
	utf8_clean(text, strlen(text), out);
	style(v, STYLE_END, out);
}

/* ---- wrapping ---- */

/*
 * Text that is broken at spaces: column is where the next character goes,
 * what stands to the left of a line is indent spaces.
 */
struct wrap {
	const struct view *view;
	struct buf *out;
	unsigned indent, column;
};

static void
wrap_begin(struct wrap *w, const struct view *v, unsigned indent, struct buf *out)
{
	*w = (struct wrap){ v, out, indent, indent };
	buf_addf(out, "%*s", (int)indent, "");
}

/* A word and the space before it; is_marked: in the style of a mark. */
static void
wrap_word(struct wrap *w, const char *s, size_t n)
{
	unsigned columns = (unsigned)utf8_count(s, n);

	if (w->column > w->indent && w->column + 1 + columns > w->view->width) {
		buf_addf(w->out, "\n%*s", (int)w->indent, "");
		w->column = w->indent;
	} else if (w->column > w->indent) {
		buf_addc(w->out, ' ');
		w->column++;
	}
	buf_add(w->out, s, n);
	w->column += columns;
}

static void
wrap_text(struct wrap *w, const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n) {
		if ((n = strspn(s, " ")) > 0)
			continue;
		n = strcspn(s, " ");
		wrap_word(w, s, n);
	}
}

/* The byte at which a code point of s begins. */
static size_t
byte_of(const char *s, uint32_t code_point)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++)
		if (((unsigned char)s[i] & 0xC0) != 0x80 && code_point-- == 0)
			break;
	return i;
}

/*
 * A passage, its marks in colour.  Lines are broken first, so that codes take
 * no room; each mark is switched off and on again at a line's end.
 */
static void
add_passage_text(const struct view *v, const struct passage *p, struct buf *out)
{
	CLEAN(buf_clear) struct buf lines = BUF_INIT;
	const char *s = p->text;
	size_t i = 0, at = 0;
	struct wrap w;
	const char *l;

	wrap_begin(&w, v, INDENT + 2, &lines);
	wrap_text(&w, s);
	/* Walk both: lines have s's characters and, for a space, maybe more. */
	for (l = lines.s + INDENT + 2; *l != '\0'; l++, at++) {
		if (i < p->nmarks && at == byte_of(s, p->marks[i].end)) {
			style(v, STYLE_END, out);
			i++;
		}
		if (i < p->nmarks && at == byte_of(s, p->marks[i].begin))
			style(v, STYLE_MARK, out);
		if (at == 0)
			buf_addf(out, "%*s", INDENT + 2, "");
		buf_addc(out, *l);
		/* Ours: the text has none, unless it is damaged. */
		if (*l == '\n' && strspn(l + 1, " ") >= INDENT + 2) {
			l += INDENT + 2;
			buf_addf(out, "%*s", INDENT + 2, "");
		}
	}
	if (i < p->nmarks && at == byte_of(s, p->marks[i].end))
		style(v, STYLE_END, out);
	buf_addc(out, '\n');
}

/* ---- hits ---- */

static void
add_day(int ymd, const char *before, struct buf *out)
{
	if (ymd == DATE_NONE || ymd == DATE_OPEN_BEGIN || ymd == DATE_OPEN_END)
		return;
	buf_adds(out, before);
	date_print_dutch(ymd, out);
}

/* "geldig sinds 1 juli 2014", "VERVALLEN, gold van ... tot en met ..." */
static void
add_validity(const struct view *v, const struct hit *h, struct buf *out)
{
	static const char *const words[NVALIDITIES] = {
		[VALIDITY_GELDIG] = "geldig",
		[VALIDITY_VERVALLEN] = "VERVALLEN, gold",
		[VALIDITY_TOEKOMSTIG] = "NOG NIET GELDIG, geldt",
		[VALIDITY_ONBEKEND] = "geldigheid onbekend",
	};
	bool has_end = h->doc.tot_ymd != DATE_NONE &&
	    h->doc.tot_ymd != DATE_OPEN_END;
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	buf_adds(&b, words[h->validity]);
	add_day(h->doc.van_ymd, has_end ? " van " :
	    h->validity == VALIDITY_GELDIG ? " sinds " : " vanaf ", &b);
	add_day(h->doc.tot_ymd, " tot en met ", &b);
	buf_adds(out, DOT);
	if (h->validity == VALIDITY_VERVALLEN ||
	    h->validity == VALIDITY_TOEKOMSTIG)
		styled(v, STYLE_WARN, b.s, out);
	else
		buf_adds(out, b.s);
}

static void
add_facts(const struct view *v, const struct hit *h, struct buf *out)
{
	const struct doc *d = &h->doc;
	const char *kenmerk = doc_first(d, FIELD_KENMERK);
	const char *soort = doc_first(d, FIELD_SOORT);
	size_t i;

	buf_addf(out, "%*s%s", INDENT, "", soort != NULL ?
	    list_label(FIELD_SOORT, soort) : "Document");
	if (kenmerk != NULL)
		buf_addf(out, DOT "%s", kenmerk);
	for (i = 0; i < d->values[FIELD_LAND].count; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : DOT,
		    list_label(FIELD_LAND, d->values[FIELD_LAND].items[i].text));
	add_day(d->datum_ymd, DOT, out);
	add_validity(v, h, out);
	if (h->replaced_by != NULL) {
		buf_adds(out, " (vervangen door ");
		utf8_clean(h->replaced_by, strlen(h->replaced_by), out);
		buf_addc(out, ')');
	}
	buf_addc(out, '\n');
}

static void
add_passage(const struct view *v, const struct doc *d,
    const struct passage *p, struct buf *out)
{
	CLEAN(buf_clear) struct buf where = BUF_INIT;
	char label[PAGINERING_BYTES];

	if (p->page != 0)
		buf_addf(&where, "p. %u", p->page);
	if (paginering_label(d->paginering, p->page, label))
		buf_addf(&where, " (genummerd %s)", label);
	if (p->heading != NULL)
		buf_addf(&where, "%s%s", where.len > 0 ? "  " : "", p->heading);
	if (where.len > 0) {
		buf_addf(out, "%*s", INDENT, "");
		styled(v, STYLE_DIM, where.s, out);
		buf_addc(out, '\n');
	}
	add_passage_text(v, p, out);
}

/* What the hit was found by: weight, kind, words. */
static void
add_reasons(const struct view *v, const struct hit *h, struct buf *out)
{
	size_t i;

	style(v, STYLE_DIM, out);
	for (i = 0; i < h->nreasons; i++)
		buf_addf(out, "%*s%6.2f  %-18s %s\n", INDENT, "",
		    h->reasons[i].weight, h->reasons[i].kind,
		    h->reasons[i].text);
	style(v, STYLE_END, out);
}

static void
add_warning(const struct view *v, const char *text, struct buf *out)
{
	buf_addf(out, "%*s", INDENT, "");
	styled(v, STYLE_WARN, text, out);
	buf_addc(out, '\n');
}

static void
add_hit(const struct view *v, const struct hit *h, struct buf *out)
{
	const struct doc *d = &h->doc;
	const char *format = doc_first(d, FIELD_FORMAAT);
	size_t i;

	buf_addf(out, "\n%2u. ", h->rank);
	styled(v, STYLE_TITLE, doc_first(d, FIELD_TITEL), out);
	buf_addc(out, '\n');
	add_facts(v, h, out);
	for (i = 0; i < h->npassages; i++)
		add_passage(v, &h->doc, &h->passages[i], out);
	if (h->nreasons > 0)
		add_reasons(v, h, out);
	if (strcmp(d->status, "ok") != 0)
		add_warning(v, h->npassages > 0 ?
		    "een deel van de tekst is niet doorzoekbaar" :
		    "de tekst is niet doorzoekbaar; gevonden op kenmerken", out);
	if (d->herkend != NULL)
		add_warning(v, strcmp(d->herkend, "geheel") == 0 ?
		    "tekst herkend uit een scan; er kunnen fouten in staan" :
		    "een deel van de tekst is herkend uit een scan; daar kunnen "
		    "fouten in staan", out);
	buf_addf(out, "%*s", INDENT, "");
	style(v, STYLE_DIM, out);
	utf8_clean(d->pad, strlen(d->pad), out);
	if (d->paginas > 0)
		buf_addf(out, " (%s, %u pagina%s)", format, d->paginas,
		    d->paginas == 1 ? "" : "\xE2\x80\x99s");
	for (i = 0; i < d->nook_als; i++) {
		buf_addf(out, "\n%*sook als ", INDENT, "");
		utf8_clean(d->ook_als[i], strlen(d->ook_als[i]), out);
	}
	style(v, STYLE_END, out);
	buf_addc(out, '\n');
}

/* ---- around them ---- */

static void
add_head(const struct view *v, struct buf *out)
{
	const struct result *r = v->result;
	CLEAN(buf_clear) struct buf read = BUF_INIT;
	size_t i;

	query_print(v->query, &read);
	if (r->total == 0)
		buf_adds(out, "Niets gevonden");
	else
		buf_addf(out, "%u document%s", r->total,
		    r->total == 1 ? "" : "en");
	if (v->query->text != NULL && r->with_all_words < r->total)
		buf_addf(out, ", %u met alle woorden", r->with_all_words);
	buf_addf(out, ". Gelezen als: %s. Peildatum: ",
	    read.len > 0 ? read.s : "alle documenten");
	date_print_dutch(v->query->peil_ymd, out);
	buf_adds(out, ".\n");
	for (i = 0; i < r->notes.count; i++) {
		note_print(&r->notes.items[i], out);
		buf_addc(out, '\n');
	}
	if (r->correction != NULL)
		buf_addf(out, "Bedoelde u: %s\n", r->correction);
}

static void
add_facet(const struct view *v, const struct facet *f, struct buf *out)
{
	struct wrap w;
	size_t i;

	buf_addf(out, "%s%*s", f->field->label, (int)(LABEL_COLUMNS -
	    utf8_count(f->field->label, strlen(f->field->label))), "");
	w = (struct wrap){ v, out, LABEL_COLUMNS, LABEL_COLUMNS };
	for (i = 0; i < f->nvalues && i < MAX_FACET_VALUES; i++) {
		const struct facet_value *value = &f->values[i];
		CLEAN(buf_clear) struct buf b = BUF_INIT;
		char *p;

		buf_addf(&b, "%s%s %u%s", value->is_chosen ? "*" : "",
		    list_label(f->field->id, value->value), value->docs,
		    i + 1 < f->nvalues ? "," : "");
		/* A value and its number stay on one line. */
		for (p = b.s; *p != '\0'; p++)
			if (*p == ' ')
				*p = '\x01';
		wrap_word(&w, b.s, b.len);
	}
	if (f->nvalues > MAX_FACET_VALUES) {
		CLEAN(str_free) char *more = xasprintf("en\x01%zu\x01" "andere",
		    f->nvalues - MAX_FACET_VALUES);

		wrap_word(&w, more, strlen(more));
	}
	buf_addc(out, '\n');
}

static void
add_facets(const struct view *v, struct buf *out)
{
	size_t begin = out->len, i;

	buf_addc(out, '\n');
	for (i = 0; i < v->result->nfacets; i++)
		if (v->result->facets[i].nvalues > 0)
			add_facet(v, &v->result->facets[i], out);
	for (i = begin; i < out->len; i++)
		if (out->s[i] == '\x01')
			out->s[i] = ' ';
}

static void
add_foot(const struct view *v, struct buf *out)
{
	const struct disclaimer *found[SHOW_MAX_DISCLAIMERS];
	size_t n = disclaimers_of(v->result, found, NELEM(found)), i;
	const struct result *r = v->result;
	struct wrap w;

	buf_addc(out, '\n');
	for (i = 0; i < n; i++) {
		wrap_begin(&w, v, 0, out);
		wrap_text(&w, found[i]->kort);
		buf_addc(out, '\n');
	}
	buf_addf(out, "Doorzocht: %u documenten", r->coverage_documents);
	if (r->coverage_unsearchable > 0)
		buf_addf(out, "; van %u daarvan is de tekst niet doorzoekbaar",
		    r->coverage_unsearchable);
	buf_adds(out, ".\n");
}

/* The code that s begins with; 0: none of ours. */
static size_t
code_length(const char *s)
{
	size_t i, n;

	for (i = 0; i < NELEM(codes); i++) {
		n = strlen(codes[i]);
		if (n > 0 && strncmp(s, codes[i], n) == 0)
			return n;
	}
	return 0;
}

/*
 * Append what was written, with no controls but our own: what is in an index
 * was cleaned when it was read, but may be damaged.
 */
static void
add_clean(const struct view *v, const struct buf *b, struct buf *out)
{
	const char *at = buf_str(b), *s;
	size_t n;

	for (s = at; *s != '\0'; s++) {
		if (!v->has_color || *s != '\x1b' || (n = code_length(s)) == 0)
			continue;
		utf8_clean(at, (size_t)(s - at), out);
		buf_add(out, s, n);
		at = s + n;
		s = at - 1;
	}
	utf8_clean(at, (size_t)(s - at), out);
}

void
out_terminal(const struct view *v, struct buf *out)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	add_head(v, &b);
	for (i = 0; i < v->result->nhits; i++)
		add_hit(v, &v->result->hits[i], &b);
	add_facets(v, &b);
	add_foot(v, &b);
	add_clean(v, &b, out);
}
