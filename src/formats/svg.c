#include <config.h>

#include "formats/format.h"

#include <string.h>

#include "base/mem.h"
#include "formats/flow.h"
#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "http://www.w3.org/2000/svg", "svg" },
	{ "http://www.w3.org/1999/xhtml", "html" },
	{ NULL, NULL }
};

enum what {
	TEXT,			/* a paragraph of its own */
	TITLE,			/* the same; of the whole picture, a heading */
	LINE,			/* within text: where it is placed, a word ends */
	BLOCK,			/* within text: parts it */
	DROP,			/* with all that is in it */
};

static const struct {
	const char *ns, *name;
	enum what what;
} elements[] = {
	{ "svg", "title", TITLE },
	{ "svg", "desc", TEXT },
	{ "svg", "text", TEXT },
	{ "svg", "flowRoot", TEXT },
	{ "svg", "foreignObject", TEXT },
	{ "svg", "flowPara", BLOCK },
	{ "svg", "tspan", LINE },
	{ "svg", "script", DROP },
	{ "svg", "style", DROP },
	{ "svg", "metadata", DROP },
	{ "html", "p", BLOCK },
	{ "html", "div", BLOCK },
	{ "html", "li", BLOCK },
	{ "html", "br", BLOCK },
	{ "html", "style", DROP },
	{ "html", "script", DROP },
};

struct picture {
	struct flow flow;
	unsigned depth;
	unsigned text;		/* the depth of the text we are in, or 0 */
	unsigned dropping;	/* depth within what is not text, or 0 */
};

static int
find(const struct xml_element *e)
{
	size_t i;

	for (i = 0; i < NELEM(elements); i++)
		if (xml_is(e, elements[i].ns, elements[i].name))
			return (int)elements[i].what;
	return -1;
}

static bool
is_placed(const struct xml_element *e)
{
	size_t len;

	return xml_attr(e, "x", &len) != NULL || xml_attr(e, "y", &len) != NULL;
}

static void
picture_start(void *arg, const struct xml_element *e)
{
	struct picture *p = arg;
	int what = find(e);

	p->depth++;
	if (p->dropping > 0 || what == DROP) {
		p->dropping++;
		return;
	}
	if (what == BLOCK && p->text > 0)
		flow_break(&p->flow);
	else if (what == LINE && p->text > 0 && is_placed(e))
		flow_text(&p->flow, " ", 1);
	if (p->text > 0 || (what != TEXT && what != TITLE))
		return;
	p->text = p->depth;
	if (what == TITLE && p->depth == 2)
		flow_heading(&p->flow, 1);
	else
		flow_break(&p->flow);
}

static void
picture_end(void *arg, const struct xml_element *e)
{
	struct picture *p = arg;

	if (p->dropping > 0)
		p->dropping--;
	else if (p->text == p->depth) {
		if (p->flow.level > 0)
			flow_heading_end(&p->flow);
		else
			flow_break(&p->flow);
		p->text = 0;
	} else if (p->text > 0 && find(e) == BLOCK)
		flow_break(&p->flow);
	p->depth--;
}

static void
picture_text(void *arg, const char *s, size_t n)
{
	struct picture *p = arg;

	if (p->text > 0 && p->dropping == 0)
		flow_text(&p->flow, s, n);
}

enum extract_status
format_svg(const struct input *in, struct out *out)
{
	static const struct xml_reader reader = { namespaces, false,
	    picture_start, picture_end, picture_text };
	struct picture p = { 0 };
	enum extract_status status;

	flow_init(&p.flow, out);
	status = xml_read(&reader, &p, in->bytes, in->size, out);
	if (status == EXTRACT_OK) {
		flow_end(&p.flow);
		status = p.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
	}
	flow_clear(&p.flow);
	return status;
}
