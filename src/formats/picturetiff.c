/*
 * The pages of a TIFF file: a chain of directories, each with what a picture
 * is.  Numbers are little-endian or big-endian, and of 4 or, in BigTIFF, of 8
 * bytes.
 */
#include <config.h>

#include <stdbool.h>
#include <string.h>

#include "formats/be.h"
#include "formats/le.h"
#include "formats/picture.h"

enum tag {
	SUBFILE = 254, WIDTH = 256, HEIGHT, BITS, COMPRESSION
};

/* Bits of SUBFILE: a small copy of another page, and which pixels are seen. */
#define SMALL_COPY	1
#define MASK		4

/* Types of numbers. */
#define BYTES2	3
#define BYTES4	4
#define BYTES8	16

struct tiff {
	const struct input *in;
	bool is_big_endian, is_large;
	uint64_t used;		/* bytes of directories so far */
};

/* What a directory says. */
struct directory {
	uint64_t subfile, width, height, bits, compression;
	uint64_t next;		/* where the next one is; 0: it is the last */
};

static uint64_t
number(const struct tiff *t, size_t at, unsigned bytes)
{
	const char *p = t->in->bytes + at;

	switch (bytes) {
	case 2:
		return t->is_big_endian ? be16(p) : le16(p);
	case 4:
		return t->is_big_endian ? be32(p) : le32(p);
	default:
		return t->is_big_endian ? be64(p) : le64(p);
	}
}

/* Are there n bytes at at? */
static bool
has(const struct tiff *t, uint64_t at, uint64_t n)
{
	return at <= t->in->size && n <= t->in->size - at;
}

static uint64_t *
place_of(struct directory *d, uint64_t tag)
{
	switch (tag) {
	case SUBFILE:
		return &d->subfile;
	case WIDTH:
		return &d->width;
	case HEIGHT:
		return &d->height;
	case BITS:
		return &d->bits;
	case COMPRESSION:
		return &d->compression;
	default:
		return NULL;
	}
}

/*
 * An entry: tag, type, how many values, the first of them or, if they do not
 * fit, where they are: all channels have as many bits.
 */
static void
take_entry(const struct tiff *t, size_t at, struct directory *d)
{
	uint64_t *place = place_of(d, number(t, at, 2));
	uint64_t type = number(t, at + 2, 2), value_at;
	unsigned room = t->is_large ? 8 : 4, bytes;
	uint64_t count = number(t, at + 4, room);

	if (place == NULL || count == 0)
		return;
	bytes = type == BYTES2 ? 2 : type == BYTES4 ? 4 :
	    type == BYTES8 ? 8 : 0;
	if (bytes == 0)
		return;
	value_at = at + 4 + room;
	if (count > room / bytes)
		value_at = number(t, value_at, room);
	if (has(t, value_at, bytes))
		*place = number(t, value_at, bytes);
}

/* Returns false if there is none there. */
static bool
read_directory(struct tiff *t, uint64_t at, struct directory *d)
{
	unsigned head = t->is_large ? 8 : 2, entry = t->is_large ? 20 : 12;
	unsigned tail = t->is_large ? 8 : 4;
	uint64_t n, i;

	if (!has(t, at, head))
		return false;
	n = number(t, at, head);
	if (n > t->in->size / entry || !has(t, at, head + n * entry + tail))
		return false;
	/* What holds where nothing is said. */
	*d = (struct directory){ .bits = 1, .compression = 1 };
	for (i = 0; i < n; i++)
		take_entry(t, at + head + i * entry, d);
	d->next = number(t, at + head + n * entry, tail);
	t->used += head + n * entry + tail;
	return true;
}

/* Packed in a way that libtiff unpacks, and with pixels that are integers. */
static bool
is_read(const struct directory *d)
{
	static const uint64_t ways[] = {
		1,		/* not at all */
		2, 3, 4, 32771,	/* as fax machines do */
		5,		/* LZW */
		6, 7,		/* JPEG, old and new */
		8, 32946,	/* deflate */
		32773,		/* runs */
		34661,		/* JBIG */
		34925,		/* LZMA */
		50000,		/* Zstandard */
		50001,		/* WebP */
	};
	size_t i;

	if (d->bits != 1 && d->bits != 2 && d->bits != 4 && d->bits != 8 &&
	    d->bits != 16)
		return false;
	for (i = 0; i < NELEM(ways); i++)
		if (ways[i] == d->compression)
			return true;
	return false;
}

static enum extract_status
take_page(const struct directory *d, size_t at, struct picture *p,
    struct out *out)
{
	if ((d->subfile & (SMALL_COPY | MASK)) != 0)
		return EXTRACT_OK;
	if (!is_read(d)) {
		out_reason(out, "a rare kind of TIFF");
		return EXTRACT_UNSUPPORTED;
	}
	return picture_add(p, (struct picture_page){ at, d->width, d->height },
	    out);
}

enum extract_status
picture_tiff(const struct input *in, struct picture *p, struct out *out)
{
	struct tiff t = { .in = in };
	enum extract_status status = EXTRACT_OK;
	struct directory d;
	uint64_t at;

	if (in->size < 16) {
		out_reason(out, "the picture is cut short");
		return EXTRACT_MALFORMED;
	}
	t.is_big_endian = *in->bytes == 'M';
	t.is_large = number(&t, 2, 2) == 43;
	at = t.is_large ? number(&t, 8, 8) : number(&t, 4, 4);
	while (status == EXTRACT_OK && at != 0 && read_directory(&t, at, &d)) {
		status = take_page(&d, (size_t)at, p, out);
		at = d.next;
		/* They lead back, or lie in each other: there is no end. */
		if (status == EXTRACT_OK && t.used > in->size) {
			out_reason(out, "pages without end");
			return EXTRACT_BOMB;
		}
	}
	if (status != EXTRACT_OK || p->n > 0)
		return status;
	out_reason(out, "the picture is cut short");
	return EXTRACT_MALFORMED;
}
