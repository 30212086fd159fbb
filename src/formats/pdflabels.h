/*
 * pdflabels: what the pages of a PDF are called, by its page labels.
 *
 * Used by pdf.c.
 */
#ifndef PDFLABELS_H
#define PDFLABELS_H

#include <stdbool.h>

#include <poppler.h>

#include "base/buf.h"
#include "formats/format.h"

/* Starts as { .text = BUF_INIT, .next = 1 }, as if the first page were 1. */
struct pdf_labels {
	struct buf text;	/* as model/paginering.h has it */
	unsigned long next;	/* the label to expect; 0: none is */
	bool is_odd;		/* one that cannot be written so: none is */
};

/* Pages in their order, numbered from 1. */
void pdf_labels_add(struct pdf_labels *, PopplerPage *, unsigned number);
/* As meta "pdf:PageLabels", if they are others than 1, 2, 3; and clear it. */
void pdf_labels_emit(struct pdf_labels *, struct out *);

#endif
