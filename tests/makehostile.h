/*
 * makehostile: documents as an attacker makes them, whose few bytes become
 * much work or much memory, and documents that are locked.
 *
 * For t-limits.c.  All append to a buf.
 */
#ifndef MAKEHOSTILE_H
#define MAKEHOSTILE_H

#include <stddef.h>

#include "base/buf.h"

#define ZEROS_BYTES	((size_t)300 << 20)

/* PDFs begin and end so; their pages are object 2. */
#define PDF "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
#define PDF_END "trailer<</Root 1 0 R>>\n%%EOF\n"

void repeat(struct buf *, const char *s, size_t times);
/*
 * An archive of one file of ZEROS_BYTES, which takes a thousandth of them.
 * Format and filter are as make_archive() wants them.
 */
void zeros(const char *format, const char *filter, const char *name,
    struct buf *);

/* Archives and packages. */
void nested_bomb(struct buf *);
void overlap(struct buf *);
void many_members(struct buf *);
void empty_members(struct buf *);
void laughs_in_docx(struct buf *);
void repeated_cells(struct buf *);
void repeated_spaces(struct buf *);
void far_cell(struct buf *);

/* XML and mail. */
void laughs(struct buf *);
void quadratic(struct buf *);
void references(struct buf *);
void outside(struct buf *);
void deep_mail(struct buf *);

/* PDF. */
void page_loop(struct buf *);
void endless_pages(struct buf *);
void many_pages(struct buf *);
void forms(struct buf *);
void huge_image(struct buf *);

/* A compound file. */
void ole_loop(struct buf *);

/* What a password locks. */
void locked_office(struct buf *);
void locked_odt(struct buf *);
void locked_ods(struct buf *);
void locked_zip(struct buf *);
void locked_pdf(struct buf *);
void locked_7z(struct buf *);

#endif
