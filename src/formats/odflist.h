/*
 * odflist: the numbers of an OpenDocument text's lists and headings.
 *
 * Lists are nested; each item's first paragraph has the number.  A list goes on
 * where another was that it names, or begins anew.
 *
 * Used by odf.c.
 */
#ifndef ODFLIST_H
#define ODFLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/odfstyle.h"

/* A list, and those that go on with it. */
struct odf_list_run {
	struct listnum_counts counts;
	size_t style;		/* which; see odf_list_style() */
};

struct odf_list_id {
	char *id;
	size_t run;
};

struct odf_lists {
	struct odf_list_run *runs;
	size_t nruns, cap_runs;
	struct odf_list_id *ids;
	size_t nids, cap_ids;
	size_t run;		/* of the list we are in */
	unsigned depth;		/* of lists we are in */
	struct {
		size_t style;	/* or 0 */
		size_t own;	/* of the item, or 0 */
		bool is_owed;	/* the item's number, to its first paragraph */
		unsigned start;	/* the item's number, if it is not the next */
		bool has_start;
	} open[LISTNUM_LEVELS];
	struct listnum_counts outline;
};

void odf_lists_clear(struct odf_lists *);

void odf_list_begin(struct odf_lists *, const struct odf_styles *,
    const struct xml_element *);
void odf_list_end(struct odf_lists *);
void odf_item_begin(struct odf_lists *, const struct odf_styles *,
    const struct xml_element *);

/*
 * One paragraph by itself, of a list that others go on with.  It stands in no
 * other list.
 */
void odf_numbered_begin(struct odf_lists *, const struct odf_styles *,
    const struct xml_element *);
void odf_numbered_end(struct odf_lists *);

/*
 * A paragraph begins: append its number, if it has one.  heading is its level
 * as the file counts it, or 0.
 */
void odf_list_label(struct odf_lists *, const struct odf_styles *,
    const struct xml_element *, unsigned heading, struct buf *);

#endif
