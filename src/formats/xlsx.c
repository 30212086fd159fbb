#include <config.h>

#include "formats/format.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "formats/chart.h"
#include "formats/drawn.h"
#include "formats/opc.h"
#include "formats/sheets.h"
#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "s" },
	{ "http://purl.oclc.org/ooxml/spreadsheetml/main", "s" },
	{ "http://schemas.openxmlformats.org/markup-compatibility/2006", "mc" },
	{ "http://schemas.microsoft.com/office/spreadsheetml/2018/"
	    "threadedcomments", "tc" },
	{ NULL, NULL }
};

/* What the value of a cell is. */
enum type {
	NUMBER,
	SHARED,			/* the number of a shared string */
	STRING,
	BOOLEAN,
	ERROR,
};

struct book {
	struct sheets sheets;
	struct opc opc;
	struct out *out;
	const char *main_part;
	/* The part that is read: */
	unsigned dropping;	/* depth within what is not text, or 0 */
	bool in_text;
	bool in_styles;		/* within the list of styles that cells have */
	enum type type;
	size_t style;
	struct buf value;	/* of the cell, comment or header */
	unsigned row;		/* from 0 */
	/* Comments are read: */
	bool has_threads;	/* the same are there as threads */
	bool is_copy;		/* the author is a thread, not a person */
	struct buf copies;	/* for each author '1' if it is one, or '0' */
	bool has_damage;
};

static void
book_clear(struct book *b)
{
	sheets_clear(&b->sheets);
	opc_clear(&b->opc);
	buf_clear(&b->value);
	buf_clear(&b->copies);
}

static size_t
number_of(const struct xml_element *e, const char *name)
{
	size_t len, n = 0;
	const char *s = xml_attr(e, name, &len);

	for (; s != NULL && len > 0 && *s >= '0' && *s <= '9' &&
	    n < 100000000; s++, len--)
		n = n * 10 + (size_t)(*s - '0');
	return n;
}

/* Readings of the characters, for those who sort by them. */
static bool
drop(struct book *b, const struct xml_element *e)
{
	if (b->dropping == 0 && !xml_is(e, "s", "rPh") &&
	    !xml_is(e, "mc", "Fallback"))
		return false;
	b->dropping++;
	return true;
}

static bool
undrop(struct book *b)
{
	if (b->dropping == 0)
		return false;
	b->dropping--;
	return true;
}

/* ---- shared strings ---- */

/* Characters that XML may not hold are written _x000D_. */
static void
unescape(const char *s, size_t n, struct buf *out)
{
	const char *end = s + n, *p = s;

	while ((p = memmem(p, (size_t)(end - p), "_x", 2)) != NULL) {
		if (end - p >= 7 && p[6] == '_' &&
		    strspn(p + 2, "0123456789abcdefABCDEF") == 4) {
			buf_add(out, s, (size_t)(p - s));
			buf_addc(out, ' ');
			s = p += 7;
		} else
			p += 2;
	}
	buf_add(out, s, (size_t)(end - s));
}

static void
strings_start(void *arg, const struct xml_element *e)
{
	struct book *b = arg;

	if (!drop(b, e) && xml_is(e, "s", "t"))
		b->in_text = true;
}

static void
strings_end(void *arg, const struct xml_element *e)
{
	struct book *b = arg;

	if (undrop(b))
		return;
	if (xml_is(e, "s", "t"))
		b->in_text = false;
	else if (xml_is(e, "s", "si"))
		sheets_end_string(&b->sheets);
}

static void
strings_text(void *arg, const char *s, size_t n)
{
	struct book *b = arg;

	if (b->in_text && b->dropping == 0)
		unescape(s, n, &b->sheets.strings);
}

/* ---- styles ---- */

static void
styles_start(void *arg, const struct xml_element *e)
{
	struct book *b = arg;
	const char *code;
	size_t len;

	if (xml_is(e, "s", "cellXfs"))
		b->in_styles = true;
	else if (xml_is(e, "s", "numFmt") &&
	    (code = xml_attr(e, "formatCode", &len)) != NULL)
		numfmts_add(&b->sheets.formats, (unsigned)number_of(e, "numFmtId"),
		    code, len);
	else if (b->in_styles && xml_is(e, "s", "xf"))
		numfmts_add_style(&b->sheets.formats,
		    (unsigned)number_of(e, "numFmtId"));
}

static void
styles_end(void *arg, const struct xml_element *e)
{
	struct book *b = arg;

	if (xml_is(e, "s", "cellXfs"))
		b->in_styles = false;
}

/* ---- a sheet ---- */

static void
begin_cell(struct book *b, const struct xml_element *e)
{
	static const struct {
		const char *name;
		enum type type;
	} types[] = {
		{ "s", SHARED }, { "str", STRING }, { "inlineStr", STRING },
		{ "d", STRING }, { "b", BOOLEAN }, { "e", ERROR },
	};
	size_t i;

	b->type = NUMBER;
	b->style = number_of(e, "s");
	buf_cut(&b->value, 0);
	for (i = 0; i < NELEM(types); i++)
		if (xml_attr_is(e, "t", types[i].name))
			b->type = types[i].type;
}

static void
end_cell(struct book *b)
{
	const char *s = buf_str(&b->value);

	if (b->value.len == 0)
		return;
	switch (b->type) {
	case NUMBER:
		sheets_number(&b->sheets, b->style, strtod(s, NULL));
		break;
	case SHARED:
		sheets_shared(&b->sheets, strtoul(s, NULL, 10));
		break;
	case STRING:
		sheets_text(&b->sheets, s, b->value.len);
		break;
	case BOOLEAN:
		sheets_boolean(&b->sheets, *s == '1');
		break;
	case ERROR:
		break;
	}
}

/* Rows are numbered, or follow each other. */
static void
begin_row(struct book *b, const struct xml_element *e)
{
	size_t n = number_of(e, "r");

	b->row = n > 0 ? (unsigned)n - 1 : b->row + 1;
	sheets_row(&b->sheets, b->row);
}

/* Headers and footers, of odd pages, even pages and the first. */
static bool
is_margin(const struct xml_element *e)
{
	size_t n = strlen(e->name);

	return n > 6 && (strcmp(e->name + n - 6, "Header") == 0 ||
	    strcmp(e->name + n - 6, "Footer") == 0) &&
	    strcmp(e->name, "headerFooter") != 0;
}

static void
sheet_start(void *arg, const struct xml_element *e)
{
	struct book *b = arg;

	if (drop(b, e) || strcmp(e->ns, "s") != 0)
		return;
	if (strcmp(e->name, "row") == 0)
		begin_row(b, e);
	else if (strcmp(e->name, "c") == 0)
		begin_cell(b, e);
	else if (is_margin(e)) {
		buf_cut(&b->value, 0);
		b->in_text = true;
	} else if (strcmp(e->name, "v") == 0 || strcmp(e->name, "t") == 0)
		b->in_text = b->sheets.flow.rows > 0;
}

static void
sheet_end(void *arg, const struct xml_element *e)
{
	struct book *b = arg;

	if (undrop(b) || strcmp(e->ns, "s") != 0)
		return;
	if (strcmp(e->name, "row") == 0)
		sheets_row_end(&b->sheets, b->row);
	else if (strcmp(e->name, "c") == 0)
		end_cell(b);
	else if (is_margin(e)) {
		sheets_running(&b->sheets, buf_str(&b->value), b->value.len);
		b->in_text = false;
	} else if (strcmp(e->name, "v") == 0 || strcmp(e->name, "t") == 0)
		b->in_text = false;
}

static void
sheet_text(void *arg, const char *s, size_t n)
{
	struct book *b = arg;

	if (b->in_text && b->dropping == 0)
		unescape(s, n, &b->value);
}

/* ---- comments on its cells ---- */

/* "B12": the row, from 0. */
static unsigned
row_of(const struct xml_element *e)
{
	size_t len, i;
	const char *ref = xml_attr(e, "ref", &len);
	unsigned row = 0;

	for (i = 0; ref != NULL && i < len && row < 100000000; i++)
		if (ref[i] >= '0' && ref[i] <= '9')
			row = row * 10 + (unsigned)(ref[i] - '0');
	return row > 0 ? row - 1 : 0;
}

static bool
is_comment(const struct xml_element *e)
{
	return xml_is(e, "s", "comment") || xml_is(e, "tc", "threadedComment");
}

/*
 * Of a thread Excel keeps a copy for programs that do not know threads, made
 * by an author "tc={...}".
 */
static void
begin_comment(struct book *b, const struct xml_element *e)
{
	size_t author = number_of(e, "authorId");

	b->row = row_of(e);
	b->is_copy = b->has_threads && author < b->copies.len &&
	    b->copies.s[author] == '1';
	buf_cut(&b->value, 0);
}

static void
comments_start(void *arg, const struct xml_element *e)
{
	struct book *b = arg;

	if (drop(b, e))
		return;
	if (is_comment(e))
		begin_comment(b, e);
	else if (xml_is(e, "s", "author"))
		buf_cut(&b->value, 0);
	b->in_text = b->in_text || xml_is(e, "s", "t") ||
	    xml_is(e, "s", "author") || xml_is(e, "tc", "text");
}

static void
comments_end(void *arg, const struct xml_element *e)
{
	struct book *b = arg;
	const char *s = buf_str(&b->value);

	if (undrop(b))
		return;
	if (xml_is(e, "s", "author"))
		buf_addc(&b->copies, strncmp(s, "tc={", 4) == 0 ? '1' : '0');
	else if (is_comment(e) && !b->is_copy)
		sheets_comment(&b->sheets, b->row, s, b->value.len);
	b->in_text = false;
}

/* ---- the workbook ---- */

static const struct xml_reader strings_reader = { namespaces, true,
    strings_start, strings_end, strings_text };
static const struct xml_reader styles_reader = { namespaces, true,
    styles_start, styles_end, NULL };
static const struct xml_reader comments_reader = { namespaces, true,
    comments_start, comments_end, sheet_text };
static const struct xml_reader sheet_reader = { namespaces, true,
    sheet_start, sheet_end, sheet_text };

/* A damaged part costs its own text. */
static void
read_part(struct book *b, const char *name, const struct xml_reader *reader)
{
	const struct buf *part = opc_part(&b->opc, name);

	b->dropping = 0;
	b->in_text = false;
	if (part == NULL || xml_read(reader, b, part->s, part->len,
	    b->out) != EXTRACT_OK)
		b->has_damage = true;
}

/* The text of most cells; without it their numbers are not the document. */
static enum extract_status
read_strings(struct book *b)
{
	const struct opc_relation *r = opc_next(&b->opc, b->main_part,
	    OPC_STRINGS, NULL);
	const struct buf *part;

	if (r == NULL || (part = opc_part(&b->opc, r->to)) == NULL) {
		b->has_damage |= r != NULL;
		return EXTRACT_OK;
	}
	b->dropping = 0;
	b->in_text = false;
	return xml_read(&strings_reader, b, part->s, part->len, b->out);
}

static void
read_all(struct book *b, const char *from, enum opc_kind kind,
    const struct xml_reader *reader)
{
	const struct opc_relation *r = NULL;

	while ((r = opc_next(&b->opc, from, kind, r)) != NULL)
		read_part(b, r->to, reader);
}

static void
read_charts(struct book *b, const char *from)
{
	const struct opc_relation *r = NULL;

	while ((r = opc_next(&b->opc, from, OPC_CHART, r)) != NULL) {
		if (chart_in_package(&b->opc, r->to, true, &b->sheets.flow,
		    b->out) != EXTRACT_OK)
			b->has_damage = true;
		sheets_end(&b->sheets);
	}
}

static void
read_drawn(struct book *b, const char *name)
{
	const struct buf *part = opc_part(&b->opc, name);

	if (part == NULL ||
	    drawn_read(part, &b->sheets.flow, b->out) != EXTRACT_OK)
		b->has_damage = true;
	sheets_end(&b->sheets);
}

static void
read_drawings(struct book *b, const char *from)
{
	const struct opc_relation *r = NULL, *diagram;

	while ((r = opc_next(&b->opc, from, OPC_DRAWING, r)) != NULL) {
		read_drawn(b, r->to);
		for (diagram = NULL; (diagram = opc_next(&b->opc, r->to,
		    OPC_DIAGRAM, diagram)) != NULL;)
			read_drawn(b, diagram->to);
		read_charts(b, r->to);
	}
}

static void
read_comments(struct book *b, const char *from)
{
	b->has_threads = opc_next(&b->opc, from, OPC_THREADS, NULL) != NULL;
	buf_cut(&b->copies, 0);
	read_all(b, from, OPC_THREADS, &comments_reader);
	b->is_copy = false;
	read_all(b, from, OPC_COMMENTS, &comments_reader);
}

static void
on_sheet(struct book *b, const struct xml_element *e)
{
	const struct opc_relation *r;
	const char *id, *name;
	size_t id_len, len;

	if ((id = xml_attr_prefixed(e, "id", &id_len)) == NULL ||
	    (r = opc_by_id(&b->opc, b->main_part, id, id_len)) == NULL ||
	    r->kind != OPC_SHEET)
		return;
	name = xml_attr(e, "name", &len);
	if (name != NULL)
		sheets_name(&b->sheets, name, len);
	read_comments(b, r->to);
	b->row = UINT_MAX;		/* before the first */
	read_part(b, r->to, &sheet_reader);
	sheets_end(&b->sheets);
	read_drawings(b, r->to);
}

/* The workbook lists its sheets, in order. */
static void
book_start(void *arg, const struct xml_element *e)
{
	struct book *b = arg;

	if (xml_is(e, "s", "workbookPr"))
		b->sheets.formats.from_1904 = xml_attr_is(e, "date1904", "1") ||
		    xml_attr_is(e, "date1904", "true");
	else if (xml_is(e, "s", "sheet"))
		on_sheet(b, e);
}

static enum extract_status
read_book(struct book *b)
{
	static const struct xml_reader reader = { namespaces, true, book_start,
	    NULL, NULL };
	const struct buf *part;
	enum extract_status status, strings;

	b->main_part = opc_main(&b->opc);
	if (b->main_part == NULL ||
	    (part = opc_part(&b->opc, b->main_part)) == NULL) {
		out_reason(b->out, "no main part");
		return EXTRACT_MALFORMED;
	}
	/* XLSB: the same parts, not in XML. */
	if (part->s[0] != '<' && strstr(b->main_part, ".bin") != NULL) {
		out_reason(b->out, "binary workbook");
		return EXTRACT_UNSUPPORTED;
	}
	strings = read_strings(b);
	read_all(b, b->main_part, OPC_STYLES, &styles_reader);
	status = xml_read(&reader, b, part->s, part->len, b->out);
	if (strings != EXTRACT_OK)
		return strings;
	if (b->sheets.flow.has_text)
		return EXTRACT_OK;
	if (status == EXTRACT_OK && b->has_damage)
		return EXTRACT_MALFORMED;
	return status == EXTRACT_OK ? EXTRACT_EMPTY : status;
}

enum extract_status
format_xlsx(const struct input *in, struct out *out)
{
	struct book b CLEAN(book_clear) = { .out = out };
	enum extract_status status;

	sheets_init(&b.sheets, out);
	if ((status = opc_open(in, &b.opc, out)) != EXTRACT_OK)
		return status;
	return read_book(&b);
}
