/*
 * makeole: compound files with the streams a test gives them.
 */
#ifndef MAKEOLE_H
#define MAKEOLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct stream {
	const char *name;
	struct buf bytes;
};

static inline void
set16(struct buf *b, size_t at, unsigned n)
{
	b->s[at] = (char)n;
	b->s[at + 1] = (char)(n >> 8);
}

static inline void
set32(struct buf *b, size_t at, uint32_t n)
{
	set16(b, at, n & 0xFFFF);
	set16(b, at + 2, n >> 16);
}

static inline void
add16(struct buf *b, unsigned n)
{
	buf_room(b, 2);
	set16(b, b->len, n);
	buf_grew(b, 2);
}

static inline void
add32(struct buf *b, uint32_t n)
{
	add16(b, n & 0xFFFF);
	add16(b, n >> 16);
}

static inline void
pad(struct buf *b, size_t len)
{
	while (b->len < len)
		buf_addc(b, '\0');
}

/* An entry of the directory: its kind, right neighbour, child and sectors. */
static inline void
add_entry(struct buf *b, const char *name, unsigned kind, uint32_t right,
    uint32_t child, uint32_t start, size_t size)
{
	size_t from = b->len, i;

	for (i = 0; name[i] != '\0'; i++)
		add16(b, (unsigned char)name[i]);
	pad(b, from + 64);
	add16(b, (unsigned)(2 * i + 2));
	add16(b, kind);
	add32(b, 0xFFFFFFFF);
	add32(b, right);
	add32(b, child);
	pad(b, from + 116);
	add32(b, start);
	add32(b, (uint32_t)size);
	pad(b, from + 128);
}

/*
 * Sector 0 is the FAT, 1 and 2 the directory, 3 the FAT of the mini stream,
 * 4 to 11 the mini stream; then come the streams of 4096 bytes or more.
 * No more than seven streams, and what 128 sectors hold.
 */
static inline void
make_ole(struct stream *streams, size_t n, struct buf *ole)
{
	struct buf dir CLEAN(buf_clear) = BUF_INIT, mini CLEAN(buf_clear) =
	    BUF_INIT, fat CLEAN(buf_clear) = BUF_INIT, minifat
	    CLEAN(buf_clear) = BUF_INIT, big CLEAN(buf_clear) = BUF_INIT;
	size_t i, next = 12;

	add32(&fat, 0xFFFFFFFD);
	add32(&fat, 2);
	add32(&fat, 0xFFFFFFFE);
	add32(&fat, 0xFFFFFFFE);
	for (i = 4; i < 12; i++)
		add32(&fat, i == 11 ? 0xFFFFFFFE : (uint32_t)i + 1);
	add_entry(&dir, "Root Entry", 5, 0xFFFFFFFF, 1, 4, 8 * 512);
	for (i = 0; i < n; i++) {
		struct buf *s = &streams[i].bytes;
		bool is_small = s->len < 4096;
		struct buf *to = is_small ? &mini : &big;
		size_t unit = is_small ? 64 : 512, start = to->len / unit;
		size_t units = (s->len + unit - 1) / unit, k;

		add_entry(&dir, streams[i].name, 2, i + 1 < n ?
		    (uint32_t)i + 2 : 0xFFFFFFFF, 0xFFFFFFFF,
		    (uint32_t)(is_small ? start : next), s->len);
		for (k = 0; k < units; k++) {
			uint32_t after = (uint32_t)((is_small ? start : next) +
			    k + 1);

			add32(is_small ? &minifat : &fat,
			    k + 1 < units ? after : 0xFFFFFFFE);
		}
		if (!is_small)
			next += units;
		buf_add(to, buf_str(s), s->len);
		pad(to, (to->len + unit - 1) / unit * unit);
	}
	pad(&dir, 1024);
	pad(&mini, 8 * 512);
	while (fat.len < 512)
		add32(&fat, 0xFFFFFFFF);
	while (minifat.len < 512)
		add32(&minifat, 0xFFFFFFFF);

	buf_add(ole, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
	pad(ole, 30);
	add16(ole, 9);
	add16(ole, 6);
	pad(ole, 48);
	add32(ole, 1);			/* the directory */
	pad(ole, 56);
	add32(ole, 4096);
	add32(ole, 3);			/* the FAT of the mini stream */
	add32(ole, 1);
	add32(ole, 0xFFFFFFFE);
	pad(ole, 76);
	add32(ole, 0);			/* the FAT */
	while (ole->len < 512)
		add32(ole, 0xFFFFFFFF);
	buf_add(ole, fat.s, 512);
	buf_add(ole, dir.s, 1024);
	buf_add(ole, minifat.s, 512);
	buf_add(ole, mini.s, 8 * 512);
	buf_add(ole, buf_str(&big), big.len);
}

#endif
