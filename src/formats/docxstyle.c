#include <config.h>

#include "formats/docxstyle.h"

#include <stdlib.h>
#include <string.h>

#include "formats/office.h"

/* How many styles a style may be based on, one upon the other. */
#define MAX_BASES 12

#define MAX_NUMBER 999999

const struct xml_ns docx_namespaces[] = {
	{ "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w" },
	{ "http://purl.oclc.org/ooxml/wordprocessingml/main", "w" },
	{ "http://schemas.openxmlformats.org/markup-compatibility/2006", "mc" },
	{ "http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm" },
	{ "http://purl.oclc.org/ooxml/drawingml/diagram", "dgm" },
	{ "http://schemas.openxmlformats.org/drawingml/2006/chart", "c" },
	{ "http://purl.oclc.org/ooxml/drawingml/chart", "c" },
	{ "urn:schemas-microsoft-com:vml", "v" },
	{ NULL, NULL }
};

void
docx_styles_clear(struct docx_styles *s)
{
	size_t i;

	for (i = 0; i < s->nstyles; i++) {
		free(s->styles[i].id);
		free(s->styles[i].base);
	}
	for (i = 0; i < s->nlinks; i++) {
		free(s->links[i].link);
		free(s->links[i].is_link);
	}
	free(s->styles);
	free(s->links);
	listnum_lists_clear(&s->lists);
}

static int
attr_number(const struct xml_element *e, const char *name)
{
	size_t len, i;
	const char *s = xml_attr(e, name, &len);
	int n = 0;

	for (i = 0; s != NULL && i < len && s[i] >= '0' && s[i] <= '9'; i++)
		n = n > MAX_NUMBER / 10 ? MAX_NUMBER : n * 10 + (s[i] - '0');
	return s == NULL || i == 0 || i < len ? DOCX_UNSAID : n;
}

int
docx_number(const struct xml_element *e)
{
	return attr_number(e, "val");
}

bool
docx_is_on(const struct xml_element *e)
{
	return !xml_attr_is(e, "val", "0") && !xml_attr_is(e, "val", "false") &&
	    !xml_attr_is(e, "val", "off");
}

unsigned
docx_outline(const struct xml_element *e)
{
	int outline = docx_number(e);

	return outline < 0 || outline > 8 ? 0 : outline > 5 ? 6 :
	    (unsigned)outline + 1;
}

/* ---- styles ---- */

static void
on_style_property(struct docx_style *s, const struct xml_element *e)
{
	const char *val;
	size_t len;

	if ((val = xml_attr(e, "val", &len)) == NULL)
		return;
	if (strcmp(e->name, "name") == 0 && s->level == 0)
		s->level = office_style_level(val, len);
	else if (strcmp(e->name, "basedOn") == 0 && s->base == NULL)
		s->base = xstrndup(val, len);
	else if (strcmp(e->name, "outlineLvl") == 0 && s->level == 0) {
		s->level = docx_outline(e);
		s->is_body = docx_number(e) == 9;
	} else if (strcmp(e->name, "numId") == 0)
		s->list = docx_number(e);
	else if (strcmp(e->name, "ilvl") == 0)
		s->list_level = docx_number(e);
}

static void
style_start(void *arg, const struct xml_element *e)
{
	struct docx_styles *styles = arg;
	const char *id;
	size_t len;

	if (strcmp(e->ns, "w") != 0 || styles->in_change)
		return;
	if (strcmp(e->name, "pPrChange") == 0)
		styles->in_change = true;
	else if (strcmp(e->name, "style") == 0) {
		if ((id = xml_attr(e, "styleId", &len)) == NULL)
			return;
		GROW(styles->styles, styles->nstyles, styles->cap_styles);
		styles->styles[styles->nstyles++] = (struct docx_style){
		    .id = xstrndup(id, len), .list = DOCX_UNSAID,
		    .list_level = DOCX_UNSAID };
	} else if (styles->nstyles > 0)
		on_style_property(&styles->styles[styles->nstyles - 1], e);
}

static void
style_end(void *arg, const struct xml_element *e)
{
	struct docx_styles *styles = arg;

	if (xml_is(e, "w", "pPrChange"))
		styles->in_change = false;
}

const struct xml_reader docx_styles_reader = { docx_namespaces, true,
    style_start, style_end, NULL };

static const struct docx_style *
find_style(const struct docx_styles *s, const char *id, size_t len)
{
	size_t i;

	for (i = 0; i < s->nstyles; i++)
		if (strlen(s->styles[i].id) == len &&
		    memcmp(s->styles[i].id, id, len) == 0)
			return &s->styles[i];
	return NULL;
}

static const struct docx_style *
base_of(const struct docx_styles *styles, const struct docx_style *s)
{
	return s->base != NULL ?
	    find_style(styles, s->base, strlen(s->base)) : NULL;
}

void
docx_set_style(const struct docx_styles *styles, const char *id, size_t len,
    struct docx_paragraph *p)
{
	const struct docx_style *s = find_style(styles, id, len);
	unsigned bases;

	p->style = s;
	p->level = s == NULL ? office_style_level(id, len) : 0;
	for (bases = 0; s != NULL && bases < MAX_BASES; bases++) {
		p->level = s->level;
		if (s->level > 0 || s->is_body)
			return;
		s = base_of(styles, s);
	}
}

/* ---- lists ---- */

static enum listnum_format
format_of(const struct xml_element *e)
{
	static const struct {
		const char *name;
		enum listnum_format format;
	} names[] = {
		{ "bullet", LISTNUM_BULLET },
		{ "decimalZero", LISTNUM_DECIMAL_ZERO },
		{ "lowerLetter", LISTNUM_LOWER_LETTER },
		{ "upperLetter", LISTNUM_UPPER_LETTER },
		{ "lowerRoman", LISTNUM_LOWER_ROMAN },
		{ "upperRoman", LISTNUM_UPPER_ROMAN },
		{ "ordinal", LISTNUM_ORDINAL },
		{ "cardinalText", LISTNUM_WORDS },
		{ "ordinalText", LISTNUM_ORDINAL_WORDS },
		{ "none", LISTNUM_NONE },
	};
	size_t i;

	for (i = 0; i < NELEM(names); i++)
		if (xml_attr_is(e, "val", names[i].name))
			return names[i].format;
	return LISTNUM_DECIMAL;
}

static void
on_level(struct listnum_level *l, const struct xml_element *e)
{
	const char *text;
	size_t len;
	int n = docx_number(e);

	if (strcmp(e->name, "start") == 0 && n >= 0)
		l->start = (unsigned)n;
	else if (strcmp(e->name, "numFmt") == 0)
		l->format = format_of(e);
	else if (strcmp(e->name, "lvlRestart") == 0 && n >= 0 &&
	    (unsigned)n < l->restart)
		l->restart = (unsigned)n;
	else if (strcmp(e->name, "isLgl") == 0)
		l->is_legal = docx_is_on(e);
	else if (strcmp(e->name, "lvlText") == 0 &&
	    (text = xml_attr(e, "val", &len)) != NULL) {
		free(l->text);
		l->text = xstrndup(text, len);
	}
}

/* The names of the styles that make lists, which two may share. */
static void
on_link(struct docx_styles *s, const struct xml_element *e)
{
	bool is_link = strcmp(e->name, "styleLink") == 0;
	size_t len;
	const char *name = xml_attr(e, "val", &len);
	char *copy;

	if (name == NULL || (!is_link && strcmp(e->name, "numStyleLink") != 0))
		return;
	copy = xstrndup(name, len);
	GROW(s->links, s->nlinks, s->cap_links);
	s->links[s->nlinks++] = (struct docx_link){ is_link ? NULL : copy,
	    is_link ? copy : NULL, s->lists.nnumberings - 1 };
}

static void
resolve_links(struct docx_styles *s)
{
	size_t i, k;

	for (i = 0; i < s->nlinks; i++)
		for (k = 0; s->links[i].link != NULL && k < s->nlinks; k++)
			if (s->links[k].is_link != NULL &&
			    strcmp(s->links[k].is_link,
			    s->links[i].link) == 0)
				s->lists.numberings[s->links[i].numbering].as =
				    s->links[k].numbering;
}

static void
on_list(struct docx_styles *s, struct listnum_list *l,
    const struct xml_element *e)
{
	if (strcmp(e->name, "abstractNumId") == 0)
		l->numbering = docx_number(e);
	else if (s->level == LISTNUM_LEVELS)
		return;
	else if (strcmp(e->name, "startOverride") == 0)
		l->restart[s->level] = docx_number(e);
	else if (strcmp(e->name, "lvl") == 0)
		l->is_own[s->level] = true;
	else
		on_level(&l->own[s->level], e);
}

/* The numberings come first, then the lists. */
static void
numbering_start(void *arg, const struct xml_element *e)
{
	struct docx_styles *s = arg;
	struct listnum_lists *l = &s->lists;
	int level;

	if (strcmp(e->ns, "w") != 0)
		return;
	level = attr_number(e, "ilvl");
	if (level != DOCX_UNSAID)
		s->level = level < LISTNUM_LEVELS ? (unsigned)level :
		    LISTNUM_LEVELS;
	if (strcmp(e->name, "abstractNum") == 0)
		listnum_add_numbering(l, attr_number(e, "abstractNumId"));
	else if (strcmp(e->name, "num") == 0)
		listnum_add_list(l, attr_number(e, "numId"));
	else if (l->nlists > 0)
		on_list(s, &l->lists[l->nlists - 1], e);
	else if (l->nnumberings > 0) {
		on_link(s, e);
		if (s->level < LISTNUM_LEVELS)
			on_level(&l->numberings[l->nnumberings - 1].
			    levels[s->level], e);
	}
}

static void
numbering_end(void *arg, const struct xml_element *e)
{
	struct docx_styles *s = arg;

	if (strcmp(e->ns, "w") == 0 && (strcmp(e->name, "lvlOverride") == 0 ||
	    strcmp(e->name, "abstractNum") == 0 ||
	    strcmp(e->name, "num") == 0))
		s->level = LISTNUM_LEVELS;
	if (xml_is(e, "w", "numbering"))
		resolve_links(s);
}

const struct xml_reader docx_numbering_reader = { docx_namespaces, true,
    numbering_start, numbering_end, NULL };

/* What the paragraph does not say its style does, or what that is based on. */
static void
inherit_list(const struct docx_styles *styles, struct docx_paragraph *p)
{
	const struct docx_style *s = p->style;
	unsigned bases;

	for (bases = 0; s != NULL && bases < MAX_BASES; bases++) {
		if (p->list == DOCX_UNSAID)
			p->list = s->list;
		if (p->list_level == DOCX_UNSAID)
			p->list_level = s->list_level;
		s = base_of(styles, s);
	}
}

void
docx_label(struct docx_styles *styles, const struct docx_paragraph *said,
    struct buf *label)
{
	struct docx_paragraph p = *said;

	inherit_list(styles, &p);
	if (p.list > 0)
		listnum_next(&styles->lists, p.list,
		    p.list_level == DOCX_UNSAID ? 0 : p.list_level, label);
}
