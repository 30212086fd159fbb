#include <config.h>

#include "formats/odfelement.h"

#include <string.h>

#include "base/buf.h"

const struct xml_ns odf_namespaces[] = {
	{ "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office" },
	/* LibreOffice's comments on slides. */
	{ "http://openoffice.org/2009/office", "office" },
	{ "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text" },
	{ "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table" },
	{ "urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style" },
	{ "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw" },
	{ "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
	    "presentation" },
	{ "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg" },
	{ NULL, NULL }
};

static const struct {
	const char *ns, *name;
	enum odf_element what;
} elements[] = {
	{ "text", "p", ODF_PARAGRAPH },
	{ "text", "h", ODF_HEADING },
	{ "text", "s", ODF_SPACES },
	{ "text", "tab", ODF_TAB },
	{ "text", "line-break", ODF_LINE },
	{ "text", "note", ODF_NOTE },
	{ "table", "table-row", ODF_ROW },
	{ "table", "table-cell", ODF_CELL },
	{ "text", "list", ODF_LIST },
	{ "text", "list-item", ODF_ITEM },
	{ "text", "list-header", ODF_ITEM },
	{ "text", "numbered-paragraph", ODF_NUMBERED },
	{ "text", "section", ODF_SECTION },
	{ "style", "master-page", ODF_MASTER },
	{ "style", "header", ODF_MARGIN },
	{ "style", "header-left", ODF_MARGIN },
	{ "style", "header-first", ODF_MARGIN },
	{ "style", "footer", ODF_MARGIN },
	{ "style", "footer-left", ODF_MARGIN },
	{ "style", "footer-first", ODF_MARGIN },
	{ "text", "page-number", ODF_NUMBER },
	{ "text", "page-count", ODF_NUMBER },
	{ "office", "text", ODF_BODY },
	{ "office", "spreadsheet", ODF_BODY },
	{ "office", "presentation", ODF_BODY },
	{ "office", "drawing", ODF_BODY },
	{ "table", "table", ODF_SHEET },
	{ "draw", "page", ODF_SLIDE },
	{ "draw", "frame", ODF_SHAPE },
	{ "draw", "custom-shape", ODF_SHAPE },
	{ "draw", "rect", ODF_SHAPE },
	{ "draw", "ellipse", ODF_SHAPE },
	{ "draw", "circle", ODF_SHAPE },
	{ "draw", "line", ODF_SHAPE },
	{ "draw", "polyline", ODF_SHAPE },
	{ "draw", "polygon", ODF_SHAPE },
	{ "draw", "regular-polygon", ODF_SHAPE },
	{ "draw", "path", ODF_SHAPE },
	{ "draw", "connector", ODF_SHAPE },
	{ "draw", "measure", ODF_SHAPE },
	{ "draw", "caption", ODF_SHAPE },
	{ "draw", "object", ODF_OBJECT },
	{ "presentation", "notes", ODF_NOTES },
	{ "presentation", "header-decl", ODF_DECLARED },
	{ "presentation", "footer-decl", ODF_DECLARED },
	{ "presentation", "date-time-decl", ODF_DROP },
	{ "text", "span", ODF_SPAN },
	{ "text", "note-citation", ODF_DROP },
	{ "text", "tracked-changes", ODF_DROP },
	{ "text", "table-of-content", ODF_DROP },
	{ "text", "sequence-decls", ODF_DROP },
	{ "text", "ruby-text", ODF_DROP },
	{ "text", "number", ODF_DROP },	/* of the list: we count */
	{ "text", "hidden-text", ODF_DROP },
	{ "text", "sheet-name", ODF_DROP },
	{ "table", "tracked-changes", ODF_DROP },
	{ "table", "content-validations", ODF_DROP },
	{ "table", "dde-links", ODF_DROP },
	{ "office", "annotation", ODF_COMMENT },
	{ "office", "forms", ODF_DROP },
	{ "office", "scripts", ODF_DROP },
	{ "svg", "title", ODF_DROP },
	{ "svg", "desc", ODF_DROP },
};

enum odf_element
odf_element(const struct xml_element *e)
{
	size_t i;

	for (i = 0; i < NELEM(elements); i++)
		if (xml_is(e, elements[i].ns, elements[i].name))
			return elements[i].what;
	return ODF_NOTHING;
}

enum slide_role
odf_shape_role(const struct xml_element *e, bool in_notes)
{
	static const struct {
		const char *class;
		enum slide_role role;
	} classes[] = {
		{ "title", SLIDE_TITLE },
		{ "notes", SLIDE_NOTES },
		{ "header", SLIDE_MARGIN },
		{ "footer", SLIDE_MARGIN },
		{ "date-time", SLIDE_FRAME },
		{ "page-number", SLIDE_FRAME },
		{ "page", SLIDE_FRAME },
		{ "handout", SLIDE_FRAME },
	};
	size_t i;

	if (xml_attr_is(e, "placeholder", "true"))
		return SLIDE_FRAME;
	for (i = 0; i < NELEM(classes); i++)
		if (xml_attr_is(e, "class", classes[i].class))
			return classes[i].role;
	return in_notes ? SLIDE_NOTES : SLIDE_TEXT;
}

bool
odf_is_asked(const struct buf *content, const struct xml_element *e,
    const char *how)
{
	struct buf asks CLEAN(buf_clear) = BUF_INIT;
	size_t len;
	const char *name = xml_attr(e, "name", &len);

	if (name == NULL)
		return false;
	buf_addf(&asks, "%s=\"%.*s\"", how, (int)len, name);
	return memmem(buf_str(content), content->len, asks.s,
	    asks.len) != NULL;
}

bool
odf_is_used(const struct buf *content, const struct xml_element *e)
{
	return xml_attr_is(e, "name", "Standard") ||
	    xml_attr_is(e, "name", "Default") ||
	    odf_is_asked(content, e, "master-page-name");
}
