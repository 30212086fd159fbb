#include <config.h>

#include "formats/picture.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "formats/be.h"
#include "formats/le.h"

void
picture_clear(struct picture *p)
{
	free(p->pages);
	*p = (struct picture){ 0 };
}

static enum extract_status
end_with(enum extract_status status, const char *reason, struct out *out)
{
	out_reason(out, reason);
	return status;
}

static enum extract_status
cut_short(struct out *out)
{
	return end_with(EXTRACT_MALFORMED, "the picture is cut short", out);
}

enum extract_status
picture_add(struct picture *p, struct picture_page page, struct out *out)
{
	if (page.width == 0 || page.height == 0)
		return end_with(EXTRACT_MALFORMED, "a picture without pixels",
		    out);
	if (page.width > PICTURE_PIXELS / page.height)
		return end_with(EXTRACT_BOMB, "too many pixels", out);
	GROW(p->pages, p->n, p->cap);
	p->pages[p->n++] = page;
	return EXTRACT_OK;
}

static enum extract_status
add_only(struct picture *p, uint64_t width, uint64_t height, struct out *out)
{
	return picture_add(p, (struct picture_page){ 0, width, height }, out);
}

/* ---- PNG: chunks, each a length, a type, bytes and a checksum ---- */

static enum extract_status
read_png(const struct input *in, struct picture *p, struct out *out)
{
	enum { SIGNATURE = 8, AROUND = 12 };
	const char *s = in->bytes + SIGNATURE, *end = in->bytes + in->size;
	enum extract_status status;
	bool has_data = false;

	if (end - s < AROUND + 13 || memcmp(s + 4, "IHDR", 4) != 0)
		return cut_short(out);
	status = add_only(p, be32(s + 8), be32(s + 12), out);
	if (status != EXTRACT_OK)
		return status;
	for (; end - s >= AROUND; s += AROUND + be32(s)) {
		if (be32(s) > (uint64_t)(end - s - AROUND))
			break;
		if (memcmp(s + 4, "IEND", 4) == 0)
			return has_data ? EXTRACT_OK : cut_short(out);
		has_data = has_data || memcmp(s + 4, "IDAT", 4) == 0;
	}
	return cut_short(out);
}

/* ---- JPEG: markers, most with a length behind them ---- */

/* What follows a marker of a frame, which says how the picture is packed. */
static enum extract_status
take_frame(unsigned char marker, const char *s, struct picture *p,
    struct out *out)
{
	bool is_read = strchr("\xC0\xC1\xC2\xC9\xCA", marker) != NULL;

	if (!is_read || s[2] != 8)
		return end_with(EXTRACT_UNSUPPORTED, "a rare kind of JPEG",
		    out);
	return add_only(p, be16(s + 5), be16(s + 3), out);
}

static bool
is_frame(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF &&
	    strchr("\xC4\xC8\xCC", marker) == NULL;
}

static enum extract_status
read_jpeg(const struct input *in, struct picture *p, struct out *out)
{
	enum { RST0 = 0xD0, SOI = 0xD8, EOI = 0xD9, SOS = 0xDA };
	const char *s = in->bytes + 2, *end = in->bytes + in->size;
	enum extract_status status;
	unsigned char marker;

	while (end - s >= 10 && *s == '\xFF') {
		marker = (unsigned char)s[1];
		s += marker == 0xFF ? 1 : 2;
		/* What is lost of its lines does no harm to the others. */
		if (marker == SOS && p->n > 0)
			return EXTRACT_OK;
		if (marker == SOS || marker == EOI)
			break;
		if (marker <= 1 || marker == 0xFF ||
		    (marker >= RST0 && marker <= SOI))
			continue;
		if (is_frame(marker) && p->n == 0 && (status = take_frame(
		    marker, s, p, out)) != EXTRACT_OK)
			return status;
		if (be16(s) < 2 || (ptrdiff_t)be16(s) > end - s)
			break;
		s += be16(s);
	}
	return cut_short(out);
}

/* ---- GIF: a screen and blocks; the first picture is the one that counts ---- */

/* Past blocks that are a length and as many bytes, up to an empty one. */
static const char *
skip_blocks(const char *s, const char *end)
{
	size_t len;

	while (s < end) {
		if ((len = (unsigned char)*s++) == 0)
			return s;
		if ((size_t)(end - s) < len)
			return NULL;
		s += len;
	}
	return NULL;
}

/* Bytes of the table of colours that flags announce. */
static size_t
colours(char flags)
{
	return (flags & 0x80) != 0 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

static enum extract_status
read_gif(const struct input *in, struct picture *p, struct out *out)
{
	enum { SCREEN = 13, IMAGE = 10, EXTENSION = 2 };
	const char *s = in->bytes, *end = s + in->size;
	enum extract_status status;

	if (end - s < SCREEN)
		return cut_short(out);
	status = add_only(p, le16(s + 6), le16(s + 8), out);
	s += SCREEN + colours(s[10]);
	while (status == EXTRACT_OK && end - s > IMAGE) {
		if (*s == '!') {
			if ((s = skip_blocks(s + EXTENSION, end)) == NULL)
				break;
			continue;
		}
		if (*s != ',')
			break;
		p->n = 0;
		status = add_only(p, le16(s + 5), le16(s + 7), out);
		s += IMAGE + colours(s[9]) + 1;
		if (status != EXTRACT_OK)
			return status;
		return s < end && skip_blocks(s, end) != NULL ? EXTRACT_OK :
		    cut_short(out);
	}
	return status != EXTRACT_OK ? status : cut_short(out);
}

/* ---- BMP ---- */

static enum extract_status
read_bmp(const struct input *in, struct picture *p, struct out *out)
{
	const char *s = in->bytes;
	enum extract_status status;
	int32_t height;

	if (in->size < 54)
		return cut_short(out);
	/* A height below nothing says that the first line is on top. */
	height = (int32_t)le32(s + 22);
	status = add_only(p, le32(s + 18), (uint64_t)llabs(height), out);
	if (status != EXTRACT_OK)
		return status;
	if (le32(s + 14) < 40 || le32(s + 30) != 0 || le16(s + 28) == 16)
		return end_with(EXTRACT_UNSUPPORTED, "a rare kind of BMP", out);
	return le32(s + 10) < in->size ? EXTRACT_OK : cut_short(out);
}

/* ---- WebP: a RIFF file whose first part says what there is ---- */

static enum extract_status
read_webp(const struct input *in, struct picture *p, struct out *out)
{
	enum { MOVES = 2, PLAIN_BITS = 0x3FFF, LARGE_BITS = 0xFFFFFF };
	const char *part = in->bytes + 12;
	uint32_t both;

	if (in->size < 30 || le32(in->bytes + 4) > in->size - 8)
		return cut_short(out);
	if (memcmp(part, "VP8X", 4) == 0 && (part[8] & MOVES) != 0)
		return end_with(EXTRACT_UNSUPPORTED, "a picture that moves",
		    out);
	if (memcmp(part, "VP8X", 4) == 0)
		return add_only(p, (le32(part + 12) & LARGE_BITS) + 1,
		    (le32(part + 14) >> 8) + 1, out);
	if (memcmp(part, "VP8L", 4) == 0) {
		both = le32(part + 9);
		return add_only(p, (both & PLAIN_BITS) + 1,
		    (both >> 14 & PLAIN_BITS) + 1, out);
	}
	return add_only(p, le16(part + 14) & PLAIN_BITS,
	    le16(part + 16) & PLAIN_BITS, out);
}

/* ---- all of them ---- */

static const struct {
	const char *begin;
	size_t len;
	enum extract_status (*read)(const struct input *, struct picture *,
	    struct out *);
} kinds[] = {
	{ "\x89PNG\r\n\x1A\n", 8, read_png },
	{ "\xFF\xD8\xFF", 3, read_jpeg },
	{ "GIF8", 4, read_gif },
	{ "BM", 2, read_bmp },
	{ "RIFF", 4, read_webp },
	{ "II", 2, picture_tiff },
	{ "MM", 2, picture_tiff },
};

static bool
has_room_for_text(const struct picture *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		uint64_t w = p->pages[i].width, h = p->pages[i].height;

		/* Or lying on its side. */
		if ((w > h ? w : h) >= PICTURE_LEAST_WIDTH &&
		    (w > h ? h : w) >= PICTURE_LEAST_HEIGHT)
			return true;
	}
	return false;
}

enum extract_status
picture_survey(const struct input *in, struct picture *p, struct out *out)
{
	enum extract_status status = EXTRACT_MALFORMED;
	size_t i;

	for (i = 0; i < NELEM(kinds); i++)
		if (in->size >= kinds[i].len && memcmp(in->bytes,
		    kinds[i].begin, kinds[i].len) == 0) {
			status = kinds[i].read(in, p, out);
			break;
		}
	if (status == EXTRACT_OK && !has_room_for_text(p))
		return end_with(EXTRACT_EMPTY, "a picture too small for text",
		    out);
	return status;
}
