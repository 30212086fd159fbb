/*
 * layout: where things stand in a document's stored text.
 *
 * The text of a document is kept in compressed chunks, cut at paragraphs; the
 * layout says at which byte and at which term position each chunk, page and
 * heading begins.  So a position from the index leads to a passage by
 * unpacking one chunk.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* A chunk holds about this many bytes of text; more if a paragraph is longer. */
#define CHUNK_BYTES 8192

struct layout_chunk {
	uint32_t at;		/* first byte in the text */
	uint32_t pos;		/* position of its first word */
};

struct layout_page {
	uint32_t at;
	uint32_t pos;
	uint32_t number;
};

struct layout_heading {
	uint32_t pos;
	uint32_t level;
	const char *text;	/* NUL-terminated, owned by the layout */
};

struct layout {
	uint32_t text_bytes;
	uint32_t first_pos;	/* of the text: the title stands before it */
	uint32_t end_pos;	/* behind the last word */
	struct layout_chunk *chunks;
	size_t nchunks, cap_chunks;
	struct layout_page *pages;
	size_t npages, cap_pages;
	struct layout_heading *headings;
	size_t nheadings, cap_headings;
	struct buf strings;	/* the headings' texts while parsed or built */
};

void layout_clear(struct layout *);
/* The bytes kept in the index, compressed; layout_parse() is the inverse. */
void layout_print(const struct layout *, struct buf *out);
/* Returns -1 with ERROR_INDEX when the bytes are no layout. */
int layout_parse(const char *bytes, size_t n, struct layout *out, struct error *);

/* The chunk that holds a position or byte. */
size_t layout_chunk_of_pos(const struct layout *, uint32_t pos);
size_t layout_chunk_of_byte(const struct layout *, uint32_t at);
/* The number of the page at a position; 0 if there are no pages. */
uint32_t layout_page_of(const struct layout *, uint32_t pos);
/* The heading a position stands under; NULL if there is none. */
const struct layout_heading *layout_heading_of(const struct layout *, uint32_t pos);

/* Compress a chunk or layout; unpack it again, to at most max bytes. */
void chunk_pack(const char *text, size_t n, struct buf *out);
int chunk_unpack(const char *bytes, size_t n, size_t max, struct buf *out,
    struct error *);

#endif
