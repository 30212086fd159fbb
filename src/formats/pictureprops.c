#include <config.h>

#include "formats/pictureprops.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/be.h"
#include "formats/xmp.h"

/* Of XMP; that of programs has some thousands of bytes, and room for more. */
#define XMP_BYTES ((size_t)1 << 20)

#define XMP_BEGIN "<x:xmpmeta"
#define XMP_END "</x:xmpmeta>"

static const struct property {
	const char *keyword;	/* of a text in PNG */
	enum xmp_property xmp;
	const char *meta;
} properties[] = {
	{ "Title", XMP_TITLE, "office:Title" },
	{ "Description", XMP_SUBJECT, "office:Subject" },
	{ "Author", XMP_AUTHOR, "office:Creator" },
	{ "", XMP_KEYWORDS, "office:Keywords" },
	{ "", XMP_CREATED, "office:Created" },
	{ "", XMP_CHANGED, "office:Modified" },
	{ "", XMP_LANGUAGE, "office:Language" },
};

static void
read_xmp(const struct input *in, struct xmp *x, struct out *out)
{
	const char *end = in->bytes + in->size, *s, *stop;
	size_t n;

	s = memmem(in->bytes, in->size, XMP_BEGIN, sizeof XMP_BEGIN - 1);
	if (s == NULL)
		return;
	n = (size_t)(end - s) < XMP_BYTES ? (size_t)(end - s) : XMP_BYTES;
	stop = memmem(s, n, XMP_END, sizeof XMP_END - 1);
	if (stop != NULL)
		xmp_read(x, s, (size_t)(stop - s) + sizeof XMP_END - 1, out);
}

/* ---- the texts of PNG ---- */

/* The standard says Latin 1; many a program writes UTF-8. */
static void
put_text(const char *meta, const char *s, size_t n, struct out *out)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	if (utf8_valid(s, n))
		buf_add(&b, s, n);
	else
		for (i = 0; i < n; i++)
			buf_add_utf8(&b, (unsigned char)s[i]);
	out_meta(out, meta, buf_str(&b), b.len);
}

/*
 * Of an iTXt, behind its keyword: whether it is packed, how, its language and
 * the keyword in that; then the text, in UTF-8.
 */
static const char *
text_of_itxt(const char *s, const char *end)
{
	if (end - s < 2 || *s != 0)
		return NULL;
	s = memchr(s + 2, '\0', (size_t)(end - s) - 2);
	if (s != NULL)
		s = memchr(s + 1, '\0', (size_t)(end - s) - 1);
	return s != NULL ? s + 1 : NULL;
}

static void
on_text(const char *s, const char *end, bool is_itxt, const struct xmp *x,
    struct out *out)
{
	const struct property *p;
	const char *text = memchr(s, '\0', (size_t)(end - s));

	if (text == NULL || text == s)
		return;
	text++;
	if (is_itxt && (text = text_of_itxt(text, end)) == NULL)
		return;
	for (p = properties; p < properties + NELEM(properties); p++)
		if (strcasecmp(s, p->keyword) == 0 &&
		    xmp_value(x, p->xmp) == NULL)
			put_text(p->meta, text, (size_t)(end - text), out);
}

static void
read_png(const struct input *in, const struct xmp *x, struct out *out)
{
	enum { SIGNATURE = 8, AROUND = 12 };
	const char *s = in->bytes + SIGNATURE, *end = in->bytes + in->size;
	bool is_itxt;

	if (in->size < SIGNATURE || memcmp(in->bytes, "\x89PNG", 4) != 0)
		return;
	for (; end - s >= AROUND; s += AROUND + be32(s)) {
		if (be32(s) > (uint64_t)(end - s - AROUND))
			return;
		is_itxt = memcmp(s + 4, "iTXt", 4) == 0;
		if (is_itxt || memcmp(s + 4, "tEXt", 4) == 0)
			on_text(s + 8, s + 8 + be32(s), is_itxt, x, out);
	}
}

void
picture_props_emit(const struct input *in, struct out *out)
{
	struct xmp x CLEAN(xmp_clear) = { 0 };
	const struct buf *value;
	size_t i;

	read_xmp(in, &x, out);
	for (i = 0; i < NELEM(properties); i++)
		if ((value = xmp_value(&x, properties[i].xmp)) != NULL)
			out_meta(out, properties[i].meta, value->s, value->len);
	read_png(in, &x, out);
}
