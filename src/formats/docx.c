#include <config.h>

#include "formats/format.h"

#include <string.h>

#include "formats/chart.h"
#include "formats/docxelement.h"
#include "formats/docxfield.h"
#include "formats/docxnote.h"
#include "formats/docxstyle.h"
#include "formats/drawn.h"
#include "formats/flow.h"
#include "formats/office.h"
#include "formats/opc.h"
#include "formats/running.h"

/* Boxes within boxes; what is in deeper ones is left out. */
#define MAX_BOXES 8

enum note_kind { COMMENTS, FOOTNOTES, ENDNOTES, NKINDS };

/* What begins anew in a box. */
struct place {
	unsigned runs;		/* depth of runs */
	unsigned hidden;	/* the depth of the one that is, or 0 */
	bool is_hidden;		/* all of it */
	bool in_properties;	/* of a paragraph */
	bool is_contents;	/* a paragraph of a table of contents */
	bool is_joined;		/* its end is deleted: the next one goes on */
};

struct word {
	struct opc opc;
	struct out *out;
	struct flow flow;
	struct docx_styles styles;
	struct docx_fields fields;
	struct docx_notes notes[NKINDS];
	struct docx_notes *into;	/* what is read is notes, for these */
	struct running running;
	bool in_running;	/* what is read is a header or footer */
	const char *part;	/* that is read */
	struct docx_paragraph paragraph;
	struct place place, outer[MAX_BOXES];
	unsigned boxes;
	unsigned dropping;	/* depth within what is not text, or 0 */
	bool in_text, in_code;	/* of a run; of a field */
};

static void
word_clear(struct word *w)
{
	enum note_kind k;

	for (k = 0; k < NKINDS; k++)
		docx_notes_clear(&w->notes[k]);
	docx_styles_clear(&w->styles);
	docx_fields_clear(&w->fields);
	flow_clear(&w->flow);
	opc_clear(&w->opc);
}

static void
put_note(struct word *w, enum note_kind kind, const struct xml_element *e)
{
	size_t len;
	const char *id = xml_attr(e, "id", &len);
	struct buf *text = id != NULL ?
	    docx_note(&w->notes[kind], id, len) : NULL;

	if (text == NULL)
		return;
	if (kind == COMMENTS)
		flow_comment(&w->flow);
	else
		flow_note(&w->flow);
	flow_text(&w->flow, buf_str(text), text->len);
	flow_note_end(&w->flow);
	buf_cut(text, 0);
}

/* ---- boxes ---- */

static void
begin_box(struct word *w)
{
	if (w->boxes == MAX_BOXES) {
		w->dropping = 1;
		return;
	}
	flow_box(&w->flow);
	w->outer[w->boxes++] = w->place;
	w->place = (struct place){ .is_hidden = w->place.is_hidden ||
	    w->place.hidden > 0 };
}

static void
end_box(struct word *w)
{
	if (w->boxes == 0)
		return;
	w->place = w->outer[--w->boxes];
	flow_note_end(&w->flow);
}

/* Letters drawn as a picture: CONCEPT across the page, mostly. */
static void
on_word_art(struct word *w, const struct xml_element *e)
{
	size_t len;
	const char *s = xml_attr(e, "string", &len);

	if (s == NULL)
		return;
	flow_box(&w->flow);
	flow_text(&w->flow, s, len);
	flow_note_end(&w->flow);
}

/* The name of the part of that kind that an element stands for, or NULL. */
static const char *
part_of(const struct word *w, const struct xml_element *e, const char *attr,
    enum opc_kind kind)
{
	const struct opc_relation *r;
	size_t len;
	const char *id = xml_attr_prefixed(e, attr, &len);

	r = id != NULL ? opc_by_id(&w->opc, w->part, id, len) : NULL;
	return r != NULL && r->kind == kind ? r->to : NULL;
}

static void
on_diagram(struct word *w, const struct xml_element *e)
{
	const char *name = part_of(w, e, "dm", OPC_DIAGRAM);
	const struct buf *part = name != NULL ?
	    opc_part_once(&w->opc, name) : NULL;

	if (part == NULL)
		return;
	flow_box(&w->flow);
	drawn_read(part, &w->flow, w->out);
	flow_note_end(&w->flow);
}

static void
on_chart(struct word *w, const struct xml_element *e)
{
	const char *name = part_of(w, e, "id", OPC_CHART);

	if (name == NULL)
		return;
	flow_box(&w->flow);
	chart_in_package(&w->opc, name, false, &w->flow, w->out);
	flow_note_end(&w->flow);
}

/* ---- paragraphs and runs ---- */

/* Its properties come first. */
static void
begin_properties(struct word *w)
{
	w->place.in_properties = true;
	w->paragraph = (struct docx_paragraph){ .list = DOCX_UNSAID,
	    .list_level = DOCX_UNSAID };
}

static void
on_property(struct word *w, const struct xml_element *e)
{
	size_t len;
	const char *id;

	if (strcmp(e->name, "pStyle") == 0 &&
	    (id = xml_attr(e, "val", &len)) != NULL)
		docx_set_style(&w->styles, id, len, &w->paragraph);
	else if (strcmp(e->name, "outlineLvl") == 0 && docx_outline(e) > 0)
		w->paragraph.level = docx_outline(e);
	else if (strcmp(e->name, "numId") == 0)
		w->paragraph.list = docx_number(e);
	else if (strcmp(e->name, "ilvl") == 0)
		w->paragraph.list_level = docx_number(e);
}

/* A paragraph that goes on in the next is what that one is. */
static void
end_properties(struct word *w)
{
	struct buf label CLEAN(buf_clear) = BUF_INIT;
	unsigned level = w->paragraph.level;

	w->place.in_properties = false;
	w->place.is_contents = level == OFFICE_CONTENTS;
	if (w->place.is_contents || w->place.is_joined)
		return;
	docx_label(&w->styles, &w->paragraph, &label);
	if (w->flow.rows == 0 && w->flow.text.len > 0)
		w->flow.level = level;
	else {
		if (w->flow.rows == 0 && level > 0)
			flow_heading(&w->flow, level);
		flow_label(&w->flow, buf_str(&label), label.len);
	}
}

static void
begin_paragraph(struct word *w)
{
	if (!w->place.is_joined)
		flow_break(&w->flow);
	w->place.is_contents = false;
	w->place.is_joined = false;
}

static void
end_paragraph(struct word *w)
{
	w->place.is_contents = false;
	if (w->place.is_joined)
		return;
	if (w->flow.level > 0)
		flow_heading_end(&w->flow);
	else
		flow_break(&w->flow);
}

static void
on_field(struct word *w, const struct xml_element *e)
{
	docx_field(&w->fields, e);
	if (w->in_running && docx_field_is_page(&w->fields))
		flow_text(&w->flow, RUNNING_NUMBER, 1);
}

static bool
is_hidden(const struct word *w)
{
	return w->place.is_contents || w->place.is_hidden ||
	    w->place.hidden > 0 || docx_field_hides(&w->fields) ||
	    (w->in_running && w->fields.pages != 0);
}

static void
put_text(struct word *w, const char *s, size_t n)
{
	if (!is_hidden(w))
		flow_text(&w->flow, s, n);
}

static void
on_run(struct word *w, const struct xml_element *e)
{
	struct flow *f = &w->flow;
	const char *choice;
	size_t len;

	if (strcmp(e->name, "t") == 0)
		w->in_text = true;
	else if (strcmp(e->name, "instrText") == 0)
		w->in_code = true;
	else if (strcmp(e->name, "fldChar") == 0)
		on_field(w, e);
	else if (docx_field_choice(&w->fields, e, &choice, &len))
		put_text(w, choice, len);
	else if (strcmp(e->name, "vanish") == 0) {
		if (docx_is_on(e) && w->place.hidden == 0)
			w->place.hidden = w->place.runs;
	} else if (strcmp(e->name, "tab") == 0 || strcmp(e->name, "ptab") == 0)
		flow_tab(f);
	else if (strcmp(e->name, "br") == 0 || strcmp(e->name, "cr") == 0)
		flow_line(f);
	else if (strcmp(e->name, "noBreakHyphen") == 0)
		flow_text(f, "-", 1);
	else if (strcmp(e->name, "commentReference") == 0)
		put_note(w, COMMENTS, e);
	else if (strcmp(e->name, "footnoteReference") == 0)
		put_note(w, FOOTNOTES, e);
	else if (strcmp(e->name, "endnoteReference") == 0)
		put_note(w, ENDNOTES, e);
}

static void
on_element(struct word *w, const struct xml_element *e)
{
	struct flow *f = &w->flow;

	if (w->place.in_properties)
		on_property(w, e);
	else if (strcmp(e->name, "p") == 0)
		begin_paragraph(w);
	else if (strcmp(e->name, "pPr") == 0)
		begin_properties(w);
	else if (strcmp(e->name, "tr") == 0)
		flow_row(f);
	else if (strcmp(e->name, "tc") == 0)
		flow_cell(f);
	else if (strcmp(e->name, "txbxContent") == 0)
		begin_box(w);
	else if (strcmp(e->name, "r") == 0)
		w->place.runs++;
	else if (w->into != NULL && (strcmp(e->name, "comment") == 0 ||
	    strcmp(e->name, "footnote") == 0 ||
	    strcmp(e->name, "endnote") == 0)) {
		flow_end(f);
		docx_notes_add(w->into, e);
	}
	else if (w->place.runs > 0)
		on_run(w, e);
}

static void
word_start(void *arg, const struct xml_element *e)
{
	struct word *w = arg;

	if (w->dropping == 0 && w->place.in_properties &&
	    (xml_is(e, "w", "del") || xml_is(e, "w", "moveFrom")))
		w->place.is_joined = true;
	if (w->dropping > 0 || docx_is_dropped(e, w->into != NULL))
		w->dropping++;
	else if (xml_is(e, "w", "fldSimple") && w->in_running &&
	    docx_field_simple_is_page(e)) {
		flow_text(&w->flow, RUNNING_NUMBER, 1);
		w->dropping++;
	} else if (strcmp(e->ns, "w") == 0)
		on_element(w, e);
	else if (xml_is(e, "dgm", "relIds"))
		on_diagram(w, e);
	else if (xml_is(e, "c", "chart"))
		on_chart(w, e);
	else if (xml_is(e, "v", "textpath"))
		on_word_art(w, e);
}

static void
word_end(void *arg, const struct xml_element *e)
{
	struct word *w = arg;

	if (w->dropping > 0) {
		w->dropping--;
		return;
	}
	if (strcmp(e->ns, "w") != 0)
		return;
	if (strcmp(e->name, "pPr") == 0)
		end_properties(w);
	else if (strcmp(e->name, "t") == 0)
		w->in_text = false;
	else if (strcmp(e->name, "instrText") == 0)
		w->in_code = false;
	else if (strcmp(e->name, "r") == 0 && w->place.runs > 0) {
		if (w->place.hidden == w->place.runs)
			w->place.hidden = 0;
		w->place.runs--;
	} else if (strcmp(e->name, "p") == 0)
		end_paragraph(w);
	else if (strcmp(e->name, "tr") == 0)
		flow_row_end(&w->flow);
	else if (strcmp(e->name, "txbxContent") == 0)
		end_box(w);
}

static void
word_text(void *arg, const char *s, size_t n)
{
	struct word *w = arg;

	if (w->dropping > 0)
		return;
	if (w->in_code)
		docx_field_code(&w->fields, s, n);
	else if (w->in_text)
		put_text(w, s, n);
}

/* ---- the parts ---- */

static enum extract_status
read_part(struct word *w, const char *name, const struct xml_reader *reader,
    void *arg)
{
	const struct buf *part = opc_part(&w->opc, name);
	enum extract_status status;

	if (part == NULL)
		return EXTRACT_OK;
	w->part = name;
	w->dropping = w->boxes = 0;
	w->in_text = w->in_code = false;
	w->place = (struct place){ 0 };
	docx_fields_clear(&w->fields);
	status = xml_read(reader, arg, part->s, part->len, w->out);
	flow_end(&w->flow);
	return status;
}

static enum extract_status
read_all(struct word *w, enum opc_kind kind, const struct xml_reader *reader,
    void *arg)
{
	const struct opc_relation *r = NULL;
	const char *from = opc_main(&w->opc);
	enum extract_status status = EXTRACT_OK;

	while (status != EXTRACT_BOMB &&
	    (r = opc_next(&w->opc, from, kind, r)) != NULL)
		status = read_part(w, r->to, reader, arg);
	return status;
}

static const struct xml_reader word_reader = { docx_namespaces, true,
    word_start, word_end, word_text };

static enum extract_status
read_notes(struct word *w, enum opc_kind kind, struct docx_notes *into)
{
	enum extract_status status;

	w->into = into;
	flow_init_to(&w->flow, docx_notes_emit, into);
	status = read_all(w, kind, &word_reader, w);
	flow_clear(&w->flow);
	w->into = NULL;
	return status;
}

static void
emit_running(void *arg, unsigned level, const char *s, size_t n)
{
	struct word *w = arg;

	(void)level;
	running_emit(&w->running, w->out, s, n);
}

static enum extract_status
read_running(struct word *w, enum opc_kind kind)
{
	enum extract_status status;

	w->in_running = true;
	flow_init_to(&w->flow, emit_running, w);
	status = read_all(w, kind, &word_reader, w);
	flow_clear(&w->flow);
	w->in_running = false;
	return status;
}

/*
 * What the text needs, before it: comments may be in notes.  A damaged part
 * costs only what is in it.
 */
static enum extract_status
read_others(struct word *w)
{
	static const struct {
		enum opc_kind kind;
		enum note_kind notes;
	} notes[] = {
		{ OPC_COMMENTS, COMMENTS }, { OPC_FOOTNOTES, FOOTNOTES },
		{ OPC_ENDNOTES, ENDNOTES },
	};
	size_t i;

	if (read_all(w, OPC_STYLES, &docx_styles_reader, &w->styles) ==
	    EXTRACT_BOMB || read_all(w, OPC_NUMBERING,
	    &docx_numbering_reader, &w->styles) == EXTRACT_BOMB ||
	    read_running(w, OPC_HEADER) == EXTRACT_BOMB ||
	    read_running(w, OPC_FOOTER) == EXTRACT_BOMB)
		return EXTRACT_BOMB;
	for (i = 0; i < NELEM(notes); i++)
		if (read_notes(w, notes[i].kind,
		    &w->notes[notes[i].notes]) == EXTRACT_BOMB)
			return EXTRACT_BOMB;
	return EXTRACT_OK;
}

static enum extract_status
read_document(struct word *w)
{
	enum extract_status status;

	flow_init(&w->flow, w->out);
	if ((status = read_others(w)) != EXTRACT_OK)
		return status;
	flow_init(&w->flow, w->out);
	status = read_part(w, opc_main(&w->opc), &word_reader, w);
	if (status != EXTRACT_OK)
		return status;
	docx_notes_rest(&w->notes[FOOTNOTES], &w->flow);
	docx_notes_rest(&w->notes[ENDNOTES], &w->flow);
	flow_end(&w->flow);
	return w->flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

enum extract_status
format_docx(const struct input *in, struct out *out)
{
	struct word w CLEAN(word_clear) = { .out = out };
	enum extract_status status;

	/* A package with a password is wrapped in an old Office file. */
	if (in->size > 4 && memcmp(in->bytes, "\xD0\xCF\x11\xE0", 4) == 0)
		return EXTRACT_ENCRYPTED;
	if ((status = opc_open(in, &w.opc, out)) != EXTRACT_OK)
		return status;
	if (opc_part(&w.opc, opc_main(&w.opc)) == NULL) {
		out_reason(out, "no main part");
		return EXTRACT_MALFORMED;
	}
	return read_document(&w);
}
