#include <config.h>

#include "formats/pdfprops.h"

#include <stdbool.h>
#include <string.h>

#include "formats/xmp.h"

static bool
is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

static void
read_xmp(PopplerDocument *doc, struct xmp *x, struct out *out)
{
	char *xml = poppler_document_get_metadata(doc);

	if (xml == NULL)
		return;
	xmp_read(x, xml, strlen(xml), out);
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
emit(struct out *out, enum xmp_property property, const char *name, char *info,
    const struct xmp *x)
{
	const struct buf *value;

	if (info != NULL && !is_blank(info))
		out_meta(out, name, info, strlen(info));
	else if ((value = xmp_value(x, property)) != NULL)
		out_meta(out, name, value->s, value->len);
	g_free(info);
}

void
pdf_props_emit(PopplerDocument *doc, struct out *out)
{
	static const struct {
		const char *name;
		char *(*info)(PopplerDocument *);
	} properties[XMP_NPROPERTIES] = {
		[XMP_TITLE] = { "pdf:Title", poppler_document_get_title },
		[XMP_SUBJECT] = { "pdf:Subject", poppler_document_get_subject },
		[XMP_KEYWORDS] = { "pdf:Keywords", poppler_document_get_keywords },
		[XMP_AUTHOR] = { "pdf:Author", poppler_document_get_author },
		[XMP_CREATED] = { "pdf:CreationDate", created },
		[XMP_CHANGED] = { "pdf:ModDate", changed },
		[XMP_LANGUAGE] = { "pdf:Language", NULL },
	};
	struct xmp x CLEAN(xmp_clear) = { 0 };
	enum xmp_property i;

	read_xmp(doc, &x, out);
	for (i = 0; i < XMP_NPROPERTIES; i++)
		emit(out, i, properties[i].name, properties[i].info == NULL ?
		    NULL : properties[i].info(doc), &x);
}
