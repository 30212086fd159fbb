#include <config.h>

#include "formats/odfstyle.h"

#include <stdlib.h>
#include <string.h>

#include "formats/office.h"

#define MAX_NUMBER 999999

void
odf_styles_clear(struct odf_styles *s)
{
	size_t i, k;

	for (i = 0; i < s->nstyles; i++)
		free(s->styles[i].name);
	free(s->styles);
	for (i = 0; i < s->nlists; i++) {
		for (k = 0; k < LISTNUM_LEVELS; k++) {
			free(s->lists[i].parts[k].prefix);
			free(s->lists[i].parts[k].suffix);
		}
		listnum_clear(s->lists[i].levels);
		free(s->lists[i].name);
	}
	free(s->lists);
}

unsigned
odf_number(const struct xml_element *e, const char *name, unsigned otherwise)
{
	size_t len, i;
	const char *s = xml_attr(e, name, &len);
	unsigned n = 0;

	for (i = 0; s != NULL && i < len && s[i] >= '0' && s[i] <= '9'; i++)
		n = n > MAX_NUMBER / 10 ? MAX_NUMBER :
		    n * 10 + (unsigned)(s[i] - '0');
	return s != NULL && i > 0 ? n : otherwise;
}

const struct odf_style *
odf_style(const struct odf_styles *s, const char *name, size_t len)
{
	size_t i;

	for (i = s->nstyles; name != NULL && i-- > 0; )
		if (strncmp(s->styles[i].name, name, len) == 0 &&
		    s->styles[i].name[len] == '\0')
			return &s->styles[i];
	return NULL;
}

size_t
odf_list_style(const struct odf_styles *s, const char *name, size_t len)
{
	size_t i;

	for (i = s->nlists; name != NULL && i-- > 0; )
		if (strncmp(s->lists[i].name, name, len) == 0 &&
		    s->lists[i].name[len] == '\0')
			return i + 1;
	return 0;
}

/* ---- of paragraphs and characters ---- */

/* What its name does not say, that of its parent may. */
static unsigned
level_of(const struct odf_styles *styles, const struct xml_element *e,
    const char *name, size_t name_len)
{
	size_t len;
	const char *parent = xml_attr(e, "parent-style-name", &len);
	const struct odf_style *s = odf_style(styles, parent, len);
	unsigned level = office_style_level(name, name_len);

	if (level > 0 || parent == NULL)
		return level;
	return s != NULL ? s->level : office_style_level(parent, len);
}

static void
begin_style(struct odf_styles *styles, const struct xml_element *e)
{
	size_t len;
	const char *name = xml_attr(e, "name", &len);
	struct odf_style s = { .level = 0 };

	styles->in_style = name != NULL;
	if (name == NULL)
		return;
	s.level = level_of(styles, e, name, len);
	s.name = xstrndup(name, len);
	GROW(styles->styles, styles->nstyles, styles->cap_styles);
	styles->styles[styles->nstyles++] = s;
}

static void
on_font(struct odf_style *s, const struct xml_element *e)
{
	s->size = odf_number(e, "font-size", s->size);
	if (xml_attr_is(e, "display", "none"))
		s->is_hidden = true;
}

/* ---- of lists ---- */

static void
begin_list(struct odf_styles *styles, const char *name, size_t len)
{
	struct odf_list_style *l;

	GROW(styles->lists, styles->nlists, styles->cap_lists);
	l = &styles->lists[styles->nlists++];
	*l = (struct odf_list_style){ .name = xstrndup(name, len) };
	listnum_init(l->levels);
	styles->in_list = true;
}

static char *
copied(const struct xml_element *e, const char *name)
{
	size_t len;
	const char *s = xml_attr(e, name, &len);

	return s != NULL ? xstrndup(s, len) : NULL;
}

static void
on_level(struct odf_list_style *list, const struct xml_element *e)
{
	unsigned level = odf_number(e, "level", 0);
	struct listnum_level *l;
	size_t len = 0;
	const char *format;

	if (level < 1 || level > LISTNUM_LEVELS)
		return;
	l = &list->levels[--level];
	if (l->text != NULL || list->parts[level].shown > 0)
		return;
	format = xml_attr(e, "num-format", &len);
	l->format = strstr(e->name, "number") == NULL &&
	    strstr(e->name, "outline") == NULL ? LISTNUM_BULLET :
	    format == NULL ? LISTNUM_NONE : listnum_of_sample(format, len);
	l->start = odf_number(e, "start-value", 1);
	list->parts[level].shown = odf_number(e, "display-levels", 1);
	list->parts[level].prefix = copied(e, "num-prefix");
	list->parts[level].suffix = copied(e, "num-suffix");
	/* What says it whole: "%1%.%2%", of which we leave the second sign. */
	if ((format = xml_attr(e, "num-list-format", &len)) != NULL) {
		l->text = xstrndup(format, len);
		for (len = 0; l->text[len] != '\0'; len++)
			if (l->text[len] == '%' && l->text[len + 1] != '\0' &&
			    l->text[len + 2] == '%')
				memmove(l->text + len + 2, l->text + len + 3,
				    strlen(l->text + len + 3) + 1);
	}
}

/* Levels without a number are left out, with the point. */
static void
end_list(struct odf_list_style *l)
{
	unsigned level, from;

	for (level = 0; level < LISTNUM_LEVELS; level++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;
		size_t before;

		if (l->levels[level].text != NULL || l->parts[level].shown == 0)
			continue;
		if (l->parts[level].prefix != NULL)
			buf_adds(&b, l->parts[level].prefix);
		before = b.len;
		from = l->parts[level].shown > level ? 0 :
		    level + 1 - l->parts[level].shown;
		for (; from <= level; from++) {
			if (l->levels[from].format == LISTNUM_NONE ||
			    l->levels[from].format == LISTNUM_BULLET)
				continue;
			if (b.len > before)
				buf_addc(&b, '.');
			buf_addf(&b, "%%%u", from + 1);
		}
		if (l->parts[level].suffix != NULL)
			buf_adds(&b, l->parts[level].suffix);
		l->levels[level].text = xstrdup(buf_str(&b));
	}
}

/* ---- events ---- */

void
odf_styles_start(struct odf_styles *s, const struct xml_element *e)
{
	size_t len;
	const char *name;

	if (xml_is(e, "style", "style"))
		begin_style(s, e);
	else if (xml_is(e, "style", "text-properties") && s->in_style)
		on_font(&s->styles[s->nstyles - 1], e);
	else if (xml_is(e, "text", "outline-style"))
		begin_list(s, ODF_OUTLINE, 1);
	else if (xml_is(e, "text", "list-style") &&
	    (name = xml_attr(e, "name", &len)) != NULL)
		begin_list(s, name, len);
	else if (s->in_list && strcmp(e->ns, "text") == 0 &&
	    strstr(e->name, "level-style") != NULL)
		on_level(&s->lists[s->nlists - 1], e);
}

void
odf_styles_end(struct odf_styles *s, const struct xml_element *e)
{
	if (xml_is(e, "style", "style"))
		s->in_style = false;
	else if (s->in_list && (xml_is(e, "text", "outline-style") ||
	    xml_is(e, "text", "list-style"))) {
		end_list(&s->lists[s->nlists - 1]);
		s->in_list = false;
	}
}
