#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/biff.h"
#include "formats/charset.h"
#include "formats/le.h"
#include "formats/ole.h"
#include "formats/sheets.h"

/* What kind of record it is: those we look at. */
enum {
	FORMULA = 0x06, END = 0x0A, HEADER = 0x14, FOOTER = 0x15, NOTE = 0x1C,
	DATE_MODE = 0x22, PASSWORD = 0x2F, CODE_PAGE = 0x42, OBJECT = 0x5D,
	SHEET = 0x85, NUMBERS = 0xBD, RICH_STRING = 0xD6, STYLE = 0xE0, STRINGS = 0xFC,
	SHARED = 0xFD, TEXT_OBJECT = 0x1B6, NUMBER = 0x203, LABEL = 0x204,
	BOOLEAN = 0x205, STRING = 0x207, SMALL_NUMBER = 0x27E, FORMAT = 0x41E,
	BEGIN = 0x809,
};

/* More a workbook does not have. */
#define MAX_SHEETS 4096

/* The flags of a string, besides BIFF_WIDE. */
#define HAS_PHONETIC 4
#define HAS_RUNS 8

#define COMMENT_OBJECT 0x19

struct place {
	size_t at;		/* in the stream */
	const char *name;	/* as the record has it */
	size_t len;
};

struct book {
	struct biff biff;
	struct sheets sheets;
	struct place *places;
	size_t nplaces, cap_places;
	unsigned row;		/* that is open */
	unsigned object;	/* kind of the one before */
	bool is_encrypted;
};

/* Of the comments of a sheet: the texts, by the number of their object. */
#define OBJECTS 65536

struct remarks {
	struct remark {
		size_t at, len;
	} *objects;		/* NULL: there are none */
	struct buf text;
};

static void
book_clear(struct book *b)
{
	buf_clear(&b->biff.stream);
	sheets_clear(&b->sheets);
	free(b->places);
}

/* ---- shared strings ---- */

/* Skip bytes that may go on in the next records; false if they end. */
static bool
skip(struct book *b, struct biff_record *r, size_t n)
{
	while (n > r->len) {
		n -= r->len;
		if (!biff_continued(&b->biff, r))
			return false;
	}
	r->s += n;
	r->len -= n;
	return true;
}

/* The characters of a shared string: where they go on, their flags do too. */
static bool
shared_characters(struct book *b, struct biff_record *r, size_t n, bool is_wide)
{
	size_t now, width;

	for (;;) {
		width = is_wide ? 2 : 1;
		now = r->len / width < n ? r->len / width : n;
		biff_add_characters(r->s, now, is_wide, &b->sheets.strings);
		r->s += now * width;
		r->len -= now * width;
		if ((n -= now) == 0)
			return true;
		if (!biff_continued(&b->biff, r) || r->len == 0)
			return false;
		is_wide = (*r->s & BIFF_WIDE) != 0;
		r->s++;
		r->len--;
	}
}

static bool
shared_string(struct book *b, struct biff_record *r)
{
	size_t n, runs = 0, phonetic = 0;
	unsigned flags;
	bool is_whole;

	if (r->len == 0 && !biff_continued(&b->biff, r))
		return false;
	if (r->len < 3)
		return false;
	n = le16(r->s);
	flags = (unsigned char)r->s[2];
	skip(b, r, 3);
	if (flags & HAS_RUNS) {
		if (r->len < 2)
			return false;
		runs = 4 * (size_t)le16(r->s);
		skip(b, r, 2);
	}
	if (flags & HAS_PHONETIC) {
		if (r->len < 4)
			return false;
		phonetic = le32(r->s);
		skip(b, r, 4);
	}
	is_whole = shared_characters(b, r, n, (flags & BIFF_WIDE) != 0);
	sheets_end_string(&b->sheets);
	return is_whole && skip(b, r, runs + phonetic);
}

static void
on_strings(struct book *b, struct biff_record *r)
{
	uint32_t n, i;

	if (r->len < 8)
		return;
	n = le32(r->s + 4);
	skip(b, r, 8);
	for (i = 0; i < n && shared_string(b, r); i++)
		;
}

/* ---- the workbook ---- */

static void
on_sheet(struct book *b, const struct biff_record *r)
{
	/* Its place, whether it is hidden, its kind (0 has cells), its name. */
	if (r->len < 7 || r->s[5] != 0 || b->nplaces == MAX_SHEETS)
		return;
	GROW(b->places, b->nplaces, b->cap_places);
	b->places[b->nplaces++] = (struct place){ le32(r->s), r->s + 6,
	    r->len - 6 };
}

static void
on_format(struct book *b, const struct biff_record *r)
{
	struct buf code CLEAN(buf_clear) = BUF_INIT;

	if (r->len < 2)
		return;
	biff_add_counted(&b->biff, r->s + 2, r->len - 2,
	    b->biff.is_old ? 1 : 2, &code);
	numfmts_add(&b->sheets.formats, le16(r->s), buf_str(&code), code.len);
}

static void
on_global(struct book *b, struct biff_record *r)
{
	switch (r->type) {
	case PASSWORD:
		b->is_encrypted = true;
		break;
	case CODE_PAGE:
		if (r->len >= 2 && charset_codepage(le16(r->s)) != NULL)
			b->biff.charset = charset_codepage(le16(r->s));
		break;
	case DATE_MODE:
		b->sheets.formats.from_1904 = r->len >= 2 && le16(r->s) == 1;
		break;
	case FORMAT:
		on_format(b, r);
		break;
	case STYLE:
		if (r->len >= 4)
			numfmts_add_style(&b->sheets.formats, le16(r->s + 2));
		break;
	case SHEET:
		on_sheet(b, r);
		break;
	case STRINGS:
		on_strings(b, r);
		break;
	default:
		break;
	}
}

/* ---- a sheet ---- */

static double
double_of(const char *s)
{
	uint64_t bits = le64(s);
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

/* A number in 30 bits: whole, or the upper bits of a double; or 100 times it. */
static double
small_number(uint32_t n)
{
	uint64_t bits = (uint64_t)(n & 0xFFFFFFFCU) << 32;
	double value;

	if (n & 2)
		value = (int32_t)n >> 2;
	else
		memcpy(&value, &bits, sizeof value);
	return n & 1 ? value / 100 : value;
}

/* Cells come by row. */
static void
set_row(struct book *b, unsigned row)
{
	if (b->sheets.flow.rows > 0 && b->row != row)
		sheets_row_end(&b->sheets, b->row);
	if (b->sheets.flow.rows == 0)
		sheets_row(&b->sheets, row);
	b->row = row;
}

/* The value it had when it was saved; a string comes in a record of its own. */
static void
on_formula(struct book *b, const char *s, size_t style)
{
	if (le16(s + 6) != 0xFFFF)
		sheets_number(&b->sheets, style, double_of(s));
	else if (*s == 1)
		sheets_boolean(&b->sheets, s[2] != 0);
}

static void
on_numbers(struct book *b, const char *s, size_t len)
{
	for (; len >= 6; s += 6, len -= 6)
		sheets_number(&b->sheets, le16(s), small_number(le32(s + 2)));
}

/* How many bytes follow the row, column and style in a cell, at least. */
static int
cell_bytes(unsigned type)
{
	static const struct {
		unsigned type;
		int bytes;
	} cells[] = {
		{ SHARED, 4 }, { LABEL, 2 }, { RICH_STRING, 2 }, { NUMBER, 8 },
		{ SMALL_NUMBER, 4 }, { NUMBERS, 0 }, { FORMULA, 8 },
		{ BOOLEAN, 2 },
	};
	size_t i;

	for (i = 0; i < NELEM(cells); i++)
		if (cells[i].type == type)
			return cells[i].bytes;
	return -1;
}

static void
on_cell(struct book *b, const struct biff_record *r)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	int bytes = cell_bytes(r->type);
	const char *s = r->s + 6;
	size_t style;

	if (bytes == -1 || r->len < 6 + (size_t)bytes)
		return;
	set_row(b, le16(r->s));
	style = le16(r->s + 4);
	switch (r->type) {
	case SHARED:
		sheets_shared(&b->sheets, le32(s));
		break;
	case LABEL:
	case RICH_STRING:
		biff_add_counted(&b->biff, s, r->len - 6, 2, &text);
		sheets_text(&b->sheets, buf_str(&text), text.len);
		break;
	case NUMBER:
		sheets_number(&b->sheets, style, double_of(s));
		break;
	case SMALL_NUMBER:
		sheets_number(&b->sheets, style, small_number(le32(s)));
		break;
	case NUMBERS:
		on_numbers(b, r->s + 4, r->len - 4);
		break;
	case FORMULA:
		on_formula(b, s, style);
		break;
	case BOOLEAN:
		if (s[1] == 0)
			sheets_boolean(&b->sheets, *s != 0);
		break;
	default:
		break;
	}
}

/* The text of a box is in the next record; a comment is a box as well. */
static void
on_text_object(struct book *b, const struct biff_record *object)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	struct biff_record r;
	size_t n;

	if (b->biff.is_old || object->len < 12 || (n = le16(object->s + 10)) == 0 ||
	    !biff_continued(&b->biff, &r) || b->object == COMMENT_OBJECT)
		return;
	biff_add_string(&b->biff, r.s, r.len, n, &text);
	while (b->sheets.flow.rows > 0)
		sheets_row_end(&b->sheets, b->row);
	flow_text(&b->sheets.flow, buf_str(&text), text.len);
	flow_break(&b->sheets.flow);
}

/* ---- comments ---- */

static void
add_remark(struct book *b, const struct biff_record *object, unsigned id,
    struct remarks *all)
{
	struct biff_record r;
	size_t from = all->text.len;

	if (object->len < 12 || !biff_continued(&b->biff, &r))
		return;
	biff_add_string(&b->biff, r.s, r.len, le16(object->s + 10),
	    &all->text);
	if (all->objects == NULL)
		all->objects = xcalloc(OBJECTS, sizeof *all->objects);
	all->objects[id] = (struct remark){ from, all->text.len - from };
}

/* A comment: its cell, and which object has the text; or the text itself. */
static void
on_note(struct book *b, const struct biff_record *r, const struct remarks *all)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	const struct remark *remark;

	if (r->len < 8)
		return;
	if (b->biff.is_old) {
		biff_add_counted(&b->biff, r->s + 4, r->len - 4, 2, &text);
		sheets_comment(&b->sheets, le16(r->s), buf_str(&text),
		    text.len);
		return;
	}
	if (all->objects == NULL)
		return;
	remark = &all->objects[le16(r->s + 6)];
	sheets_comment(&b->sheets, le16(r->s), buf_str(&all->text) +
	    remark->at, remark->len);
}

/* The next record of the sheet itself: a chart on it has records, too. */
static bool
next_of_sheet(struct book *b, struct biff_record *r, unsigned *depth)
{
	while (biff_next(&b->biff, r)) {
		if (r->type == BEGIN)
			++*depth;
		else if (r->type == END && (*depth)-- <= 1)
			return false;
		else if (*depth == 1)
			return true;
	}
	return false;
}

static void
go_to(struct book *b, const struct place *p)
{
	b->biff.at = p->at < b->biff.stream.len ? p->at : b->biff.stream.len;
}

/* They come behind the rows. */
static void
read_comments(struct book *b, const struct place *p)
{
	struct remarks all = { NULL, BUF_INIT };
	struct biff_record r;
	unsigned depth = 0, kind = 0, id = 0;

	go_to(b, p);
	while (next_of_sheet(b, &r, &depth)) {
		if (r.type == OBJECT) {
			kind = r.len >= 8 ? le16(r.s + 4) : 0;
			id = r.len >= 8 ? le16(r.s + 6) : 0;
		} else if (r.type == TEXT_OBJECT && kind == COMMENT_OBJECT)
			add_remark(b, &r, id, &all);
		else if (r.type == NOTE)
			on_note(b, &r, &all);
	}
	free(all.objects);
	buf_clear(&all.text);
}

/* ---- sheets ---- */

static void
on_margin(struct book *b, const struct biff_record *r)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;

	biff_add_counted(&b->biff, r->s, r->len, b->biff.is_old ? 1 : 2,
	    &text);
	sheets_running(&b->sheets, buf_str(&text), text.len);
}

static void
read_sheet(struct book *b, const struct place *p)
{
	struct buf text CLEAN(buf_clear) = BUF_INIT;
	struct biff_record r;
	unsigned depth = 0;

	biff_add_counted(&b->biff, p->name, p->len, 1, &text);
	sheets_name(&b->sheets, buf_str(&text), text.len);
	read_comments(b, p);
	go_to(b, p);
	b->object = 0;
	while (next_of_sheet(b, &r, &depth)) {
		if (r.type == OBJECT)
			b->object = r.len >= 6 ? le16(r.s + 4) : 0;
		else if (r.type == TEXT_OBJECT)
			on_text_object(b, &r);
		else if (r.type == HEADER || r.type == FOOTER)
			on_margin(b, &r);
		else if (r.type == STRING) {
			buf_cut(&text, 0);
			biff_add_counted(&b->biff, r.s, r.len, 2, &text);
			sheets_text(&b->sheets, buf_str(&text), text.len);
		} else
			on_cell(b, &r);
	}
	sheets_end(&b->sheets);
}

static enum extract_status
read_book(struct book *b, struct out *out)
{
	struct biff_record r;
	size_t i;

	if (!biff_next(&b->biff, &r) || r.type != BEGIN || r.len < 4) {
		out_reason(out, "no Excel 5 to 2003 workbook");
		return EXTRACT_MALFORMED;
	}
	b->biff.is_old = le16(r.s) < 0x600;
	while (biff_next(&b->biff, &r) && r.type != END && !b->is_encrypted)
		on_global(b, &r);
	if (b->is_encrypted)
		return EXTRACT_ENCRYPTED;
	for (i = 0; i < b->nplaces; i++)
		read_sheet(b, &b->places[i]);
	return b->sheets.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

enum extract_status
format_xls(const struct input *in, struct out *out)
{
	struct ole o CLEAN(ole_clear);
	struct book b CLEAN(book_clear) = {
		.biff = {
	    .charset = charset_codepage(1252) } };

	/* Told by its first bytes: it is no compound file. */
	if (ole_open(in, &o) == -1) {
		out_reason(out, "a workbook of Excel before version 5");
		return EXTRACT_UNSUPPORTED;
	}
	ole_properties(&o, out);
	if (ole_read(&o, "Workbook", &b.biff.stream) == -1)
		ole_read(&o, "Book", &b.biff.stream);
	sheets_init(&b.sheets, out);
	return read_book(&b, out);
}
