#include <config.h>

#include "formats/ole.h"

#include <stdlib.h>
#include <string.h>

#include "formats/le.h"

#define HEADER_BYTES 512
#define ENTRY_BYTES 128
#define NONE 0xFFFFFFFAU	/* from here on: no sector, no entry */
#define CHAIN_END 0xFFFFFFFEU
#define HEADER_FATS 109		/* sectors of the FAT that the header lists */
#define MINI_SHIFT 6
/* Streams below this lie in the mini stream. */
#define MINI_BYTES 4096

/* Places in the header. */
#define AT_SHIFT 30
#define AT_DIRECTORY 48
#define AT_MINI_FAT 60
#define AT_FATS 68		/* the first sector with more of: */
#define AT_HEADER_FATS 76

/* Places in an entry of the directory. */
#define ENTRY_LEFT 68
#define ENTRY_RIGHT 72
#define ENTRY_CHILD 76
#define ENTRY_START 116
#define ENTRY_SIZE 120

/* The bytes of a sector that the file has; NULL and 0 if there are none. */
static const char *
sector_part(const struct ole *o, uint32_t number, size_t *len)
{
	size_t at = ((size_t)number + 1) << o->shift;

	*len = 0;
	if (number >= NONE || at >= o->in->size)
		return NULL;
	*len = o->in->size - at < (size_t)1 << o->shift ? o->in->size - at :
	    (size_t)1 << o->shift;
	return o->in->bytes + at;
}

/* So many bytes at that place in a sector; NULL if the file ends before. */
static const char *
within(const struct ole *o, uint32_t number, size_t at, size_t size)
{
	size_t len;
	const char *s = sector_part(o, number, &len);

	return s != NULL && len >= at + size ? s + at : NULL;
}

static void
chain_add(struct ole_chain *c, uint32_t number)
{
	GROW(c->sectors, c->n, c->cap);
	c->sectors[c->n++] = number;
}

/* More sectors than the file has, no chain has. */
static bool
is_full(const struct ole *o, const struct ole_chain *c)
{
	return c->n > o->in->size >> o->shift;
}

/* A number in a table of them that lies in those sectors; NONE if it ends. */
static uint32_t
look_up(const struct ole *o, const struct ole_chain *table, uint32_t n)
{
	unsigned per = o->shift - 2;
	const char *s;

	if (n >> per >= table->n ||
	    (s = within(o, table->sectors[n >> per],
	    4 * (size_t)(n & ((1U << per) - 1)), 4)) == NULL)
		return NONE;
	return le32(s);
}

static void
find_fat(struct ole *o)
{
	const char *header = o->in->bytes, *s;
	size_t per = ((size_t)1 << (o->shift - 2)) - 1, i, hops;
	uint32_t more = le32(header + AT_FATS);

	for (i = 0; i < HEADER_FATS; i++) {
		uint32_t number = le32(header + AT_HEADER_FATS + 4 * i);

		if (number >= NONE)
			return;
		chain_add(&o->fat, number);
	}
	for (hops = 0; hops <= o->in->size >> o->shift; hops++) {
		if ((s = within(o, more, 0, (size_t)1 << o->shift)) == NULL)
			return;
		for (i = 0; i < per; i++) {
			if (le32(s + 4 * i) >= NONE || is_full(o, &o->fat))
				return;
			chain_add(&o->fat, le32(s + 4 * i));
		}
		more = le32(s + 4 * per);
	}
}

/* False if the chain does not end as one does: in a loop, or nowhere. */
static bool
follow(const struct ole *o, uint32_t from, struct ole_chain *c)
{
	size_t len;

	while (sector_part(o, from, &len) != NULL && !is_full(o, c)) {
		chain_add(c, from);
		from = look_up(o, &o->fat, from);
	}
	return from == CHAIN_END;
}

static const char *
entry(const struct ole *o, uint32_t id)
{
	unsigned per = o->shift - 7;
	const char *s;

	if (id >= NONE || id >> per >= o->directory.n ||
	    (s = within(o, o->directory.sectors[id >> per],
	    (size_t)(id & ((1U << per) - 1)) * ENTRY_BYTES, ENTRY_BYTES)) ==
	    NULL)
		return NULL;
	return s;
}

int
ole_open(const struct input *in, struct ole *o)
{
	const char *root;

	*o = (struct ole){ .in = in };
	if (in->size < HEADER_BYTES ||
	    memcmp(in->bytes, "\xD0\xCF\x11\xE0", 4) != 0)
		return -1;
	o->shift = (unsigned char)in->bytes[AT_SHIFT];
	if (o->shift < 9 || o->shift > 12)
		return -1;
	find_fat(o);
	o->is_damaged = !follow(o, le32(in->bytes + AT_DIRECTORY),
	    &o->directory);
	if ((root = entry(o, 0)) == NULL)
		return -1;
	follow(o, le32(in->bytes + AT_MINI_FAT), &o->mini_fat);
	follow(o, le32(root + ENTRY_START), &o->mini);
	return 0;
}

void
ole_clear(struct ole *o)
{
	free(o->fat.sectors);
	free(o->directory.sectors);
	free(o->mini_fat.sectors);
	free(o->mini.sectors);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

/* Names are UTF-16, their case means nothing. */
static bool
is_named(const char *e, const char *name)
{
	size_t i;

	for (i = 0; i < 32; i++) {
		if (name[i] == '*')
			return true;
		if (lower(e[2 * i]) != lower(name[i]) || e[2 * i + 1] != 0)
			return false;
		if (name[i] == '\0')
			return true;
	}
	return false;
}

/*
 * The children of an entry are a binary tree, which may be out of order: we
 * walk all of it, and no more entries than there are.  At most max whose name
 * matches go into ids.  *is_whole is false if it has loops, or entries that
 * are not there.
 */
static size_t
walk(const struct ole *o, uint32_t storage, const char *name, uint32_t *ids,
    size_t max, bool *is_whole)
{
	uint32_t waiting[256], sides[2], id;
	size_t n = 0, visited = 0, found = 0, i;
	size_t most = o->directory.n << (o->shift - 7);
	const char *e = entry(o, storage);

	*is_whole = e != NULL;
	if (e != NULL && le32(e + ENTRY_CHILD) < NONE)
		waiting[n++] = le32(e + ENTRY_CHILD);
	while (n > 0 && found < max && visited++ < most) {
		id = waiting[--n];
		if ((e = entry(o, id)) == NULL) {
			*is_whole = false;
			continue;
		}
		if (is_named(e, name))
			ids[found++] = id;
		sides[0] = le32(e + ENTRY_RIGHT);
		sides[1] = le32(e + ENTRY_LEFT);
		for (i = 0; i < 2; i++)
			if (sides[i] < NONE && n < NELEM(waiting))
				waiting[n++] = sides[i];
	}
	*is_whole = *is_whole && n == 0;
	return found;
}

size_t
ole_list(const struct ole *o, uint32_t storage, const char *name,
    uint32_t *ids, size_t max)
{
	bool is_whole;

	return walk(o, storage, name, ids, max, &is_whole);
}

bool
ole_is_whole(const struct ole *o)
{
	bool is_whole;
	uint32_t id;

	/* No name has a slash. */
	walk(o, OLE_ROOT, "/", &id, 1, &is_whole);
	return is_whole && !o->is_damaged;
}

uint32_t
ole_find(const struct ole *o, uint32_t storage, const char *name)
{
	uint32_t id;

	return ole_list(o, storage, name, &id, 1) == 1 ? id : OLE_NONE;
}

bool
ole_has(const struct ole *o, const char *name)
{
	return ole_find(o, OLE_ROOT, name) != OLE_NONE;
}

static void
read_large(const struct ole *o, uint32_t from, size_t size, struct buf *out)
{
	struct ole_chain c = { 0 };
	const char *s;
	size_t i, len;

	follow(o, from, &c);
	for (i = 0; i < c.n && size > 0; i++) {
		s = sector_part(o, c.sectors[i], &len);
		if (len > size)
			len = size;
		buf_add(out, s, len);
		size -= len;
	}
	free(c.sectors);
}

static void
read_small(const struct ole *o, uint32_t now, size_t size, struct buf *out)
{
	size_t per = o->shift - MINI_SHIFT, at, len, hops;
	const char *s;

	for (hops = 0; size > 0 && hops < MINI_BYTES >> MINI_SHIFT; hops++) {
		if (now >= NONE || now >> per >= o->mini.n)
			return;
		s = sector_part(o, o->mini.sectors[now >> per], &len);
		at = (size_t)(now & ((1U << per) - 1)) << MINI_SHIFT;
		if (s == NULL || at >= len)
			return;
		len -= at;
		if (len > (size_t)1 << MINI_SHIFT)
			len = (size_t)1 << MINI_SHIFT;
		if (len > size)
			len = size;
		buf_add(out, s + at, len);
		size -= len;
		now = look_up(o, &o->mini_fat, now);
	}
}

int
ole_read_at(const struct ole *o, uint32_t id, struct buf *out)
{
	const char *e = entry(o, id);
	size_t size;

	if (e == NULL)
		return -1;
	size = le32(e + ENTRY_SIZE);
	if (size < MINI_BYTES)
		read_small(o, le32(e + ENTRY_START), size, out);
	else
		read_large(o, le32(e + ENTRY_START), size, out);
	return 0;
}

int
ole_read(const struct ole *o, const char *name, struct buf *out)
{
	return ole_read_at(o, ole_find(o, OLE_ROOT, name), out);
}
