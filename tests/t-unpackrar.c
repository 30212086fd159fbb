/*
 * RAR archives, which nothing here writes: made byte by byte.
 */
#include <config.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tap.h"
#include "unpacked.h"

static uint32_t
crc32(const char *s, size_t n)
{
	uint32_t crc = 0xFFFFFFFF;
	int bit;

	while (n-- > 0)
		for (crc ^= (unsigned char)*s++, bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
	return ~crc;
}

static void
add_le(struct buf *b, uint32_t n, unsigned bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		buf_addc(b, (char)n);
}

/* A block: its kind and flags, what is in its head, and what follows. */
static void
add_block(struct buf *b, unsigned kind, unsigned flags, const struct buf *head)
{
	struct buf all CLEAN(buf_clear) = BUF_INIT;

	add_le(&all, kind, 1);
	add_le(&all, flags, 2);
	add_le(&all, (uint32_t)(7 + head->len), 2);
	buf_add(&all, buf_str(head), head->len);
	add_le(b, crc32(all.s, all.len) & 0xFFFF, 2);
	buf_add(b, all.s, all.len);
}

static void
make_rar(unsigned archive_flags, unsigned file_flags, struct buf *b)
{
	static const char text[] = "In een RAR.";
	struct buf head CLEAN(buf_clear) = BUF_INIT;

	buf_add(b, "Rar!\x1A\x07\0", 7);
	add_le(&head, 0, 6);
	add_block(b, 0x73, archive_flags, &head);
	buf_cut(&head, 0);
	add_le(&head, sizeof text - 1, 4);
	add_le(&head, sizeof text - 1, 4);
	add_le(&head, 3, 1);
	add_le(&head, crc32(text, sizeof text - 1), 4);
	add_le(&head, 0, 4);
	add_le(&head, 20, 1);
	add_le(&head, 0x30, 1);		/* stored */
	add_le(&head, 9, 2);
	add_le(&head, 0100644, 4);
	buf_adds(&head, "map\\x.txt");
	add_block(b, 0x74, 0x8000 | file_flags, &head);
	buf_add(b, text, sizeof text - 1);
	buf_cut(&head, 0);
	add_block(b, 0x7B, 0x4000, &head);
}

static void
test_rar(void)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) =
	    BUF_INIT, d CLEAN(buf_clear) = BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear), v CLEAN(unpacked_clear),
	    w CLEAN(unpacked_clear);

	make_rar(0, 0, &b);
	unpack_file(b.s, b.len, &u);
	ok(has_listed(&u, "\nmap/x.txt ok In een RAR.\n") && u.counted == 1 &&
	    strcmp(u.format, "rar") == 0, "RAR gives its files");
	make_rar(0x80, 0, &c);
	unpack_file(c.s, c.len, &v);
	ok(is_refused(&v, EXTRACT_ENCRYPTED, ""),
	    "one whose names are encrypted is encrypted");
	make_rar(0, 4, &d);
	unpack_file(d.s, d.len, &w);
	ok(is_refused(&w, EXTRACT_ENCRYPTED, ""),
	    "and one whose files are");
}

/* A block of RAR 5: its head has a kind, flags, sizes, its own, an extra. */
static void
add_block5(struct buf *b, unsigned kind, const struct buf *rest,
    const char *extra, const char *data)
{
	struct buf head CLEAN(buf_clear) = BUF_INIT, all CLEAN(buf_clear) =
	    BUF_INIT;
	bool is_file = data != NULL;

	add_le(&head, kind, 1);
	add_le(&head, is_file ? 3 : 0, 1);
	if (is_file) {
		add_le(&head, (uint32_t)strlen(extra), 1);
		add_le(&head, (uint32_t)strlen(data), 1);
	}
	buf_add(&head, rest->s, rest->len);
	buf_adds(&head, extra);
	add_le(&all, (uint32_t)head.len, 1);
	buf_add(&all, head.s, head.len);
	add_le(b, crc32(all.s, all.len), 4);
	buf_add(b, all.s, all.len);
	buf_adds(b, is_file ? data : "");
}

/* An archive of two files; the first, or both are encrypted. */
static void
make_rar5(unsigned encrypted, struct buf *b)
{
	static const char *const members[] = { "a.txt", "b.txt" };
	static const char data[] = "In een RAR 5.";
	struct buf rest CLEAN(buf_clear) = BUF_INIT;
	unsigned i;

	buf_add(b, "Rar!\x1A\x07\1\0", 8);
	add_le(&rest, 0, 1);
	add_block5(b, 1, &rest, "", NULL);
	for (i = 0; i < 2; i++) {
		buf_cut(&rest, 0);
		add_le(&rest, 4, 1);		/* has a checksum */
		add_le(&rest, sizeof data - 1, 1);
		add_le(&rest, 0x20, 1);
		add_le(&rest, crc32(data, sizeof data - 1), 4);
		add_le(&rest, 0, 1);
		add_le(&rest, 1, 1);
		add_le(&rest, 5, 1);
		buf_adds(&rest, members[i]);
		/* A record of encryption, or of another kind. */
		add_block5(b, 2, &rest, i < encrypted ? "\6\1xxxxx" :
		    "\6\7xxxxx", data);
	}
	buf_cut(&rest, 0);
	add_le(&rest, 0, 1);
	add_block5(b, 5, &rest, "", NULL);
}

static void
test_rar5(void)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT, c CLEAN(buf_clear) =
	    BUF_INIT;
	struct unpacked u CLEAN(unpacked_clear), v CLEAN(unpacked_clear);

	make_rar5(1, &b);
	unpack_file(b.s, b.len, &u);
	if (!ok(has_listed(&u, "\na.txt encrypted \nb.txt ok In een RAR 5.\n"),
	    "of a RAR 5 with an encrypted file that one is"))
		printf("# %s\n", buf_str(&u.lines));
	make_rar5(2, &c);
	unpack_file(c.s, c.len, &v);
	ok(is_refused(&v, EXTRACT_ENCRYPTED, ""),
	    "and the whole of it if all are");
}

int
main(void)
{
	formats_init();
	test_rar();
	test_rar5();
	return tap_done();
}
