#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/container.h"
#include "formats/flow.h"
#include "formats/office.h"
#include "formats/slide.h"
#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office" },
	{ "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text" },
	{ "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table" },
	{ "urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style" },
	{ "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw" },
	{ "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
	    "presentation" },
	{ "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg" },
	{ NULL, NULL }
};

enum what {
	PARAGRAPH, HEADING, ROW, CELL, NOTE, COMMENT, SPACES, TAB, LINE, BODY, SHEET,
	STYLE, FONT,
	SLIDE, SHAPE, NOTES, SPAN,
	DROP,			/* with all that is in it */
};

static const struct {
	const char *ns, *name;
	enum what what;
} elements[] = {
	{ "text", "p", PARAGRAPH },
	{ "text", "h", HEADING },
	{ "text", "s", SPACES },
	{ "text", "tab", TAB },
	{ "text", "line-break", LINE },
	{ "text", "note", NOTE },
	{ "table", "table-row", ROW },
	{ "table", "table-cell", CELL },
	{ "style", "style", STYLE },
	{ "style", "text-properties", FONT },
	{ "office", "text", BODY },
	{ "office", "spreadsheet", BODY },
	{ "office", "presentation", BODY },
	{ "office", "drawing", BODY },
	{ "table", "table", SHEET },
	{ "draw", "page", SLIDE },
	{ "draw", "frame", SHAPE },
	{ "draw", "custom-shape", SHAPE },
	{ "presentation", "notes", NOTES },
	{ "text", "span", SPAN },
	{ "text", "note-citation", DROP },
	{ "text", "tracked-changes", DROP },
	{ "text", "table-of-content", DROP },
	{ "text", "sequence-decls", DROP },
	{ "text", "ruby-text", DROP },
	{ "text", "page-number", DROP },
	{ "table", "tracked-changes", DROP },
	{ "table", "content-validations", DROP },
	{ "table", "dde-links", DROP },
	{ "office", "annotation", COMMENT },
	{ "office", "forms", DROP },
	{ "office", "scripts", DROP },
	{ "svg", "title", DROP },
	{ "svg", "desc", DROP },
};

/* An automatic style: the heading level of its parent, the size of its font. */
struct style {
	char *name;
	unsigned level, size;
};

struct odf {
	struct flow *flow;	/* of the text, or of the slide */
	struct flow text;
	struct slide slide;
	struct style *styles;
	size_t nstyles, cap_styles;
	unsigned dropping;	/* depth within what is not text, or 0 */
	bool in_style;
	bool has_sheets;	/* tables of the body are sheets */
	bool has_slides;
	bool in_notes;		/* the speaker's, of a slide */
	bool in_body;
	bool in_comment;	/* its text is in paragraphs; who made it not */
	bool in_paragraph;	/* of a comment */
};

static void
odf_clear(struct odf *o)
{
	size_t i;

	for (i = 0; i < o->nstyles; i++)
		free(o->styles[i].name);
	free(o->styles);
	flow_clear(&o->text);
	slide_clear(&o->slide);
}

static int
find(const struct xml_element *e)
{
	size_t i;

	for (i = 0; i < NELEM(elements); i++)
		if (xml_is(e, elements[i].ns, elements[i].name))
			return (int)elements[i].what;
	return -1;
}

static void
on_style(struct odf *o, const struct xml_element *e)
{
	size_t len, parent_len;
	const char *name = xml_attr(e, "name", &len);
	const char *parent = xml_attr(e, "parent-style-name", &parent_len);

	o->in_style = name != NULL;
	if (name == NULL)
		return;
	GROW(o->styles, o->nstyles, o->cap_styles);
	o->styles[o->nstyles++] = (struct style){ xstrndup(name, len),
	    parent != NULL ? office_style_level(parent, parent_len) : 0, 0 };
}

/* Of the style it stands in: points. */
static void
on_font(struct odf *o, const struct xml_element *e)
{
	size_t len;
	const char *s = xml_attr(e, "font-size", &len);
	unsigned size = 0;

	if (s == NULL || !o->in_style)
		return;
	for (; len > 0 && *s >= '0' && *s <= '9' && size < 1000; s++, len--)
		size = size * 10 + (unsigned)(*s - '0');
	o->styles[o->nstyles - 1].size = size;
}

static const struct style *
style_of(const struct odf *o, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < o->nstyles; i++)
		if (strlen(o->styles[i].name) == len &&
		    memcmp(o->styles[i].name, name, len) == 0)
			return &o->styles[i];
	return NULL;
}

/* A text:p that is a heading by its style: mostly the title. */
static unsigned
level_of(const struct odf *o, const struct xml_element *e)
{
	size_t len;
	const char *name = xml_attr(e, "style-name", &len);
	const struct style *s;

	if (name == NULL)
		return 0;
	s = style_of(o, name, len);
	return s != NULL && s->level > 0 ? s->level :
	    office_style_level(name, len);
}

static void
on_span(struct odf *o, const struct xml_element *e)
{
	size_t len;
	const char *name = xml_attr(e, "style-name", &len);
	const struct style *s;

	if (o->has_slides && name != NULL &&
	    (s = style_of(o, name, len)) != NULL)
		slide_size(&o->slide, s->size);
}

static void
on_paragraph(struct odf *o, const struct xml_element *e)
{
	unsigned level = level_of(o, e);

	if (level > 0 && !o->has_slides && level <= 6 && o->flow->rows == 0)
		flow_heading(o->flow, level);
	else
		flow_break(o->flow);
}

static void
on_heading(struct odf *o, const struct xml_element *e)
{
	size_t len;
	const char *s = xml_attr(e, "outline-level", &len);
	unsigned level = s != NULL && len == 1 && *s >= '1' && *s <= '6' ?
	    (unsigned)(*s - '0') : s != NULL ? 6 : 1;

	if (o->flow->rows == 0 && !o->has_slides)
		flow_heading(o->flow, level);
	else
		flow_break(o->flow);
}

/* The name of a sheet is the heading of its rows. */
static void
on_sheet(struct odf *o, const struct xml_element *e)
{
	size_t len;
	const char *name = xml_attr(e, "name", &len);

	if (!o->has_sheets || o->flow->rows > 0 || name == NULL ||
	    office_is_sheet_number(name, len))
		return;
	flow_heading(o->flow, 2);
	flow_text(o->flow, name, len);
	flow_heading_end(o->flow);
}

/* On the page of notes there is a picture of the slide, and more. */
static enum slide_role
role_of(const struct odf *o, const struct xml_element *e)
{
	static const struct {
		const char *class;
		enum slide_role role;
	} classes[] = {
		{ "title", SLIDE_TITLE },
		{ "notes", SLIDE_NOTES },
		{ "header", SLIDE_FRAME },
		{ "footer", SLIDE_FRAME },
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
	return o->in_notes ? SLIDE_NOTES : SLIDE_TEXT;
}

static void
on_shape(struct odf *o, const struct xml_element *e)
{
	if (o->has_slides)
		slide_shape(&o->slide, role_of(o, e));
	else
		flow_break(o->flow);
}

static void
on_body(struct odf *o, const struct xml_element *e)
{
	o->in_body = true;
	o->has_sheets = strcmp(e->name, "spreadsheet") == 0;
	o->has_slides = strcmp(e->name, "presentation") == 0 ||
	    strcmp(e->name, "drawing") == 0;
	o->flow = o->has_slides ? &o->slide.flow : &o->text;
}

static void
start(void *arg, const struct xml_element *e)
{
	struct odf *o = arg;
	int what = find(e);

	if (o->dropping > 0 || what == DROP ||
	    (what == COMMENT && (o->has_sheets || o->has_slides))) {
		o->dropping++;
		return;
	}
	if (what == STYLE)
		on_style(o, e);
	else if (what == FONT)
		on_font(o, e);
	else if (what == BODY)
		on_body(o, e);
	if (!o->in_body)
		return;
	o->in_paragraph = o->in_paragraph || what == PARAGRAPH;
	switch (what) {
	case PARAGRAPH:
		on_paragraph(o, e);
		break;
	case HEADING:
		on_heading(o, e);
		break;
	case ROW:
		flow_row(o->flow);
		break;
	case CELL:
		flow_cell(o->flow);
		break;
	case NOTE:
		flow_note(o->flow);
		break;
	case COMMENT:
		flow_comment(o->flow);
		o->in_comment = true;
		o->in_paragraph = false;
		break;
	case SPACES:
		flow_text(o->flow, " ", 1);
		break;
	case TAB:
		flow_tab(o->flow);
		break;
	case LINE:
		flow_line(o->flow);
		break;
	case SHEET:
		on_sheet(o, e);
		break;
	case SLIDE:
		slide_begin(&o->slide);
		break;
	case SHAPE:
		on_shape(o, e);
		break;
	case SPAN:
		on_span(o, e);
		break;
	case NOTES:
		o->in_notes = true;
		break;
	default:
		break;
	}
}

static void
end(void *arg, const struct xml_element *e)
{
	struct odf *o = arg;
	int what;

	if (o->dropping > 0) {
		o->dropping--;
		return;
	}
	what = find(e);
	if (what == STYLE)
		o->in_style = false;
	if (!o->in_body)
		return;
	if (what == PARAGRAPH || what == HEADING) {
		o->in_paragraph = false;
		if (o->flow->level > 0)
			flow_heading_end(o->flow);
		else
			flow_break(o->flow);
	} else if (what == SLIDE)
		slide_end(&o->slide);
	else if (what == NOTES)
		o->in_notes = false;
	else if (what == ROW)
		flow_row_end(o->flow);
	else if (what == NOTE)
		flow_note_end(o->flow);
	else if (what == COMMENT) {
		flow_note_end(o->flow);
		o->in_comment = false;
	}
	else if (what == BODY)
		o->in_body = false;
}

static void
text(void *arg, const char *s, size_t n)
{
	struct odf *o = arg;

	if (o->in_body && o->dropping == 0 &&
	    (!o->in_comment || o->in_paragraph))
		flow_text(o->flow, s, n);
}

enum part { MANIFEST, META, CONTENT, NPARTS };

static enum extract_status
read_parts(const struct zip_member *parts, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };
	struct odf o CLEAN(odf_clear) = { 0 };
	const struct buf *manifest = &parts[MANIFEST].bytes;
	enum extract_status status;

	/* The members stay ZIP members, their bytes are noise. */
	if (memmem(buf_str(manifest), manifest->len, "encryption-data", 15) !=
	    NULL)
		return EXTRACT_ENCRYPTED;
	office_properties(buf_str(&parts[META].bytes), parts[META].bytes.len,
	    out);
	if (!parts[CONTENT].is_found) {
		out_reason(out, "no content.xml");
		return EXTRACT_MALFORMED;
	}
	flow_init(&o.text, out);
	o.flow = &o.text;
	slide_init(&o.slide, out);
	status = xml_read(&reader, &o, buf_str(&parts[CONTENT].bytes),
	    parts[CONTENT].bytes.len, out);
	if (status != EXTRACT_OK)
		return status;
	flow_end(&o.text);
	return o.text.has_text || o.slide.flow.has_text ? EXTRACT_OK :
	    EXTRACT_EMPTY;
}

enum extract_status
format_odf(const struct input *in, struct out *out)
{
	struct zip_member parts[NPARTS] = {
		{ "META-INF/manifest.xml", false, BUF_INIT },
		{ "meta.xml", false, BUF_INIT },
		{ "content.xml", false, BUF_INIT },
	};
	enum extract_status status = container_load(in, parts, NPARTS, out);

	if (status == EXTRACT_OK)
		status = read_parts(parts, out);
	zip_members_clear(parts, NPARTS);
	return status;
}
