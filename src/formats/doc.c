#include <config.h>

#include "formats/format.h"

#include <string.h>

#include "formats/charset.h"
#include "formats/docfile.h"
#include "formats/flow.h"
#include "formats/office.h"
#include "formats/officeart.h"
#include "formats/ole.h"
#include "formats/running.h"

/* Characters with a meaning. */
enum {
	CELL_END = 0x07, LINE_END = 0x0B, PAGE_END = 0x0C, PARAGRAPH_END = 0x0D,
	COLUMN_END = 0x0E, FIELD_BEGIN = 0x13, FIELD_RESULT = 0x14,
	FIELD_END = 0x15, HYPHEN = 0x1E,
};

/* Fields within fields; deeper ones are text. */
#define MAX_FIELDS 63
/* Of a field's code as many characters are looked at. */
#define MAX_CODE 64

/* References to notes: the table of them, and which is next. */
struct notes {
	const struct doc_plc *refs, *texts;
	enum doc_part part;
	bool are_comments;
	size_t next;
};

#define NNOTES 3

/* Before the headers of sections: the lines between text and notes. */
#define FIRST_HEADER 6

struct reading {
	struct doc_file file;
	struct flow flow;
	size_t piece;		/* where the last character was */
	struct buf run;		/* text not yet in the flow */
	uint32_t high;		/* surrogate that waits for its other half */
	unsigned fields;	/* how many we are in */
	uint64_t codes;		/* a bit for each whose code this is */
	uint32_t run_from, run_end;	/* fcs of which is known: */
	bool is_hidden;
	bool in_row;
	bool after_cell;	/* the character before ended a cell */
	struct notes notes[NNOTES];
	struct running running;
	struct out *out;
	bool in_headers;
	struct buf code;	/* of a field, in a header */
};

static void
reading_clear(struct reading *r)
{
	doc_close(&r->file);
	flow_clear(&r->flow);
	buf_clear(&r->run);
	buf_clear(&r->code);
}

static void
settle(struct reading *r)
{
	flow_text(&r->flow, buf_str(&r->run), r->run.len);
	buf_cut(&r->run, 0);
}

/* What a field is made of is no text, only what comes out. */
static bool
on_field(struct reading *r, int c)
{
	/* Of a page number the result stays hidden. */
	if (c == FIELD_RESULT && r->in_headers &&
	    running_is_page_field(buf_str(&r->code), r->code.len)) {
		buf_adds(&r->run, RUNNING_NUMBER);
		return true;
	}
	if (c == FIELD_BEGIN) {
		buf_cut(&r->code, 0);
		if (r->fields < MAX_FIELDS)
			r->codes |= (uint64_t)1 << r->fields;
		r->fields++;
	} else if (c == FIELD_RESULT) {
		if (r->fields > 0 && r->fields <= MAX_FIELDS)
			r->codes &= ~((uint64_t)1 << (r->fields - 1));
	} else if (c == FIELD_END) {
		if (r->fields > 0 && --r->fields < MAX_FIELDS)
			r->codes &= ~((uint64_t)1 << r->fields);
	} else
		return false;
	return true;
}

static void
put_wide(struct reading *r, uint32_t c)
{
	if (charset_unit(&c, &r->high))
		buf_add_utf8(&r->run, c);
}

static void
put(struct reading *r, int c, bool is_wide)
{
	char byte = (char)c;

	if (c == '\t') {
		settle(r);
		flow_tab(&r->flow);
	} else if (c == LINE_END || c == COLUMN_END) {
		settle(r);
		flow_line(&r->flow);
	} else if (c == HYPHEN)
		buf_addc(&r->run, '-');
	else if (c < 0x20)
		return;
	else if (c < 0x80)
		buf_addc(&r->run, byte);
	else if (is_wide)
		put_wide(r, (uint32_t)c);
	else
		charset_decode(charset_codepage(1252), &byte, 1, &r->run);
}

static bool
is_hidden(struct reading *r, uint32_t fc)
{
	if (fc < r->run_from || fc >= r->run_end) {
		r->run_from = fc;
		r->is_hidden = doc_is_hidden(&r->file, fc, &r->run_end);
	}
	return r->is_hidden;
}

/* The text from one cp up to another, without what ends it. */
static void
put_text(struct reading *r, uint32_t cp, uint32_t end)
{
	uint32_t fc;
	bool is_wide;
	int c;

	for (; cp < end; cp++) {
		c = doc_character(&r->file, cp, &r->piece, &is_wide, &fc);
		if (c == -1)
			break;
		if (on_field(r, c) || is_hidden(r, fc))
			continue;
		if (r->codes != 0) {
			if (r->code.len < MAX_CODE && c >= ' ' && c < 0x7F)
				buf_addc(&r->code, (char)c);
			continue;
		}
		if (c == PARAGRAPH_END || c == CELL_END || c == PAGE_END) {
			settle(r);
			flow_break(&r->flow);
		} else
			put(r, c, is_wide);
	}
	settle(r);
}

static void
put_note(struct reading *r, const struct notes *n, size_t i)
{
	uint32_t base = r->file.at[n->part], stop = r->file.at[n->part + 1];
	uint32_t from, end;
	unsigned fields = r->fields;
	uint64_t codes = r->codes;

	if (i >= n->texts->n)
		return;
	from = doc_place(n->texts, i);
	end = doc_place(n->texts, i + 1);
	if (from >= end || end > stop - base)
		return;
	r->fields = 0;
	r->codes = 0;
	settle(r);
	if (n->are_comments)
		flow_comment(&r->flow);
	else
		flow_note(&r->flow);
	put_text(r, base + from, base + end);
	flow_note_end(&r->flow);
	r->fields = fields;
	r->codes = codes;
}

/* The first place from cp up to end that a note is at; end if none is. */
static uint32_t
next_note(struct notes *n, uint32_t cp, uint32_t end)
{
	while (n->next < n->refs->n && doc_place(n->refs, n->next) < cp)
		n->next++;
	return n->next < n->refs->n && doc_place(n->refs, n->next) < end ?
	    doc_place(n->refs, n->next) : end;
}

/* Text of the main part, with its notes. */
static void
put_noted(struct reading *r, uint32_t cp, uint32_t end)
{
	uint32_t places[NNOTES], at;
	size_t i;

	while (cp < end) {
		for (at = end, i = 0; i < NNOTES; i++) {
			places[i] = next_note(&r->notes[i], cp, end);
			if (places[i] < at)
				at = places[i];
		}
		put_text(r, cp, at < end ? at + 1 : end);
		for (i = 0; i < NNOTES; i++)
			if (at < end && places[i] == at)
				put_note(r, &r->notes[i], r->notes[i].next);
		cp = at + 1;
	}
}

/* Where the paragraph at cp ends: the place of its mark; and its fc. */
static uint32_t
find_mark(struct reading *r, uint32_t cp, uint32_t end, int *mark,
    uint32_t *fc)
{
	bool is_wide;
	uint32_t at = 0;

	for (*mark = -1; cp < end; cp++) {
		int c = doc_character(&r->file, cp, &r->piece, &is_wide, &at);

		if (c == -1)
			continue;
		*fc = at;
		if (c == PARAGRAPH_END || c == CELL_END || c == PAGE_END) {
			*mark = c;
			return cp;
		}
	}
	return end;
}

/* Its number; unless its end is deleted, and so it is no paragraph. */
static void
put_label(struct reading *r, const struct doc_paragraph *p, uint32_t fc)
{
	struct buf label CLEAN(buf_clear) = BUF_INIT;

	if (p->list <= 0 || p->level == OFFICE_CONTENTS || is_hidden(r, fc))
		return;
	listnum_next(&r->file.lists, p->list, p->list_level ==
	    LISTNUM_UNSAID ? 0 : p->list_level, &label);
	flow_label(&r->flow, buf_str(&label), label.len);
}

static void
begin_paragraph(struct reading *r, const struct doc_paragraph *p, uint32_t fc)
{
	if (r->in_row && !p->in_table) {
		flow_row_end(&r->flow);
		r->in_row = false;
	} else if (!r->in_row && p->in_table) {
		flow_row(&r->flow);
		flow_cell(&r->flow);
		r->in_row = true;
	}
	if (p->level > 0 && p->level != OFFICE_CONTENTS && !r->in_row)
		flow_heading(&r->flow, p->level);
	put_label(r, p, fc);
}

static void
end_paragraph(struct reading *r, const struct doc_paragraph *p, int mark)
{
	if (r->in_row && mark == CELL_END) {
		if (p->is_row_end) {
			flow_row_end(&r->flow);
			r->in_row = false;
		} else {
			flow_break(&r->flow);
			flow_cell(&r->flow);
		}
	} else if (r->flow.level > 0)
		flow_heading_end(&r->flow);
	else
		flow_break(&r->flow);
}

/* Fields begin and end in what is no text as well. */
static void
skip(struct reading *r, uint32_t cp, uint32_t end)
{
	bool is_wide;
	uint32_t fc;

	for (; cp < end; cp++)
		on_field(r, doc_character(&r->file, cp, &r->piece, &is_wide,
		    &fc));
}

static void
read_part(struct reading *r, enum doc_part part)
{
	uint32_t cp = r->file.at[part], end = r->file.at[part + 1], stop;
	uint32_t last = r->file.npieces > 0 ?
	    r->file.pieces[r->file.npieces - 1].end : 0;
	struct doc_paragraph p;
	uint32_t fc = 0;
	int mark;

	if (end > last)
		end = last;
	for (; cp < end; cp = stop + 1) {
		size_t piece = r->piece;

		stop = find_mark(r, cp, end, &mark, &fc);
		r->piece = piece;
		p = doc_paragraph_at(&r->file, fc);
		if (mark == CELL_END) {
			p.in_table = true;
			/* Word 6: a cell with nothing in it ends the row. */
			if (r->file.is_old)
				p.is_row_end = stop == cp && r->after_cell;
		}
		begin_paragraph(r, &p, fc);
		if (p.level == OFFICE_CONTENTS)
			skip(r, cp, stop);
		else if (part == DOC_MAIN)
			put_noted(r, cp, stop);
		else
			put_text(r, cp, stop);
		end_paragraph(r, &p, mark);
		r->after_cell = mark == CELL_END && !p.is_row_end;
	}
	if (r->in_row)
		flow_row_end(&r->flow);
	r->in_row = false;
	flow_end(&r->flow);
	r->fields = 0;
	r->codes = 0;
}

static void
put_letters(void *arg, const char *s, size_t n)
{
	struct reading *r = arg;
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	charset_decode(charset_codepage(1200), s, n, &b);
	flow_text(&r->flow, buf_str(&b), b.len);
	flow_break(&r->flow);
}

/* Letters drawn as a picture: CONCEPT across the page, mostly. */
static void
read_word_art(struct reading *r, bool in_headers)
{
	size_t len;
	const char *drawings = doc_drawings(&r->file, &len);

	officeart_word(drawings, len, in_headers, put_letters, r);
	flow_end(&r->flow);
}

static void
emit_running(void *arg, unsigned level, const char *s, size_t n)
{
	struct reading *r = arg;

	(void)level;
	running_emit(&r->running, r->out, s, n);
}

static void
read_headers(struct reading *r)
{
	uint32_t base = r->file.at[DOC_HEADERS];
	uint32_t stop = r->file.at[DOC_HEADERS + 1];
	const struct doc_plc *h = &r->file.headers;
	size_t i;

	flow_init_to(&r->flow, emit_running, r);
	r->in_headers = true;
	for (i = FIRST_HEADER; i < h->n; i++) {
		uint32_t from = doc_place(h, i), end = doc_place(h, i + 1);

		if (from >= end || end > stop - base)
			continue;
		r->fields = 0;
		r->codes = 0;
		put_text(r, base + from, base + end);
		flow_end(&r->flow);
	}
	read_word_art(r, true);
	r->in_headers = false;
	r->fields = 0;
	r->codes = 0;
	flow_clear(&r->flow);
}

static enum extract_status
read_file(const struct ole *o, struct out *out)
{
	struct reading r CLEAN(reading_clear) = { 0 };
	enum extract_status status = doc_open(o, &r.file, out);

	if (status != EXTRACT_OK)
		return status;
	r.out = out;
	r.notes[0] = (struct notes){ &r.file.footnotes,
	    &r.file.footnote_texts, DOC_FOOTNOTES, false, 0 };
	r.notes[1] = (struct notes){ &r.file.endnotes,
	    &r.file.endnote_texts, DOC_ENDNOTES, false, 0 };
	r.notes[2] = (struct notes){ &r.file.comments,
	    &r.file.comment_texts, DOC_COMMENTS, true, 0 };
	read_headers(&r);
	flow_init(&r.flow, out);
	read_part(&r, DOC_MAIN);
	read_part(&r, DOC_BOXES);
	read_word_art(&r, false);
	return r.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

enum extract_status
format_doc(const struct input *in, struct out *out)
{
	struct ole o CLEAN(ole_clear);

	/* Told by its first bytes: it is no compound file. */
	if (ole_open(in, &o) == -1) {
		out_reason(out, "a text of Word before version 6");
		return EXTRACT_UNSUPPORTED;
	}
	ole_properties(&o, out);
	return read_file(&o, out);
}
