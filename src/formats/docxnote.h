/*
 * docxnote: the notes and comments of a Word document, which stand in parts of
 * their own, by the number under which the text refers to them.
 *
 * Used by docx.c.
 */
#ifndef DOCXNOTE_H
#define DOCXNOTE_H

#include <stddef.h>

#include "base/buf.h"
#include "formats/flow.h"
#include "formats/xmlread.h"

struct docx_notes {
	struct {
		char *id;
		struct buf text;	/* empty once it is used */
	} *a;
	size_t n, cap;
	size_t next;		/* the one that is likely asked for next */
};

void docx_notes_clear(struct docx_notes *);

/* The element of a note begins; what is emitted from now on is its text. */
void docx_notes_add(struct docx_notes *, const struct xml_element *);
/* For flow_init_to(); arg is the notes. */
void docx_notes_emit(void *arg, unsigned level, const char *, size_t);

/* The text of the note with that id, or NULL. */
struct buf *docx_note(struct docx_notes *, const char *id, size_t len);

/* Those that were not used, as paragraphs. */
void docx_notes_rest(const struct docx_notes *, struct flow *);

#endif
