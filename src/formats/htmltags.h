/*
 * htmltags: what the elements of HTML, and their attributes, mean for text.
 *
 * Used by html.c, htmlnote.c and sniff.c.
 */
#ifndef HTMLTAGS_H
#define HTMLTAGS_H

#include <stdbool.h>

enum html_kind {
	HTML_INLINE,		/* not in the table, mostly */
	HTML_BLOCK,
	HTML_LINE,		/* <br> */
	HTML_HEADING,
	HTML_ROW,
	HTML_CELL,
	HTML_DROP,		/* never text */
	HTML_FRAME,		/* page frame: not its text */
	HTML_FRAME_OUTSIDE,	/* page frame unless within main or article */
	HTML_CONTENT,		/* block; its parts are not page frame */
	HTML_TITLE, HTML_META, HTML_LINK, HTML_ROOT, HTML_TIME,
	HTML_TERM, HTML_VALUE, HTML_BUTTON,
	HTML_BODY,		/* block that is never dropped */
};

struct html_tag {
	const char *name;	/* lower case */
	enum html_kind kind;
	unsigned level;		/* of a heading */
};

/* NULL: an element that is part of a line. */
const struct html_tag *html_tag(const char *name);

/*
 * The attribute of that name, from libxml2's list of names and values; "" if it
 * has no value, NULL if there is none.
 */
const char *html_attribute(const unsigned char **attrs, const char *name);
/* The head of an accordion panel is a heading; other buttons are controls. */
bool html_is_panel_head(const char *name, const unsigned char **attrs);
/* Part of the page frame by what the author calls it: its class, id or role. */
bool html_is_called_frame(const unsigned char **attrs);

#endif
