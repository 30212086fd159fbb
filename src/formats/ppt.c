#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/charset.h"
#include "formats/le.h"
#include "formats/officeart.h"
#include "formats/ole.h"
#include "formats/pptfile.h"
#include "formats/pptrecord.h"
#include "formats/slide.h"

/* Of the strings of headers and footers: which, and whether it is shown. */
enum { HEADER = 1, FOOTER = 2, HEADER_SHOWN = 0x10, FOOTER_SHOWN = 0x20 };

/* Kinds of placeholders: dates, numbers, and those two. */
enum { PLACE_FIRST = 7, PLACE_FOOTER = 9, PLACE_HEADER = 10 };

/* Which string of a comment is its text; the others say who made it. */
#define COMMENT_TEXT 1

/* Kinds of text. */
enum { KIND_TITLE = 0, KIND_CENTER_TITLE = 6 };

#define ENCRYPTED_TOKEN 0xF3D1C4DFU

struct deck {
	struct ppt_file file;
	struct slide slide;
	uint32_t notes_id;	/* of the slide that is read */
	uint32_t master_id;
};

static void
deck_clear(struct deck *d)
{
	ppt_file_clear(&d->file);
	slide_clear(&d->slide);
}

static void
put_text(struct deck *d, const char *s, size_t len, bool is_wide)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	struct flow *f = &d->slide.flow;
	size_t i, from = 0;

	/* One byte is the lower half of a character. */
	if (is_wide)
		charset_decode(charset_codepage(1200), s, len & ~(size_t)1, &b);
	else
		for (i = 0; i < len; i++)
			buf_add_utf8(&b, (unsigned char)s[i]);
	for (i = 0; i <= b.len; i++) {
		char c = i < b.len ? b.s[i] : '\r';

		if (c != '\r' && c != '\v')
			continue;
		flow_text(f, buf_str(&b) + from, i - from);
		if (c == '\r')
			flow_break(f);
		else
			flow_line(f);
		from = i + 1;
	}
}

/* What it has by its placeholder stays; only slides have titles. */
static void
set_kind(struct deck *d, unsigned kind)
{
	if (slide_role_now(&d->slide) == SLIDE_TEXT &&
	    (kind == KIND_TITLE || kind == KIND_CENTER_TITLE))
		slide_role(&d->slide, SLIDE_TITLE);
}

/* Dates, numbers, footers and headers, by the kind of their placeholder. */
static void
set_place(struct deck *d, const struct ppt_record *r, enum slide_role of_shapes)
{
	int kind = r->len >= 5 ? (unsigned char)r->s[4] : 0;

	/* Under a slide it only says where that has it. */
	if (of_shapes == SLIDE_MARGIN)
		slide_role(&d->slide, SLIDE_FRAME);
	else if (kind == PLACE_FOOTER || kind == PLACE_HEADER)
		slide_role(&d->slide, SLIDE_MARGIN);
	else if (kind >= PLACE_FIRST && kind < PLACE_FOOTER)
		slide_role(&d->slide, SLIDE_FRAME);
}

/* A text of the slide that stands in the outline; index: which of its own. */
static void
put_outline(struct deck *d, size_t slide, uint32_t index)
{
	size_t i;

	for (i = 0; i < d->file.noutlines; i++) {
		struct ppt_outline *o = &d->file.outlines[i];

		if (o->slide != slide || index-- > 0)
			continue;
		o->is_used = true;
		set_kind(d, o->kind);
		put_text(d, o->s, o->len, o->is_wide);
		return;
	}
}

/* What later programs added stands in a record that is no container. */
static void
read_comments(struct deck *d, const struct ppt_record *data)
{
	struct ppt_walk w = { .p = data->s, .end = data->s + data->len };
	struct ppt_record r;
	bool in_comment = false;

	while (ppt_next(&w, &r)) {
		if (r.type == PPT_COMMENT)
			in_comment = true;
		else if (in_comment && r.type == PPT_STRING &&
		    r.instance == COMMENT_TEXT) {
			slide_shape(&d->slide, SLIDE_NOTES);
			flow_comment(&d->slide.flow);
			put_text(d, r.s, r.len, true);
			flow_note_end(&d->slide.flow);
			in_comment = false;
		}
	}
}

/* What the settings of the slide, or of all, say that stands in the margins. */
static void
read_margins(struct deck *d, const struct ppt_record *settings)
{
	struct ppt_walk w = { .p = settings->s, .end = settings->s + settings->len };
	struct ppt_record r;
	unsigned shown = 0;

	while (ppt_next(&w, &r)) {
		if (r.type == PPT_MARGINS_SHOWN && r.len >= 4)
			shown = le16(r.s + 2);
		if (r.type != PPT_STRING ||
		    !((r.instance == HEADER && (shown & HEADER_SHOWN) != 0) ||
		    (r.instance == FOOTER && (shown & FOOTER_SHOWN) != 0)))
			continue;
		slide_shape(&d->slide, SLIDE_MARGIN);
		put_text(d, r.s, r.len, true);
	}
}

/* In a placeholder it stands for what the settings say. */
static bool
is_asterisk(const struct deck *d, const struct ppt_record *r)
{
	return slide_role_now(&d->slide) == SLIDE_MARGIN &&
	    r->len == (r->type == PPT_TEXT_WIDE ? 2 : 1) && *r->s == '*';
}

/* Letters drawn as a picture. */
static void
read_word_art(struct deck *d, const struct ppt_record *properties)
{
	const char *s;
	size_t len;

	if (officeart_letters(properties->s, properties->len,
	    properties->instance, &s, &len))
		put_text(d, s, len, true);
}

/*
 * Shapes are, if they do not say otherwise: text on a slide; notes on the page
 * of its notes; a margin on a master.
 */
static void
read_shapes(struct deck *d, const struct ppt_record *container, size_t slide,
    enum slide_role role)
{
	struct ppt_walk w = { .p = container->s,
	    .end = container->s + container->len };
	struct ppt_record r;

	while (ppt_next(&w, &r)) {
		if (r.type == PPT_SHAPE)
			slide_shape(&d->slide, role);
		else if (r.type == PPT_SHAPE_PROPERTIES)
			read_word_art(d, &r);
		else if (r.type == PPT_SLIDE_ATOM && r.len >= 20) {
			d->master_id = le32(r.s + 12);
			d->notes_id = le32(r.s + 16);
		} else if (r.type == PPT_PLACEHOLDER)
			set_place(d, &r, role);
		else if (r.type == PPT_TAG_DATA)
			read_comments(d, &r);
		else if (r.type == PPT_MARGINS)
			read_margins(d, &r);
		else if (r.type == PPT_TEXT_KIND && r.len >= 4)
			set_kind(d, le32(r.s));
		else if ((r.type == PPT_TEXT_WIDE || r.type == PPT_TEXT_BYTES) &&
		    !is_asterisk(d, &r))
			put_text(d, r.s, r.len, r.type == PPT_TEXT_WIDE);
		else if (r.type == PPT_OUTLINE_REF && r.len >= 4 &&
		    role == SLIDE_TEXT &&
		    slide_role_now(&d->slide) != SLIDE_FRAME)
			put_outline(d, slide, le32(r.s));
	}
}

/* What the outline has of the slide and no shape of it. */
static void
put_rest(struct deck *d, size_t slide)
{
	size_t i;

	for (i = 0; i < d->file.noutlines; i++) {
		if (d->file.outlines[i].slide != slide || d->file.outlines[i].is_used)
			continue;
		slide_shape(&d->slide, SLIDE_TEXT);
		set_kind(d, d->file.outlines[i].kind);
		put_text(d, d->file.outlines[i].s, d->file.outlines[i].len,
		    d->file.outlines[i].is_wide);
	}
}

/* Those of all slides. */
static void
read_settings(struct deck *d, const struct ppt_record *document)
{
	struct ppt_walk w = { .p = document->s,
	    .end = document->s + document->len };
	struct ppt_record r;

	slide_under_begin(&d->slide);
	while (ppt_next(&w, &r))
		if (r.type == PPT_MARGINS)
			read_margins(d, &r);
	slide_under_end(&d->slide);
}

static void
put_notes(struct deck *d)
{
	struct ppt_record r;
	size_t i;

	for (i = 0; d->notes_id != 0 && i < d->file.nentries; i++)
		if (d->file.entries[i].list == PPT_LIST_NOTES &&
		    d->file.entries[i].id == d->notes_id &&
		    ppt_object(&d->file, d->file.entries[i].object, PPT_NOTES,
		    &r)) {
			read_shapes(d, &r, i, SLIDE_NOTES);
			return;
		}
}

/* What lies under a slide, and under that, once. */
static void
read_master(struct deck *d, uint32_t id)
{
	struct ppt_record r;
	size_t i;

	for (i = 0; id != 0 && i < d->file.nentries; i++)
		if (d->file.entries[i].list == PPT_LIST_MASTERS &&
		    d->file.entries[i].id == id)
			break;
	if (id == 0 || i == d->file.nentries || d->file.entries[i].is_read ||
	    (!ppt_object(&d->file, d->file.entries[i].object, PPT_MASTER,
	    &r) && !ppt_object(&d->file, d->file.entries[i].object, PPT_SLIDE,
	    &r)))
		return;
	d->file.entries[i].is_read = true;
	d->master_id = 0;
	slide_under_begin(&d->slide);
	read_shapes(d, &r, i, SLIDE_MARGIN);
	slide_under_end(&d->slide);
	read_master(d, d->master_id);
}

static void
read_slides(struct deck *d)
{
	struct ppt_record r;
	uint32_t master_id;
	size_t i;

	for (i = 0; i < d->file.nentries; i++) {
		if (d->file.entries[i].list != PPT_LIST_SLIDES)
			continue;
		slide_begin(&d->slide);
		d->notes_id = d->master_id = 0;
		if (ppt_object(&d->file, d->file.entries[i].object, PPT_SLIDE,
		    &r))
			read_shapes(d, &r, i, SLIDE_TEXT);
		put_rest(d, i);
		master_id = d->master_id;
		put_notes(d);
		slide_end(&d->slide);
		read_master(d, master_id);
	}
}

static enum extract_status
read_deck(struct deck *d, const struct buf *user, struct out *out)
{
	struct ppt_record r;

	if (user->len < 20) {
		out_reason(out, "no PowerPoint 97 to 2003 presentation");
		return EXTRACT_MALFORMED;
	}
	if (le32(user->s + 12) == ENCRYPTED_TOKEN)
		return EXTRACT_ENCRYPTED;
	if (!ppt_file_open(&d->file, le32(user->s + 16), &r)) {
		out_reason(out, "no document in the presentation");
		return EXTRACT_MALFORMED;
	}
	read_settings(d, &r);
	read_slides(d);
	return d->slide.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

enum extract_status
format_ppt(const struct input *in, struct out *out)
{
	struct ole o CLEAN(ole_clear);
	struct deck d CLEAN(deck_clear) = { 0 };
	struct buf user CLEAN(buf_clear) = BUF_INIT;

	/* Told by its first bytes: it is no compound file. */
	if (ole_open(in, &o) == -1) {
		out_reason(out, "slides of PowerPoint before 97");
		return EXTRACT_UNSUPPORTED;
	}
	ole_properties(&o, out);
	ole_read(&o, "PowerPoint Document", &d.file.stream);
	ole_read(&o, "Current User", &user);
	slide_init(&d.slide, out);
	return read_deck(&d, &user, out);
}
