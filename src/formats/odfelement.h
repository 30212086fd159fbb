/*
 * odfelement: which elements of OpenDocument mean something to text.
 *
 * Used by odf.c.
 */
#ifndef ODFELEMENT_H
#define ODFELEMENT_H

#include "formats/xmlread.h"

enum odf_element {
	ODF_NOTHING,
	ODF_PARAGRAPH, ODF_HEADING, ODF_ROW, ODF_CELL, ODF_NOTE, ODF_COMMENT,
	ODF_SPACES, ODF_TAB, ODF_LINE, ODF_BODY, ODF_SHEET,
	ODF_LIST, ODF_ITEM, ODF_SECTION,
	ODF_SLIDE, ODF_SHAPE, ODF_NOTES, ODF_SPAN,
	ODF_MASTER, ODF_MARGIN, ODF_NUMBER,
	ODF_DROP,		/* with all that is in it */
};

extern const struct xml_ns odf_namespaces[];

enum odf_element odf_element(const struct xml_element *);

#endif
