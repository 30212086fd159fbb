/*
 * odfstyle: the styles of an OpenDocument file, as far as text depends on them:
 * which are of headings, which hide, and how those of lists number.
 *
 * Used by odf.c, odflist.c.
 */
#ifndef ODFSTYLE_H
#define ODFSTYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/listnum.h"
#include "formats/xmlread.h"

struct odf_style {
	char *name;
	unsigned level;		/* see office_style_level() */
	unsigned size;		/* of its letters, in points; 0 if not said */
	bool is_hidden;
};

struct odf_list_style {
	char *name;
	struct listnum_level levels[LISTNUM_LEVELS];
	struct {
		char *prefix, *suffix;
		unsigned shown;		/* how many levels its number has */
	} parts[LISTNUM_LEVELS];
};

struct odf_styles {
	struct odf_style *styles;
	size_t nstyles, cap_styles;
	struct odf_list_style *lists;
	size_t nlists, cap_lists;
	bool in_style, in_list;		/* the last of either is read */
};

/* The name under which the style of headings' numbers is kept. */
#define ODF_OUTLINE "\001"

void odf_styles_clear(struct odf_styles *);

/* Events of a part: what is no style is left alone. */
void odf_styles_start(struct odf_styles *, const struct xml_element *);
void odf_styles_end(struct odf_styles *, const struct xml_element *);

/* NULL if there is none of that name, which may be NULL; the last counts. */
const struct odf_style *odf_style(const struct odf_styles *, const char *name,
    size_t len);
/* The same, which of the lists, from 1; 0 if there is none. */
size_t odf_list_style(const struct odf_styles *, const char *name, size_t len);

/* The value of an attribute as a number up to 999999, or what it is without. */
unsigned odf_number(const struct xml_element *, const char *name,
    unsigned otherwise);

#endif
