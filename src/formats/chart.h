/*
 * chart: the words in a chart: its titles and those of its axes, and the names
 * of its series and of what they are about.  Not its numbers.
 *
 * A chart of Office (DrawingML) or of OpenDocument is XML of its own beside the
 * document that shows it, with a copy of the cells it was made of.
 *
 * Used by docx.c, odfobject.c, pptx.c, xlsx.c.
 */
#ifndef CHART_H
#define CHART_H

#include <stdbool.h>

#include "formats/flow.h"
#include "formats/format.h"
#include "formats/opc.h"

/*
 * Titles as paragraphs into the flow, then the names in two lines at most, with
 * tabs between; has_cells: the cells are part of the document, so that names
 * which only refer to them are left out.  What xml_read() returns; the words
 * that came before damage stay.
 */
enum extract_status chart_read(const struct buf *part, bool has_cells,
    struct flow *, struct out *);
/* The same, once, of the part of that name, with what is drawn upon it. */
enum extract_status chart_in_package(struct opc *, const char *name,
    bool has_cells, struct flow *, struct out *);

#endif
