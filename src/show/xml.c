#include <config.h>

#include "show/xml.h"

#include "show/html.h"

void
xml_begin(struct buf *out)
{
	buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void
xml_element(const char *name, const char *text, struct buf *out)
{
	buf_addf(out, "<%s>", name);
	html_text(text, out);
	buf_addf(out, "</%s>\n", name);
}

void
xml_number(const char *name, unsigned long n, struct buf *out)
{
	buf_addf(out, "<%s>%lu</%s>\n", name, n, name);
}

void
xml_attribute(const char *name, const char *value, struct buf *out)
{
	buf_addf(out, " %s=\"", name);
	html_attr(value, out);
	buf_addc(out, '"');
}
