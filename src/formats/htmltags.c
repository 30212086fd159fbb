#include <config.h>

#include "formats/htmltags.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "formats/boilerplate.h"

static const struct html_tag tags[] = {		/* sorted */
	{ "address", HTML_BLOCK, 0 },
	{ "article", HTML_CONTENT, 0 },
	{ "aside", HTML_BLOCK, 0 },
	{ "blockquote", HTML_BLOCK, 0 },
	{ "body", HTML_BODY, 0 },
	{ "br", HTML_LINE, 0 },
	{ "button", HTML_BUTTON, 0 },
	{ "canvas", HTML_DROP, 0 },
	{ "caption", HTML_BLOCK, 0 },
	{ "center", HTML_BLOCK, 0 },
	{ "datalist", HTML_DROP, 0 },
	{ "dd", HTML_VALUE, 0 },
	{ "details", HTML_BLOCK, 0 },
	{ "dialog", HTML_FRAME, 0 },
	{ "dir", HTML_BLOCK, 0 },
	{ "div", HTML_BLOCK, 0 },
	{ "dl", HTML_BLOCK, 0 },
	{ "dt", HTML_TERM, 0 },
	{ "fieldset", HTML_BLOCK, 0 },
	{ "figcaption", HTML_BLOCK, 0 },
	{ "figure", HTML_BLOCK, 0 },
	{ "footer", HTML_FRAME_OUTSIDE, 0 },
	{ "form", HTML_BLOCK, 0 },
	{ "h1", HTML_HEADING, 1 },
	{ "h2", HTML_HEADING, 2 },
	{ "h3", HTML_HEADING, 3 },
	{ "h4", HTML_HEADING, 4 },
	{ "h5", HTML_HEADING, 5 },
	{ "h6", HTML_HEADING, 6 },
	{ "header", HTML_FRAME_OUTSIDE, 0 },
	{ "hgroup", HTML_BLOCK, 0 },
	{ "hr", HTML_BLOCK, 0 },
	{ "html", HTML_ROOT, 0 },
	{ "iframe", HTML_DROP, 0 },
	{ "legend", HTML_BLOCK, 0 },
	{ "li", HTML_BLOCK, 0 },
	{ "link", HTML_LINK, 0 },
	{ "main", HTML_CONTENT, 0 },
	{ "menu", HTML_FRAME, 0 },
	{ "meta", HTML_META, 0 },
	{ "nav", HTML_FRAME, 0 },
	{ "noscript", HTML_FRAME, 0 },
	{ "ol", HTML_BLOCK, 0 },
	{ "option", HTML_FRAME, 0 },
	{ "p", HTML_BLOCK, 0 },
	{ "pre", HTML_BLOCK, 0 },
	{ "script", HTML_DROP, 0 },
	{ "section", HTML_BLOCK, 0 },
	{ "select", HTML_FRAME, 0 },
	{ "style", HTML_DROP, 0 },
	{ "summary", HTML_BUTTON, 0 },
	{ "svg", HTML_DROP, 0 },
	{ "table", HTML_BLOCK, 0 },
	{ "tbody", HTML_BLOCK, 0 },
	{ "td", HTML_CELL, 0 },
	{ "template", HTML_DROP, 0 },
	{ "textarea", HTML_FRAME, 0 },
	{ "tfoot", HTML_BLOCK, 0 },
	{ "th", HTML_CELL, 0 },
	{ "thead", HTML_BLOCK, 0 },
	{ "time", HTML_TIME, 0 },
	{ "title", HTML_TITLE, 0 },
	{ "tr", HTML_ROW, 0 },
	{ "ul", HTML_BLOCK, 0 },
};

static int
by_name(const void *key, const void *row)
{
	return strcmp(key, ((const struct html_tag *)row)->name);
}

const struct html_tag *
html_tag(const char *name)
{
	return bsearch(name, tags, NELEM(tags), sizeof *tags, by_name);
}

const char *
html_attribute(const unsigned char **attrs, const char *name)
{
	for (; attrs != NULL && *attrs != NULL; attrs += 2)
		if (strcmp((const char *)attrs[0], name) == 0)
			return attrs[1] != NULL ? (const char *)attrs[1] : "";
	return NULL;
}

bool
html_is_panel_head(const char *name, const unsigned char **attrs)
{
	return strcmp(name, "summary") == 0 ||
	    html_attribute(attrs, "aria-expanded") != NULL;
}

bool
html_is_called_frame(const unsigned char **attrs)
{
	for (; attrs != NULL && *attrs != NULL; attrs += 2) {
		const char *name = (const char *)attrs[0];
		const char *value = (const char *)attrs[1];

		if (value == NULL)
			continue;
		if ((strcmp(name, "class") == 0 || strcmp(name, "id") == 0) ?
		    boilerplate_class(value) :
		    strcmp(name, "role") == 0 && boilerplate_role(value))
			return true;
	}
	return false;
}
