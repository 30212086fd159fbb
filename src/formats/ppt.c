#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/charset.h"
#include "formats/le.h"
#include "formats/ole.h"
#include "formats/slide.h"

/* What kind of record it is: those we look at. */
enum {
	DOCUMENT = 0x3E8, SLIDE = 0x3EE, SLIDE_ATOM = 0x3EF, NOTES = 0x3F0,
	SLIDE_PLACE = 0x3F3, PLACEHOLDER = 0xBC3, OUTLINE_REF = 0xF9E,
	TEXT_KIND = 0xF9F, TEXT_WIDE = 0xFA0, TEXT_BYTES = 0xFA8,
	STRING = 0xFBA, SLIDE_LIST = 0xFF0, TAG_DATA = 0x138B, COMMENT = 0x2EE0,
	EDIT = 0xFF5, PLACES = 0x1772, SHAPE = 0xF004,
};

/* The lists of slides: what their instance says. */
enum { LIST_SLIDES = 0, LIST_NOTES = 2 };

/* Which string of a comment is its text; the others say who made it. */
#define COMMENT_TEXT 1

/* Kinds of text. */
enum { KIND_TITLE = 0, KIND_NOTES = 2, KIND_CENTER_TITLE = 6 };

/* Objects have numbers below this; and no deck has more slides. */
#define MAX_OBJECTS (1U << 20)
#define MAX_SLIDES 10000
#define MAX_EDITS 10000
/* Containers within containers. */
#define MAX_DEPTH 32

#define NOWHERE UINT32_MAX

#define ENCRYPTED_TOKEN 0xF3D1C4DFU

struct record {
	unsigned type, instance;
	bool is_container;
	const char *s;
	size_t len;
};

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
	bool is_notes;
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

/* The record at s, of which n bytes are left; false if it is not whole. */
static bool
record_at(const char *s, size_t n, struct record *r)
{
	if (n < 8)
		return false;
	r->is_container = (le16(s) & 0xF) == 0xF;
	r->instance = le16(s) >> 4;
	r->type = le16(s + 2);
	r->len = le32(s + 4);
	r->s = s + 8;
	return r->len <= n - 8;
}

static bool
record_of(const struct deck *d, size_t at, struct record *r)
{
	return at < d->stream.len &&
	    record_at(d->stream.s + at, d->stream.len - at, r);
}

/* Records in turn, and those in containers after them. */
struct walk {
	const char *p, *end;
	const char *ends[MAX_DEPTH];	/* of the containers we are in */
	size_t depth;
};

static bool
next(struct walk *w, struct record *r)
{
	while (!record_at(w->p, (size_t)(w->end - w->p), r)) {
		if (w->depth == 0)
			return false;
		w->p = w->end;
		w->end = w->ends[--w->depth];
	}
	if (r->is_container && w->depth < MAX_DEPTH) {
		w->ends[w->depth++] = w->end;
		w->p = r->s;
		w->end = r->s + r->len;
	} else
		w->p = r->s + r->len;
	return true;
}

/* ---- where objects lie ---- */

/* Numbers that follow each other: the first and how many, then their places. */
static void
add_places(struct deck *d, const struct record *r)
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
	struct record edit, places;
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
    struct record *r)
{
	return number < d->nplaces && d->places[number] != NOWHERE &&
	    record_of(d, d->places[number], r) && r->type == type;
}

/* ---- the lists of slides, with the outline ---- */

static void
add_outline(struct deck *d, const struct record *r, unsigned kind)
{
	GROW(d->outlines, d->noutlines, d->cap_outlines);
	d->outlines[d->noutlines++] = (struct outline){ d->nentries - 1, kind,
	    r->type == TEXT_WIDE, false, r->s, r->len };
}

static void
read_list(struct deck *d, const struct record *list)
{
	struct walk w = { .p = list->s, .end = list->s + list->len };
	struct record r;
	unsigned kind = 0;
	bool is_notes = list->instance == LIST_NOTES;

	while (next(&w, &r)) {
		if (r.type == SLIDE_PLACE && r.len >= 16) {
			if (d->nentries == MAX_SLIDES)
				return;
			GROW(d->entries, d->nentries, d->cap_entries);
			d->entries[d->nentries++] = (struct entry){ le32(r.s),
			    le32(r.s + 12), is_notes };
		} else if (r.type == TEXT_KIND && r.len >= 4)
			kind = le32(r.s);
		else if ((r.type == TEXT_WIDE || r.type == TEXT_BYTES) &&
		    d->nentries > 0 && !is_notes)
			add_outline(d, &r, kind);
	}
}

static void
read_lists(struct deck *d, const struct record *document)
{
	struct walk w = { .p = document->s,
	    .end = document->s + document->len };
	struct record r;

	while (next(&w, &r))
		if (r.type == SLIDE_LIST && (r.instance == LIST_SLIDES ||
		    r.instance == LIST_NOTES))
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

static void
set_kind(struct deck *d, unsigned kind, bool in_notes)
{
	if (in_notes)
		slide_role(&d->slide, kind == KIND_NOTES ? SLIDE_NOTES :
		    SLIDE_FRAME);
	else if (kind == KIND_TITLE || kind == KIND_CENTER_TITLE)
		slide_role(&d->slide, SLIDE_TITLE);
}

/* Dates, numbers, footers and headers, by the kind of their placeholder. */
static bool
is_frame(const struct record *r)
{
	return r->len >= 5 && r->s[4] >= 7 && r->s[4] <= 10;
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
		set_kind(d, o->kind, false);
		put_text(d, o->s, o->len, o->is_wide);
		return;
	}
}

/* What later programs added stands in a record that is no container. */
static void
read_comments(struct deck *d, const struct record *data)
{
	struct walk w = { .p = data->s, .end = data->s + data->len };
	struct record r;
	bool in_comment = false;

	while (next(&w, &r)) {
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

static void
read_shapes(struct deck *d, const struct record *container, size_t slide,
    bool in_notes)
{
	struct walk w = { .p = container->s,
	    .end = container->s + container->len };
	struct record r;
	bool in_frame = false;

	while (next(&w, &r)) {
		if (r.type == SHAPE) {
			slide_shape(&d->slide, in_notes ? SLIDE_FRAME :
			    SLIDE_TEXT);
			in_frame = false;
		} else if (r.type == SLIDE_ATOM && r.len >= 20)
			d->notes_id = le32(r.s + 16);
		else if (r.type == PLACEHOLDER)
			in_frame = is_frame(&r);
		else if (r.type == TAG_DATA)
			read_comments(d, &r);
		else if (in_frame)
			continue;
		else if (r.type == TEXT_KIND && r.len >= 4)
			set_kind(d, le32(r.s), in_notes);
		else if (r.type == TEXT_WIDE || r.type == TEXT_BYTES)
			put_text(d, r.s, r.len, r.type == TEXT_WIDE);
		else if (r.type == OUTLINE_REF && r.len >= 4 && !in_notes)
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
		set_kind(d, d->outlines[i].kind, false);
		put_text(d, d->outlines[i].s, d->outlines[i].len,
		    d->outlines[i].is_wide);
	}
}

static void
put_notes(struct deck *d)
{
	struct record r;
	size_t i;

	for (i = 0; d->notes_id != 0 && i < d->nentries; i++)
		if (d->entries[i].is_notes &&
		    d->entries[i].id == d->notes_id &&
		    find_object(d, d->entries[i].object, NOTES, &r)) {
			read_shapes(d, &r, i, true);
			return;
		}
}

static void
read_slides(struct deck *d)
{
	struct record r;
	size_t i;

	for (i = 0; i < d->nentries; i++) {
		if (d->entries[i].is_notes)
			continue;
		slide_begin(&d->slide);
		d->notes_id = 0;
		if (find_object(d, d->entries[i].object, SLIDE, &r))
			read_shapes(d, &r, i, false);
		put_rest(d, i);
		put_notes(d);
		slide_end(&d->slide);
	}
}

static enum extract_status
read_deck(struct deck *d, const struct buf *user, struct out *out)
{
	struct record r;
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
	read_slides(d);
	return d->slide.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
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
