/*
 * flow: text that comes in pieces, out as paragraphs, rows and headings.
 *
 * A format that is read element by element says what begins and ends; a flow
 * collects the text between and decides what is one record:
 *
 *    a paragraph	text between two breaks
 *    a row		the cells of one table row, with tabs between; a table in
 *			a cell, and a cell as long as a page, are records of
 *			their own
 *    a note		behind the paragraph that it belongs to
 *    a comment	the same, with "Opmerking: " before it; not who made it
 *    a box	text drawn on the page: records of its own behind the paragraph
 *		that it is fixed to
 *    a label	the number before a paragraph; alone it is no text
 *
 * White space is folded, soft hyphens are dropped.  All text is UTF-8.
 *
 * Used by the formats.
 */
#ifndef FLOW_H
#define FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct flow {
	/* Takes a record: a heading of that level, or 0 for text. */
	void (*emit)(void *arg, unsigned level, const char *, size_t);
	void *arg;
	struct buf text;	/* the record that grows */
	char sep;		/* owed before the next character: 0, ' ' or tab */
	bool line_end;		/* a line break is owed: see flow_line() */
	unsigned level;		/* of the heading it is, or 0 */
	unsigned rows;		/* how many rows we are in */
	size_t cell_at;		/* where in text this cell began */
	struct buf label;	/* owed before the next character */
	struct buf notes;	/* that wait: a level, a line and '\n' each */
	struct flow *outer;	/* in a note: the text it interrupts */
	bool is_comment;	/* the note is */
	bool is_box;		/* the note is */
	bool has_text;		/* it has emitted something */
};

/* A flow whose records go to out_text() and out_heading(). */
struct out;
void flow_init(struct flow *, struct out *);
/* The same, to a function. */
void flow_init_to(struct flow *,
    void (*emit)(void *, unsigned, const char *, size_t), void *arg);
/* Emits what is left. */
void flow_end(struct flow *);
/* Frees; emits nothing. */
void flow_clear(struct flow *);

void flow_text(struct flow *, const char *, size_t);
/* Goes before the text of this paragraph, if it gets any. */
void flow_label(struct flow *, const char *, size_t);
void flow_tab(struct flow *);
/* The end of a paragraph.  Within a row it only parts words. */
void flow_break(struct flow *);
/*
 * A line break within a paragraph: a space if the sentence goes on, else it
 * ends the paragraph as well.
 */
void flow_line(struct flow *);

/* Headings stand alone, in a row too. */
void flow_heading(struct flow *, unsigned level);
void flow_heading_end(struct flow *);

void flow_row(struct flow *);
void flow_cell(struct flow *);
void flow_row_end(struct flow *);

void flow_note(struct flow *);
void flow_comment(struct flow *);
void flow_box(struct flow *);
/* The end of any of the three. */
void flow_note_end(struct flow *);

#endif
