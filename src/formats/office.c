#include <config.h>

#include "formats/office.h"

#include <string.h>
#include <strings.h>

#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "http://purl.org/dc/elements/1.1/", "dc" },
	{ "http://purl.org/dc/terms/", "dcterms" },
	{ "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
	    "cp" },
	{ "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
	    "custom" },
	{ "http://purl.oclc.org/ooxml/officeDocument/customProperties",
	    "custom" },
	{ "urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta" },
	{ NULL, NULL }
};

static const struct {
	const char *ns, *name, *meta;
} properties[] = {
	{ "dc", "title", "office:Title" },
	{ "dc", "subject", "office:Subject" },
	{ "dc", "creator", "office:Creator" },
	{ "dc", "description", "office:Description" },
	{ "dc", "language", "office:Language" },
	{ "dc", "identifier", "office:Identifier" },
	{ "dc", "date", "office:Modified" },
	{ "cp", "keywords", "office:Keywords" },
	{ "cp", "category", "office:Category" },
	{ "cp", "contentStatus", "office:Status" },
	{ "dcterms", "created", "office:Created" },
	{ "dcterms", "modified", "office:Modified" },
	{ "meta", "keyword", "office:Keywords" },
	{ "meta", "initial-creator", "office:Creator" },
	{ "meta", "creation-date", "office:Created" },
};

struct reading {
	struct out *out;
	struct buf name;	/* of the property we are in, or empty */
	struct buf value;
	unsigned depth;		/* within it */
};

static void
start(void *arg, const struct xml_element *e)
{
	struct reading *r = arg;
	const char *own = NULL;
	size_t i, len;

	if (r->depth > 0) {
		r->depth++;
		return;
	}
	buf_cut(&r->name, 0);
	buf_cut(&r->value, 0);
	if (xml_is(e, "custom", "property") || xml_is(e, "meta", "user-defined"))
		own = xml_attr(e, "name", &len);
	if (own != NULL) {
		buf_adds(&r->name, "office:");
		buf_add(&r->name, own, len);
	}
	for (i = 0; i < NELEM(properties) && r->name.len == 0; i++)
		if (xml_is(e, properties[i].ns, properties[i].name))
			buf_adds(&r->name, properties[i].meta);
	if (r->name.len > 0)
		r->depth = 1;
}

static void
end(void *arg, const struct xml_element *e)
{
	struct reading *r = arg;

	(void)e;
	if (r->depth > 0 && --r->depth == 0)
		out_meta(r->out, r->name.s, buf_str(&r->value), r->value.len);
}

static void
text(void *arg, const char *s, size_t n)
{
	struct reading *r = arg;

	if (r->depth > 0)
		buf_add(&r->value, s, n);
}

void
office_properties(const char *xml, size_t size, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };
	struct reading r = { .out = out };

	if (size > 0)
		xml_read(&reader, &r, xml, size, out);
	buf_clear(&r.name);
	buf_clear(&r.value);
}

/* Does s begin with word; if so, *rest is where it goes on, past blanks. */
static bool
begins(const char *s, size_t n, const char *word, const char **rest)
{
	size_t len = strlen(word);

	if (n < len || strncasecmp(s, word, len) != 0)
		return false;
	s += len;
	n -= len;
	/* ODF writes a blank in a name as _20_. */
	if (n >= 4 && memcmp(s, "_20_", 4) == 0)
		s += 4;
	else if (n >= 1 && (*s == ' ' || *s == '_'))
		s++;
	*rest = s;
	return true;
}

unsigned
office_style_level(const char *name, size_t n)
{
	static const char *const headings[] = { "heading", "kop", "outline" };
	static const char *const titles[] = { "title", "titel" };
	static const char *const contents[] = { "toc", "inhopg", "contents",
	    "inhoudsopgave" };
	const char *rest, *end = name + n;
	size_t i;

	for (i = 0; i < NELEM(headings); i++)
		if (begins(name, n, headings[i], &rest) && end - rest == 1 &&
		    *rest >= '1' && *rest <= '9')
			return *rest > '6' ? 6 : (unsigned)(*rest - '0');
	for (i = 0; i < NELEM(titles); i++)
		if (begins(name, n, titles[i], &rest) && rest == end)
			return 1;
	for (i = 0; i < NELEM(contents); i++)
		if (begins(name, n, contents[i], &rest) && end - rest == 1 &&
		    *rest >= '1' && *rest <= '9')
			return OFFICE_CONTENTS;
	return 0;
}

bool
office_is_sheet_number(const char *name, size_t n)
{
	static const char *const words[] = { "blad", "sheet", "werkblad",
	    "tabelle", "feuil", "table" };
	const char *rest, *end = name + n;
	size_t i;

	for (i = 0; i < NELEM(words); i++) {
		if (!begins(name, n, words[i], &rest))
			continue;
		while (rest < end && *rest >= '0' && *rest <= '9')
			rest++;
		return rest == end;
	}
	return false;
}
