/*
 * docxstyle: what paragraphs of a Word document are by their style and list.
 *
 * A style says whether a paragraph is a heading, and in which list it is; the
 * list says how its levels are numbered.  Both may be based on others.
 *
 * Used by docx.c.
 */
#ifndef DOCXSTYLE_H
#define DOCXSTYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/listnum.h"
#include "formats/xmlread.h"

/* A number that nothing said. */
#define DOCX_UNSAID LISTNUM_UNSAID

struct docx_style {
	char *id;
	char *base;		/* the id it is based on, or NULL */
	unsigned level;		/* its own, 0 if it says nothing */
	bool is_body;		/* it says that it is no heading */
	int list, list_level;	/* or DOCX_UNSAID */
};

/* Names of styles: one numbering is as that, another is that. */
struct docx_link {
	char *link, *is_link;
	size_t numbering;	/* its place */
};

struct docx_styles {
	struct docx_style *styles;
	size_t nstyles, cap_styles;
	struct listnum_lists lists;
	struct docx_link *links;
	size_t nlinks, cap_links;
	unsigned level;		/* of the list that is read */
	bool in_change;		/* what properties were before */
};

/* What a paragraph itself says. */
struct docx_paragraph {
	const struct docx_style *style;	/* or NULL */
	unsigned level;		/* by the style, see office_style_level() */
	int list, list_level;	/* or DOCX_UNSAID */
};

/* Readers of the parts with styles and numberings; arg is the styles. */
extern const struct xml_reader docx_styles_reader;
extern const struct xml_reader docx_numbering_reader;
extern const struct xml_ns docx_namespaces[];

void docx_styles_clear(struct docx_styles *);

/* The value of w:val as a number up to 999999, or DOCX_UNSAID. */
int docx_number(const struct xml_element *);
/* An element that is on by being there: not if its w:val says so. */
bool docx_is_on(const struct xml_element *);
/* The level of a heading by w:outlineLvl: 1 to 6, or 0. */
unsigned docx_outline(const struct xml_element *);

/* The paragraph has that style. */
void docx_set_style(const struct docx_styles *, const char *id, size_t len,
    struct docx_paragraph *);

/* Count the paragraph in its list; append its number, if it has one. */
void docx_label(struct docx_styles *, const struct docx_paragraph *,
    struct buf *);

#endif
