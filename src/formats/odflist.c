#include <config.h>

#include "formats/odflist.h"

#include <stdlib.h>
#include <string.h>

void
odf_lists_clear(struct odf_lists *l)
{
	size_t i;

	for (i = 0; i < l->nids; i++)
		free(l->ids[i].id);
	free(l->ids);
	free(l->runs);
}

static bool
find_id(const struct odf_lists *l, const char *id, size_t len, size_t *run)
{
	size_t i;

	for (i = l->nids; id != NULL && i-- > 0; )
		if (strlen(l->ids[i].id) == len &&
		    memcmp(l->ids[i].id, id, len) == 0) {
			*run = l->ids[i].run;
			return true;
		}
	return false;
}

static void
add_id(struct odf_lists *l, const char *id, size_t len)
{
	if (id == NULL)
		return;
	GROW(l->ids, l->nids, l->cap_ids);
	l->ids[l->nids++] = (struct odf_list_id){ xstrndup(id, len), l->run };
}

/* The run that a list goes on with, or a new one. */
static size_t
find_run(struct odf_lists *l, size_t style,
    const struct xml_element *e)
{
	size_t len, i;
	const char *id = xml_attr(e, "continue-list", &len);

	if (find_id(l, id, len, &i))
		return i;
	if (xml_attr_is(e, "continue-numbering", "true"))
		for (i = l->nruns; i-- > 0; )
			if (l->runs[i].style == style)
				return i;
	GROW(l->runs, l->nruns, l->cap_runs);
	l->runs[l->nruns++] = (struct odf_list_run){ .style = style };
	return l->nruns - 1;
}

void
odf_list_begin(struct odf_lists *l, const struct odf_styles *styles,
    const struct xml_element *e)
{
	size_t len;
	const char *name = xml_attr(e, "style-name", &len), *id;
	size_t style = odf_list_style(styles, name, len);

	if (l->depth++ >= LISTNUM_LEVELS)
		return;
	if (style == 0 && l->depth > 1)
		style = l->open[l->depth - 2].style;
	memset(&l->open[l->depth - 1], 0, sizeof l->open[0]);
	l->open[l->depth - 1].style = style;
	if (l->depth > 1)
		return;
	l->run = find_run(l, style, e);
	id = xml_attr(e, "id", &len);
	add_id(l, id, len);
}

void
odf_list_end(struct odf_lists *l)
{
	if (l->depth > 0)
		l->depth--;
}

void
odf_item_begin(struct odf_lists *l, const struct odf_styles *styles,
    const struct xml_element *e)
{
	size_t len, i = l->depth - 1;
	const char *name = xml_attr(e, "style-override", &len);

	if (l->depth == 0 || l->depth > LISTNUM_LEVELS)
		return;
	l->open[i].is_owed = strcmp(e->name, "list-item") == 0;
	l->open[i].own = odf_list_style(styles, name, len);
	l->open[i].has_start = xml_attr(e, "start-value", &len) != NULL;
	l->open[i].start = odf_number(e, "start-value", 1);
}

void
odf_numbered_begin(struct odf_lists *l, const struct odf_styles *styles,
    const struct xml_element *e)
{
	size_t len, style;
	const char *name = xml_attr(e, "style-name", &len), *id;
	unsigned level = odf_number(e, "level", 1);

	style = odf_list_style(styles, name, len);
	level = level < 1 ? 1 : level > LISTNUM_LEVELS ? LISTNUM_LEVELS : level;
	id = xml_attr(e, "list-id", &len);
	if (!find_id(l, id, len, &l->run)) {
		l->run = find_run(l, style, e);
		add_id(l, id, len);
	} else if (style == 0)
		style = l->runs[l->run].style;
	l->depth = level;
	memset(&l->open[level - 1], 0, sizeof l->open[0]);
	l->open[level - 1].style = style;
	l->open[level - 1].is_owed = true;
	l->open[level - 1].has_start =
	    xml_attr(e, "start-value", &len) != NULL;
	l->open[level - 1].start = odf_number(e, "start-value", 1);
}

void
odf_numbered_end(struct odf_lists *l)
{
	l->depth = 0;
}

static void
item_label(struct odf_lists *l, const struct odf_styles *styles,
    struct buf *label)
{
	unsigned level = l->depth - 1;
	struct listnum_counts *counts = &l->runs[l->run].counts;
	size_t style = l->open[level].own != 0 ? l->open[level].own :
	    l->open[level].style;
	const struct listnum_level *levels;

	if (!l->open[level].is_owed || style == 0)
		return;
	l->open[level].is_owed = false;
	levels = styles->lists[style - 1].levels;
	if (l->open[level].has_start)
		listnum_set(counts, level, l->open[level].start);
	listnum_count(counts, levels, level);
	listnum_label(counts, levels, level, label);
}

void
odf_list_label(struct odf_lists *l, const struct odf_styles *styles,
    const struct xml_element *e, unsigned heading, struct buf *label)
{
	const struct listnum_level *levels;
	size_t outline;

	if (l->depth > LISTNUM_LEVELS)
		return;
	if (l->depth > 0) {
		item_label(l, styles, label);
		return;
	}
	if (heading < 1 || heading > LISTNUM_LEVELS ||
	    xml_attr_is(e, "is-list-header", "true") ||
	    (outline = odf_list_style(styles, ODF_OUTLINE, 1)) == 0)
		return;
	levels = styles->lists[outline - 1].levels;
	if (xml_attr_is(e, "restart-numbering", "true"))
		listnum_set(&l->outline, heading - 1,
		    odf_number(e, "start-value", 1));
	listnum_count(&l->outline, levels, heading - 1);
	listnum_label(&l->outline, levels, heading - 1, label);
}
