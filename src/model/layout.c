#include <config.h>

#include "model/layout.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

/* Fast to write; a chunk unpacks in 10 microseconds at any level. */
#define PACK_LEVEL 1
#define MAX_LAYOUT ((size_t)64 << 20)

void
chunk_pack(const char *text, size_t n, struct buf *out)
{
	static ZSTD_CCtx *context;
	size_t room = ZSTD_compressBound(n), len;

	if (context == NULL && (context = ZSTD_createCCtx()) == NULL)
		out_of_memory();
	len = ZSTD_compressCCtx(context, buf_room(out, room), room, text, n,
	    PACK_LEVEL);
	/* With room for the worst case the only failure is lack of memory. */
	if (ZSTD_isError(len))
		out_of_memory();
	buf_grew(out, len);
}

int
chunk_unpack(const char *bytes, size_t n, size_t max, struct buf *out,
    struct error *err)
{
	static ZSTD_DCtx *context;
	unsigned long long size = ZSTD_getFrameContentSize(bytes, n);
	size_t len;

	if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ||
	    size > max)
		return error_set(err, ERROR_INDEX, "stored text is damaged");
	if (context == NULL && (context = ZSTD_createDCtx()) == NULL)
		out_of_memory();
	len = ZSTD_decompressDCtx(context, buf_room(out, size), size, bytes, n);
	if (ZSTD_getErrorCode(len) == ZSTD_error_memory_allocation)
		out_of_memory();
	if (ZSTD_isError(len))
		return error_set(err, ERROR_INDEX, "stored text is damaged: %s",
		    ZSTD_getErrorName(len));
	buf_grew(out, len);
	return 0;
}

void
layout_clear(struct layout *l)
{
	free(l->chunks);
	free(l->pages);
	free(l->headings);
	buf_clear(&l->strings);
	*l = (struct layout){ 0 };
}

/* All numbers ascend, so differences are kept: they are small. */
void
layout_print(const struct layout *l, struct buf *out)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	uint32_t at = 0, pos = l->first_pos;
	size_t i;

	buf_add_varint(&b, l->text_bytes);
	buf_add_varint(&b, l->first_pos);
	buf_add_varint(&b, l->end_pos);
	buf_add_varint(&b, l->nchunks);
	for (i = 0; i < l->nchunks; i++) {
		buf_add_varint(&b, l->chunks[i].at - at);
		buf_add_varint(&b, l->chunks[i].pos - pos);
		at = l->chunks[i].at;
		pos = l->chunks[i].pos;
	}
	buf_add_varint(&b, l->npages);
	for (i = at = 0, pos = l->first_pos; i < l->npages; i++) {
		buf_add_varint(&b, l->pages[i].at - at);
		buf_add_varint(&b, l->pages[i].pos - pos);
		buf_add_varint(&b, l->pages[i].number);
		at = l->pages[i].at;
		pos = l->pages[i].pos;
	}
	buf_add_varint(&b, l->nheadings);
	for (i = 0, pos = l->first_pos; i < l->nheadings; i++) {
		const struct layout_heading *h = &l->headings[i];

		buf_add_varint(&b, h->pos - pos);
		buf_add_varint(&b, h->level);
		buf_add_varint(&b, strlen(h->text));
		buf_adds(&b, h->text);
		pos = h->pos;
	}
	chunk_pack(buf_str(&b), b.len, out);
}

/* Sticky reader: after damage it gives zeroes. */
struct reader {
	const char *p, *end;
	int is_bad;
};

static uint32_t
number(struct reader *r)
{
	uint64_t v = 0;

	if (r->is_bad || varint_read(&r->p, r->end, &v) == -1 || v > UINT32_MAX) {
		r->is_bad = 1;
		return 0;
	}
	return (uint32_t)v;
}

/* A count of things that take at least one byte each. */
static size_t
count(struct reader *r)
{
	uint32_t n = number(r);

	if (n > (size_t)(r->end - r->p)) {
		r->is_bad = 1;
		return 0;
	}
	return n;
}

static void
read_headings(struct reader *r, struct layout *l)
{
	uint32_t pos = l->first_pos;
	size_t i, len;

	l->nheadings = count(r);
	l->headings = xcalloc(l->nheadings, sizeof *l->headings);
	/* Room for all at once, so that the strings do not move. */
	buf_room(&l->strings, (size_t)(r->end - r->p) + l->nheadings);
	for (i = 0; i < l->nheadings; i++) {
		struct layout_heading *h = &l->headings[i];

		h->pos = pos += number(r);
		h->level = number(r);
		len = count(r);
		h->text = l->strings.s + l->strings.len;
		buf_add(&l->strings, r->p, len);
		buf_addc(&l->strings, '\0');
		r->p += len;
	}
}

static int
read_layout(struct reader *r, struct layout *l)
{
	uint32_t at = 0, pos;
	size_t i;

	l->text_bytes = number(r);
	l->first_pos = number(r);
	l->end_pos = number(r);
	l->nchunks = count(r);
	l->chunks = xcalloc(l->nchunks, sizeof *l->chunks);
	for (i = 0, pos = l->first_pos; i < l->nchunks; i++) {
		l->chunks[i].at = at += number(r);
		l->chunks[i].pos = pos += number(r);
	}
	l->npages = count(r);
	l->pages = xcalloc(l->npages, sizeof *l->pages);
	for (i = at = 0, pos = l->first_pos; i < l->npages; i++) {
		l->pages[i].at = at += number(r);
		l->pages[i].pos = pos += number(r);
		l->pages[i].number = number(r);
	}
	read_headings(r, l);
	return r->is_bad || r->p != r->end ? -1 : 0;
}

int
layout_parse(const char *bytes, size_t n, struct layout *out, struct error *err)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(layout_clear) struct layout l = { 0 };
	struct reader r;

	if (chunk_unpack(bytes, n, MAX_LAYOUT, &b, err) == -1)
		return -1;
	r = (struct reader){ buf_str(&b), buf_str(&b) + b.len, 0 };
	if (read_layout(&r, &l) == -1)
		return error_set(err, ERROR_INDEX, "stored layout is damaged");
	*out = l;
	l = (struct layout){ 0 };
	return 0;
}

/* The last of n records whose first member is not above v; 0 if none is. */
static size_t
last_not_above(const void *records, size_t n, size_t size, size_t member,
    uint32_t v)
{
	const char *base = (const char *)records + member;
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		uint32_t x;

		memcpy(&x, base + mid * size, sizeof x);
		if (x <= v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;		/* one behind it */
}

#define LAST(array, n, member, v) last_not_above((array), (n), \
    sizeof *(array), (size_t)((char *)&(array)->member - (char *)(array)), (v))

size_t
layout_chunk_of_pos(const struct layout *l, uint32_t pos)
{
	size_t n = LAST(l->chunks, l->nchunks, pos, pos);

	return n > 0 ? n - 1 : 0;
}

size_t
layout_chunk_of_byte(const struct layout *l, uint32_t at)
{
	size_t n = LAST(l->chunks, l->nchunks, at, at);

	return n > 0 ? n - 1 : 0;
}

uint32_t
layout_page_of(const struct layout *l, uint32_t pos)
{
	size_t n = LAST(l->pages, l->npages, pos, pos);

	return n > 0 ? l->pages[n - 1].number : l->npages > 0 ? l->pages[0].number : 0;
}

const struct layout_heading *
layout_heading_of(const struct layout *l, uint32_t pos)
{
	size_t n = LAST(l->headings, l->nheadings, pos, pos);

	return n > 0 ? &l->headings[n - 1] : NULL;
}
