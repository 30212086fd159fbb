/*
 * running: the headers and footers of office documents.
 *
 * They are no text of the document; what they say (VERTROUWELIJK, a number) is
 * a property of it, meta "opschrift", as the lines that pdfmargin.h finds.
 *
 * Used by the formats of office programs.
 */
#ifndef RUNNING_H
#define RUNNING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"

/* Distinct ones that a document is given; pdfmargin.c has as many. */
#define RUNNING_MAX 12

/* Stands for what a field shows: the number of the page, or of pages. */
#define RUNNING_NUMBER "\001"

struct running {
	uint64_t seen[RUNNING_MAX];
	size_t n;
};

/* Emit a paragraph of a header or footer, once and without page numbers. */
void running_emit(struct running *, struct out *, const char *, size_t);

/* The code of a field, as Word has them, is that of a number of pages. */
bool running_is_page_field(const char *code, size_t);

#endif
