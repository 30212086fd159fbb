#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/chart.h"
#include "formats/opc.h"
#include "formats/slide.h"
#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "http://schemas.openxmlformats.org/presentationml/2006/main", "p" },
	{ "http://purl.oclc.org/ooxml/presentationml/main", "p" },
	{ "http://schemas.openxmlformats.org/drawingml/2006/main", "a" },
	{ "http://purl.oclc.org/ooxml/drawingml/main", "a" },
	{ "http://schemas.openxmlformats.org/drawingml/2006/chart", "c" },
	{ "http://purl.oclc.org/ooxml/drawingml/chart", "c" },
	{ "http://schemas.openxmlformats.org/markup-compatibility/2006", "mc" },
	{ "http://schemas.microsoft.com/office/powerpoint/2018/8/main", "p188" },
	{ NULL, NULL }
};

/* Masters and layouts that are looked at; what slides repeat is on few. */
#define MAX_MASTERS 64

struct deck {
	struct slide slide;
	struct opc opc;
	const char *main_part;
	const char *part;	/* that is read */
	struct out *out;
	enum slide_role role;	/* of shapes that do not say otherwise */
	unsigned dropping;	/* depth within what is not text, or 0 */
	bool in_text;
	bool is_alone;		/* what lies under this part is not shown */
	bool has_damage;
	const struct buf *masters[MAX_MASTERS];	/* those that were read */
	size_t nmasters;
};

static void
deck_clear(struct deck *d)
{
	slide_clear(&d->slide);
	opc_clear(&d->opc);
}

/* A placeholder says what is in its place. */
static void
on_placeholder(struct deck *d, const struct xml_element *e)
{
	static const struct {
		const char *type;
		enum slide_role role;
	} types[] = {
		{ "title", SLIDE_TITLE },
		{ "ctrTitle", SLIDE_TITLE },
		{ "sldNum", SLIDE_FRAME },
		{ "dt", SLIDE_FRAME },
		{ "ftr", SLIDE_MARGIN },
		{ "hdr", SLIDE_MARGIN },
		{ "sldImg", SLIDE_FRAME },
	};
	size_t i;

	/* Under a slide it only says where that has it. */
	if (d->role == SLIDE_MARGIN)
		slide_role(&d->slide, SLIDE_FRAME);
	for (i = 0; d->role != SLIDE_MARGIN && i < NELEM(types); i++)
		if (xml_attr_is(e, "type", types[i].type))
			slide_role(&d->slide, types[i].role);
}

static void
on_size(struct deck *d, const struct xml_element *e)
{
	size_t len;
	const char *s = xml_attr(e, "sz", &len);
	unsigned size = 0;

	for (; s != NULL && len > 0 && *s >= '0' && *s <= '9' &&
	    size < 1000000; s++, len--)
		size = size * 10 + (unsigned)(*s - '0');
	slide_size(&d->slide, size);
}

/* A number or a date: what it says depends on the slide, or the day. */
static bool
is_dropped(struct deck *d, const struct xml_element *e)
{
	bool in_margin = slide_role_now(&d->slide) == SLIDE_MARGIN;
	const char *type;
	size_t len;

	if (xml_is(e, "mc", "Fallback"))
		return true;
	if (!xml_is(e, "a", "fld") ||
	    (type = xml_attr(e, "type", &len)) == NULL)
		return false;
	if (xml_attr_is(e, "type", "slidenum")) {
		if (in_margin)
			flow_text(&d->slide.flow, RUNNING_NUMBER, 1);
		return true;
	}
	return in_margin && len >= 8 && memcmp(type, "datetime", 8) == 0;
}

static void
on_chart(struct deck *d, const struct xml_element *e)
{
	const struct opc_relation *r;
	size_t len;
	const char *id = xml_attr_prefixed(e, "id", &len);

	if (id == NULL || (r = opc_by_id(&d->opc, d->part, id, len)) == NULL ||
	    r->kind != OPC_CHART)
		return;
	if (chart_in_package(&d->opc, r->to, false, &d->slide.flow, d->out) !=
	    EXTRACT_OK)
		d->has_damage = true;
}

static void
start(void *arg, const struct xml_element *e)
{
	struct deck *d = arg;
	struct flow *f = &d->slide.flow;

	if (d->dropping > 0 || is_dropped(d, e)) {
		d->dropping++;
		return;
	}
	if (xml_is(e, "p", "sp") || xml_is(e, "p", "graphicFrame"))
		slide_shape(&d->slide, d->role);
	else if (xml_is(e, "p", "ph"))
		on_placeholder(d, e);
	else if (xml_is(e, "c", "chart"))
		on_chart(d, e);
	else if (xml_is(e, "p", "sld") || xml_is(e, "p", "sldLayout"))
		d->is_alone = xml_attr_is(e, "showMasterSp", "0") ||
		    xml_attr_is(e, "showMasterSp", "false");
	if (strcmp(e->ns, "a") != 0)
		return;
	if (strcmp(e->name, "p") == 0)
		flow_break(f);
	else if (strcmp(e->name, "t") == 0)
		d->in_text = true;
	else if (strcmp(e->name, "rPr") == 0)
		on_size(d, e);
	else if (strcmp(e->name, "br") == 0)
		flow_line(f);
	else if (strcmp(e->name, "tr") == 0)
		flow_row(f);
	else if (strcmp(e->name, "tc") == 0)
		flow_cell(f);
}

static void
end(void *arg, const struct xml_element *e)
{
	struct deck *d = arg;

	if (d->dropping > 0) {
		d->dropping--;
		return;
	}
	if (strcmp(e->ns, "a") != 0)
		return;
	if (strcmp(e->name, "t") == 0)
		d->in_text = false;
	else if (strcmp(e->name, "p") == 0)
		flow_break(&d->slide.flow);
	else if (strcmp(e->name, "tr") == 0)
		flow_row_end(&d->slide.flow);
}

static void
text(void *arg, const char *s, size_t n)
{
	struct deck *d = arg;

	if (d->in_text && d->dropping == 0)
		flow_text(&d->slide.flow, s, n);
}

/* ---- comments ---- */

/* A comment or a reply: the text as such, or in paragraphs as on a slide. */
static bool
is_comment(const struct xml_element *e)
{
	return xml_is(e, "p", "cm") || xml_is(e, "p188", "cm") ||
	    xml_is(e, "p188", "reply");
}

static void
comments_start(void *arg, const struct xml_element *e)
{
	struct deck *d = arg;

	if (is_comment(e))
		flow_comment(&d->slide.flow);
	else if (xml_is(e, "p", "text") || xml_is(e, "a", "t"))
		d->in_text = true;
	else if (xml_is(e, "a", "p"))
		flow_break(&d->slide.flow);
}

static void
comments_end(void *arg, const struct xml_element *e)
{
	struct deck *d = arg;

	if (is_comment(e))
		flow_note_end(&d->slide.flow);
	else if (xml_is(e, "p", "text") || xml_is(e, "a", "t"))
		d->in_text = false;
}

/* ---- slides ---- */

/* A damaged part costs its own text. */
static void
read_part(struct deck *d, const char *name, enum slide_role role,
    const struct xml_reader *reader)
{
	const struct buf *part = opc_part(&d->opc, name);

	d->part = name;
	d->role = role;
	d->dropping = 0;
	d->in_text = false;
	slide_shape(&d->slide, role);
	if (part == NULL || xml_read(reader, d, part->s, part->len,
	    d->out) != EXTRACT_OK)
		d->has_damage = true;
	while (d->slide.flow.rows > 0)
		flow_row_end(&d->slide.flow);
}

static void
read_all(struct deck *d, const char *from, enum opc_kind kind,
    enum slide_role role, const struct xml_reader *reader)
{
	const struct opc_relation *r = NULL;

	while ((r = opc_next(&d->opc, from, kind, r)) != NULL)
		read_part(d, r->to, role, reader);
}

static const struct xml_reader shapes = { namespaces, true, start, end, text };

static bool
is_new_master(struct deck *d, const char *name)
{
	const struct buf *part = opc_part(&d->opc, name);
	size_t i;

	for (i = 0; i < d->nmasters; i++)
		if (d->masters[i] == part)
			return false;
	if (part == NULL || d->nmasters == MAX_MASTERS)
		return false;
	d->masters[d->nmasters++] = part;
	return true;
}

/* What lies under a slide, and under that: the text of it, but for places. */
static void
read_under(struct deck *d, const char *name, enum opc_kind kind)
{
	const struct opc_relation *r = NULL;

	while ((r = opc_next(&d->opc, name, kind, r)) != NULL) {
		if (!is_new_master(d, r->to))
			continue;
		slide_under_begin(&d->slide);
		d->is_alone = false;
		read_part(d, r->to, SLIDE_MARGIN, &shapes);
		slide_under_end(&d->slide);
		if (kind == OPC_LAYOUT && !d->is_alone)
			read_under(d, r->to, OPC_MASTER);
	}
}

static void
read_slide(struct deck *d, const char *name)
{
	static const struct xml_reader comments = { namespaces, true,
	    comments_start, comments_end, text };

	bool is_alone;

	slide_begin(&d->slide);
	d->is_alone = false;
	read_part(d, name, SLIDE_TEXT, &shapes);
	is_alone = d->is_alone;
	read_all(d, name, OPC_DIAGRAM, SLIDE_TEXT, &shapes);
	read_all(d, name, OPC_NOTES, SLIDE_NOTES, &shapes);
	read_all(d, name, OPC_COMMENTS, SLIDE_NOTES, &comments);
	slide_end(&d->slide);
	if (!is_alone)
		read_under(d, name, OPC_LAYOUT);
}

/* The presentation lists its slides, in order. */
static void
deck_start(void *arg, const struct xml_element *e)
{
	struct deck *d = arg;
	const struct opc_relation *r;
	const char *id;
	size_t len;

	if (!xml_is(e, "p", "sldId") ||
	    (id = xml_attr_prefixed(e, "id", &len)) == NULL)
		return;
	r = opc_by_id(&d->opc, d->main_part, id, len);
	if (r != NULL && r->kind == OPC_SLIDE)
		read_slide(d, r->to);
}

static void
deck_end(void *arg, const struct xml_element *e)
{
	(void)arg, (void)e;
}

static void
deck_text(void *arg, const char *s, size_t n)
{
	(void)arg, (void)s, (void)n;
}

enum extract_status
format_pptx(const struct input *in, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, deck_start,
	    deck_end, deck_text };
	struct deck d CLEAN(deck_clear) = { .out = out };
	const struct buf *part;
	enum extract_status status;

	slide_init(&d.slide, out);
	if ((status = opc_open(in, &d.opc, out)) != EXTRACT_OK)
		return status;
	d.main_part = opc_main(&d.opc);
	if (d.main_part == NULL ||
	    (part = opc_part(&d.opc, d.main_part)) == NULL) {
		out_reason(out, "no main part");
		return EXTRACT_MALFORMED;
	}
	status = xml_read(&reader, &d, part->s, part->len, out);
	if (d.slide.has_text)
		return EXTRACT_OK;
	if (status == EXTRACT_OK && d.has_damage)
		return EXTRACT_MALFORMED;
	return status == EXTRACT_OK ? EXTRACT_EMPTY : status;
}
