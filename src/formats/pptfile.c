#include <config.h>

#include "formats/pptfile.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "formats/le.h"

/* Objects have numbers below this; and no deck has more slides. */
#define MAX_OBJECTS (1U << 20)
#define MAX_SLIDES 10000
#define MAX_EDITS 10000

#define NOWHERE UINT32_MAX

void
ppt_file_clear(struct ppt_file *f)
{
	buf_clear(&f->stream);
	free(f->places);
	free(f->entries);
	free(f->outlines);
}

static bool
record_of(const struct ppt_file *f, size_t at, struct ppt_record *r)
{
	return at < f->stream.len &&
	    ppt_record_at(f->stream.s + at, f->stream.len - at, r);
}

/* ---- where objects lie ---- */

/* Numbers that follow each other: the first and how many, then their places. */
static void
add_places(struct ppt_file *f, const struct ppt_record *r)
{
	size_t at = 0, n, i;
	uint32_t first;

	while (r->len - at >= 4) {
		first = le32(r->s + at) & 0xFFFFF;
		n = le32(r->s + at) >> 20;
		at += 4;
		for (i = 0; i < n && r->len - at >= 4; i++, at += 4) {
			if (first + i >= f->nplaces)
				continue;
			/* The last edit came first. */
			if (f->places[first + i] == NOWHERE)
				f->places[first + i] = le32(r->s + at);
		}
	}
}

/*
 * Each time it is saved, an edit may be added at the end: it says where what
 * changed lies, and where the edit before it is, which is always earlier.
 * Returns the number of the document, 0 if there is none.
 */
static uint32_t
find_places(struct ppt_file *f, size_t at)
{
	struct ppt_record edit, places;
	uint32_t document = 0;
	size_t before, edits;

	f->places = xmalloc(MAX_OBJECTS * sizeof *f->places);
	memset(f->places, 0xFF, MAX_OBJECTS * sizeof *f->places);
	f->nplaces = MAX_OBJECTS;
	for (edits = 0; edits < MAX_EDITS; edits++, at = before) {
		if (!record_of(f, at, &edit) || edit.type != PPT_EDIT ||
		    edit.len < 20)
			break;
		if (document == 0)
			document = le32(edit.s + 16);
		if (record_of(f, le32(edit.s + 12), &places) &&
		    places.type == PPT_PLACES)
			add_places(f, &places);
		before = le32(edit.s + 8);
		if (before == 0 || before >= at)
			break;
	}
	return document;
}

bool
ppt_object(const struct ppt_file *f, uint32_t number, unsigned type,
    struct ppt_record *r)
{
	return number < f->nplaces && f->places[number] != NOWHERE &&
	    record_of(f, f->places[number], r) && r->type == type;
}

/* ---- the lists of slides, with the outline ---- */

static void
add_outline(struct ppt_file *f, const struct ppt_record *r, unsigned kind)
{
	GROW(f->outlines, f->noutlines, f->cap_outlines);
	f->outlines[f->noutlines++] = (struct ppt_outline){ f->nentries - 1,
	    kind, r->type == PPT_TEXT_WIDE, false, r->s, r->len };
}

static void
read_list(struct ppt_file *f, const struct ppt_record *list)
{
	struct ppt_walk w = { .p = list->s, .end = list->s + list->len };
	struct ppt_record r;
	unsigned kind = 0;

	while (ppt_next(&w, &r)) {
		if (r.type == PPT_SLIDE_PLACE && r.len >= 16) {
			if (f->nentries == MAX_SLIDES)
				return;
			GROW(f->entries, f->nentries, f->cap_entries);
			f->entries[f->nentries++] = (struct ppt_entry){
			    le32(r.s), le32(r.s + 12), list->instance, false };
		} else if (r.type == PPT_TEXT_KIND && r.len >= 4)
			kind = le32(r.s);
		else if ((r.type == PPT_TEXT_WIDE ||
		    r.type == PPT_TEXT_BYTES) && f->nentries > 0 &&
		    list->instance == PPT_LIST_SLIDES)
			add_outline(f, &r, kind);
	}
}

static void
read_lists(struct ppt_file *f, const struct ppt_record *document)
{
	struct ppt_walk w = { .p = document->s,
	    .end = document->s + document->len };
	struct ppt_record r;

	while (ppt_next(&w, &r))
		if (r.type == PPT_SLIDE_LIST && r.instance <= PPT_LIST_NOTES)
			read_list(f, &r);
}

bool
ppt_file_open(struct ppt_file *f, size_t edit_at, struct ppt_record *document)
{
	uint32_t number = find_places(f, edit_at);

	if (!ppt_object(f, number, PPT_DOCUMENT, document))
		return false;
	read_lists(f, document);
	return true;
}
