#include <config.h>

#include "formats/chart.h"

#include <string.h>

#include "base/utf8.h"
#include "formats/drawn.h"
#include "formats/xmlread.h"

/* Of the names in a chart; what comes after does not fit in one either. */
#define NAMES_BYTES 4096

static const struct xml_ns namespaces[] = {
	{ "http://schemas.openxmlformats.org/drawingml/2006/chart", "c" },
	{ "http://purl.oclc.org/ooxml/drawingml/chart", "c" },
	{ "http://schemas.openxmlformats.org/drawingml/2006/main", "a" },
	{ "http://purl.oclc.org/ooxml/drawingml/main", "a" },
	{ "http://schemas.openxmlformats.org/markup-compatibility/2006", "mc" },
	{ "urn:oasis:names:tc:opendocument:xmlns:chart:1.0", "chart" },
	{ "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office" },
	{ "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table" },
	{ "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text" },
	{ "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg" },
	{ NULL, NULL }
};

enum what {
	NOTHING,
	TITLE,			/* or another text of its own: paragraphs */
	PARAGRAPH, LINE,
	RUN,			/* its letters, in DrawingML */
	LETTERS,		/* a paragraph with its letters */
	SERIES, LABELS,		/* names are in it */
	NAME,
	CELL,			/* a name, if it is a string */
	CELLS,			/* a copy of cells */
	DROP,
};

static const struct {
	const char *ns, *name;
	enum what what;
} elements[] = {
	{ "c", "title", TITLE },
	{ "c", "tx", SERIES },		/* of a title as well: it is in one */
	{ "c", "cat", LABELS },
	{ "c", "v", NAME },
	{ "c", "strRef", CELLS },
	{ "c", "multiLvlStrRef", CELLS },
	{ "c", "numRef", DROP },
	{ "c", "numLit", DROP },
	{ "c", "val", DROP },
	{ "c", "extLst", DROP },
	{ "a", "p", PARAGRAPH },
	{ "a", "br", LINE },
	{ "a", "t", RUN },
	{ "a", "fld", DROP },		/* "[REEKSNAAM]" */
	{ "mc", "Fallback", DROP },
	{ "chart", "title", TITLE },
	{ "chart", "subtitle", TITLE },
	{ "chart", "footer", TITLE },
	{ "text", "p", LETTERS },
	{ "text", "line-break", LINE },
	{ "table", "table", CELLS },
	{ "table", "table-header-rows", SERIES },
	{ "table", "table-rows", LABELS },
	{ "table", "table-cell", CELL },
	{ "svg", "desc", DROP },
	{ "svg", "title", DROP },
};

struct chart {
	struct flow *flow;
	bool has_cells;
	unsigned dropping;	/* depth within what is no words, or 0 */
	unsigned titles;	/* depth within titles */
	bool in_run, in_name;
	enum what list;		/* that names are of: SERIES, LABELS or NOTHING */
	bool has_labels;	/* all series have the same */
	struct buf name;
	struct buf series, labels;
};

static void
chart_clear(struct chart *c)
{
	buf_clear(&c->name);
	buf_clear(&c->series);
	buf_clear(&c->labels);
}

static enum what
what_is(const struct xml_element *e)
{
	size_t i;

	for (i = 0; i < NELEM(elements); i++)
		if (xml_is(e, elements[i].ns, elements[i].name))
			return elements[i].what;
	return NOTHING;
}

static void
end_name(struct chart *c)
{
	struct buf *list = c->list == LABELS ? &c->labels : &c->series;

	c->in_name = false;
	if (c->titles > 0) {
		flow_text(c->flow, buf_str(&c->name), c->name.len);
		flow_break(c->flow);
	} else if (c->list != NOTHING &&
	    /* a year, a date or a percentage is no name */
	    utf8_has_letter(buf_str(&c->name), c->name.len) &&
	    !(c->list == LABELS && c->has_labels) &&
	    list->len + c->name.len < NAMES_BYTES) {
		if (list->len > 0)
			buf_addc(list, '\n');
		buf_add(list, c->name.s, c->name.len);
	}
	buf_cut(&c->name, 0);
}

static void
begin_name(struct chart *c)
{
	c->in_name = true;
	buf_cut(&c->name, 0);
}

static void
start(void *arg, const struct xml_element *e)
{
	struct chart *c = arg;
	enum what what = what_is(e);

	if (c->dropping > 0 || what == DROP ||
	    (what == CELLS && c->has_cells)) {
		c->dropping++;
		return;
	}
	if (what == TITLE)
		c->titles++;
	else if (what == RUN || what == LETTERS)
		c->in_run = what == RUN || c->titles > 0;
	else if (what == LINE)
		flow_line(c->flow);
	else if (what == SERIES || what == LABELS)
		c->list = what;
	else if (what == NAME || (what == CELL &&
	    xml_attr_is(e, "value-type", "string")))
		begin_name(c);
}

static void
end(void *arg, const struct xml_element *e)
{
	struct chart *c = arg;
	enum what what = what_is(e);

	if (c->dropping > 0) {
		c->dropping--;
		return;
	}
	if (what == TITLE)
		c->titles--;
	if (what == RUN || what == LETTERS)
		c->in_run = false;
	if (what == TITLE || what == PARAGRAPH || what == LETTERS)
		flow_break(c->flow);
	else if ((what == NAME || what == CELL) && c->in_name)
		end_name(c);
	else if (what == SERIES)
		c->list = NOTHING;
	else if (what == LABELS) {
		c->list = NOTHING;
		c->has_labels = c->has_labels || c->labels.len > 0;
	}
}

static void
text(void *arg, const char *s, size_t n)
{
	struct chart *c = arg;

	if (c->dropping > 0)
		return;
	if (c->in_name) {
		if (c->name.len + n <= NAMES_BYTES)
			buf_add(&c->name, s, n);
	} else if (c->in_run)
		flow_text(c->flow, s, n);
}

static void
put_names(struct chart *c, const struct buf *names)
{
	const char *s = buf_str(names);
	size_t n;

	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		flow_text(c->flow, s, n);
		flow_tab(c->flow);
	}
	flow_break(c->flow);
}

enum extract_status
chart_read(const struct buf *part, bool has_cells, struct flow *flow,
    struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };
	struct chart c CLEAN(chart_clear) = { .flow = flow,
	    .has_cells = has_cells };
	enum extract_status status = xml_read(&reader, &c, part->s, part->len,
	    out);

	flow_break(flow);
	put_names(&c, &c.series);
	put_names(&c, &c.labels);
	return status;
}

enum extract_status
chart_in_package(struct opc *o, const char *name, bool has_cells,
    struct flow *flow, struct out *out)
{
	const struct opc_relation *r = NULL;
	const struct buf *part = opc_part_once(o, name);
	enum extract_status status = part != NULL ?
	    chart_read(part, has_cells, flow, out) : EXTRACT_OK;

	while ((r = opc_next(o, name, OPC_DRAWING, r)) != NULL)
		if ((part = opc_part_once(o, r->to)) != NULL)
			drawn_read(part, flow, out);
	return status;
}
