#include <config.h>

#include "formats/pdfprops.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "formats/xmlread.h"

/* An ISO date without its time. */
#define DATE_BYTES 10

enum property {
	TITLE, SUBJECT, KEYWORDS, AUTHOR, CREATED, CHANGED, LANGUAGE, NPROPERTIES
};

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
static const struct row {
	const char *ns, *name;
	enum property property;
	enum many many;
} rows[] = {
	{ "dc", "title", TITLE, ONE_DUTCH },
	{ "dc", "description", SUBJECT, ONE_DUTCH },
	{ "pdf", "Keywords", KEYWORDS, ONE },
	{ "dc", "subject", KEYWORDS, ALL },
	{ "dc", "creator", AUTHOR, ALL },
	{ "xmp", "CreateDate", CREATED, DATE },
	{ "xmp", "ModifyDate", CHANGED, DATE },
	{ "dc", "language", LANGUAGE, ONE },
};

struct xmp {
	const struct row *row;	/* whose element is open; NULL */
	struct buf value;	/* what stands in it, or in this item of it */
	bool is_dutch;
	struct buf values[NELEM(rows)];
};

static void
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
take_value(struct xmp *x, const struct row *row, const char *s, size_t n)
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

static void
read_xmp(PopplerDocument *doc, struct xmp *x, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };
	char *xml = poppler_document_get_metadata(doc);

	if (xml == NULL)
		return;
	xml_read(&reader, x, xml, strlen(xml), out);
	/* What is wrong with it is not wrong with the document. */
	out_reason(out, "");
	g_free(xml);
}

static char *
date_of(GDateTime *date)
{
	char *s;

	if (date == NULL)
		return NULL;
	s = g_date_time_format(date, "%Y-%m-%d");
	g_date_time_unref(date);
	return s;
}

static char *
created(PopplerDocument *doc)
{
	return date_of(poppler_document_get_creation_date_time(doc));
}

static char *
changed(PopplerDocument *doc)
{
	return date_of(poppler_document_get_modification_date_time(doc));
}

static void
emit(struct out *out, enum property property, const char *name, char *info,
    const struct xmp *x)
{
	size_t i;

	if (info != NULL && !is_blank(info, strlen(info)))
		out_meta(out, name, info, strlen(info));
	else
		for (i = 0; i < NELEM(rows); i++)
			if (rows[i].property == property &&
			    x->values[i].len > 0) {
				out_meta(out, name, x->values[i].s,
				    x->values[i].len);
				break;
			}
	g_free(info);
}

void
pdf_props_emit(PopplerDocument *doc, struct out *out)
{
	static const struct {
		const char *name;
		char *(*info)(PopplerDocument *);
	} properties[NPROPERTIES] = {
		[TITLE] = { "pdf:Title", poppler_document_get_title },
		[SUBJECT] = { "pdf:Subject", poppler_document_get_subject },
		[KEYWORDS] = { "pdf:Keywords", poppler_document_get_keywords },
		[AUTHOR] = { "pdf:Author", poppler_document_get_author },
		[CREATED] = { "pdf:CreationDate", created },
		[CHANGED] = { "pdf:ModDate", changed },
		[LANGUAGE] = { "pdf:Language", NULL },
	};
	struct xmp x CLEAN(xmp_clear) = { .row = NULL };
	enum property i;

	read_xmp(doc, &x, out);
	for (i = 0; i < NPROPERTIES; i++)
		emit(out, i, properties[i].name, properties[i].info == NULL ?
		    NULL : properties[i].info(doc), &x);
}
