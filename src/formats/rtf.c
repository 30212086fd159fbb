#include <config.h>

#include "formats/format.h"

#include <string.h>

#include "base/hex.h"
#include "formats/rtfdoc.h"
#include "formats/rtfwords.h"

#define MAX_DEPTH 2000

/* What a shape calls letters that are drawn as a picture ("WordArt"). */
#define LETTERS "gtextUNICODE"

/* What Windows calls the script of fonts of signs. */
#define SYMBOLS 2

static void
open_group(struct rtf *r)
{
	rtf_settle(r);
	GROW(r->groups, r->depth, r->cap_groups);
	r->groups[r->depth++] = r->now;
	r->now.is_starred = false;
	r->now.is_start = false;
	r->now.is_box = false;
	if (r->now.has_better) {
		r->groups[r->depth - 1].has_better = false;
		r->now.has_better = false;
		r->now.purpose = RTF_IN_DROPPED;
	}
	if (r->now.purpose == RTF_IN_STYLES && r->groups[r->depth - 1].is_start) {
		r->style = 0;
		r->outline = 0;
		buf_cut(&r->value, 0);
	}
}

static void
close_group(struct rtf *r)
{
	rtf_settle(r);
	if (r->depth == 0)
		return;
	if (r->now.purpose == RTF_IN_STYLES && r->groups[r->depth - 1].is_start)
		rtf_define_style(r);
	else if (r->now.is_start) {
		if (r->now.purpose == RTF_IN_PROPERTY)
			out_meta(r->out, r->now.property,
			    buf_str(&r->value), r->value.len);
		else if (r->now.purpose == RTF_IN_OWN_VALUE)
			rtf_emit_own(r);
		else if (r->now.purpose == RTF_IN_DATE)
			rtf_emit_date(r);
		else if (r->now.purpose == RTF_IN_NOTE)
			flow_note_end(&r->flow);
		else if (r->now.purpose == RTF_IN_MARGIN)
			flow_end(&r->margin);
		else if (r->now.purpose == RTF_IN_CODE)
			r->is_page = running_is_page_field(buf_str(&r->value),
			    r->value.len);
		else if (r->now.purpose == RTF_IN_SHAPE_NAME)
			r->is_letters = strcmp(buf_str(&r->value), LETTERS) == 0;
	}
	if (r->now.is_box) {
		flow_note_end(&r->flow);
		r->in_row = r->now.was_in_row;
	}
	if (r->now.is_list_mark && !r->groups[r->depth - 1].is_list_mark)
		rtf_emit_mark(r);
	r->skip = 0;
	r->now = r->groups[--r->depth];
}

/* The group is a destination from here on. */
static void
begin(struct rtf *r, enum rtf_purpose purpose, const char *property)
{
	rtf_settle(r);
	if (r->now.purpose == RTF_IN_DROPPED || (r->now.purpose == RTF_IN_NOTE &&
	    purpose == RTF_IN_NOTE))
		return;
	/* In a margin is no more than text and its fields. */
	if (r->now.purpose == RTF_IN_MARGIN && purpose != RTF_IN_CODE)
		purpose = RTF_IN_DROPPED;
	r->now.purpose = purpose;
	r->now.property = property;
	r->now.is_start = true;
	if (purpose == RTF_IN_NOTE)
		flow_note(&r->flow);
	else if (purpose != RTF_IN_DROPPED)
		buf_cut(&r->value, 0);
	memset(r->date, 0, sizeof r->date);
}

/* The level a paragraph has now begins to count with its first text. */
static void
set_level(struct rtf *r, unsigned level)
{
	if (r->now.purpose == RTF_IN_TEXT && !r->now.is_list_mark && !r->in_row &&
	    r->flow.text.len == 0)
		r->flow.level = level;
}

static void
in_table(struct rtf *r)
{
	if (r->in_row || r->now.purpose != RTF_IN_TEXT)
		return;
	r->flow.level = 0;
	flow_row(&r->flow);
	r->in_row = true;
}

static void
end_paragraph(struct rtf *r)
{
	unsigned level = r->flow.level;

	if (r->now.purpose == RTF_IN_MARGIN)
		flow_break(&r->margin);
	if (r->now.purpose != RTF_IN_TEXT && r->now.purpose != RTF_IN_NOTE)
		return;
	if (level > 0) {
		flow_heading_end(&r->flow);
		r->flow.level = level;
	} else
		flow_break(&r->flow);
}

static void
tab(struct rtf *r)
{
	if (r->now.is_list_mark)
		rtf_put(r, " ", 1);
	else if (r->now.purpose == RTF_IN_TEXT)
		flow_tab(&r->flow);
	else if (r->now.purpose == RTF_IN_MARGIN)
		flow_tab(&r->margin);
}

static void
end_cell(struct rtf *r)
{
	if (r->now.purpose == RTF_IN_MARGIN)
		flow_tab(&r->margin);
	if (r->now.purpose != RTF_IN_TEXT)
		return;
	in_table(r);
	flow_cell(&r->flow);
}

static void
end_row(struct rtf *r)
{
	if (r->now.purpose != RTF_IN_TEXT || !r->in_row)
		return;
	flow_row_end(&r->flow);
	r->in_row = false;
}

/* Control words about charsets, fonts and styles. */
static void
set_property(struct rtf *r, const struct rtf_word *w, int number)
{
	const struct charset *cs;
	unsigned n = number < 0 ? RTF_MAX_NUMBER : (unsigned)number;

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
		if (r->now.purpose == RTF_IN_FONTS)
			r->font = n;
		else
			rtf_use_font(r, n);
		break;
	case RTF_FCHARSET:
		rtf_define_font(r, rtf_font_charset(number));
		if (number == SYMBOLS)
			rtf_define_symbols(r);
		break;
	case RTF_FCODEPAGE:
		rtf_define_font(r, charset_codepage(n));
		break;
	case RTF_STYLE:
		if (r->now.purpose == RTF_IN_STYLES)
			r->style = n;
		else
			set_level(r, n < r->nstyles ? r->styles[n] : 0);
		break;
	case RTF_OUTLINE:
		n = n < 9 ? n > 5 ? 6 : n + 1 : 0;
		if (r->now.purpose == RTF_IN_STYLES)
			r->outline = n;
		else
			set_level(r, n);
		break;
	case RTF_DATE_PART:
		r->date[w->value] = number;
		break;
	}
}

static void
begin_box(struct rtf *r)
{
	rtf_settle(r);
	if (r->now.purpose != RTF_IN_TEXT || r->now.is_box)
		return;
	flow_box(&r->flow);
	r->now.is_box = true;
	r->now.was_in_row = r->in_row;
	r->in_row = false;
}

static void
begin_shape_value(struct rtf *r)
{
	if (r->is_letters)
		begin_box(r);
	else
		begin(r, RTF_IN_DROPPED, NULL);
	r->is_letters = false;
}

/* Control words that begin a destination. */
static void
begin_destination(struct rtf *r, const struct rtf_word *w)
{
	switch ((int)w->does) {
	case RTF_FONTS:
		begin(r, RTF_IN_FONTS, NULL);
		break;
	case RTF_STYLES:
		begin(r, RTF_IN_STYLES, NULL);
		break;
	case RTF_INFO:
		begin(r, RTF_IN_PROPERTY, w->name);
		break;
	case RTF_DATE:
		begin(r, RTF_IN_DATE, w->name);
		break;
	case RTF_OWN_NAME:
		begin(r, RTF_IN_OWN_NAME, NULL);
		break;
	case RTF_OWN_VALUE:
		begin(r, RTF_IN_OWN_VALUE, NULL);
		break;
	case RTF_NOTE:
		begin(r, RTF_IN_NOTE, NULL);
		break;
	case RTF_COMMENT:
		begin(r, RTF_IN_NOTE, NULL);
		r->flow.is_comment = r->now.purpose == RTF_IN_NOTE &&
		    r->now.is_start;
		break;
	case RTF_MARGIN:
		begin(r, RTF_IN_MARGIN, NULL);
		break;
	case RTF_CODE:
		begin(r, r->now.purpose == RTF_IN_MARGIN ? RTF_IN_CODE :
		    RTF_IN_DROPPED, NULL);
		break;
	case RTF_BOX:
		begin_box(r);
		break;
	case RTF_SHAPE_NAME:
		begin(r, RTF_IN_SHAPE_NAME, NULL);
		break;
	case RTF_SHAPE_VALUE:
		begin_shape_value(r);
		break;
	case RTF_DROP:
		begin(r, RTF_IN_DROPPED, NULL);
		break;
	}
}

/* Where the number of a page stands in a margin. */
static void
put_page(struct rtf *r)
{
	rtf_settle(r);
	if (r->now.purpose == RTF_IN_MARGIN)
		rtf_put(r, RUNNING_NUMBER, 1);
}

/* What a field came out as, behind its code. */
static void
on_result(struct rtf *r)
{
	if (!r->is_page || r->now.purpose != RTF_IN_MARGIN)
		return;
	put_page(r);
	begin(r, RTF_IN_DROPPED, NULL);
	r->is_page = false;
}

static void
control(struct rtf *r, const struct rtf_word *w, int number, bool has_number)
{
	bool was_starred = r->now.is_starred;

	r->now.is_starred = false;
	if (w == NULL || (was_starred && w->does < RTF_DROP)) {
		/* \* means: forget the group if you do not know the word. */
		if (was_starred)
			begin(r, RTF_IN_DROPPED, NULL);
		return;
	}
	if (w->does >= RTF_DROP) {
		begin_destination(r, w);
		return;
	}
	if (w->does != RTF_UNICODE)
		rtf_settle(r);
	switch ((int)w->does) {
	case RTF_CHAR:
		if (r->skip > 0)
			r->skip--;
		else
			rtf_put_char(r, w->value);
		break;
	case RTF_PAR:
		end_paragraph(r);
		break;
	case RTF_LINE:
		if (r->now.purpose == RTF_IN_TEXT)
			flow_line(&r->flow);
		break;
	case RTF_TAB:
		tab(r);
		break;
	case RTF_PAGE:
		put_page(r);
		break;
	case RTF_RESULT:
		on_result(r);
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
		rtf_use_font(r, r->default_font);
		break;
	case RTF_UNICODE:
		rtf_put_unicode(r, number);
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

/* What follows a backslash, if it is no letter. */
static void
symbol(struct rtf *r)
{
	char c = *r->p++;
	int byte;

	switch (c) {
	case '\'':
		byte = hex_byte(r->p, (size_t)(r->end - r->p));
		if (byte == -1)
			return;
		rtf_put_byte(r, (char)byte);
		r->p += 2;
		break;
	case '~':
		rtf_put_char(r, 0xA0);
		break;
	case '_':
		rtf_put_char(r, '-');
		break;
	case '*':
		r->now.is_starred = true;
		break;
	case '\r':
	case '\n':
		rtf_settle(r);
		end_paragraph(r);
		break;
	case '\\':
	case '{':
	case '}':
		rtf_put_byte(r, c);
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
			rtf_put_byte(r, c);
	}
	rtf_settle(r);
	flow_end(&r->flow);
	if (!r->flow.has_text && r->depth > 0) {
		out_reason(r->out, "ends within a group");
		return EXTRACT_MALFORMED;
	}
	return r->flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

enum extract_status
format_rtf(const struct input *in, struct out *out)
{
	struct rtf r CLEAN(rtf_clear) = { .p = in->bytes,
	    .end = in->bytes + in->size, .out = out };

	flow_init(&r.flow, out);
	flow_init_to(&r.margin, rtf_emit_margin, &r);
	r.charset = charset_codepage(1252);
	r.now.charset = r.charset;
	r.now.uc = 1;
	return parse(&r);
}
