/*
 * odfelement: which elements of OpenDocument mean something to text.
 *
 * Used by odf.c.
 */
#ifndef ODFELEMENT_H
#define ODFELEMENT_H

#include <stdbool.h>

#include "formats/slide.h"
#include "formats/xmlread.h"

enum odf_element {
	ODF_NOTHING,
	ODF_PARAGRAPH, ODF_HEADING, ODF_ROW, ODF_CELL, ODF_NOTE, ODF_COMMENT,
	ODF_SPACES, ODF_TAB, ODF_LINE, ODF_BODY, ODF_SHEET,
	ODF_LIST, ODF_ITEM, ODF_NUMBERED, ODF_SECTION,
	ODF_SLIDE, ODF_SHAPE, ODF_OBJECT, ODF_NOTES, ODF_SPAN,
	ODF_MASTER, ODF_MARGIN, ODF_DECLARED, ODF_NUMBER,
	ODF_DROP,		/* with all that is in it */
};

extern const struct xml_ns odf_namespaces[];

enum odf_element odf_element(const struct xml_element *);

/*
 * What a shape of a slide is for.  On the page of its notes there is a picture of
 * the slide, and more.
 */
enum slide_role odf_shape_role(const struct xml_element *, bool in_notes);

/*
 * Does anything in the content ask, by an attribute of that name, for what this
 * element has the name of?
 */
bool odf_is_asked(const struct buf *content, const struct xml_element *,
    const char *how);
/* Of a master page that nothing asks for nothing is shown. */
bool odf_is_used(const struct buf *content, const struct xml_element *);

#endif
