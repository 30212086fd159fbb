#include <config.h>

#include "formats/oledir.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 512
#define ENTRY_BYTES 128
#define NONE 0xFFFFFFFAU	/* from here on: no sector, no entry */
#define MAX_SECTORS 4096	/* of the directory */
#define HEADER_FATS 109		/* sectors of the FAT that the header lists */

struct ole {
	const struct input *in;
	unsigned shift;		/* a sector is 1 << shift bytes */
	uint32_t *sectors;	/* the directory's, in order */
	size_t nsectors, cap;
};

static uint32_t
le32(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 |
	    (uint32_t)u[3] << 24;
}

/* NULL if the file ends before the sector does. */
static const char *
sector(const struct ole *o, uint32_t number)
{
	size_t at = ((size_t)number + 1) << o->shift;

	if (number >= NONE || at >= o->in->size ||
	    o->in->size - at < (size_t)1 << o->shift)
		return NULL;
	return o->in->bytes + at;
}

/* The sector that holds the n-th part of the FAT. */
static const char *
fat(const struct ole *o, uint32_t n)
{
	uint32_t per = (1U << (o->shift - 2)) - 1, list, hops;
	const char *s;

	if (n < HEADER_FATS)
		return sector(o, le32(o->in->bytes + 76 + 4 * n));
	n -= HEADER_FATS;
	list = le32(o->in->bytes + 68);
	for (hops = 0; hops <= MAX_SECTORS; hops++, n -= per) {
		if ((s = sector(o, list)) == NULL)
			return NULL;
		if (n < per)
			return sector(o, le32(s + 4 * n));
		list = le32(s + 4 * per);
	}
	return NULL;
}

static void
find_directory(struct ole *o)
{
	uint32_t per = 1U << (o->shift - 2);
	uint32_t now = le32(o->in->bytes + 48);
	const char *s;

	while (sector(o, now) != NULL && o->nsectors < MAX_SECTORS) {
		GROW(o->sectors, o->nsectors, o->cap);
		o->sectors[o->nsectors++] = now;
		if ((s = fat(o, now / per)) == NULL)
			return;
		now = le32(s + 4 * (now % per));
	}
}

static const char *
entry(const struct ole *o, uint32_t id)
{
	uint32_t per = 1U << (o->shift - 7);
	const char *s;

	if (id >= NONE || id / per >= o->nsectors ||
	    (s = sector(o, o->sectors[id / per])) == NULL)
		return NULL;
	return s + (size_t)(id % per) * ENTRY_BYTES;
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

/* The children of an entry are a binary tree; we walk all of it. */
static bool
has_child(const struct ole *o, uint32_t id, const char *name)
{
	uint32_t waiting[64];
	size_t n = 0, visited = 0;
	const char *e;

	waiting[n++] = id;
	while (n > 0 && visited++ < MAX_SECTORS) {
		if ((e = entry(o, waiting[--n])) == NULL)
			continue;
		if (is_named(e, name))
			return true;
		if (n + 2 > NELEM(waiting))
			return false;
		waiting[n++] = le32(e + 68);
		waiting[n++] = le32(e + 72);
	}
	return false;
}

bool
ole_has(const struct input *in, const char *name)
{
	struct ole o = { .in = in };
	const char *root;
	bool found = false;

	if (in->size < HEADER_BYTES)
		return false;
	o.shift = (unsigned char)in->bytes[30];
	if (o.shift < 9 || o.shift > 12)
		return false;
	find_directory(&o);
	if ((root = entry(&o, 0)) != NULL)
		found = has_child(&o, le32(root + 76), name);
	free(o.sectors);
	return found;
}
