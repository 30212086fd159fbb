/*
 * Old Word files, made here byte by byte.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

#include "seeole.h"
#include "tap.h"

/* The text, with marks; from WIDE on it is a piece of UTF-16. */
#define TEXT "Kop\r" "Syri\xEB \x93ja\x94 \x13 HYPERLINK \"x\" \x14hier\x15" \
	" en\x02\r" "Land\x07Iran\ren Irak\x07\x07" "weg\r" "in\x1Fho\x1Eud\x05\r"
#define WIDE "na\r"
#define NOTE "\x02 Een noot\r"
/* A line between text and notes, a header, a footer with a page number. */
#define LINE "weg\r"
#define HEADER "VERTROUWELIJK\r\r"
#define FOOTER "Pagina \x13 PAGE \x14" "7\x15 | WI 2014/60\r\r"
#define COMMENT "\x05 Klopt\rdit?\r"

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

/* Style 0 is no heading, style 1 is "heading 2" by its number, in a list. */
static void
add_styles(struct buf *b)
{
	unsigned i;

	add16(b, 18);
	add16(b, 2);			/* styles */
	add16(b, 10);			/* bytes before the name */
	pad(b, 20);
	for (i = 0; i < 2; i++) {
		add16(b, i == 0 ? 14 : 22);
		add16(b, i == 0 ? 0 : 2);
		add16(b, 0xFFF1);	/* of paragraphs, based on none */
		pad(b, b->len + 6);
		add16(b, 0);		/* no name */
		add16(b, 0);
	}
	add16(b, 6);			/* its properties: list 1 */
	add16(b, 1);
	add16(b, 0x460B);
	add16(b, 1);
}

static void
add_level(struct buf *b, unsigned kind, const char *text, size_t len)
{
	size_t from = b->len, i;

	add32(b, 1);
	add16(b, kind);
	pad(b, from + 28);
	add16(b, (unsigned)len);
	for (i = 0; i < len; i++)
		add16(b, (unsigned char)text[i]);
}

/* A numbering, behind it its levels; and the one list that it makes. */
static void
add_lists(struct buf *main, struct buf *table)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	unsigned i;

	add16(&b, 1);
	add32(&b, 77);
	pad(&b, 30);
	set_part(main, 0x2E2, table, &b);
	add_level(table, 0, BYTES("Deel \0"));
	add_level(table, 4, BYTES("\0.\1)"));
	for (i = 2; i < 9; i++)
		add_level(table, 0, "", 0);
	buf_cut(&b, 0);
	add32(&b, 1);
	add32(&b, 77);
	pad(&b, 20);
	add32(&b, 0xFFFFFFFF);
	set_part(main, 0x2EA, table, &b);
}

/* A drawing: of text or headers, with a shape that is letters. */
static void
add_drawing(struct buf *b, char of, const char *letters)
{
	size_t n = strlen(letters), i;

	buf_addc(b, of);
	add32(b, 0xF002000F);
	add32(b, (uint32_t)(8 + 6 + 2 * n + 2));
	add32(b, 0xF00B0013);		/* one property */
	add32(b, (uint32_t)(6 + 2 * n + 2));
	add16(b, 0x80C0);
	add32(b, (uint32_t)(2 * n + 2));
	for (i = 0; i <= n; i++)
		add16(b, (unsigned char)letters[i]);
}

static void
add_drawings(struct buf *main, struct buf *table)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	add32(&b, 0xF000000F);
	add32(&b, 0);
	add_drawing(&b, 0, "Sam");
	add_drawing(&b, 1, "CONCEPT");
	add_drawing(&b, 0, "wij");
	buf_adds(&b, "\1los");
	set_part(main, 0x22A, table, &b);
}

static void
make_doc(struct buf *main, struct buf *table)
{
	static const char text[] = TEXT, wide[] = WIDE NOTE LINE HEADER FOOTER COMMENT;
	size_t n = sizeof text - 1, i, k;
	const char *row = strchr(text, '\x07'), *gone = strstr(text, "weg");
	const char *note = strchr(text, '\x02');
	unsigned ends[5] = { 4, (unsigned)(row - 4 - text),
	    (unsigned)(row + 14 - text), (unsigned)(row + 15 - text),
	    (unsigned)n };
	static const char *const props[5] = { "\2\1\0\0",
	    "\5\0\0\x0B\x46\1\0\x0A\x26\1",
	    "\3\0\0\x16\x24\1", "\3\0\0\x17\x24\1", "" };
	static const size_t lens[5] = { 4, 10, 6, 6, 0 };
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
	set32(main, 0x54, sizeof LINE HEADER FOOTER - 1);
	set32(main, 0x5C, sizeof COMMENT - 1);
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
	for (i = 0; i <= 6; i++)	/* headers: six of no section */
		add32(&b, i == 0 ? 0 : sizeof LINE - 1);
	add32(&b, sizeof LINE HEADER - 1);
	add32(&b, sizeof LINE HEADER FOOTER - 1);
	set_part(main, 0xF2, table, &b);
	buf_cut(&b, 0);
	add32(&b, (uint32_t)(strchr(text, '\x05') - text));
	add32(&b, (uint32_t)n);
	pad(&b, 8 + 30);
	set_part(main, 0xBA, table, &b);
	buf_cut(&b, 0);
	add32(&b, 0);
	add32(&b, sizeof COMMENT - 1);
	set_part(main, 0xC2, table, &b);
	add_lists(main, table);
	add_drawings(main, table);

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
	ok(has(&s, "heading2 Deel 1 Kop"),
	    "its style makes a heading, and puts it in a list");
	ok(has(&s, "text 1.a) Syri\xC3\xAB \xE2\x80\x9Cja\xE2\x80\x9D hier en\n"
	    "text Een noot"), "fields are what they show, and notes follow");
	ok(has(&s, "text Land\tIran en Irak"), "cells end rows, not paragraphs");
	ok(has(&s, "text inho-ud\ntext Opmerking: Klopt dit?\ntext na"),
	    "pieces are parts of one text, and a comment follows its paragraph");
	if (!ok(has(&s, "meta opschrift=VERTROUWELIJK\nmeta opschrift=WI 2014/60"),
	    "headers are a property, without numbers of pages"))
		printf("# %s\n", buf_str(&s.lines));
	ok(has(&s, "meta opschrift=CONCEPT") &&
	    has(&s, "text na\ntext Sam\ntext wij"),
	    "letters drawn as a picture are text, or a header");
	ok(strstr(buf_str(&s.lines), "weg") == NULL,
	    "deleted text and lines above notes are no text");

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

int
main(void)
{
	formats_init();
	test_doc();
	test_old_doc();
	return tap_done();
}
