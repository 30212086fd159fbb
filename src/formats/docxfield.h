/*
 * docxfield: fields in a Word document: a code, and what it came out as.
 *
 * Only the latter is text.  Fields may stand in the code of others; what those
 * came out as is code then.
 *
 * Used by docx.c.
 */
#ifndef DOCXFIELD_H
#define DOCXFIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "formats/xmlread.h"

struct docx_fields {
	unsigned depth;		/* how many we are in */
	uint64_t codes;		/* a bit for each whose code this is */
	uint64_t pages;		/* the same for each that is a page number */
	bool is_page;		/* the last element made one known */
	struct buf code;	/* of the innermost */
	bool in_choices;	/* its form has a list to choose from */
	bool has_choice;	/* one was made, else it has what comes first */
	unsigned choice;	/* from 0 */
	unsigned nchoices;	/* that came before */
};

void docx_fields_clear(struct docx_fields *);

/* An element w:fldChar: a field begins, comes out as, or ends. */
void docx_field(struct docx_fields *, const struct xml_element *);
/* Text of the code. */
void docx_field_code(struct docx_fields *, const char *, size_t);

/*
 * Another element of a run: true if it is the choice from a list in the form of
 * the field, which is not in what the field came out as; the text is the
 * element's.
 */
bool docx_field_choice(struct docx_fields *, const struct xml_element *,
    const char **text, size_t *len);

/* The element before was where the number of a page begins. */
bool docx_field_is_page(const struct docx_fields *);
/* An element w:fldSimple, which has the code as an attribute, is one. */
bool docx_field_simple_is_page(const struct xml_element *);

/* The text of a run here is code. */
bool docx_field_hides(const struct docx_fields *);

#endif
