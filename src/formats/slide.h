/*
 * slide: the shapes of a slide, out as a page with its title as heading.
 *
 * A presentation program lets every shape say what it is for; where none says
 * that it is the title, what looks like one is.  The title goes first, the
 * notes of the speaker last.  Headers and footers are no text, see running.h.
 *
 * Used by odf.c, ppt.c, pptx.c.
 */
#ifndef SLIDE_H
#define SLIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/flow.h"
#include "formats/format.h"
#include "formats/running.h"

enum slide_role {
	SLIDE_TEXT,
	SLIDE_TITLE,
	SLIDE_NOTES,
	SLIDE_MARGIN,	/* what slides repeat: a header or footer */
	SLIDE_FRAME,	/* of no use: a date, a number, an empty place */
};

struct slide_shape {
	enum slide_role role;
	unsigned size;		/* of its largest letters, 0 if not known */
	size_t first, n;	/* its records */
};

struct slide_record {
	size_t at, len;		/* in text */
};

struct slide {
	struct flow flow;	/* where the text goes */
	struct out *out;
	unsigned number;	/* from 1; 0 before the first */
	bool has_text;		/* emitted any */
	struct running running;
	struct buf text;
	struct slide_record *records;
	size_t nrecords, cap_records;
	struct slide_shape *shapes;
	size_t nshapes, cap_shapes;
};

void slide_init(struct slide *, struct out *);
/* Emits nothing. */
void slide_clear(struct slide *);

/* The next slide; slide_end() emits it. */
void slide_begin(struct slide *);
void slide_end(struct slide *);
/*
 * What is no slide but lies under some, begun and ended in the same way: of its
 * shapes only headers and footers are emitted.
 */
void slide_under_begin(struct slide *);
void slide_under_end(struct slide *);

/* A shape begins, and with it the one before it ends. */
void slide_shape(struct slide *, enum slide_role);
/* What the shape turns out to be, before its text. */
void slide_role(struct slide *, enum slide_role);
/* That, of the shape as it is now. */
enum slide_role slide_role_now(const struct slide *);
/* Letters of that size are in it; any unit, the same for all of the slide. */
void slide_size(struct slide *, unsigned size);

#endif
