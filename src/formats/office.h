/*
 * office: what office documents say of themselves.
 *
 * Used by the formats of office programs.
 */
#ifndef OFFICE_H
#define OFFICE_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/format.h"

/*
 * Emit the properties in one of docProps/core.xml, docProps/custom.xml (OOXML)
 * or meta.xml (ODF) as meta "office:Title" etc.; custom ones by their own
 * name.  A damaged part is left out.
 */
void office_properties(const char *xml, size_t size, struct out *);

#define OFFICE_CONTENTS 99

/*
 * The heading level a paragraph style has by its name ("heading 2", "Kop 2",
 * "Titel", "Heading_20_2"): 1 to 6; OFFICE_CONTENTS if it makes tables of
 * contents; else 0.
 */
unsigned office_style_level(const char *name, size_t len);

/* The name a program gave a sheet ("Blad1", "Sheet 2"): it says nothing. */
bool office_is_sheet_number(const char *name, size_t len);

#endif
