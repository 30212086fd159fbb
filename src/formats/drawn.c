#include <config.h>

#include "formats/drawn.h"

#include <string.h>

#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "http://schemas.openxmlformats.org/drawingml/2006/main", "a" },
	{ "http://purl.oclc.org/ooxml/drawingml/main", "a" },
	{ "http://schemas.openxmlformats.org/markup-compatibility/2006", "mc" },
	{ NULL, NULL }
};

struct reading {
	struct flow *flow;
	unsigned dropping;	/* depth within what is not text, or 0 */
	bool in_text;
};

static void
start(void *arg, const struct xml_element *e)
{
	struct reading *r = arg;

	if (r->dropping > 0 || xml_is(e, "mc", "Fallback"))
		r->dropping++;
	else if (xml_is(e, "a", "p"))
		flow_break(r->flow);
	else if (xml_is(e, "a", "br"))
		flow_line(r->flow);
	else if (xml_is(e, "a", "t"))
		r->in_text = true;
}

static void
end(void *arg, const struct xml_element *e)
{
	struct reading *r = arg;

	if (r->dropping > 0)
		r->dropping--;
	else if (xml_is(e, "a", "p"))
		flow_break(r->flow);
	else if (xml_is(e, "a", "t"))
		r->in_text = false;
}

static void
text(void *arg, const char *s, size_t n)
{
	struct reading *r = arg;

	if (r->in_text && r->dropping == 0)
		flow_text(r->flow, s, n);
}

enum extract_status
drawn_read(const struct buf *part, struct flow *flow, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };
	struct reading r = { .flow = flow };

	return xml_read(&reader, &r, part->s, part->len, out);
}
