/*
 * packages: documents that are files in a container.  What a fuzzer changes in
 * a packed file, its checksum refuses; so these targets take the parts in
 * sections (target.h) and make a container of them, which is right.
 */
#include <config.h>

#include "target.h"

#include <stdint.h>
#include <string.h>

#include "makeole.h"

#define MAX_PARTS 48

/* ---- ZIP, nothing packed ---- */

static uint32_t
crc32_of(const char *s, size_t n)
{
	static uint32_t table[256];
	uint32_t c, i, bit;

	for (i = 0; table[255] == 0 && i < 256; i++) {
		for (c = i, bit = 0; bit < 8; bit++)
			c = c & 1 ? 0xEDB88320 ^ c >> 1 : c >> 1;
		table[i] = c;
	}
	for (c = 0xFFFFFFFF; n > 0; n--, s++)
		c = table[(c ^ (unsigned char)*s) & 255] ^ c >> 8;
	return ~c;
}

/* What the header of a member and its row in the directory have in common. */
static void
add_header(struct buf *b, const struct fuzz_section *s)
{
	add16(b, 20);
	add32(b, 0);			/* flags, method */
	add32(b, 0x21 << 16);		/* the first day there is */
	add32(b, crc32_of(s->bytes, s->len));
	add32(b, (uint32_t)s->len);
	add32(b, (uint32_t)s->len);
	add16(b, (unsigned)s->name_len & 0xFFFF);
	add16(b, 0);
}

static void
make_package(const char *s, size_t n, struct buf *zip)
{
	CLEAN(buf_clear) struct buf directory = BUF_INIT;
	struct fuzz_section part;
	const char *at = s;
	unsigned count = 0;

	while (fuzz_section(&at, s + n, &part)) {
		uint32_t place = (uint32_t)zip->len;

		if (part.name_len > 0xFFFF)
			continue;
		buf_add(zip, "PK\3\4", 4);
		add_header(zip, &part);
		buf_add(zip, part.name, part.name_len);
		buf_add(zip, part.bytes, part.len);
		buf_add(&directory, "PK\1\2\24", 6);
		add_header(&directory, &part);
		pad(&directory, directory.len + 10);
		add32(&directory, place);
		buf_add(&directory, part.name, part.name_len);
		count++;
	}
	buf_add(&directory, "PK\5\6\0\0\0", 8);
	add16(&directory, count);
	add16(&directory, count);
	add32(&directory, (uint32_t)(directory.len - 12));
	add32(&directory, (uint32_t)zip->len);
	add16(&directory, 0);
	buf_add(zip, directory.s, directory.len);
}

static void
read_container(const struct buf *b)
{
	/* Of just its size, as a document lies in memory. */
	char *copy = memcpy(xmalloc(b->len + 1), buf_str(b), b->len);
	struct input in = { copy, b->len };
	const struct format *f;

	copy[b->len] = '\0';
	if ((f = format_detect(&in)) != NULL) {
		fuzz_read(f, copy, b->len);
		fuzz_unpack(f, copy, b->len);
	}
	free(copy);
}

/* Office Open XML, OpenDocument, EPUB. */
void
fuzz_package(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf zip = BUF_INIT;

	make_package(s, n, &zip);
	read_container(&zip);
}

/* ---- compound files ---- */

/*
 * Word, Excel, PowerPoint before 2007 and Outlook: a section is a stream, its
 * name the path of it.
 */
void
fuzz_streams(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf ole = BUF_INIT;
	struct stream streams[MAX_PARTS] = { 0 };
	char names[MAX_PARTS][40];
	struct fuzz_section part;
	const char *at = s;
	size_t count = 0, i;

	while (count < MAX_PARTS && fuzz_section(&at, s + n, &part)) {
		if (part.name_len >= sizeof names[0])
			continue;
		memcpy(names[count], part.name, part.name_len);
		names[count][part.name_len] = '\0';
		streams[count].name = names[count];
		buf_add(&streams[count++].bytes, part.bytes, part.len);
	}
	make_ole(streams, count, &ole);
	for (i = 0; i < count; i++)
		buf_clear(&streams[i].bytes);
	read_container(&ole);
}
