/*
 * makeole: compound files with the streams a test gives them, which may lie in
 * storages, as Outlook writes them.
 */
#ifndef MAKEOLE_H
#define MAKEOLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct stream {
	const char *name;	/* "stream" or "storage/stream" */
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

/* Of the directory; storages come of themselves. */
struct node {
	char name[40];
	size_t parent, next, child;	/* 0: none */
	const struct stream *stream;	/* NULL: a storage */
};

struct tree {
	struct node nodes[64];
	size_t n;
};

static inline size_t
tree_add(struct tree *t, size_t parent, const char *name, size_t len)
{
	size_t *link = &t->nodes[parent].child;

	for (; *link != 0; link = &t->nodes[*link].next)
		if (strlen(t->nodes[*link].name) == len &&
		    memcmp(t->nodes[*link].name, name, len) == 0)
			return *link;
	*link = t->n;
	memcpy(t->nodes[t->n].name, name, len);
	t->nodes[t->n].parent = parent;
	return t->n++;
}

static inline uint32_t
link_to(size_t node)
{
	return node != 0 ? (uint32_t)node : 0xFFFFFFFF;
}

/*
 * Sector 0 is the FAT, 1 that of the mini stream, 2 to 17 the directory, 18 to
 * 33 the mini stream; then come the streams of 4096 bytes or more.  What does
 * not fit there no test has.
 */
static inline void
make_ole(const struct stream *streams, size_t n, struct buf *ole)
{
	static struct tree t;
	struct buf dir CLEAN(buf_clear) = BUF_INIT, mini CLEAN(buf_clear) =
	    BUF_INIT, fat CLEAN(buf_clear) = BUF_INIT, minifat
	    CLEAN(buf_clear) = BUF_INIT, big CLEAN(buf_clear) = BUF_INIT;
	size_t i, next = 34, at;

	t = (struct tree){ .n = 1 };
	for (i = 0; i < n; i++) {
		const char *s = streams[i].name, *slash;

		for (at = 0; (slash = strchr(s, '/')) != NULL; s = slash + 1)
			at = tree_add(&t, at, s, (size_t)(slash - s));
		at = tree_add(&t, at, s, strlen(s));
		t.nodes[at].stream = &streams[i];
	}
	for (i = 0; i < 34; i++)
		add32(&fat, i < 2 ? 0xFFFFFFFD : i == 17 || i == 33 ?
		    0xFFFFFFFE : (uint32_t)i + 1);
	add_entry(&dir, "Root Entry", 5, 0xFFFFFFFF, link_to(t.nodes[0].child),
	    18, 16 * 512);
	for (i = 1; i < t.n; i++) {
		const struct node *node = &t.nodes[i];
		const struct buf *s = node->stream != NULL ?
		    &node->stream->bytes : NULL;
		bool is_small = s == NULL || s->len < 4096;
		struct buf *to = is_small ? &mini : &big;
		size_t unit = is_small ? 64 : 512, start = is_small ?
		    mini.len / 64 : next, units, k;

		add_entry(&dir, node->name, s != NULL ? 2 : 1,
		    link_to(node->next), link_to(node->child),
		    (uint32_t)start, s != NULL ? s->len : 0);
		if (s == NULL)
			continue;
		units = (s->len + unit - 1) / unit;
		for (k = 1; k <= units; k++)
			add32(is_small ? &minifat : &fat,
			    k < units ? (uint32_t)(start + k) : 0xFFFFFFFE);
		if (!is_small)
			next += units;
		buf_add(to, buf_str(s), s->len);
		pad(to, (to->len + unit - 1) / unit * unit);
	}
	pad(&dir, 16 * 512);
	pad(&mini, 16 * 512);
	while (fat.len < 512)
		add32(&fat, 0xFFFFFFFF);
	while (minifat.len < 512)
		add32(&minifat, 0xFFFFFFFF);

	buf_add(ole, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
	pad(ole, 30);
	add16(ole, 9);
	add16(ole, 6);
	pad(ole, 48);
	add32(ole, 2);			/* the directory */
	pad(ole, 56);
	add32(ole, 4096);
	add32(ole, 1);			/* the FAT of the mini stream */
	add32(ole, 1);
	add32(ole, 0xFFFFFFFE);
	pad(ole, 76);
	add32(ole, 0);			/* the FAT */
	while (ole->len < 512)
		add32(ole, 0xFFFFFFFF);
	buf_add(ole, fat.s, 512);
	buf_add(ole, minifat.s, 512);
	buf_add(ole, dir.s, 16 * 512);
	buf_add(ole, mini.s, 16 * 512);
	buf_add(ole, buf_str(&big), big.len);
}

#endif
