#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/flow.h"
#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf" },
	{ "http://purl.org/dc/terms/", "dcterms" },
	{ "http://psi.rechtspraak.nl/", "psi" },
	{ "http://www.rechtspraak.nl/schema/rechtspraak-1.0", "rs" },
	{ NULL, NULL }
};

enum what { INLINE, BLOCK, HEADING, ROW, CELL, NOTE, LINE, SECTION };

/* The elements of a ruling that are more than a piece of a line. */
static const struct {
	const char *name;
	enum what what;
} elements[] = {		/* sorted */
	{ "bridgehead", HEADING },
	{ "conclusie", BLOCK },
	{ "conclusie.info", BLOCK },
	{ "entry", CELL },
	{ "footnote", NOTE },
	{ "informaltable", BLOCK },
	{ "inhoudsindicatie", BLOCK },
	{ "itemizedlist", BLOCK },
	{ "linebreak", LINE },
	{ "listitem", BLOCK },
	{ "mediaobject", BLOCK },
	{ "orderedlist", BLOCK },
	{ "para", BLOCK },
	{ "parablock", BLOCK },
	{ "paragroup", BLOCK },
	{ "row", ROW },
	{ "section", SECTION },
	{ "title", HEADING },
	{ "uitspraak", BLOCK },
	{ "uitspraak.info", BLOCK },
};

/* Lines that head a part of a ruling without being marked as headings. */
static const char *const parts[] = {
	"Beslissing", "De beslissing", "Feiten", "De feiten", "Het geding",
	"Inleiding", "Overwegingen", "Procesverloop", "Rechtsmiddel",
	"Het procesverloop", "Ontstaan en loop van het geding",
};

struct ruling {
	struct out *out;
	struct flow flow;
	unsigned rdf;		/* depth within the RDF, or 0 */
	unsigned section;	/* depth of sections */
	struct buf name, label, value;	/* of the property we are in */
};

static int
by_name(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static enum what
what_is(const struct xml_element *e)
{
	const void *row = bsearch(e->name, elements, NELEM(elements),
	    sizeof *elements, by_name);

	return row != NULL ?
	    elements[(size_t)((const char *)row - (const char *)elements) /
	    sizeof *elements].what : INLINE;
}

static void
on_record(void *arg, unsigned level, const char *s, size_t n)
{
	struct ruling *r = arg;
	size_t i;

	for (i = 0; i < NELEM(parts) && level == 0; i++)
		if (strlen(parts[i]) == n && memcmp(parts[i], s, n) == 0)
			level = 2;
	if (level > 0)
		out_heading(r->out, level, s, n);
	else
		out_text(r->out, s, n);
}

/* A property: "dcterms:issued", and by its own label "label:Publicatiedatum". */
static void
property_start(struct ruling *r, const struct xml_element *e)
{
	size_t len;
	const char *label;

	if (strcmp(e->ns, "dcterms") != 0 && strcmp(e->ns, "psi") != 0)
		return;
	buf_cut(&r->name, 0);
	buf_cut(&r->label, 0);
	buf_cut(&r->value, 0);
	buf_addf(&r->name, "%s:%s", e->ns, e->name);
	if ((label = xml_attr(e, "label", &len)) != NULL) {
		buf_adds(&r->label, "label:");
		buf_add(&r->label, label, len);
	}
}

static void
property_end(struct ruling *r, const struct xml_element *e)
{
	if (r->name.len == 0 || (strcmp(e->ns, "dcterms") != 0 &&
	    strcmp(e->ns, "psi") != 0))
		return;
	out_meta(r->out, r->name.s, buf_str(&r->value), r->value.len);
	if (r->label.len > 0)
		out_meta(r->out, r->label.s, buf_str(&r->value), r->value.len);
	buf_cut(&r->name, 0);
}

static void
ruling_start(void *arg, const struct xml_element *e)
{
	struct ruling *r = arg;
	struct flow *f = &r->flow;

	if (r->rdf > 0 || strcmp(e->ns, "rdf") == 0) {
		r->rdf++;
		property_start(r, e);
		return;
	}
	switch (what_is(e)) {
	case SECTION:
		r->section++;
		flow_break(f);
		break;
	case BLOCK:
		flow_break(f);
		break;
	case HEADING:
		if (f->rows == 0)
			flow_heading(f, r->section < 5 ? r->section + 1 : 6);
		break;
	case ROW:
		flow_row(f);
		break;
	case CELL:
		flow_cell(f);
		break;
	case NOTE:
		flow_note(f);
		break;
	case LINE:
		flow_line(f);
		break;
	case INLINE:
		break;
	}
}

static void
ruling_end(void *arg, const struct xml_element *e)
{
	struct ruling *r = arg;
	struct flow *f = &r->flow;

	if (r->rdf > 0) {
		property_end(r, e);
		r->rdf--;
		return;
	}
	switch (what_is(e)) {
	case SECTION:
		r->section -= r->section > 0;
		flow_break(f);
		break;
	case BLOCK:
		flow_break(f);
		break;
	case HEADING:
		if (f->rows == 0)
			flow_heading_end(f);
		break;
	case ROW:
		flow_row_end(f);
		break;
	case NOTE:
		flow_note_end(f);
		break;
	case CELL:
	case LINE:
	case INLINE:
		break;
	}
}

static void
ruling_text(void *arg, const char *s, size_t n)
{
	struct ruling *r = arg;

	if (r->rdf == 0)
		flow_text(&r->flow, s, n);
	else if (r->name.len > 0)
		buf_add(&r->value, s, n);
}

static enum extract_status
read_ruling(const struct input *in, struct out *out)
{
	static const struct xml_reader reader = { namespaces, false,
	    ruling_start, ruling_end, ruling_text };
	struct ruling r = { .out = out };
	enum extract_status status;

	flow_init_to(&r.flow, on_record, &r);
	status = xml_read(&reader, &r, in->bytes, in->size, out);
	if (status == EXTRACT_OK) {
		flow_end(&r.flow);
		status = r.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
	}
	flow_clear(&r.flow);
	buf_clear(&r.name);
	buf_clear(&r.label);
	buf_clear(&r.value);
	return status;
}

/*
 * XML we know nothing of.  An element that begins in the middle of text is
 * part of a line, any other begins one.
 */
struct any {
	struct flow flow;
	unsigned inlines;	/* depth of elements within a line */
};

static void
any_start(void *arg, const struct xml_element *e)
{
	struct any *a = arg;

	(void)e;
	if (a->inlines > 0 || a->flow.text.len > 0)
		a->inlines++;
	else
		flow_break(&a->flow);
}

static void
any_end(void *arg, const struct xml_element *e)
{
	struct any *a = arg;

	(void)e;
	if (a->inlines > 0)
		a->inlines--;
	else
		flow_break(&a->flow);
}

static void
any_text(void *arg, const char *s, size_t n)
{
	struct any *a = arg;

	flow_text(&a->flow, s, n);
}

static enum extract_status
read_any(const struct input *in, struct out *out)
{
	static const struct xml_reader reader = { namespaces, false, any_start,
	    any_end, any_text };
	struct any a = { 0 };
	enum extract_status status;

	flow_init(&a.flow, out);
	status = xml_read(&reader, &a, in->bytes, in->size, out);
	if (status == EXTRACT_OK) {
		flow_end(&a.flow);
		status = a.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
	}
	flow_clear(&a.flow);
	return status;
}

enum extract_status
format_xml(const struct input *in, struct out *out)
{
	size_t n = in->size < 4096 ? in->size : 4096;

	return memmem(in->bytes, n, "<open-rechtspraak", 17) != NULL ?
	    read_ruling(in, out) : read_any(in, out);
}
