/*
 * makepicture: pictures of which nothing is there but what a test wants.
 */
#ifndef MAKEPICTURE_H
#define MAKEPICTURE_H

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

static inline void
add_le(struct buf *b, unsigned bytes, uint64_t n)
{
	for (; bytes > 0; bytes--, n >>= 8)
		buf_addc(b, (char)(n & 0xFF));
}

static inline void
add_be(struct buf *b, unsigned bytes, uint64_t n)
{
	while (bytes-- > 0)
		buf_addc(b, (char)(n >> 8 * bytes & 0xFF));
}

/* ---- PNG; checksums are not looked at before the pixels are ---- */

static inline void
add_chunk(struct buf *b, const char *type, const char *bytes, size_t n)
{
	add_be(b, 4, n);
	buf_adds(b, type);
	buf_add(b, bytes, n);
	add_be(b, 4, 0);
}

static inline void
make_png(uint32_t width, uint32_t height, struct buf *b)
{
	struct buf head CLEAN(buf_clear) = BUF_INIT;

	add_be(&head, 4, width);
	add_be(&head, 4, height);
	buf_add(&head, "\1\0\0\0\0", 5);
	buf_adds(b, "\x89PNG\r\n\x1A\n");
	add_chunk(b, "IHDR", head.s, head.len);
	add_chunk(b, "IDAT", "x", 1);
	add_chunk(b, "IEND", "", 0);
}

/* ---- JPEG ---- */

static inline void
make_jpeg(unsigned char frame, uint16_t width, uint16_t height, struct buf *b)
{
	buf_adds(b, "\xFF\xD8\xFF\xE0");
	add_be(b, 2, 4);
	buf_adds(b, "xx\xFF");
	buf_addc(b, (char)frame);
	add_be(b, 2, 11);
	buf_addc(b, 8);
	add_be(b, 2, height);
	add_be(b, 2, width);
	buf_add(b, "\1\1\x11\0\xFF\xDA\0\10\1\1\0\0\x3F\0xxxx", 18);
}

/* ---- GIF, BMP, WebP ---- */

static inline void
make_gif(uint16_t width, uint16_t height, struct buf *b)
{
	buf_adds(b, "GIF89a");
	add_le(b, 2, 1);
	add_le(b, 2, 1);
	buf_add(b, "\x80\0\0\0\0\0\1\1\1!\xF9\4\0\0\0\0\0,\0\0\0\0", 22);
	add_le(b, 2, width);
	add_le(b, 2, height);
	buf_add(b, "\0\2\2L\1\0;", 7);
}

static inline void
make_bmp(uint32_t width, uint32_t height, uint32_t packed, struct buf *b)
{
	buf_adds(b, "BM");
	add_le(b, 4, 60);
	add_le(b, 4, 0);
	add_le(b, 4, 54);
	add_le(b, 4, 40);
	add_le(b, 4, width);
	add_le(b, 4, height);
	add_le(b, 2, 1);
	add_le(b, 2, 24);
	add_le(b, 4, packed);
	add_le(b, 4, 0);
	add_le(b, 8, 0);
	add_le(b, 8, 0);
	buf_adds(b, "xxxxxx");
}

/* part is "VP8 ", "VP8L" or "VP8X"; flags are those of the last. */
static inline void
make_webp(const char *part, uint32_t width, uint32_t height,
    unsigned char flags, struct buf *b)
{
	buf_adds(b, "RIFF");
	add_le(b, 4, 22);
	buf_adds(b, "WEBP");
	buf_adds(b, part);
	add_le(b, 4, 10);
	if (part[3] == ' ') {
		buf_add(b, "\0\0\0\x9D\1\x2A", 6);
		add_le(b, 2, width);
		add_le(b, 2, height);
	} else if (part[3] == 'L') {
		buf_addc(b, 0x2F);
		add_le(b, 4, (width - 1) | (height - 1) << 14);
		add_le(b, 5, 0);
	} else {
		add_le(b, 4, flags);
		add_le(b, 3, width - 1);
		add_le(b, 3, height - 1);
	}
}

/* ---- TIFF ---- */

struct tiff_page {
	uint32_t width, height;
	uint16_t compression;
	uint16_t bits;
	uint32_t subfile;
};

/*
 * Pages of white that share their pixels, as many bytes as the first needs, at
 * one bit each; the last one leads to page next (from 0), or is the last.
 */
#define NO_PAGE SIZE_MAX
static inline void
make_tiff(const struct tiff_page *p, size_t n, size_t next, struct buf *b)
{
	size_t pixels = (size_t)((p->width + 7) / 8) * p->height, i, k;
	uint32_t first = 0;
	enum { ENTRIES = 9 };

	/* Of what claims to be large nothing is there. */
	if (pixels > 1 << 20)
		pixels = 4;
	buf_add(b, "II*\0", 4);
	add_le(b, 4, 8 + pixels + pixels % 2);
	for (i = 0; i < pixels + pixels % 2; i++)
		buf_addc(b, 0);
	for (i = 0; i < n; i++) {
		const uint32_t entries[ENTRIES][3] = {
			{ 254, 4, p[i].subfile }, { 256, 4, p[i].width },
			{ 257, 4, p[i].height }, { 258, 3, p[i].bits },
			{ 259, 3, p[i].compression }, { 262, 3, 0 },
			{ 273, 4, 8 }, { 278, 4, p[i].height },
			{ 279, 4, (uint32_t)pixels },
		};

		if (i == next)
			first = (uint32_t)b->len;
		add_le(b, 2, ENTRIES);
		for (k = 0; k < ENTRIES; k++) {
			add_le(b, 2, entries[k][0]);
			add_le(b, 2, entries[k][1]);
			add_le(b, 4, 1);
			add_le(b, 4, entries[k][2]);
		}
		add_le(b, 4, i + 1 < n ? (uint32_t)b->len + 4 : first);
	}
}

#endif
