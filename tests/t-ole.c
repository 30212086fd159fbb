/*
 * Old Office files, made here byte by byte.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "seeole.h"
#include "tap.h"

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
		{ "VisioDocument", "ole", "unsupported" },
		{ "iets anders", "ole", "unsupported" },
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

/* Where make_ole() puts it. */
#define DIRECTORY	(3 * 512)

/* A compound file, cut and changed. */
static void
test_damage(void)
{
	struct stream one = { "VisioDocument", BUF_INIT };
	struct stream book = { "Workbook", BUF_INIT };
	struct buf ole CLEAN(buf_clear) = BUF_INIT;
	struct seen cut CLEAN(seen_clear), gone CLEAN(seen_clear),
	    loop CLEAN(seen_clear), ring CLEAN(seen_clear);

	make_ole(&book, 1, &ole);
	/* Its directory begins in sector 2, with two entries. */
	see(ole.s, DIRECTORY + 256, &cut);
	ok(strcmp(cut.format, "xls") == 0,
	    "a sector that is cut has what there is of it");
	buf_cut(&ole, 0);
	make_ole(&one, 1, &ole);
	see(ole.s, DIRECTORY + 128, &gone);
	ok(strcmp(gone.status, "malformed") == 0,
	    "without its entries a compound file is damaged, not of another "
	    "program (%s)", gone.status);
	set32(&ole, DIRECTORY + 128 + 68, 1);
	see(ole.s, ole.len, &loop);
	ok(strcmp(loop.status, "malformed") == 0,
	    "so it is if they lead to themselves (%s)", loop.status);
	set32(&ole, DIRECTORY + 128 + 68, 0xFFFFFFFF);
	set32(&ole, 512 + 4 * 2, 2);
	see(ole.s, ole.len, &ring);
	ok(strcmp(ring.status, "malformed") == 0,
	    "or if its sectors do (%s)", ring.status);
}

static void
test_older(void)
{
	static const char word[] = "\xFE\x37\0\x23\0\0\0\0\0\0\0\0\x24\0\0\0\x19";
	static const char excel[] = "\x09\x04\x06\0\0\0\x10\0\x8F\x20";
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct seen w CLEAN(seen_clear), e CLEAN(seen_clear);

	buf_add(&b, word, sizeof word - 1);
	pad(&b, 512);
	see(b.s, b.len, &w);
	ok(strcmp(w.format, "doc") == 0 && strcmp(w.status, "unsupported") == 0,
	    "a text of Word for Macintosh 5 is older than what is read (%s)",
	    w.status);
	buf_cut(&b, 0);
	buf_add(&b, excel, sizeof excel - 1);
	pad(&b, 512);
	see(b.s, b.len, &e);
	ok(strcmp(e.format, "xls") == 0 && strcmp(e.status, "unsupported") == 0,
	    "so is a workbook of Excel 4 (%s)", e.status);
}

/* Its directory is gone. */
static void
test_cut(void)
{
	struct stream one = { "WordDocument", BUF_INIT };
	struct buf ole CLEAN(buf_clear) = BUF_INIT;
	struct seen s CLEAN(seen_clear);

	pad(&one.bytes, 8192);
	make_ole(&one, 1, &ole);
	see(ole.s, 600, &s);
	ok(strcmp(s.format, "ole") == 0 && strcmp(s.status, "malformed") == 0,
	    "a compound file that is cut off is damaged, not unknown");
	buf_clear(&one.bytes);
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
	add_record(b, 0x14, BYTES("\x16\0\0&LVERTROUWELIJK&RP. &P"));
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
	/* A comment: its object and text, then which cell it is of. */
	add_record(b, 0x5D, BYTES("\x15\0\x12\0\x19\0\7\0"));
	add_record(b, 0x1B6, BYTES("\0\0\0\0\0\0\0\0\0\0\6\0"));
	add_record(b, 0x3C, BYTES("\0Klopt?"));
	add_record(b, 0x1C, BYTES("\0\0\1\0\0\0\7\0\6\0\0Jansen"));
	add_record(b, 0x1C, BYTES("\0\0\1\0\0\0\x63\0"));
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
	    has(&s, "text Doel\tBedr\xE2\x82\xACg"),
	    "strings go on in the next record, in another encoding"))
		printf("# %s %s%s\n", s.format, s.status, buf_str(&s.lines));
	ok(has(&s, "text 3 mei 2015\t1.234,50\tin!\tWAAR"),
	    "cells of XLS show numbers in their formats, formulas their result");
	ok(has(&s, "text Opmerking: Klopt?\ntext 3 mei 2015\t1.234,50\tin!\tWAAR") &&
	    strstr(buf_str(&s.lines), "Jansen") == NULL,
	    "a comment of XLS follows its row, without who made it");
	ok(has(&s, "meta opschrift=VERTROUWELIJK"),
	    "the header of a sheet of XLS is a property");
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

/* Letters drawn as a picture: the last of three properties, two with bytes. */
static void
add_word_art(struct buf *to)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) = BUF_INIT;

	add_ppt(&b, ATOM | 3 << 4, 0xF00B, BYTES("\x81\0\1\0\0\0"
	    "\x45\x81\2\0\0\0" "\xC0\x80\x08\0\0\0" "..S\0a\0m\0\0\0"));
	add_ppt(&b, ATOM | 1 << 4, 0xF00B, BYTES("\xC0\x80\xFF\0\0\0w\0"));
	add_ppt(&b, ATOM | 9 << 4, 0xF00B, BYTES("\xC0\x80\2\0\0\0w\0"));
	add_ppt(&c, CONTAINER, 0xF004, b.s, b.len);
	buf_add(to, c.s, c.len);
}

/* What PowerPoint 2002 added: who, what, in short who. */
static void
add_comment(struct buf *to)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) = BUF_INIT;

	add_ppt(&b, ATOM, 0xFBA, BYTES("w\0e\0g\0"));
	add_ppt(&b, ATOM | 1 << 4, 0xFBA, BYTES("O\0k\0?\0"));
	add_ppt(&b, ATOM | 2 << 4, 0xFBA, BYTES("w\0e\0g\0"));
	add_ppt(&c, CONTAINER, 0x2EE0, b.s, b.len);
	add_ppt(to, ATOM, 0x138B, c.s, c.len);
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

/* The settings of headers and footers: one that is not shown, one that is. */
static void
add_margins(struct buf *to)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	add_ppt(&b, ATOM, 0xFDA, BYTES("\0\0\x20\0"));
	add_ppt(&b, ATOM | 1 << 4, 0xFBA, BYTES("w\0e\0g\0"));
	add_ppt(&b, ATOM | 2 << 4, 0xFBA, BYTES("V\0o\0e\0t\0"));
	add_ppt(to, CONTAINER | 3 << 4, 0xFD9, b.s, b.len);
}

static void
make_ppt(struct buf *b, struct buf *user)
{
	struct buf x CLEAN(buf_clear) = BUF_INIT, list CLEAN(buf_clear) =
	    BUF_INIT, shape CLEAN(buf_clear) = BUF_INIT;
	uint32_t at[6];
	size_t i;

	/* 1: the document; slides are 3 and 2, notes 4, a master 5. */
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
	buf_cut(&x, 0);
	add_slide_place(&x, 5, 400);
	add_ppt(&list, CONTAINER | 1 << 4, 0xFF0, x.s, x.len);
	add_margins(&list);
	add_ppt(b, CONTAINER, 0x3E8, list.s, list.len);

	at[2] = (uint32_t)b->len;
	buf_cut(&x, 0);
	add_shape(&x, 4, 0, "Laatste\rtwee");
	add_shape(&x, 4, 8, "weg");
	add_shape(&x, 4, 9, "Eigen voet");
	add_shape(&x, 4, 9, "*");
	add_word_art(&x);
	add_ppt(b, CONTAINER, 0x3EE, x.s, x.len);

	at[3] = (uint32_t)b->len;
	buf_cut(&x, 0);
	pad(&x, 12);
	add32(&x, 400);			/* its master */
	add32(&x, 300);			/* its notes */
	buf_cut(&list, 0);
	add_ppt(&list, ATOM, 0x3EF, x.s, x.len);
	add_shape(&list, 1, 0, "Een punt\xEB.");
	add_comment(&list);
	add_ppt(b, CONTAINER, 0x3EE, list.s, list.len);

	at[4] = (uint32_t)b->len;
	buf_cut(&x, 0);
	add_shape(&x, 4, 8, "weg");
	add_shape(&x, 2, 12, "Zeg dit.");
	add_shape(&x, 4, 0, "Ook dit.");
	add_ppt(b, CONTAINER, 0x3F0, x.s, x.len);

	at[5] = (uint32_t)b->len;
	buf_cut(&x, 0);
	add_shape(&x, 0, 1, "weg");
	buf_cut(&list, 0);
	add32(&list, 4);
	add_ppt(&shape, ATOM, 0xF9F, list.s, list.len);
	add_ppt(&shape, ATOM, 0xFA8, BYTES("GEHEIM"));
	add_ppt(&x, CONTAINER, 0xF004, shape.s, shape.len);
	add_ppt(b, CONTAINER, 0x3F8, x.s, x.len);

	at[0] = (uint32_t)b->len;
	buf_cut(&x, 0);
	add32(&x, 1 | 5U << 20);
	for (i = 1; i < 6; i++)
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
	    "text Opmerking: Ok?\ntext Zeg dit.\ntext Ook dit."),
	    "slides of PPT go in their order, with what the outline has of them"))
		printf("# %s %s%s\n", s.format, s.status, buf_str(&s.lines));
	ok(has(&s, "text Sam"), "letters drawn as a picture are text");
	ok(has(&s, "text Laatste\ntext twee") &&
	    strstr(buf_str(&s.lines), "weg") == NULL,
	    "numbers of slides are no text, nor who made a comment");
	ok(has(&s, "meta opschrift=Voet\npage 1") &&
	    has(&s, "text Ook dit.\nmeta opschrift=GEHEIM\n"
	    "meta opschrift=Eigen voet\npage 2") &&
	    strstr(buf_str(&s.lines), "*") == NULL,
	    "what all slides have in a margin is no text");

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
	test_damage();
	test_older();
	test_cut();
	test_loops();
	test_xls();
	test_ppt();
	return tap_done();
}
