/*
 * Old Office files, made here byte by byte.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "makeole.h"
#include "seen.h"
#include "tap.h"

static void
see_ole(struct stream *streams, size_t n, struct seen *s)
{
	struct buf ole CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	make_ole(streams, n, &ole);
	see(ole.s, ole.len, s);
	for (i = 0; i < n; i++)
		buf_clear(&streams[i].bytes);
}

static void
test_detection(void)
{
	static const struct {
		const char *stream, *format, *status;
	} files[] = {
		{ "WordDocument", "doc", "malformed" },
		{ "Workbook", "xls", "malformed" },
		{ "PowerPoint Document", "ppt", "malformed" },
		{ "__properties_version1.0", "msg", "empty" },
		{ "__substg1.0_001A001E", "msg", "empty" },
		{ "EncryptedPackage", "docx", "encrypted" },
	};
	size_t i;

	for (i = 0; i < NELEM(files); i++) {
		struct stream one = { files[i].stream, BUF_INIT };
		struct seen s CLEAN(seen_clear);

		see_ole(&one, 1, &s);
		if (!ok(strcmp(s.format, files[i].format) == 0 &&
		    strcmp(s.status, files[i].status) == 0,
		    "an empty %s makes a compound file %s, %s",
		    files[i].stream, files[i].format, files[i].status))
			printf("# %s %s\n", s.format, s.status);
	}
}

/* Sectors that follow themselves, in all chains. */
static void
test_loops(void)
{
	struct stream one = { "WordDocument", BUF_INIT };
	struct buf ole CLEAN(buf_clear) = BUF_INIT;
	struct seen s CLEAN(seen_clear);
	size_t i;

	pad(&one.bytes, 8192);
	make_ole(&one, 1, &ole);
	for (i = 0; i < 128; i++)
		set32(&ole, 512 + 4 * i, (uint32_t)i);
	set32(&ole, 68, 0);
	see(ole.s, ole.len, &s);
	ok(strcmp(s.format, "doc") == 0 && strcmp(s.status, "empty") == 0,
	    "chains of sectors that do not end do end");
	buf_clear(&one.bytes);
}

/* ---- Word ---- */

/* The text, with marks; from WIDE on it is a piece of UTF-16. */
#define TEXT "Kop\r" "Syri\xEB \x93ja\x94 \x13 HYPERLINK \"x\" \x14hier\x15" \
	" en\x02\r" "Land\x07Iran\ren Irak\x07\x07" "weg\r" "in\x1Fho\x1Eud\r"
#define WIDE "na\r"
#define NOTE "\x02 Een noot\r"
#define HEADER "VERTROUWELIJK\r"

#define AT_TEXT 0x400
#define AT_WIDE 0x600
#define AT_PAGE 0x800		/* of properties: paragraphs, then characters */

/* A page of properties for paragraphs: where each ends, and its bytes. */
static void
set_page(struct buf *b, size_t page, const unsigned *ends, size_t n,
    size_t entry, const char *const *props, const size_t *lens)
{
	size_t i, at = 510;

	set32(b, page, AT_TEXT);
	for (i = 0; i < n; i++) {
		set32(b, page + 4 * (i + 1), AT_TEXT + ends[i]);
		if (lens[i] == 0)
			continue;
		at = (at - lens[i]) & ~(size_t)1;
		memcpy(b->s + page + at, props[i], lens[i]);
		b->s[page + 4 * (n + 1) + entry * i] = (char)(at / 2);
	}
	b->s[page + 511] = (char)n;
}

static void
set_part(struct buf *main, size_t fib, struct buf *table, const struct buf *b)
{
	set32(main, fib, (uint32_t)table->len);
	set32(main, fib + 4, (uint32_t)b->len);
	buf_add(table, b->s, b->len);
}

/* Style 0 is no heading, style 1 is "heading 2" by its number. */
static void
add_styles(struct buf *b)
{
	unsigned i;

	add16(b, 18);
	add16(b, 2);			/* styles */
	add16(b, 10);			/* bytes before the name */
	pad(b, 20);
	for (i = 0; i < 2; i++) {
		add16(b, 14);
		add16(b, i == 0 ? 0 : 2);
		add16(b, 0xFFF1);	/* of paragraphs, based on none */
		pad(b, b->len + 6);
		add16(b, 0);		/* no name */
		add16(b, 0);
	}
}

static void
make_doc(struct buf *main, struct buf *table)
{
	static const char text[] = TEXT, wide[] = WIDE NOTE HEADER;
	size_t n = sizeof text - 1, i, k;
	const char *row = strchr(text, '\x07'), *gone = strstr(text, "weg");
	const char *note = strchr(text, '\x02');
	unsigned ends[5] = { 4, (unsigned)(row - 4 - text),
	    (unsigned)(row + 14 - text), (unsigned)(row + 15 - text),
	    (unsigned)n };
	static const char *const props[5] = { "\2\1\0\0", "",
	    "\3\0\0\x16\x24\1", "\3\0\0\x17\x24\1", "" };
	static const size_t lens[5] = { 4, 0, 6, 6, 0 };
	unsigned runs[3] = { (unsigned)(gone - text),
	    (unsigned)(gone + 4 - text), (unsigned)n };
	static const char *const run_props[3] = { "", "\3\0\10\1", "" };
	static const size_t run_lens[3] = { 0, 4, 0 };
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	pad(main, 4096);
	set16(main, 0, 0xA5EC);
	set16(main, 2, 0xC1);
	set16(main, 0x0A, 0x0200);	/* 1Table */
	set32(main, 0x4C, (uint32_t)(n + sizeof WIDE - 1));
	set32(main, 0x50, sizeof NOTE - 1);
	set32(main, 0x54, sizeof HEADER - 1);
	memcpy(main->s + AT_TEXT, text, n);
	for (i = 0; i < sizeof wide - 1; i++)
		main->s[AT_WIDE + 2 * i] = wide[i];
	set_page(main, AT_PAGE, ends, 5, 13, props, lens);
	set_page(main, AT_PAGE + 512, runs, 3, 1, run_props, run_lens);

	add_styles(&b);
	set_part(main, 0xA2, table, &b);
	for (i = 0, buf_cut(&b, 0); i < 2; i++) {	/* the pages */
		buf_cut(&b, 0);
		add32(&b, AT_TEXT);
		add32(&b, AT_TEXT + (uint32_t)n);
		add32(&b, AT_PAGE / 512 + (uint32_t)i);
		set_part(main, i == 0 ? 0x102 : 0xFA, table, &b);
	}
	buf_cut(&b, 0);
	add32(&b, (uint32_t)(note - text));
	add32(&b, (uint32_t)n);
	add16(&b, 1);
	set_part(main, 0xAA, table, &b);
	buf_cut(&b, 0);
	add32(&b, 0);
	add32(&b, sizeof NOTE - 1);
	set_part(main, 0xB2, table, &b);

	buf_cut(&b, 0);
	buf_add(&b, "\1\2\0xx\2", 6);	/* properties first, then pieces */
	add32(&b, 3 * 4 + 2 * 8);
	add32(&b, 0);
	add32(&b, (uint32_t)n);
	add32(&b, (uint32_t)(n + sizeof wide - 1));
	for (k = 0; k < 2; k++) {
		add16(&b, 0);
		add32(&b, k == 0 ? AT_TEXT * 2 | 0x40000000 : AT_WIDE);
		add16(&b, 0);
	}
	set_part(main, 0x1A2, table, &b);
}

/* A property set with a title, and one with an own property. */
static void
add_summary(struct buf *b, const char *title)
{
	add16(b, 0xFFFE);
	pad(b, 24);
	add32(b, 1);
	pad(b, 44);
	add32(b, 48);
	add32(b, 0);
	add32(b, 2);
	add32(b, 1);			/* code page */
	add32(b, 24);
	add32(b, 2);			/* title */
	add32(b, 32);
	add32(b, 2);
	add32(b, 1252);
	add32(b, 30);
	add32(b, (uint32_t)strlen(title) + 1);
	buf_add(b, title, strlen(title) + 1);
}

static void
test_doc(void)
{
	struct stream streams[] = {
		{ "WordDocument", BUF_INIT },
		{ "1Table", BUF_INIT },
		{ "\005SummaryInformation", BUF_INIT },
	};
	struct seen s CLEAN(seen_clear), e CLEAN(seen_clear);

	make_doc(&streams[0].bytes, &streams[1].bytes);
	add_summary(&streams[2].bytes, "Mijn titel \xEB");
	see_ole(streams, 3, &s);
	if (!ok(strcmp(s.format, "doc") == 0 && strcmp(s.status, "ok") == 0,
	    "a Word file is read"))
		printf("# %s %s%s\n", s.format, s.status, buf_str(&s.lines));
	ok(has(&s, "meta office:Title=Mijn titel \xC3\xAB"),
	    "DOC has properties");
	ok(has(&s, "heading2 Kop"), "the number of its style makes a heading");
	ok(has(&s, "text Syri\xC3\xAB \xE2\x80\x9Cja\xE2\x80\x9D hier en\n"
	    "text Een noot"), "fields are what they show, and notes follow");
	ok(has(&s, "text Land\tIran en Irak"), "cells end rows, not paragraphs");
	ok(has(&s, "text inho-ud\ntext na"),
	    "pieces are parts of one text, in two encodings");
	ok(strstr(buf_str(&s.lines), "weg") == NULL &&
	    strstr(buf_str(&s.lines), "VERTROUW") == NULL,
	    "deleted text and page headers are no text");

	make_doc(&streams[0].bytes, &streams[1].bytes);
	set16(&streams[0].bytes, 0x0A, 0x0300);
	see_ole(streams, 2, &e);
	ok(strcmp(e.status, "encrypted") == 0, "an encrypted DOC says so");
}

/* Word 6 has one stream, and no pieces unless it was saved in haste. */
static void
test_old_doc(void)
{
	static const char text[] = "Oud \xE9\x0D" "a\x07" "b\x07\x07" "c\x0D";
	struct stream one = { "WordDocument", BUF_INIT };
	struct seen s CLEAN(seen_clear);

	pad(&one.bytes, 0x400);
	set16(&one.bytes, 0, 0xA5DC);
	set16(&one.bytes, 2, 101);
	set32(&one.bytes, 0x18, 0x300);
	set32(&one.bytes, 0x34, sizeof text - 1);
	memcpy(one.bytes.s + 0x300, text, sizeof text - 1);
	see_ole(&one, 1, &s);
	if (!ok(strcmp(s.status, "ok") == 0 &&
	    has(&s, "text Oud \xC3\xA9\ntext a\tb\ntext c"), "Word 6 is read"))
		printf("# %s%s\n", s.status, buf_str(&s.lines));
}

/* ---- Excel ---- */

/* A record: its type, then its bytes. */
static void
add_record(struct buf *b, unsigned type, const void *s, size_t len)
{
	add16(b, type);
	add16(b, (unsigned)len);
	buf_add(b, s, len);
}

static void
begin_stream(struct buf *b, unsigned kind)
{
	struct buf r CLEAN(buf_clear) = BUF_INIT;

	add16(&r, 0x600);
	add16(&r, kind);
	add_record(b, 0x809, r.s, r.len);
}

/* A cell: its row, its style, what is in it. */
static void
add_cell(struct buf *b, unsigned type, unsigned row, unsigned style,
    const void *s, size_t len)
{
	struct buf r CLEAN(buf_clear) = BUF_INIT;

	add16(&r, row);
	add16(&r, 0);
	add16(&r, style);
	buf_add(&r, s, len);
	add_record(b, type, r.s, r.len);
}

static void
make_xls(struct buf *b)
{
	static const char sheet[] = "\0\0\0\0\0\0\5\0Leges";
	static const double half = 1234.5;
	size_t at;

	begin_stream(b, 5);
	add_record(b, 0x41E, BYTES("\xAA\0\x0B\0\0d mmmm yyyy"));
	add_record(b, 0xE0, BYTES("\0\0\0\0"));
	add_record(b, 0xE0, BYTES("\0\0\xAA\0"));	/* style 1: a date */
	add_record(b, 0xE0, BYTES("\0\0\4\0"));
	at = b->len + 4;
	add_record(b, 0x85, sheet, sizeof sheet - 1);
	/* The second string is cut within, and is wide from there. */
	add_record(b, 0xFC, BYTES("\2\0\0\0\2\0\0\0" "\4\0\0Doel"
	    "\6\0\x08\1\0Bed"));
	add_record(b, 0x3C, BYTES("\1r\0\xAC\x20g\0" "\0\0\0\0"));
	add_record(b, 0x0A, "", 0);
	set32(b, at, (uint32_t)b->len);

	begin_stream(b, 16);
	add_cell(b, 0xFD, 0, 0, BYTES("\0\0\0\0"));
	add_cell(b, 0xFD, 0, 0, BYTES("\1\0\0\0"));
	add_cell(b, 0xFD, 0, 0, BYTES("\x99\0\0\0"));
	begin_stream(b, 32);		/* a chart */
	add_cell(b, 0x204, 0, 0, BYTES("\3\0\0weg"));
	add_record(b, 0x0A, "", 0);
	add_cell(b, 0x27E, 1, 1, BYTES("\x3E\x92\2\0"));	/* 42127 << 2 | 2 */
	add_cell(b, 0x203, 1, 2, &half, sizeof half);
	add_cell(b, 0x06, 1, 0, BYTES("\0\0\0\0\0\0\xFF\xFF"));
	add_record(b, 0x207, BYTES("\3\0\1i\0n\0!\0"));
	add_cell(b, 0x205, 1, 0, BYTES("\1\0"));
	add_record(b, 0x0A, "", 0);
}

static void
test_xls(void)
{
	struct stream one = { "Workbook", BUF_INIT };
	struct seen s CLEAN(seen_clear), e CLEAN(seen_clear);

	make_xls(&one.bytes);
	see_ole(&one, 1, &s);
	if (!ok(strcmp(s.format, "xls") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "heading2 Leges\ntext Doel\tBedr\xE2\x82\xACg"),
	    "strings go on in the next record, in another encoding"))
		printf("# %s %s%s\n", s.format, s.status, buf_str(&s.lines));
	ok(has(&s, "text 3 mei 2015\t1.234,50\tin!\tWAAR"),
	    "cells of XLS show numbers in their formats, formulas their result");
	ok(strstr(buf_str(&s.lines), "weg") == NULL,
	    "a chart within a sheet is no row of it");

	begin_stream(&one.bytes, 5);
	add_record(&one.bytes, 0x2F, "\1", 1);
	see_ole(&one, 1, &e);
	ok(strcmp(e.status, "encrypted") == 0, "an encrypted XLS says so");
}

/* ---- PowerPoint ---- */

/* A record; as a container if it is of that version. */
static void
add_ppt(struct buf *b, unsigned version, unsigned type, const void *s,
    size_t len)
{
	add16(b, version);
	add16(b, type);
	add32(b, (uint32_t)len);
	buf_add(b, s, len);
}

#define ATOM 0
#define CONTAINER 0xF

/* A shape with a text of that kind, in a placeholder of a kind of its own. */
static void
add_shape(struct buf *to, uint32_t kind, unsigned placeholder,
    const char *text)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, n CLEAN(buf_clear) = BUF_INIT;

	add32(&n, 0);
	add16(&n, placeholder);
	pad(&n, 8);
	add_ppt(&b, ATOM, 0xBC3, n.s, n.len);
	buf_cut(&n, 0);
	add32(&n, kind);
	add_ppt(&b, ATOM, 0xF9F, n.s, n.len);
	add_ppt(&b, ATOM, 0xFA8, text, strlen(text));
	add_ppt(to, CONTAINER, 0xF004, b.s, b.len);
}

/* The entry of a slide in the list: its object, and the number it has. */
static void
add_slide_place(struct buf *to, uint32_t object, uint32_t id)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	add32(&b, object);
	pad(&b, 12);
	add32(&b, id);
	pad(&b, 20);
	add_ppt(to, ATOM, 0x3F3, b.s, b.len);
}

static void
make_ppt(struct buf *b, struct buf *user)
{
	struct buf x CLEAN(buf_clear) = BUF_INIT, list CLEAN(buf_clear) =
	    BUF_INIT;
	uint32_t at[5];
	size_t i;

	/* 1: the document; its slides are 3 and 2, the notes are 4. */
	at[1] = 0;
	add_slide_place(&x, 3, 256);
	add32(&list, 0);
	add_ppt(&x, ATOM, 0xF9F, list.s, 4);
	add_ppt(&x, ATOM, 0xFA0, BYTES("O\0v\0e\0r\0"));
	add_slide_place(&x, 2, 257);
	buf_cut(&list, 0);
	add_ppt(&list, CONTAINER, 0xFF0, x.s, x.len);
	buf_cut(&x, 0);
	add_slide_place(&x, 4, 300);
	add_ppt(&list, CONTAINER | 2 << 4, 0xFF0, x.s, x.len);
	add_ppt(b, CONTAINER, 0x3E8, list.s, list.len);

	at[2] = (uint32_t)b->len;
	buf_cut(&x, 0);
	add_shape(&x, 4, 0, "Laatste\rtwee");
	add_shape(&x, 4, 8, "weg");
	add_ppt(b, CONTAINER, 0x3EE, x.s, x.len);

	at[3] = (uint32_t)b->len;
	buf_cut(&x, 0);
	pad(&x, 16);
	add32(&x, 300);			/* its notes */
	buf_cut(&list, 0);
	add_ppt(&list, ATOM, 0x3EF, x.s, x.len);
	add_shape(&list, 1, 0, "Een punt\xEB.");
	add_ppt(b, CONTAINER, 0x3EE, list.s, list.len);

	at[4] = (uint32_t)b->len;
	buf_cut(&x, 0);
	add_shape(&x, 4, 0, "weg");
	add_shape(&x, 2, 0, "Zeg dit.");
	add_ppt(b, CONTAINER, 0x3F0, x.s, x.len);

	at[0] = (uint32_t)b->len;
	buf_cut(&x, 0);
	add32(&x, 1 | 4U << 20);
	for (i = 1; i < 5; i++)
		add32(&x, at[i]);
	add_ppt(b, ATOM, 0x1772, x.s, x.len);
	add32(user, 0);
	pad(user, 16);
	add32(user, (uint32_t)b->len);
	buf_cut(&x, 0);
	pad(&x, 8);
	add32(&x, (uint32_t)b->len);	/* an edit before this: itself */
	add32(&x, at[0]);
	add32(&x, 1);
	add_ppt(b, ATOM, 0xFF5, x.s, x.len);
}

static void
test_ppt(void)
{
	struct stream streams[] = {
		{ "PowerPoint Document", BUF_INIT },
		{ "Current User", BUF_INIT },
	};
	struct seen s CLEAN(seen_clear), e CLEAN(seen_clear);

	make_ppt(&streams[0].bytes, &streams[1].bytes);
	see_ole(streams, 2, &s);
	if (!ok(strcmp(s.format, "ppt") == 0 && strcmp(s.status, "ok") == 0 &&
	    has(&s, "page 1\nheading1 Over\ntext Een punt\xC3\xAB.\n"
	    "text Zeg dit.\npage 2"),
	    "slides of PPT go in their order, with what the outline has of them"))
		printf("# %s %s%s\n", s.format, s.status, buf_str(&s.lines));
	ok(has(&s, "text Laatste\ntext twee") &&
	    strstr(buf_str(&s.lines), "weg") == NULL,
	    "numbers of slides are no text");

	make_ppt(&streams[0].bytes, &streams[1].bytes);
	set32(&streams[1].bytes, 12, 0xF3D1C4DF);
	see_ole(streams, 2, &e);
	ok(strcmp(e.status, "encrypted") == 0, "an encrypted PPT says so");
}

int
main(void)
{
	formats_init();
	test_detection();
	test_loops();
	test_doc();
	test_old_doc();
	test_xls();
	test_ppt();
	return tap_done();
}
