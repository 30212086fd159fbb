#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/container.h"
#include "formats/flow.h"
#include "formats/office.h"
#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office" },
	{ "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text" },
	{ "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table" },
	{ "urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style" },
	{ "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw" },
	{ "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg" },
	{ NULL, NULL }
};

enum what {
	PARAGRAPH, HEADING, ROW, CELL, NOTE, SPACES, TAB, LINE, STYLE, BODY,
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
	{ "office", "text", BODY },
	{ "text", "note-citation", DROP },
	{ "text", "tracked-changes", DROP },
	{ "text", "table-of-content", DROP },
	{ "text", "sequence-decls", DROP },
	{ "text", "ruby-text", DROP },
	{ "office", "annotation", DROP },
	{ "office", "forms", DROP },
	{ "office", "scripts", DROP },
	{ "svg", "title", DROP },
	{ "svg", "desc", DROP },
};

/* An automatic style with the heading level of its parent. */
struct style {
	char *name;
	unsigned level;
};

struct odt {
	struct flow flow;
	struct style *styles;
	size_t nstyles, cap_styles;
	unsigned dropping;	/* depth within what is not text, or 0 */
	bool in_body;
};

static void
odt_clear(struct odt *o)
{
	size_t i;

	for (i = 0; i < o->nstyles; i++)
		free(o->styles[i].name);
	free(o->styles);
	flow_clear(&o->flow);
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
on_style(struct odt *o, const struct xml_element *e)
{
	size_t len, parent_len;
	const char *name = xml_attr(e, "name", &len);
	const char *parent = xml_attr(e, "parent-style-name", &parent_len);
	unsigned level;

	if (name == NULL || parent == NULL ||
	    (level = office_style_level(parent, parent_len)) == 0)
		return;
	GROW(o->styles, o->nstyles, o->cap_styles);
	o->styles[o->nstyles++] = (struct style){ xstrndup(name, len), level };
}

/* A text:p that is a heading by its style: mostly the title. */
static unsigned
level_of(const struct odt *o, const struct xml_element *e)
{
	size_t i, len;
	const char *name = xml_attr(e, "style-name", &len);

	if (name == NULL)
		return 0;
	for (i = 0; i < o->nstyles; i++)
		if (strlen(o->styles[i].name) == len &&
		    memcmp(o->styles[i].name, name, len) == 0)
			return o->styles[i].level;
	return office_style_level(name, len);
}

static void
on_paragraph(struct odt *o, const struct xml_element *e)
{
	unsigned level = level_of(o, e);

	if (level > 0 && level <= 6 && o->flow.rows == 0)
		flow_heading(&o->flow, level);
	else
		flow_break(&o->flow);
}

static void
on_heading(struct odt *o, const struct xml_element *e)
{
	size_t len;
	const char *s = xml_attr(e, "outline-level", &len);
	unsigned level = s != NULL && len == 1 && *s >= '1' && *s <= '6' ?
	    (unsigned)(*s - '0') : s != NULL ? 6 : 1;

	if (o->flow.rows == 0)
		flow_heading(&o->flow, level);
	else
		flow_break(&o->flow);
}

static void
start(void *arg, const struct xml_element *e)
{
	struct odt *o = arg;
	int what = find(e);

	if (o->dropping > 0 || what == DROP) {
		o->dropping++;
		return;
	}
	if (what == STYLE)
		on_style(o, e);
	else if (what == BODY)
		o->in_body = true;
	if (!o->in_body)
		return;
	switch (what) {
	case PARAGRAPH:
		on_paragraph(o, e);
		break;
	case HEADING:
		on_heading(o, e);
		break;
	case ROW:
		flow_row(&o->flow);
		break;
	case CELL:
		flow_cell(&o->flow);
		break;
	case NOTE:
		flow_note(&o->flow);
		break;
	case SPACES:
		flow_text(&o->flow, " ", 1);
		break;
	case TAB:
		flow_tab(&o->flow);
		break;
	case LINE:
		flow_line(&o->flow);
		break;
	default:
		break;
	}
}

static void
end(void *arg, const struct xml_element *e)
{
	struct odt *o = arg;
	int what;

	if (o->dropping > 0) {
		o->dropping--;
		return;
	}
	if (!o->in_body)
		return;
	what = find(e);
	if (what == PARAGRAPH || what == HEADING) {
		if (o->flow.level > 0)
			flow_heading_end(&o->flow);
		else
			flow_break(&o->flow);
	} else if (what == ROW)
		flow_row_end(&o->flow);
	else if (what == NOTE)
		flow_note_end(&o->flow);
	else if (what == BODY)
		o->in_body = false;
}

static void
text(void *arg, const char *s, size_t n)
{
	struct odt *o = arg;

	if (o->in_body && o->dropping == 0)
		flow_text(&o->flow, s, n);
}

enum part { MANIFEST, META, CONTENT, NPARTS };

static enum extract_status
read_parts(const struct member *parts, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };
	struct odt o CLEAN(odt_clear) = { 0 };
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
	flow_init(&o.flow, out);
	status = xml_read(&reader, &o, buf_str(&parts[CONTENT].bytes),
	    parts[CONTENT].bytes.len, out);
	if (status != EXTRACT_OK)
		return status;
	flow_end(&o.flow);
	return o.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

enum extract_status
format_odt(const struct input *in, struct out *out)
{
	struct member parts[NPARTS] = {
		{ "META-INF/manifest.xml", false, BUF_INIT },
		{ "meta.xml", false, BUF_INIT },
		{ "content.xml", false, BUF_INIT },
	};
	enum extract_status status = container_load(in, parts, NPARTS, out);

	if (status == EXTRACT_OK)
		status = read_parts(parts, out);
	members_clear(parts, NPARTS);
	return status;
}
