/*
 * odfobject: documents within a document of OpenDocument: charts.
 *
 * Used by odf.c.
 */
#ifndef ODFOBJECT_H
#define ODFOBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/container.h"
#include "formats/flow.h"
#include "formats/xmlread.h"

struct odf_objects {
	struct zip_member *a;
	char **names;		/* the same: a member only borrows its name */
	size_t n, cap, cap_names;
};

/* The objects of a document, begun as { 0 }.  What container_load() returns. */
enum extract_status odf_objects_load(struct odf_objects *,
    const struct input *, struct out *);
void odf_objects_clear(struct odf_objects *);

/* The words of the object that a draw:object shows, once; see chart_read(). */
void odf_object_read(struct odf_objects *, const struct xml_element *,
    bool has_cells, struct flow *, struct out *);

#endif
