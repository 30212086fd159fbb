#include <config.h>

#include "formats/xmp.h"

#include <string.h>
#include <strings.h>

#include "formats/xmlread.h"

/* An ISO date without its time. */
#define DATE_BYTES 10

/* Of its values, how many say it. */
enum many {
	ALL,		/* a list */
	ONE,		/* the first */
	ONE_DUTCH,	/* alternatives: the Dutch one, else the first */
	DATE,
};

static const struct xml_ns namespaces[] = {
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf" },
	{ "http://purl.org/dc/elements/1.1/", "dc" },
	{ "http://ns.adobe.com/pdf/1.3/", "pdf" },
	{ "http://ns.adobe.com/xap/1.0/", "xmp" },
	{ NULL, NULL }
};

/* Where XMP has them; of one property the first row that says anything. */
static const struct xmp_row {
	const char *ns, *name;
	enum xmp_property property;
	enum many many;
} rows[XMP_ROWS] = {
	{ "dc", "title", XMP_TITLE, ONE_DUTCH },
	{ "dc", "description", XMP_SUBJECT, ONE_DUTCH },
	{ "pdf", "Keywords", XMP_KEYWORDS, ONE },
	{ "dc", "subject", XMP_KEYWORDS, ALL },
	{ "dc", "creator", XMP_AUTHOR, ALL },
	{ "xmp", "CreateDate", XMP_CREATED, DATE },
	{ "xmp", "ModifyDate", XMP_CHANGED, DATE },
	{ "dc", "language", XMP_LANGUAGE, ONE },
};

void
xmp_clear(struct xmp *x)
{
	size_t i;

	buf_clear(&x->value);
	for (i = 0; i < NELEM(rows); i++)
		buf_clear(&x->values[i]);
}

static bool
is_blank(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strchr(" \t\r\n", s[i]) == NULL)
			return false;
	return true;
}

/* One value of the row is complete. */
static void
take_value(struct xmp *x, const struct xmp_row *row, const char *s, size_t n)
{
	struct buf *b = &x->values[row - rows];

	if (is_blank(s, n))
		return;
	if (row->many == ALL && b->len > 0)
		buf_adds(b, ", ");
	else if (row->many == ONE_DUTCH && x->is_dutch)
		buf_cut(b, 0);
	else if (b->len > 0)
		return;
	buf_add(b, s, row->many == DATE && n > DATE_BYTES ? DATE_BYTES : n);
}

/* A short form: properties as attributes of the description. */
static void
take_attributes(struct xmp *x, const struct xml_element *e)
{
	const char *value;
	size_t i, n;

	for (i = 0; i < NELEM(rows); i++)
		if (strcmp(rows[i].ns, "dc") != 0 &&
		    (value = xml_attr(e, rows[i].name, &n)) != NULL)
			take_value(x, &rows[i], value, n);
}

static void
start(void *arg, const struct xml_element *e)
{
	struct xmp *x = arg;
	const char *lang;
	size_t i, n;

	if (xml_is(e, "rdf", "Description"))
		take_attributes(x, e);
	for (i = 0; i < NELEM(rows) && x->row == NULL; i++)
		if (xml_is(e, rows[i].ns, rows[i].name))
			x->row = &rows[i];
	if (x->row == NULL)
		return;
	buf_cut(&x->value, 0);
	lang = xml_attr(e, "lang", &n);
	x->is_dutch = lang != NULL && n >= 2 && strncasecmp(lang, "nl", 2) == 0;
}

static void
end(void *arg, const struct xml_element *e)
{
	struct xmp *x = arg;
	bool is_whole = x->row != NULL && xml_is(e, x->row->ns, x->row->name);

	if (!is_whole && (x->row == NULL || !xml_is(e, "rdf", "li")))
		return;
	take_value(x, x->row, buf_str(&x->value), x->value.len);
	buf_cut(&x->value, 0);
	if (is_whole)
		x->row = NULL;
}

static void
text(void *arg, const char *s, size_t n)
{
	struct xmp *x = arg;

	if (x->row != NULL)
		buf_add(&x->value, s, n);
}

void
xmp_read(struct xmp *x, const char *xml, size_t size, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };

	xml_read(&reader, x, xml, size, out);
	out_reason(out, "");
	x->row = NULL;
}

const struct buf *
xmp_value(const struct xmp *x, enum xmp_property property)
{
	size_t i;

	for (i = 0; i < NELEM(rows); i++)
		if (rows[i].property == property && x->values[i].len > 0)
			return &x->values[i];
	return NULL;
}
