#include <config.h>

#include "formats/docfile.h"

#include <stdlib.h>

#include "formats/le.h"

/* Places in the header of the file, and the flags there. */
#define FIB_VERSION 0x02
#define FIB_FLAGS 0x0A
#define FIB_COMPLEX 0x0004U
#define FIB_ENCRYPTED 0x0100U
#define FIB_TABLE1 0x0200U
#define FIB_COUNTS 0x4C		/* characters of each part */
#define FIB_BYTES 0x1AA		/* up to behind the last that we read */
#define FIB_FOOTNOTES 0xAA
#define FIB_FOOTNOTE_TEXTS 0xB2
#define FIB_COMMENTS 0xBA
#define FIB_COMMENT_TEXTS 0xC2
#define FIB_HEADERS 0xF2
#define FIB_RUNS 0xFA
#define FIB_PARAGRAPHS 0x102
#define FIB_PIECES 0x1A2
#define FIB_ENDNOTES 0x20A
#define FIB_ENDNOTE_TEXTS 0x212
#define FIB_DRAWINGS 0x22A
#define FIRST_WORD97 0xC0

/* The same in Word 6 and 95. */
#define OLD_TEXT 0x18
#define OLD_COUNTS 0x34
#define OLD_PIECES 0x160
#define OLD_BYTES 0x168

void
doc_close(struct doc_file *d)
{
	buf_clear(&d->main);
	buf_clear(&d->table);
	free(d->pieces);
	free(d->styles);
	listnum_lists_clear(&d->lists);
}

const char *
doc_table_part(const struct doc_file *d, size_t fib, size_t *len)
{
	size_t at;

	*len = 0;
	if (d->main.len < fib + 8)
		return NULL;
	at = le32(d->main.s + fib);
	*len = le32(d->main.s + fib + 4);
	if (at >= d->table.len || d->table.len - at < *len) {
		*len = 0;
		return NULL;
	}
	return d->table.s + at;
}

static struct doc_plc
plc(const char *s, size_t len, size_t value_bytes)
{
	struct doc_plc p = { 0 };

	if (s == NULL || len < 4)
		return p;
	p.n = (len - 4) / (4 + value_bytes);
	p.places = s;
	p.values = s + 4 * (p.n + 1);
	return p;
}

static struct doc_plc
table_plc(const struct doc_file *d, size_t fib, size_t value_bytes)
{
	size_t len;
	const char *s = doc_table_part(d, fib, &len);

	return plc(s, len, value_bytes);
}

const char *
doc_drawings(const struct doc_file *d, size_t *len)
{
	*len = 0;
	return d->is_old ? NULL : doc_table_part(d, FIB_DRAWINGS, len);
}

uint32_t
doc_place(const struct doc_plc *p, size_t i)
{
	return le32(p->places + 4 * i);
}

/* ---- pieces ---- */

/*
 * Each byte of the file is text once at most, so there are no more characters
 * than it has bytes.
 */
static void
add_piece(struct doc_file *d, uint32_t cp, uint32_t end, uint32_t fc,
    bool is_wide)
{
	uint32_t width = is_wide ? 2 : 1, last;

	last = d->npieces > 0 ? d->pieces[d->npieces - 1].end : 0;
	if (end <= cp || cp < last || fc >= d->main.len)
		return;
	if (end - cp > (d->main.len - fc) / width)
		end = cp + (uint32_t)((d->main.len - fc) / width);
	if (end > d->main.len)
		end = (uint32_t)d->main.len;
	if (end <= cp)
		return;
	GROW(d->pieces, d->npieces, d->cap_pieces);
	d->pieces[d->npieces++] = (struct doc_piece){ cp, end, fc, is_wide };
}

static void
add_pieces(struct doc_file *d, const char *s, size_t len)
{
	struct doc_plc p = plc(s, len, 8);
	size_t i;

	for (i = 0; i < p.n; i++) {
		uint32_t fc = le32(p.values + 8 * i + 2);
		bool is_wide = !d->is_old && (fc & 0x40000000U) == 0;

		if (!d->is_old)
			fc = is_wide ? fc : (fc & 0x3FFFFFFFU) / 2;
		add_piece(d, doc_place(&p, i), doc_place(&p, i + 1), fc,
		    is_wide);
	}
}

/* Groups of properties (1, length) come first, then the pieces (2, length). */
static void
read_pieces(struct doc_file *d, size_t fib)
{
	size_t left, len;
	const char *p = doc_table_part(d, fib, &left);

	while (p != NULL && left >= 5) {
		if (*p == 2) {
			len = le32(p + 1);
			add_pieces(d, p + 5, len < left - 5 ? len : left - 5);
			return;
		}
		len = 3 + (size_t)le16(p + 1);
		if (*p != 1 || len > left)
			return;
		p += len;
		left -= len;
	}
}

int
doc_character(const struct doc_file *d, uint32_t cp, size_t *piece,
    bool *is_wide, uint32_t *fc)
{
	const struct doc_piece *p;

	if (*piece < d->npieces && cp < d->pieces[*piece].cp)
		*piece = 0;
	while (*piece < d->npieces && cp >= d->pieces[*piece].end)
		++*piece;
	if (*piece == d->npieces || cp < d->pieces[*piece].cp)
		return -1;
	p = &d->pieces[*piece];
	*is_wide = p->is_wide;
	*fc = p->fc + (cp - p->cp) * (p->is_wide ? 2 : 1);
	return p->is_wide ? (int)le16(d->main.s + *fc) :
	    (unsigned char)d->main.s[*fc];
}

/* ---- the file ---- */

static void
set_parts(struct doc_file *d, size_t fib)
{
	uint64_t at = 0;
	size_t i;

	for (i = 0; i < DOC_NPARTS; i++) {
		d->at[i] = (uint32_t)at;
		at += le32(d->main.s + fib + 4 * i);
		if (at > d->main.len)
			at = d->main.len;
	}
	d->at[DOC_NPARTS] = (uint32_t)at;
}

/* All is in one stream; a file saved in haste has pieces. */
static enum extract_status
open_old(struct doc_file *d, struct out *out)
{
	uint32_t flags = le16(d->main.s + FIB_FLAGS);
	size_t i;

	d->is_old = true;
	if (d->main.len < OLD_BYTES) {
		out_reason(out, "Word file cut short");
		return EXTRACT_MALFORMED;
	}
	set_parts(d, OLD_COUNTS);
	buf_add(&d->table, d->main.s, d->main.len);
	if (flags & FIB_COMPLEX)
		read_pieces(d, OLD_PIECES);
	i = d->at[DOC_NPARTS];
	if (d->npieces == 0)
		add_piece(d, 0, (uint32_t)i, le32(d->main.s + OLD_TEXT), false);
	return EXTRACT_OK;
}

enum extract_status
doc_open(const struct ole *o, struct doc_file *d, struct out *out)
{
	uint32_t flags;

	if (ole_read(o, "WordDocument", &d->main) == -1 ||
	    d->main.len < 0x20) {
		out_reason(out, "no Word text stream");
		return EXTRACT_MALFORMED;
	}
	flags = le16(d->main.s + FIB_FLAGS);
	if (flags & FIB_ENCRYPTED)
		return EXTRACT_ENCRYPTED;
	if (le16(d->main.s + FIB_VERSION) < FIRST_WORD97)
		return open_old(d, out);
	if (d->main.len < FIB_BYTES || ole_read(o,
	    flags & FIB_TABLE1 ? "1Table" : "0Table", &d->table) == -1) {
		out_reason(out, "no Word table stream");
		return EXTRACT_MALFORMED;
	}
	set_parts(d, FIB_COUNTS);
	read_pieces(d, FIB_PIECES);
	d->paragraphs = table_plc(d, FIB_PARAGRAPHS, 4);
	d->runs = table_plc(d, FIB_RUNS, 4);
	d->footnotes = table_plc(d, FIB_FOOTNOTES, 2);
	d->footnote_texts = table_plc(d, FIB_FOOTNOTE_TEXTS, 0);
	d->endnotes = table_plc(d, FIB_ENDNOTES, 2);
	d->endnote_texts = table_plc(d, FIB_ENDNOTE_TEXTS, 0);
	d->comments = table_plc(d, FIB_COMMENTS, 30);
	d->comment_texts = table_plc(d, FIB_COMMENT_TEXTS, 0);
	d->headers = table_plc(d, FIB_HEADERS, 0);
	doc_read_styles(d);
	doc_read_lists(d);
	if (d->npieces == 0) {
		out_reason(out, "no Word piece table");
		return EXTRACT_MALFORMED;
	}
	return EXTRACT_OK;
}
