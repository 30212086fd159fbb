/*
 * pptfile: a presentation of PowerPoint 97 to 2003: where its objects lie, and
 * the lists of its slides with the outline of their text.
 *
 * Used by ppt.c.
 */
#ifndef PPTFILE_H
#define PPTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "formats/pptrecord.h"

/* What kind of record it is: those we look at. */
enum {
	PPT_DOCUMENT = 0x3E8, PPT_SLIDE = 0x3EE, PPT_SLIDE_ATOM = 0x3EF,
	PPT_NOTES = 0x3F0, PPT_SLIDE_PLACE = 0x3F3, PPT_MASTER = 0x3F8,
	PPT_PLACEHOLDER = 0xBC3, PPT_OUTLINE_REF = 0xF9E,
	PPT_TEXT_KIND = 0xF9F, PPT_TEXT_WIDE = 0xFA0, PPT_TEXT_BYTES = 0xFA8,
	PPT_STRING = 0xFBA, PPT_MARGINS = 0xFD9, PPT_MARGINS_SHOWN = 0xFDA,
	PPT_SLIDE_LIST = 0xFF0, PPT_EDIT = 0xFF5, PPT_TAG_DATA = 0x138B,
	PPT_PLACES = 0x1772, PPT_COMMENT = 0x2EE0,
	PPT_SHAPE = 0xF004, PPT_SHAPE_PROPERTIES = 0xF00B,
};

/* The lists of slides: what their instance says. */
enum { PPT_LIST_SLIDES = 0, PPT_LIST_MASTERS = 1, PPT_LIST_NOTES = 2 };

/* A text in the outline: of a slide, in order. */
struct ppt_outline {
	size_t slide;		/* which of the list */
	unsigned kind;
	bool is_wide;
	bool is_used;
	const char *s;
	size_t len;
};

/* A slide, or the notes of one, in the list of them. */
struct ppt_entry {
	uint32_t object;	/* its number, which has a place */
	uint32_t id;		/* by which others mean it */
	unsigned list;		/* which it is in */
	bool is_read;		/* a master */
};

struct ppt_file {
	struct buf stream;	/* "PowerPoint Document", set by the caller */
	uint32_t *places;	/* where objects lie */
	size_t nplaces;
	struct ppt_entry *entries;
	size_t nentries, cap_entries;
	struct ppt_outline *outlines;
	size_t noutlines, cap_outlines;
};

/*
 * Find the document and read its lists, from the last edit, which is at that
 * byte of the stream; false if there is none.
 */
bool ppt_file_open(struct ppt_file *, size_t edit_at,
    struct ppt_record *document);
void ppt_file_clear(struct ppt_file *);

/* The object of that number, if it is a record of that type. */
bool ppt_object(const struct ppt_file *, uint32_t number, unsigned type,
    struct ppt_record *);

#endif
