/*
 * paginering: how the pages of a document are numbered, where that is not 1, 2,
 * 3: what a viewer shows of a PDF with page labels, and what stands on paper.
 *
 * Kept as "PAGE=LABEL PAGE=LABEL", by ascending page: "1=i 2=ii 3=1".  A label
 * that is a number goes on with the pages behind it, until the next; any other
 * is that of its page alone.  formats/pdflabels.c writes it.
 */
#ifndef PAGINERING_H
#define PAGINERING_H

#include <stdbool.h>
#include <stdint.h>

#define PAGINERING_BYTES 16	/* the longest label, with its NUL */

/*
 * The label of a page (from 1): true, and in out, if it is another than its
 * number.  The paginering may be NULL; what is wrong in it is left out.
 */
bool paginering_label(const char *paginering, uint32_t page,
    char out[PAGINERING_BYTES]);

#endif
