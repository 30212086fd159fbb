#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/charset.h"
#include "formats/le.h"
#include "formats/ole.h"
#include "formats/pptrecord.h"
#include "formats/slide.h"

/* What kind of record it is: those we look at. */
enum {
	DOCUMENT = 0x3E8, SLIDE = 0x3EE, SLIDE_ATOM = 0x3EF, NOTES = 0x3F0,
	SLIDE_PLACE = 0x3F3, PLACEHOLDER = 0xBC3, OUTLINE_REF = 0xF9E,
	TEXT_KIND = 0xF9F, TEXT_WIDE = 0xFA0, TEXT_BYTES = 0xFA8,
	STRING = 0xFBA, SLIDE_LIST = 0xFF0, TAG_DATA = 0x138B, COMMENT = 0x2EE0,
	EDIT = 0xFF5, PLACES = 0x1772, SHAPE = 0xF004, MASTER = 0x3F8,
	MARGINS = 0xFD9, MARGINS_SHOWN = 0xFDA,
};

/* The lists of slides: what their instance says. */
enum { LIST_SLIDES = 0, LIST_MASTERS = 1, LIST_NOTES = 2 };

/* Of the strings of headers and footers: which, and whether it is shown. */
enum { HEADER = 1, FOOTER = 2, HEADER_SHOWN = 0x10, FOOTER_SHOWN = 0x20 };

/* Kinds of placeholders: dates, numbers, and those two. */
enum { PLACE_FIRST = 7, PLACE_FOOTER = 9, PLACE_HEADER = 10 };

/* Which string of a comment is its text; the others say who made it. */
#define COMMENT_TEXT 1

/* Kinds of text. */
enum { KIND_TITLE = 0, KIND_NOTES = 2, KIND_CENTER_TITLE = 6 };

/* Objects have numbers below this; and no deck has more slides. */
#define MAX_OBJECTS (1U << 20)
#define MAX_SLIDES 10000
#define MAX_EDITS 10000

#define NOWHERE UINT32_MAX

#define ENCRYPTED_TOKEN 0xF3D1C4DFU

/* A text in the outline: of a slide, in order. */
struct outline {
	size_t slide;		/* which of the list */
	unsigned kind;
	bool is_wide;
	bool is_used;
	const char *s;
	size_t len;
};

/* A slide, or the notes of one, in the list of them. */
struct entry {
	uint32_t object;	/* its number, which has a place */
	uint32_t id;		/* by which others mean it */
	unsigned list;		/* which it is in */
	bool is_read;		/* a master */
};

struct deck {
	struct buf stream;
	struct slide slide;
	uint32_t *places;	/* where objects lie, or NOWHERE */
	size_t nplaces;
	struct entry *entries;
	size_t nentries, cap_entries;
	struct outline *outlines;
	size_t noutlines, cap_outlines;
	uint32_t notes_id;	/* of the slide that is read */
	uint32_t master_id;
};

static void
deck_clear(struct deck *d)
{
	buf_clear(&d->stream);
	slide_clear(&d->slide);
	free(d->places);
	free(d->entries);
	free(d->outlines);
}

static bool
record_of(const struct deck *d, size_t at, struct ppt_record *r)
{
	return at < d->stream.len &&
	    ppt_record_at(d->stream.s + at, d->stream.len - at, r);
}

/* ---- where objects lie ---- */

/* Numbers that follow each other: the first and how many, then their places. */
static void
add_places(struct deck *d, const struct ppt_record *r)
{
	size_t at = 0, n, i;
	uint32_t first;

	while (r->len - at >= 4) {
		first = le32(r->s + at) & 0xFFFFF;
		n = le32(r->s + at) >> 20;
		at += 4;
		for (i = 0; i < n && r->len - at >= 4; i++, at += 4) {
			if (first + i >= d->nplaces)
				continue;
			/* The last edit came first. */
			if (d->places[first + i] == NOWHERE)
				d->places[first + i] = le32(r->s + at);
		}
	}
}

/*
 * Each time it is saved, an edit may be added at the end: it says where what
 * changed lies, and where the edit before it is, which is always earlier.
 * Returns the number of the document, 0 if there is none.
 */
static uint32_t
find_places(struct deck *d, size_t at)
{
	struct ppt_record edit, places;
	uint32_t document = 0;
	size_t before, edits;

	d->places = xmalloc(MAX_OBJECTS * sizeof *d->places);
	memset(d->places, 0xFF, MAX_OBJECTS * sizeof *d->places);
	d->nplaces = MAX_OBJECTS;
	for (edits = 0; edits < MAX_EDITS; edits++, at = before) {
		if (!record_of(d, at, &edit) || edit.type != EDIT ||
		    edit.len < 20)
			break;
		if (document == 0)
			document = le32(edit.s + 16);
		if (record_of(d, le32(edit.s + 12), &places) &&
		    places.type == PLACES)
			add_places(d, &places);
		before = le32(edit.s + 8);
		if (before == 0 || before >= at)
			break;
	}
	return document;
}

static bool
find_object(const struct deck *d, uint32_t number, unsigned type,
    struct ppt_record *r)
{
	return number < d->nplaces && d->places[number] != NOWHERE &&
	    record_of(d, d->places[number], r) && r->type == type;
}

/* ---- the lists of slides, with the outline ---- */

static void
add_outline(struct deck *d, const struct ppt_record *r, unsigned kind)
{
	GROW(d->outlines, d->noutlines, d->cap_outlines);
	d->outlines[d->noutlines++] = (struct outline){ d->nentries - 1, kind,
	    r->type == TEXT_WIDE, false, r->s, r->len };
}

static void
read_list(struct deck *d, const struct ppt_record *list)
{
	struct ppt_walk w = { .p = list->s, .end = list->s + list->len };
	struct ppt_record r;
	unsigned kind = 0;

	while (ppt_next(&w, &r)) {
		if (r.type == SLIDE_PLACE && r.len >= 16) {
			if (d->nentries == MAX_SLIDES)
				return;
			GROW(d->entries, d->nentries, d->cap_entries);
			d->entries[d->nentries++] = (struct entry){ le32(r.s),
			    le32(r.s + 12), list->instance, false };
		} else if (r.type == TEXT_KIND && r.len >= 4)
			kind = le32(r.s);
		else if ((r.type == TEXT_WIDE || r.type == TEXT_BYTES) &&
		    d->nentries > 0 && list->instance == LIST_SLIDES)
			add_outline(d, &r, kind);
	}
}

static void
read_lists(struct deck *d, const struct ppt_record *document)
{
	struct ppt_walk w = { .p = document->s,
	    .end = document->s + document->len };
	struct ppt_record r;

	while (ppt_next(&w, &r))
		if (r.type == SLIDE_LIST && r.instance <= LIST_NOTES)
			read_list(d, &r);
}

/* ---- a slide ---- */

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

/* What it has by its placeholder stays. */
static void
set_kind(struct deck *d, unsigned kind, enum slide_role of_shapes)
{
	enum slide_role now = slide_role_now(&d->slide);

	if (of_shapes == SLIDE_MARGIN || now == SLIDE_MARGIN ||
	    (of_shapes == SLIDE_TEXT && now == SLIDE_FRAME))
		return;
	if (of_shapes == SLIDE_FRAME)
		slide_role(&d->slide, kind == KIND_NOTES ? SLIDE_NOTES :
		    SLIDE_FRAME);
	else if (kind == KIND_TITLE || kind == KIND_CENTER_TITLE)
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

	for (i = 0; i < d->noutlines; i++) {
		struct outline *o = &d->outlines[i];

		if (o->slide != slide || index-- > 0)
			continue;
		o->is_used = true;
		set_kind(d, o->kind, SLIDE_TEXT);
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
		if (r.type == COMMENT)
			in_comment = true;
		else if (in_comment && r.type == STRING &&
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
		if (r.type == MARGINS_SHOWN && r.len >= 4)
			shown = le16(r.s + 2);
		if (r.type != STRING ||
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
	    r->len == (r->type == TEXT_WIDE ? 2 : 1) && *r->s == '*';
}

/*
 * Shapes are, if they do not say otherwise: text on a slide; a frame, but for
 * the notes themselves, on the page of its notes; a margin on a master.
 */
static void
read_shapes(struct deck *d, const struct ppt_record *container, size_t slide,
    enum slide_role role)
{
	struct ppt_walk w = { .p = container->s,
	    .end = container->s + container->len };
	struct ppt_record r;

	while (ppt_next(&w, &r)) {
		if (r.type == SHAPE)
			slide_shape(&d->slide, role);
		else if (r.type == SLIDE_ATOM && r.len >= 20) {
			d->master_id = le32(r.s + 12);
			d->notes_id = le32(r.s + 16);
		} else if (r.type == PLACEHOLDER)
			set_place(d, &r, role);
		else if (r.type == TAG_DATA)
			read_comments(d, &r);
		else if (r.type == MARGINS)
			read_margins(d, &r);
		else if (r.type == TEXT_KIND && r.len >= 4)
			set_kind(d, le32(r.s), role);
		else if ((r.type == TEXT_WIDE || r.type == TEXT_BYTES) &&
		    !is_asterisk(d, &r))
			put_text(d, r.s, r.len, r.type == TEXT_WIDE);
		else if (r.type == OUTLINE_REF && r.len >= 4 &&
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

	for (i = 0; i < d->noutlines; i++) {
		if (d->outlines[i].slide != slide || d->outlines[i].is_used)
			continue;
		slide_shape(&d->slide, SLIDE_TEXT);
		set_kind(d, d->outlines[i].kind, SLIDE_TEXT);
		put_text(d, d->outlines[i].s, d->outlines[i].len,
		    d->outlines[i].is_wide);
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
		if (r.type == MARGINS)
			read_margins(d, &r);
	slide_under_end(&d->slide);
}

static void
put_notes(struct deck *d)
{
	struct ppt_record r;
	size_t i;

	for (i = 0; d->notes_id != 0 && i < d->nentries; i++)
		if (d->entries[i].list == LIST_NOTES &&
		    d->entries[i].id == d->notes_id &&
		    find_object(d, d->entries[i].object, NOTES, &r)) {
			read_shapes(d, &r, i, SLIDE_FRAME);
			return;
		}
}

/* What lies under a slide, and under that, once. */
static void
read_master(struct deck *d, uint32_t id)
{
	struct ppt_record r;
	size_t i;

	for (i = 0; id != 0 && i < d->nentries; i++)
		if (d->entries[i].list == LIST_MASTERS &&
		    d->entries[i].id == id)
			break;
	if (id == 0 || i == d->nentries || d->entries[i].is_read ||
	    (!find_object(d, d->entries[i].object, MASTER, &r) &&
	    !find_object(d, d->entries[i].object, SLIDE, &r)))
		return;
	d->entries[i].is_read = true;
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

	for (i = 0; i < d->nentries; i++) {
		if (d->entries[i].list != LIST_SLIDES)
			continue;
		slide_begin(&d->slide);
		d->notes_id = d->master_id = 0;
		if (find_object(d, d->entries[i].object, SLIDE, &r))
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
	uint32_t document;

	if (user->len < 20) {
		out_reason(out, "no PowerPoint 97 to 2003 presentation");
		return EXTRACT_MALFORMED;
	}
	if (le32(user->s + 12) == ENCRYPTED_TOKEN)
		return EXTRACT_ENCRYPTED;
	document = find_places(d, le32(user->s + 16));
	if (!find_object(d, document, DOCUMENT, &r)) {
		out_reason(out, "no document in the presentation");
		return EXTRACT_MALFORMED;
	}
	read_lists(d, &r);
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
	ole_read(&o, "PowerPoint Document", &d.stream);
	ole_read(&o, "Current User", &user);
	slide_init(&d.slide, out);
	return read_deck(&d, &user, out);
}
