#include <config.h>

#include "formats/docxfield.h"

#include <string.h>

#include "formats/running.h"

/* Fields within fields; deeper ones are text. */
#define MAX_FIELDS 63

void
docx_fields_clear(struct docx_fields *f)
{
	buf_clear(&f->code);
	*f = (struct docx_fields){ 0 };
}

static uint64_t
bit(unsigned depth)
{
	return depth > 0 && depth <= MAX_FIELDS ?
	    (uint64_t)1 << (depth - 1) : 0;
}

void
docx_field(struct docx_fields *f, const struct xml_element *e)
{
	f->is_page = false;
	f->in_choices = false;
	if (xml_attr_is(e, "fldCharType", "begin")) {
		f->depth++;
		f->codes |= bit(f->depth);
		f->pages &= ~bit(f->depth);
		buf_cut(&f->code, 0);
	} else if (xml_attr_is(e, "fldCharType", "separate")) {
		f->codes &= ~bit(f->depth);
		f->is_page = f->depth > 0 &&
		    running_is_page_field(buf_str(&f->code),
		    f->code.len);
		if (f->is_page)
			f->pages |= bit(f->depth);
		buf_cut(&f->code, 0);
	} else if (xml_attr_is(e, "fldCharType", "end") && f->depth > 0) {
		f->codes &= ~bit(f->depth);
		f->pages &= ~bit(f->depth);
		f->depth--;
	}
}

void
docx_field_code(struct docx_fields *f, const char *s, size_t n)
{
	if (f->depth > 0 && f->code.len < 64)
		buf_add(&f->code, s, n < 64 ? n : 64);
}

static unsigned
number_of(const struct xml_element *e)
{
	size_t len;
	const char *s = xml_attr(e, "val", &len);
	unsigned n = 0;

	for (; s != NULL && len > 0 && *s >= '0' && *s <= '9' && n < 1000;
	    s++, len--)
		n = n * 10 + (unsigned)(*s - '0');
	return n;
}

bool
docx_field_choice(struct docx_fields *f, const struct xml_element *e,
    const char **text, size_t *len)
{
	if (strcmp(e->name, "ddList") == 0) {
		f->in_choices = true;
		f->has_choice = false;
		f->choice = f->nchoices = 0;
	} else if (!f->in_choices)
		return false;
	else if (strcmp(e->name, "result") == 0) {
		f->has_choice = true;
		f->choice = number_of(e);
	} else if (strcmp(e->name, "default") == 0 && !f->has_choice)
		f->choice = number_of(e);
	else if (strcmp(e->name, "listEntry") == 0)
		return f->nchoices++ == f->choice &&
		    (*text = xml_attr(e, "val", len)) != NULL;
	return false;
}

bool
docx_field_is_page(const struct docx_fields *f)
{
	return f->is_page;
}

bool
docx_field_simple_is_page(const struct xml_element *e)
{
	size_t len;
	const char *code = xml_attr(e, "instr", &len);

	return code != NULL && running_is_page_field(code, len);
}

/*
 * In its own code a field has no runs of text, so that one that is never ended
 * hides nothing but what others came out as.
 */
bool
docx_field_hides(const struct docx_fields *f)
{
	uint64_t own = bit(f->depth);

	return own != 0 && (f->codes & (own - 1)) != 0;
}
