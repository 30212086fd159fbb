/*
 * drawn: the text of a part of DrawingML: of shapes on a sheet, of a diagram.
 *
 * Used by chart.c, docx.c, xlsx.c.
 */
#ifndef DRAWN_H
#define DRAWN_H

#include "formats/flow.h"
#include "formats/format.h"

/*
 * Paragraph by paragraph into the flow.  What xml_read() returns; the text that
 * came before damage stays.
 */
enum extract_status drawn_read(const struct buf *part, struct flow *,
    struct out *);

#endif
