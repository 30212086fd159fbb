#include <config.h>

#include "formats/rtfdoc.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/office.h"

void
rtf_clear(struct rtf *r)
{
	flow_clear(&r->flow);
	flow_clear(&r->margin);
	buf_clear(&r->bytes);
	buf_clear(&r->value);
	buf_clear(&r->mark);
	buf_clear(&r->own);
	free(r->groups);
	free(r->fonts);
	free(r->styles);
}

/* Windows' numbers for the scripts of fonts. */
const struct charset *
rtf_font_charset(int number)
{
	static const struct { int number; unsigned codepage; } charsets[] = {
		{ 0, 1252 }, { 77, 10000 }, { 128, 932 }, { 129, 949 },
		{ 134, 936 }, { 136, 950 }, { 161, 1253 }, { 162, 1254 },
		{ 163, 1258 }, { 177, 1255 }, { 178, 1256 }, { 186, 1257 },
		{ 204, 1251 }, { 222, 874 }, { 238, 1250 }, { 254, 437 },
		{ 255, 850 },
	};
	size_t i;

	for (i = 0; i < NELEM(charsets); i++)
		if (charsets[i].number == number)
			return charset_codepage(charsets[i].codepage);
	return NULL;
}

/* Decoded text to where text goes now. */
void
rtf_put(struct rtf *r, const char *s, size_t n)
{
	switch (r->now.purpose) {
	case RTF_IN_TEXT:
	case RTF_IN_NOTE:
		if (r->now.is_list_mark && !r->now.is_symbol)
			buf_add(&r->mark, s, n);
		else if (!r->now.is_list_mark && !r->now.is_hidden)
			flow_text(&r->flow, s, n);
		break;
	case RTF_IN_MARGIN:
		if (!r->now.is_hidden && !r->now.is_list_mark)
			flow_text(&r->margin, s, n);
		break;
	case RTF_IN_CODE:
	case RTF_IN_STYLES:
	case RTF_IN_PROPERTY:
	case RTF_IN_OWN_VALUE:
	case RTF_IN_SHAPE_NAME:
		buf_add(&r->value, s, n);
		break;
	case RTF_IN_OWN_NAME:
		buf_add(&r->own, s, n);
		break;
	case RTF_IN_DROPPED:
	case RTF_IN_FONTS:
	case RTF_IN_DATE:
		break;
	}
}

/* Decode what waits; before anything that has to come after it. */
void
rtf_settle(struct rtf *r)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	if (r->bytes.len == 0)
		return;
	charset_decode(r->now.charset, r->bytes.s, r->bytes.len, &b);
	rtf_put(r, buf_str(&b), b.len);
	buf_cut(&r->bytes, 0);
}

void
rtf_put_char(struct rtf *r, uint32_t c)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	rtf_settle(r);
	buf_add_utf8(&b, c);
	rtf_put(r, b.s, b.len);
}

/* A byte of text in the charset of its font. */
void
rtf_put_byte(struct rtf *r, char c)
{
	if (r->skip > 0)
		r->skip--;
	else
		buf_addc(&r->bytes, c);
}

/* A number that is signed, as 16 bits of UTF-16. */
void
rtf_put_unicode(struct rtf *r, int number)
{
	uint32_t c = (uint32_t)number & 0xFFFF;

	r->skip = r->now.uc;
	if (charset_unit(&c, &r->high))
		rtf_put_char(r, c < 0x20 ? ' ' : c);
}

/* The one that is defined, or NULL. */
static struct rtf_font *
this_font(struct rtf *r)
{
	size_t n = (size_t)r->font + 1;

	if (r->font >= RTF_MAX_NUMBER)
		return NULL;
	if (n > r->nfonts) {
		r->fonts = xrealloc(r->fonts, n * sizeof *r->fonts);
		while (r->nfonts < n)
			r->fonts[r->nfonts++] = (struct rtf_font){ NULL, false };
	}
	return &r->fonts[r->font];
}

void
rtf_define_font(struct rtf *r, const struct charset *cs)
{
	struct rtf_font *f = cs != NULL ? this_font(r) : NULL;

	if (f != NULL)
		f->charset = cs;
}

void
rtf_define_symbols(struct rtf *r)
{
	struct rtf_font *f = this_font(r);

	if (f != NULL)
		f->is_symbol = true;
}

void
rtf_define_style(struct rtf *r)
{
	size_t n = (size_t)r->style + 1, len = r->value.len;
	unsigned level = r->outline;

	while (len > 0 && strchr("; ", r->value.s[len - 1]) != NULL)
		len--;
	if (level == 0)
		level = office_style_level(buf_str(&r->value), len);
	buf_cut(&r->value, 0);
	if (r->style >= RTF_MAX_NUMBER || level == 0 || level > 6)
		return;
	if (n > r->nstyles) {
		r->styles = xrealloc(r->styles, n);
		memset(r->styles + r->nstyles, 0, n - r->nstyles);
		r->nstyles = n;
	}
	r->styles[r->style] = (unsigned char)level;
}

void
rtf_use_font(struct rtf *r, unsigned font)
{
	rtf_settle(r);
	r->now.charset = font < r->nfonts && r->fonts[font].charset != NULL ?
	    r->fonts[font].charset : r->charset;
	r->now.is_symbol = font < r->nfonts && r->fonts[font].is_symbol;
}

/* A bullet has neither letter nor digit; Courier's, which is an o, has one. */
static bool
is_number(const char *s, size_t n)
{
	uint32_t c;
	size_t i, len;

	if (n == 1 && *s == 'o')
		return false;
	for (i = 0; i < n; i += len) {
		if ((len = utf8_decode(s + i, n - i, &c)) == 0)
			return false;
		if (utf8_is_word(c))
			return true;
	}
	return false;
}

void
rtf_emit_mark(struct rtf *r)
{
	const char *s = buf_str(&r->mark);
	size_t n = r->mark.len;

	while (n > 0 && s[n - 1] == ' ')
		n--;
	if ((r->now.purpose == RTF_IN_TEXT || r->now.purpose == RTF_IN_NOTE) &&
	    !r->now.is_hidden && is_number(s, n))
		flow_label(&r->flow, s, n);
	buf_cut(&r->mark, 0);
}

void
rtf_emit_margin(void *arg, unsigned level, const char *s, size_t n)
{
	struct rtf *r = arg;

	(void)level;
	running_emit(&r->running, r->out, s, n);
}

void
rtf_emit_date(struct rtf *r)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	if (r->date[0] <= 0)
		return;
	buf_addf(&b, "%04d-%02d-%02d", r->date[0], r->date[1], r->date[2]);
	out_meta(r->out, r->now.property, b.s, b.len);
}

void
rtf_emit_own(struct rtf *r)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	buf_addf(&b, "office:%s", buf_str(&r->own));
	if (r->own.len > 0)
		out_meta(r->out, b.s, buf_str(&r->value), r->value.len);
	buf_cut(&r->own, 0);
}
