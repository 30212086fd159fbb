#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/container.h"
#include "formats/flow.h"
#include "formats/odfelement.h"
#include "formats/odflist.h"
#include "formats/odfobject.h"
#include "formats/odfstyle.h"
#include "formats/office.h"
#include "formats/running.h"
#include "formats/slide.h"
#include "formats/xmlread.h"

struct odf {
	struct flow *flow;	/* of the text, or of the slide */
	struct flow text;
	struct flow margin;	/* of a header or footer */
	struct slide slide;
	struct odf_styles styles;
	struct odf_lists lists;
	struct running running;
	struct out *out;
	const struct buf *content;	/* which uses master pages */
	struct odf_objects *objects;
	unsigned dropping;	/* depth within what is not text, or 0 */
	bool is_master_used;	/* of the master page that is read */
	bool in_master;
	bool in_margin;
	bool is_repeated;	/* the margin is a shape of a master page */
	unsigned shapes;	/* of it that are open */
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
	odf_styles_clear(&o->styles);
	odf_lists_clear(&o->lists);
	flow_clear(&o->text);
	flow_clear(&o->margin);
	slide_clear(&o->slide);
}

static const struct odf_style *
style_of(const struct odf *o, const struct xml_element *e)
{
	size_t len;
	const char *name = xml_attr(e, "style-name", &len);

	return odf_style(&o->styles, name, len);
}

/* A text:p that is a heading by its style: mostly the title. */
static unsigned
level_of(const struct odf *o, const struct xml_element *e)
{
	size_t len;
	const char *name = xml_attr(e, "style-name", &len);
	const struct odf_style *s = odf_style(&o->styles, name, len);

	return s != NULL ? s->level :
	    name != NULL ? office_style_level(name, len) : 0;
}

/* A span or paragraph that is not shown, or a section. */
static bool
is_hidden(const struct odf *o, enum odf_element what,
    const struct xml_element *e)
{
	const struct odf_style *s;

	if (what == ODF_SECTION)
		return xml_attr_is(e, "display", "none");
	if (what != ODF_SPAN && what != ODF_PARAGRAPH && what != ODF_HEADING)
		return false;
	s = style_of(o, e);
	return s != NULL && s->is_hidden;
}

static void
on_span(struct odf *o, const struct xml_element *e)
{
	const struct odf_style *s = style_of(o, e);

	if (o->has_slides && s != NULL)
		slide_size(&o->slide, s->size);
}

static void
put_label(struct odf *o, const struct xml_element *e, unsigned level)
{
	struct buf label CLEAN(buf_clear) = BUF_INIT;

	if (o->has_slides || o->in_comment)
		return;
	odf_list_label(&o->lists, &o->styles, e, level, &label);
	flow_label(o->flow, buf_str(&label), label.len);
}

static void
on_paragraph(struct odf *o, const struct xml_element *e)
{
	unsigned level = level_of(o, e);

	if (level > 0 && !o->has_slides && level <= 6 && o->flow->rows == 0)
		flow_heading(o->flow, level);
	else
		flow_break(o->flow);
	put_label(o, e, 0);
}

static void
on_heading(struct odf *o, const struct xml_element *e)
{
	unsigned level = odf_number(e, "outline-level", 1);

	if (o->flow->rows == 0 && !o->has_slides)
		flow_heading(o->flow, level < 1 ? 1 : level > 6 ? 6 : level);
	else
		flow_break(o->flow);
	put_label(o, e, level);
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

static void
on_shape(struct odf *o, const struct xml_element *e)
{
	if (o->has_slides)
		slide_shape(&o->slide, odf_shape_role(e, o->in_notes));
	else {
		flow_box(o->flow);
		o->shapes += o->is_repeated;
	}
}

/* ---- headers and footers ---- */

static void
emit_margin(void *arg, unsigned level, const char *s, size_t n)
{
	struct odf *o = arg;

	(void)level;
	running_emit(&o->running, o->out, s, n);
}

static void
to_margin(struct odf *o)
{
	flow_clear(&o->margin);
	flow_init_to(&o->margin, emit_margin, o);
	o->flow = &o->margin;
	o->in_body = o->in_margin = true;
}

static void
begin_margin(struct odf *o, const struct xml_element *e)
{
	if (o->in_body || !o->is_master_used ||
	    xml_attr_is(e, "display", "false"))
		o->dropping++;
	else
		to_margin(o);
}

static void
end_margin(struct odf *o)
{
	flow_end(&o->margin);
	o->flow = &o->text;
	o->in_body = o->in_margin = false;
}

/*
 * A shape on the master page of slides: on all of them, if it is not where they
 * have something of their own.
 */
static void
begin_repeated(struct odf *o, const struct xml_element *e)
{
	size_t len;

	if (!o->is_master_used || xml_attr(e, "class", &len) != NULL ||
	    xml_attr_is(e, "placeholder", "true")) {
		o->dropping++;
		return;
	}
	to_margin(o);
	o->is_repeated = true;
	o->shapes = 0;
}

static void
end_shape(struct odf *o)
{
	flow_note_end(o->flow);
	if (!o->is_repeated || --o->shapes > 0)
		return;
	o->is_repeated = false;
	end_margin(o);
}

/* The text of a header or footer that slides refer to. */
static void
begin_declared(struct odf *o, const struct xml_element *e)
{
	if (o->has_slides && odf_is_asked(o->content, e, strcmp(e->name,
	    "header-decl") == 0 ? "use-header-name" : "use-footer-name"))
		to_margin(o);
	else
		o->dropping++;
}

static void
end_declared(struct odf *o)
{
	end_margin(o);
	o->flow = &o->slide.flow;
	o->in_body = true;
}

/* What a page number says depends on the page. */
static void
on_number(struct odf *o, const struct xml_element *e)
{
	if (o->in_margin)
		flow_text(o->flow, RUNNING_NUMBER, 1);
	else if (strcmp(e->name, "page-count") == 0)
		return;
	o->dropping++;
}

/* ---- events ---- */

static void
on_body(struct odf *o, const struct xml_element *e)
{
	o->in_body = true;
	o->has_sheets = strcmp(e->name, "spreadsheet") == 0;
	o->has_slides = strcmp(e->name, "presentation") == 0 ||
	    strcmp(e->name, "drawing") == 0;
	o->flow = o->has_slides ? &o->slide.flow : &o->text;
}

/* On a slide it has no place in a text: it comes with the notes. */
static void
begin_comment(struct odf *o)
{
	if (o->has_slides)
		slide_shape(&o->slide, SLIDE_NOTES);
	flow_comment(o->flow);
	o->in_comment = true;
	o->in_paragraph = false;
}

static void
start(void *arg, const struct xml_element *e)
{
	struct odf *o = arg;
	enum odf_element what = odf_element(e);

	if (o->dropping > 0 || what == ODF_DROP || is_hidden(o, what, e)) {
		o->dropping++;
		return;
	}
	if (what == ODF_MASTER) {
		o->is_master_used = odf_is_used(o->content, e);
		o->in_master = true;
	} else if (what == ODF_MARGIN)
		begin_margin(o, e);
	else if (what == ODF_DECLARED)
		begin_declared(o, e);
	else if (what == ODF_NOTES && o->in_master)
		o->dropping++;
	else if (what == ODF_SHAPE && o->in_master && !o->in_margin)
		begin_repeated(o, e);
	else if (what == ODF_BODY)
		on_body(o, e);
	else if (!o->in_body)
		odf_styles_start(&o->styles, e);
	if (!o->in_body)
		return;
	o->in_paragraph = o->in_paragraph || what == ODF_PARAGRAPH;
	switch (what) {
	case ODF_PARAGRAPH:
		on_paragraph(o, e);
		break;
	case ODF_HEADING:
		on_heading(o, e);
		break;
	case ODF_ROW:
		flow_row(o->flow);
		break;
	case ODF_CELL:
		flow_cell(o->flow);
		break;
	case ODF_NOTE:
		flow_note(o->flow);
		break;
	case ODF_COMMENT:
		begin_comment(o);
		break;
	case ODF_LIST:
		odf_list_begin(&o->lists, &o->styles, e);
		break;
	case ODF_ITEM:
		odf_item_begin(&o->lists, &o->styles, e);
		break;
	case ODF_NUMBERED:
		odf_numbered_begin(&o->lists, &o->styles, e);
		break;
	case ODF_NUMBER:
		on_number(o, e);
		break;
	case ODF_SPACES:
		flow_text(o->flow, " ", 1);
		break;
	case ODF_TAB:
		flow_tab(o->flow);
		break;
	case ODF_LINE:
		flow_line(o->flow);
		break;
	case ODF_SHEET:
		on_sheet(o, e);
		break;
	case ODF_SLIDE:
		slide_begin(&o->slide);
		break;
	case ODF_SHAPE:
		on_shape(o, e);
		break;
	case ODF_OBJECT:
		odf_object_read(o->objects, e, o->has_sheets, o->flow, o->out);
		break;
	case ODF_SPAN:
		on_span(o, e);
		break;
	case ODF_NOTES:
		o->in_notes = true;
		break;
	case ODF_NOTHING:
	case ODF_BODY:
	case ODF_SECTION:
	case ODF_MASTER:
	case ODF_MARGIN:
	case ODF_DECLARED:
	case ODF_DROP:
		break;
	}
}

static void
end(void *arg, const struct xml_element *e)
{
	struct odf *o = arg;
	enum odf_element what;

	if (o->dropping > 0) {
		o->dropping--;
		return;
	}
	what = odf_element(e);
	if (what == ODF_MASTER)
		o->in_master = false;
	if (!o->in_body) {
		odf_styles_end(&o->styles, e);
		return;
	}
	if (what == ODF_PARAGRAPH || what == ODF_HEADING) {
		o->in_paragraph = false;
		if (o->flow->level > 0)
			flow_heading_end(o->flow);
		else
			flow_break(o->flow);
	} else if (what == ODF_SLIDE)
		slide_end(&o->slide);
	else if (what == ODF_NOTES)
		o->in_notes = false;
	else if (what == ODF_ROW)
		flow_row_end(o->flow);
	else if (what == ODF_NOTE)
		flow_note_end(o->flow);
	else if (what == ODF_COMMENT) {
		flow_note_end(o->flow);
		o->in_comment = false;
	} else if (what == ODF_LIST)
		odf_list_end(&o->lists);
	else if (what == ODF_NUMBERED)
		odf_numbered_end(&o->lists);
	else if (what == ODF_SHAPE && !o->has_slides)
		end_shape(o);
	else if (what == ODF_MARGIN)
		end_margin(o);
	else if (what == ODF_DECLARED)
		end_declared(o);
	else if (what == ODF_BODY)
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

/* Damage may have ended a part within anything. */
static void
reset(struct odf *o)
{
	o->dropping = 0;
	o->in_body = o->in_margin = o->in_master = o->is_repeated = false;
	o->lists.depth = 0;
	o->flow = &o->text;
}

enum part { MANIFEST, META, STYLES, CONTENT, NPARTS };

static enum extract_status
read_parts(const struct zip_member *parts, struct odf_objects *objects,
    struct out *out)
{
	static const struct xml_reader reader = { odf_namespaces, true, start, end,
	    text };
	struct odf o CLEAN(odf_clear) = { .out = out,
	    .content = &parts[CONTENT].bytes, .objects = objects };
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
	/* Without its styles a text is still one. */
	if (parts[STYLES].bytes.len > 0)
		xml_read(&reader, &o, parts[STYLES].bytes.s,
		    parts[STYLES].bytes.len, out);
	reset(&o);
	status = xml_read(&reader, &o, buf_str(&parts[CONTENT].bytes),
	    parts[CONTENT].bytes.len, out);
	if (status != EXTRACT_OK)
		return status;
	flow_end(&o.text);
	return o.text.has_text || o.slide.has_text ? EXTRACT_OK :
	    EXTRACT_EMPTY;
}

enum extract_status
format_odf(const struct input *in, struct out *out)
{
	struct zip_member parts[NPARTS] = {
		{ "META-INF/manifest.xml", false, BUF_INIT },
		{ "meta.xml", false, BUF_INIT },
		{ "styles.xml", false, BUF_INIT },
		{ "content.xml", false, BUF_INIT },
	};
	struct odf_objects objects CLEAN(odf_objects_clear) = { 0 };
	enum extract_status status = container_load(in, parts, NPARTS, out);

	if (status == EXTRACT_OK)
		status = odf_objects_load(&objects, in, out);
	if (status == EXTRACT_OK)
		status = read_parts(parts, &objects, out);
	zip_members_clear(parts, NPARTS);
	return status;
}
