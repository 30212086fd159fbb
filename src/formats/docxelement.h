/*
 * docxelement: which elements of a Word document are no text.
 *
 * Used by docx.c.
 */
#ifndef DOCXELEMENT_H
#define DOCXELEMENT_H

#include <stdbool.h>

#include "formats/xmlread.h"

/*
 * The text it once was, or will be; what is there a second time; and, among
 * notes, the lines between text and notes.
 */
bool docx_is_dropped(const struct xml_element *, bool in_notes);

#endif
