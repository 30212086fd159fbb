#include <config.h>

#include "formats/format.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "formats/charset.h"
#include "formats/flow.h"
#include "formats/office.h"
#include "formats/rtfwords.h"

#define MAX_DEPTH 2000
#define MAX_NUMBER 65536	/* of fonts and styles that are remembered */

/* What a group is for; what is in it inherits it. */
enum purpose { TEXT, DROPPED, FONT_TABLE, STYLE_TABLE, PROPERTY, OWN_NAME,
    OWN_VALUE, DATE, FOOTNOTE };

struct group {
	enum purpose purpose;
	const char *property;	/* its name, for PROPERTY and DATE */
	const struct charset *charset;
	unsigned uc;		/* bytes that stand in for one \u */
	bool is_hidden;
	bool is_first;		/* nothing has stood in it yet */
	bool is_starred;	/* \* was first */
	bool is_list_mark;
	bool has_better;	/* its first group says it in ANSI, its next better */
	bool is_start;		/* of its purpose: ends with this group */
};

struct rtf {
	const char *p, *end;
	struct out *out;
	struct flow flow;
	struct group *groups;
	size_t depth, cap_groups;
	struct group now;
	struct buf bytes;	/* text not yet decoded */
	struct buf value;	/* of a property or style name */
	struct buf own;		/* the name of a property of the author's own */
	unsigned skip;		/* bytes still to skip after a \u */
	uint32_t high;		/* surrogate that waits for its other half */
	const struct charset *charset;	/* of the document */
	const struct charset **fonts;
	size_t nfonts;
	unsigned char *styles;	/* heading levels */
	size_t nstyles;
	unsigned font, style;	/* in their tables: the one being defined */
	unsigned outline;	/* of it: level or 0 */
	unsigned default_font;
	int date[3];
	bool in_row;
};

static void
rtf_clear(struct rtf *r)
{
	flow_clear(&r->flow);
	buf_clear(&r->bytes);
	buf_clear(&r->value);
	buf_clear(&r->own);
	free(r->groups);
	free(r->fonts);
	free(r->styles);
}

/* Windows' numbers for the scripts of fonts. */
static const struct charset *
font_charset(int number)
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
static void
put(struct rtf *r, const char *s, size_t n)
{
	switch (r->now.purpose) {
	case TEXT:
	case FOOTNOTE:
		if (!r->now.is_hidden)
			flow_text(&r->flow, s, n);
		break;
	case STYLE_TABLE:
	case PROPERTY:
	case OWN_VALUE:
		buf_add(&r->value, s, n);
		break;
	case OWN_NAME:
		buf_add(&r->own, s, n);
		break;
	case DROPPED:
	case FONT_TABLE:
	case DATE:
		break;
	}
}

/* Decode what waits; before anything that has to come after it. */
static void
settle(struct rtf *r)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	if (r->bytes.len == 0)
		return;
	charset_decode(r->now.charset, r->bytes.s, r->bytes.len, &b);
	put(r, buf_str(&b), b.len);
	buf_cut(&r->bytes, 0);
}

static void
put_char(struct rtf *r, uint32_t c)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	settle(r);
	buf_add_utf8(&b, c);
	put(r, b.s, b.len);
}

/* A byte of text in the charset of its font. */
static void
put_byte(struct rtf *r, char c)
{
	if (r->skip > 0)
		r->skip--;
	else
		buf_addc(&r->bytes, c);
}

/* A number that is signed, as 16 bits of UTF-16. */
static void
put_unicode(struct rtf *r, int number)
{
	uint32_t c = (uint32_t)number & 0xFFFF;

	r->skip = r->now.uc;
	if (c >= 0xD800 && c < 0xDC00) {
		r->high = c;
		return;
	}
	if (c >= 0xDC00 && c < 0xE000)
		c = r->high == 0 ? 0xFFFD :
		    0x10000 + ((r->high - 0xD800) << 10) + (c - 0xDC00);
	r->high = 0;
	/* The private use area is symbol fonts: a list mark, nearly always. */
	if (c >= 0xF000 && c < 0xF100)
		c = 0x2022;
	put_char(r, c < 0x20 ? ' ' : c);
}

static void
define_font(struct rtf *r, const struct charset *cs)
{
	size_t n = (size_t)r->font + 1;

	if (r->font >= MAX_NUMBER || cs == NULL)
		return;
	if (n > r->nfonts) {
		r->fonts = xrealloc(r->fonts, n * sizeof *r->fonts);
		while (r->nfonts < n)
			r->fonts[r->nfonts++] = NULL;
	}
	r->fonts[r->font] = cs;
}

static void
define_style(struct rtf *r)
{
	size_t n = (size_t)r->style + 1, len = r->value.len;
	unsigned level = r->outline;

	while (len > 0 && strchr("; ", r->value.s[len - 1]) != NULL)
		len--;
	if (level == 0)
		level = office_style_level(buf_str(&r->value), len);
	buf_cut(&r->value, 0);
	if (r->style >= MAX_NUMBER || level == 0 || level > 6)
		return;
	if (n > r->nstyles) {
		r->styles = xrealloc(r->styles, n);
		memset(r->styles + r->nstyles, 0, n - r->nstyles);
		r->nstyles = n;
	}
	r->styles[r->style] = (unsigned char)level;
}

static void
use_font(struct rtf *r, unsigned font)
{
	settle(r);
	r->now.charset = font < r->nfonts && r->fonts[font] != NULL ?
	    r->fonts[font] : r->charset;
}

static void
emit_date(struct rtf *r)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	if (r->date[0] <= 0)
		return;
	buf_addf(&b, "%04d-%02d-%02d", r->date[0], r->date[1], r->date[2]);
	out_meta(r->out, r->now.property, b.s, b.len);
}

static void
emit_own(struct rtf *r)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	buf_addf(&b, "office:%s", buf_str(&r->own));
	if (r->own.len > 0)
		out_meta(r->out, b.s, buf_str(&r->value), r->value.len);
	buf_cut(&r->own, 0);
}

static void
open_group(struct rtf *r)
{
	settle(r);
	GROW(r->groups, r->depth, r->cap_groups);
	r->groups[r->depth++] = r->now;
	r->now.is_first = true;
	r->now.is_starred = false;
	r->now.is_start = false;
	if (r->now.has_better) {
		r->groups[r->depth - 1].has_better = false;
		r->now.has_better = false;
		r->now.purpose = DROPPED;
	}
	if (r->now.purpose == STYLE_TABLE && r->groups[r->depth - 1].is_start) {
		r->style = 0;
		r->outline = 0;
		buf_cut(&r->value, 0);
	}
}

static void
close_group(struct rtf *r)
{
	settle(r);
	if (r->depth == 0)
		return;
	if (r->now.purpose == STYLE_TABLE && r->groups[r->depth - 1].is_start)
		define_style(r);
	else if (r->now.is_start) {
		if (r->now.purpose == PROPERTY)
			out_meta(r->out, r->now.property,
			    buf_str(&r->value), r->value.len);
		else if (r->now.purpose == OWN_VALUE)
			emit_own(r);
		else if (r->now.purpose == DATE)
			emit_date(r);
		else if (r->now.purpose == FOOTNOTE)
			flow_note_end(&r->flow);
	}
	r->skip = 0;
	r->now = r->groups[--r->depth];
}

/* The group is a destination from here on. */
static void
begin(struct rtf *r, enum purpose purpose, const char *property)
{
	settle(r);
	if (r->now.purpose == DROPPED || (r->now.purpose == FOOTNOTE &&
	    purpose == FOOTNOTE))
		return;
	r->now.purpose = purpose;
	r->now.property = property;
	r->now.is_start = true;
	if (purpose == FOOTNOTE)
		flow_note(&r->flow);
	else if (purpose != DROPPED)
		buf_cut(&r->value, 0);
	memset(r->date, 0, sizeof r->date);
}

/* The level a paragraph has now begins to count with its first text. */
static void
set_level(struct rtf *r, unsigned level)
{
	if (r->now.purpose == TEXT && !r->now.is_list_mark && !r->in_row &&
	    r->flow.text.len == 0)
		r->flow.level = level;
}

static void
in_table(struct rtf *r)
{
	if (r->in_row || r->now.purpose != TEXT)
		return;
	r->flow.level = 0;
	flow_row(&r->flow);
	r->in_row = true;
}

static void
end_paragraph(struct rtf *r)
{
	unsigned level = r->flow.level;

	if (r->now.purpose != TEXT && r->now.purpose != FOOTNOTE)
		return;
	if (level > 0) {
		flow_heading_end(&r->flow);
		r->flow.level = level;
	} else
		flow_break(&r->flow);
}

static void
end_cell(struct rtf *r)
{
	if (r->now.purpose != TEXT)
		return;
	in_table(r);
	flow_cell(&r->flow);
}

static void
end_row(struct rtf *r)
{
	if (r->now.purpose != TEXT || !r->in_row)
		return;
	flow_row_end(&r->flow);
	r->in_row = false;
}

/* Control words about charsets, fonts and styles. */
static void
set_property(struct rtf *r, const struct rtf_word *w, int number)
{
	const struct charset *cs;
	unsigned n = number < 0 ? MAX_NUMBER : (unsigned)number;

	switch ((int)w->does) {
	case RTF_CODEPAGE:
		cs = charset_codepage(w->value != 0 ? w->value : n);
		if (cs != NULL)
			r->charset = r->now.charset = cs;
		break;
	case RTF_DEFAULT_FONT:
		r->default_font = n;
		break;
	case RTF_FONT:
		if (r->now.purpose == FONT_TABLE)
			r->font = n;
		else
			use_font(r, n);
		break;
	case RTF_FCHARSET:
		define_font(r, font_charset(number));
		break;
	case RTF_FCODEPAGE:
		define_font(r, charset_codepage(n));
		break;
	case RTF_STYLE:
		if (r->now.purpose == STYLE_TABLE)
			r->style = n;
		else
			set_level(r, n < r->nstyles ? r->styles[n] : 0);
		break;
	case RTF_OUTLINE:
		n = n < 9 ? n > 5 ? 6 : n + 1 : 0;
		if (r->now.purpose == STYLE_TABLE)
			r->outline = n;
		else
			set_level(r, n);
		break;
	case RTF_DATE_PART:
		r->date[w->value] = number;
		break;
	}
}

/* Control words that begin a destination. */
static void
begin_destination(struct rtf *r, const struct rtf_word *w)
{
	switch ((int)w->does) {
	case RTF_FONTS:
		begin(r, FONT_TABLE, NULL);
		break;
	case RTF_STYLES:
		begin(r, STYLE_TABLE, NULL);
		break;
	case RTF_INFO:
		begin(r, PROPERTY, w->name);
		break;
	case RTF_DATE:
		begin(r, DATE, w->name);
		break;
	case RTF_OWN_NAME:
		begin(r, OWN_NAME, NULL);
		break;
	case RTF_OWN_VALUE:
		begin(r, OWN_VALUE, NULL);
		break;
	case RTF_NOTE:
		begin(r, FOOTNOTE, NULL);
		break;
	case RTF_DROP:
		begin(r, DROPPED, NULL);
		break;
	}
}

static void
control(struct rtf *r, const struct rtf_word *w, int number, bool has_number)
{
	bool was_starred = r->now.is_starred;

	r->now.is_starred = false;
	if (w == NULL || (was_starred && w->does < RTF_DROP)) {
		/* \* means: forget the group if you do not know the word. */
		if (was_starred)
			begin(r, DROPPED, NULL);
		return;
	}
	if (w->does >= RTF_DROP) {
		begin_destination(r, w);
		return;
	}
	if (w->does != RTF_UNICODE)
		settle(r);
	switch ((int)w->does) {
	case RTF_CHAR:
		if (r->skip > 0)
			r->skip--;
		else
			put_char(r, w->value);
		break;
	case RTF_PAR:
		end_paragraph(r);
		break;
	case RTF_LINE:
		if (r->now.purpose == TEXT)
			flow_line(&r->flow);
		break;
	case RTF_TAB:
		if (r->now.is_list_mark)
			put(r, " ", 1);
		else if (r->now.purpose == TEXT)
			flow_tab(&r->flow);
		break;
	case RTF_UPR:
		r->now.has_better = true;
		break;
	case RTF_LIST_MARK:
		r->now.is_list_mark = true;
		break;
	case RTF_CELL:
		end_cell(r);
		break;
	case RTF_ROW:
		end_row(r);
		break;
	case RTF_INTBL:
		in_table(r);
		break;
	case RTF_PARD:
		set_level(r, 0);
		break;
	case RTF_PLAIN:
		r->now.is_hidden = false;
		use_font(r, r->default_font);
		break;
	case RTF_UNICODE:
		put_unicode(r, number);
		break;
	case RTF_UC:
		r->now.uc = number < 0 || number > 16 ? 1 : (unsigned)number;
		break;
	case RTF_BIN:
		if (number > 0)
			r->p += number < r->end - r->p ? number : r->end - r->p;
		break;
	case RTF_HIDDEN:
		r->now.is_hidden = !has_number || number != 0;
		break;
	default:
		set_property(r, w, number);
		break;
	}
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' &&
	    (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* What follows a backslash, if it is no letter. */
static void
symbol(struct rtf *r)
{
	char c = *r->p++;

	switch (c) {
	case '\'':
		if (r->end - r->p < 2 || hex(r->p[0]) < 0 || hex(r->p[1]) < 0)
			return;
		put_byte(r, (char)(hex(r->p[0]) * 16 + hex(r->p[1])));
		r->p += 2;
		break;
	case '~':
		put_char(r, 0xA0);
		break;
	case '_':
		put_char(r, '-');
		break;
	case '*':
		r->now.is_starred = true;
		break;
	case '\r':
	case '\n':
		settle(r);
		end_paragraph(r);
		break;
	case '\\':
	case '{':
	case '}':
		put_byte(r, c);
		break;
	}
}

static void
word(struct rtf *r)
{
	const char *from = r->p;
	size_t len;
	long number = 0;
	bool is_negative = false, has_number = false;

	while (r->p < r->end && (*r->p | 32) >= 'a' && (*r->p | 32) <= 'z')
		r->p++;
	len = (size_t)(r->p - from);
	if (r->p + 1 < r->end && *r->p == '-' && r->p[1] >= '0' &&
	    r->p[1] <= '9') {
		is_negative = true;
		r->p++;
	}
	for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++) {
		has_number = true;
		if (number < INT32_MAX / 10)
			number = number * 10 + (*r->p - '0');
	}
	if (r->p < r->end && *r->p == ' ')
		r->p++;
	control(r, rtf_word(from, len), (int)(is_negative ? -number : number),
	    has_number);
}

static enum extract_status
parse(struct rtf *r)
{
	while (r->p < r->end) {
		char c = *r->p++;

		if (c == '{') {
			if (r->depth >= MAX_DEPTH) {
				out_reason(r->out, "groups nested too deeply");
				return EXTRACT_MALFORMED;
			}
			open_group(r);
			continue;
		}
		if (c == '}')
			close_group(r);
		else if (c == '\\' && r->p < r->end) {
			if ((*r->p | 32) >= 'a' && (*r->p | 32) <= 'z')
				word(r);
			else
				symbol(r);
		} else if (c != '\r' && c != '\n' && c != '\0')
			put_byte(r, c);
	}
	settle(r);
	flow_end(&r->flow);
	return r->flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

enum extract_status
format_rtf(const struct input *in, struct out *out)
{
	struct rtf r CLEAN(rtf_clear) = { .p = in->bytes,
	    .end = in->bytes + in->size, .out = out };

	flow_init(&r.flow, out);
	r.charset = charset_codepage(1252);
	r.now.charset = r.charset;
	r.now.uc = 1;
	return parse(&r);
}
