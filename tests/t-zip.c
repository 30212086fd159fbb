/*
 * ZIP files packed in every way there is, and large ones as small as can be.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "makearchive.h"
#include "makeole.h"
#include "seen.h"
#include "tap.h"
#include "unpacked.h"

#define TEXT "Een tekst over asiel."
#define TEXT_CRC 0xCDD238FE
#define DOCUMENT "<w:document xmlns:w='http://schemas.openxmlformats.org/" \
	"wordprocessingml/2006/main'><w:p><w:r><w:t>asiel</w:t></w:r></w:p>" \
	"</w:document>"
#define DOCUMENT_CRC 0xF6B881EC

struct packing {
	const char *title;
	unsigned method;
	const char *bytes;
	size_t len;
};

/* The same text, each way. */
static const struct packing packings[] = {
	{ "stored", 0, BYTES(TEXT) },
	{ "packed by Deflate", 8, BYTES("\x73\x4D\xCD\x53\x28\x49\xCD\x2E"
	    "\x2E\x51\xC8\x2F\x4B\x2D\x52\x48\x2C\xCE\x4C\xCD\xD1\x03\x00") },
	{ "packed by bzip2", 12, BYTES("BZh91AY&SY\x32\x23\x10\x9C\x00\x00"
	    "\x02\x15\x80\x40\x01\x02\x00\x22\x2D\x9D\x00\x20\x00\x22\x10\xF2"
	    "\x83\xD1\xA8\x40\x00\x05\x69\x12\x3D\xC6\xEA\x77\x8A\xB0\x1F\xC5"
	    "\xDC\x91\x4E\x14\x24\x0C\x88\xC4\x27\x00") },
	{ "packed by LZMA", 14, BYTES("\x09\x04\x05\x00\x5D\x00\x00\x80\x00"
	    "\x00\x22\x99\x49\xC2\x03\x3D\xD5\x02\xEA\xC6\xB0\xA4\xCE\xA6\x59"
	    "\xFD\x57\x5A\x99\x3F\x6A\x15\x8F\x03\x43\x4B\xFF\xF5\x82\x80"
	    "\x00") },
	{ "packed by Zstandard", 93, BYTES("\x28\xB5\x2F\xFD\x04\x68\xA9\x00"
	    "\x00" TEXT "\x8F\x70\xD6\x1F") },
	{ "packed by xz", 95, BYTES("\xFD\x37zXZ\x00\x00\x04\xE6\xD6\xB4\x46"
	    "\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2F\xE5\xA3\x01\x00\x14"
	    TEXT "\x00\x00\x00\x00\x4C\x95\x63\xCB\x28\x05\x39\x84\x00\x01"
	    "\x2D\x15\x2F\x0B\x71\x6D\x1F\xB6\xF3\x7D\x01\x00\x00\x00\x00\x04"
	    "YZ") },
};

static const struct packing unread[] = {
	{ "(9: ", 9, BYTES("weg") },	/* Deflate64 */
	{ "(6: ", 6, BYTES("weg") },	/* of PKZIP 1 */
};

/* What a local header and the directory both say. */
static void
add_facts(struct buf *b, const struct packing *p, bool is_large, size_t size)
{
	add16(b, 20);
	add16(b, 2);		/* an LZMA stream may have an end mark */
	add16(b, p->method);
	add32(b, 0);
	add32(b, size == sizeof TEXT - 1 ? TEXT_CRC : DOCUMENT_CRC);
	add32(b, is_large ? 0xFFFFFFFF : (uint32_t)p->len);
	add32(b, is_large ? 0xFFFFFFFF : (uint32_t)size);
}

static void
add64(struct buf *b, uint64_t n)
{
	add32(b, (uint32_t)n);
	add32(b, (uint32_t)(n >> 32));
}

/* The sizes where those of a large file stand. */
static void
add_sizes(struct buf *b, const struct packing *p, size_t size)
{
	add16(b, 1);
	add16(b, 16);
	add64(b, size);
	add64(b, p->len);
}

/* The end of a large archive, and what leads to it. */
static void
add_large_end(struct buf *b, size_t size, size_t at)
{
	uint64_t end = b->len;

	buf_adds(b, "PK\6\6");
	add64(b, 44);
	add16(b, 45);
	add16(b, 45);
	add64(b, 0);
	add64(b, 1);
	add64(b, 1);
	add64(b, size);
	add64(b, at);
	buf_adds(b, "PK\6\7");
	add32(b, 0);
	add64(b, end);
	add32(b, 1);
}

/* An archive of one file, large or not, behind bytes that are none of it. */
static void
make_one(const char *name, const struct packing *p, size_t size,
    bool is_large, struct buf *b)
{
	size_t at;

	buf_adds(b, "PK\3\4");
	add_facts(b, p, is_large, size);
	add16(b, (unsigned)strlen(name));
	add16(b, is_large ? 20 : 0);
	buf_adds(b, name);
	if (is_large)
		add_sizes(b, p, size);
	buf_add(b, p->bytes, p->len);
	at = b->len;
	buf_adds(b, "PK\1\2");
	add16(b, 20);
	add_facts(b, p, is_large, size);
	add16(b, (unsigned)strlen(name));
	add16(b, is_large ? 20 : 0);
	pad(b, b->len + 14);
	buf_adds(b, name);
	if (is_large)
		add_sizes(b, p, size);
	size = b->len - at;
	if (is_large)
		add_large_end(b, size, at);
	buf_adds(b, "PK\5\6");
	add32(b, 0);
	add16(b, is_large ? 0xFFFF : 1);
	add16(b, is_large ? 0xFFFF : 1);
	add32(b, is_large ? 0xFFFFFFFF : (uint32_t)size);
	add32(b, is_large ? 0xFFFFFFFF : (uint32_t)at);
	add16(b, 0);
}

static void
test_methods(void)
{
	size_t i;

	for (i = 0; i < NELEM(packings); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);

		make_one("a.txt", &packings[i], sizeof TEXT - 1, false, &b);
		unpack_file(b.s, b.len, &u);
		if (!ok(u.is_right && strcmp(buf_str(&u.lines),
		    "\na.txt ok " TEXT "\n") == 0, "a member %s is read",
		    packings[i].title))
			printf("# %s%s\n", u.reason, buf_str(&u.lines));
	}
	for (i = 0; i < NELEM(unread); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		struct unpacked u CLEAN(unpacked_clear);

		make_one("a.txt", &unread[i], sizeof TEXT - 1, false, &b);
		unpack_file(b.s, b.len, &u);
		if (!ok(u.is_right && u.status == EXTRACT_UNSUPPORTED &&
		    u.read == EXTRACT_UNSUPPORTED &&
		    strstr(u.reason, unread[i].title) != NULL,
		    "one packed by method %u is not, and that is said",
		    unread[i].method))
			printf("# %d %s%s\n", (int)u.status, u.reason,
			    buf_str(&u.lines));
	}
}

/* The verdict on a member alone, beside one that is read. */
static void
test_members(void)
{
	struct packed two[] = { FILE_OF("a.txt", "Een."),
	    FILE_OF("b.txt", "Twee.") };
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);
	char *at;

	make_archive("zip", NULL, "compression=store", two, 2, &b);
	at = memmem(b.s, b.len, "PK\3\4", 4);
	at[8] = 9;
	at = memmem(b.s, b.len, "PK\1\2", 4);
	at[10] = 9;
	unpack_file(b.s, b.len, &u);
	if (!ok(u.is_right && u.status == EXTRACT_OK && strcmp(
	    buf_str(&u.lines), "\na.txt unsupported \nb.txt ok Twee.\n") == 0,
	    "it costs itself alone"))
		printf("# %s%s\n", u.reason, buf_str(&u.lines));
}

static void
test_large(void)
{
	static const struct packing document = { "", 0, BYTES(DOCUMENT) };
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear);
	struct seen s CLEAN(seen_clear);

	make_one("a.txt", &packings[0], sizeof TEXT - 1, true, &b);
	unpack_file(b.s, b.len, &u);
	if (!ok(u.is_right && strcmp(buf_str(&u.lines),
	    "\na.txt ok " TEXT "\n") == 0, "a ZIP64 file is read"))
		printf("# %s%s\n", u.reason, buf_str(&u.lines));
	make_one("word/document.xml", &document, sizeof DOCUMENT - 1, true, &c);
	see(c.s, c.len, &s);
	if (!ok(strcmp(s.format, "docx") == 0 && has(&s, "text asiel"),
	    "so is a document that is one"))
		printf("# %s%s\n", s.status, buf_str(&s.lines));
	/* Its end says that it has more than the file. */
	memset((char *)memmem(b.s, b.len, "PK\6\6", 4) + 40, 0x7F, 8);
	unpacked_clear(&u);
	unpack_file(b.s, b.len, &u);
	ok(u.is_right && u.status == EXTRACT_MALFORMED,
	    "one that lies about its directory is damaged");
}

static void
test_document(void)
{
	static const struct packing document = { "", 9, BYTES("weg") };
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct seen s CLEAN(seen_clear);

	make_one("word/document.xml", &document, 3, false, &b);
	see(b.s, b.len, &s);
	if (!ok(strcmp(s.format, "docx") == 0 &&
	    strcmp(s.status, "unsupported") == 0,
	    "a document packed by a method that is not read says so"))
		printf("# %s%s\n", s.status, buf_str(&s.lines));
}

int
main(void)
{
	formats_init();
	test_methods();
	test_members();
	test_large();
	test_document();
	return tap_done();
}
